"""Each part of the reader hears of an event once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from serge_tui.app import SergeApp
from serge_tui.listeners import Listeners
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.modes.reader.screen import ReaderScreen
from tests.serge_tui.modes.reader.reading import start

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from db.library import Library

MOVED = {"ChapterEnd",
    "ReadingPosition", "Status", "NameUnderlining", "People", "PeoplePanel", "NotePeek", "SideBySide",
}  # fmt: skip
"""Controllers that follow the page."""
OPENED = {
    "ChapterEnd",
    "Selection",
    "TermUnderlining",
    "Status",
    "NameUnderlining",
    "ChapterMarks",
    "TextSearch",
    "PageLayers",
    "SideBySide",
}
"""Controllers that do something with a new chapter."""


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the calls of every listener and of the screens' own handlers, by their names."""
    counted: Counter[str] = Counter()
    add = Listeners.add

    def counting_add(self: Listeners[...], listener: Callable[..., object]) -> None:
        def called(*args: object) -> object:
            counted[listener.__qualname__] += 1
            return listener(*args)

        add(self, called)

    monkeypatch.setattr(Listeners, "add", counting_add)
    for screen in (ModeScreen, ReaderScreen):
        handler = screen.on_key

        async def on_key(
            self: ModeScreen, event: events.Key, handler: Callable[..., object] = handler, name: str = screen.__name__
        ) -> None:
            counted[f"{name}.on_key"] += 1
            await handler(self, event)  # type: ignore[misc]  # one of two handlers

        monkeypatch.setattr(screen, "on_key", on_key)
    return counted


async def test_one_key_calls_each_handler_once(library: Library, calls: Counter[str]) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("X", "x")
        await pilot.pause()
        for key in ("escape", "j"):
            calls.clear()
            await pilot.press(key)
            await pilot.pause()
        followed = {f"{name}.place_moved" for name in MOVED}
        assert calls == dict.fromkeys({*followed, "ModeScreen.on_key", "ReaderScreen.on_key"}, 1)


async def test_a_chapter_opened_and_a_screen_resumed_are_heard_of_once(library: Library, calls: Counter[str]) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        calls.clear()
        await pilot.press("right_square_bracket", "right_square_bracket")
        await pilot.pause()
        opened = {name: number for name, number in calls.items() if "chapter_opened" in name}
        assert {name.partition(".")[0] for name in opened} == OPENED
        assert set(opened.values()) == {1}
        assert calls["ReadingPosition.chapter_left"] == calls["ReadingPosition.place_opened"] == 1
        await pilot.press("f2")
        await pilot.pause()
        calls.clear()
        await pilot.press("f3")
        await pilot.pause()
        resumed = {name: number for name, number in calls.items() if "screen_resumed" in name}
        assert resumed == {"Status.screen_resumed": 1, "ChapterMarks.screen_resumed": 1}
