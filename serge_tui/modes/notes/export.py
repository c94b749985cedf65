"""Exporting from the Notes mode."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.files import write_private

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.core.export.note_record import NoteRecord
    from serge_tui.host import Host

FORMS: Final = (
    ("md", "Markdown", "to read, for Obsidian and Logseq"),
    ("json", "JSON", "W3C Web Annotations; can be imported again"),
    ("csv", "CSV", "for a spreadsheet"),
    ("html", "HTML", "for printing"),
    ("org", "Org", "for Emacs"),
)
"""Ending, name and purpose of each form."""


def save_export(host: Host, records: Sequence[NoteRecord], form: int, name: str) -> None:
    """Write annotations to a file that only its owner may read; an existing file is not overwritten."""
    path = Path(name).expanduser()
    if path.exists():
        host.report_error(f"{path} is there already; give another name.")
        return
    try:
        write_private(path, _text(records, FORMS[form][0]))
    except (OSError, ValueError) as error:
        host.report_error(f"{path} cannot be written: {getattr(error, 'strerror', None) or error}.")
    else:
        host.inform(f"Written to {path}.")


def _text(records: Sequence[NoteRecord], ending: str) -> str:
    from serge_tui.core.export.forms import written

    return written(records, {"md": "markdown"}.get(ending, ending))
