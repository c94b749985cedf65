"""The commands of Notes."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

FILTER_HINT: Final = "words  #tag  colour:amber  kind:note  ch:4  figure:trotsky  since:2026-05  is:orphan"
"""The filter language of Notes, as an example."""
_TO_REVIEW: Final = "What waits for your word"
LIST_TITLES: Final = {"uncertain": "Uncertain names", "suggested": "Suggested names", "found": "From reviews"}
"""The lists of To review, by name: also the groups of their commands in the help."""

NOTES: Final = (
    Command("notes.open", "enter", "Go there", "open", "Go to the passage, lit.", "Notes", "go there", 1),
    Command("notes.write", "a", "Write a note", "write", "A note on nothing in particular.", "Notes",
            footer="write", rank=3),
    Command("notes.write-about", "A", "Write a note about", "write_about",
            "About a person, a chapter, a quotation, an event or a card.", "Notes"),
    Command("notes.edit", "e", "Edit", "edit", "Change the note and its tags.", "Notes", footer="edit", rank=2),
    Command("notes.delete", "d,delete", "Delete", "delete", "Into the bin; u brings it back.", "Notes",
            footer="delete", rank=4),
    Command("notes.undo", "u", "Undo", "undo", "Take the last change back, however many it changed.", "Notes",
            footer="undo", rank=4),
    Command("notes.mark", "space", "Mark", "mark", "Mark for what is done to many.", "Notes", footer="mark"),
    Command("notes.mark-all", "asterisk", "Mark all", "mark_all", "Mark everything listed, or nothing.", "Notes"),
    Command("notes.retag", "t", "Change tags", "retag", "Of what is marked: doubt -later.", "Notes"),
    Command("notes.recolour", "H", "Change the colour", "recolour", "Of what is marked.", "Notes"),
    Command("notes.colour-names", "C", "Name the colours", "name_colours", "amber=doubt red=quote.", "Notes"),
    Command("notes.export", "x", "Export", "export", "What is marked, or all that is listed.", "Notes"),
    Command("notes.link", "l", "Follow a link", "link", "Go where a link of the note leads.", "Notes"),
    Command("notes.order", "o", "Change the order", "order", "Newest first, or as in the book.", "Notes"),
    Command("notes.filter", "f", "Narrow the list", "filter", FILTER_HINT, "Notes"),
    Command("notes.judging", "J", "What waits for your word", "judge",
            "Names in doubt, names nobody knows, quotations from reviews.", "Notes"),
    Command("notes.bin", "B", "The bin", "bin", "Show the bin, or the notes again.", "The bin"),
    Command("notes.restore", "r", "Restore", "restore", "Take out of the bin.", "The bin"),
    Command("notes.empty", "E", "Empty the bin", "empty", "For good; asks first.", "The bin"),
    Command("notes.kept", "1", "Filters kept under 1 to 9", "use_kept('1')",
            "Each number brings back the filter kept under it; on an orphan 1 to 3 hang it where it may belong.",
            "Notes", palette=False),
    Command("notes.keep", "m <any>", "Keep this filter under a number", "keep_filter",
            "m and a number: that number brings back what the list shows now; an empty box frees it.", "Notes"),
    Command("notes.all", "0", "Show everything", "use_kept('0')", "Takes the filter away.", "Notes"),
    Command("notes.list-kept", "M", "Kept filters", "kept", "What stands under the numbers.", "Notes"),
)  # fmt: skip


TO_REVIEW: Final = (
    Command("judging.always", "a", "Always; accept", "always",
            "The name means this person wherever it stands in this text; of a suggested name you say who. A "
            "quotation is taken as it is.", _TO_REVIEW, "always", 1),
    Command("judging.add", "p", "Add as a person", "add",
            "Opens the form with the name filled in; once kept, the name means them wherever it stands.",
            LIST_TITLES["suggested"], "add as a person", 1),
    Command("judging.here", "h", "Here", "here", "The name means this person here.",
            LIST_TITLES["uncertain"], "here", 1),
    Command("judging.nobody", "H", "Nobody here", "nobody", "Here the name means nobody of the figures.",
            LIST_TITLES["uncertain"], "nobody here", 4),
    Command("judging.never", "n", "Never", "never", "The name never means this person; or, of a suggested name: it "
            "is no person's.", _TO_REVIEW, "never", 1),
    Command("judging.whom", "w", "The next person", "whom", "Of several whom it may be, choose the next.",
            LIST_TITLES["uncertain"], "whom", 4),
    Command("judging.edit", "e", "Edit", "edit", "Take it with other words or pages.", LIST_TITLES["found"], "edit", 1),
    Command("judging.reject", "x", "Reject", "reject", "It is not offered again.", LIST_TITLES["found"], "reject", 1),
    Command("judging.reject-known", "X", "Leave out what the study pack has", "reject_known",
            "Every quotation here that the study pack has already is rejected, in one step.", LIST_TITLES["found"],
            "leave out known", 3),
    Command("judging.open", "enter", "Go there", "open", "Go to the passage, lit; Esc there comes back.", _TO_REVIEW,
            "go there", 2),
    Command("judging.undo", "u,ctrl+z", "Undo", "undo", "Take your last word back, as often as you like.", _TO_REVIEW,
            "undo", 2),
    Command("judging.next", "tab", "Next list", "turn(1)", "Names, suggestions, reviews.", _TO_REVIEW, "next list", 2),
    Command("judging.previous", "shift+tab", "Previous list", "turn(-1)", "The other way round.", _TO_REVIEW),
    Command("judging.help", "question_mark,f1", "Help", "help", "Every key of this screen.", _TO_REVIEW),
    Command("judging.back", "escape,q", "Back", "dismiss", "Back to the notes.", _TO_REVIEW, "back", 3),
)  # fmt: skip
