"""`serge export corrections` and `serge export candidates`: corrections, and decisions on quotations in reviews."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from serge_tui.cli.common import open_library, say_aside, write_out
from serge_tui.cli.output_form import form_of, json_option
from serge_tui.output import json_text

NOTHING_CORRECTED: Final = "nothing is corrected yet; `e` on a person's page in Figures corrects the study pack."
CORRECTION_FORMS: Final = ("json", "patch")
_OUTPUT = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; standard output if left out."
)


@click.command("corrections")
@click.option(
    "--format", "asked", type=click.Choice(CORRECTION_FORMS),
    help="patch: for `git apply`, to send to the maintainers of the study pack. If left out: by the suffix, else json.",
)  # fmt: skip
@json_option
@_OUTPUT
@click.pass_obj
def export_corrections(path: Path, asked: str | None, as_json: bool, output: Path | None) -> None:
    """Export your corrections of the study pack and the figures you added.

    \b
    Examples:
      serge export corrections
      serge export corrections -o corrections.patch
    """
    form = form_of(asked, output, CORRECTION_FORMS, "json", as_json=as_json)
    with open_library(path) as library:
        corrections = library.corrections.all()
    if not corrections:
        say_aside(NOTHING_CORRECTED)
    if form == "patch":
        from import_scripts.pack.patch import corrections_patch

        write_out(corrections_patch(corrections), output)
    else:
        write_out(json_text([asdict(one) for one in corrections]) + "\n", output)


@click.command("candidates")
@click.option(
    "--state",
    type=click.Choice(["open", "accepted", "edited", "rejected"]),
    help="Only those in this state.",
)
@json_option
@_OUTPUT
@click.pass_obj
def export_candidates(path: Path, state: str | None, as_json: bool, output: Path | None) -> None:
    """Export the quotations found in reviews, with your decision on each, as JSON.

    \b
    Examples:
      serge export candidates --state accepted -o candidates.json
    """
    from db.candidates import Candidates

    form_of(None, output, ("json",), "json", as_json=as_json)
    with open_library(path) as library:
        found = Candidates(library.reader, library.writer).all()
    chosen = [asdict(one) for one in found if state is None or one.state == state]
    if not chosen:
        say_aside(
            f"no quotation from a review is {state}." if found and state
            else "no review was imported yet; `serge import --as review FILE` finds quotations in one."
        )  # fmt: skip
    write_out(json_text(chosen) + "\n", output)
