"""The commands of the list of all cards, and of a card's page."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

_ALL: Final = "All cards"
_SEVERAL: Final = "Several cards"
_PAGE: Final = "A card's page"

MARK_CARD: Final = Command(
    "all-cards.mark", "space", "Mark", "screen.mark", "Mark a card; commands then change all marked.", _SEVERAL,
    footer="mark", rank=3, palette=False,
)  # fmt: skip
"""A key of the list itself, where Space would page."""

TYPING_TERMS: Final = (
    Command("all-cards.close", "escape", "Back", "close", "Close the list of cards.", _ALL, footer="back", rank=1,
            palette=False),
    Command("all-cards.order", "tab", "Another order", "order(1)", "Book, due day, stability, difficulty, lapses,"
            " last answer.", _ALL, footer="order", rank=2, palette=False),
    Command("all-cards.turned", "shift+tab", "The other way round", "turn_order", "The same order, the last first.",
            _ALL, palette=False),
    Command("all-cards.down", "down,ctrl+n", "Into the list", "into_list", "There the letters are commands.", _ALL,
            footer="list and commands", rank=3, palette=False),
    Command("all-cards.page-down", "pagedown", "Page down", "page(1)", "On by a window.", _ALL, palette=False),
    Command("all-cards.page-up", "pageup", "Page up", "page(-1)", "Back by a window.", _ALL, palette=False),
    Command("all-cards.help", "f1", "Help", "help", "Show every key of this list.", _ALL, palette=False),
)  # fmt: skip
"""Keys that work while terms are typed too."""

IN_ALL_CARDS: Final = (
    Command("all-cards.open", "enter", "The card's page", "open", "Its two sides, every answer, where it comes from.",
            _ALL, footer="page", rank=2, palette=False),
    Command("all-cards.type", "i,slash,backspace", "Search", "type", "Back to the line to type in.", _ALL,
            footer="search", rank=3, palette=False),
    MARK_CARD,
    Command("all-cards.mark-all", "asterisk", "Mark all", "mark_all", "Mark all cards listed, or none.", _SEVERAL,
            palette=False),
    Command("all-cards.suspend", "at", "Suspend", "suspend", "No longer asked; again: asked as before.", _SEVERAL,
            footer="suspend", rank=4, palette=False, on_sight=True),
    Command("all-cards.bury", "minus", "Bury until tomorrow", "bury", "Not asked today; again: asked.", _SEVERAL,
            palette=False, on_sight=True),
    Command("all-cards.flag", "f", "Flag", "flag", "Marks cards, to be found again; again: takes the flag off.",
            _SEVERAL, footer="flag", rank=6, palette=False, on_sight=True),
    Command("all-cards.tag", "t", "Change tags", "tag", "Add and remove tags: doubt -later.", _SEVERAL, footer="tag",
            rank=5, palette=False),
    Command("all-cards.due", "d", "Set the due day", "due", "Asks for a day: today, 7 (in 7 days), 12 May.", _SEVERAL,
            footer="due day", rank=6, palette=False),
    Command("all-cards.forget", "F", "Forget", "forget", "Starts cards afresh, as if they had never been asked.",
            _SEVERAL, palette=False, on_sight=True),
    Command("all-cards.undo", "u,ctrl+z", "Undo", "changes.undo", "Undo the last change as a whole.", _SEVERAL,
            footer="undo", rank=5, palette=False),
    Command("all-cards.redo", "U,ctrl+y", "Redo", "changes.redo", "Make the change that was undone again.", _SEVERAL,
            palette=False),
)  # fmt: skip
"""Keys that work in the list alone."""

ALL_CARDS: Final = (*TYPING_TERMS, *IN_ALL_CARDS)
LISTED_KEYS: Final = (TYPING_TERMS[0], *IN_ALL_CARDS, TYPING_TERMS[1])
"""Those that the bottom line shows in the list."""

CARD_PAGE: Final = (
    Command("card-page.close", "escape,q", "Back", "close", "Close the page.", _PAGE, footer="back", rank=1,
            palette=False),
    Command("card-page.next", "right_square_bracket,n", "Next card", "turn(1)", "The page of the next card listed.",
            _PAGE, footer="next", rank=3, palette=False),
    Command("card-page.previous", "left_square_bracket,N", "Previous card", "turn(-1)",
            "The page of the card before.", _PAGE, footer="previous", rank=4, palette=False),
    Command("card-page.help", "question_mark,f1", "Help", "help", "Show every key of this page.", _PAGE,
            palette=False),
)  # fmt: skip
