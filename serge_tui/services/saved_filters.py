"""Filters that a reader keeps under the number keys of a mode, each written as words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

KEYS: Final = "123456789"
ONLY_KEYS: Final = "Filters are kept under 1 to 9."
_NAMED: Final = " \t"
"""What stands between a filter and the name the reader gave it."""


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """A filter written as words, and what the reader calls it; an empty name where they gave none."""

    words: str
    name: str = ""


def kept_filters(saved: Sequence[str], first: Sequence[str] = ()) -> dict[str, KeptFilter]:
    """Filters by the number key they are under, from `1 met:yes`, `2 …`; an entry without words empties its key.

    `first` are those that stand there until the reader keeps others.
    """
    found: dict[str, KeptFilter] = {}
    for entry in (*first, *saved):
        key, _, rest = entry.partition(" ")
        words, _, name = rest.partition(_NAMED)
        if len(key) == 1 and key in KEYS:
            found[key] = KeptFilter(words, name)
    return {key: found[key] for key in sorted(found) if found[key].words}


def keep_filter(saved: Sequence[str], key: str, words: str, name: str = "") -> list[str]:
    """The saved filters with another one under a key; without words, with none there."""
    name = sanitise_line(name)
    entry = f"{key} {words}{_NAMED}{name}" if words and name else f"{key} {words}"
    return [*(entry for entry in saved if not entry.startswith(f"{key} ")), entry]


def nothing_under(key: str) -> str:
    """A sentence for a key under which no filter is kept."""
    return f"Nothing is kept under {key}; m {key} keeps what the list shows."
