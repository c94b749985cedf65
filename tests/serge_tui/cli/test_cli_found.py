"""`serge found` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.serge_tui.cli.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path

BOOK = """CHAPTER I

Snow fell on the town, and it was said that nobody had come to the station for two days.

Ivan Markov was a lean, gentle old printer with a grey beard, tired eyes and inky thumbs.

“We shall see about that tomorrow morning,” said Ivan Markov.
"""


def test_a_text_is_searched_and_told_in_one_line(database: Path, tmp_path: Path) -> None:
    book = tmp_path / "small.txt"
    book.write_text(BOOK, "utf-8")
    assert run("import", str(book), database=database).returncode == 0
    done = run("found", database=database)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "small: 1 portrait of 1 person, 1 saying (1 with a sure speaker)."
    found = json.loads(run("found", "small-text", "--json", database=database).stdout)
    assert {(one["kind"], one["name"]) for one in found} == {("portrait", "Ivan Markov"), ("saying", "Ivan Markov")}


def test_another_language_is_told(database: Path, tmp_path: Path) -> None:
    book = tmp_path / "neige.txt"
    book.write_text("Il y avait de la neige sur la ville, et personne ne savait pourquoi dans la gare. " * 30, "utf-8")
    run("import", str(book), database=database)
    done = run("found", database=database)
    assert done.returncode == 0
    assert "portraits cannot be looked for yet in a text of this language (fr)" in done.stdout


def test_without_a_text_or_with_a_wrong_key_one_sentence_says_so(database: Path, tmp_path: Path) -> None:
    nothing = run("found", database=database)
    assert (nothing.returncode, nothing.stderr.count("\n")) == (1, 1)
    assert "no text of yours" in nothing.stderr
    book = tmp_path / "small.txt"
    book.write_text(BOOK, "utf-8")
    run("import", str(book), database=database)
    wrong = run("found", "nowhere", database=database)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)
    assert "small-text" in wrong.stderr
