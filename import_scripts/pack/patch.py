"""The reader's corrections as a patch for the study pack: what `git apply` takes, file by file.

The content files are kept as a person wrote them: only the lines a correction is about change.
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
"""Where a field of a figure stands in its file: table and key."""
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
    """A unified diff of the content files; empty when nothing was corrected.

    A figure the pack does not have becomes a new file, whose sources are left for an editor to give. What a newer pack
    no longer has is left out.
    """
    records: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for correction in corrections:
        records[correction.record][correction.field] = correction.value
    for record, field in [(record, field) for record, fields in records.items() for field in fields]:
        if field.startswith("tie:"):
            # The pack has a tie from either side: from the other it is taken away.
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
    """The file a record stands in, or for a figure is to stand in; none for what is no key of the pack's."""
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
    """An event or a quotation, in a file of many."""
    lines = text.splitlines()
    for field, value in fields.items():
        if kind == "event":
            _set(lines, "event", field, _toml(value), key)
        else:
            _set(lines, key, field, _toml(value))
    return _joined(lines)


def _joined(lines: list[str]) -> str:
    text = "\n".join(lines) + "\n"
    # What is written by hand is trusted as little as what is read: a patch that would break a file is none.
    tomllib.loads(text)
    return text


def _toml(value: str) -> str:
    """A text as TOML writes it: the escapes of JSON are TOML's too."""
    return json.dumps(value, ensure_ascii=False)


def _value(field: str, value: str) -> str:
    if field in _LISTS:
        return f"[{', '.join(map(_toml, value.splitlines()))}]"
    if field == "chapters":
        return f"[{', '.join(value.split())}]"
    return _toml(value)


def _section(lines: list[str], table: str, key: str = "") -> tuple[int, int] | None:
    """First line and the one after the last of a table; of the top for no table, of the one with `key` in a list."""
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
    """Write a key of a table, in the place of the value it has; both are made where they are missing."""
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
    """The line after the last of the value that begins on a line."""
    for end in range(at + 1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[at:end]))
        except tomllib.TOMLDecodeError:
            continue
        return end
    return at + 1


def _remove_tie(lines: list[str], kind: str, other: str) -> None:
    """Take a tie out of the list of ties."""
    _remove_entry(lines, "tie", {f"to = {_toml(other)}", f"kind = {_toml(kind)}"})


def _remove_block(lines: list[str], table: str, key: str, value: str) -> None:
    """Take the entry that has a value out of a list of tables."""
    _remove_entry(lines, table, {f"{key} = {_toml(value)}"})


def _remove_entry(lines: list[str], table: str, having: Set[str]) -> None:
    """Take the entry that has some lines out of a list of tables."""
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
