"""Editions replaced, and what of the reader's hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.build import migrate
from db.library import Library
from db.models import Place
from db.store import EditionFindings, StoredEdition, edition_key, remove_edition, replace_edition
from tests.db.helpers import book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from db.book import Book

FIRST = ["It snowed all night in Petrograd.", "The sentry at the bridge asked them whether they had any bread."]
SECOND = ["In the morning the river was white.", "Nobody spoke of the sailors any more."]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    path = tmp_path / "serge.db"
    migrate(path)
    with Library.open(path) as library:
        yield library


def store(library: Library, text: Book) -> StoredEdition:
    return library.writer.run(lambda c: replace_edition(c, edition_key(text), text, "digest", EditionFindings()))


def highlight(library: Library, edition: str, passage: int, words: str) -> str:
    texts = [found.text for found in library.passages.between(edition, 0, 10**6)]
    start = texts[passage].index(words)
    anchor = make_anchor(edition, texts, 0, passage, start, passage, start + len(words))
    return library.annotations.save(new_annotation("highlight", anchor=anchor, colour="amber")).result().key


def test_a_stored_edition_can_be_read_and_searched(empty: Library) -> None:
    stored = store(empty, book(FIRST, SECOND))
    assert not stored.replaced
    chapters = empty.texts.chapters(stored.key)
    assert [(chapter.title, chapter.first_passage, chapter.passages) for chapter in chapters] == [
        ("Chapter 1", 0, 2),
        ("Chapter 2", 2, 2),
    ]
    assert [passage.text for passage in empty.passages.of_chapter(stored.key, 1)] == SECOND
    (hit,) = empty.search.passages("sentry bread")
    assert hit.place is not None
    assert hit.place.passage == 1
    assert [hit.text[start:end] for start, end in hit.matches] == ["sentry", "bread"]


def test_an_edition_replaced_leaves_no_trace_of_its_old_text(empty: Library) -> None:
    stored = store(empty, book(FIRST, SECOND))
    again = store(empty, book(SECOND))
    assert again.replaced
    assert again.key == stored.key
    assert empty.search.passages("sentry") == []
    assert len(empty.search.passages("sailors")) == 1
    assert len(empty.texts.chapters(stored.key)) == 1


def test_a_note_stays_on_its_words_when_text_moves(empty: Library) -> None:
    stored = store(empty, book(FIRST, SECOND))
    key = highlight(empty, stored.key, 1, "asked them whether they had any bread")
    again = store(empty, book(["A new preface.", "With two paragraphs."], FIRST, SECOND))
    assert (again.kept, again.drifted, again.orphaned) == (0, 1, 0)
    moved = empty.annotations.by_key(key)
    assert moved is not None
    assert moved.anchor is not None
    assert moved.state == "drifted"
    passage = empty.passages.at(stored.key, moved.anchor.passage)
    assert passage is not None
    assert passage.text[moved.anchor.start : moved.anchor.end] == "asked them whether they had any bread"


def test_a_note_whose_words_are_gone_is_kept_as_an_orphan_and_found_again_later(empty: Library) -> None:
    stored = store(empty, book(FIRST, SECOND))
    key = highlight(empty, stored.key, 1, "asked them whether they had any bread")
    assert store(empty, book(SECOND)).orphaned == 1
    orphan = empty.annotations.by_key(key)
    assert orphan is not None
    assert orphan.anchor is not None
    assert orphan.state == "orphan"
    assert orphan.anchor.exact == "asked them whether they had any bread"
    assert store(empty, book(FIRST, SECOND)).orphaned == 0
    found = empty.annotations.by_key(key)
    assert found is not None
    assert found.anchor is not None
    assert (found.anchor.passage, found.state) == (1, "drifted")


def test_a_note_never_moves_to_a_lookalike(empty: Library) -> None:
    twice = "He said that it was late."
    stored = store(empty, book([twice, "A cab passed.", "Somebody sang."]))
    key = highlight(empty, stored.key, 0, twice)
    again = store(empty, book(["Snow.", twice, "Rain.", twice, "Fog."]))
    assert again.orphaned == 1
    orphan = empty.annotations.by_key(key)
    assert orphan is not None
    assert orphan.state == "orphan"


def test_the_reading_position_moves_with_its_words(empty: Library) -> None:
    stored = store(empty, book(FIRST, SECOND))
    empty.texts.save_position(Place(stored.key, 3, 0), "Nobody spoke of the sailors").result()
    store(empty, book(["A new preface."], FIRST, SECOND))
    position = empty.texts.position(stored.key)
    assert position is not None
    assert position.place == Place(stored.key, 4, 0)


def test_an_edition_removed_keeps_what_was_written_in_it(empty: Library) -> None:
    stored = store(empty, book(FIRST))
    key = highlight(empty, stored.key, 0, "snowed all night")
    empty.writer.run(lambda connection: remove_edition(connection, stored.key))
    assert empty.texts.editions() == []
    assert [annotation.key for annotation in empty.annotations.all()] == [key]


def test_a_store_that_fails_leaves_the_old_edition_whole(empty: Library) -> None:
    stored = store(empty, book(FIRST, SECOND))
    broken = EditionFindings(mentions=[(0, 0, 2, "nobody-at-all", 1.0)])
    text = book(SECOND)
    failed: Future[StoredEdition] = empty.writer.submit(lambda c: replace_edition(c, stored.key, text, "d", broken))
    assert failed.exception() is not None
    assert [passage.text for passage in empty.passages.of_chapter(stored.key, 0)] == FIRST
    assert len(empty.search.passages("sentry")) == 1


def test_the_key_of_an_edition_is_its_title_and_format() -> None:
    assert edition_key(book(FIRST, title="Mémoires d’un révolutionnaire")) == "memoires-d-un-revolutionnaire-text"
    assert edition_key(book(FIRST, title="../../etc/passwd")) == "etc-passwd-text"
    assert edition_key(book(FIRST, title="…")) == "untitled-text"
