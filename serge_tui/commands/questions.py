"""The commands of the questions at a chapter's end."""

from __future__ import annotations

from typing import Final

from serge_tui.commands.command import Command
from serge_tui.commands.dialogs import HELP


def _on_question(
    name: str, keys: str, title: str, action: str, sentence: str, footer: str = "", *, on_sight: bool = False
) -> Command:
    return Command(
        f"questions.{name}", keys, title, action, sentence, "Questions on a chapter", footer, 2, palette=False,
        on_sight=on_sight,
    )  # fmt: skip


QUESTIONS: Final = (
    _on_question("turn", "space,enter", "Show the answer", "turn", "Shows the answer; then gives the grade marked ▸.",
                 "answer"),
    _on_question("grade-1", "1", "Again", "grade(1)", "Not known: comes again today in Cards.", on_sight=True),
    _on_question("grade-2", "2", "Hard", "grade(2)", "Known with effort.", on_sight=True),
    _on_question("grade-3", "3", "Good", "grade(3)", "Known.", on_sight=True),
    _on_question("grade-4", "4", "Easy", "grade(4)", "Known at once.", on_sight=True),
    _on_question("undo", "u,ctrl+z", "Undo", "undo", "Undoes the last answer.", "undo"),
    _on_question("close", "escape,q", "Back to the page", "dismiss(None)",
                 "Closes the questions; the answers given stay, and the page has not moved.", "back to the page"),
    HELP,
)  # fmt: skip
