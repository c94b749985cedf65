"""Choose files from a list of folders and of the files that Serge can read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from db.text import sanitise_line
from serge_tui.commands.dialogs import FILE_PICKER
from serge_tui.dialogs.dialog import Dialog
from serge_tui.handlers import on, work
from serge_tui.services.folders import Folder, read_folder
from serge_tui.widgets.key_hints import KeyHints, hints_of
from serge_tui.widgets.option_rows import OptionRows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult

    from serge_tui.commands import Command


class FilePicker(Dialog["list[Path] | None"]):
    """Answers with the chosen files, or with one folder; None if it was left.

    `can_read` tells by its name whether a file may be one that can be imported.
    """

    COMMAND_SET: ClassVar[tuple[Command, ...]] = FILE_PICKER
    CSS_PATH = "dialog.tcss"

    def __init__(self, start: Path, can_read: Callable[[Path], bool]) -> None:
        super().__init__()
        self.rows = OptionRows(one_click=False)
        self.controllers = {"rows": self.rows}
        self._told = Static("", classes="muted", markup=False)
        self._can_read = can_read
        self._folder = Folder(start)
        self._hidden = False
        self._marked: dict[Path, None] = {}
        self._paths: list[Path] = []
        """The path behind each row; the first is the folder above, if there is one."""

    def compose(self) -> ComposeResult:
        """The folder's name, its list, and the keys."""
        with Vertical(classes="dialog"):
            yield Static("Choose a file", classes="heading", markup=False)
            yield self._told
            yield self.rows
            yield KeyHints(hints_of(FILE_PICKER, self.host.reader_keymap, "Enter open"))

    def on_mount(self) -> None:
        """List the first folder."""
        self.rows.focus()
        self._open(self._folder.path)

    @work(exclusive=True, group="folder")
    async def _open(self, path: Path, chosen: Path | None = None) -> None:
        """List a folder, with the cursor on `chosen` in it."""
        folder = await asyncio.to_thread(read_folder, path, self._can_read, hidden=self._hidden)
        if folder.error and path != self._folder.path:
            self.host.report_error(sanitise_line(folder.error))
            return
        self._folder = folder
        self._draw(chosen)

    def _draw(self, chosen: Path | None) -> None:
        folder = self._folder
        above = [folder.path.parent] if folder.path.parent != folder.path else []
        self._paths = [*above, *(entry.path for entry in folder.entries)]
        self.rows.clear_options()
        self.rows.add_options(Option(Content("..  ") + Content.styled("the folder above", "$muted")) for _ in above)
        for entry in folder.entries:
            name = sanitise_line(entry.path.name)
            mark = "✓ " if entry.path in self._marked else ""
            row = Content.styled(f"{name}/", "$primary") if entry.is_folder else Content(f"{mark}{name}")
            detail = "" if entry.is_folder else f"  {_size(entry.size)}"
            self.rows.add_option(Option(row + Content.styled(detail, "$muted")))
        at = self._paths.index(chosen) if chosen in self._paths else min(len(above), len(self._paths) - 1)
        self.rows.highlighted = at if self._paths else None
        said = sanitise_line(str(folder.path))
        if folder.error:
            said += f"\n{sanitise_line(folder.error)}"
        elif folder.is_cut:
            said += f"\nOnly {len(folder.entries):,} entries are shown; type the path of another."
        elif not folder.entries:
            said += "\nNothing here that Serge can read."
        if self._marked:
            said += f"\n{len(self._marked)} marked; Enter takes them"
        self._told.update(Content(said))

    @property
    def _chosen(self) -> Path | None:
        at = self.rows.highlighted
        return self._paths[at] if at is not None and at < len(self._paths) else None

    @on(OptionList.OptionSelected)
    def _select(self, event: OptionList.OptionSelected) -> None:
        path = self._paths[event.option_index]
        if path == self._folder.path.parent:
            self.action_up()
        elif any(entry.path == path and entry.is_folder for entry in self._folder.entries):
            self._open(path)
        else:
            self.dismiss(list(self._marked) or [path])

    def action_up(self) -> None:
        """Go to the folder above."""
        here = self._folder.path
        if here.parent != here:
            self._open(here.parent, here)

    def action_mark(self) -> None:
        """Mark the file, to take several, or take the mark away."""
        path = self._chosen
        if path is None or not any(entry.path == path and not entry.is_folder for entry in self._folder.entries):
            return
        if path in self._marked:
            del self._marked[path]
        else:
            self._marked[path] = None
        self._draw(path)
        self.rows.action_cursor_down()

    def action_take_folder(self) -> None:
        """Answer with the folder that is shown."""
        self.dismiss([self._folder.path])

    def action_hidden(self) -> None:
        """Show hidden files and folders, or hide them again."""
        self._hidden = not self._hidden
        self._open(self._folder.path, self._chosen)


def _size(size: int) -> str:
    """Return a size in bytes as people say it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1_000)):,} KB"
