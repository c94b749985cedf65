"""The commands of Years."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

YEARS: Final = (
    Command("years.page", "right,l", "Into the page", "into_page", "To the people and the chapter of this event.",
            "Years", footer="people", rank=2),
    Command("years.list", "left,h", "Back to the years", "into_list", "From the page to the list.", "Years"),
    Command("years.next-year", "right_square_bracket,J", "Next year", "chronology.year(1)", "On to the next year.",
            "Years"),
    Command("years.last-year", "left_square_bracket,K", "Previous year", "chronology.year(-1)",
            "Back to the previous year.", "Years"),
    Command("years.side", "v", "Life, world or both", "chronology.side",
            "● life is Serge’s own, ○ world is the history.", "Years", footer="life/world", rank=3),
    Command("years.chapter", "n", "Next chapter's events", "chronology.chapter(1)",
            "Only what belongs to one chapter.", "Years"),
    Command("years.chapter-before", "N", "Previous chapter's events", "chronology.chapter(-1)",
            "Only what belongs to one chapter.", "Years"),
    Command("years.filter", "i", "Narrow to a person or word", "filter",
            "A name in any spelling, a party, a place, a word.", "Years", footer="narrow", rank=3),
    Command("years.everything", "0", "Show everything", "chronology.everything", "Clears the filter.", "Years"),
    Command("years.everybody", "m", "Met so far, or everybody", "chronology.everybody",
            "Whose lives the page shows.", "Years", footer="met/all", rank=6),
    Command("years.unseal", "full_stop", "Show or hide the ends here", "chronology.toggle_ends",
            "Who was still alive, and events that tell an end; > shows or hides them everywhere.", "Years",
            footer="ends", rank=5),
    Command("years.top", "g g", "To the first year", "chronology.top", "To the first row of the list.", "Years"),
)  # fmt: skip

YEARS_SEARCH: Final = (
    Command("years.leave-box", "escape", "Leave the search field", "screen.leave_field", "The list stays narrowed.",
            "Years", palette=False),
)  # fmt: skip
