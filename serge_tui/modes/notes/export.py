"""Exporting notes to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from db.files import write_private
from serge_tui.core.export.forms import export_text
from serge_tui.core.wording import counted
from serge_tui.modes.notes.export_dialog import ExportDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.core.export.forms import ExportForm
    from serge_tui.core.export.note_record import NoteRecord
    from serge_tui.host import Host
    from serge_tui.modes.notes.listing import NoteListing


class NoteExport:
    """Controller: writes the marked notes, or all listed, in a form of the reader's choice."""

    def __init__(self, host: Host, listing: NoteListing) -> None:
        self._host = host
        self._listing = listing

    def action_export(self) -> None:
        """Ask for a form and a file, and write."""
        if records := self._listing.marked_or_listed():
            self._host.start(self._export(records))

    async def _export(self, records: Sequence[NoteRecord]) -> None:
        chosen = await self._host.ask(ExportDialog(f"Export {counted(len(records), 'note')}"))
        if chosen is not None:
            form, name = chosen
            self._write(records, form, name)

    def _write(self, records: Sequence[NoteRecord], form: ExportForm, name: str) -> None:
        """Write a file that only its owner may read; an existing file is not overwritten."""
        path = Path(name).expanduser()
        if path.exists():
            self._host.report_error(f"{path} exists already; choose another name.")
            return
        try:
            write_private(path, export_text(records, form.name))
        except (OSError, ValueError) as error:
            self._host.report_error(f"{path} cannot be written: {getattr(error, 'strerror', None) or error}.")
        else:
            self._host.inform(f"Written to {path}.")
