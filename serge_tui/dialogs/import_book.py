"""Add a book: a path is typed, pasted or dropped; what it is, how far it is, what came of it."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from db.errors import SergeError
from db.text import sanitise_line
from serge_tui.commands.dialogs import IMPORT
from serge_tui.core.wording import counted
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.dialog import Dialog
from serge_tui.handlers import on, work
from serge_tui.services.book_import import (
    KINDS,
    FileToImport,
    ImportKind,
    ImportOutcome,
    Recognised,
    complete_path,
    paths_in,
    quoted,
)
from serge_tui.services.folders import LAST_FOLDER, first_folder
from serge_tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.app import ComposeResult

    from db.models import Edition
    from serge_tui.commands import Command
    from serge_tui.services.book_import import BookImporter

State: TypeAlias = Literal["asking", "importing", "unsure", "done"]

PAUSE: Final = 0.2
"""Seconds without a key before a path is looked at."""
BAR: Final = 30
MOST_REMARKS: Final = 50
HINT: Final = (
    "Type, paste or drop the path of an EPUB, PDF, text, HTML, Markdown, FB2 or DOCX file, of highlights made"
    " elsewhere, of a review, of answers from Anki, or of a folder. Ctrl+O chooses from a list."
)
HINTS: Final[dict[State, tuple[str, str]]] = {
    "asking": ("Enter add", "close"),
    "importing": ("", "cancel"),
    "unsure": ("Enter choose", "leave this file out"),
    "done": ("Enter choose", "close"),
}
"""The words before the keys in each state, and the word for Esc."""


@dataclass(frozen=True, slots=True)
class ImportAnswer:
    """What the reader wants after an import: to read an edition, or to say which page they are on in print."""

    edition: str = ""
    is_on_paper: bool = False


class PathInput(Input):
    """A line for paths. Several that are pasted on lines of their own become one line, each in quotes if need be."""

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines, where Textual takes the first."""
        lines = [line.strip() for line in event.text.splitlines() if line.strip()]
        if len(lines) > 1:
            event.prevent_default()
            event.stop()
            self.insert_text_at_cursor(" ".join(map(quoted, lines)))


class ImportDialog(Dialog[ImportAnswer | None]):
    """Imports files while it is open. Answers with what to do next, or None."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = IMPORT
    CSS_PATH = "dialog.tcss"
    DEFAULT_CSS = """
    ImportDialog #import-page { height: auto; max-height: 50vh; }
    ImportDialog #import-told { margin: 1 0 0 0; }
    ImportDialog .dialog > OptionList { max-height: 12; }
    ImportDialog KeyLine { dock: none; background: $panel; }
    """

    @dataclass
    class Progressed(Message):
        """The import has come further."""

        stage: str
        share: float

    def __init__(self, importer: BookImporter, replaced: Edition | None = None) -> None:
        super().__init__()
        self._importer = importer
        self._replaced = replaced
        """The text that a file takes the place of; None to add one."""
        self._state: State = "asking"
        self._cancelled = threading.Event()
        self._choices: list[Callable[[], object]] = []
        self._outcomes: list[ImportOutcome] = []
        self._unsure: list[ImportOutcome] = []
        self._answered: list[FileToImport] = []
        # Held, not looked for: a worker may end while the dialog is being closed.
        self._told = Static("", id="import-told", markup=False)
        self._box = PathInput(
            placeholder=replaced.source_name if replaced else "~/Books/memoirs.epub", select_on_focus=False
        )
        self._kind: ImportKind = "auto"
        """What the reader takes the files for; `auto` for what each seems to be."""
        self._recognised = Recognised("auto", "")

    def compose(self) -> ComposeResult:
        """A line for the path, what is told, what came of it, and what can be done next."""
        with Vertical(classes="dialog"):
            title = f"Import “{sanitise_line(self._replaced.title)}” again" if self._replaced else "Add a book"
            yield Static(title, classes="heading", markup=False)
            yield Static(HINT, classes="muted", id="import-hint", markup=False)
            yield self._box
            yield self._told
            with VerticalScroll(id="import-page", can_focus=False):
                yield Static("", id="import-result", markup=False)
            yield OptionList(id="import-choices")
            yield KeyLine(self.host.reader_keymap)

    def on_mount(self) -> None:
        """Begin with the path."""
        self._enter("asking")

    def on_unmount(self) -> None:
        """Let nothing go on behind a closed dialog."""
        self._cancelled.set()

    # --- asking ------------------------------------------------------------------------------------------------------

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._state == "asking":
            self._show_choices(())
            self._kind, self._recognised = "auto", Recognised("auto", "")
            self._recognise(self._box.value)

    @work(exclusive=True, group="recognising")
    async def _recognise(self, typed: str) -> None:
        """Show what is at a path, a moment after the last key was typed."""
        await asyncio.sleep(PAUSE)
        found = await asyncio.to_thread(_recognised, self._importer, typed)
        if self._state == "asking" and typed == self._box.value:
            self._recognised = found
            self._tell_kind()

    def _tell_kind(self) -> None:
        """Say what the files are, or what the reader takes them for."""
        self._tell(self._recognised.sentence, "$muted")
        if self._kind != "auto" and self._kind != self._recognised.kind:
            name, detail = KINDS[self._kind]
            taken = f"To be imported as {name[0].lower()}{name[1:]}: {detail}"
            self._tell(f"{self._recognised.sentence}\n{taken}", "$foreground")

    def action_choose_kind(self) -> None:
        """Ask what the files are, if not what they seem to be."""
        if self._state != "asking" or self._replaced is not None:
            return
        if not self._recognised.sentence:
            self._tell("Give the path of a file first.", "$muted")
            return
        self.host.start(self._choose_kind())

    async def _choose_kind(self) -> None:
        kinds = list(KINDS)
        present = self._recognised.kind if self._kind == "auto" else self._kind
        rows = [(name, f"{detail} · what it seems to be" if kind == self._recognised.kind else detail)
                for kind, (name, detail) in KINDS.items()]  # fmt: skip
        chosen = await self.host.ask(Choice("Import it as", rows, kinds.index(present) if present in kinds else 0))
        if chosen is not None and self._state == "asking":
            self._kind = kinds[chosen]
            self._tell_kind()

    def action_choose_file(self) -> None:
        """Choose files from a list."""
        if self._state == "asking":
            self.host.start(self._choose_file())

    async def _choose_file(self) -> None:
        from serge_tui.dialogs.file_picker import FilePicker

        box = self._box
        remembered = self.host.library.settings.get(LAST_FOLDER, "")
        typed = paths_in(box.value)
        start = await asyncio.to_thread(first_folder, typed[0] if typed else None, remembered)
        paths = await self.host.ask(FilePicker(start, self._importer.can_read))
        if paths:
            box.value = " ".join(quoted(str(path)) for path in paths)
            box.cursor_position = len(box.value)
            folder = paths[0] if paths == [paths[0]] and paths[0].is_dir() else paths[0].parent
            self.host.watch_write(self.host.library.settings.set(LAST_FOLDER, str(folder)))

    @work(exclusive=True, group="completing")
    async def action_complete(self) -> None:
        """Complete the path."""
        box = self._box
        if self._state != "asking":
            self.screen.focus_next()
            return
        typed = box.value
        completed = await asyncio.to_thread(complete_path, typed)
        if box.value == typed and completed != typed:
            box.value = completed
            box.cursor_position = len(completed)

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        typed = self._box.value
        paths = await asyncio.to_thread(paths_in, typed)
        if not paths:
            self._tell("Type the path of a file first; Tab completes it.", "$error")
            return
        self._outcomes = []
        if self._replaced is not None and len(paths) > 1:
            self._tell("One file takes the place of a text; name one.", "$error")
            return
        replaced = self._replaced.key if self._replaced else None
        kind: ImportKind = "book" if replaced is not None else self._kind
        self._import([FileToImport(path, replaced, kind=kind) for path in paths])

    # --- importing ---------------------------------------------------------------------------------------------------

    @work(exclusive=True, group="importing")
    async def _import(self, files: Sequence[FileToImport]) -> None:
        self.workers.cancel_group(self, "recognising")
        self._cancelled.clear()
        self._enter("importing")
        self._tell("Starting …", "$muted")
        try:
            outcomes = await asyncio.to_thread(self._importer.run, files, self._progressed, self._cancelled.is_set)
        except SergeError as error:
            # It may have been stored in the very moment in which it was cancelled.
            self.host.data_changed()
            if any(not one.error for one in self._outcomes):
                self._finish(str(error))
            else:
                self._enter("asking")
                self._tell("\n".join([*(one.error for one in self._outcomes), str(error)]), "$error")
            return
        self._outcomes += [one for one in outcomes if not one.replaceable]
        self._unsure = [one for one in outcomes if one.replaceable]
        self._answered = []
        if any(not one.error for one in outcomes):
            self.host.data_changed()
        self.host.look_for_portraits([one.edition for one in outcomes if one.edition and not one.error])
        self._ask_or_finish()

    def _progressed(self, stage: str, share: float) -> None:
        """Called in the thread that imports."""
        if not self._cancelled.is_set():
            self.post_message(self.Progressed(stage, share))

    @on(Progressed)
    def _show_progress(self, message: Progressed) -> None:
        if self._state == "importing":
            done = round(BAR * min(1.0, max(0.0, message.share)))
            bar = "━" * done + "─" * (BAR - done)
            self._tell(f"{bar} {message.share:4.0%}  {message.stage}", "$foreground")

    # --- when the files do not tell whether it is a book that is here -------------------------------------------------

    def _ask_or_finish(self) -> None:
        if self._unsure:
            self._ask(self._unsure[0])
        elif self._answered:
            files, self._answered = self._answered, []
            self._import(files)
        else:
            self._finish()

    def _ask(self, outcome: ImportOutcome) -> None:
        self._enter("unsure")
        name = sanitise_line(outcome.path.name)
        self._tell(f"{name} may be another form of a text that is in your library.", "$foreground")
        rows: list[tuple[str, str, Callable[[], object]]] = [
            (f"Replace “{title}”", "your notes move with their words",
             partial(self._answer, FileToImport(outcome.path, replace=key, kind="book")))
            for key, title in outcome.replaceable
        ]  # fmt: skip
        rows.append(
            ("Keep both", "as two texts", partial(self._answer, FileToImport(outcome.path, as_new=True, kind="book")))
        )
        rows.append(("Leave it out", "", partial(self._answer, None)))
        self._show_choices(rows)

    def _answer(self, file: FileToImport | None) -> None:
        self._unsure.pop(0)
        if file is not None:
            self._answered.append(file)
        self._ask_or_finish()

    # --- what came of it ---------------------------------------------------------------------------------------------

    def _finish(self, error: str = "") -> None:
        """Show what came of all files; `error` is what stopped the rest of them."""
        if not self._outcomes:
            self._enter("asking")
            self._tell("Nothing was added.", "$muted")
            return
        if all(one.error for one in self._outcomes):
            self._enter("asking")
            self._tell("\n".join(one.error for one in self._outcomes), "$error")
            if any(one.is_encrypted for one in self._outcomes):
                on_paper = partial(self.dismiss, ImportAnswer(is_on_paper=True))
                self._show_choices([
                    ("I read it on paper", "or on another device: people, cards and recap follow the page", on_paper),
                    ("Another file", "", self._box.focus),
                ])  # fmt: skip
                self.query_one(OptionList).focus()
            return
        self._enter("done")
        if error:
            self._tell(error, "$error")
        elif self._cancelled.is_set():
            self._tell("Cancelled; this was finished before, the rest was not imported.", "$foreground")
        result = Content("\n\n").join(map(_result, self._outcomes))
        self.query_one("#import-result", Static).update(result)
        self.query_one("#import-page").display = True
        self.query_one("#import-page").scroll_home(animate=False)
        books = [one for one in self._outcomes if one.edition]
        rows: list[tuple[str, str, Callable[[], object]]] = [
            ("Begin reading", one.title, partial(self.dismiss, ImportAnswer(one.edition))) for one in books
        ]
        rows += [("Add another", "", partial(self._enter, "asking")), ("Close", "", partial(self.dismiss, None))]
        self._show_choices(rows)

    def action_leave(self) -> None:
        """Cancel what is under way; where nothing is, close."""
        if self._state == "importing":
            self._cancelled.set()
            self._tell("Cancelling …", "$muted")
        elif self._state == "unsure":
            self._answer(None)
        else:
            self.dismiss(None)

    # --- what all states share ---------------------------------------------------------------------------------------

    def _enter(self, state: State) -> None:
        if state == "asking" and self._state == "done":
            self._box.value = ""
        self._state = state
        is_asking = state == "asking"
        box = self._box
        box.display = state != "done"
        box.disabled = not is_asking
        self.query_one("#import-hint").display = is_asking
        self.query_one("#import-page").display = False
        self._show_keys()
        self._show_choices(())
        self._tell("", "$muted")
        if is_asking:
            box.focus()

    def _show_keys(self) -> None:
        """Show the keys that can be used now."""
        hint, leave = HINTS[self._state]
        line = self.query_one(KeyLine)
        line.hint = hint
        line.commands = tuple(
            replace(command, footer=leave) if command.id == "import.leave" else command
            for command in IMPORT
            if self._state == "asking" or command.id == "import.leave"
        )

    def _tell(self, sentence: str, colour: str) -> None:
        lines = (Content.styled(sanitise_line(one), colour) for one in sentence.split("\n"))
        self._told.update(Content("\n").join(lines))
        self._told.display = bool(sentence)

    def _show_choices(self, rows: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        self._choices = [action for _, _, action in rows]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            Option(Content(sanitise_line(title)) + Content.styled(f"  {sanitise_line(detail)}", "$muted"))
            for title, detail, _ in rows
        )
        options.display = bool(rows)
        if self._state == "asking":
            self.query_one(KeyLine).hint = "Enter choose" if rows else HINTS["asking"][0]
        if rows:
            options.highlighted = 0
            options.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_index < len(self._choices):
            self._choices[event.option_index]()


def _recognised(importer: BookImporter, typed: str) -> Recognised:
    """Say what the paths lead to; an empty sentence while a path leads nowhere yet."""
    paths = paths_in(typed)
    if len(paths) > 1:
        return Recognised("auto", f"{counted(len(paths), 'file')}: " + ", ".join(path.name for path in paths))
    try:
        if not paths or not paths[0].exists():
            return Recognised("auto", "")
        return importer.recognise(paths[0])
    except SergeError as error:
        return Recognised("auto", str(error))
    except OSError:
        return Recognised("auto", "")


def _result(outcome: ImportOutcome) -> Content:
    """What came of one file."""
    head = Content.styled(sanitise_line(outcome.title), "bold $primary")
    lines = [head, *(Content(sanitise_line(sentence) + ".") for sentence in outcome.sentences)]
    if outcome.error:
        lines.append(Content.styled(sanitise_line(outcome.error), "$error"))
    if outcome.remarks:
        lines.append(Content.styled("Remarks on how it was read:", "$muted"))
        lines += [Content.styled(f"· {sanitise_line(one)}", "$muted") for one in outcome.remarks[:MOST_REMARKS]]
        if len(outcome.remarks) > MOST_REMARKS:
            lines.append(Content.styled(f"and {len(outcome.remarks) - MOST_REMARKS:,} more", "$muted"))
    elif not outcome.error:
        lines.append(Content.styled("Everything in the file could be read.", "$muted"))
    return Content("\n").join(lines)
