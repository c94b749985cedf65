"""Writing cards: rewording the one in hand, and making one of a highlight or note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from serge_tui.core.study.cards.own import draft
from serge_tui.dialogs.note_picker import NotePicker
from serge_tui.dialogs.study_settings import StudySettingsScreen
from serge_tui.modes.cards.card_editor import CardEditor, TwoSides
from serge_tui.modes.cards.card_review import CardTable
from serge_tui.services.own_cards import make_card, may_become_cards

if TYPE_CHECKING:
    from db.models import Annotation


class CardWriting(CardTable):
    """What can be written."""

    def action_edit(self) -> None:
        """Reword the card in hand."""
        desk = self.desk
        if desk is None or (card := desk.card) is None:
            return
        if card.annotation:
            note = self.host.library.annotations.by_key(card.annotation)
            if note is not None:
                self._write_card(note)
            return
        question = "\n\n".join(part for part in (card.question, card.stimulus) if part)
        made = desk.box.pack.get(card.key)
        editor = CardEditor("Reword this card", question, card.answer, resettable=made is not None and made != card)
        self.app.push_screen(editor, self._reworded)

    def _reworded(self, sides: TwoSides | None) -> None:
        desk = self.desk
        if sides is None or desk is None or (card := desk.card) is None:
            return
        if sides.reset:
            self.host.watch_write(self.host.library.study.reword(card.key, "", ""))
            self.sit_down(desk.deck)
            return
        self.host.watch_write(desk.edit(sides.question, sides.answer))
        self.lay()
        self.say("Reworded; u takes it back.")

    def action_study_settings(self) -> None:
        """Open the settings; what was changed holds from the next card on."""
        self.app.push_screen(StudySettingsScreen(), self._settings_closed)

    def _settings_closed(self, _: None) -> None:
        if self.desk is not None:
            self.sit_down(self.desk.deck)

    def action_new(self) -> None:
        """Make a card of a highlight or note."""
        notes = may_become_cards(self.host.library)

        def chosen(number: int | None) -> None:
            if number is not None:
                self._write_card(notes[number] if number >= 0 else None)

        if notes:
            self.app.push_screen(NotePicker(notes), chosen)
        else:
            self._write_card(None)

    def _write_card(self, note: Annotation | None) -> None:
        question, answer = draft(note) if note is not None else ("", "")
        title = "A card of your own"
        self.app.push_screen(CardEditor(title, question, answer, gaps=True), partial(self._written, note))

    def _written(self, note: Annotation | None, sides: TwoSides | None) -> None:
        if sides is None:
            return
        future = make_card(self.host.library, note, sides.question, sides.answer)
        if future is None:
            self.host.report_error("This makes no card: it needs a question and an answer, or a {{gap}}.")
            return
        self.host.watch_write(future).add_done_callback(lambda _: self.app.call_later(self._card_made))

    def _card_made(self) -> None:
        self.host.inform("The card is kept; it is asked with your own.")
        if self.desk is not None:
            self.sit_down(self.desk.deck)
