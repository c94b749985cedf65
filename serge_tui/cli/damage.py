"""Warn at the start if the database was emptied or lost its log, and offer the newest copy."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from db.errors import SergeError

if TYPE_CHECKING:
    from pathlib import Path

    from db.backups import Backup


def offer_copy(path: Path) -> None:
    """Check for an empty database that has copies, and for a missing write-ahead log.

    In a terminal, ask whether to restore the newest copy.

    Raises:
        SergeError: The database is empty, and there is no terminal to ask in, or the answer was no. Nothing is built
            in its place.
    """
    from db.open_marker import log_vanished

    is_empty = path.is_file() and path.stat().st_size == 0
    if not is_empty and not log_vanished(path):
        return
    from db.backups import backups_of, refuse_if_empty

    newest = next(iter(backups_of(path)), None)
    if newest is None:
        if not is_empty:
            _tell(_lost_log(path))
        return
    when = f"{newest.made.astimezone():%Y-%m-%d %H:%M}"
    sentence = f"{path} is empty, but it has copies; the newest is of {when}." if is_empty else _lost_log(path)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        refuse_if_empty(path)
        _tell(f"{sentence} `serge restore {newest.path}` shows how the newest copy differs.")
        return
    _ask(path, newest, sentence, when, is_empty=is_empty)


def _ask(path: Path, newest: Backup, sentence: str, when: str, *, is_empty: bool) -> None:
    from db.backups import differences, restore

    _tell(sentence)
    lacks = [] if is_empty else [found for found in differences(path, newest.path) if found.only_there or found.changed]
    if not is_empty and not lacks:
        _tell("The newest copy has nothing that the database lacks; nothing was changed.")
        return
    # An empty file may be replaced by default; a database with data only if asked for.
    answer = input(f"Put the copy of {when} in its place? [{'Y/n' if is_empty else 'y/N'}] ").strip().lower()
    if answer.startswith("y") or (not answer and is_empty):
        if is_empty:
            path.unlink()
        restore(path, newest.path)
        _tell("Restored.")
    elif is_empty:
        raise SergeError(f"nothing was changed; to begin anew, delete {path}.")


def _lost_log(path: Path) -> str:
    return (
        f"{path.name}-wal is missing: Serge was stopped while it was open, and its last changes were in that file."
        " If you moved the database, move that file beside it before you go on."
    )


def _tell(sentence: str) -> None:
    from serge_tui.output import print_error

    print_error(sentence)
