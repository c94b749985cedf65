"""The eight modes as a person meets them: names, keys, a sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from serge_tui.commands.command import Command

if TYPE_CHECKING:
    from serge_tui.navigation import Mode


@dataclass(frozen=True, slots=True)
class ModeEntry:
    """A mode as the bar shows it."""

    mode: Mode
    title: str
    keys: str
    help: str


MODE_ENTRIES: Final = (
    ModeEntry("today", "Today", "f2,g t", "What to go on with today."),
    ModeEntry("reader", "Read", "f3,g r", "Read the guide or your own copy."),
    ModeEntry("figures", "Figures", "f4,g f", "Find anybody by any spelling."),
    ModeEntry("cards", "Cards", "f5,g c", "Learn portraits and sayings by heart."),
    ModeEntry("quiz", "Quiz", "f6,g q", "Who said it, to whom, about whom."),
    ModeEntry("notes", "Notes", "f7,g n", "Everything you marked and wrote."),
    ModeEntry("years", "Years", "f8,g y", "Serge's life and the history around it."),
    ModeEntry("progress", "Progress", "f9,g p", "What you have read and what you still know."),
)
FIRST_MODE: Final = "today"

MODES: Final = tuple(
    Command(f"mode.{entry.mode}", entry.keys, f"Go to {entry.title}", f"app.go('{entry.mode}')", entry.help, "Modes")
    for entry in MODE_ENTRIES
)
