"""`serge stats`: what has been read and what is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from serge_tui.cli.common import open_library, say, say_json

if TYPE_CHECKING:
    from pathlib import Path


@click.command("stats")
@click.option("--json", "as_json", is_flag=True, help="Print all numbers as JSON.")
@click.pass_obj
def stats_command(path: Path, as_json: bool) -> None:
    """Show what you have read and what you remember.

    \b
    Examples:
      serge stats
      serge stats --json | jq .learning.retention
    """
    from serge_tui.modes.progress.report import gather
    from serge_tui.services.confusions import finder_of

    with open_library(path) as library:
        gathered = gather(library, finder_of(library))
    if as_json:
        say_json(gathered.to_dict())
        return
    from serge_tui.modes.progress.text_report import plain_lines

    for line in plain_lines(gathered):
        say(line)
