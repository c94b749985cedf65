"""The index of an earlier Serge serves until the new one is whole; the build goes on where it was stopped."""

from __future__ import annotations

import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING

import pytest

from db.errors import DatabaseUnusableError
from db.health import examine
from db.library import Library
from db.repair import rebuild_index
from db.search import Within
from db.search_index import CHUNK
from db.store import EditionFindings, remove_edition, replace_edition
from db.text import fold, folded_for_index
from tests.db.helpers import book
from tests.db.upgraded import leave_as_upgraded

if TYPE_CHECKING:
    from pathlib import Path

OEUVRE = "L’œuvre de ma sœur est la même"
_Usage = namedtuple("_Usage", "total used free")


@pytest.fixture
def upgraded(database: Path) -> Path:
    """A database as the migration leaves one with texts: the earlier index is whole, the new one is empty."""
    texts = [f"{OEUVRE}, {number}." for number in range(2 * CHUNK)]
    with Library.open(database) as library:
        library.writer.run(lambda c: replace_edition(c, "small", book(texts), "x", EditionFindings()))
        library.writer.run(leave_as_upgraded)
    return database


def found(library: Library, words: str, edition: str = "small") -> int:
    return len(library.search.saying(words, Within(edition), limit=10_000).hits)


def assert_sound(path: Path, index: str, *, is_whole: bool = True) -> None:
    """Have SQLite check an index, and, where it is whole, that it is of the passages."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"insert into {index} ({index}, rank) values ('integrity-check', ?)", [int(is_whole)])


def test_the_earlier_index_serves_until_the_new_one_is_whole(upgraded: Path) -> None:
    with Library.open(upgraded) as library:
        asked = count()
        assert not library.search_index.build(lambda: next(asked) == 1, pause=0)
        assert not library.search_index.is_whole
        assert found(library, "meme ") == 2 * CHUNK
        assert found(library, "oeuvre ") == 0
        assert "in the new index" in next(one.detail for one in examine(upgraded) if one.name == "full-text index")
    with Library.open(upgraded) as library:
        assert library.search_index.build(pause=0)
        assert library.search_index.is_whole
        assert found(library, "meme ") == found(library, "oeuvre ") == 2 * CHUNK
        (hit, *_) = library.search.saying("soeur ", Within("small")).hits
        assert [hit.text[start:end] for start, end in hit.matches] == ["sœur"]
    assert_sound(upgraded, "passage_words")


@pytest.mark.parametrize("chunks", [0, 1, 2])
def test_texts_come_and_go_while_the_index_is_built(upgraded: Path, chunks: int) -> None:
    with Library.open(upgraded) as library:
        asked = count()
        library.search_index.build(lambda: next(asked) == chunks, pause=0)
        library.writer.run(lambda c: replace_edition(c, "new", book([OEUVRE]), "x", EditionFindings()))
        library.writer.run(lambda c: remove_edition(c, "small"))
        assert found(library, "meme ", "new") == 1
        assert_sound(upgraded, "passage_fts")
        assert_sound(upgraded, "passage_words", is_whole=False)
        assert library.search_index.build(pause=0)
        assert found(library, "oeuvre ", "new") == 1
        assert found(library, "meme ") == 0
    assert_sound(upgraded, "passage_words")


def test_without_room_the_earlier_index_stays(upgraded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: _Usage(10**9, 10**9, 1_000_000))
    with Library.open(upgraded) as library:
        with pytest.raises(DatabaseUnusableError, match=r"it needs \d+ MB, and 1 MB are free"):
            library.search_index.build()
        assert found(library, "meme ") == 2 * CHUNK


def test_a_closed_library_ends_the_build(upgraded: Path) -> None:
    with Library.open(upgraded) as library:
        index = library.search_index
        library.writer.close()
        assert index.build() is False


def test_a_repair_writes_the_whole_index(upgraded: Path) -> None:
    rebuild_index(upgraded)
    with Library.open(upgraded) as library:
        assert library.search_index.is_whole
        assert found(library, "oeuvre ") == 2 * CHUNK
    assert_sound(upgraded, "passage_words")


def tokens(texts: list[str]) -> list[list[str]]:
    """Return the words that SQLite's tokenizer makes of texts."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create virtual table t using fts5(x, tokenize = 'unicode61 remove_diacritics 2')")
        connection.execute("create virtual table v using fts5vocab('t', 'instance')")
        connection.executemany("insert into t values (?)", [(text,) for text in texts])
        made: list[list[str]] = [[] for _ in texts]
        for row, term in connection.execute("select doc, term from v order by doc, offset"):
            made[row - 1].append(term)
        return made


def test_a_text_is_left_as_it_is_only_where_sqlite_folds_it_alike() -> None:
    letters = [chr(code) for code in range(0x20, 0x3000)]
    texts = [text for letter in letters if folded_for_index(text := f"qa{letter}bz {letter}z q{letter}") is None]
    assert len(texts) > 300
    assert tokens(texts) == tokens([fold(text) for text in texts])
