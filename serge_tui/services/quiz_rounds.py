"""The quiz over one library: what it may ask, and sending misses to the cards. The quiz itself schedules nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from serge_tui.core.study.confusions import FIGURE
from serge_tui.core.study.deck import ALL, Filter
from serge_tui.core.study.quiz.question import Material, Question, QuestionKind
from serge_tui.core.study.quiz.quizmaster import ROUND, Quizmaster
from serge_tui.core.study.quiz.registry import BY_KIND, QUESTION_TYPES
from serge_tui.core.study.scheduling import bring_forward
from serge_tui.services.card_collection import CardCollection, QuizDrawing, card_collection
from serge_tui.services.confusions import confusions
from serge_tui.services.decks import deck_cards
from serge_tui.services.hidden_ends import ends_are_hidden, untold_events
from serge_tui.services.reading_progress import reading_progress
from serge_tui.services.review_session import SENT
from serge_tui.services.study_settings import study_settings, today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from db.library import Library
    from db.models import Event
    from serge_tui.core.study.deck import Progress
    from serge_tui.core.study.grading import Identifier
    from serge_tui.core.study.quiz.rounds import Given


def kind_title(kind: QuestionKind | None) -> str:
    """Name a kind of question in a sentence; None is all of them mixed."""
    return BY_KIND[kind].title if kind is not None else "a mix of all kinds"


def quiz_material(library: Library, deck: Filter, finder: Identifier, *, hidden: bool | None = None) -> Material:
    """Return what may be asked: the cards of a deck, and events of chapters read; none that tells an end while ends
    are hidden.

    `hidden` overrides the setting.
    """
    collection = card_collection(library)
    states = library.study.states()
    cards = deck_cards(library, collection, deck, states, today(library), hidden=hidden)
    progress = reading_progress(library)
    untold = untold_events(library, hidden=hidden)
    events = [event for event in _events(collection, deck, progress) if event.key not in untold]
    drawing = _drawing(collection, (frozenset(card.key for card in cards), frozenset(event.key for event in events)))
    return Material(
        cards=cards,
        figures=list(collection.figures.values()),
        quotations=list(collection.quotations.values()),
        events=events,
        states=states,
        confusions=confusions(library, collection, finder),
        asked=drawing.asked,
        weights_drawn=drawing.weights,
    )


def _drawing(collection: CardCollection, deck: tuple[frozenset[str], frozenset[str]]) -> QuizDrawing:
    """Return what earlier rounds found out for the same cards and events; nothing yet for others."""
    if collection.drawing.deck != deck:
        collection.drawing = QuizDrawing(deck)
    return collection.drawing


def _events(collection: CardCollection, deck: Filter, progress: Progress | None) -> list[Event]:
    events = list(collection.events.values())
    if deck.chapters:
        events = [event for event in events if event.chapter in deck.chapters]
    if deck.as_far_as_read and progress is not None and not progress.finished:
        events = [event for event in events if event.chapter in progress.chapters]
    return events


def kinds_allowed(library: Library, deck: Filter = ALL, *, hidden: bool | None = None) -> tuple[QuestionKind, ...]:
    """Return the kinds that may be asked: those that tell of deaths only while ends are shown; a deck of some kinds of
    card keeps to these. `hidden` overrides the setting.
    """
    hidden = ends_are_hidden(library) if hidden is None else hidden
    types = [entry for entry in QUESTION_TYPES if not (hidden and entry.tells_death)]
    if deck.kinds:
        types = [entry for entry in types if entry.kind in deck.kinds]
    if replace(deck, name="", kinds=frozenset(), chapters=frozenset(), as_far_as_read=False) != Filter():
        types = [entry for entry in types if entry.by_name]
    return tuple(entry.kind for entry in types)


def make_questions(
    library: Library,
    finder: Identifier,
    *,
    deck: Filter = ALL,
    kind: QuestionKind | None = None,
    count: int = ROUND,
    seed: int = 0,
) -> list[Question]:
    """Return the questions of a round. Raises SergeError if the deck yields none."""
    kinds = (kind,) if kind is not None else kinds_allowed(library, deck)
    return Quizmaster(quiz_material(library, deck, finder)).questions(count, seed, kinds)


def send_to_cards(library: Library, questions: Sequence[Question]) -> tuple[int, list[Future[None]]]:
    """Have the cards that ask the same come next: known ones today, new ones first. Return how many, and the writes.

    It is no answer: log and memory stay as they are.
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


def store_given(library: Library, given: Given) -> list[Future[None]]:
    """Store what follows from an answer: who was taken for whom, and a card brought forward if that is set.

    Return the writes. Reads much after a miss: on the event loop use `record_mix_up` and `send_to_cards` apart.
    """
    mixed_up = record_mix_up(library, given)
    futures = [mixed_up] if mixed_up is not None else []
    if not given.right and study_settings(library).quiz_brings_forward:
        futures += send_to_cards(library, [given.question])[1]
    return futures


def record_mix_up(library: Library, given: Given) -> Future[None] | None:
    """Store who was taken for whom; None if nobody was."""
    if not given.taken_for or not given.question.card:
        return None
    choice = f"{FIGURE}{given.taken_for}"
    return library.study.record_choice(given.question.card, choice, today(library).isoformat())
