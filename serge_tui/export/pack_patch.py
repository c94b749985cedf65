"""The reader's corrections as a patch of the study pack's own files, to be sent to whoever keeps the pack.

Files are edited with tomlkit, so that nothing but what was corrected changes; the patch is what `git apply` and
`patch -p1` take. What the pack demands and a correction does not give (sources above all) is for its editors to add.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tomlkit import TOMLDocument
    from tomlkit.items import AoT, Table

    from db.corrections import Correction

PREFIX: Final = "db/content"
"""Where the pack stands in the project."""
_FIGURE: Final = {
    "name": ("", "name"), "sort_name": ("", "sort"), "native_name": ("", "native"), "sex": ("", "sex"),
    "one_line": ("", "one_line"), "life": ("", "life"), "serge": ("", "serge"), "doubt": ("", "doubt"),
    "born": ("born", "date"), "born_place": ("born", "place"), "died": ("died", "date"),
    "died_place": ("died", "place"), "fate": ("died", "how"), "fate_text": ("died", "fate"),
}  # fmt: skip
_FIGURE_LISTS: Final = {"roles": "roles", "nationalities": "nationality", "movements": "movements"}
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]*")


def to_patch(corrections: Iterable[Correction], content: Path) -> str:
    """Write the patch; `content` is the folder of the pack's files. Empty where nothing differs."""
    by_file: defaultdict[Path, list[Correction]] = defaultdict(list)
    for correction in corrections:
        if (file := _file_of(correction.record, content)) is not None:
            by_file[file].append(correction)
    return "".join(_patch(file, file.relative_to(content).as_posix(), of) for file, of in sorted(by_file.items()))


def _file_of(record: str, content: Path) -> Path | None:
    kind, _, key = record.partition(":")
    if not _KEY.fullmatch(key):
        return None
    if kind == "figure":
        return content / "figures" / f"{key}.toml"
    if kind == "event":
        return content / "events.toml"
    heading = f"[{key}]"
    return next(
        (
            file
            for file in sorted((content / "quotations").glob("*.toml"))
            if heading in file.read_text(encoding="utf-8").splitlines()
        ),
        None,
    )


def _patch(file: Path, name: str, corrections: list[Correction]) -> str:
    import tomlkit

    before = file.read_text(encoding="utf-8") if file.exists() else ""
    document = tomlkit.parse(before)
    for correction in corrections:
        _correct(document, correction)
    old = f"a/{PREFIX}/{name}" if before else "/dev/null"
    return "".join(
        difflib.unified_diff(
            before.splitlines(keepends=True),
            tomlkit.dumps(document).splitlines(keepends=True),
            old,
            f"b/{PREFIX}/{name}",
        )
    )


def _correct(document: TOMLDocument, correction: Correction) -> None:
    kind, _, key = correction.record.partition(":")
    field, value = correction.field, correction.value
    if kind == "event":
        for event in document.get("event", []):
            if event.get("key") == key:
                _set(event, field, value)
    elif kind == "quote":
        if key in document:
            _set(document[key], field, value)
    elif field in _FIGURE:
        table, name = _FIGURE[field]
        _set(_table(document, table), name, value)
    elif field in _FIGURE_LISTS:
        document[_FIGURE_LISTS[field]] = value.splitlines()
    elif field == "chapters":
        document["chapters"] = [int(number) for number in value.split()]
    elif field.startswith("alias:"):
        _row(document, "alias", {"text": field.removeprefix("alias:")}, {"kind": value} if value else None)
    elif field.startswith("tie:"):
        _, tie, other = field.split(":", 2)
        _row(document, "tie", {"to": other, "kind": tie}, {"note": value} if value else {})


def _table(document: TOMLDocument, name: str) -> TOMLDocument | Table:
    import tomlkit

    if not name:
        return document
    if name not in document:
        document[name] = tomlkit.table()
    table: Table = document[name]
    return table


def _set(table: TOMLDocument | Table, name: str, value: str) -> None:
    import tomlkit

    if not value and name in table:
        del table[name]
    elif value:
        table[name] = tomlkit.string(f"\n{value}\n", multiline=True) if "\n" in value else value


def _row(document: TOMLDocument, name: str, known_by: dict[str, str], values: dict[str, str] | None) -> None:
    """Change, add, or with None take away the row of an array of tables that is known by some of its fields."""
    import tomlkit

    rows: AoT = document.get(name) or tomlkit.aot()
    found = next((row for row in rows if all(row.get(field) == value for field, value in known_by.items())), None)
    if values is None:
        if found is not None:
            rows.remove(found)
    elif found is not None:
        found.update(values)
    else:
        row = tomlkit.table()
        row.update({**known_by, **values})
        rows.append(row)
    if name not in document and len(rows):
        document[name] = rows
