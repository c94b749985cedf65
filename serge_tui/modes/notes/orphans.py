"""Orphans: where their words may have gone to, and the reader's word on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.worker import get_current_worker

from serge_tui.modes.notes.bin import Binned
from serge_tui.modes.notes.widgets.note_preview import NotePreview, Suggestion

if TYPE_CHECKING:
    from db.anchoring import Reanchored, TextIndex
    from db.models import Anchor
    from serge_tui.core.export.note_record import NoteRecord


class Orphans(Binned):
    """Places are looked for in a thread: the whole text is read for it."""

    def __init__(self) -> None:
        super().__init__()
        self._suggested: dict[str, list[Reanchored]] = {}
        self._index: tuple[str, TextIndex] | None = None

    def refresh_data(self) -> None:
        """Texts may have changed."""
        self._suggested.clear()
        self._index = None
        self.read()

    def preview(self) -> None:
        """Show what is under the cursor, and for an orphan where it may belong."""
        super().preview()
        item = self.current()
        if item is None or item.annotation.state != "orphan" or item.annotation.anchor is None:
            return
        if item.annotation.key in self._suggested:
            self._show_suggestions(item)
        else:
            self._look(item.annotation.key, item.annotation.anchor)

    @work(thread=True, exclusive=True, group="suggestions")
    def _look(self, key: str, anchor: Anchor) -> None:
        from db.anchoring import TextIndex, suggestions

        worker = get_current_worker()
        library = self.host.library
        editions = [edition.key for edition in library.texts.editions()]
        others = [known for known in editions if known != "guide"]
        edition = anchor.edition if anchor.edition in editions else next(iter(others), "")
        if not edition:
            found: list[Reanchored] = []
        else:
            index = self._index
            if index is None or index[0] != edition:
                passages = library.passages.between(edition, 0, 2**31)
                index = (edition, TextIndex([passage.text for passage in passages]))
                self._index = index
            found = suggestions(anchor, index[1], edition)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._looked, key, found)

    def _looked(self, key: str, found: list[Reanchored]) -> None:
        self._suggested[key] = found
        item = self.current()
        if item is not None and item.annotation.key == key:
            self._show_suggestions(item)

    def _show_suggestions(self, item: NoteRecord) -> None:
        texts = self.host.library.texts
        shown = []
        for found in self._suggested[item.annotation.key]:
            anchor = found.anchor
            chapter = texts.chapter_of(anchor.edition, anchor.passage)
            words = self._words(anchor)
            shown.append(Suggestion(item.annotation.key, words, chapter.title if chapter else "", round(found.score)))
        self.show_item(item, shown)

    def _words(self, anchor: Anchor) -> str:
        from db.anchoring import make_anchor

        passages = self.host.library.passages.between(anchor.edition, anchor.passage, anchor.end_passage)
        texts = [passage.text for passage in passages]
        place = (anchor.passage, anchor.start, anchor.end_passage, anchor.end)
        return make_anchor(anchor.edition, texts, anchor.passage, *place).exact if texts else ""

    @on(NotePreview.SuggestionTaken)
    async def _taken(self, message: NotePreview.SuggestionTaken) -> None:
        await self.take(message.number)

    async def take(self, number: int) -> bool:
        """Hang an orphan where a suggestion says: on the words as they stand there now; False if there is none."""
        from db.anchoring import make_anchor

        item = self.current()
        if item is None or item.annotation.state != "orphan":
            return False
        found = self._suggested.get(item.annotation.key, [])
        if number > len(found):
            return False
        there = found[number - 1].anchor
        first, last = max(0, there.passage - 1), there.end_passage + 1
        passages = self.host.library.passages.between(there.edition, first, last)
        texts = [passage.text for passage in passages]
        place = (there.passage, there.start, there.end_passage, there.end)
        anchor = make_anchor(there.edition, texts, first, *place)
        after = replace(item.annotation, anchor=anchor, state="anchored")
        if await self.change([after], [item.annotation]):
            self.host.inform("It hangs there now; u takes it back.")
        return True
