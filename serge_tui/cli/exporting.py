"""`serge export`: what is the reader's, in forms other programs read."""

from __future__ import annotations

import json
from pathlib import Path

import click

from db.errors import SergeError
from serge_tui.cli.common import open_library


@click.group("export")
def export_group() -> None:
    """Take what is yours with you."""


@export_group.command("notes")
@click.option(
    "--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True,
    help="json is a list of W3C Web Annotations.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; standard output if left out."
)
@click.pass_obj
def export_notes(path: Path, form: str, as_json: bool, output: Path | None) -> None:
    r"""Print every highlight, note and bookmark, in book order.

    \b
    Examples:
      serge export notes > notes.md
      serge export notes --json -o notes.json
    """
    from serge_tui.export.described import describe_all
    from serge_tui.export.markdown import to_markdown
    from serge_tui.export.web_annotation import to_web_annotations

    with open_library(path) as library:
        described = describe_all(library)
    if form == "json" or as_json:
        text = json.dumps(to_web_annotations(described), ensure_ascii=False, indent=2) + "\n"
    else:
        text = to_markdown(described)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SergeError(f"{output} cannot be written: {error.strerror}.") from error
