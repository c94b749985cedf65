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
    synonyms: str = ""


MODE_ENTRIES: Final = (
    ModeEntry("today", "Today", "f2,g t", "What to go on with today."),
    ModeEntry("reader", "Read", "f3,g r", "Read the guide or your own copy.", "book text"),
    ModeEntry("figures", "Figures", "f4,g f", "Find anybody by any spelling.", "people persons names"),
    ModeEntry("cards", "Cards", "f5,g c", "Learn portraits and sayings by heart.", "learn study flashcards"),
    ModeEntry("quiz", "Quiz", "f6,g q", "Who said it, to whom, about whom.", "test game"),
    ModeEntry("notes", "Notes", "f7,g n", "Everything you marked and wrote.", "highlights annotations"),
    ModeEntry("years", "Years", "f8,g y", "Serge's life and the history around it.", "timeline chronology dates"),
    ModeEntry("progress", "Progress", "f9,g p", "What you have read and what you still know.", "statistics stats"),
)
FIRST_MODE: Final = "today"
MODE_GROUP: Final = "Modes"

MODES: Final = tuple(
    Command(
        f"mode.{entry.mode}", entry.keys, f"Go to {entry.title}", f"app.go('{entry.mode}')", entry.help, MODE_GROUP,
        synonyms=entry.synonyms,
    )
    for entry in MODE_ENTRIES
)  # fmt: skip
