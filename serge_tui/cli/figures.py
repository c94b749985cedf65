"""`serge figures` and `serge corrections`: all figures in a table, and the reader's corrections as a patch."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, cast

import click

from db.errors import SergeError
from serge_tui.cli.common import open_library, say_aside, say_json
from serge_tui.cli.completion import complete_edition
from serge_tui.core.export.graph import GRAPH_FORMATS, graph_text
from serge_tui.output import print_data

if TYPE_CHECKING:
    from pathlib import Path

    from serge_tui.core.export.graph import GraphFormat
    from serge_tui.modes.figures.table import TableFormat


@click.command("figures", short_help="Print a table of all figures, or a graph of them.")
@click.option(
    "--format", "form", type=click.Choice(["csv", "json", "markdown"]), default="csv", show_default=True,
    help="Format of the table.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--graph", type=click.Choice(GRAPH_FORMATS),
    help="Instead of the table, who is named in the same chapters: for Graphviz, or for Gephi and others.",
)  # fmt: skip
@click.option(
    "--least", type=click.IntRange(1), default=1, metavar="N", help="With --graph: pairs that share N chapters."
)
@click.option("--edition", metavar="KEY", help="With --graph: of this text.", shell_complete=complete_edition)
@click.option("--fates/--no-fates", default=None, help="Show or hide how lives ended; as in the app if left out.")
@click.pass_obj
def figures_command(
    path: Path, form: str, as_json: bool, graph: str | None, least: int, edition: str | None, fates: bool | None
) -> None:
    """Print a table of all figures, or a graph of who is named with whom.

    The graph is of the text you are reading; without one, of the chapters that the study pack knows.

    \b
    Examples:
      serge figures > people.csv
      serge figures --json --fates
      serge figures --graph dot --least 4 | dot -Tsvg > people.svg
      serge figures --graph graphml > people.graphml
    """
    from serge_tui.modes.figures.table import whole_table, written
    from serge_tui.services.hidden_ends import hidden_ends
    from serge_tui.services.meetings import people_and_meetings

    if graph is not None and as_json:
        raise SergeError("--graph and --json disagree; leave one of them out.")
    if graph is None and (least > 1 or edition is not None):
        raise SergeError("--least and --edition are for --graph: give that too.")
    with open_library(path) as library:
        ends = hidden_ends(library, hidden=None if fates is None else not fates)
        if graph is not None:
            if edition is not None and library.texts.edition(edition) is None:
                known = ", ".join(known.key for known in library.texts.editions())
                raise SergeError(f'there is no edition "{edition}"; there are: {known}.')
            people, found = people_and_meetings(library, ends, edition, least)
            print_data(graph_text(people, found, cast("GraphFormat", graph)))
            return
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
