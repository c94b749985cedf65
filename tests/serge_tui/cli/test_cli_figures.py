"""`serge figures` and `serge corrections`."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from serge_tui.cli.group import serge
from serge_tui.services.hidden_ends import FIRST_YEAR

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library


def run(path: Path, *arguments: str) -> str:
    result = CliRunner().invoke(serge, ["--db", str(path), *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


@pytest.mark.usefixtures("ends_hidden")
def test_everybody_in_a_table(library: Library) -> None:
    told = json.loads(run(library.path, "figures", "--format", "json"))
    assert len(told) == len(library.figures.names())
    died = {row["died"] for row in told if row["key"] != "serge"}  # how his own life ends is no secret
    assert "▒▒▒▒" in died
    shown = {date for date in died if date and date != "▒▒▒▒"}
    assert shown, "who died before the Memoirs begin is history to them"
    assert all(int(year) < FIRST_YEAR for date in shown for year in re.findall(r"\d{4}", date)[:1])
    told = json.loads(run(library.path, "figures", "--format", "json", "--fates"))
    assert "1936-08-25" in {row["died"] for row in told}


def test_corrections_are_a_patch(library: Library) -> None:
    assert run(library.path, "corrections") == ""
    library.corrections.correct("figure:radek", {"born_place": "Lwów"}).result()
    assert "figures/radek.toml" in run(library.path, "corrections")


def test_a_graph_of_who_is_named_with_whom(library: Library, tmp_path: Path) -> None:
    text = run(library.path, "figures", "--graph", "graphml", "--least", "3")
    assert '<node id="trotsky">' in text
    assert "trotsky" in run(library.path, "figures", "--graph", "dot")
    book = tmp_path / "book.txt"
    book.write_text("CHAPTER I\n\nRadek met Zinoviev.\n\nLenin came.\n\nCHAPTER II\n\nRadek wrote to Zinoviev.\n")
    run(library.path, "import", "--key", "book", str(book))
    rows = list(csv.DictReader(io.StringIO(run(library.path, "figures", "--graph", "csv", "--edition", "book"))))
    found = {(row["Source"], row["Target"]): (row["Chapters"], row["Passages"]) for row in rows}
    assert found == {
        ("radek", "zinoviev"): ("1 2", "2"), ("lenin", "radek"): ("1", "0"), ("lenin", "zinoviev"): ("1", "0"),
    }  # fmt: skip


@pytest.mark.usefixtures("ends_hidden")
def test_a_graph_hides_ends(library: Library) -> None:
    shown, hidden = (run(library.path, "figures", "--graph", "graphml", *more) for more in (["--fates"], []))
    assert shown.count('"died">') > hidden.count('"died">')


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--least", "3"], "for --graph"),
        (["--graph", "dot", "--json"], "disagree"),
        (["--graph", "dot", "--edition", "none"], "there is no edition"),
    ],
)
def test_what_goes_only_with_a_graph_is_refused_elsewhere(
    library: Library, arguments: list[str], sentence: str
) -> None:
    result = CliRunner().invoke(serge, ["--db", str(library.path), "figures", *arguments])
    assert sentence in str(result.exception)
