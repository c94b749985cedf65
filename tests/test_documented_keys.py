"""The tables of keys in the documents say what the registry of commands says (`serge keys`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from serge_tui.commands.command import key_label
from serge_tui.commands.registry import commands_by_id, commands_by_place

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ["README.md", *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))]
KEY = re.compile(r"`([^`]+)`")
LEFT_OUT = {"…"}
ANY_LETTER = {"''"}
"""Keys whose last one may be any letter."""
README_PLACES = {
    "everywhere": ["in Today", "in Read", "in Figures"],
    "reading": ["in Read", "while selecting"],
    "cards": ["in Cards", "in the field for an answer"],
    "figures": ["in Figures", "in the facets of Figures"],
    "notes": ["in Notes"],
    "quiz": ["in Quiz"],
    "years": ["in Years"],
}


def _rows(document: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of a document's tables, each with the first heading of its table."""
    heading = ""
    previous = ""
    for line in (ROOT / document).read_text("utf-8").splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
            if set(cells[0]) <= {"-"} and set(line) <= set("|- "):
                heading = previous
            elif heading:
                yield heading, cells
            previous = cells[0]
        else:
            heading = ""


def _labels(places: list[str]) -> set[str]:
    """Return every key and chord of these places as it is printed, and the keys of each chord one by one."""
    by_place = commands_by_place()
    keys = [key for place in places for command in by_place[place] for key in command.alternatives()]
    labels = {key_label(key) for key in keys}
    return labels | {key_label(one) for key in keys for one in key.split(" ")}


def test_each_key_in_the_readme_is_one_of_its_place() -> None:
    wrong = []
    for heading, cells in _rows("README.md"):
        if heading not in {*README_PLACES, "figures, notes, quiz and years"}:
            continue
        place = cells[0].partition(":")[0] if ":" in cells[0].partition("`")[0] else heading
        known = _labels(README_PLACES[place])
        wrong += [(place, key) for keys in KEY.findall(cells[0]) for key in keys.split() if key not in known | LEFT_OUT]
    assert wrong == []


def test_each_key_in_the_table_of_cards_is_a_key_of_cards() -> None:
    known = _labels(["in Cards", "in the field for an answer", "while writing a card"])
    rows = [cells for heading, cells in _rows("docs/learning.md") if heading == "key"]
    assert rows
    assert [key for cells in rows for key in KEY.findall(cells[0]) if key not in known] == []
    listed = [cells for heading, cells in _rows("docs/learning.md") if heading == "in the list"]
    assert listed
    known = _labels(["in All cards", "on a card's page"])
    assert [key for cells in listed for key in KEY.findall(cells[0]) if key not in known] == []


def test_each_command_named_in_reading_exists_and_has_the_keys_beside_it() -> None:
    commands = commands_by_id()
    everywhere = _labels(list(commands_by_place()))
    rows = [cells for heading, cells in _rows("docs/reading.md") if heading == "key" and len(cells) == 3]
    assert len(rows) > 20
    wrong = []
    for keys, _, ids in rows:
        named = [commands[one] for one in KEY.findall(ids) if "…" not in one]
        printed = [key for keys_of in KEY.findall(keys) for key in keys_of.split()]
        own = {key_label(key) for command in named for key in command.alternatives()}
        known = own | {key_label(one) for command in named for key in command.alternatives() for one in key.split(" ")}
        wrong += [key for key in printed if key not in (known if named else everywhere) | ANY_LETTER]
    assert wrong == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_id_in_a_keys_file_shown_is_a_command(document: str) -> None:
    shown = re.findall(r'^"([a-z-]+\.[a-z-]+)" = ', (ROOT / document).read_text("utf-8"), flags=re.MULTILINE)
    assert [one for one in shown if one not in commands_by_id()] == []
