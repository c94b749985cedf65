"""Choose the format of an export by `--format`, or by the suffix of the file it is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from db.errors import SergeError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_SUFFIXES: Final = {
    ".md": "markdown", ".markdown": "markdown", ".json": "json", ".csv": "csv", ".html": "html", ".htm": "html",
    ".org": "org", ".txt": "text", ".tsv": "text", ".apkg": "apkg", ".patch": "patch", ".diff": "patch",
}  # fmt: skip
"""The format of each suffix of a file's name."""


json_option: Final = click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
"""The option that every command has which prints a result; `docs/json.md` tells what it prints."""


def form_of(
    asked: str | None, output: Path | None, forms: Collection[str], default: str, *, as_json: bool = False
) -> str:
    """Return the format to write.

    Args:
        asked: What `--format` says, or None.
        output: The file to write to, or None.
        forms: The formats this command knows.
        default: The format if neither decides: for standard output, or a suffix that is not of a format.
        as_json: Whether `--json` was given, which is short for `--format json`.

    Raises:
        SergeError: The suffix is of a format that this command cannot write, or contradicts the one asked for.
    """
    if as_json:
        if asked not in (None, "json"):
            raise SergeError(f"--json and --format {asked} disagree; leave one of them out.")
        asked = "json"
    suffix = output.suffix.lower() if output is not None else ""
    told = _SUFFIXES.get(suffix)
    if told == "text" and "text" not in forms:
        told = None  # a .txt file may hold plain text of any format
    if told is None or told == asked:
        return asked or default
    if told not in forms:
        raise SergeError(f"this cannot be written as {suffix}; the formats are {', '.join(sorted(forms))}.")
    if asked is not None:
        raise SergeError(f"--format {asked} and the suffix {suffix} of the file disagree; leave one of them out.")
    return told
