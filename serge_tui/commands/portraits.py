"""The commands of the list of portraits."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

_PORTRAITS: Final = "Portraits"

TYPING_WORDS: Final = (
    Command("portraits.close", "escape", "Back", "close", "Close the list of portraits.", _PORTRAITS, footer="back",
            rank=1, palette=False),
    Command("portraits.order", "tab", "Another order", "order", "As in the text, by person, best first.", _PORTRAITS,
            footer="order", rank=2, palette=False),
    Command("portraits.down", "down,ctrl+n", "Into the list", "into_list", "There the letters are commands.",
            _PORTRAITS, footer="list and commands", rank=3, palette=False),
    Command("portraits.page-down", "pagedown", "Page down", "page(1)", "On by a window.", _PORTRAITS, palette=False),
    Command("portraits.page-up", "pageup", "Page up", "page(-1)", "Back by a window.", _PORTRAITS, palette=False),
    Command("portraits.help", "f1", "Help", "help", "Show every key of this list.", _PORTRAITS, palette=False),
)  # fmt: skip
"""Keys that work while words are typed too."""

IN_LIST: Final = (
    Command("portraits.keep", "a", "Keep", "decide('kept')", "Keep it: it becomes a card.", _PORTRAITS, footer="keep",
            rank=2, palette=False, on_sight=True),
    Command("portraits.skip", "s", "Skip", "decide('skipped')", "Leave it out of the cards; it stays in this list.",
            _PORTRAITS, footer="skip", rank=3, palette=False, on_sight=True),
    Command("portraits.reject", "x", "No portrait", "decide('rejected')", "Say that it is no portrait: it goes.",
            _PORTRAITS, footer="no portrait", rank=4, palette=False, on_sight=True),
    Command("portraits.undo", "u", "Undo", "changes.undo", "Undo the last decision made here.", _PORTRAITS,
            footer="undo", rank=5, palette=False),
    Command("portraits.redo", "U", "Redo", "changes.redo", "Make the decision that was undone again.", _PORTRAITS,
            palette=False),
    Command("portraits.person", "p", "The person", "person", "Open the page of the person it draws.", _PORTRAITS,
            footer="person", rank=4, palette=False),
    Command("portraits.text", "e", "Another text", "next_text", "Show the portraits of another of your texts.",
            _PORTRAITS, palette=False),
    Command("portraits.type", "i,slash,backspace", "Type words", "type", "Back to the line to type in.", _PORTRAITS,
            footer="type", rank=3, palette=False),
)  # fmt: skip
"""Keys that work in the list alone."""

PORTRAITS: Final = (*TYPING_WORDS, *IN_LIST)
