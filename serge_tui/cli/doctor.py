"""`serge doctor`: whether the database is sound, and what the study pack holds."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from db.errors import SergeError
from serge_tui.cli.common import say, say_json

if TYPE_CHECKING:
    from pathlib import Path

    from db.health import Finding


@click.command("doctor")
@click.option("--content", is_flag=True, help="Report on the study pack: counts, gaps, confidence.")
@click.option("--repair", is_flag=True, help="Mend what can be mended; a damaged file is kept beside the new one.")
@click.option("--replay", is_flag=True, help="Compare every card with what the log of answers amounts to.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def doctor_command(path: Path, content: bool, repair: bool, replay: bool, as_json: bool) -> None:
    """Examine the database; changes nothing without --repair. Exit code 1 when something is wrong.

    \b
    Examples:
      serge doctor
      serge doctor --content
      serge doctor --repair
      serge doctor --replay            are the cards what the log says?
      serge doctor --replay --repair   make them so
    """
    if content:
        from serge_tui.cli.content_report import tell_content

        tell_content(path, as_json=as_json)
        return
    if replay:
        from serge_tui.cli.replay import tell_replay

        tell_replay(path, mend=repair, as_json=as_json)
        return
    if repair:
        _repair(path)
    from db.health import examine

    findings = [*examine(path), _keys()]
    if as_json:
        say_json({"database": str(path), "findings": [asdict(finding) for finding in findings]})
    else:
        say(str(path))
        for finding in findings:
            verdict = "ok" if not finding.problems else "PROBLEM"
            say(f"  {verdict:<8}{finding.name}" + (f": {finding.detail}" if finding.detail else ""))
            for line in (*finding.rows, *finding.problems):
                say(f"          {line}")
    if any(finding.problems for finding in findings):
        raise SystemExit(1)


def _keys() -> Finding:
    from db.health import Finding
    from serge_tui.commands.key_checks import key_faults
    from serge_tui.paths import config_file

    file = config_file()
    return Finding("keys of your own", tuple(key_faults(file)), str(file) if file.exists() else "none")


def _repair(path: Path) -> None:
    """Mend the full-text index, or save the reader's tables out of a file SQLite finds damaged."""
    from db.backups import make_backup
    from db.repair import is_damaged, rebuild_index, salvage
    from serge_tui.cli.common import build

    if not path.is_file():
        raise SergeError(f"{path} does not exist, so there is nothing to repair.")
    if not is_damaged(path):
        make_backup(path, "asked")
        rebuild_index(path)
        path.chmod(0o600)
        say("The full-text index was written anew; a copy of the database before is in its folder `backups`.")
        return
    damaged, saved = salvage(path)
    build(path)
    say(f"The damaged file is kept as {damaged}.")
    for table in saved:
        say(f"  {table.table:<16}{table.rows:>8,} saved" + ("; some could not be read" if table.lost else ""))
    say("Books have to be imported again; your notes find their places in them.")
