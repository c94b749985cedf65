"""Write the reader's corrections as a patch for the study pack, file by file, for `git apply`.

The content files stay as a person wrote them: only the lines that a correction concerns change.
"""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from db.vocabulary import TAKEN_AWAY, TIE_INVERSES
from import_scripts.pack.load import CONTENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set
    from pathlib import Path

    from db.corrections import Correction

_KEYS: Final = {
    "name": ("", "name"), "sort_name": ("", "sort"), "native_name": ("", "native"), "sex": ("", "sex"),
    "one_line": ("", "one_line"), "life": ("", "life"), "serge": ("", "serge"), "doubt": ("", "doubt"),
    "roles": ("", "roles"), "nationalities": ("", "nationality"), "movements": ("", "movements"),
    "chapters": ("", "chapters"),
    "born": ("born", "date"), "born_place": ("born", "place"),
    "died": ("died", "date"), "died_place": ("died", "place"), "fate": ("died", "how"), "fate_text": ("died", "fate"),
}  # fmt: skip
"""The table and key of each field of a figure in its file."""
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_LISTS: Final = frozenset({"roles", "nationalities", "movements"})
_NEW_FIGURE: Final = """name = {name}
sort = {sort}
native = ""
sex = "m"
nationality = []
roles = []
movements = []
chapters = []
chapters_likely = []
in_memoirs = "context"
confidence = "low"
sources = []
one_line = "Added by a reader; who they are is still to be said."
life = "Still to be told."
serge = ""

[born]
date = "unknown"

[died]
date = "unknown"
how = "unknown"
"""


def corrections_patch(corrections: Iterable[Correction], folder: Path = CONTENT) -> str:
    """Return a unified diff of the content files; empty when nothing was corrected.

    A figure that is not in the pack becomes a new file; an editor adds its sources. Corrections of records that a newer
    pack no longer has are left out.
    """
    records: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for correction in corrections:
        records[correction.record][correction.field] = correction.value
    for record, field in [(record, field) for record, fields in records.items() for field in fields]:
        if field.startswith("tie:"):
            # The pack may have a tie from either side: take it away from the other one.
            _, tie, other = field.split(":", 2)
            records[f"figure:{other}"].setdefault(
                f"tie:{TIE_INVERSES[tie]}:{record.removeprefix('figure:')}", TAKEN_AWAY
            )
    before: dict[Path, str | None] = {}
    after: dict[Path, str] = {}
    for record, fields in sorted(records.items()):
        kind, _, key = record.partition(":")
        path = _file_of(kind, key, folder)
        if path is None:
            continue
        if path not in before:
            before[path] = path.read_text("utf-8") if path.exists() else None
        text = after.get(path, before[path])
        if text is None and not (kind == "figure" and fields.get("name")):
            continue
        after[path] = (
            _corrected_figure(text, fields) if kind == "figure" else _corrected_entry(text or "", kind, key, fields)
        )
    return "".join(_diff(path.relative_to(folder), before[path], after[path]) for path in sorted(after))


def _file_of(kind: str, key: str, folder: Path) -> Path | None:
    """Return the file of a record, or the file a new figure gets; None if the key is not one of the pack's."""
    if not _KEY.fullmatch(key):
        return None
    if kind == "figure":
        return folder / "figures" / f"{key}.toml"
    if kind == "event":
        return folder / "events.toml"
    for path in sorted((folder / "quotations").glob("*.toml")):
        if re.search(rf"^\[{re.escape(key)}\]\s*$", path.read_text("utf-8"), re.MULTILINE):
            return path
    return None


def _diff(name: Path, before: str | None, after: str) -> str:
    if before == after:
        return ""
    target = f"b/db/content/{name.as_posix()}"
    source = "/dev/null" if before is None else f"a/db/content/{name.as_posix()}"
    lines = difflib.unified_diff(
        (before or "").splitlines(keepends=True), after.splitlines(keepends=True), source, target
    )
    head = f"diff --git a/db/content/{name.as_posix()} {target}\n"
    return head + ("new file mode 100644\n" if before is None else "") + "".join(lines)


def _corrected_figure(text: str | None, fields: Mapping[str, str]) -> str:
    from db.overlay import sort_name

    if text is None:
        name = fields.get("name", "")
        text = _NEW_FIGURE.format(name=_toml(name), sort=_toml(sort_name(name)))
    lines = text.splitlines()
    for field, value in fields.items():
        if field in _KEYS:
            table, key = _KEYS[field]
            _set(lines, table, key, _value(field, value))
        elif field.startswith("alias:"):
            alias = field.removeprefix("alias:")
            _remove_block(lines, "alias", "text", alias)
            if value:
                lines += ["", "[[alias]]", f"text = {_toml(alias)}", f"kind = {_toml(value)}"]
        elif field.startswith("tie:"):
            _, kind, other = field.split(":", 2)
            _remove_tie(lines, kind, other)
            if value == TAKEN_AWAY:
                continue
            note = [f"note = {_toml(value)}"] if value else []
            lines += ["", "[[tie]]", f"to = {_toml(other)}", f"kind = {_toml(kind)}", *note]
    return _joined(lines)


def _corrected_entry(text: str, kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Change an event or a quotation in a file of many."""
    lines = text.splitlines()
    for field, value in fields.items():
        if kind == "event":
            _set(lines, "event", field, _toml(value), key)
        else:
            _set(lines, key, field, _toml(value))
    return _joined(lines)


def _joined(lines: list[str]) -> str:
    text = "\n".join(lines) + "\n"
    # Typed text is trusted no more than imported text: a patch that would break a file is refused.
    tomllib.loads(text)
    return text


def _toml(value: str) -> str:
    """Return a text as a TOML string, which has the same escapes as JSON."""
    return json.dumps(value, ensure_ascii=False)


def _value(field: str, value: str) -> str:
    if field in _LISTS:
        return f"[{', '.join(map(_toml, value.splitlines()))}]"
    if field == "chapters":
        return f"[{', '.join(value.split())}]"
    return _toml(value)


def _section(lines: list[str], table: str, key: str = "") -> tuple[int, int] | None:
    """Return a table's first line and the line after its last; with no table named, those of the top of the file.

    `key` chooses one table of a list.
    """
    heads = [at for at, line in enumerate(lines) if re.match(r"\[", line)]
    if not table:
        return 0, heads[0] if heads else len(lines)
    wanted = f"[[{table}]]" if key else f"[{table}]"
    for number, at in enumerate(heads):
        if lines[at].strip() != wanted:
            continue
        end = heads[number + 1] if number + 1 < len(heads) else len(lines)
        if not key or any(re.fullmatch(rf'key = "{re.escape(key)}"\s*', line) for line in lines[at:end]):
            return at + 1, end
    return None


def _set(lines: list[str], table: str, key: str, value: str, of: str = "") -> None:
    """Set a key of a table, replacing its value; the table and the key are added if missing."""
    section = _section(lines, table, of)
    if section is None:
        if not of:
            lines += ["", f"[{table}]", f"{key} = {value}"]
        return
    first, end = section
    for at in range(first, end):
        if re.match(rf"{key}\s*=", lines[at]):
            lines[at : _value_end(lines, at)] = [f"{key} = {value}"]
            return
    while end > first and not lines[end - 1].strip():
        end -= 1
    lines.insert(end, f"{key} = {value}")


def _value_end(lines: list[str], at: int) -> int:
    """Return the line after the end of the value that begins on a line."""
    for end in range(at + 1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[at:end]))
        except tomllib.TOMLDecodeError:
            continue
        return end
    return at + 1


def _remove_tie(lines: list[str], kind: str, other: str) -> None:
    """Remove a tie from the list of ties."""
    _remove_entry(lines, "tie", {f"to = {_toml(other)}", f"kind = {_toml(kind)}"})


def _remove_block(lines: list[str], table: str, key: str, value: str) -> None:
    """Remove the entry with a value from a list of tables."""
    _remove_entry(lines, table, {f"{key} = {_toml(value)}"})


def _remove_entry(lines: list[str], table: str, having: Set[str]) -> None:
    """Remove the entry that has certain lines from a list of tables."""
    heads = [at for at, line in enumerate(lines) if re.match(r"\[", line)]
    for number, at in enumerate(heads):
        end = heads[number + 1] if number + 1 < len(heads) else len(lines)
        if lines[at].strip() == f"[[{table}]]" and having <= set(map(str.strip, lines[at:end])):
            while end > at + 1 and not lines[end - 1].strip():
                end -= 1
            while at > 0 and not lines[at - 1].strip():
                at -= 1  # noqa: PLW2901  # the empty lines before it go too
            del lines[at:end]
            return
