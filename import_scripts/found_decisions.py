"""Import an export of `serge export found`: the reader's decisions on portraits and sayings in their own copy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from db.errors import SergeError
from db.found import decision_of, put_decision
from db.sync.records import clean_decision
from db.sync.values import FoundDecided, is_valid, to_json
from db.text import sanitise_line
from import_scripts.input.json_file import items, member, read_json, text

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from db.library import Library
    from db.models.found_text import FoundDecision
    from import_scripts.input.json_file import Json

LIST: Final = "serge_found"
"""Name of the list in the file."""
_KEY: Final = re.compile(r"f[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class ImportedDecisions:
    """Numbers of decisions that are new, newer than here, and here already; sentences on what was left out."""

    new: int
    changed: int
    known: int
    report: tuple[str, ...]


def holds_decisions(path: Path) -> bool:
    """Return whether a file looks like an export of decisions."""
    try:
        with path.open("rb") as file:
            head = file.read(2_000).lstrip(b"\xef\xbb\xbf \t\r\n")
    except OSError:
        return False
    return head.startswith(b"{") and f'"{LIST}"'.encode() in head


def import_decisions(library: Library, path: Path) -> ImportedDecisions:
    """Store an export, in one transaction; a decision that is here is replaced only by a later one.

    Raises SergeError if the file is no such export.
    """
    data = read_json(path)
    if not isinstance(member(data, LIST), list):
        raise SergeError(
            f"{sanitise_line(path.name)} is not an export of decisions; `serge export found -o found.json` makes one."
        )
    decisions: list[FoundDecision] = []
    report: list[str] = []
    for number, entry in enumerate(items(member(data, LIST)), 1):
        try:
            decisions.append(_decision(entry))
        except ValueError:
            report.append(f"Entry {number} was left out: it is no decision as Serge writes them.")

    def write(connection: sqlite3.Connection) -> ImportedDecisions:
        new = changed = 0
        for decision in decisions:
            here = decision_of(connection, decision.key)
            if here is not None and here.decided_at >= decision.decided_at:
                continue
            new += here is None
            changed += here is not None
            put_decision(connection, decision)
        return ImportedDecisions(new, changed, len(decisions) - new - changed, tuple(report))

    return library.writer.run(write)


def _decision(entry: Json) -> FoundDecision:
    """Return a decision as it may be stored. Raises ValueError if it is not one."""
    key = text(member(entry, "key"))
    if not isinstance(entry, dict) or not _KEY.fullmatch(key):
        raise ValueError("no key")
    fields = {name: value for name, value in entry.items() if name != "key"}
    if not is_valid(f"found:{key}", "decision", to_json(fields)):
        raise ValueError("no decision")
    return clean_decision(key, msgspec.convert(fields, FoundDecided))
