"""The commands of the list of people who are in a text and in no glossary."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

_PEOPLE: Final = "People of this book"

TYPING_NAME: Final = (
    Command("book-people.close", "escape", "Back", "close", "From the card to the list; else close it.", _PEOPLE,
            footer="back", rank=1, palette=False),
    Command("book-people.down", "down,ctrl+n", "Into the list", "into_list", "There the letters are commands.",
            _PEOPLE, footer="list and commands", rank=3, palette=False),
    Command("book-people.help", "f1", "Help", "help", "Show every key of this list.", _PEOPLE, palette=False),
)  # fmt: skip
"""Keys that work while a name is typed too."""

PEOPLE_OF_BOOK: Final = (
    *TYPING_NAME,
    Command("book-people.name", "n", "Name them", "name", "Give them the name they should have.", _PEOPLE,
            footer="name", rank=3, palette=False),
    Command("book-people.merge", "w", "Somebody else", "merge",
            "Say that this is somebody of the study pack, or somebody else of this text.", _PEOPLE,
            footer="somebody else", rank=4, palette=False),
    Command("book-people.nobody", "x", "Not a person", "nobody", "Take the name off this list.", _PEOPLE,
            footer="nobody", rank=4, palette=False, on_sight=True),
    Command("book-people.undo", "u", "Undo", "changes.undo", "Undo the last change made here.", _PEOPLE, footer="undo",
            rank=5, palette=False),
    Command("book-people.redo", "U", "Redo", "changes.redo", "Make the change that was undone again.", _PEOPLE,
            palette=False),
    Command("book-people.text", "e", "Another text", "next_text", "Show the people of another of your texts.",
            _PEOPLE, palette=False),
    Command("book-people.type", "i,slash,backspace", "Type a name", "type", "Back to the line to type in.", _PEOPLE,
            footer="type", rank=4, palette=False),
)  # fmt: skip
"""All keys of the list."""
