"""Cards made from the reader's highlights and notes: a tag makes one a card, and its text has both sides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.annotations import new_annotation
from serge_tui.core.study.cards.annotation import CARD_TAG, body_of, cards_of
from serge_tui.services.undo import Change

if TYPE_CHECKING:
    from concurrent.futures import Future

    from db.library import Library
    from db.models import Annotation


def may_become_cards(library: Library) -> list[Annotation]:
    """Return the highlights and notes that are no cards yet, newest first."""
    return [
        annotation
        for annotation in library.annotations.all()
        if annotation.kind in ("highlight", "note") and CARD_TAG not in annotation.tags
    ]


def with_sides(annotation: Annotation | None, question: str, answer: str) -> Annotation:
    """Return an annotation as a card with these sides, a new annotation if it is None. With an empty answer the gaps in
    the question are asked.
    """
    body = body_of(question, answer) if answer.strip() else question.strip()
    if annotation is None:
        return new_annotation("note", body=body, tags=[CARD_TAG])
    return replace(annotation, body=body, tags=tuple(dict.fromkeys([*annotation.tags, CARD_TAG])))


def make_card(library: Library, annotation: Annotation | None, question: str, answer: str) -> Change | None:
    """Return the change that makes a card of an annotation, or of nothing; its `redo` stores it.

    Return None if the text makes no card.
    """
    made = with_sides(annotation, question, answer)
    if next(cards_of(made), None) is None:
        return None
    annotations, said = library.annotations, "a card of your own"
    if annotation is None:
        stored = False

        def store() -> Future[Any]:
            nonlocal stored
            first, stored = not stored, True
            return annotations.save(made) if first else annotations.restore(made.key)

        return Change(said, lambda: annotations.delete(made.key), store)
    return Change(said, lambda: annotations.change_all([annotation]), lambda: annotations.save(made))
