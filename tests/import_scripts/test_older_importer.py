"""A thousand notes in texts that an older importer read stand in their places when today's reads the files again.

What older importers did differently is known from the program's history, and done here to today's text: the EPUB reader
kept word joiners (U+2060), and the reader of plain text joined some passages with the next, and lines of tables. Here
passages are joined in texts of every format, so that all that follow have another number.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

import pytest

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.book import Block, Book, BookChapter
from db.store import EditionFindings, replace_edition
from import_scripts.formats.book_file import read_book
from import_scripts.pipeline import import_book

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library
    from db.models import Annotation

NOTES: Final = 1_000
JOINED: Final = 50
"""About one in so many passages is joined with the next."""
LONG: Final = 60
"""Characters of a paragraph that may be joined: titles and the like were kept apart."""
JOINER: Final = "\u2060"


class OlderText:
    """A book as an older importer read it, and where each of its characters stands today."""

    def __init__(self, book: Book) -> None:
        self.places: list[list[tuple[int, int]]] = []
        """For each passage, the present passage and offset of each character."""
        texts: list[str] = []
        passage = 0
        self.book = Book(book.title, [], book.author, book.language, book.format, book.source_name, book.identifier)
        for chapter in book.chapters:
            blocks: list[Block] = []
            for block in chapter.blocks:
                text, places = self._older(block.text, passage, keeps_joiners=book.format == "epub")
                if block.kind == "table":
                    text = text.replace("\n", " ")
                is_long = bool(texts) and len(text) > LONG and len(texts[-1]) > LONG
                if blocks and is_long and passage % JOINED < 2 and block.kind == blocks[-1].kind == "paragraph":
                    blocks[-1] = Block(f"{texts[-1]}\n{text}", "paragraph")
                    texts[-1] = blocks[-1].text
                    self.places[-1] += [(passage, 0), *places]
                else:
                    blocks.append(Block(text, block.kind, level=block.level))
                    texts.append(text)
                    self.places.append(places)
                passage += 1
            self.book.chapters.append(BookChapter(chapter.title, blocks, chapter.level))
        self.texts = texts

    @staticmethod
    def _older(text: str, passage: int, *, keeps_joiners: bool) -> tuple[str, list[tuple[int, int]]]:
        older, places = [], []
        for offset, character in enumerate(text):
            if keeps_joiners and character == "—":
                older.append(JOINER)
                places.append((passage, offset))
            older.append(character)
            places.append((passage, offset))
        return "".join(older), places


def notes(text: OlderText, edition: str) -> list[tuple[Annotation, tuple[int, int]]]:
    """Return notes on random words, each with the place where its first character stands today."""
    chosen = random.Random(1901)
    made: list[tuple[Annotation, tuple[int, int]]] = []
    while len(made) < NOTES:
        passage = chosen.randrange(len(text.texts))
        whole = text.texts[passage]
        begins = [at for at in range(len(whole)) if whole[at].isalnum() and (at == 0 or whole[at - 1] == " ")]
        if not begins:
            continue
        start = chosen.choice(begins)
        end = min(len(whole), start + chosen.randint(12, 240))
        if not whole[start:end].strip() or end - start < 12:
            continue
        anchor = make_anchor(edition, text.texts, 0, passage, start, passage, end)
        made.append((new_annotation("note", anchor=anchor, body=f"note {len(made)}"), text.places[passage][start]))
    return made


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    [
        "john-reed_ten-days-that-shook-the-world.epub", "ransome_crisis_in_russia.htm", "ransome_crisis_in_russia.txt",
        "reed_ten_days_ascii.txt", "reed_ten_days_latin1.txt", "reed_ten_days_utf8.txt",
    ],
)  # fmt: skip
def test_a_thousand_notes_stay_in_their_places(library: Library, samples: Path, name: str) -> None:
    path = samples / "books" / name
    key = "older-text"
    older = OlderText(read_book(path))
    library.writer.run(lambda c: replace_edition(c, key, older.book, "", EditionFindings()))
    library.writer.run(lambda c: c.execute("update edition set importer = 0 where key = ?", [key]))
    edition = library.texts.edition(key)
    assert edition is not None
    assert edition.is_from_older_importer
    made = notes(older, key)
    library.annotations.save_all(note for note, _ in made).result()

    stored = import_book(library, path, replace=key).edition

    assert (stored.kept + stored.drifted, stored.orphaned) == (NOTES, 0)
    now = {note.key: note for note in library.annotations.all()}
    moved = [
        (note.anchor.exact, place, (found.passage, found.start))
        for note, place in made
        if note.anchor is not None
        and (found := now[note.key].anchor) is not None
        and (found.passage, found.start) != place
    ]
    assert moved == []
    edition = library.texts.edition(key)
    assert edition is not None
    assert not edition.is_from_older_importer
