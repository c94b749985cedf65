"""The commands of Cards."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

WRITING: Final = (
    Command("cards.edit", "e", "Reword", "writing.edit", "Both sides in your own words; the schedule stays.",
            "This card"),
    Command("cards.settings", "s", "Study settings", "deck.settings",
            "Limits, target retention and its cost, easy days, an exam, a backlog.", "Cards",
            footer="settings", rank=6,
            synonyms="limit retention"),
    Command("cards.new", "n", "New card of your own", "writing.new", "From a highlight, a note, or nothing.", "Cards"),
)  # fmt: skip


CARD_EDITOR: Final = (
    Command("card-editor.save", "ctrl+s", "Save", "save", "Saves both sides.", "Writing a card", palette=False),
    Command("card-editor.reset", "ctrl+r", "Original wording", "reset", "Restores the wording of the study pack.",
            "Writing a card", palette=False),
    Command("card-editor.cancel", "escape", "Cancel", "cancel", "Closes the editor; asks first if something would be"
            " lost.", "Writing a card", palette=False),
)  # fmt: skip


CARDS: Final = (
    Command("cards.turn", "space", "Turn the card", "review.turn", "Shows the answer; then gives the grade marked ▸.",
            "Cards", footer="reveal", rank=1),
    Command("cards.grade-1", "1", "Again", "review.grade(1)", "Not known: comes back after a few others.", "Cards",
            on_sight=True),
    Command("cards.grade-2", "2", "Hard", "review.grade(2)", "Known with effort.", "Cards", on_sight=True),
    Command("cards.grade-3", "3", "Good", "review.grade(3)", "Known.", "Cards", on_sight=True),
    Command("cards.grade-4", "4", "Easy", "review.grade(4)", "Known at once.", "Cards", on_sight=True),
    Command("cards.undo", "u,ctrl+z", "Undo", "review.undo", "Undoes the last thing done, as often as you like.",
            "Cards", footer="undo", rank=3),
    Command("cards.redo", "ctrl+y", "Redo", "review.redo", "Does again what was undone last.", "Cards"),
    Command("cards.open", "enter", "Open the passage", "open",
            "Turns the card, or has what you typed graded; then opens the passage, and Esc comes back.",
            "Cards", footer="passage", rank=2),
    Command("cards.person", "x", "Open the person", "person", "Opens the person the answer names.",
            "Cards", footer="who", rank=5),
    Command("cards.hint", "h,ctrl+t", "Hint", "review.hint",
            "Shows one more detail, the rarest first; afterwards Hard is proposed.",
            "Cards", footer="hint", rank=3),
    Command("cards.typed", "i", "Type the answers", "review.toggle_typed", "Or say them to yourself.", "Cards"),
    Command("cards.right", "o", "I was right", "review.override",
            "Counts what you typed as known, and saves it as a spelling of the name.",
            "Cards", rank=1, on_sight=True),
    Command("cards.deck", "d", "Choose a deck", "deck.choose",
            "A chapter, portraits, what I got wrong lately, or one of your own: chapter:4 kind:portrait -flagged.",
            "Cards", footer="deck", rank=3),
    Command("cards.more", "plus", "More new cards", "deck.more", "Five more than today's limit.",
            "Cards", footer="five more", rank=2,
            synonyms="extra"),
    Command("cards.through", "r", "Practise all", "deck.practise",
            "Asks every card of the deck once, whatever its due day; nothing is recorded. Esc ends it.", "Cards",
            footer="practise all", rank=4),
    Command("cards.end-practice", "escape", "End practice", "end_practice", "Goes back to what is due.", "Cards",
            footer="end practice", rank=2, palette=False),
    Command("cards.bury", "minus", "Bury until tomorrow", "status.bury", "Not asked again today.", "This card",
            on_sight=True),
    Command("cards.suspend", "at", "Suspend", "status.suspend", "No longer asked until you bring it back.",
            "This card", on_sight=True),
    Command("cards.back", "b", "Bring back", "status.bring_back", "Lists what is buried or suspended, to choose from.",
            "Cards", footer="bring back", rank=4),
    Command("cards.flag", "f", "Flag", "status.flag", "Marks the card, to be found again.", "This card"),
    Command("cards.page", "I", "The card's page", "pages.open",
            "Every answer to it, its next day, stability and difficulty, why it exists and where it comes from.",
            "This card", synonyms="history info statistics"),
    Command("cards.all", "B", "All cards", "app.all_cards",
            "Search all cards by words and terms; suspend, bury, flag, tag, forget several; each has a page.", "Cards",
            footer="all cards", rank=6,
            synonyms="browse browser search bulk suspend tag forget history"),
    *WRITING,
)  # fmt: skip
