"""`serge doctor`: whether the database is sound, and what the study pack holds."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from serge_tui.cli.common import say, say_json

if TYPE_CHECKING:
    from pathlib import Path


@click.command("doctor")
@click.option("--content", is_flag=True, help="Report on the study pack: counts, gaps, confidence.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def doctor_command(path: Path, content: bool, as_json: bool) -> None:
    r"""Examine the database; changes nothing. Exit code 1 when something is wrong.

    \b
    Examples:
      serge doctor
      serge doctor --content
    """
    if content:
        from serge_tui.cli.content_report import tell_content

        tell_content(path, as_json=as_json)
        return
    from db.health import examine

    findings = examine(path)
    if as_json:
        say_json({"database": str(path), "findings": [asdict(finding) for finding in findings]})
    else:
        say(str(path))
        for finding in findings:
            verdict = "ok" if not finding.problems else "PROBLEM"
            say(f"  {verdict:<8}{finding.name}" + (f": {finding.detail}" if finding.detail else ""))
            for problem in finding.problems:
                say(f"          {problem}")
    if any(finding.problems for finding in findings):
        raise SystemExit(1)
