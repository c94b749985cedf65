"""The journal of texts being written: stored while the reader types, offered again after a crash."""

from __future__ import annotations

import json
import re
import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from db.clock import utc_now
from db.models.draft import Draft
from db.processes import is_running, this_process

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path
    from typing import Any

    from db.writer import Writer

ABROAD: Final = timedelta(minutes=10)
"""A draft of another machine is taken for abandoned after this time: whether it is still open cannot be known."""
_LARGEST_FILE: Final = 5_000_000
"""Most bytes read of an external editor's file."""
_FILE: Final = re.compile(r"serge-[A-Za-z0-9_]+\.md")
"""Names of the files made for external editors; no other file is read or removed on account of a draft."""


class Drafts:
    """Texts being written. A draft belongs to the process that writes it until that process has ended."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer, folder: Path) -> None:
        self._reader = reader
        self._writer = writer
        self._folder = folder

    def keep(self, draft: Draft) -> Future[None]:
        """Store a draft as it is now, under this process's name."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(
                "insert or replace into draft (key, kind, title, fields, file, changed_at, process)"
                " values (?, ?, ?, ?, ?, ?, ?)",
                [
                    draft.key, draft.kind, draft.title, json.dumps(dict(draft.fields), ensure_ascii=True), draft.file,
                    utc_now(), this_process(),
                ],
            )  # fmt: skip

        return self._writer.submit(write)

    def discard(self, key: str, after: Future[Any] | None = None) -> Future[None]:
        """Delete a draft that was saved or thrown away; if `after`, the write that saves it, failed, keep it.

        `after` must have been submitted before: jobs run in order, so that it is done when this one runs.
        """

        def write(connection: sqlite3.Connection) -> None:
            if after is not None and (not after.done() or after.cancelled() or after.exception() is not None):
                return
            connection.execute("delete from draft where key = ?", [key])

        return self._writer.submit(write)

    def abandoned(self) -> list[Draft]:
        """Return the drafts whose process has ended, newest first, with the text of an external editor's file."""
        rows = self._reader().execute(
            "select key, kind, title, fields, file, changed_at, process from draft order by changed_at desc, key"
        )
        return [self._draft(row) for row in rows if _is_abandoned(str(row[6]), str(row[5]))]

    def file_of(self, draft: Draft) -> Path | None:
        """Return the file of a draft's external editor; None if it has none, or the name is not one of ours."""
        return self._folder / draft.file if _FILE.fullmatch(draft.file) else None

    def _draft(self, row: sqlite3.Row) -> Draft:
        key, kind, title, text, file, changed_at, _ = row
        draft = Draft(key, kind, title, _fields(text), file, changed_at)
        path = self.file_of(draft)
        with suppress(OSError):
            if path is not None and path.is_file() and path.stat().st_size <= _LARGEST_FILE:
                body = path.read_text("utf-8", errors="replace")
                return replace(draft, fields={**draft.fields, "body": body})
        return draft

    def claim(self, key: str) -> Future[bool]:
        """Make an abandoned draft this process's own; False if another window has taken it meanwhile."""

        def write(connection: sqlite3.Connection) -> bool:
            row = connection.execute("select process, changed_at from draft where key = ?", [key]).fetchone()
            if row is None or not _is_abandoned(str(row[0]), str(row[1])):
                return False
            connection.execute("update draft set process = ? where key = ?", [this_process(), key])
            return True

        return self._writer.submit(write)


def new_draft_key() -> str:
    """Make a key for a new draft."""
    return secrets.token_hex(8)


def _is_abandoned(process: str, changed_at: str) -> bool:
    running = is_running(process)
    if running is None:
        return changed_at < (datetime.fromisoformat(utc_now()) - ABROAD).isoformat(timespec="microseconds")
    return not running


def _fields(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        found = text
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {"body": text}
