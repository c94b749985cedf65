"""Pictures are stored with their text, go with it, and come back with it."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

from db.store import EditionFindings, replace_edition
from tests.db.helpers import book

if TYPE_CHECKING:
    from db.library import Library

PNG = b"\x89PNG\r\n\x1a\n\x00\xff"
GIF = b"GIF89a\x00\xff"


def store(library: Library, **pictures: bytes) -> None:
    """Store a text of four passages; the second has a and b, the fourth a again and one that is not there."""
    text = book(["It snowed.", "Two pictures", "Nobody wrote home.", "One of them again"], title="A small book")
    blocks = [block for chapter in text.chapters for block in chapter.blocks]
    blocks[1].pictures, blocks[3].pictures = ["a", "b"], ["gone", "a"]
    text.pictures = pictures
    library.writer.run(lambda c: replace_edition(c, "small", text, "d", EditionFindings()))


def counts(library: Library) -> tuple[int, int]:
    read = library.reader().execute
    return read("select count(*) from picture").fetchone()[0], read("select count(*) from picture_place").fetchone()[0]


def test_pictures_belong_to_their_passages_and_are_kept_once(library: Library) -> None:
    store(library, a=PNG, b=GIF, unused=GIF)
    assert library.pictures.passages("small", 0, 9) == [1, 3]
    assert library.pictures.passages("small", 2, 2) == []
    assert library.pictures.of_passage("small", 1) == [PNG, GIF]
    assert library.pictures.of_passage("small", 3) == [PNG]
    assert library.pictures.of_passage("small", 0) == []
    assert counts(library) == (2, 3)


def test_importing_again_replaces_them_and_removing_the_text_removes_them(library: Library) -> None:
    store(library, a=PNG, b=GIF)
    store(library, a=GIF)
    assert library.pictures.of_passage("small", 1) == [GIF]
    assert counts(library) == (1, 2)
    library.removed_texts.remove("small").result()
    assert counts(library) == (0, 0)
    library.removed_texts.restore("small").result()
    assert library.pictures.of_passage("small", 1) == [GIF]
    assert counts(library) == (1, 2)
    library.removed_texts.remove("small").result()
    assert library.removed_texts.delete_all().result() == 1
    assert counts(library) == (0, 0)


def test_a_text_that_an_earlier_serge_removed_comes_back_without_pictures(library: Library) -> None:
    store(library, a=PNG)
    library.removed_texts.remove("small").result()
    packed = library.reader().execute("select rows from removed_text").fetchone()[0]
    tables = json.loads(zlib.decompress(packed))
    del tables["picture"], tables["picture_place"]
    earlier = zlib.compress(json.dumps(tables).encode())
    library.writer.run(lambda c: c.execute("update removed_text set rows = ?", [earlier]))
    library.removed_texts.restore("small").result()
    assert library.texts.edition("small") is not None
    assert counts(library) == (0, 0)
