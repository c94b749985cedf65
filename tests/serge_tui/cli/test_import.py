"""`serge import` as a person uses it: what is told, asked and refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from db.library import Library
from tests.db.upgraded import leave_as_upgraded
from tests.import_scripts.test_editions import NEW, OLD, an_epub
from tests.import_scripts.test_highlights import LABELS, clippings
from tests.serge_tui.cli.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path


def test_books_and_highlights_together_each_by_its_content(database: Path, tmp_path: Path) -> None:
    (tmp_path / "Mis recortes.txt").write_text(clippings((LABELS["English"][0], OLD[:60]), title="My life"))
    (tmp_path / "My Clippings of a life.txt").write_text(OLD)
    result = run("import", "--json", str(tmp_path / "*.txt"), database=database)
    assert result.returncode == 0
    highlights, book = json.loads(result.stdout)
    assert (highlights["source"], highlights["found"], highlights["added"]) == ("kindle", 1, 1)
    assert (book["title"], book["edition"]["key"]) == ("My Clippings of a life", "my-clippings-of-a-life-text")


def test_an_edition_that_may_be_another_is_not_replaced(database: Path, tmp_path: Path) -> None:
    an_epub(tmp_path / "a.epub", OLD)
    an_epub(tmp_path / "b.epub", f"{OLD} {NEW[: len(OLD) // 3]}")
    assert run("import", str(tmp_path / "a.epub"), database=database).returncode == 0
    refused = run("import", str(tmp_path / "b.epub"), database=database)
    assert refused.returncode == 1
    assert "--replace memoirs-of-a-revolutionary-epub or with --as-new" in refused.stderr
    assert "replaced" not in refused.stdout
    assert "epub-2" in run("import", "--as-new", str(tmp_path / "b.epub"), database=database).stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["https://example.org/a.epub"], "is a web address; download the file"),
        (["nothing-*.epub"], "No file matches nothing-"),
        (["--as-new", "--key", "x", "a.epub"], "give one of them"),
        (["--replace", "x", "a.txt", "b.txt"], "one file only"),
        (["no.epub"], "There is no file no.epub"),
    ],
)
def test_what_cannot_be_imported_is_one_sentence(database: Path, arguments: list[str], sentence: str) -> None:
    result = run("import", *arguments, database=database)
    assert result.returncode != 0
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_and_standard_input(database: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    an_epub(tmp_path / "in/a.epub", OLD)
    (tmp_path / "in/cover.jpg").write_bytes(b"\xff\xd8\xff")
    assert "memoirs-of-a-revolutionary-epub" in run("import", str(tmp_path), database=database).stdout
    assert "standard-input-text" in run("import", "-", database=database, given=NEW).stdout
    (tmp_path / "empty").mkdir()
    assert "contains no books" in run("import", str(tmp_path / "empty"), database=database).stderr


def test_an_import_finishes_the_index_that_an_upgrade_began(database: Path, tmp_path: Path) -> None:
    with Library.open(database) as library:
        library.writer.run(leave_as_upgraded)
    an_epub(tmp_path / "a.epub", OLD)
    assert run("import", str(tmp_path / "a.epub"), database=database).returncode == 0
    with Library.open(database) as library:
        assert library.search_index.is_whole
        assert library.search.passages("Kronstadt")
