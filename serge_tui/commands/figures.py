"""The commands of Figures: its list and pages, its facets, the table, the comparison."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from serge_tui.commands.app import EVERYWHERE
from serge_tui.commands.command import Command
from serge_tui.commands.lists import PAGE, saved_filter_keys

_LIST: Final = "The list"
_FACETS: Final = "The facets"
_TABLE: Final = "The table"
_COMPARE: Final = "Side by side"

FIGURES: Final = (
    Command("figures.unseal", "full_stop", "Show or hide this end", "shown.toggle_end",
            "Show how this life went on and ended. It stays shown until you press it again.", "Figures"),
    Command("figures.type", "i,backspace", "Type a name", "type", "Back to the search field.", "Figures",
            footer="type", rank=2),
    Command("figures.open-chosen", "enter", "Open", "listing.open", "The person under the cursor.", _LIST,
            footer="open", rank=1, palette=False),
    Command("figures.into-list", "down", "Into the list", "into_list(1)", "There the letters are commands.", _LIST,
            palette=False),
    Command("figures.to-list", "up", "To the list", "into_list(0)", "To the row where the cursor is.", _LIST,
            palette=False),
    Command("figures.next-heading", "right_square_bracket", "Next heading", "shown.heading(1)",
            "Down to the next part of the page.", "Figures"),
    Command("figures.last-heading", "left_square_bracket", "Previous heading", "shown.heading(-1)",
            "Up to the previous part.", "Figures"),
    Command("figures.top", "g g", "To the top", "top", "First line of the page or the list.", "Figures"),
    Command("figures.note", "a", "Write a note", "shown.note", "A note of yours on this person.", "Figures",
            footer="note", rank=7),
    Command("figures.correct", "e", "Correct this figure", "corrections.correct",
            "A name, a date, a spelling. Corrections are yours and survive every upgrade.", "Figures"),
    Command("figures.add", "A", "Add somebody", "corrections.add", "A person the study pack does not have.",
            "Figures"),
    Command("figures.pack-again", "", "Withdraw my corrections of this figure", "corrections.restore_pack",
            "What the study pack says is shown again.", "Figures"),
    Command("figures.undo", "u", "Undo my last correction", "corrections.undo",
            "Undo the last correction, addition or withdrawal.", "Figures"),
    Command("figures.redo", "U", "Redo my last correction", "corrections.redo",
            "Make the change that was undone last again.", "Figures"),
    Command("figures.write-patch", "W", "Write my corrections as a patch", "corrections.write_patch",
            "For the editors of the study pack; apply it with git apply.", "Figures",
            synonyms="export diff"),
    Command("figures.compare", "equals_sign", "Compare", "comparison.choose",
            "= on one figure, = on another: both side by side.", "Figures", footer="compare", rank=7),
    Command("figures.random", "r", "Somebody at random", "listing.random", "Of those in the list.", "Figures"),
    Command("figures.table", "T", "A table", "listing.table", "Of those in the list; CSV, JSON, Markdown.", _LIST,
            footer="table", rank=7,
            synonyms="export spreadsheet"),
    Command("figures.terms", "t", "Terms and places", "listing.terms",
            "Organisations, words of the time and places in place of people, and back.", _LIST,
            footer="terms", rank=5,
            synonyms="glossary organisations words"),
    Command("figures.facets", "f,ctrl+l", "Narrow the list", "facets",
            "By movement, nationality, chapter, whether met, drawn, noted; Esc closes.", _LIST,
            footer="facets", rank=3),
    Command("figures.sort", "s", "Change the order", "listing.sort",
            "By name, mentions, birth, death, order of appearance.", _LIST, footer="order", rank=6),
    Command("figures.all", "0", "Show everybody", "filters.use('0')", "Clears all facets.", _LIST),
    Command("figures.kept", "1", "Saved filters 1 to 9", "filters.use('1')",
            "Each number brings back the filter saved under it.", _LIST, palette=False),
    Command("figures.keep", "m <any>", "Save this filter under a number", "filters.save",
            "m and a number: that number brings back what the list shows now.", _LIST),
)  # fmt: skip

NUMBERS: Final = saved_filter_keys("figures")

FACETS: Final = (
    Command("facets.previous", "left,h", "Previous value", "turn(-1)", "Narrow by the previous value.", _FACETS,
            palette=False),
    Command("facets.turn", "right,l", "Next value", "turn(1)", "Narrow by the next value.", _FACETS, palette=False),
    Command("facets.clear", "backspace,delete,x", "Clear", "clear",
            "Stop narrowing by this facet; remove a saved filter.", _FACETS, palette=False, on_sight=True),
    Command("facets.name", "e", "Name a saved filter", "rename", "Give a saved filter a name.", _FACETS,
            palette=False),
    Command("facets.close", "escape,f", "Back to the list", "close", "Close the facets.", _FACETS, palette=False),
    Command("facets.unfold", "enter", "Unfold or choose", "choose", "Unfold a facet, or choose a value.", _FACETS,
            palette=False),
)  # fmt: skip

TABLE: Final = (
    Command("table.back", "escape,q,T", "Back", "leave", "Close the table.", _TABLE, palette=False),
    Command("table.write", "w", "Write to a file", "ask_name", "As CSV, JSON or Markdown.", _TABLE, palette=False),
)
TABLE_COLUMNS: Final = (
    Command("table.right", "right,l", "More columns", "columns(1)", "Show columns further right.", _TABLE,
            palette=False),
    Command("table.left", "left,h", "Fewer columns", "columns(-1)", "Show columns further left.", _TABLE,
            palette=False),
)  # fmt: skip

COMPARE: Final = (
    Command("compare.back", "escape,q,equals_sign", "Back", "dismiss", "Close the comparison.", _COMPARE,
            palette=False),
    Command("compare.left", "left,h", "Left", "side(0)", "To the left page.", _COMPARE, palette=False),
    Command("compare.right", "right,l", "Right", "side(1)", "To the right page.", _COMPARE, palette=False),
    Command("compare.other", "tab,shift+tab", "Other side", "other_side", "To the other page.", _COMPARE,
            palette=False),
    Command("compare.next-heading", "right_square_bracket", "Next heading", "heading(1)",
            "Down to the next part, on both pages.", _COMPARE, palette=False),
    Command("compare.last-heading", "left_square_bracket", "Previous heading", "heading(-1)",
            "Up to the previous part, on both pages.", _COMPARE, palette=False),
    Command("compare.unseal", "full_stop", "Show or hide both ends", "toggle_ends",
            "Show how both lives ended, here only.", _COMPARE, palette=False),
)  # fmt: skip


# --- the line of keys ------------------------------------------------------------------------------------------------

_BY_ID: Final = {command.id: command for command in (*FIGURES, *FACETS, *PAGE, *EVERYWHERE)}


def _line(*shown: tuple[str, str, int]) -> tuple[Command, ...]:
    """Return commands as the bottom line shows them: by id, each with its word and its rank."""
    return tuple(replace(_BY_ID[name], footer=word, rank=rank) for name, word, rank in shown)


def _focused(commands: tuple[Command, ...]) -> tuple[Command, ...]:
    """Return commands of a widget so that a click in the bottom line runs them on the widget that has the focus."""
    widget = {command.id for command in (*FACETS, *PAGE)}
    return tuple(
        replace(command, action=f"focused.{command.action}") if command.id in widget else command
        for command in commands
    )


TYPING: Final = _line(
    ("figures.open-chosen", "open", 1), ("figures.into-list", "list and commands", 2), ("app.back", "back", 3)
)
"""Shown while a name is typed."""
IN_FACETS: Final = _focused(
    _line(
        ("facets.unfold", "choose", 1), ("facets.turn", "next", 3), ("facets.clear", "clear", 4),
        ("facets.name", "name", 5), ("facets.close", "list", 2),
    )
)  # fmt: skip
"""Shown while facets are chosen."""
IN_PAGE: Final = _focused(
    _line(
        ("page.follow", "follow", 4), ("figures.unseal", "end", 3), ("figures.next-heading", "next part", 2),
        ("figures.note", "note", 5), ("figures.correct", "correct", 6), ("figures.compare", "compare", 7),
        ("figures.random", "at random", 9), ("app.back", "back", 1), ("app.help", "help", 8),
    )
)  # fmt: skip
"""Shown on a figure's page."""
IN_TERM: Final = _focused(
    _line(
        ("page.follow", "follow", 3), ("figures.next-heading", "next part", 2), ("figures.random", "at random", 5),
        ("app.back", "back", 1), ("app.help", "help", 4),
    )
)  # fmt: skip
"""Shown on a term's page."""
