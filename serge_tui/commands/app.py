"""The commands that work everywhere."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command
from serge_tui.commands.modes import MODES

EVERYWHERE: Final = (
    Command("app.find", "slash", "Find anything", "app.find_anything", "People, passages, quotations, notes.",
            footer="find", rank=3,
            synonyms="search"),
    Command("app.palette", "ctrl+p", "Command palette", "app.command_palette", "Everything that can be done.",
            palette=False),
    Command("app.back", "escape,ctrl+o", "Back", "app.go_back", "Back to exactly where you were.", "Moving"),
    Command("app.forward", "tab", "Forward", "app.go_forward", "Forward again after going back.", "Moving"),
    Command("app.import", "I", "Add a book", "app.add_book",
            "Import an EPUB, a PDF, a text; or highlights made elsewhere. Esc cancels.", "Books",
            synonyms="import epub pdf file highlights"),
    Command("app.library", "L", "Your library", "app.open_library",
            "Your texts: read, rename, import again, remove, bring back.", "Books",
            synonyms="books editions texts import delete mapping"),
    Command("figures.unseal-all", "greater_than_sign", "Show or hide how lives end", "app.toggle_ends",
            "Hidden, an end is shown once the book, a card or you have told it.", "How lives end",
            synonyms="spoiler spoilers death fate seal"),
    Command("app.theme", "c", "Change the theme", "app.next_theme", "Petrograd, Samizdat.", "Looks",
            synonyms="colour color dark light looks"),
    Command("app.settings", "comma", "Settings", "app.settings",
            "Reading, people, learning, looks, your file, keys: all in one place.", "Looks",
            synonyms="preferences options setup configure"),
    Command("app.help", "question_mark,f1", "Help", "app.help", "What the keys do now.", footer="help", rank=1),
    Command("app.quit", "ctrl+q", "Quit", "app.quit", "Close Serge; everything is saved as you go.", priority=True),
    Command("app.leave", "q", "Quit", "app.quit", "The same, where no text is being typed.", palette=False),
    Command("app.suspend", "ctrl+z", "Suspend", "app.suspend_process", "Back to the shell; `fg` returns to Serge.",
            "App"),
    *MODES,
    Command("app.portraits", "g o", "Portraits in your copy", "app.portraits",
            "Every pen portrait found in a text of yours: by chapter, by person, by words; keep or skip them.", "Books",
            synonyms="strokes descriptions found characters looks"),
    Command("app.book-people", "g b", "People of this book", "app.people_of_book",
            "People whom your text names and no glossary knows: what it says of them; name, merge, correct them.",
            "Books",
            synonyms="index names unknown characters strangers"),
)  # fmt: skip
