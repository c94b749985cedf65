"""Changes of many cards at once: suspend, bury, flag, tag, forget, set due. Each is one transaction and one undo."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from db.card_tags import LONGEST_TAG
from db.errors import SergeError
from db.models import CardState
from db.text import sanitise_line
from serge_tui.core.wording import counted
from serge_tui.services.note_tags import tags_of
from serge_tui.services.study_plans import day_words, read_day
from serge_tui.services.undo import Change

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from concurrent.futures import Future

    from db.library import Library

_IN_DAYS: Final = re.compile(r"(?:in\s+)?\+?(\d{1,4})(?:\s*d(?:ays?)?)?")


def suspend(library: Library, states: Sequence[CardState]) -> Change:
    """Suspend cards; if all of them are, have them asked again."""
    wanted = not all(state.suspended for state in states)
    said = "suspended" if wanted else "no longer suspended"
    return _set(library, states, said, lambda state: replace(state, suspended=wanted))


def bury(library: Library, states: Sequence[CardState], day: date) -> Change:
    """Bury cards until tomorrow; if all of them are buried, have them asked again."""
    today = day.isoformat()
    wanted = not all(state.buried_until >= today for state in states)
    said = "buried until tomorrow" if wanted else "no longer buried"
    return _set(library, states, said, lambda state: replace(state, buried_until=today if wanted else ""))


def flag(library: Library, states: Sequence[CardState]) -> Change:
    """Flag cards; if all of them are flagged, take the flags off."""
    wanted = not all(state.flag for state in states)
    said = "flagged" if wanted else "no longer flagged"
    return _set(library, states, said, lambda state: replace(state, flag=(state.flag or 1) if wanted else 0))


def set_due(library: Library, states: Sequence[CardState], due: date) -> Change | None:
    """Have cards asked on a day; what is remembered of them stays as it is. None if none was ever answered."""
    known = [state for state in states if state.stability is not None]
    if not known:
        return None
    return _set(library, known, f"due on {day_words(due)}", lambda state: replace(state, due_day=due.isoformat()))


def forget(library: Library, states: Sequence[CardState], day: date) -> Change | None:
    """Start cards afresh: their answers count no more, and they are new. None if none was ever answered."""
    known = [state for state in states if state.answers]
    if not known:
        return None
    pairs = [(state, CardState(state.card, suspended=state.suspended, flag=state.flag)) for state in known]
    lines: list[int] = []

    def store() -> Future[list[int]]:
        future = library.study.forget(pairs, day.isoformat())
        future.add_done_callback(remember_lines)
        return future

    def remember_lines(future: Future[list[int]]) -> None:
        if future.exception() is None:
            lines[:] = future.result()

    def undo() -> Future[None]:
        return library.study.remember(list(lines), [(after, before) for before, after in pairs], day.isoformat())

    return _change(f"{counted(len(known), 'card')} forgotten", undo, store, known)


def retag(library: Library, cards: Collection[str], typed: str, tags: Mapping[str, Sequence[str]]) -> Change | None:
    """Put tags on cards and take others off, as written: `doubt -later`. None if that changes nothing.

    Raises:
        SergeError: A tag is too long.
    """
    words = sanitise_line(typed).split()
    off = {tag for word in words if word.startswith("-") for tag in tags_of(word.lstrip("-"))}
    on = [tag for tag in tags_of(" ".join(word for word in words if not word.startswith("-"))) if tag not in off]
    if long := next((tag for tag in on if len(tag) > LONGEST_TAG), ""):
        raise SergeError(f'"{long[:20]}…" is too long: a tag has at most {LONGEST_TAG} characters.')
    add = [(card, tag) for card in cards for tag in on if tag not in tags.get(card, ())]
    remove = [(card, tag) for card in cards for tag in tags.get(card, ()) if tag in off]
    if not add and not remove:
        return None
    changed = {card for card, _ in (*add, *remove)}
    return Change(
        f"tags of {counted(len(changed), 'card')} changed",
        lambda: library.card_tags.change(remove, add),
        lambda: library.card_tags.change(add, remove),
        frozenset(changed),
    )


def read_due(text: str, day: date) -> date:
    """Read a day to be asked on: `today`, `tomorrow`, `7` or `in 7 days`, `12 May`, `2026-05-12`.

    Raises:
        SergeError: It is no day, or one before today.
    """
    words = " ".join(text.casefold().split())
    if words in ("today", "now"):
        return day
    if words == "tomorrow":
        return day + timedelta(days=1)
    if found := _IN_DAYS.fullmatch(words):
        return day + timedelta(days=int(found[1]))
    due = read_day(text.strip(), day)
    if due is None:
        raise SergeError(
            f'"{sanitise_line(text.strip())}" is not a day: write today, 7 (in 7 days), 12 May or 2026-05-12.'
        )
    if due < day:
        raise SergeError(f"{due} has passed: choose a day from today on.")
    return due


def _set(library: Library, states: Sequence[CardState], said: str, changed: Callable[[CardState], CardState]) -> Change:
    pairs = [(state, changed(state)) for state in states]
    back = [(after, before) for before, after in pairs]
    return _change(
        f"{counted(len(states), 'card')} {said}",
        lambda: library.study.set_states(back),
        lambda: library.study.set_states(pairs),
        states,
    )


def _change(
    said: str, undo: Callable[[], Future[Any]], redo: Callable[[], Future[Any]], states: Sequence[CardState]
) -> Change:
    return Change(said, undo, redo, frozenset(state.card for state in states))
