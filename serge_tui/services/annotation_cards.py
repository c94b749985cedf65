"""Cards made from the reader's highlights and notes: a tag makes one a card, and its text has both sides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.annotations import new_annotation
from serge_tui.core.study.cards.annotation import CARD_TAG, body_of, cards_of

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


def make_card(library: Library, annotation: Annotation | None, question: str, answer: str) -> Future[Annotation] | None:
    """Store an annotation as a card; return None, and store nothing, if the text makes no card."""
    made = with_sides(annotation, question, answer)
    if next(cards_of(made), None) is None:
        return None
    return library.annotations.save(made)
