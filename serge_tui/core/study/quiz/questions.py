"""The quiz: questions with plausible options. `rounds` plays them, `sheet` prints them.

Nothing here touches the schedule. Everything follows from the material and a seed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from db.errors import SergeError
from serge_tui.core.study.card import NARRATOR
from serge_tui.core.study.cards.deck_builder import make_cards
from serge_tui.core.study.chronology import clearly_before, is_datable, stands_alone, told, told_where
from serge_tui.core.study.clauses import content_stems
from serge_tui.core.study.masking import names
from serge_tui.core.study.quiz.distractors import People
from serge_tui.core.study.scheduling import holds_a_week

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from db.models import CardState, Event, Figure, Quotation
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.confusions import Confusion

QuestionKind: TypeAlias = Literal["who", "about", "to", "portrait", "first", "alive"]
QUESTION_KINDS: Final[tuple[QuestionKind, ...]] = get_args(QuestionKind)
ROUND: Final = 10
FEWEST: Final = 3
MOST: Final = 5
_TO_WHOM: Final = re.compile(r": to whom\b")
_AND_WHEN: Final = re.compile(r",? and when\?")
_LIVED: Final = timedelta(days=366)
_GROWN: Final = timedelta(days=20 * 366)


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

    @property
    def answer(self) -> str:
        """The right option."""
        return self.options[self.right]


@dataclass(slots=True)
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

    @classmethod
    def of_pack(cls, quotations: Sequence[Quotation], figures: Sequence[Figure], events: Sequence[Event]) -> Material:
        """Everything in the study pack."""
        return cls(make_cards(quotations, figures, events), figures, quotations, events)


class Quizmaster:
    """Makes questions from the material; the same seed makes the same ones."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._quotations = {quotation.key: quotation for quotation in material.quotations}
        figures = {figure.key: figure for figure in material.figures}
        weights = _weights(material.quotations)
        known = {
            key
            for quotation in material.quotations
            for key in (*quotation.about, *quotation.to, *([quotation.speaker] if quotation.speaker else []))
        } | {figure.key for figure in material.figures if figure.in_memoirs in ("seen", "likely")}
        self._people = People(figures, frozenset(known & set(figures)), material.confusions, weights)
        seen = (figure for figure in material.figures if figure.key in known and figure.key != NARRATOR)
        self._met = sorted((f for f in seen if f.in_memoirs == "seen" or weights[f.key]), key=lambda f: f.key)
        self._begins = _first_years(material.events)
        self._datable = sorted(
            (e for e in material.events if is_datable(e) and stands_alone(e)), key=lambda e: (e.date.text, e.key)
        )
        self._makers: dict[QuestionKind, Callable[[Random, set[str]], Question | None]] = {
            "who": lambda random, used: self._from_card("who", random, used),
            "about": lambda random, used: self._from_card("about", random, used),
            "to": lambda random, used: self._from_card("to", random, used),
            "portrait": lambda random, used: self._from_card("portrait", random, used),
            "first": self._first,
            "alive": self._alive,
        }

    def questions(self, count: int, seed: int, kinds: Collection[QuestionKind] = QUESTION_KINDS) -> list[Question]:
        """Up to `count` questions, the kinds mixed, no passage twice. Raises SergeError when there is no material."""
        random = Random(seed)  # noqa: S311  a quiz, not a secret
        used: set[str] = set()
        found: list[Question] = []
        wanted = [kind for kind in QUESTION_KINDS if kind in kinds]
        random.shuffle(wanted)
        empty: set[QuestionKind] = set()
        while len(found) < count and len(empty) < len(wanted):
            for kind in wanted:
                if kind in empty or len(found) == count:
                    continue
                question = self._makers[kind](random, used)
                if question is None:
                    empty.add(kind)
                else:
                    found.append(question)
        if not found:
            raise SergeError("There is nothing to ask yet: read on, or choose a wider deck.")
        random.shuffle(found)
        return found

    def of_card(self, card: Card, seed: int = 0) -> Question | None:
        """The question one card makes, if it makes one."""
        return self._of_card(card, Random(f"{seed}/{card.key}"))  # noqa: S311

    # --- from cards --------------------------------------------------------------------------------------------------

    def _from_card(self, kind: QuestionKind, random: Random, used: set[str]) -> Question | None:
        """The next question of a kind: another passage each time, and another answer as long as there is one."""
        cards = [
            card
            for card in self._material.cards
            if card.kind == kind and card.answer_figure and f"quote:{card.quotation}" not in used
        ]
        random.shuffle(cards)
        cards.sort(key=lambda card: card.answer_figure in used)
        for card in cards:
            question = self._of_card(card, random)
            if question is not None:
                used |= {f"quote:{card.quotation}", card.answer_figure}
                return question
        return None

    def _of_card(self, card: Card, random: Random) -> Question | None:
        quotation = self._quotations.get(card.quotation)
        right = card.answer_figure
        if card.kind not in ("who", "about", "to", "portrait") or quotation is None or not self._people.has(right):
            return None
        count = self._options(card) - 1
        barred = {right, NARRATOR, *quotation.about, *quotation.to}
        barred |= {key for key in (quotation.speaker, quotation.portrait_of) if key}
        since = self._begins.get(quotation.chapter) if quotation.chapter is not None else None
        for context in dict.fromkeys((card.context, str(card.year or ""))):
            # What places a question may tell the nation; where too few share it, the question does without.
            shown = f"{card.question}\n{card.stimulus}\n{context}"
            out = self._people.out_of_place(right, shown, year=card.year, since=since)
            others = self._people.distractors(
                right, count, random, barred=barred | out, text=f"{card.shown} {quotation.text}"
            )
            if len(others) >= FEWEST - 1:
                break
        else:
            return None
        keys = [right, *others]
        random.shuffle(keys)
        kind: QuestionKind = card.kind
        return Question(
            kind=kind,
            question=_AND_WHEN.sub("?", _TO_WHOM.sub(" to whom", card.question)),
            stimulus=card.stimulus,
            context=context,
            options=tuple(self._people.figures[key].name for key in keys),
            keys=tuple(keys),
            right=keys.index(right),
            passage=quotation.text,
            reference=quotation.reference,
            quotation=quotation.key,
            card=card.key,
        )

    def _options(self, card: Card) -> int:
        """Three options while a card is new, four while it is learned, five once it holds."""
        if self._material.options is not None:
            return self._material.options
        state = self._material.states.get(card.key)
        if state is None or not state.answers:
            return FEWEST
        return MOST if holds_a_week(state) else FEWEST + 1

    # --- from dates --------------------------------------------------------------------------------------------------

    def _first(self, random: Random, used: set[str]) -> Question | None:
        """Which of three came first, all within a few years of each other."""
        events = [event for event in self._datable if f"first:{event.key}" not in used]
        random.shuffle(events)
        events.sort(key=lambda event: f"event:{event.key}" in used)
        for first in events:
            later = [
                event
                for event in self._datable
                if clearly_before(first, event, timedelta(days=30)) and _years_apart(first, event) <= 5
            ]
            others = [e for e in later if not _subject(e) & _subject(first)]
            fresh = [event for event in others if f"event:{event.key}" not in used]
            fresh = fresh if len(fresh) >= FEWEST - 1 else others
            if len(fresh) < FEWEST - 1:
                continue
            trio = [first, *random.sample(fresh, FEWEST - 1)]
            random.shuffle(trio)
            used |= {f"first:{first.key}", *(f"event:{event.key}" for event in trio)}
            in_order = sorted(trio, key=lambda e: (e.date.text, e.key))
            return Question(
                kind="first",
                question="Which of these came first?",
                stimulus="",
                context="",
                options=tuple(told_where(event) for event in trio),
                keys=tuple(event.key for event in trio),
                right=trio.index(first),
                passage="\n".join(f"{event.date.long}: {told_where(event)}" for event in in_order),
                reference=f"chapter {first.chapter}" if first.chapter else "",
                event=first.key,
            )
        return None

    def _alive(self, random: Random, used: set[str]) -> Question | None:
        """Who of three was still alive when something happened."""
        events = [
            event
            for event in self._datable
            if event.kind == "history" and f"event:{event.key}" not in used and event.date.earliest is not None
        ]
        random.shuffle(events)
        people = [figure for figure in self._met if "tsarist" not in figure.movements]
        for event in events:
            moment = event.date.earliest
            assert moment is not None
            there = {key for key, _ in event.people}
            grown = [f for f in people if f.key not in there and f.born.latest and f.born.latest + _GROWN < moment]
            alive = [
                f
                for f in grown
                if f.key not in used and f.died.earliest and moment + _LIVED < f.died.earliest < moment + 12 * _LIVED
            ]
            random.shuffle(alive)
            for survivor in alive:
                if names(told(event), survivor):
                    continue
                stimulus = f"{event.date.long}: {told(event)}."
                barred = set(self._people.figures) - {f.key for f in grown if _died_before(f, moment)}
                others = self._people.distractors(survivor.key, FEWEST - 1, random, barred=barred, text=stimulus)
                if len(others) < FEWEST - 1:
                    continue
                keys = [survivor.key, *others]
                random.shuffle(keys)
                used |= {f"event:{event.key}", survivor.key}
                figures = [self._people.figures[key] for key in keys]
                return Question(
                    kind="alive",
                    question="Which of these people was still alive when this happened?",
                    stimulus=stimulus,
                    context="",
                    options=tuple(figure.name for figure in figures),
                    keys=tuple(keys),
                    right=keys.index(survivor.key),
                    passage="; ".join(f"{figure.name} died {figure.died.long}" for figure in figures) + ".",
                    reference=f"chapter {event.chapter}" if event.chapter else "",
                    event=event.key,
                )
        return None


def _died_before(figure: Figure, moment: date) -> bool:
    """Whether somebody had certainly died by then, and not so long before that everybody knows."""
    died = figure.died.latest
    return died is not None and moment - 12 * _LIVED < died < moment - _LIVED / 2


def _subject(event: Event) -> set[str]:
    """What an event is about, in stems: two that share a word tell their order. That it is Serge's life does not."""
    return content_stems(told(event)) - content_stems("Serge’s Serge")


def _weights(quotations: Sequence[Quotation]) -> Counter[str]:
    """In how many quotations each figure is, speaking, spoken to or spoken of."""
    return Counter(
        key
        for quotation in quotations
        for key in {*quotation.about, *quotation.to, quotation.speaker, quotation.portrait_of}
        if key
    )


def _first_years(events: Sequence[Event]) -> dict[int, int]:
    """The year in which each chapter begins, as Serge's own life in it tells."""
    begins: dict[int, int] = {}
    for event in events:
        if event.kind == "life" and event.chapter is not None and event.date.year is not None:
            begins[event.chapter] = min(event.date.year, begins.get(event.chapter, event.date.year))
    return begins


def _years_apart(one: Event, other: Event) -> int:
    assert one.date.earliest is not None
    assert other.date.latest is not None
    return other.date.latest.year - one.date.earliest.year
