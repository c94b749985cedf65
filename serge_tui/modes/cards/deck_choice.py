"""What is asked: the deck, more new cards, practice, and the study settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from serge_tui.dialogs.deck_chooser import DeckChooser

if TYPE_CHECKING:
    from serge_tui.core.study.deck import Filter
    from serge_tui.modes.cards.review import Review

MORE: Final = 5


class DeckChoice:
    """Changes what the session asks."""

    def __init__(self, review: Review) -> None:
        self._review = review

    def choose(self, deck: Filter) -> None:
        """Go on with a deck, and remember it for the next start."""
        host = self._review.host
        host.watch_write(host.library.settings.set("cards.deck", deck.to_json()))
        self._review.load(deck)

    def action_choose(self) -> None:
        """Choose a deck."""
        if self._review.session is not None:
            self._review.host.start(self._choose())

    async def _choose(self) -> None:
        session, host = self._review.session, self._review.host
        if session is None:
            return
        deck = await host.ask(DeckChooser(host.library, session.collection, session.day, session.deck))
        if deck is not None:
            self.choose(deck)

    def action_more(self) -> None:
        """Allow five more new cards today."""
        session = self._review.session
        if session is not None and not session.practising:
            self._review.watch(session.allow_more(MORE))
            self._review.show_again()

    def action_practise(self) -> None:
        """Ask every card of the deck once, and record nothing."""
        self._review.run(self._practise())

    async def _practise(self) -> None:
        session = self._review.session
        if session is None:
            return
        if not await session.practise():
            self._review.view.show_message("This deck has no cards.")
        elif session is self._review.session:
            self._review.show_card("Practice: every card once, nothing is recorded. Esc ends it.")

    def end_practice(self) -> None:
        """Go back to what is due."""
        if self._review.practising:
            self._review.reload()

    def action_settings(self) -> None:
        """Open the settings at those of learning; a change applies from the next card on."""
        self._review.host.open_settings("Learning")
