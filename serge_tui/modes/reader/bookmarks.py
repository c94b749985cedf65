"""Bookmarks, marks by letter, and copying with where the words come from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.clock import utc_now
from db.models import Place
from db.text import sanitise
from serge_tui.modes.reader.annotations import MARK_TARGET, Annotating
from serge_tui.modes.reader.citation import citation
from serge_tui.modes.reader.stretch import Stretch

if TYPE_CHECKING:
    from db.models import Annotation


class Bookmarks(Annotating):
    """Bookmarks, marks, copying."""

    async def action_bookmark(self) -> None:
        """Put a bookmark at the first line shown, or take it away."""
        line = self._first_line()
        if line is None:
            return
        there = [mark for stretch, mark in self.marked if mark.kind == "bookmark" and line.holds(stretch.begin)]
        plain = [mark for mark in there if not mark.target]
        if plain:
            await self.save(replace(plain[0], deleted_at=utc_now()), plain[0], "taking the bookmark away")
            self.host.inform("No bookmark here any more.")
        else:
            await self.save(self.new_mark("bookmark", line), None, "the bookmark")
            self.host.inform("Bookmark at the first line.")

    async def action_set_mark(self) -> None:
        """Name the first line shown by a letter; the letter's old line is forgotten."""
        letter, line = self.chords.last_character, self._first_line()
        if line is None or not letter.isalnum():
            return
        mark = replace(self.new_mark("bookmark", line), target=MARK_TARGET + letter)
        old = self._mark(letter)
        if old is not None:
            mark = replace(mark, key=old.key, created_at=old.created_at)
        await self.save(mark, old, f"the mark {letter}")
        self.host.inform(f"Mark {letter}: '{letter} comes back here.")

    def action_go_to_mark(self) -> None:
        """Go to the line with a letter; '' is where one jumped from last."""
        letter = self.chords.last_character
        if letter == "'":
            self.host.go_back()
            return
        mark = self._mark(letter)
        if mark is None or mark.anchor is None:
            self.host.inform(f"There is no mark {sanitise(letter)}.")
            return
        anchor = mark.anchor
        self.leave_here()
        self.open_place(Place(anchor.edition, anchor.passage, anchor.start), row=0)

    def action_copy(self) -> None:
        """Copy words with where they come from."""
        stretch = self.chosen("sentence")
        if stretch is None or self.opened is None:
            return
        page = self.host.library.texts.page_at(Place(self.edition, *stretch.begin))
        words = self.page.words_of(stretch)
        source = citation(self.opened.edition, self.opened.chapter, page)
        self.app.copy_to_clipboard(sanitise(f"“{words}”\n— {source}"))
        self.action_stop_selecting()
        self.host.inform("Copied, with where it comes from.")

    def _first_line(self) -> Stretch | None:
        view = self.page.view()
        line = self.page.line_of(*view.begin) if view else None
        return Stretch(line.passage, line.start, line.passage, line.end) if line else None

    def _mark(self, letter: str) -> Annotation | None:
        """The living mark of a letter, in this edition first."""
        marks = self.host.library.annotations.on(MARK_TARGET + letter)
        marks.sort(key=lambda mark: mark.anchor is None or mark.anchor.edition != self.edition)
        return marks[0] if marks else None
