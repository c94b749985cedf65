"""The commands of Figures."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

TYPING: Final = (
    Command("figures.open", "enter", "Open", "open", "The person under the cursor.", footer="open", rank=1),
    Command("figures.into-list", "down", "Into the list", "into_list(1)", "There the letters are commands.",
            footer="list and commands", rank=2),
    Command("app.back", "escape", "Back", "app.go_back", "Back to exactly where you were.", footer="back", rank=3),
)  # fmt: skip
"""What matters while a name is typed."""


NARROWING: Final = (
    Command("facets.unfold", "enter", "Unfold", "focused.choose", footer="choose", rank=1),
    Command("facets.turn", "right", "Next value", "focused.turn(1)", footer="next", rank=3),
    Command("facets.clear", "backspace", "Take away", "focused.clear", footer="clear", rank=4),
    Command("facets.name", "e", "Give a kept filter a name", "focused.rename", footer="name", rank=5),
    Command("facets.close", "escape", "Back to the list", "focused.close", footer="list", rank=2),
)
"""What matters while facets are chosen."""


READING: Final = (
    Command("page.follow", "enter", "Follow", "focused.follow", footer="follow", rank=4),
    Command("figures.unseal", "full_stop", "Unseal or seal this fate", "unseal", footer="fate", rank=3),
    Command("figures.next-heading", "right_square_bracket", "Next heading", "heading(1)", footer="next part", rank=2),
    Command("figures.note", "a", "Write a note", "note", footer="note", rank=5),
    Command("figures.correct", "e", "Correct this figure", "correct", footer="correct", rank=6),
    Command("figures.compare", "equals_sign", "Compare", "compare", footer="compare", rank=7),
    Command("figures.random", "r", "Somebody at random", "random", footer="at random", rank=9),
    Command("app.back", "escape", "Back", "app.go_back", footer="back", rank=1),
    Command("app.help", "question_mark", "Keys", "app.help", footer="help", rank=8),
)
"""What matters on a figure's page."""


FIGURES: Final = (
    Command("figures.unseal", "full_stop", "Unseal or seal this fate", "unseal",
            "Show how this life went on and ended, here only.", "Figures"),
    Command("figures.unseal-all", "greater_than_sign", "Unseal all fates, or seal them again", "unseal_all",
            "For good: everywhere, until you seal them again.", "Figures"),
    Command("figures.type", "i,backspace", "Type a name", "type", "Back to the box.", "Figures",
            footer="type", rank=2),
    Command("figures.open-chosen", "enter", "Open", "open", "The person under the cursor.", "The list",
            footer="open", rank=1, palette=False),
    Command("figures.next-heading", "right_square_bracket", "Next heading", "heading(1)",
            "Down to the next part of the page.", "Figures"),
    Command("figures.last-heading", "left_square_bracket", "Heading before", "heading(-1)",
            "Up to the part before.", "Figures"),
    Command("figures.top", "g g", "To the top", "top", "First line of the page or the list.", "Figures"),
    Command("figures.note", "a", "Write a note", "note", "A note of yours on this person.", "Figures",
            footer="note", rank=7),
    Command("figures.correct", "e", "Correct this figure", "correct",
            "A name, a date, a spelling: yours, kept through every upgrade.", "Figures"),
    Command("figures.add", "A", "Add somebody", "add", "Somebody the study pack does not have.", "Figures"),
    Command("figures.pack-again", "", "Take my corrections of this figure back", "pack_again",
            "The study pack's word is back.", "Figures"),
    Command("figures.undo", "u", "Undo my last correction", "undo",
            "What was corrected, added or taken back last is as it was before.", "Figures"),
    Command("figures.write-patch", "W", "Write my corrections as a patch", "write_patch",
            "For whoever keeps the study pack; git apply takes it.", "Figures"),
    Command("figures.compare", "equals_sign", "Compare", "compare",
            "= on one, = on another: the two side by side.", "Figures", footer="compare", rank=7),
    Command("figures.random", "r", "Somebody at random", "random", "Of those in the list.", "Figures"),
    Command("figures.table", "T", "A table", "table", "Of those in the list; CSV, JSON, Markdown.", "The list",
            footer="table", rank=7),
    Command("figures.facets", "f,ctrl+l", "Narrow the list", "facets",
            "By movement, nationality, chapter, whether met, drawn, noted; Esc closes.", "The list",
            footer="facets", rank=3),
    Command("figures.sort", "s", "Another order", "sort",
            "By name, mentions, birth, death, order of appearance.", "The list", footer="order", rank=6),
    Command("figures.all", "0", "Show everybody", "use_kept('0')", "Takes all facets away.", "The list"),
    Command("figures.kept", "1", "Filters kept under 1 to 9", "use_kept('1')",
            "Each number brings back the filter kept under it.", "The list", palette=False),
    Command("figures.keep", "m <any>", "Keep this filter under a number", "keep_filter",
            "m and a number: that number brings back what the list shows now.", "The list"),
)  # fmt: skip
