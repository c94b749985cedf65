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
from serge_tui.services.hidden_ends import ALL_SHOWN, hidden_ends

if TYPE_CHECKING:
    from db.library import Library


def test_every_format_holds_everybody(library: Library) -> None:
    rows = whole_table(library, ends=ALL_SHOWN)
    assert len(rows) == len(library.figures.names())
    told = list(csv.DictReader(io.StringIO(written(rows, "csv"))))
    assert [row["name"] for row in told] == [row.name for row in rows]
    loaded = json.loads(written(rows, "json"))
    assert [row["key"] for row in loaded] == [row.key for row in rows]
    lines = written(rows, "markdown").splitlines()
    assert len(lines) == len(rows) + 2
    assert all(line.replace("\\|", "").count("|") == len(HEADINGS) + 1 for line in lines)


def test_sealed_fates_stay_out_of_the_table(library: Library) -> None:
    ends = hidden_ends(library, hidden=True)
    rows = whole_table(library, ends=ends)
    for row in rows:
        assert ((row.died, row.ended) == ("▒▒▒▒", "▒▒▒▒")) == ends.of(row.key)
    assert {row.key for row in rows if row.died != "▒▒▒▒"} >= {"alexander-ii", "serge"}, "before 1906; the narrator"


def test_a_spreadsheet_takes_no_name_for_a_formula(library: Library) -> None:
    row = replace(whole_table(library, ends=ALL_SHOWN)[0], name="=1+1", one_line="a|b")
    assert "'=1+1" in written([row], "csv")
    assert "a\\|b" in written([row], "markdown")


@pytest.mark.parametrize(("name", "how"), [("x.CSV", "csv"), ("a/b.json", "json"), ("x.md", "markdown")])
def test_the_format_is_in_the_name(name: str, how: str) -> None:
    assert format_of(name) == how


def test_a_name_that_says_nothing_is_refused() -> None:
    with pytest.raises(SergeError, match="csv"):
        format_of("people")
