"""Cards asked line by line, with the same session, schedule and log as in the app."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Final, cast

from db.text import sanitise_line
from serge_tui.cli.common import say
from serge_tui.cli.plain_dialogue import ask, tell
from serge_tui.core.study.grading import GRADES, grade_typed
from serge_tui.core.wording import counted
from serge_tui.services.learned_spellings import own_spellings
from serge_tui.services.review_session import ReviewSession

if TYPE_CHECKING:
    from db.library import Library
    from db.models import Rating
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.deck import Filter

LONGEST_MS: Final = 120_000
"""Time spent on a card counts up to this: beyond it the reader was elsewhere."""
_HINT, _UNDO = "h", "u"


class PlainCards:
    """One session, asked on standard output and answered on standard input."""

    def __init__(self, library: Library, deck: Filter | None, limit: int | None) -> None:
        self._library = library
        self._session = ReviewSession(library, deck)
        self._limit = limit
        self._given = 0

    def run(self) -> None:
        """Ask until the cards, the limit or the reader end it. Every answer is on disk before the next question."""
        left = self._session.reviewer.remaining
        tell(f"{self._session.deck.name or 'All'}: {left.due} due, {left.new} new. Enter shows the answer, q ends.")
        with suppress(KeyboardInterrupt):
            while (card := self._session.card) is not None and self._given != self._limit and self._ask(card):
                pass
        self._end()

    def _ask(self, card: Card) -> bool:
        """Ask one card; return False when the reader ends the session."""
        reviewer, started = self._session.reviewer, monotonic()
        choices = [f"  {letter} {choice}" for letter, choice in zip("abcdefgh", card.choices, strict=False)]
        tell(self._session.introduction(), card.question, reviewer.stimulus, "\n".join(choices), card.context)
        while reviewer.phase == "question":
            typed = ask("Your answer, or Enter:" if card.can_be_typed else "Enter shows the answer:")
            if typed is None:
                return False
            if typed == _UNDO:
                return self._undo()
            if typed == _HINT:
                tell(f"Hint: {hint}" if (hint := reviewer.hint()) else "There are no more hints.")
            elif typed and card.can_be_typed:
                verdict = grade_typed(typed, card, self._session.finder, hints=len(reviewer.hints),
                                      remembered=own_spellings(self._library))  # fmt: skip
                tell(verdict.message)
                if verdict.outcome != "ambiguous":
                    reviewer.reveal(typed, verdict.rating)
            else:
                reviewer.reveal()
        words = card.note if card.note not in (card.answer, reviewer.stimulus) else ""
        tell(f"Answer: {card.answer}", words, card.reference, self._session.advice())
        return self._grade(started)

    def _grade(self, started: float) -> bool:
        reviewer = self._session.reviewer
        intervals = reviewer.intervals()
        passing: Rating = 2 if reviewer.hints else 3
        suggested = reviewer.suggestion or passing
        offered = {1: GRADES[1], 3: "Known"} if self._session.settings.two_grades else dict(GRADES)
        if self._session.settings.two_grades and suggested != 1:
            suggested = 3
        named = ", ".join(
            f"{rating} {name} ({counted(intervals[cast('Rating', rating)], 'day')})" for rating, name in offered.items()
        )
        while True:
            answer = ask(f"{named} [{suggested}]:")
            if answer is None:
                return False
            chosen = answer or str(suggested)
            if chosen == _UNDO:
                return self._undo()
            if chosen.isdecimal() and int(chosen) in offered:
                break
            tell(f"Write one of {', '.join(map(str, offered))}, or q to end.")
        rating = cast("Rating", int(chosen))
        if self._session.settings.two_grades and rating != 1:
            rating = passing
        stored = self._session.grade(rating, min(LONGEST_MS, int((monotonic() - started) * 1000)))
        if stored is not None:
            stored.result()
        self._given += 1
        return True

    def _undo(self) -> bool:
        """Take back the last answer; its card is asked again."""
        undone = self._session.undo() if self._given else None
        if undone is None:
            tell("There is nothing to undo.")
        else:
            undone.result()
            self._given -= 1
            tell(f"Undone: {sanitise_line(self._session.undone)}.")
        return True

    def _end(self) -> None:
        due = self._session.next_due()
        after = f" {counted(due[1], 'card')} due by {due[0].isoformat()}." if due and self._session.card is None else ""
        say(f"{counted(self._given, 'answer')} stored.{after}")
