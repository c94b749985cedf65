"""Repair a damaged database, and report what was saved and what was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import SergeError
from serge_tui.cli.backup import NOUNS
from serge_tui.cli.common import build, say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from db.repair import Repaired, Salvaged


def repair_database(path: Path) -> bool:
    """Repair a database. A sound one gets a new index and study pack.

    Returns:
        Whether all the reader's data was saved.

    Raises:
        SergeError: The file does not exist, or is not a database of Serge.
    """
    from db.backups import make_backup, refuse_if_empty
    from db.repair import is_damaged, rebuild_index, refuse_what_is_not_ours, repair

    path = path.resolve()
    if not path.is_file():
        raise SergeError(f"{path} does not exist, so there is nothing to repair.")
    refuse_if_empty(path)
    refuse_what_is_not_ours(path)
    if not is_damaged(path):
        make_backup(path, "asked")
        rebuild_index(path)
        path.chmod(0o600)
        rebuild_derived(path)
        say("The file is sound. The full-text index and the study pack were stored again; a copy of the database")
        say("from before is in the folder `backups` beside it.")
        return True
    done = repair(path)
    build(path)
    say_repaired(done)
    return not done.lost


def rebuild_derived(path: Path) -> None:
    """Store the study pack again, because the stored one may be damaged."""
    from db.build import forget_pack

    forget_pack(path)
    build(path)


def say_repaired(done: Repaired) -> None:
    """Print what was saved, from where, and what was lost."""
    say(f"The damaged file is kept unchanged as {done.damaged}.")
    if done.is_whole:
        say("Only its header was damaged: everything was saved, including your books.")
        return
    say_tables(done.tables)
    if done.lost:
        say("Some of it may be lost: keep the damaged file. Notes that came from a copy are tagged #recovered.")
    else:
        say("Nothing of yours was lost.")
    say("Import your books again; your notes will be placed in them again.")


def say_tables(tables: Iterable[Salvaged]) -> None:
    """Print how many rows of each kind were saved."""
    missing = []
    for table in tables:
        noun = NOUNS.get(table.table, table.table)
        if table.rows or table.from_copies:
            copies = f", {table.from_copies:,} of them from copies" if table.from_copies else ""
            lost = "; some may be lost" if table.lost else ""
            say(f"  {noun}: {table.rows + table.from_copies:,} saved{copies}{lost}")
        elif table.lost:
            missing.append(noun)
    if missing:
        say(f"  none found, lost if there were any: {', '.join(missing)}")
