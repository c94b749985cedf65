"""The reader's own keys, from `keys.toml`: a command's id, then its keys (`"reader.next-person" = "] n, f8"`)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from typing import TYPE_CHECKING, Final

from textual.keys import KEY_NAME_REPLACEMENTS, REPLACED_KEYS, Keys, key_to_character

from serge_tui.commands import Chords
from serge_tui.commands.command import KEY_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_MODIFIERS: Final = {
    "control": "ctrl", "option": "alt", "cmd": "super", "command": "super",
    **{name: name for name in ("ctrl", "alt", "shift", "super", "hyper", "meta")},
}  # fmt: skip
OLD_IDS: Final[Mapping[str, str]] = {
    "notes.judging": "notes.to-review",
    "notes.kept": "notes.filter-1",
    "notes.keep": "notes.save-filter",
    "notes.list-kept": "notes.saved-filters",
    "judging.whom": "to-review.next-person",
    **{f"study-settings.{name}": f"settings.{name}" for name in (
        "more", "less", "undo", "redo", "down", "up", "close", *(f"day-{day}" for day in range(1, 8)),
    )},
    **{f"judging.{name}": f"to-review.{name}" for name in (
        "always", "add", "here", "nobody", "never", "edit", "reject", "reject-known", "open", "undo", "next",
        "previous", "help", "back",
    )},
}  # fmt: skip
"""Ids of earlier versions and what they are called now: `keys.toml` may still have them."""
_NAMED: Final = frozenset(key.value for key in Keys if "+" not in key.value and "<" not in key.value)
_AS_LABELLED: Final = {label.lower(): name for name, label in KEY_LABELS.items() if len(label) > 1 or label in "↑↓←→"}


def load_keymap(path: Path) -> tuple[dict[str, str], list[str]]:
    """Read a key map.

    Keys may be written as Textual names them (`question_mark`), as the help shows them (`Ctrl+F`, `PgDn`) or as the
    character itself (`]`). A missing file is an empty map. Old ids are accepted. `serge_tui.commands.key_checks` finds
    unknown ids and keys given twice.

    Returns:
        The keys by command id, and a sentence for each thing that was not understood or has another name now.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}, []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {}, [f"Your keys in {path} could not be read ({error}); the built-in ones are used."]
    keymap: dict[str, str] = {}
    faults = []
    entries = dict(_flat(data))
    for written_name, keys in entries.items():
        name = OLD_IDS.get(written_name, written_name)
        if name != written_name:
            faults.append(f'{path.name}: "{written_name}" is now "{name}"; please rename it.')
            if name in entries:
                continue  # the new name says what is wanted
        written = ",".join(keys) if isinstance(keys, list) and all(isinstance(one, str) for one in keys) else keys
        if not isinstance(written, str) or not written.strip():
            faults.append(f'{path.name}: "{name}" needs its keys as text, such as "f8" or "] n".')
            continue
        understood = []
        for alternative in _alternatives(written):
            chord = [read_key(key) for key in alternative.split()]
            if all(chord):
                understood.append(" ".join(key for key in chord if key))
            else:
                faults.append(f'{path.name}: "{name}" is given {_unknown(alternative)}')
        if understood:
            keymap[name] = ",".join(understood)
    return keymap, faults


def plain_keys(keymap: Mapping[str, str]) -> dict[str, str]:
    """Return the key map for Textual: single keys only, since `Chords` handles chords.

    A command with nothing but chords loses its built-in key: it gets one that nobody can press.
    """
    return {
        name: ",".join(key for key in keys.split(",") if " " not in key) or Keys.Ignore.value
        for name, keys in keymap.items()
    }


def read_key(written: str) -> str | None:
    """Return Textual's name of a key as a person writes it, or None if there is no such key."""
    if written == Chords.ANY:
        return written
    if len(written) == 1:
        return _of_character(written)
    *modifiers, last = re.split(r"\+(?=.)", written)
    held = [_MODIFIERS.get(name.lower()) for name in modifiers]
    base = _base(last if held in ([], ["shift"]) else last.lower())
    if base is None or not all(held):
        return None
    if held == ["shift"] and len(base) == 1:
        return base.upper()  # what a terminal sends for it
    return "+".join([*(name for name in held if name), base])


def _base(name: str) -> str | None:
    if len(name) == 1 and name not in _AS_LABELLED:
        return _of_character(name)
    known = _AS_LABELLED.get(name.lower(), name.lower())
    if known in _NAMED or known in KEY_LABELS or known in REPLACED_KEYS:
        return known
    character = key_to_character(known)
    return _of_character(character) if character else None


def _of_character(character: str) -> str | None:
    if character.isalnum():
        return character
    if character in _AS_LABELLED:
        return _AS_LABELLED[character]
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name) or None


def _flat(data: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """Ids without quotation marks (`app.theme = "f8"`) are tables to TOML; here they are ids."""
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _alternatives(written: str) -> list[str]:
    """Split alternatives at commas; a lone comma is the key itself."""
    parts = ["comma"] if written.strip() == "," else written.split(",")
    return [part.strip() for part in parts if part.strip()]


def _unknown(alternative: str) -> str:
    unknown = next(key for key in alternative.split() if read_key(key) is None)
    if len(unknown) <= 3 and all(map(_of_character, unknown)):
        return f'"{unknown}", which is not a key; keys pressed one after another have spaces: "{" ".join(unknown)}".'
    from difflib import get_close_matches

    names = [*_NAMED, *_AS_LABELLED, *KEY_LABELS]
    head, plus, last = unknown.rpartition("+")
    near = get_close_matches(last.lower(), names, 1)
    hint = f'; "{head}{plus}{near[0]}" is one' if near else ""
    return f'"{unknown}", which is not a key{hint}.'
