"""Telling several parts of a screen about one event: each listener is called once, in the order they joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")


class Listeners(Generic[P]):
    """A list of callables for one event ("chapter opened"). Call the list to call each of them.

    Textual runs `on_*` on every class of an inheritance chain; a list makes plain who hears of what, and how often.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[P, object]] = []

    def add(self, listener: Callable[P, object]) -> None:
        """Add a listener. Adding the same one twice is a mistake of the program and raises ValueError."""
        if listener in self._listeners:
            raise ValueError(f"{listener} listens already")
        self._listeners.append(listener)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Tell every listener."""
        for listener in self._listeners:
            listener(*args, **kwargs)
