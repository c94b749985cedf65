"""The quiz over one library: what it may ask, and where its misses go. It never touches the schedule by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.deck import ALL, Filter
from serge_tui.core.study.quiz.questions import QUESTION_KINDS, ROUND, Material, Question, QuestionKind, Quizmaster
from serge_tui.core.study.scheduling import bring_forward
from serge_tui.services.card_collection import Box, box_of
from serge_tui.services.confusions import confusions
from serge_tui.services.hidden_ends import is_sealed, untold_events
from serge_tui.services.reading_progress import reading_progress
from serge_tui.services.review_session import SENT, deck_cards
from serge_tui.services.study_settings import today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from db.library import Library
    from db.models import Event
    from serge_tui.core.study.deck import Progress
    from serge_tui.core.study.grading import Identifier

KIND_TITLES: Final[dict[QuestionKind | None, str]] = {
    None: "a mix of all kinds",
    "who": "who said it",
    "about": "of whom",
    "to": "to whom",
    "portrait": "whose portrait",
    "first": "which came first",
    "alive": "who was still alive",
}


def quiz_material(library: Library, deck: Filter, finder: Identifier, *, sealed: bool | None = None) -> Material:
    """What may be asked: the cards of a deck, and events of chapters read that tell of no end while fates are sealed.

    `sealed` says it otherwise than the setting does.
    """
    box = box_of(library)
    states = library.study.states()
    cards = deck_cards(library, box, deck, states, today(library), sealed=sealed)
    progress = reading_progress(library)
    untold = untold_events(library, progress, sealed=sealed)
    return Material(
        cards=cards,
        figures=list(box.figures.values()),
        quotations=list(box.quotations.values()),
        events=[event for event in _events(box, deck, progress) if event.key not in untold],
        states=states,
        confusions=confusions(library, box, finder),
    )


def _events(box: Box, deck: Filter, progress: Progress | None) -> list[Event]:
    events = list(box.events.values())
    if deck.chapters:
        events = [event for event in events if event.chapter in deck.chapters]
    if deck.as_far_as_read and progress is not None and not progress.finished:
        events = [event for event in events if event.chapter in progress.chapters]
    return events


def kinds_allowed(library: Library, deck: Filter = ALL, *, sealed: bool | None = None) -> tuple[QuestionKind, ...]:
    """Kinds that may be asked: who was alive only where fates are open; decks of cards keep to their kind."""
    sealed = is_sealed(library) if sealed is None else sealed
    kinds = [kind for kind in QUESTION_KINDS if kind != "alive" or not sealed]
    if deck.kinds:
        kinds = [kind for kind in kinds if kind in deck.kinds]
    if replace(deck, name="", kinds=frozenset(), chapters=frozenset(), as_far_as_read=False) != Filter():
        kinds = [kind for kind in kinds if kind not in ("first", "alive")]
    return tuple(kinds)


def make_questions(
    library: Library,
    finder: Identifier,
    *,
    deck: Filter = ALL,
    kind: QuestionKind | None = None,
    count: int = ROUND,
    seed: int = 0,
) -> list[Question]:
    """Questions for a round. Raises SergeError when the deck yields none."""
    kinds = (kind,) if kind is not None else kinds_allowed(library, deck)
    return Quizmaster(quiz_material(library, deck, finder)).questions(count, seed, kinds)


def send_to_cards(library: Library, questions: Sequence[Question]) -> tuple[int, list[Future[None]]]:
    """Have the cards that ask the same come up next: known ones today, new ones first. Gives how many, and the writes.

    Nothing is answered by it: the log stays as it is, and a card's memory too.
    """
    day = today(library)
    states = library.study.states()
    keys = list(dict.fromkeys(question.card for question in questions if question.card))
    futures = []
    new = []
    for key in keys:
        state = states.get(key)
        if state is not None and state.stability is not None:
            futures.append(library.study.set_state(bring_forward(state, day)))
        else:
            new.append(key)
    if new:
        waiting = [key for key in library.settings.get(SENT, list[str]()) if key not in new]
        futures.append(library.settings.set(SENT, [*new, *waiting][:200]))
    return len(keys), futures
