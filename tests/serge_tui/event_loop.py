"""Fail whatever waits for the database, makes the name finder or goes through all cards on the event loop's thread."""

from __future__ import annotations

import concurrent.futures
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from db.study import Study
from db.writer import Writer
from serge_tui.core.name_finder.names import NameFinder
from serge_tui.dialogs.settings import plans
from serge_tui.modes.cards import card_writing
from serge_tui.modes.notes import links, listing
from serge_tui.modes.reader import navigation
from serge_tui.services import decks, locators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType


LONG: list[tuple[ModuleType, str]] = [
    (decks, "select"),
    (plans, "count_overdue"),
    (plans, "count_spread"),
    (plans, "plan_spread"),
    (plans, "holiday"),
    (card_writing, "may_become_cards"),
    (links, "destination_of"),
    (listing, "note_records"),
    (locators, "find_chapter"),
    (navigation, "find_chapter"),
    (navigation, "find_page"),
]
"""Functions that go through much of the database, where they are called."""


@contextmanager
def no_waiting_on_this_thread() -> Iterator[list[str]]:
    """Record, and refuse, each wait for a write and each long piece of work on the thread that enters.

    A future that is done may be asked.
    """
    here = threading.get_ident()
    waits: list[str] = []

    def guarded(owner: type, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: Any, *args: Any, **kwargs: Any) -> Any:
            is_done = isinstance(self, concurrent.futures.Future) and self.done()
            if threading.get_ident() == here and not is_done:
                waits.append(f"{owner.__name__}.{name}")
                raise AssertionError(f"{owner.__name__}.{name} was called on the event loop")
            return original(self, *args, **kwargs)

        return call

    def guarded_function(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if threading.get_ident() == here:
                waits.append(name)
                raise AssertionError(f"{name} was called on the event loop")
            return original(*args, **kwargs)

        return call

    places: list[tuple[type, str]] = [
        (concurrent.futures.Future, "result"),
        (concurrent.futures.Future, "exception"),
        (Study, "wait"),
        (Writer, "run"),
    ]
    patches = [patch.object(owner, name, guarded(owner, name, getattr(owner, name))) for owner, name in places]
    patches.append(patch.object(NameFinder, "__init__", guarded(NameFinder, "__init__", NameFinder.__init__)))
    patches += [
        patch.object(module, name, guarded_function(f"{module.__name__}.{name}", getattr(module, name)))
        for module, name in LONG
    ]
    for started in patches:
        started.start()
    try:
        yield waits
    finally:
        for started in patches:
            started.stop()
