"""Which keys do something with the card that lies on the table: what stands in the bottom line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from serge_tui.modes.cards.widgets.grades import NAMES, TWO_NAMES

if TYPE_CHECKING:
    from db.models import Rating
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.grading import Verdict
    from serge_tui.services.review_session import Desk


class OfferedKey(NamedTuple):
    """A command by its id; its word and its keys where these are others than usual."""

    command: str
    word: str = ""
    keys: str = ""


def passing(desk: Desk) -> Rating:
    """The grade of what was known: after a hint Hard, else Good."""
    return 2 if desk.session.hints else 3


def keys_of_question(desk: Desk, *, has_box: bool, typing: bool) -> list[OfferedKey]:
    """Before the card is turned. While an answer is typed letters go into the box, so other keys stand for them."""
    hint = [OfferedKey("cards.hint", keys="ctrl+t" if typing else "")] if desk.session.has_hint else []
    if typing:
        return [OfferedKey("cards.open", "answer"), *hint, OfferedKey("cards.undo", keys="ctrl+z")]
    write = [OfferedKey("cards.open", "type")] if has_box else []
    return [OfferedKey("cards.turn"), *write, *hint, OfferedKey("cards.undo"), OfferedKey("cards.deck")]


def keys_of_answer(
    desk: Desk, card: Card, suggested: int, verdict: Verdict | None, *, has_place: bool
) -> list[OfferedKey]:
    """Once it is turned: the grade Space gives by its name, and the ways from here that lead somewhere."""
    names = TWO_NAMES if desk.settings.two_grades else NAMES
    given = next((name for rating, name in names.items() if rating == suggested), "")
    asks = verdict is not None and verdict.outcome in ("wrong", "ambiguous")
    keys = [OfferedKey("cards.turn", given if asks else f"gives {given}"), OfferedKey("cards.undo")]
    if asks:
        keys.append(OfferedKey("cards.right", "I was right"))
    if has_place:
        keys.append(OfferedKey("cards.open"))
    if any(key in desk.box.figures for key in (card.answer_figure, *card.figures)):
        keys.append(OfferedKey("cards.person"))
    return keys


def keys_at_the_end(desk: Desk) -> list[OfferedKey]:
    """When nothing is left to ask."""
    back = [OfferedKey("cards.back")] if desk.put_away() else []
    more = [OfferedKey("cards.more")] if desk.session.has_new_waiting else []
    return [*more, OfferedKey("cards.through"), OfferedKey("cards.deck"), OfferedKey("cards.undo"), *back]
