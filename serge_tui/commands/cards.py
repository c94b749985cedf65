"""The commands of Cards."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

WRITING: Final = (
    Command("cards.edit", "e", "Reword", "edit", "Both sides in your own words; the schedule stays.", "This card"),
    Command("cards.settings", "s", "How you want to be asked", "study_settings",
            "Limits, target retention and its cost, easy days, an exam, catching up.", "Cards",
            footer="settings", rank=6),
    Command("cards.new", "n", "A card of your own", "new", "From a highlight, a note, or nothing.", "Cards"),
)  # fmt: skip


LEAVE_BOX: Final = Command("cards.keys", "escape", "Out of the box", "leave_typing", footer="keys", rank=5)
"""Stands in the bottom line while an answer is typed; Esc itself is the business of `BoxFirst`."""


CARDS: Final = (
    Command("cards.turn", "space", "Turn the card", "turn", "Shows the answer; then gives the grade marked ▸.",
            "Cards", footer="reveal", rank=1),
    Command("cards.grade-1", "1", "Again", "grade(1)", "Not known: comes back after a few others.", "Cards"),
    Command("cards.grade-2", "2", "Hard", "grade(2)", "Known with effort.", "Cards"),
    Command("cards.grade-3", "3", "Good", "grade(3)", "Known.", "Cards"),
    Command("cards.grade-4", "4", "Easy", "grade(4)", "Known at once.", "Cards"),
    Command("cards.undo", "u,ctrl+z", "Undo", "undo", "Takes back the last thing done, as often as you like.",
            "Cards", footer="undo", rank=3),
    Command("cards.open", "enter", "Open the passage", "open",
            "Turns the card, or has what you typed judged; then opens the passage, and Esc comes back.",
            "Cards", footer="passage", rank=2),
    Command("cards.person", "x", "Open the person", "person", "Whoever the answer names.",
            "Cards", footer="who", rank=5),
    Command("cards.hint", "h,ctrl+t", "Hint", "hint",
            "One more detail, the rarest first; afterwards Hard is proposed.",
            "Cards", footer="hint", rank=3),
    Command("cards.typed", "i", "Type the answers", "toggle_typed", "Or say them to yourself.", "Cards"),
    Command("cards.right", "o", "I was right", "override",
            "Counts what you typed as known, and keeps it as a spelling of the name.",
            "Cards", rank=1),
    Command("cards.deck", "d", "Choose a deck", "deck",
            "A chapter, portraits, what I got wrong lately, or one of your own: chapter:4 kind:portrait -flagged.",
            "Cards", footer="deck", rank=3),
    Command("cards.more", "plus", "Some more new cards", "more", "Five more than today's limit.",
            "Cards", footer="five more", rank=2),
    Command("cards.through", "r", "Go through the deck", "through",
            "Asks every card of the deck once, whatever its day; nothing is written down.", "Cards",
            footer="go through it", rank=4),
    Command("cards.bury", "minus", "Bury until tomorrow", "bury", "Not today.", "This card"),
    Command("cards.suspend", "at", "Suspend", "suspend", "Asked no more until you bring it back.", "This card"),
    Command("cards.back", "b", "Bring back", "bring_back", "What was buried or suspended, in a list.", "Cards",
            footer="bring back", rank=4),
    Command("cards.flag", "f", "Flag", "flag", "Marks the card, to be found again.", "This card"),
    *WRITING,
)  # fmt: skip
