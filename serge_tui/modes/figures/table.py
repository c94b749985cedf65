"""A table of figures, to be looked at or taken along as CSV, JSON or Markdown."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from db.errors import SergeError
from db.text import sanitise_line
from db.vocabulary import FATES
from serge_tui.modes.figures.catalogue import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.library import Library
    from serge_tui.modes.figures.catalogue import Catalogue
    from serge_tui.services.hidden_ends import HiddenEnds

TableFormat: TypeAlias = Literal["csv", "json", "markdown"]
FORMATS: Final[tuple[TableFormat, ...]] = get_args(TableFormat)
SUFFIXES: Final[dict[str, TableFormat]] = {".csv": "csv", ".json": "json", ".md": "markdown", ".markdown": "markdown"}
_A_FORMULA_BEGINS_WITH: Final = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class TableRow:
    """Somebody in the table. Several values stand with semicolons between them; `▒▒▒▒` is a hidden one."""

    key: str
    name: str
    born: str
    died: str
    nationality: str
    movement: str
    chapters: str
    mentions: int
    portrait: bool
    ended: str
    one_line: str


HEADINGS: Final = tuple(field.name for field in fields(TableRow))


def figure_table(catalogue: Catalogue, keys: Iterable[str] | None = None, *, ends: HiddenEnds) -> list[TableRow]:
    """Rows for some figures, for everybody by name if none are named. `ends` says whose end is hidden."""
    rows = []
    for key in catalogue.order("name") if keys is None else keys:
        if key in catalogue.terms:
            continue
        name, traits = catalogue.names[key], catalogue.traits[key]
        rows.append(
            TableRow(
                key,
                sanitise_line(name.name),
                name.born.text,
                "▒▒▒▒" if ends.of(key) else name.died.text,
                "; ".join(traits.nationalities),
                "; ".join(traits.movements),
                "; ".join(map(str, traits.chapters)),
                name.mentions,
                key in catalogue.portraits,
                "▒▒▒▒" if ends.of(key) else FATES.get(traits.fate, traits.fate),
                sanitise_line(name.one_line),
            )
        )
    return rows


def whole_table(library: Library, *, ends: HiddenEnds) -> list[TableRow]:
    """The table of everybody, for the command line."""
    return figure_table(load_catalogue(library), ends=ends)


def written(rows: Sequence[TableRow], how: TableFormat) -> str:
    """A table as text that ends with a line feed."""
    if how == "json":
        return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2) + "\n"
    if how == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows([_harmless(value) for value in _values(row)] for row in rows)
        return out.getvalue()
    lines = [f"| {' | '.join(HEADINGS)} |", f"|{'---|' * len(HEADINGS)}"]
    lines += [f"| {' | '.join(_cell(value) for value in _values(row))} |" for row in rows]
    return "\n".join(lines) + "\n"


def format_of(name: str) -> TableFormat:
    """The format a file's name asks for. Raises SergeError when it asks for none."""
    for suffix, how in SUFFIXES.items():
        if name.lower().endswith(suffix):
            return how
    raise SergeError(f'"{name}" should end in .csv, .json or .md, so that it is clear what to write.')


def _values(row: TableRow) -> list[str]:
    return ["yes" if value is True else "" if value is False else str(value) for value in asdict(row).values()]


def _harmless(value: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return f"'{value}" if value.startswith(_A_FORMULA_BEGINS_WITH) else value


def _cell(value: str) -> str:
    return value.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
