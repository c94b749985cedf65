"""Writing cards: rewording the one in hand, and making one from a highlight or note."""

from __future__ import annotations

from asyncio import to_thread
from typing import TYPE_CHECKING

from serge_tui.core.study.cards.annotation import draft
from serge_tui.dialogs.card_editor import CardEditor, TwoSides
from serge_tui.dialogs.kept_draft import KeptDraft
from serge_tui.dialogs.note_picker import NotePicker
from serge_tui.services.annotation_cards import make_card, may_become_cards

if TYPE_CHECKING:
    from db.models import Annotation
    from serge_tui.modes.cards.review import Review


class CardWriting:
    """Opens the editor of cards, and stores what was written."""

    def __init__(self, review: Review) -> None:
        self._review = review

    def action_edit(self) -> None:
        """Reword the card in hand."""
        card = self._review.card
        if card is None:
            return
        if card.annotation:
            note = self._review.host.library.annotations.by_key(card.annotation)
            if note is not None:
                self._review.host.start(self._write(note))
        else:
            self._review.host.start(self._reword())

    async def _reword(self) -> None:
        review, host = self._review, self._review.host
        session, card = review.session, review.card
        if session is None or card is None:
            return
        question = "\n\n".join(part for part in (card.question, card.stimulus) if part)
        original = session.collection.pack.get(card.key)
        resettable = original is not None and original != card
        kept = KeptDraft(host, "card", "", {"card": card.key})
        sides = await host.ask(CardEditor("Reword this card", question, card.answer, kept=kept, resettable=resettable))
        if sides is None:
            return
        if not sides.reset and review.session is session and session.card == card:
            write = session.edit(sides.question, sides.answer)
            kept.stored(write)
            review.watch(write)
            review.show_again("Reworded; u undoes it.")
        else:
            review.run(self._store_wording(card.key, sides, kept))

    async def _store_wording(self, card: str, sides: TwoSides, kept: KeptDraft) -> None:
        """Store a wording that cannot be undone in the session, and read that again."""
        host = self._review.host
        write = host.library.study.reword(card, sides.question, sides.answer)
        kept.stored(write)
        if await host.write_succeeded(write):
            self._review.reload()

    def action_new(self) -> None:
        """Make a card from a highlight or note, or from nothing."""
        self._review.host.start(self._new())

    async def _new(self) -> None:
        notes = await to_thread(may_become_cards, self._review.host.library)
        note: Annotation | None = None
        if notes:
            number = await self._review.host.ask(NotePicker(notes))
            if number is None:
                return
            note = notes[number] if number >= 0 else None
        await self._write(note)

    async def _write(self, note: Annotation | None) -> None:
        host = self._review.host
        question, answer = draft(note) if note is not None else ("", "")
        kept = KeptDraft(host, "card", "", {"note": note.key if note is not None else ""})
        sides = await host.ask(CardEditor("A card of your own", question, answer, kept=kept, gaps=True))
        if sides is not None:
            self._review.run(self._save(note, sides, kept))

    async def _save(self, note: Annotation | None, sides: TwoSides, kept: KeptDraft) -> None:
        host = self._review.host
        change = make_card(host.library, note, sides.question, sides.answer)
        if change is None:
            host.report_error("This makes no card: it needs a question and an answer, or a {{gap}}.")
            return
        write = change.redo()
        kept.stored(write)
        if await host.write_succeeded(write):
            self._review.card_made(change)
            host.inform("Card saved. It is in the deck My own; u undoes it.")
            if self._review.session is not None:
                self._review.reload()
