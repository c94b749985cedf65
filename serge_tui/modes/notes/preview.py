"""The preview of the note under the cursor, with the passage around its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.passages import words_around, words_within
from serge_tui.modes.notes.widgets.note_preview import AROUND, Around

if TYPE_CHECKING:
    from db.models import Anchor
    from serge_tui.host import Host
    from serge_tui.modes.notes.listing import NoteListing
    from serge_tui.modes.notes.unplaced import UnplacedNotes
    from serge_tui.modes.notes.widgets.note_preview import NotePreview

NOTHING_YET = """No notes yet.

In Read, press v to select words, H and a letter to highlight them, a to write a note.
Here, press a for a note on nothing in particular, A for one about somebody or something."""


class Preview:
    """Controller: shows the note under the cursor, and for an unplaced one the places its words may have moved to."""

    def __init__(self, host: Host, listing: NoteListing, unplaced: UnplacedNotes, view: NotePreview) -> None:
        self._host = host
        self._listing = listing
        self._unplaced = unplaced
        self._view = view

    def show(self) -> None:
        """Show the note under the cursor."""
        item = self._listing.current()
        if item is None:
            self._view.say("Nothing matches." if self._listing.items or self._listing.in_bin else NOTHING_YET)
            return
        annotation = item.annotation
        placed = annotation.anchor is not None and annotation.state != "orphan"
        around = self._around(annotation.anchor) if placed and annotation.anchor is not None else None
        self._view.show(item, around, self._listing.colour_names, self._unplaced.suggestions(annotation))

    def _around(self, anchor: Anchor) -> Around | None:
        first, last = anchor.passage, min(anchor.end_passage, anchor.passage + 20)
        passages = self._host.library.passages.between(anchor.edition, first, last)
        texts = [found.text for found in passages]
        if len(texts) != last - first + 1:
            return None
        # Not `anchor.exact`: the text may differ from it now in punctuation and spaces.
        whole = "\n".join(texts)
        end = len(whole) - len(texts[-1]) + anchor.end if last == anchor.end_passage else len(whole)
        before, after = words_around(whole, anchor.start, end, AROUND)
        stop = anchor.end if last == anchor.end_passage else len(texts[-1])
        words = words_within(passages, (first, anchor.start), (last, stop))
        return Around(before, words.unmarked, after)
