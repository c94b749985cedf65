"""The reader's corrections as a patch: applied with git, the pack says what the reader says."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from typing import TYPE_CHECKING

import pytest

from db.corrections import Correction
from db.vocabulary import TAKEN_AWAY
from import_scripts.pack import CONTENT, load_pack
from import_scripts.pack.patch import corrections_patch

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library

ALIAS = 'the "pirate" \\ of the Comintern'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the content files where git applies patches."""
    shutil.copytree(CONTENT, tmp_path / "db" / "content")
    return tmp_path


def apply(patch: str, checkout: Path) -> None:
    subprocess.run(["git", "apply", "-"], cwd=checkout, input=patch.encode(), check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_an_applied_patch_says_what_the_reader_says(library: Library, checkout: Path) -> None:
    ours = library.corrections
    figure = library.figures.by_key("radek")
    assert figure is not None
    gone = figure.aliases[0].text
    ours.correct(
        "figure:radek",
        {"born": "1885-10-31", "life": "First.\n\nSecond.", "movements": "bolshevik\ncomintern", "chapters": "3 4",
         f"alias:{ALIAS}": "nickname", f"alias:{gone}": "", "tie:friend:bukharin": "a note", "fate_text": "Killed."},
    ).result()  # fmt: skip
    key, done = ours.add_figure({"name": "Anna Someone", "native_name": "Анна", "born": "about 1890"})
    done.result()
    ours.correct("event:kronstadt-assault", {"date": "1921-03-17"}).result()
    ours.correct("quote:istrati-omelette", {"page": "324"}).result()
    apply(corrections_patch(ours.all()), checkout)
    pack = load_pack(checkout / "db" / "content")
    figures = {known.key: known for known in pack.figures}
    corrected = library.figures.by_key("radek")
    assert corrected is not None
    for field in ("born", "life", "movements", "chapters", "fate_text", "one_line", "died"):
        assert getattr(figures["radek"], field) == getattr(corrected, field), field
    assert {alias.text for alias in figures["radek"].aliases} == {alias.text for alias in corrected.aliases}
    assert any(tie.other == "bukharin" and tie.note == "a note" for tie in figures["radek"].ties)
    assert figures[key].native_name == "Анна"
    assert next(event for event in pack.events if event.key == "kronstadt-assault").date.text == "1921-03-17"
    assert next(quote for quote in pack.quotations if quote.key == "istrati-omelette").page == "324"


def test_only_the_lines_it_is_about_change(library: Library) -> None:
    library.corrections.correct("figure:radek", {"born_place": "Lwów"}).result()
    changed = [
        line for line in corrections_patch(library.corrections.all()).splitlines()
        if line[:1] in "+-" and not line.startswith(("+++", "---"))
    ]  # fmt: skip
    assert [line[0] for line in changed] == ["-", "+"]
    assert changed[1] == '+place = "Lwów"'


def test_a_record_that_climbs_out_of_the_pack_is_left_out(library: Library) -> None:
    evil = Correction("figure:../../evil", "name", "x", "2026-01-01T00:00:00+00:00")
    assert corrections_patch([evil]) == ""


def test_nothing_corrected_is_no_patch(library: Library) -> None:
    assert corrections_patch(library.corrections.all()) == ""


def test_every_figures_file_can_be_patched(library: Library, tmp_path: Path) -> None:
    for name in library.figures.names():
        library.corrections.correct(
            f"figure:{name.key}", {"one_line": "x", "serge": "y", "died_place": "z", "roles": "a\nb"}
        ).result()
    patch = corrections_patch(library.corrections.all())
    assert patch.count("diff --git") == len(library.figures.names())
    assert '+roles = ["a", "b"]' in patch
    assert tomllib.loads('roles = ["a", "b"]') == {"roles": ["a", "b"]}


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_tie_is_changed_or_taken_away_in_the_file_that_has_it(library: Library, checkout: Path) -> None:
    ours = library.corrections
    ours.correct("figure:reissner", {"tie:partner:radek": TAKEN_AWAY}).result()
    ours.correct("figure:radek", {"tie:comrade:sokolnikov": "another note"}).result()
    apply(corrections_patch(ours.all()), checkout)
    radek = next(figure for figure in load_pack(checkout / "db" / "content").figures if figure.key == "radek")
    assert not any(tie.other == "reissner" for tie in radek.ties)
    assert [tie.note for tie in radek.ties if tie.other == "sokolnikov"] == ["another note"]


def test_a_tie_to_somebody_the_pack_no_longer_has_makes_no_file(checkout: Path) -> None:
    gone = Correction("figure:radek", "tie:friend:nobody-here", "", "2026-01-01T00:00:00Z")
    assert "nobody-here.toml" not in corrections_patch([gone], checkout / "db" / "content")
