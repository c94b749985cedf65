"""The importer that the app is given: files are recognised in this process and read in one of their own.

A process of its own keeps keys within a frame, and it can be ended at any moment: what it had not stored is as if it
had never begun, because each file is stored in one transaction.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import sanitise_line
from serge_tui.cli.child_process import messages_of
from serge_tui.services.book_import import ImportCancelledError, ImportOutcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from serge_tui.services.book_import import FileToImport, Progress, Recognised

_CANCELLED: Final = "The import was cancelled; what was not finished is not stored."
_STOPPED: Final = "The import stopped before it was done; that file was not stored. Try it again."


class ProcessImporter:
    """Imports into the database at `database`."""

    def __init__(self, database: Path) -> None:
        self._database = database

    def recognise(self, path: Path) -> Recognised:
        """Return what a file is, told by its content; raises SergeError if it cannot be imported."""
        from serge_tui.cli.file_kind import recognise_file

        return recognise_file(path)

    def can_read(self, path: Path) -> bool:
        """Return whether a file may be one that can be imported, told by its name."""
        from serge_tui.cli.import_inputs import has_known_suffix

        return has_known_suffix(path)

    def run(
        self, files: Sequence[FileToImport], progress: Progress, is_cancelled: Callable[[], bool]
    ) -> list[ImportOutcome]:
        """Import files in a process of its own; see `BookImporter.run`."""
        request = {
            "database": str(self._database.resolve()),
            "files": [[str(one.path.absolute()), one.replace, one.as_new, one.kind] for one in files],
        }
        outcomes: list[ImportOutcome] = []
        error = ""
        finished = False
        for told in messages_of("serge_tui.cli.import_process", request, is_cancelled):
            if "progress" in told:
                progress(*told["progress"])
            elif "outcome" in told:
                outcomes.append(_outcome(told["outcome"]))
            else:
                error = told["end"]
                finished = True
        if not finished and is_cancelled():
            if not outcomes:
                raise ImportCancelledError(_CANCELLED)
            return outcomes
        if error and not outcomes:
            raise SergeError(error)
        if error or not finished:
            # What was told before it stopped has been stored: both are shown.
            left = files[min(len(outcomes), len(files) - 1)].path
            outcomes.append(ImportOutcome(left, sanitise_line(left.name), error=error or _STOPPED))
        return outcomes


def _outcome(told: dict[str, object]) -> ImportOutcome:
    def words(name: str) -> tuple[str, ...]:
        listed = told[name]
        return tuple(map(str, listed)) if isinstance(listed, list) else ()

    pairs = told["replaceable"]
    assert isinstance(pairs, list)
    return ImportOutcome(
        Path(str(told["path"])),
        str(told["title"]),
        str(told["edition"]),
        words("sentences"),
        words("remarks"),
        str(told["error"]),
        bool(told["is_encrypted"]),
        tuple((str(key), str(title)) for key, title in pairs),
    )
