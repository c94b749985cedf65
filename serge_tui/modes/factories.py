"""How each mode's screen is made: imported when it is first visited."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from serge_tui.commands.modes import MODE_ENTRIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from serge_tui.modes.mode_screen import ModeScreen
    from serge_tui.navigation import Mode


def screen_factories() -> dict[str, Callable[[], Screen[Any]]]:
    """Return, for each mode, a function that imports and makes its screen."""
    return {entry.mode: partial(make_screen, entry.mode) for entry in MODE_ENTRIES}


def make_screen(mode: Mode) -> ModeScreen:
    """Make the screen of a mode: `TodayScreen` in `serge_tui.modes.today.screen`, and so on."""
    module = import_module(f"serge_tui.modes.{mode}.screen")
    return cast("ModeScreen", getattr(module, f"{mode.capitalize()}Screen")())
