"""Everything known of one card: where it stands, every answer with what it led to, why it exists, where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from serge_tui.core.study.card import CONTRAST
from serge_tui.core.study.scheduling import replay_steps, retrievability
from serge_tui.core.wording import counted
from serge_tui.services.all_cards import when_due
from serge_tui.services.card_passages import place_of_card
from serge_tui.services.deck_options import CardScheduling
from serge_tui.services.study_plans import day_words

if TYPE_CHECKING:
    from db.models import CardState, Review
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.scheduling import Scheduling
    from serge_tui.navigation import Destination
    from serge_tui.services.all_cards import AllCards


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """One line of a card's history: an answer, or that the card was forgotten.

    `counts` is False for an answer that was undone, and for one from before the card was forgotten. `interval` is
    the days since the answer before, `stability` (days) and `difficulty` (1 to 10) are those after it; None where it
    does not count.
    """

    review: Review
    counts: bool
    interval: int | None = None
    stability: float | None = None
    difficulty: float | None = None


@dataclass(frozen=True, slots=True)
class CardHistory:
    """A card with all that is known of it; `recall` is the chance, 0 to 1, that it is known today."""

    card: Card
    state: CardState
    tags: tuple[str, ...]
    answers: tuple[AnswerGiven, ...]
    recall: float | None
    standing: str
    reason: str
    waits_for: Card | None
    people: tuple[tuple[str, str], ...]
    place: Destination | None


def card_history(found: AllCards, key: str) -> CardHistory:
    """Read what is known of a card; a few queries: in a thread."""
    card, state, library = found.cards[key], found.state(key), found.library
    figures, scheduling = found.collection.figures, CardScheduling(library).of(key)
    people = dict.fromkeys(figure for figure in (card.answer_figure, *card.figures) if figure in figures)
    return CardHistory(
        card=card,
        state=state,
        tags=found.tags.get(key, ()),
        answers=_answers(found, key, scheduling),
        recall=retrievability(state, found.day, scheduling.decay) if state.stability is not None else None,
        standing=_standing(state, found.day),
        reason=_reason(found, card),
        waits_for=found.cards.get(card.requires) if state.stability is None else None,
        people=tuple((figure, figures[figure].name) for figure in people),
        place=place_of_card(library, card),
    )


def _answers(found: AllCards, key: str, scheduling: Scheduling) -> tuple[AnswerGiven, ...]:
    lines = found.library.study.whole_history(key)
    counting = [review for review, counts in lines if counts and review.kind == "answer"]
    after = dict(replay_steps(counting, scheduling))
    answers: list[AnswerGiven] = []
    last: date | None = None
    for review, counts in lines:
        state = after.get(review.id)
        if state is None or state.last_day is None:
            answers.append(AnswerGiven(review, counts))
        else:
            day = date.fromisoformat(state.last_day)
            interval = (day - last).days if last is not None else None
            answers.append(AnswerGiven(review, counts, interval, state.stability, state.difficulty))
            last = day
    return tuple(answers)


def _standing(state: CardState, day: date) -> str:
    """Return in a sentence when a card is asked next."""
    match when_due(state, day):
        case "suspended":
            return "Suspended: it is not asked."
        case "buried":
            until = date.fromisoformat(state.buried_until)
            return "Buried until tomorrow." if until == day else f"Buried until the end of {day_words(until)}."
        case "new":
            return "New: it has not been asked yet."
        case "today":
            return "Due today."
        case _:
            due = date.fromisoformat(state.due_day or day.isoformat())
            return f"Due on {day_words(due)} {due.year}, in {counted((due - day).days, 'day')}."


def _reason(found: AllCards, card: Card) -> str:
    """Return in a sentence why a card exists."""
    if card.kind == "lost":
        return "What it was made from is gone; its history is kept."
    if card.key.startswith(CONTRAST):
        return "You took these two for each other, so they are asked side by side until you tell them apart."
    if card.annotation:
        note = found.library.annotations.by_key(card.annotation)
        made = f", on {day_words(date.fromisoformat(note.created_at[:10]))} {note.created_at[:4]}" if note else ""
        return f"You made it from a note or highlight of yours{made}."
    if card.found:
        return "It asks words of your own copy that you kept."
    if card.quotation:
        return "It comes with Serge: a quotation of the study pack."
    if card.events:
        return "It comes with Serge: made from events of the study pack."
    return "It comes with Serge: made from what the study pack says of people and things."
