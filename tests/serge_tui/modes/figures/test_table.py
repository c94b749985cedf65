"""The table of figures, taken along."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from serge_tui.modes.figures.table import HEADINGS, format_of, whole_table, written

if TYPE_CHECKING:
    from db.library import Library


def test_every_format_holds_everybody(library: Library) -> None:
    rows = whole_table(library, sealed=False)
    assert len(rows) == len(library.figures.names())
    told = list(csv.DictReader(io.StringIO(written(rows, "csv"))))
    assert [row["name"] for row in told] == [row.name for row in rows]
    loaded = json.loads(written(rows, "json"))
    assert [row["key"] for row in loaded] == [row.key for row in rows]
    lines = written(rows, "markdown").splitlines()
    assert len(lines) == len(rows) + 2
    assert all(line.replace("\\|", "").count("|") == len(HEADINGS) + 1 for line in lines)


def test_sealed_fates_stay_out_of_the_table(library: Library) -> None:
    for row in whole_table(library, sealed=True):
        assert (row.died, row.ended) == ("▒▒▒▒", "▒▒▒▒")


def test_a_spreadsheet_takes_no_name_for_a_formula(library: Library) -> None:
    row = replace(whole_table(library, sealed=True)[0], name="=1+1", one_line="a|b")
    assert "'=1+1" in written([row], "csv")
    assert "a\\|b" in written([row], "markdown")


@pytest.mark.parametrize(("name", "how"), [("x.CSV", "csv"), ("a/b.json", "json"), ("x.md", "markdown")])
def test_the_format_is_in_the_name(name: str, how: str) -> None:
    assert format_of(name) == how


def test_a_name_that_says_nothing_is_refused() -> None:
    with pytest.raises(SergeError, match="csv"):
        format_of("people")
