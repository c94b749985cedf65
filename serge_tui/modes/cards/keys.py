"""The keys that can be used now, for the bottom line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from serge_tui.widgets.grades import NAMES, TWO_NAMES

if TYPE_CHECKING:
    from db.models import Rating
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.grading import Verdict
    from serge_tui.services.review_session import ReviewSession


class OfferedKey(NamedTuple):
    """A command by its id, with its word and keys if they differ from the usual ones."""

    command: str
    word: str = ""
    keys: str = ""


def passing_grade(session: ReviewSession) -> Rating:
    """Return the grade of a card that was known: Hard after a hint, else Good."""
    return 2 if session.reviewer.hints else 3


def keys_of_question(session: ReviewSession, *, has_box: bool, typing: bool) -> list[OfferedKey]:
    """Return the keys before the card is turned. While an answer is typed, letters go into the field."""
    hint = [OfferedKey("cards.hint", keys="ctrl+t" if typing else "")] if session.reviewer.has_hint else []
    if typing:
        return [OfferedKey("cards.open", "answer"), *hint, OfferedKey("cards.undo", keys="ctrl+z")]
    write = [OfferedKey("cards.open", "type")] if has_box else []
    return [
        OfferedKey("cards.turn"),
        *write,
        *hint,
        *_end_practice(session),
        OfferedKey("cards.undo"),
        OfferedKey("cards.deck"),
    ]


def keys_of_answer(
    session: ReviewSession, card: Card, suggested: int, verdict: Verdict | None, *, has_place: bool
) -> list[OfferedKey]:
    """Return the keys once the card is turned: the grade that Space gives, and the places that can be opened."""
    names = TWO_NAMES if session.settings.two_grades else NAMES
    given = next((name for rating, name in names.items() if rating == suggested), "")
    asks = verdict is not None and verdict.outcome in ("wrong", "ambiguous")
    keys = [OfferedKey("cards.turn", given if asks else f"gives {given}"), OfferedKey("cards.undo")]
    if asks:
        keys.append(OfferedKey("cards.right", "I was right"))
    if has_place:
        keys.append(OfferedKey("cards.open"))
    if any(key in session.collection.figures for key in (card.answer_figure, *card.figures)):
        keys.append(OfferedKey("cards.person"))
    return keys


def _end_practice(session: ReviewSession) -> list[OfferedKey]:
    return [OfferedKey("cards.end-practice")] if session.practising else []


def keys_at_the_end(session: ReviewSession) -> list[OfferedKey]:
    """Return the keys when nothing is left to ask."""
    back = [OfferedKey("cards.back")] if session.put_away() else []
    if session.practising:
        return [
            *_end_practice(session),
            OfferedKey("cards.through"),
            OfferedKey("cards.deck"),
            OfferedKey("cards.undo"),
        ]
    more = [OfferedKey("cards.more")] if session.reviewer.has_new_waiting else []
    return [*more, OfferedKey("cards.through"), OfferedKey("cards.deck"), OfferedKey("cards.undo"), *back]
