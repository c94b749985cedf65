"""`serge figures` and `serge corrections`: all figures in a table, and the reader's corrections as a patch."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, cast

import click

from serge_tui.cli.common import open_library, say_aside, say_json
from serge_tui.output import print_data

if TYPE_CHECKING:
    from pathlib import Path

    from serge_tui.modes.figures.table import TableFormat


@click.command("figures")
@click.option(
    "--format", "form", type=click.Choice(["csv", "json", "markdown"]), default="csv", show_default=True,
    help="Format of the table.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--fates/--no-fates", default=None, help="Show or hide how lives ended; as in the app if left out.")
@click.pass_obj
def figures_command(path: Path, form: str, as_json: bool, fates: bool | None) -> None:
    """Print a table of all figures.

    \b
    Examples:
      serge figures > people.csv
      serge figures --json --fates
    """
    from serge_tui.modes.figures.table import whole_table, written
    from serge_tui.services.hidden_ends import hidden_ends

    with open_library(path) as library:
        ends = hidden_ends(library, hidden=None if fates is None else not fates)
        print_data(written(whole_table(library, ends=ends), cast("TableFormat", "json" if as_json else form)))


@click.command("corrections", short_help="Print your corrections as a patch for the study pack.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON, as `serge export corrections` does.")
@click.pass_obj
def corrections_command(path: Path, as_json: bool) -> None:
    """Print your corrections and additions as a patch for the study pack's files.

    \b
    Example:
      serge corrections > mine.patch    then, in a checkout: git apply mine.patch
    """
    from import_scripts.pack.patch import corrections_patch
    from serge_tui.cli.export_corrections import NOTHING_CORRECTED

    with open_library(path) as library:
        corrections = library.corrections.all()
    if not corrections:
        say_aside(NOTHING_CORRECTED)
    if as_json:
        say_json([asdict(one) for one in corrections])
    else:
        print_data(corrections_patch(corrections))
