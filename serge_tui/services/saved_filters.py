"""Filters that a reader saves under the number keys of a mode, each written as words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

KEYS: Final = "123456789"
_BEFORE_NAME: Final = " \t"
"""Separates a filter from the name the reader gave it, in the stored setting."""


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter written as words, and the reader's name for it; the name is empty if they gave none."""

    words: str
    name: str = ""


def read_filters(entries: Sequence[str], built_in: Sequence[str] = ()) -> dict[str, SavedFilter]:
    """Return saved filters by number key.

    Args:
        entries: The setting as stored: `1 met:yes`, `2 …`. An entry without words empties its key.
        built_in: Entries that apply until the reader saves others under their keys.
    """
    found: dict[str, SavedFilter] = {}
    for entry in (*built_in, *entries):
        key, _, rest = entry.partition(" ")
        words, _, name = rest.partition(_BEFORE_NAME)
        if len(key) == 1 and key in KEYS:
            found[key] = SavedFilter(words, name)
    return {key: found[key] for key in sorted(found) if found[key].words}


def with_filter(entries: Sequence[str], key: str, words: str, name: str = "") -> list[str]:
    """Return the setting with another filter under a key; empty words empty the key."""
    name = sanitise_line(name)
    entry = f"{key} {words}{_BEFORE_NAME}{name}" if words and name else f"{key} {words}"
    return [*(entry for entry in entries if not entry.startswith(f"{key} ")), entry]
