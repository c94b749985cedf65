"""`serge found` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from db.library import Library
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


def test_decisions_are_exported_and_imported_again(database: Path, tmp_path: Path) -> None:
    nothing = run("export", "found", database=database)
    assert (nothing.returncode, json.loads(nothing.stdout)["serge_found"]) == (0, [])
    assert "nothing in your own copy is decided on yet" in nothing.stderr
    book = tmp_path / "small.txt"
    book.write_text(BOOK, "utf-8")
    run("import", str(book), database=database)
    run("found", database=database)
    with Library.open(database) as library:
        (one,) = library.found.of_edition("small-text", "portrait")
        library.found.decide(one, "kept").result()
    out = tmp_path / "found.json"
    assert run("export", "found", "-o", str(out), database=database).returncode == 0
    assert json.loads(out.read_text("utf-8"))["about"] == "from your own copy, for your own study"
    with Library.open(database) as library:
        library.found.restore(one.key, None).result()
    again = run("import", str(out), database=database)
    assert again.stdout.strip() == "Decisions: 1 new, 0 newer than here, 0 already here.", again.stderr
    with Library.open(database) as library:
        assert [decision.state for decision in library.found.decisions()] == ["kept"]


NOBODY = "Snow fell on the town, and it was said that the trains had not come for two days. " * 40
POEM = "\n".join(["Snow upon the river,", "ice upon the sea;", "nobody remembers", "what became of me.", ""] * 60)
PLAY = "\n\n".join(
    f"{who}. {said}" for who, said in [("ANNA", "You are late again."), ("IVAN", "The train stood in the snow.")] * 80
)
TRANSCRIPT = "\n".join(
    f"{who}: {said}" for who, said in [("A", "Where were you then?"), ("B", "At home, with my brother.")] * 120
)
DICTIONARY = "\n".join(
    f"{word}, n. a {kind} thing of the house; see also {word}ish, {word}ly."
    for word, kind in [("bench", "long"), ("lamp", "pale"), ("table", "tall"), ("curtain", "grey")] * 60
)
NO_MARKS = (
    "Ivan Markov came into the room. We shall see about that tomorrow, said Ivan Markov. He took his hat and went"
    " out again into the snow.\n\n"
) * 40


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nobody", NOBODY), ("poem", POEM), ("play", PLAY), ("transcript", TRANSCRIPT), ("dictionary", DICTIONARY),
        ("unmarked", NO_MARKS),
    ],
)  # fmt: skip
def test_a_text_of_another_kind_makes_no_cards_and_one_line(
    database: Path, tmp_path: Path, name: str, text: str
) -> None:
    book = tmp_path / f"{name}.txt"
    book.write_text(f"CHAPTER I\n\n{text}", "utf-8")
    assert run("import", str(book), database=database).returncode == 0
    done = run("found", database=database)
    assert (done.returncode, done.stdout.count("\n"), done.stderr) == (0, 1, ""), done.stderr
    assert done.stdout.startswith(f"{name}: ")
    found = json.loads(run("found", "--json", database=database).stdout)
    assert len({one["key"] for one in found if one["is_card"]}) <= 2, found
