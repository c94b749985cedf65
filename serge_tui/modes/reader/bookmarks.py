"""Bookmarks, and lines marked by a letter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.clock import utc_now
from db.models import Place
from db.text import sanitise
from serge_tui.modes.reader.chapter_marks import MARK_TARGET
from serge_tui.modes.reader.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.models import Annotation
    from serge_tui.host import Host
    from serge_tui.modes.reader.annotations import Annotations
    from serge_tui.modes.reader.chapter_marks import ChapterMarks
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.widgets.page import PageView


class Bookmarks:
    """Sets bookmarks and lettered marks, and goes to the line of a letter.

    `letter_typed` returns the character that completed the chord (`a` of `m a`).
    """

    def __init__(
        self,
        page: PageView,
        text: OpenedText,
        annotations: Annotations,
        marks: ChapterMarks,
        letter_typed: Callable[[], str],
        host: Host,
    ) -> None:
        self._page, self._text, self._annotations, self._marks = page, text, annotations, marks
        self._letter_typed, self._host = letter_typed, host

    async def action_toggle(self) -> None:
        """Put a bookmark at the first line shown, or take it away."""
        line = self._first_line()
        if line is None:
            return
        here = [mark for stretch, mark in self._marks.marked if mark.kind == "bookmark" and line.holds(stretch.begin)]
        plain = [mark for mark in here if not mark.target]
        if plain:
            removed = replace(plain[0], deleted_at=utc_now())
            await self._annotations.save(removed, plain[0], "the removal of the bookmark")
            self._host.inform("Bookmark removed.")
        else:
            await self._annotations.save(self._annotations.new("bookmark", line), None, "the bookmark")
            self._host.inform("Bookmark at the first line.")

    async def action_set_mark(self) -> None:
        """Mark the first line shown with a letter; the line that had it loses it."""
        letter, line = self._letter_typed(), self._first_line()
        if line is None or not letter.isalnum():
            return
        mark = replace(self._annotations.new("bookmark", line), target=MARK_TARGET + letter)
        old = self._mark(letter)
        if old is not None:
            mark = replace(mark, key=old.key, created_at=old.created_at)
        await self._annotations.save(mark, old, f"the mark {letter}")
        self._host.inform(f"Mark {letter}: '{letter} comes back here.")

    def action_go_to_mark(self) -> None:
        """Go to the line with a letter; `''` goes back to where the reader last jumped from."""
        letter = self._letter_typed()
        if letter == "'":
            self._host.go_back()
            return
        mark = self._mark(letter)
        if mark is None or mark.anchor is None:
            self._host.inform(f"There is no mark {sanitise(letter)}.")
            return
        self._text.go_to(Place(mark.anchor.edition, mark.anchor.passage, mark.anchor.start), row=0)

    def _first_line(self) -> Stretch | None:
        view = self._page.view()
        line = self._page.line_of(*view.begin) if view else None
        return Stretch(line.passage, line.start, line.passage, line.end) if line else None

    def _mark(self, letter: str) -> Annotation | None:
        """Return the mark of a letter, in this edition first."""
        marks = self._host.library.annotations.on(MARK_TARGET + letter)
        marks.sort(key=lambda mark: mark.anchor is None or mark.anchor.edition != self._text.edition)
        return marks[0] if marks else None
