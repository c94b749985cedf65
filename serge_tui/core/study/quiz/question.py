"""A question of the quiz with its options, and what questions are made from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from serge_tui.core.study.card import NARRATOR
from serge_tui.core.study.cards.deck_builder import make_cards
from serge_tui.core.study.chronology import is_datable, stands_alone
from serge_tui.core.study.quiz.distractors import People

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.models import CardState, Event, Figure, Quotation
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.confusions import Confusion

QuestionKind: TypeAlias = str
"""What is asked, by a name that is stored in rounds and used on the command line; `registry` lists the kinds."""
CARD_KINDS: Final = ("who", "about", "to", "portrait")
"""Kinds of question that cards make."""
FEWEST: Final = 3
MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its options; `right` is the place of the only right one, from 0.

    `keys` are what the options stand for (figures or events). `card` is the card that asks the same, so that a miss
    can be sent there; `passage` and `reference` are shown afterwards, `event` is what a question of dates is about.
    """

    kind: QuestionKind
    question: str
    stimulus: str
    context: str
    options: tuple[str, ...]
    keys: tuple[str, ...]
    right: int
    passage: str = ""
    reference: str = ""
    quotation: str = ""
    card: str = ""
    event: str = ""
    clauses: tuple[str, ...] = ()
    """Who each option is, in a clause, for questions about people: shown beside the wrong ones afterwards."""

    @property
    def answer(self) -> str:
        """The right option."""
        return self.options[self.right]


@dataclass(frozen=True)
class Material:
    """What questions are made from. Narrow `cards` and `events` to what has been read to spoil nothing.

    `options` is how many a question about people has, where there are as many; None goes by how well its card is known.
    """

    cards: Sequence[Card]
    figures: Sequence[Figure]
    quotations: Sequence[Quotation]
    events: Sequence[Event]
    states: Mapping[str, CardState] = field(default_factory=dict)
    confusions: Sequence[Confusion] = ()
    options: int | None = None
    asked: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
    """What each card asks in the quiz, by its key, as far as it was needed."""
    weights_drawn: dict[tuple[QuestionKind, int], Mapping[str, float]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Weights for drawing wrong options, by kind and number of them, as far as they were needed."""

    @classmethod
    def of_pack(cls, quotations: Sequence[Quotation], figures: Sequence[Figure], events: Sequence[Event]) -> Material:
        """Everything in the study pack."""
        return cls(make_cards(quotations, figures, events), figures, quotations, events)

    @cached_property
    def answers(self) -> dict[QuestionKind, frozenset[str]]:
        """Who is the right answer of a card, by kind."""
        return {
            kind: frozenset(card.answer_figure for card in self.cards if card.kind == kind and card.answer_figure)
            for kind in CARD_KINDS
        }

    @cached_property
    def quotations_by_key(self) -> dict[str, Quotation]:
        """Quotations by key."""
        return {quotation.key: quotation for quotation in self.quotations}

    @cached_property
    def weights(self) -> Counter[str]:
        """In how many quotations each figure is, speaking, spoken to or spoken of."""
        return Counter(
            key
            for quotation in self.quotations
            for key in {*quotation.about, *quotation.to, quotation.speaker, quotation.portrait_of}
            if key
        )

    @cached_property
    def known(self) -> frozenset[str]:
        """Figures of the quotations, and those the book is seen or likely to name."""
        return frozenset(
            key
            for quotation in self.quotations
            for key in (*quotation.about, *quotation.to, *([quotation.speaker] if quotation.speaker else []))
        ) | {figure.key for figure in self.figures if figure.in_memoirs in ("seen", "likely")}

    @cached_property
    def people(self) -> People:
        """The figures that can be options."""
        figures = {figure.key: figure for figure in self.figures}
        return People(figures, self.known & set(figures), self.confusions, self.weights)

    @cached_property
    def met(self) -> list[Figure]:
        """Figures that a reader of the book meets."""
        seen = (figure for figure in self.figures if figure.key in self.known and figure.key != NARRATOR)
        return sorted((f for f in seen if f.in_memoirs == "seen" or self.weights[f.key]), key=lambda f: f.key)

    @cached_property
    def lived(self) -> list[Figure]:
        """Figures that the book is seen or likely to name, or that have a quotation."""
        return sorted((f for f in self.figures if f.key in self.known and f.key != NARRATOR), key=lambda f: f.key)

    @cached_property
    def first_years(self) -> dict[int, int]:
        """The year in which each chapter begins, by Serge's own life in it."""
        begins: dict[int, int] = {}
        for event in self.events:
            if event.kind == "life" and event.chapter is not None and event.date.year is not None:
                begins[event.chapter] = min(event.date.year, begins.get(event.chapter, event.date.year))
        return begins

    @cached_property
    def datable(self) -> list[Event]:
        """Events that can be asked for: their date is sure, and their text is clear by itself."""
        events = (event for event in self.events if is_datable(event) and stands_alone(event))
        return sorted(events, key=lambda event: (event.date.text, event.key))
