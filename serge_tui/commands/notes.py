"""The commands of Notes and of To review."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command
from serge_tui.commands.dialogs import HELP

FILTER_HINT: Final = "words  #tag  colour:amber  kind:note  ch:4  figure:trotsky  since:2026-05  is:orphan"
"""The filter language of Notes, as an example."""
_TO_REVIEW: Final = "To review"
LIST_TITLES: Final = {
    "copy": "In your copy", "uncertain": "Uncertain names", "suggested": "Suggested names", "found": "From reviews",
}  # fmt: skip
"""The lists of To review, by kind: also the groups of their commands in the help."""

MARK: Final = Command(
    "notes.mark", "space", "Mark", "screen.control('listing.mark')", "Mark a note; commands then change all marked.",
    "Several notes", footer="mark",
)  # fmt: skip
"""A key of the list itself, where Space would page."""

NUMBERS: Final = tuple(
    Command(f"notes.filter-{key}", key, "Saved filters 1 to 9" if key == "1" else f"Saved filter {key}",
            f"number('{key}')", "Use the filter saved under the number; on an unplaced note, 1 to 3 place it."
            if key == "1" else f"Use the filter saved under {key}.", "Filters", palette=False, in_help=key == "1")
    for key in "123456789"
)  # fmt: skip

NOTES: Final = (
    Command("notes.open", "enter", "Go to the passage", "links.open",
            "Go to the passage, highlighted; from a note without one, to what it is about.", "Notes", "go there", 1),
    Command("notes.write", "a", "Write a note", "writing.write", "Write a note on nothing in particular.", "Notes",
            footer="write", rank=3),
    Command("notes.write-about", "A", "Write a note about", "writing.write_about",
            "Choose a person, chapter, quotation, event or card, then write.", "Notes"),
    Command("notes.edit", "e", "Edit", "writing.edit", "Edit the note and its tags.", "Notes", footer="edit", rank=2),
    Command("notes.delete", "d,delete", "Delete", "bin.delete", "Move to the bin; in the bin, delete for good.",
            "Notes", footer="delete", rank=4, on_sight=True),
    Command("notes.undo", "u", "Undo", "changes.undo", "Undo the last change as a whole.", "Notes",
            footer="undo", rank=4),
    Command("notes.redo", "U", "Redo", "changes.redo", "Make the change again that was undone last.", "Notes"),
    Command("notes.link", "l", "Follow a link", "links.follow", "Go where a link in the note leads.", "Notes"),
    MARK,
    Command("notes.mark-all", "asterisk", "Mark all", "listing.mark_all", "Mark all notes listed, or none.",
            "Several notes"),
    Command("notes.retag", "t", "Change tags", "labels.retag", "Add and remove tags: doubt -later.", "Several notes"),
    Command("notes.recolour", "H", "Change colour", "labels.recolour", "Choose another highlight colour.",
            "Several notes"),
    Command("notes.export", "x", "Export", "export.export", "Write the marked notes, or all listed, to a file.",
            "Several notes", footer="export", rank=5,
            synonyms="save file markdown html csv"),
    Command("notes.filter", "f", "Filter", "listing.filter", FILTER_HINT, "Filters"),
    *NUMBERS,
    Command("notes.all", "0", "Show all", "saved.use('0')", "Remove the filter.", "Filters"),
    Command("notes.save-filter", "m <any>", "Save this filter", "saved.save",
            "Press m and a number: the number brings this filter back. Saving an empty filter frees the number.",
            "Filters"),
    Command("notes.saved-filters", "M", "Saved filters", "saved.choose", "Choose from all saved filters.", "Filters"),
    Command("notes.order", "o", "Change the order", "listing.order", "Newest first, or in book order.", "The list"),
    Command("notes.colour-names", "C", "Name the colours", "labels.name_colours",
            "Give colours names of your own: amber=doubt red=quote.", "The list"),
    Command("notes.to-review", "J", "To review", "review",
            "Decide on portraits and sayings found in your copy, on names, on quotations from reviews.", "The list"),
    Command("notes.bin", "B", "Show the bin", "bin.show", "Show the bin, or the notes again.", "The bin"),
    Command("notes.restore", "r", "Restore", "bin.restore", "Move back from the bin to the notes.", "The bin"),
    Command("notes.empty", "E", "Empty the bin", "bin.empty", "Delete everything in the bin for good; asks first.",
            "The bin"),
)  # fmt: skip


TO_REVIEW: Final = (
    Command("to-review.always", "a", "Keep; always; accept", "accept",
            "What was found in your copy is kept; the name always means this person in this edition. Of an unknown "
            "name you choose the person; a quotation is accepted.", _TO_REVIEW, "always", 1, on_sight=True),
    Command("to-review.skip", "s", "Skip", "copies.skip", "No card of it; it still shows where it stands.",
            LIST_TITLES["copy"], "skip", 1, on_sight=True),
    Command("to-review.add", "p", "Add as a person", "names.add",
            "Add somebody with this name; the name then always means them.",
            LIST_TITLES["suggested"], "add as a person", 1),
    Command("to-review.here", "h", "Here", "names.here", "The name means this person here.",
            LIST_TITLES["uncertain"], "here", 1, on_sight=True),
    Command("to-review.nobody", "H", "Nobody here", "names.nobody", "The name means nobody among the figures here.",
            LIST_TITLES["uncertain"], "nobody here", 4, on_sight=True),
    Command("to-review.never", "n", "Never", "names.never",
            "The name never means this person. An unknown name is not a person's.", _TO_REVIEW, "never", 1,
            on_sight=True),
    Command("to-review.next-person", "w", "Next person; another person", "next_person",
            "Choose the next person the name may mean; what was found in your copy is somebody else's.",
            _TO_REVIEW, "next person", 4),
    Command("to-review.edit", "e", "Edit; trim", "edit",
            "Accept the quotation with other words or pages; keep the best words of what was found.",
            _TO_REVIEW, "edit", 1),
    Command("to-review.reject", "x", "Reject", "reject",
            "It is no portrait, not their saying, or no good quotation; it is not offered again.",
            _TO_REVIEW, "reject", 1, on_sight=True),
    Command("to-review.reject-known", "X", "Reject known quotations", "reject_known",
            "Reject all that are in the study pack already, in one step.", LIST_TITLES["found"], "reject known", 3,
            on_sight=True),
    Command("to-review.open", "enter", "Go to the passage", "open", "Go to the passage, highlighted; Esc comes back.",
            _TO_REVIEW, "go there", 2),
    Command("to-review.undo", "u,ctrl+z", "Undo", "undo", "Undo the last decision, in any list.", _TO_REVIEW, "undo",
            2),
    Command("to-review.redo", "U,ctrl+y", "Redo", "redo", "Make the decision again that was undone last.", _TO_REVIEW),
    Command("to-review.next", "tab", "Next list", "turn(1)",
            "Show the next list: in your copy, uncertain, suggested, from reviews.",
            _TO_REVIEW, "next list", 2),
    Command("to-review.previous", "shift+tab", "Previous list", "turn(-1)", "Show the previous list.", _TO_REVIEW),
    Command("to-review.help", "question_mark,f1", "Help", "help", "Show every key of this screen.", _TO_REVIEW),
    Command("to-review.back", "escape,q", "Back", "dismiss", "Go back to the notes.", _TO_REVIEW, "back", 3),
)  # fmt: skip


EXPORT: Final = (
    Command("export.cancel", "escape", "Cancel", "dismiss(None)", "Close without writing.", "Export", palette=False),
    Command("export.other", "tab,shift+tab", "The file's name", "other", "To the file's name, or back to the forms.",
            "Export", palette=False),
    Command("export.down", "j", "Down", "rows.move(1)", "To the next form.", "Export", palette=False),
    Command("export.up", "k", "Up", "rows.move(-1)", "To the form above.", "Export", palette=False),
    HELP,
)  # fmt: skip
"""Where notes are exported."""
