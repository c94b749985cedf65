"""What tests of the reader share: where they start, and what is on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import GUIDE_EDITION, Place
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.navigation import ReadAt
from serge_tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library


def start(library: Library) -> ReadAt:
    """A long paragraph of the guide's fourth chapter."""
    chapter = library.texts.canonical(GUIDE_EDITION, 4)
    assert chapter is not None
    passages = library.passages.of_chapter(GUIDE_EDITION, chapter.ordinal)
    paragraphs = [passage for passage in passages if passage.kind == "paragraph" and len(passage.text) > 300]
    return ReadAt(Place(GUIDE_EDITION, paragraphs[3].ordinal, 0))


def reader(pilot: Pilot[None]) -> ReaderScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, ReaderScreen)
    return screen


def page_lines(screen: ReaderScreen) -> list[str]:
    """What stands in the rows of the page, without margins and empty rows at the end."""
    rows = ["".join(segment.text for segment in screen.page.render_line(y)).strip() for y in range(screen.page.rows)]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def top_line(screen: ReaderScreen) -> str:
    """What stands in the first row of the page."""
    return "".join(segment.text for segment in screen.page.render_line(0)).strip()


def key_line(screen: ReaderScreen) -> str:
    """The bottom line as it is drawn."""
    return screen.query_one(KeyLine).render().plain
