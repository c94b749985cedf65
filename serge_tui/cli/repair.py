"""Say what a repair or a restore over a damaged database saves, and what is lost."""

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
    """Repair a database; return whether everything of the reader's was saved.

    Raises SergeError if there is nothing to repair, or the file is not Serge's.
    """
    from db.backups import make_backup
    from db.repair import is_damaged, rebuild_index, refuse_what_is_not_ours, repair

    path = path.resolve()
    if not path.is_file():
        raise SergeError(f"{path} does not exist, so there is nothing to repair.")
    refuse_what_is_not_ours(path)
    if not is_damaged(path):
        make_backup(path, "asked")
        rebuild_index(path)
        path.chmod(0o600)
        rebuild_derived(path)
        say("The file is sound. The full-text index and the study pack were stored again; a copy of the database")
        say("before is in its folder `backups`.")
        return True
    done = repair(path)
    build(path)
    say_repaired(done)
    return not done.lost


def rebuild_derived(path: Path) -> None:
    """Store the study pack again, in place of what may have wrong bytes in it."""
    from db.build import forget_pack

    forget_pack(path)
    build(path)


def say_repaired(done: Repaired) -> None:
    """Say what was saved, from where, and what was not."""
    say(f"The damaged file is kept whole as {done.damaged}.")
    if done.is_whole:
        say("Only its header was damaged: everything was saved, your books too.")
        return
    say_tables(done.tables)
    if done.lost:
        say("Some of it may be lost: keep the damaged file. Notes that came from a copy are tagged #recovered.")
    else:
        say("Nothing of yours was lost.")
    say("Import your books again; your notes find their places in them.")


def say_tables(tables: Iterable[Salvaged]) -> None:
    """List what was saved of each kind of thing."""
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
