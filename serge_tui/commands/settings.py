"""The commands of Settings, of its list of themes and of the box that takes a new key."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command
from serge_tui.commands.dialogs import HELP


def _here(name: str, keys: str, title: str, action: str, sentence: str, footer: str = "", rank: int = 5) -> Command:
    return Command(f"settings.{name}", keys, title, action, sentence, "Settings", footer, rank, palette=False)


SETTINGS: Final = (
    _here("more", "right,l,plus", "Next value", "step(1)", "Changes the setting; it is saved.", "change", 1),
    _here("less", "left,h,minus", "Value before", "step(-1)", "Changes the setting; it is saved."),
    _here("undo", "u,ctrl+z", "Undo", "undo", "Undoes the last change made here.", "undo", 2),
    _here("redo", "ctrl+y", "Redo", "redo", "Does again what was undone."),
    _here("search", "slash,ctrl+f", "Look for a setting", "search", "Shows only the settings that have these words.",
          "search", 4),
    _here("list", "enter", "To the list", "to_list", "From the search box to what it found."),
    _here("into-list", "down", "Into the list", "down", "From the search box into the list."),
    _here("next-section", "tab", "Next section", "section(1)", "To the first setting of the next section."),
    _here("previous-section", "shift+tab", "Section before", "section(-1)", "The other way round."),
    _here("down", "j", "Down", "rows.move(1)", "To the next setting."),
    _here("up", "k", "Up", "rows.move(-1)", "To the previous setting."),
    *(
        _here(f"day-{day}", str(day), f"Easy day {day}", f"day({day - 1})",
              "Turns a weekday on or off as an easy day; 1 is Monday.")
        for day in range(1, 8)
    ),
    _here("built-in", "backspace,delete", "The built-in key", "built_in",
          "Gives the command its built-in key again."),
    _here("close", "escape,q", "Close", "leave", "Closes the box, then the search, then the settings.", "close", 3),
    HELP,
)  # fmt: skip

THEMES: Final = (
    Command("looks.cancel", "escape,q", "Cancel", "cancel", "Closes the list; all looks as it did before.",
            "Looks", palette=False),
    Command("looks.down", "j", "Down", "rows.move(1)", "To the next one.", "Looks", palette=False),
    Command("looks.up", "k", "Up", "rows.move(-1)", "To the previous row.", "Looks", palette=False),
    HELP,
)  # fmt: skip
"""Where a theme is chosen, each shown while one moves."""
