"""Unplaced notes: where their words may have moved to, and placing them there."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import replace
from typing import TYPE_CHECKING

from db.models import GUIDE_EDITION
from serge_tui.listeners import Listeners
from serge_tui.modes.notes.widgets.note_preview import Suggestion
from serge_tui.services.locators import preferred_editions

if TYPE_CHECKING:
    from db.anchoring import Reanchored, TextIndex
    from db.models import Anchor, Annotation
    from serge_tui.host import Host
    from serge_tui.modes.notes.changes import NoteChanges
    from serge_tui.modes.notes.listing import NoteListing


class UnplacedNotes:
    """Controller: searches the text in a thread for the words of unplaced notes, one note at a time, the latest first.

    `found` is called when a search has ended.
    """

    def __init__(self, host: Host, listing: NoteListing, changes: NoteChanges) -> None:
        self._host = host
        self._listing = listing
        self._changes = changes
        self._places: dict[str, list[Reanchored]] = {}
        self._index: tuple[str, TextIndex] | None = None
        self._next: Annotation | None = None
        self._searching = False
        self.found: Listeners[[]] = Listeners()

    def forget(self) -> None:
        """Forget what was found: the texts may have changed."""
        self._places.clear()
        self._index = None

    def suggestions(self, note: Annotation) -> list[Suggestion] | None:
        """Return the places an unplaced note may belong to; None while they are searched for.

        A placed note has none.
        """
        if note.state != "orphan" or note.anchor is None:
            return []
        if note.key not in self._places:
            self._next = note
            if not self._searching:
                self._searching = True
                self._host.start(self._search(), opens=False)
            return None
        texts = self._host.library.texts
        shown = []
        for place in self._places[note.key]:
            chapter = texts.chapter_of(place.anchor.edition, place.anchor.passage)
            title = chapter.title if chapter else ""
            shown.append(Suggestion(note.key, self._words_at(place.anchor), title, round(place.score)))
        return shown

    async def _search(self) -> None:
        try:
            while (note := self._next) is not None and note.anchor is not None:
                self._next = None
                self._places[note.key] = await to_thread(self._places_of, note.anchor)
                self.found()
        finally:
            self._searching = False

    def _places_of(self, anchor: Anchor) -> list[Reanchored]:
        from db.anchoring import TextIndex, suggestions

        library = self._host.library
        editions = preferred_editions(library)
        others = (key for key in editions if key != GUIDE_EDITION)
        edition = anchor.edition if library.texts.edition(anchor.edition) else next(others, "")
        if not edition:
            return []
        index = self._index
        if index is None or index[0] != edition:
            passages = library.passages.between(edition, 0, 2**31)
            index = (edition, TextIndex([passage.text for passage in passages]))
            self._index = index
        return suggestions(anchor, index[1], edition)

    def _words_at(self, anchor: Anchor) -> str:
        found = self._anchor_now(anchor, anchor.passage, anchor.end_passage)
        return found.exact if found else ""

    def _anchor_now(self, there: Anchor, first: int, last: int) -> Anchor | None:
        """Return an anchor on the words as they are now, made from the passages `first` to `last`."""
        from db.anchoring import make_anchor

        passages = self._host.library.passages.between(there.edition, first, last)
        texts = [passage.text for passage in passages]
        place = (there.passage, there.start, there.end_passage, there.end)
        return make_anchor(there.edition, texts, first, *place) if texts else None

    async def place(self, number: int) -> bool:
        """Place the current note at a suggestion, counted from 1; return False if there is no such suggestion."""
        item = self._listing.current()
        if item is None or item.annotation.state != "orphan":
            return False
        found = self._places.get(item.annotation.key, [])
        if not 1 <= number <= len(found):
            return False
        there = found[number - 1].anchor
        anchor = self._anchor_now(there, max(0, there.passage - 1), there.end_passage + 1)
        if anchor is None:
            return False
        after = replace(item.annotation, anchor=anchor, state="anchored")
        if await self._changes.store([after], [item.annotation], "note placed"):
            self._host.inform("The note is placed there now. u undoes it.")
        return True
