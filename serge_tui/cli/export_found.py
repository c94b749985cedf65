"""`serge export found`: the reader's decisions on portraits and sayings in their own copy."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from serge_tui.cli.common import open_library, say_aside, write_out
from serge_tui.cli.output_form import form_of, json_option
from serge_tui.output import json_text
from serge_tui.services.found_cards import OWN_COPY

NOTHING_DECIDED: Final = "nothing in your own copy is decided on yet; `J` in Notes lists what was found."


@click.command("found")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; standard output if left out."
)
@json_option
@click.pass_obj
def export_found(path: Path, output: Path | None, *, as_json: bool) -> None:
    """Export your decisions on portraits and sayings in your own copy, as JSON; `serge import` reads them again.

    The file has the words you decided on: they are from your own copy of a book, for your own study.

    \b
    Examples:
      serge export found -o found.json
      serge import found.json
    """
    form_of(None, output, ("json",), "json", as_json=as_json)
    with open_library(path) as library:
        decisions = library.found.decisions()
    if not decisions:
        say_aside(NOTHING_DECIDED)
    write_out(json_text({"about": OWN_COPY, "serge_found": [asdict(one) for one in decisions]}) + "\n", output)
