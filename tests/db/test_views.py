"""Stable views of the file, and the queries that the documentation gives."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.annotations import new_annotation
from db.library import Library
from db.models import Anchor
from db.schema.views import VIEWS
from import_scripts.pipeline import import_book
from serge_tui.services.card_collection import card_collection
from serge_tui.services.study_settings import today
from tests.conftest import CHECKOUT
from tests.serge_tui.services.answering import study_some

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUERIES = re.findall(r"```sql\n(.*?)```", (CHECKOUT / "docs" / "data.md").read_text(), re.DOTALL)
COLUMNS = {
    "v_people": "key name native_name one_line born born_year born_place died died_year died_place fate nationalities"
    " movements roles chapters also_called mentions portraits sayings notes",
    "v_quotations": "key text kind speaker speaker_name about said_to portrait_of topic year chapter page first_page"
    " work own_translation doubt",
    "v_notes": "key kind about about_name edition text_title chapter_title chapter page colour words note tags state"
    " created_at modified_at",
    "v_reviews": "id card card_kind subject quotation rating grade known reviewed_at study_day seconds given",
}
"""The columns in order. They are a format: add at the end, never rename or take away."""


@pytest.fixture
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a file in which something was read, written and answered."""
    book = database.parent / "book.txt"
    book.write_text("CHAPTER I\n\nHelmut Held laughed at Radek.\n\nCHAPTER II\n\nRadek was silent. Zinoviev too.\n")
    with Library.open(database) as library:
        import_book(library, book, key="book")
        cards = card_collection(library).cards
        study_some(library, [*cards][:12], today(library))
        who = next(key for key in cards if key.startswith("who/"))
        library.study.record(who, 1, "2026-05-12", library.study.state(who), duration_ms=2500).result()
        anchor = Anchor("book", 3, 0, 3, 5, "Radek")
        notes = [
            new_annotation("highlight", anchor=anchor, colour="amber", tags=["doubt", "a tag"]),
            new_annotation("note", target="figure:radek", body="witty"),
            new_annotation("note", target="figure:radek", body="gone"),
        ]
        for note in notes:
            library.annotations.save(note).result()
        library.annotations.delete(notes[-1].key).result()
    with closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def test_the_columns_of_the_views_stay(connection: sqlite3.Connection) -> None:
    assert set(COLUMNS) == set(VIEWS)
    for view, columns in COLUMNS.items():
        told = [row["name"] for row in connection.execute(f"pragma table_info({view})")]
        assert told == columns.split(), view


def test_every_view_is_described_with_all_its_columns() -> None:
    text = (CHECKOUT / "docs" / "data.md").read_text().partition("## Ten queries")[0]
    for view, columns in COLUMNS.items():
        table = text.partition(f"| `{view}` |")[2].partition("\n\n")[0]
        assert set(columns.split()) <= set(re.findall(r"`(\w+)`", table)), view


def test_there_are_ten_queries() -> None:
    assert len(QUERIES) == 10


@pytest.mark.parametrize("number", range(len(QUERIES)))
def test_a_query_of_the_documentation_finds_something(connection: sqlite3.Connection, number: int) -> None:
    assert connection.execute(QUERIES[number]).fetchall(), QUERIES[number]


def test_people_have_their_lists_and_counts(connection: sqlite3.Connection) -> None:
    row = connection.execute("select * from v_people where key = 'radek'").fetchone()
    assert row["mentions"] == 2
    assert row["notes"] == 1, "what is in the bin does not count"
    assert row["portraits"] >= 1
    assert "Polish" in row["nationalities"].split("; ")
    assert (
        connection.execute("select count(*) from v_people").fetchone()[0]
        == connection.execute("select count(*) from figure").fetchone()[0]
    )


def test_notes_have_their_place_and_their_tags(connection: sqlite3.Connection) -> None:
    rows = connection.execute("select * from v_notes order by kind").fetchall()
    assert [row["kind"] for row in rows] == ["highlight", "note"]
    assert (rows[0]["text_title"], rows[0]["chapter_title"], rows[0]["words"]) == ("book", "CHAPTER II", "Radek")
    assert rows[0]["tags"] == "a tag; doubt"
    assert (rows[1]["about"], rows[1]["about_name"]) == ("figure:radek", "Karl Radek")


def test_answers_that_were_undone_are_not_among_them(connection: sqlite3.Connection) -> None:
    before = connection.execute("select * from v_reviews order by id desc").fetchall()
    last = before[0]
    assert (last["card_kind"], last["grade"], last["known"], last["seconds"]) == ("who", "Again", 0, 2.5)
    assert last["quotation"] == last["subject"]
    connection.execute(
        "insert into review (card, kind, reviewed_at, study_day, duration_ms, given, voids)"
        " values (?, 'undo', '', '2026-05-12', 0, '', ?)", [last["card"], last["id"]],
    )  # fmt: skip
    after = connection.execute("select * from v_reviews order by id desc").fetchall()
    assert [row["id"] for row in after] == [row["id"] for row in before[1:]]


def test_a_card_of_a_portrait_of_two_leads_to_its_quotation(connection: sqlite3.Connection) -> None:
    key = connection.execute("select key from quotation limit 1").fetchone()[0]
    for card in (f"portrait/{key}/lenin", f"cloze/{key}", "fate/radek"):
        connection.execute(
            "insert into review (card, kind, rating, reviewed_at, study_day, duration_ms, given)"
            " values (?, 'answer', 3, '', '2026-05-12', 0, '')", [card],
        )  # fmt: skip
    rows = connection.execute("select subject, quotation from v_reviews order by id desc limit 3").fetchall()
    assert [tuple(row) for row in rows] == [("radek", None), (key, key), (f"{key}/lenin", key)]
