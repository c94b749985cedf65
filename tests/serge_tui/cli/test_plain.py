"""`--plain`: reading, cards and quiz line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from db.library import Library
from db.models import Place
from serge_tui.cli.group import serge
from tests.serge_tui.test_start import HEAVY, modules_after

if TYPE_CHECKING:
    from pathlib import Path

MODULES = """
import json, sys
sys.argv = ["serge", "--db", sys.argv[1], *sys.argv[2:]]
from serge_tui.cli import main
try:
    main()
except SystemExit:
    print(json.dumps(sorted(sys.modules)))
"""


def run(path: Path, *arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(serge, ["--db", str(path), *arguments], input=given)


@pytest.fixture
def book(database: Path) -> Path:
    """A database with a small book of two chapters, three paragraphs in the first."""
    file = database.parent / "book.txt"
    file.write_text(
        "CHAPTER I\n\nTrotsky spoke for an hour, and nobody slept.\n\nIt snowed until midnight.\n\nThe Neva froze.\n\n"
        "CHAPTER II\n\nZinoviev was silent.\n"
    )
    assert run(database, "import", "--key", "book", str(file)).exit_code == 0
    return database


def test_a_chapter_is_printed_and_nothing_is_changed(book: Path) -> None:
    result = run(book, "read", "1", "--plain", "--edition", "book")
    assert result.exit_code == 0
    assert result.stdout.endswith(
        "Trotsky spoke for an hour, and nobody slept.\n\nIt snowed until midnight.\n\nThe Neva froze.\n"
    )
    with Library.open(book) as library:
        assert library.texts.last_position() is None


def test_names_are_marked_and_told_and_hidden_ends_stay_hidden(book: Path) -> None:
    told = run(book, "read", "1", "--plain", "--edition", "book", "--names").stdout
    assert "[Trotsky] spoke" in told
    assert "Leon Trotsky (1879–1940): " in told.partition("Named here")[2]
    with Library.open(book) as library:
        library.settings.set("fates_sealed", True).result()
    assert "1940" not in run(book, "read", "1", "--plain", "--edition", "book", "--names").stdout


@pytest.mark.parametrize(
    ("begin", "first"), [("4", "The Neva"), ("99%", "The Neva"), ("0%", "CHAPTER I"), ("here", "midnight.")]
)
def test_from_a_paragraph_a_share_or_where_the_reader_is(book: Path, begin: str, first: str) -> None:
    with Library.open(book) as library:
        library.texts.save_position(Place("book", 2, 12), "until").result()
    told = run(book, "read", "1", "--plain", "--edition", "book", "--from", begin).stdout
    assert told.startswith(first)


def test_without_a_chapter_it_goes_on_from_where_the_reader_is(book: Path) -> None:
    with Library.open(book) as library:
        library.texts.save_position(Place("book", 2, 0), "It snowed").result()
    assert run(book, "read", "--plain").stdout == "It snowed until midnight.\n\nThe Neva froze.\n"


def test_a_page_of_the_print_ends_where_the_next_begins(book: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(book)) as connection, connection:
        connection.executemany("insert into page_mark values ('book', ?, ?, ?)", [(1, 21, "7"), (2, 10, "8")])
    told = run(book, "read", "--page", "7", "--plain", "--edition", "book").stdout
    assert told == "hour, and nobody slept.\n\nIt snowed\n"
    last = run(book, "read", "--page", "8", "--plain", "--edition", "book").stdout
    assert last == "until midnight.\n\nThe Neva froze.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["read", "1", "--names"], "are for --plain"),
        (["read", "1", "--plain", "--from", "x"], "--from takes"),
        (["read", "1", "--plain", "--from", "999"], "there is no text from there on"),
        (["read", "--plain", "--edition", "none"], "there is no edition"),
        (["cards", "--limit", "3"], "for --plain"),
        (["quiz", "--plain", "--print", "3"], "leave one of them out"),
    ],
)
def test_what_does_not_fit_is_refused(database: Path, arguments: list[str], sentence: str) -> None:
    result = run(database, *arguments)
    assert result.exit_code == 1
    assert sentence in str(result.exception)


def test_reading_plainly_imports_nothing_heavy(database: Path) -> None:
    assert not modules_after(MODULES, str(database), "read", "4", "--plain") & {"textual", "rich", *HEAVY - {"click"}}


def test_cards_are_asked_graded_and_undone(database: Path) -> None:
    told = run(database, "cards", "--plain", "--limit", "2", given="\n3\nu\n\n2\nqqxyz\n\n").stdout
    assert "Undone: the answer Good." in told
    assert "You typed “qqxyz”." in told
    assert told.endswith("2 answers stored.\n")
    assert "▁" not in told
    with Library.open(database) as library:
        ratings = [review.rating for review in library.study.log()]
    assert ratings == [2, 1], "what was typed wrong is Again, the answer undone is none"


def test_the_end_of_the_input_ends_the_cards(database: Path) -> None:
    result = run(database, "cards", "--plain", given="\n")
    assert result.exit_code == 0
    assert "0 answers stored." in result.stdout


def test_a_round_is_played_with_letters_and_names(database: Path) -> None:
    told = run(database, "quiz", "--plain", "--seed", "4", "--kind", "portrait", given="a\n1\n?!\n\nLenin\nq\n").stdout
    assert "Write a letter from a to " in told
    assert " of 4 right.\n" in told
    with Library.open(database) as library:
        assert not list(library.study.answers_since("2000-01-01")), "the quiz schedules nothing"
