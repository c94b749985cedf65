"""What was read: stretches that join, follow the text into a new edition, and say how far each chapter was read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.book import Block, Book, BookChapter
from db.build import migrate
from db.library import Library
from db.models import GUIDE_EDITION, Place
from db.reading import merged
from db.store import EditionFindings, replace_edition

if TYPE_CHECKING:
    from pathlib import Path

ONE = ["Snow fell on the quay all night.", "", "Nobody had slept in the barracks since Tuesday."]
TWO = ["The printers came out at noon.", "By evening there was no bread in the whole district."]


def store(library: Library, *chapters: list[str]) -> None:
    book = Book("Book", [BookChapter(f"{n}", [Block(text) for text in texts]) for n, texts in enumerate(chapters)])
    library.writer.run(lambda connection: replace_edition(connection, "book", book, "", EditionFindings()))


@given(
    st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=12),
    st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=12),
)
def test_joined_stretches_hold_the_same_characters(one: list[tuple[int, int]], two: list[tuple[int, int]]) -> None:
    joined = merged([*merged(one, 50), *two], 50)
    wanted = {at for begin, end in [*one, *two] for at in range(max(0, begin), min(end, 50))}
    assert {at for begin, end in joined for at in range(begin, end)} == wanted
    assert all(end < begin for (_, end), (begin, _) in pairwise(joined))


def test_stretches_join_and_make_the_share_of_their_chapter(library: Library) -> None:
    store(library, ONE, TWO)
    whole = len("".join(ONE))
    assert library.reading.chapters("book") == {}
    assert library.reading.furthest("book") is None
    library.reading.add("book", 0, [(0, 10)]).result()
    library.texts.save_position(Place("book", 2, 4), "", (0, [(10, 36)])).result()
    assert library.reading.intervals("book", 0) == [(0, 36)]
    library.reading.add("book", 1, [(0, 5)]).result()
    library.reading.add("book", 0, [(50, 60)]).result()
    found = library.reading.chapters("book")
    assert (found[0].share, found[0].passage, found[0].offset) == (46 / whole, 2, 60 - len(ONE[0]))
    assert not found[0].is_read
    assert library.reading.furthest("book") == Place("book", 3, 5)
    library.reading.replace("book", [(0, None), (1, [])]).result()
    assert library.reading.chapters("book").keys() == {0}
    assert library.reading.chapters("book")[0].is_read
    library.reading.add("book", 9, [(0, 5)]).result()
    library.reading.add("gone", 0, [(0, 5)]).result()
    assert library.reading.intervals("book", 9) == []


def test_what_was_read_is_found_again_in_a_new_text(library: Library) -> None:
    store(library, ONE, TWO)
    library.reading.add("book", 0, [(0, len("".join(ONE)))]).result()
    library.reading.add("book", 1, [(4, 20)]).result()
    store(library, ["A preface that was not there before."], [*ONE[:1], "A paragraph put in.", ONE[2]], ["xx", *TWO])
    found = library.reading.chapters("book")
    assert found.keys() == {1, 2}
    assert found[1].share == 1.0
    (interval,) = library.reading.intervals("book", 2)
    assert interval == (6, 22)


def test_people_are_met_as_far_as_each_chapter_was_read(library: Library) -> None:
    chapters = library.texts.chapters(GUIDE_EDITION)
    last = chapters[-1]
    mentions = library.passages.mentions(GUIDE_EDITION, last.first_passage, last.first_passage + last.passages)
    library.reading.add(GUIDE_EDITION, last.ordinal, [(0, last.characters // 2)]).result()
    reading = library.reading.chapters(GUIDE_EDITION)[last.ordinal]
    told = {m.figure for m in mentions if (m.passage, m.start) < (reading.passage, reading.offset)}
    assert told
    assert told < {m.figure for m in mentions}
    assert library.reading.people_met(GUIDE_EDITION) == told


@pytest.mark.parametrize(("position", "shares"), [((4, 3), [1.0, 30 / 82]), ((3, 0), [1.0]), ((2, 8), [32 / 79])])
def test_before_there_was_a_record_whatever_stands_before_the_place_counts(
    tmp_path: Path, position: tuple[int, int], shares: list[float]
) -> None:
    path = tmp_path / "serge.db"
    migrate(path)
    with Library.open(path) as library:
        store(library, ONE, TWO)
        library.texts.save_position(Place("book", *position), "").result()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("drop table stretch_read")
        connection.execute("delete from _sqlite_migrations where name = 'm008_stretch_read'")
    migrate(path)
    with Library.open(path) as library:
        assert [found.share for found in library.reading.chapters("book").values()] == pytest.approx(shares)
