"""The commands of the dialogs that open over any mode."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command

HELP: Final = Command(
    "dialog.help", "question_mark,f1", "Help", "help", "Show every key of this dialog.", "General", palette=False
)
"""In every dialog. Where text is typed, `?` is a character and F1 opens the help."""


def _in_dialog(
    name: str, keys: str, title: str, action: str, sentence: str, footer: str = "", *, on_sight: bool = False
) -> Command:
    # The way out stays in a narrow line.
    rank = 1 if footer == "close" else 5
    return Command(
        name, keys, title, action, sentence, "This dialog", footer, rank, palette=False, on_sight=on_sight
    )  # fmt: skip


CHOICE: Final = (
    _in_dialog("dialog.cancel", "escape,q", "Cancel", "dismiss(None)", "Close without choosing."),
    _in_dialog("dialog.down", "j", "Down", "rows.move(1)", "Move to the next row."),
    _in_dialog("dialog.up", "k", "Up", "rows.move(-1)", "Move to the row above."),
    HELP,
)
"""Where one row of a list is chosen."""

PROMPT: Final = (_in_dialog("prompt.cancel", "escape", "Cancel", "dismiss(None)", "Close without an answer."), HELP)
"""Where one line is typed."""

NOTE_EDITOR: Final = (
    _in_dialog("note-editor.save", "ctrl+s", "Save", "save", "Save the note and its tags."),
    _in_dialog("note-editor.external", "ctrl+o", "Your own editor", "external",
               "Write in the editor that $VISUAL or $EDITOR names."),
    _in_dialog("note-editor.cancel", "escape", "Cancel", "cancel",
               "Close without saving; asks first if text would be lost."),
    HELP,
)  # fmt: skip

IMPORT: Final = (
    _in_dialog("import.complete", "tab", "Complete", "complete", "Complete the path as far as it is plain.",
               "complete"),
    _in_dialog("import.choose-file", "ctrl+o", "Choose a file", "choose_file",
               "Choose files or a folder from a list.", "files"),
    _in_dialog("import.kind", "ctrl+t", "Another kind", "choose_kind",
               "Import the file as something else than what it seems to be.", "kind"),
    _in_dialog("import.leave", "escape", "Cancel", "leave", "Cancel the import under way; otherwise close.", "close"),
    HELP,
)  # fmt: skip
"""Where a book is added."""

FILE_PICKER: Final = (
    _in_dialog("file-picker.mark", "space", "Mark", "mark", "Mark a file, to take several.", "mark"),
    _in_dialog("file-picker.up", "h,backspace,left", "Folder above", "up", "Go to the folder above.", "up"),
    _in_dialog("file-picker.take-folder", "a", "Whole folder", "take_folder",
               "Take every book and list of highlights in the folder that is shown.", "whole folder"),
    _in_dialog("file-picker.hidden", "full_stop", "Hidden files", "hidden", "Show hidden files, or hide them again.",
               "hidden"),
    _in_dialog("file-picker.down", "j", "Down", "rows.move(1)", "Move to the next row."),
    _in_dialog("file-picker.above", "k", "Up", "rows.move(-1)", "Move to the row above."),
    _in_dialog("file-picker.close", "escape,q", "Close", "dismiss(None)", "Close without choosing.", "close"),
    HELP,
)  # fmt: skip
"""Where files are chosen from a list."""

LIBRARY: Final = (
    _in_dialog("library.add", "a,I", "Add a book", "add", "Import a file.", "add"),
    _in_dialog("library.chapters", "m", "Chapters", "chapters",
               "Say which chapter is which of the Memoirs, and where one begins; u undoes it.", "chapters"),
    _in_dialog("library.rename", "r", "Rename", "rename", "Give the text another title; u undoes it.", "rename"),
    _in_dialog("library.import-again", "i", "Import again", "import_again",
               "Import a file in place of the text; your notes move with their words.", "re-import"),
    _in_dialog("library.portraits", "p", "Look for portraits", "look_for_portraits",
               "Look for pen portraits and sayings in the text, beside the app.", "portraits"),
    _in_dialog("library.remove", "d,delete", "Remove", "remove",
               "Asks first; the text can be brought back for 30 days, notes and answers stay. A removed text is"
               " deleted for good.", "remove", on_sight=True),
    _in_dialog("library.undo", "u,ctrl+z", "Undo", "changes.undo", "Take the last change back.", "undo"),
    _in_dialog("library.redo", "U,ctrl+y", "Redo", "changes.redo", "Make the change that was undone again."),
    _in_dialog("library.down", "j", "Down", "rows.move(1)", "Move to the next text."),
    _in_dialog("library.up", "k", "Up", "rows.move(-1)", "Move to the text above."),
    _in_dialog("library.close", "escape,q,L", "Close", "dismiss(None)", "Close the library.", "close"),
    HELP,
)  # fmt: skip
"""In the library."""

CHAPTERS: Final = (
    _in_dialog("chapters.begin", "n", "A chapter begins at …", "begin",
               "Choose a passage of the chapter under the cursor; a chapter begins there.", "split"),
    _in_dialog("chapters.rename", "r", "Rename", "rename", "Give the chapter another name.", "rename"),
    _in_dialog("chapters.take-back", "d,delete", "As in the file", "take_back",
               "Take back what you said of this chapter.", "as in the file"),
    _in_dialog("chapters.undo", "u,ctrl+z", "Undo", "changes.undo", "Take the last change back.", "undo"),
    _in_dialog("chapters.redo", "U,ctrl+y", "Redo", "changes.redo", "Make the change that was undone again."),
    _in_dialog("chapters.down", "j", "Down", "rows.move(1)", "Move to the next chapter."),
    _in_dialog("chapters.up", "k", "Up", "rows.move(-1)", "Move to the chapter above."),
    _in_dialog("chapters.close", "escape,q", "Close", "dismiss(None)", "Close the list of chapters.", "close"),
    HELP,
)  # fmt: skip
"""In the list of a text's chapters."""

PASSAGE_PICKER: Final = (
    _in_dialog("passage-picker.down", "down", "Down", "rows.move(1)", "Move to the next passage."),
    _in_dialog("passage-picker.up", "up", "Up", "rows.move(-1)", "Move to the passage above."),
    _in_dialog("passage-picker.cancel", "escape", "Cancel", "dismiss(None)", "Close without choosing."),
    HELP,
)
"""Where the passage is chosen at which a chapter begins."""

HELP_SCREEN: Final = (
    _in_dialog("help.close", "escape,question_mark,q,f1", "Close", "close",
               "Leave the box, then clear the search, then close the help."),
    _in_dialog("help.search", "slash", "Search", "search", "Show only lines with the words you type."),
    _in_dialog("help.down", "j", "Line down", "scroll_text('scroll_down')", "Scroll one line down."),
    _in_dialog("help.up", "k", "Line up", "scroll_text('scroll_up')", "Scroll one line up."),
    _in_dialog("help.page-down", "space,ctrl+f", "Page down", "scroll_text('scroll_page_down')",
               "Scroll one page down."),
    _in_dialog("help.page-up", "ctrl+b", "Page up", "scroll_text('scroll_page_up')", "Scroll one page up."),
    _in_dialog("help.start", "g", "Start", "scroll_text('scroll_home')", "Scroll to the first line."),
    _in_dialog("help.end", "G", "End", "scroll_text('scroll_end')", "Scroll to the last line."),
)  # fmt: skip
