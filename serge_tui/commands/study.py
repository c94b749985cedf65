"""The commands that Cards and Quiz share, and those of the study dialogs."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

LEAVE_ANSWER: Final = Command("cards.keys", "escape", "Leave the field", "screen.leave_field",
                           "Single letters are keys again.", "Cards", footer="keys",
                           palette=False)  # fmt: skip
"""In the field for an answer."""

DECK_CHOOSER: Final = (
    Command("deck-chooser.write", "i,slash", "Write a deck", "write",
            "Describe a deck in terms such as chapter:4 kind:portrait -flagged.", "Choosing a deck",
            footer="write a deck", rank=2, palette=False),
    Command("deck-chooser.limits", "o", "Limits of a deck", "limits",
            "New cards and reviews a day and the target retention of this deck: new:10 reviews:30 retention:95.",
            "Choosing a deck", footer="limits", rank=4, palette=False),
    Command("deck-chooser.delete", "delete,backspace", "Delete a saved deck", "delete",
            "Deletes the saved deck; its cards stay.", "Choosing a deck", footer="delete", rank=3, palette=False,
            on_sight=True),
    Command("deck-chooser.undo", "u,ctrl+z", "Undo", "undo", "Brings the deleted deck back.", "Choosing a deck",
            palette=False),
    Command("deck-chooser.redo", "ctrl+y", "Redo", "redo", "Does again what was undone.", "Choosing a deck",
            palette=False),
    Command("deck-chooser.down", "j", "Down", "rows.move(1)", "To the next deck.", "Choosing a deck", palette=False),
    Command("deck-chooser.up", "k", "Up", "rows.move(-1)", "To the previous deck.", "Choosing a deck", palette=False),
    Command("deck-chooser.close", "escape,q,d", "Cancel", "leave", "Closes the box, then the list.",
            "Choosing a deck", footer="cancel", rank=4, palette=False),
)  # fmt: skip
