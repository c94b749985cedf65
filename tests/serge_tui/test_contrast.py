"""Every text on the screen is told from its ground: a contrast of 4.5 to 1 (WCAG 2, AA) in both of our themes.

Measured on what is drawn, in each mode and the main dialogs. Left out is what is no text (`drawn.NO_TEXT`: frames, bars,
shades, leaders) and what stands faded behind a dialog, where nothing can be read or pressed until it is closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from textual.geometry import Region
from textual.screen import ModalScreen

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.models import GUIDE_EDITION
from db.models.annotation import HIGHLIGHT_COLOURS
from serge_tui.app import SergeApp
from serge_tui.themes import OWN_THEMES
from tests.serge_tui.drawn import Drawn, drawn_text
from tests.serge_tui.helpers import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.pilot import Pilot

    from db.library import Library

ENOUGH: Final = 4.5
SIZE: Final = (110, 32)
HERE: Final = "+"
"""Stands among keys for "look at the screen now"."""

JOURNEY: Final[dict[str, Sequence[str]]] = {
    "Today": (HERE, "down", HERE),
    "Read": ("g", "r", HERE, "right_square_bracket", "a", HERE, "K", HERE, "escape"),
    "a name in Read": ("f", HERE, "escape", "right_square_bracket", "p", HERE, "x", HERE, "escape"),
    "people in Read": ("X", HERE, "p", HERE, "escape", "X"),
    "contents": ("t", HERE, "t"),
    "a selection": ("v", "w", "w", HERE, "escape"),
    "a search": ("s", *"bomb", HERE, "enter", HERE, "escape"),
    "a note's form": ("right_square_bracket", "p", "a", HERE, "ctrl+s"),
    "Figures": ("g", "f", HERE, *"sinow", HERE, "down", HERE, "enter", HERE),
    "facets": ("f", HERE, "down", HERE, "escape"),
    "a table": ("T", HERE, "escape"),
    "a figure's form": ("e", HERE, "escape"),
    "Cards": ("g", "c", HERE, "space", HERE, "3", "d", HERE, "escape"),
    "Quiz": ("g", "q", HERE, "space", HERE, "1", HERE),
    "Notes": ("g", "n", HERE, "down", HERE),
    "Years": ("g", "y", HERE, "down", HERE, "enter", HERE, "escape"),
    "Progress": ("g", "p", HERE),
    "find": ("slash", *"kronst", HERE, "down", HERE, "escape"),
    "the palette": ("ctrl+p", HERE, *"sett", HERE, "escape"),
    "help": ("question_mark", HERE, "escape"),
    "settings": ("comma", HERE, "down", HERE, "escape"),
    "the library": ("L", HERE, "escape"),
    "add a book": ("I", HERE, "escape"),
    "themes": ("c", HERE, "escape"),
}  # fmt: skip


def leave_notes(library: Library) -> None:
    """A highlight of each colour and a note on the first page."""
    texts = [passage.text for passage in library.passages.between(GUIDE_EDITION, 0, 10)]
    for at, colour in enumerate(HIGHLIGHT_COLOURS):
        anchor = make_anchor(GUIDE_EDITION, texts, 0, 1, at * 24, 1, at * 24 + 18)
        body = "As in the chapter on *prison*." if at == 0 else ""
        library.annotations.save(new_annotation("highlight", anchor=anchor, colour=colour, body=body)).result()


def look(pilot: Pilot[None]) -> list[Drawn]:
    """What the screen shows; of a dialog over another screen, the dialog alone."""
    screen, within = pilot.app.screen, None
    if isinstance(screen, ModalScreen) and screen.styles.background.a < 1:
        within = Region.from_union([child.region for child in screen.children if child.display])
    return list(drawn_text(pilot.app.export_screenshot(), within))


@pytest.mark.parametrize("theme", [theme.name for theme in OWN_THEMES])
async def test_every_text_is_told_from_its_ground(library: Library, theme: str) -> None:
    leave_notes(library)
    library.settings.set("theme", theme).result()
    faint: dict[str, str] = {}
    async with SergeApp(library).run_test(size=SIZE) as pilot:
        await settle(pilot)
        for where, keys in JOURNEY.items():
            for key in keys:
                if key != HERE:
                    await pilot.press(key)
                    await settle(pilot)
                    continue
                for drawn in look(pilot):
                    if drawn.contrast < ENOUGH:
                        pair = f"{drawn.colour} on {drawn.ground} is {drawn.contrast:.2f}"
                        faint.setdefault(pair, f"{where}, line {drawn.line}: {drawn.words}")
    assert not faint, "\n".join(f"{pair} ({where})" for pair, where in faint.items())
