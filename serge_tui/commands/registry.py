"""The registry: every command, by the place where its keys work. Imports no screen."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from serge_tui.commands.app import EVERYWHERE
from serge_tui.commands.modes import MODE_ENTRIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from serge_tui.commands.command import Command


def commands_by_place() -> dict[str, tuple[Command, ...]]:
    """Return every command by its place ("in Notes", "on a card"); each mode includes the app's own commands."""
    from serge_tui.commands.all_cards import ALL_CARDS, CARD_PAGE
    from serge_tui.commands.cards import CARD_EDITOR, CARDS
    from serge_tui.commands.dialogs import (
        CHAPTERS,
        CHOICE,
        FILE_PICKER,
        HELP_SCREEN,
        IMPORT,
        LIBRARY,
        NOTE_EDITOR,
        PASSAGE_PICKER,
        PROMPT,
    )
    from serge_tui.commands.figures import COMPARE, FACETS, FIGURES, NUMBERS, TABLE, TABLE_COLUMNS
    from serge_tui.commands.lists import FIGURE_FORM, FIND, PAGE, ROWS
    from serge_tui.commands.notes import EXPORT, NOTES, TO_REVIEW
    from serge_tui.commands.people_of_book import PEOPLE_OF_BOOK
    from serge_tui.commands.portraits import PORTRAITS
    from serge_tui.commands.progress import PROGRESS
    from serge_tui.commands.questions import QUESTIONS
    from serge_tui.commands.quiz import QUIZ
    from serge_tui.commands.reader import (
        CARD_COMMANDS,
        CONTENTS_COMMANDS,
        PEEK_COMMANDS,
        READER,
        SEARCH_COMMANDS,
        SELECTION_COMMANDS,
    )
    from serge_tui.commands.settings import SETTINGS, THEMES
    from serge_tui.commands.study import DECK_CHOOSER, LEAVE_ANSWER
    from serge_tui.commands.today import TODAY
    from serge_tui.commands.years import YEARS, YEARS_SEARCH

    modes = {
        "today": TODAY, "reader": READER, "figures": (*FIGURES, *NUMBERS), "cards": CARDS, "quiz": QUIZ,
        "notes": NOTES, "years": YEARS, "progress": PROGRESS,
    }  # fmt: skip
    return {
        **{f"in {entry.title}": (*modes[entry.mode], *EVERYWHERE) for entry in MODE_ENTRIES},
        "in To review": TO_REVIEW,
        "while exporting notes": EXPORT,
        "in the field for an answer": (LEAVE_ANSWER,),
        "while writing a card": CARD_EDITOR,
        "while choosing a deck": DECK_CHOOSER,
        "in All cards": ALL_CARDS,
        "on a card's page": CARD_PAGE,
        "in Settings": SETTINGS,
        "while choosing looks": THEMES,
        "in the contents": CONTENTS_COMMANDS,
        "on a card": CARD_COMMANDS,
        "on a note": PEEK_COMMANDS,
        "in the questions on a chapter": QUESTIONS,
        "in a list to choose from": CHOICE,
        "in a line to type": PROMPT,
        "in the note editor": NOTE_EDITOR,
        "while adding a book": IMPORT,
        "while choosing a file": FILE_PICKER,
        "in the library": LIBRARY,
        "in the list of a text's chapters": CHAPTERS,
        "while choosing a passage": PASSAGE_PICKER,
        "in the help": HELP_SCREEN,
        "while selecting": SELECTION_COMMANDS,
        "in the text search": SEARCH_COMMANDS,
        "in a list": ROWS,
        "on a page": PAGE,
        "in Find anything": FIND,
        "in the portraits": PORTRAITS,
        "in people of this book": PEOPLE_OF_BOOK,
        "in the form of a figure": FIGURE_FORM,
        "in the facets of Figures": FACETS,
        "in the table of figures": (*TABLE, *TABLE_COLUMNS),
        "comparing two figures": COMPARE,
        "in the search field of Years": YEARS_SEARCH,
    }


@cache
def commands_by_id() -> Mapping[str, Command]:
    """Return every command by its id; read once, because each key and each row of the settings asks."""
    return {command.id: command for commands in commands_by_place().values() for command in commands}
