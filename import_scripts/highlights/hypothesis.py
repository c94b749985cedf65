"""Hypothesis' JSON, from its API or its export: `python -m import_scripts.highlights.hypothesis FILE`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.highlights.record import MAX_HIGHLIGHTS, HighlightFile, make, merge, parse_iso
from import_scripts.input.json_file import Json, items, member, read_json, text

if TYPE_CHECKING:
    from pathlib import Path

    from import_scripts.highlights.sample import Sample

SOURCE: Final = "hypothesis"


def read_hypothesis(path: Path) -> HighlightFile:
    """Read an export.

    Raises SergeError when the file is no such export.
    """
    rows = rows_of(read_json(path))
    if rows is None:
        raise SergeError(f"{sanitise_line(path.name)} is not an export from Hypothesis.")
    file = HighlightFile(SOURCE)
    wordless = 0
    for row in rows[:MAX_HIGHLIGHTS]:
        quote = _quote(row)
        note = text(member(row, "text"))
        exact = text(member(quote, "exact"))
        if not exact.strip() and not note.strip():
            wordless += 1
            continue
        titles = member(member(row, "document"), "title")
        title = text(titles) or next(iter(map(text, items(titles))), "") or text(member(row, "uri"))
        file.highlights.append(
            make(
                title, "", "note" if note.strip() else "highlight", text=exact, note=note,
                prefix=text(member(quote, "prefix")), suffix=text(member(quote, "suffix")),
                created_at=parse_iso(text(member(row, "created"))), modified_at=parse_iso(text(member(row, "updated"))),
                tags=[SOURCE, *map(text, items(member(row, "tags")))],
            )
        )  # fmt: skip
    file.left_out = wordless
    if wordless:
        file.report.append(f"{wordless} page notes or replies have no words of the text and no note.")
    return merge(file)


def recognise(sample: Sample) -> bool:
    """Whether a file is an export of Hypothesis."""
    return rows_of(sample.json) is not None


def rows_of(data: Json) -> list[Json] | None:
    """The annotations of an export, whichever of its forms it has; None for anything else."""
    for rows in (data, member(data, "rows"), member(data, "annotations")):
        found = items(rows)
        if found and all(member(row, "target") is not None and member(row, "uri") is not None for row in found):
            return found
    return None


def _quote(row: Json) -> Json:
    for target in items(member(row, "target")):
        for selector in items(member(target, "selector")):
            if text(member(selector, "type")) == "TextQuoteSelector":
                return selector
    return None


if __name__ == "__main__":
    from import_scripts.highlights.summary import run

    run(read_hypothesis)
