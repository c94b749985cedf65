"""The eight modes: their names, their keys, and where their screens are found when first visited."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

from serge_tui.commands import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from serge_tui.navigation import Mode
    from serge_tui.screens.mode_screen import ModeScreen


@dataclass(frozen=True, slots=True)
class ModeEntry:
    """A mode as the bar shows it."""

    mode: Mode
    title: str
    keys: str
    help: str
    screen: str


MODE_ENTRIES: Final = (
    ModeEntry("today", "Today", "f2,g t", "What to go on with today.", "today:TodayScreen"),
    ModeEntry("reader", "Read", "f3,g r", "Read the guide or your own copy.", "reader:ReaderScreen"),
    ModeEntry("figures", "Figures", "f4,g f", "Find anybody by any spelling.", "figures:FiguresScreen"),
    ModeEntry("cards", "Cards", "f5,g c", "Learn portraits and sayings by heart.", "cards:CardsScreen"),
    ModeEntry("quiz", "Quiz", "f6,g q", "Who said it, to whom, about whom.", "quiz:QuizScreen"),
    ModeEntry("notes", "Notes", "f7,g n", "Everything you marked and wrote.", "notes:NotesScreen"),
    ModeEntry("years", "Years", "f8,g y", "Serge's life and the history around it.", "years:YearsScreen"),
    ModeEntry(
        "progress", "Progress", "f9,g p", "What you have read and what you still know.", "progress:ProgressScreen"
    ),
)


FIRST_MODE: Final = "today"


def mode_commands() -> tuple[Command, ...]:
    """A command for each mode."""
    return tuple(
        Command(
            f"mode.{entry.mode}", entry.keys, f"Go to {entry.title}", f"app.go('{entry.mode}')", entry.help, "Modes"
        )
        for entry in MODE_ENTRIES
    )


def screen_factories() -> dict[str, Callable[[], Screen[Any]]]:
    """For each mode, a way to make its screen that imports the screen only then."""
    return {entry.mode: _factory(entry.screen) for entry in MODE_ENTRIES}


def _factory(path: str) -> Callable[[], ModeScreen]:
    def make() -> ModeScreen:
        module, _, name = path.partition(":")
        screen = getattr(import_module(f"serge_tui.screens.{module}"), name)
        return cast("ModeScreen", screen())

    return make
