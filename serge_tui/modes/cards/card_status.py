"""Cards put away and marked: buried until tomorrow, suspended, flagged, brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.dialogs.choice import Choice
from serge_tui.widgets.card_face import first_words

if TYPE_CHECKING:
    from db.models import CardState
    from serge_tui.modes.cards.review import Review


class CardStatus:
    """Buries, suspends and flags the card in hand, and brings cards back."""

    def __init__(self, review: Review) -> None:
        self._review = review

    def action_bury(self) -> None:
        """Put the card off until tomorrow."""
        session = self._review.session
        if session is not None and session.card is not None:
            self._review.watch(session.bury())
            self._review.show_card("Buried until tomorrow; u undoes it.")

    def action_suspend(self) -> None:
        """Ask the card no more."""
        session = self._review.session
        if session is not None and session.card is not None:
            self._review.watch(session.suspend())
            self._review.show_card("Suspended: no longer asked, until u undoes it or b brings it back.")

    def action_flag(self) -> None:
        """Flag the card, or take the flag off."""
        session = self._review.session
        if session is not None and session.card is not None:
            self._review.watch(session.flag())
            self._review.view.show_question(session, session.card)

    def action_bring_back(self) -> None:
        """Choose a buried or suspended card to be asked again."""
        session = self._review.session
        if session is None:
            return
        if session.put_away():
            self._review.host.start(self._bring_back())
        else:
            self._review.view.show_message("Nothing is buried or suspended.")

    async def _bring_back(self) -> None:
        session = self._review.session
        if session is None:
            return
        away = session.put_away()
        rows = [(first_words(card), _until(state, session.day.isoformat())) for card, state in away]
        number = await self._review.host.ask(Choice("Bring back", rows))
        session = self._review.session  # it may have been read again meanwhile
        if number is None or session is None:
            return
        card, _ = away[number]
        self._review.watch(session.bring_back(card.key))
        self._review.show_again(f"Brought back: {first_words(card)}")


def _until(state: CardState, today: str) -> str:
    """Say how long a card is put away."""
    if state.suspended:
        return "suspended"
    return "until tomorrow" if state.buried_until == today else f"to the end of {state.buried_until}"
