"""The figures of Progress made the plain way, an object of each card and answer: what the quick way is held against."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from db.models import DayStudied
from serge_tui.core.study.scheduling import AGAIN, is_due, retrievability
from serge_tui.core.study.statistics import LONG_HELD, Held

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from db.models import CardState, Review
    from serge_tui.core.study.card import Card

_LONGEST_ANSWER_MS: Final = 60_000


def calendar(log: Sequence[Review]) -> list[DayStudied]:
    """Each day studied, oldest first; `log` is every answer that stands, in the order they were given."""
    begun: dict[str, str] = {}
    first: dict[tuple[str, str], Review] = {}
    by_day: defaultdict[str, list[Review]] = defaultdict(list)
    for review in log:
        begun[review.card] = min(review.study_day, begun.get(review.card, "9"))
        first.setdefault((review.card, review.study_day), review)
        by_day[review.study_day].append(review)
    found = []
    for day, answers in sorted(by_day.items()):
        asked = [review for (card, moment), review in first.items() if moment == day and begun[card] < day]
        found.append(
            DayStudied(
                day,
                len(answers),
                sum(review.rating != AGAIN for review in answers),
                sum(min(review.duration_ms, _LONGEST_ANSWER_MS) for review in answers) / 60_000,
                len(asked),
                sum(review.rating != AGAIN for review in asked),
            )
        )
    return found


def forecast(cards: Iterable[Card], states: Mapping[str, CardState], day: date, days: int = 30) -> list[int]:
    """Cards asked on each of the coming days, today with everything overdue; what rests is asked the day after."""
    due: Counter[str] = Counter()
    for card in cards:
        state = states.get(card.key)
        if state is None or state.due_day is None or state.suspended:
            continue
        rests = [(date.fromisoformat(state.buried_until) + timedelta(days=1)).isoformat()] if state.buried_until else []
        due[max(state.due_day, day.isoformat(), *rests)] += 1
    return [due[(day + timedelta(days=n)).isoformat()] for n in range(days)]


def memory(cards: Iterable[Card], states: Mapping[str, CardState], day: date) -> dict[str, float]:
    """Probability, 0 to 1, that each card asked so far is known on a day."""
    found: dict[str, float] = {}
    for card in cards:
        state = states.get(card.key)
        if state is not None and state.stability is not None:
            found[card.key] = retrievability(state, day)
    return found


def held_by_chapter(cards: Sequence[Card], states: Mapping[str, CardState], day: date) -> list[Held]:
    """What is still held of each chapter, by number."""
    known = memory(cards, states, day)
    chapters = sorted({card.chapter for card in cards if card.chapter is not None})
    return [_held(str(number), [card for card in cards if card.chapter == number], known) for number in chapters]


def held_by_person(cards: Sequence[Card], states: Mapping[str, CardState], day: date) -> list[Held]:
    """What is still held of each person asked about, best held first."""
    known = memory(cards, states, day)
    people = {figure for card in cards for figure in card.figures}
    held = [_held(figure, [card for card in cards if figure in card.figures], known) for figure in people]
    return sorted((entry for entry in held if entry.seen), key=lambda entry: (-entry.share, entry.key))


def _held(key: str, cards: Sequence[Card], known: Mapping[str, float]) -> Held:
    shares = [known[card.key] for card in cards if card.key in known]
    return Held(key, len(cards), len(shares), sum(shares) / len(shares) if shares else 0.0)


def counts(cards: Iterable[Card], states: Mapping[str, CardState], day: date) -> dict[str, int]:
    """How many cards are new, being learned, held for three weeks or more, due, suspended."""
    found = dict.fromkeys(("new", "learning", "held", "due", "suspended"), 0)
    for card in cards:
        state = states.get(card.key)
        if state is None or (state.stability is None and not state.suspended):
            found["new"] += 1
        elif state.suspended:
            found["suspended"] += 1
        else:
            found["held" if (state.stability or 0.0) >= LONG_HELD else "learning"] += 1
            found["due"] += is_due(state, day)
    return found
