"""What the next round asks: the deck, the kind of question, names typed or chosen, one reader or two."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from serge_tui.core.study.deck import ALL, Filter
from serge_tui.dialogs.deck_chooser import DeckChooser
from serge_tui.services.card_collection import card_collection
from serge_tui.services.quiz_rounds import kinds_allowed
from serge_tui.services.study_settings import today

if TYPE_CHECKING:
    from collections.abc import Mapping

    from serge_tui.core.study.quiz.question import QuestionKind
    from serge_tui.host import Host
    from serge_tui.modes.mode_screen import ModeScreen
    from serge_tui.modes.quiz.play import RoundPlay


@dataclass(slots=True)
class RoundPlan:
    """What the next round asks, and how. `names` are those of figures by key, once they have been read."""

    deck: Filter = ALL
    kind: QuestionKind | None = None
    players: int = 1
    typed: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


class PlanChoice:
    """Changes the plan. While a round is under way only typing can be turned on or off."""

    def __init__(self, page: ModeScreen, plan: RoundPlan, play: RoundPlay) -> None:
        self._page = page
        self._plan = plan
        self._play = play

    @property
    def host(self) -> Host:
        """The app."""
        return self._page.host

    async def read_names(self) -> None:
        """Make the cards, and the name finder if names are typed, in a thread before they are needed."""
        host, typed = self.host, self._plan.typed

        def read() -> dict[str, str]:
            if typed:
                _ = host.finder
            return {key: figure.name for key, figure in card_collection(host.library).figures.items()}

        self._plan.names = await asyncio.to_thread(read)

    def action_deck(self) -> None:
        """Choose a deck."""
        if not self._play.refuses():
            self.host.start(self._choose_deck())

    async def _choose_deck(self) -> None:
        library = self.host.library
        collection = await asyncio.to_thread(card_collection, library)
        deck = await self.host.ask(DeckChooser(library, collection, today(library), self._plan.deck))
        if deck is not None:
            self._plan.deck = deck
            if self._plan.kind not in kinds_allowed(library, deck):
                self._plan.kind = None
            self._play.action_stop()

    def action_kind(self) -> None:
        """Go to the next kind of question."""
        if self._play.refuses():
            return
        kinds = [None, *kinds_allowed(self.host.library, self._plan.deck)]
        at = kinds.index(self._plan.kind) if self._plan.kind in kinds else 0
        self._plan.kind = kinds[(at + 1) % len(kinds)]
        self._play.action_stop()

    def action_typed(self) -> None:
        """Type names, or choose them from a list; a question that is not of names stays as it is."""
        if self._play.is_by_number:
            self.host.inform("This question is answered by a number.")
            return
        self._plan.typed = not self._plan.typed
        self.host.watch_write(self.host.library.settings.set("quiz.typed", self._plan.typed))
        self._play.run(self.read_names())
        if self._play.outcome is None:
            self._play.show()

    def action_duel(self) -> None:
        """Play alone, or two in turn."""
        if not self._play.refuses():
            self._plan.players = 3 - self._plan.players
            self._play.action_stop()
