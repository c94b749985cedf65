"""The end of a session in words: what was answered, and when the next card is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from db.text import sanitise
from serge_tui.core.study.queue import MOST_COUNTED
from serge_tui.core.wording import counted
from serge_tui.widgets.grades import NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from db.models import Review


def end_content(
    answers: Sequence[Review],
    following: tuple[date, int] | None,
    day: date,
    *,
    deck: str = "",
    waiting: int = 0,
    more: bool = True,
    exam: str = "",
) -> tuple[str, Content]:
    """Headline and text for a day's answers. `deck` names the deck unless it is all cards; `waiting` counts its new
    cards beyond the limit of the day, `more` whether any may be asked now; `exam` says how an exam stands.
    """
    cards = len({review.card for review in answers})
    minutes = sum(review.duration_ms for review in answers) / 60_000
    right = sum(1 for review in answers if review.rating != 1)
    lines = [
        Content(f"{counted(cards, 'card')} in {counted(len(answers), 'answer')}, {_minutes(minutes)}."),
        Content(f"{right * 100 // len(answers)} % of the answers were right."),
        Content("   ").join(
            Content.styled(f"{name} ", "$muted") + Content(str(sum(1 for review in answers if review.rating == rating)))
            for rating, name in NAMES.items()
        ),
        _next(following, day),
        *_waiting(waiting, more=more),
        *([Content.styled(f"Exam: {sanitise(exam)}", "$muted")] if exam else []),
    ]
    return f"Done for today: {sanitise(deck)}." if deck else "Done for today.", Content("\n\n").join(lines)


def nothing_content(
    deck: str, following: tuple[date, int] | None, day: date, *, waiting: int = 0, more: bool = True
) -> tuple[str, Content]:
    """Headline and text when there is nothing to ask at all."""
    lines = [
        Content(f"Nothing is due in “{sanitise(deck)}”." if deck else "Nothing is due."),
        *_waiting(waiting, more=more),
        _next(following, day),
    ]
    return "Nothing to ask just now.", Content("\n\n").join(lines)


def _waiting(cards: int, *, more: bool) -> list[Content]:
    if not cards:
        return []
    many = f"Over {MOST_COUNTED:,} new cards" if cards > MOST_COUNTED else counted(cards, "new card")
    then = "+ asks some of them today." if more else "they come once the cards they build on are known."
    return [Content.styled(f"{many} left in this deck; {then}", "$muted")]


def _next(following: tuple[date, int] | None, day: date) -> Content:
    if following is None:
        return Content.styled("Nothing is scheduled yet; d chooses another deck.", "$muted")
    when, number = following
    days = (when - day).days
    far = "tomorrow" if days == 1 else f"on {when:%A}, {when.day} {when:%B}" if days < 300 else f"on {when.isoformat()}"
    return Content.styled(f"Next: {counted(number, 'card')} {far}.", "$muted")


def _minutes(minutes: float) -> str:
    return "less than a minute" if minutes < 1 else counted(round(minutes), "minute")
