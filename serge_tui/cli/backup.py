"""`serge backup` and `serge restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from db.errors import SergeError
from serge_tui.cli.common import open_library, say, say_aside, say_json
from serge_tui.core.wording import counted

if TYPE_CHECKING:
    from db.backups import Difference

NOUNS: Final = {
    "setting": "settings", "position": "reading positions", "annotation": "annotations", "annotation_tag": "tags",
    "review": "answers", "card_state": "card states", "correction": "corrections", "reading_time": "days of reading",
    "candidate_decision": "decisions on quotations", "stretch_read": "stretches read", "draft": "texts being written",
    "sync_op": "lines of syncs", "review_origin": "answers of other machines",
    "found_decision": "decisions on what was found in your texts", "card_tag": "tags on cards",
    "memory_model": "parameters of the schedule",
}  # fmt: skip


@click.command("backup", short_help="Copy the database and check that the copy opens.")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print where the copy is as JSON.")
@click.pass_obj
def backup_command(path: Path, target: Path | None, as_json: bool) -> None:
    """Copy the database and check that the copy can be opened. Without TARGET, copy to the folder `backups` beside it.

    Serge also makes copies by itself: once a day when you leave, before an import and before an upgrade.

    \b
    Examples:
      serge backup
      serge backup /media/stick/serge.db
    """
    from db.backups import make_backup
    from db.health import damaged_texts

    if target is not None and not target.absolute().parent.is_dir():
        raise SergeError(
            f"{target.absolute().parent} is not a folder; if it is on a USB stick, is the stick plugged in?"
        )
    with open_library(path):
        made = make_backup(path, "asked", target.absolute() if target else None)
    damaged = damaged_texts(made)
    if as_json:
        say_json({"database": str(path), "path": str(made), "damaged": [
            {"table": table, "row": row, "column": column} for table, row, column in damaged
        ]})  # fmt: skip
        return
    say(str(made))
    for table, row, column in damaged:
        say_aside(f"{NOUNS.get(table, table)}: the {column} of {row} is not valid text, in the copy too.")


@click.command("restore", short_help="Replace the database with a copy, or list the copies.")
@click.argument("copy", required=False, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the list of copies, or what was restored, as JSON; asks nothing."
)
@click.pass_obj
def restore_command(path: Path, copy: Path | None, yes: bool, as_json: bool) -> None:
    """Replace the database with a copy, after showing the differences. Without COPY, list the copies.

    The present database is copied first, so that you can go back to it.

    \b
    Examples:
      serge restore
      serge restore /media/stick/serge.db
    """
    from db.backups import backups_of, differences, restore
    from db.connection import is_ready
    from db.repair import is_damaged

    if copy is None:
        backups = backups_of(path)
        if as_json:
            say_json([{"path": str(b.path), "reason": b.reason, "made": b.made.isoformat()} for b in backups])
            return
        for backup in backups:
            say(f"{backup.made.astimezone():%Y-%m-%d %H:%M}  {backup.reason:<8}{backup.path}")
        if not backups:
            say("There are no copies yet; `serge backup` makes one.")
        return
    copy = copy.absolute()
    if as_json and not yes:
        raise SergeError("--json asks nothing: say --yes too, to put the copy in the database's place.")
    if path.exists() and path.stat().st_size and is_damaged(path):
        if as_json:
            raise SergeError("the database is damaged: restore it without --json, which shows what will be kept.")
        _restore_over_damage(path, copy, yes=yes)
        return
    if path.exists() and path.stat().st_size:
        is_ready(path)  # refuses another program's database and a newer one
        found = differences(path, copy)
        if as_json and not found:
            say_json({"database": str(path), "restored": False, "before": None})
            return
        if not found:
            say("The copy and the database hold the same data of yours; nothing to restore.")
            return
        for difference in [] if as_json else found:
            say(_sentence(difference))
        if not yes and not click.confirm("Put the copy in its place?", default=False):
            raise SergeError("nothing was changed.")
    before = restore(path, copy)
    if as_json:
        say_json({"database": str(path), "restored": True, "before": str(before) if before else None})
        return
    say("Restored." + (f" The state before is {before}." if before else ""))


def _restore_over_damage(path: Path, copy: Path, *, yes: bool) -> None:
    """Replace a damaged database with a copy, and add what can still be read of the damaged file."""
    import tempfile

    from db.backups import differences, prove
    from db.repair import restore_over_damage, salvage_into
    from db.salvage import holds_serge
    from serge_tui.cli.common import build
    from serge_tui.cli.repair import say_tables

    prove(copy)
    what = "is damaged" if holds_serge(path) else "is not a Serge database, or too damaged to be known as one"
    say(f"{path} {what}; it will be kept unchanged under another name.")
    with tempfile.TemporaryDirectory(prefix="serge-restore-") as folder:
        trial = Path(folder) / "trial.db"
        tables, _ = salvage_into(path, trial, copy)
        say("From the copy and what can still be read of the damaged file, you will have:")
        say_tables(tables)
        saved = [found for found in differences(trial, copy) if found.only_here or found.changed]
        for difference in saved:
            if difference.table in NOUNS and difference.table != "setting":
                say(f"  {NOUNS[difference.table]}: {difference.only_here + difference.changed:,} newer than the copy")
    if not yes and not click.confirm("Put the copy in its place?", default=False):
        raise SergeError("nothing was changed.")
    done = restore_over_damage(path, copy)
    build(path)
    say(f"Restored. The damaged file is {done.damaged}.")


def _sentence(difference: Difference) -> str:
    parts = []
    if difference.only_here:
        parts.append(f"{difference.only_here:,} only here (would go)")
    if difference.only_there:
        parts.append(f"{difference.only_there:,} only in the copy (would come back)")
    if difference.changed:
        parts.append(f"{counted(difference.changed, 'one', 'ones')} would be as in the copy")
    return f"  {NOUNS.get(difference.table, difference.table)}: {', '.join(parts)}"
