"""`serge doctor`: check the database, repair it, or report on the study pack."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from serge_tui.cli.common import say, say_json

if TYPE_CHECKING:
    from pathlib import Path

    from db.health import Finding


@click.command("doctor")
@click.option("--content", is_flag=True, help="Report on the study pack: counts, gaps, confidence.")
@click.option("--repair", is_flag=True, help="Repair a damaged file, also from its copies; the damaged file is kept.")
@click.option("--replay", is_flag=True, help="Compare the schedule of every card with the log of answers.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def doctor_command(path: Path, content: bool, repair: bool, replay: bool, as_json: bool) -> None:
    """Check the database; nothing is changed without --repair. Exit code 1 if something is wrong or was lost.

    \b
    Examples:
      serge doctor
      serge doctor --content
      serge doctor --repair
      serge doctor --replay            compare the cards with the log
      serge doctor --replay --repair   correct the cards from the log
    """
    if content:
        from serge_tui.cli.content_report import tell_content

        tell_content(path, as_json=as_json)
        return
    if replay:
        from serge_tui.cli.replay import tell_replay

        tell_replay(path, mend=repair, as_json=as_json)
        return
    whole = True
    if repair:
        from serge_tui.cli.repair import repair_database

        whole = repair_database(path)
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
    if not whole or any(finding.problems for finding in findings):
        raise SystemExit(1)


def _keys() -> Finding:
    from db.health import Finding
    from serge_tui.commands.key_checks import key_faults
    from serge_tui.paths import config_file

    file = config_file()
    return Finding("keys of your own", tuple(key_faults(file)), str(file) if file.exists() else "none")
