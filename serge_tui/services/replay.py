"""Replay the log from its start, to find what each card's state should be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from db.models import CardState
from serge_tui.core.study.scheduling import differences, replay
from serge_tui.services.deck_options import CardScheduling
from serge_tui.services.study_settings import study_settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.library import Library


@dataclass(frozen=True, slots=True)
class Replayed:
    """The result of a replay. `different` names, by card, the fields in which the stored state disagrees with the log;
    `replayed` has the right states of these cards.
    """

    cards: int
    answers: int
    different: dict[str, list[str]]
    replayed: dict[str, CardState]


def compare_with_log(library: Library) -> Replayed:
    """Replay every card's answers and compare; about ten thousand answers a second."""
    scheduling = study_settings(library).scheduling
    stored = library.study.states()
    different: dict[str, list[str]] = {}
    replayed: dict[str, CardState] = {}
    answers = 0
    seen: set[str] = set()
    for card, reviews in groupby(library.study.log_by_card(), key=lambda review: review.card):
        log = list(reviews)
        answers += len(log)
        seen.add(card)
        state = replay(log, scheduling, keep=stored.get(card))
        names = differences(stored.get(card) or CardState(card), state)
        if names:
            different[card], replayed[card] = names, state
    for card, state in stored.items():
        if card not in seen and (state.answers or state.stability is not None):
            different[card] = ["answers"]
            replayed[card] = CardState(card, suspended=state.suspended, flag=state.flag)
    return Replayed(len(seen), answers, different, replayed)


def replay_after_upgrade(library: Library) -> None:
    """Compute the states of cards for which an upgrade recovered answers; a crash in between repeats it."""
    if cards := library.study.awaiting_replay():
        replay_cards(library, cards)
        library.study.replayed().result()


def replay_cards(library: Library, cards: Iterable[str]) -> None:
    """Replay and store the states of cards that were answered elsewhere: the log is the truth. Blocks until stored."""
    scheduling = CardScheduling(library)
    states = []
    for card in cards:
        history, kept = library.study.history(card), library.study.state(card)
        if history:
            states.append(replay(history, scheduling.of(card), keep=kept))
        else:
            states.append(CardState(card, suspended=kept.suspended, flag=kept.flag))
    library.study.replace_states(states).result()
