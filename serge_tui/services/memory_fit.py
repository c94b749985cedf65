"""The schedule fitted to the reader: their own parameters of the model of memory, tried before they are taken."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from db.clock import utc_now
from db.models.memory import FittedModel
from serge_tui.core.study.fitting import FEWEST_ANSWERS, MOST_ANSWERS, Fit, Step, fit, later_answers, sequences
from serge_tui.core.study.memory_model import DEFAULT_WEIGHTS, model_name
from serge_tui.core.study.scheduling import is_due, replay
from serge_tui.core.wording import counted
from serge_tui.services.deck_options import CardScheduling
from serge_tui.services.study_settings import study_settings, today
from serge_tui.services.undo import Change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.library import Library
    from db.models import CardState

FIT: Final = "cards.fit"
"""Name of the row in Settings."""


@dataclass(frozen=True, slots=True)
class FitOutcome:
    """What came of a fit: a sentence, and the change to store if the new parameters are better."""

    said: str
    change: Change | None = None


def fit_to_answers(library: Library) -> FitOutcome:
    """Fit the parameters to the reader's answers, and compute the states that they would lead to.

    Takes some seconds: call it beside the app.
    """
    library.study.wait()
    cards = recent_cards(library)
    present = study_settings(library).weights
    found = fit(cards, present)
    if found is None:
        given = later_answers(cards)
        return FitOutcome(
            f"A fit needs {FEWEST_ANSWERS} answers to cards asked again on a later day; you have given {given}."
        )
    if not found.is_better:
        return FitOutcome(
            f"Tried on the last {found.held_back:,} of your {found.answers:,} answers, the present schedule foretells"
            " them better than a new fit, so nothing was changed."
        )
    fitted = FittedModel(model_name(found.weights), found.weights, found.answers, found.before, found.after, utc_now())
    change, due_before, due_after = _adoption(library, fitted, "the schedule fitted to your answers")
    return FitOutcome(f"{_words(found)} {_due(due_before, due_after)}", change)


def unfit(library: Library) -> FitOutcome:
    """Return to the published parameters. Takes a second: call it beside the app."""
    library.study.wait()
    change, due_before, due_after = _adoption(library, None, "the published schedule")
    return FitOutcome(f"The published schedule holds again. {_due(due_before, due_after)}", change)


def fitted_words(library: Library) -> str:
    """Return in a few words whose parameters hold."""
    fitted = library.study.fitted_model()
    if fitted is None:
        return "published"
    day = date.fromisoformat(fitted.fitted_at[:10])
    return f"{counted(fitted.answers, 'answer')}, {day.day} {day:%b %Y}"


def recent_cards(library: Library, most: int = MOST_ANSWERS) -> list[tuple[Step, ...]]:
    """Return the answers of each card, of the cards answered last until there are so many answers."""
    cards = sorted(sequences(library.study.log_by_card()), key=lambda steps: -steps[-1].day)
    kept: list[tuple[Step, ...]] = []
    count = 0
    for steps in cards:
        if count >= most:
            break
        kept.append(steps)
        count += len(steps)
    return kept


def _adoption(library: Library, fitted: FittedModel | None, said: str) -> tuple[Change, int, int]:
    """Return the change to other parameters, and how many cards are due today before and after it."""
    before, day = library.study.states(), today(library)
    previous = library.study.fitted_model()
    after = _replayed(library, fitted.weights if fitted is not None else DEFAULT_WEIGHTS, before)
    forth = [(before[card], state) for card, state in after.items()]
    back = [(state, expected) for expected, state in forth]
    change = Change(
        said,
        lambda: library.study.adopt_model(previous, back),
        lambda: library.study.adopt_model(fitted, forth),
        frozenset({FIT}),
    )
    return change, _count_due(before.values(), day), _count_due((before | after).values(), day)


def _replayed(library: Library, weights: tuple[float, ...], states: dict[str, CardState]) -> dict[str, CardState]:
    """Return the state of each answered card under other parameters. What was buried stays so."""
    scheduling = CardScheduling(library)
    found = {}
    for card, reviews in groupby(library.study.log_by_card(), key=lambda review: review.card):
        if (kept := states.get(card)) is not None and kept.answers:
            settings = replace(scheduling.of(card), weights=weights)
            found[card] = replace(replay(list(reviews), settings, keep=kept), buried_until=kept.buried_until)
    return found


def _count_due(states: Iterable[CardState], day: date) -> int:
    return sum(1 for state in states if is_due(state, day))


def _words(found: Fit) -> str:
    return (
        f"Fitted to your {found.answers:,} answers: it foretells the last {found.held_back:,} of them, which were held"
        f" back, better than before (log loss {found.after:.3f} instead of {found.before:.3f})."
    )


def _due(before: int, after: int) -> str:
    return f"{counted(before, 'card')} {'was' if before == 1 else 'were'} due today; now {after:,}. u undoes it."
