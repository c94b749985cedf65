"""The page of the card in hand: every answer to it, why it exists, where it comes from."""

from __future__ import annotations

from asyncio import to_thread
from typing import TYPE_CHECKING

from serge_tui.dialogs.card_page import CardPage
from serge_tui.services.all_cards import load_all_cards

if TYPE_CHECKING:
    from serge_tui.modes.cards.review import Review


class CardPages:
    """Opens the page of the card in hand."""

    def __init__(self, review: Review) -> None:
        self._review = review

    def action_open(self) -> None:
        """Open the page; it tells the answer, so only once the card is turned."""
        session = self._review.session
        if session is None or session.card is None:
            return
        if session.reviewer.phase == "question":
            self._review.view.show_message("Turn the card first: its page tells the answer.")
        else:
            self._review.host.start(self._open(session.card.key))

    async def _open(self, card: str) -> None:
        host = self._review.host
        found = await to_thread(load_all_cards, host.library)
        if card not in found.cards:
            host.inform("This card has no page: it is made anew for each session.")
            return
        answer = await host.ask(CardPage(found, [card], 0))
        if answer is not None and answer.goes_to is not None:
            host.go_to(answer.goes_to)
