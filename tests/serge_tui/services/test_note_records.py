"""What is shown, copied and exported of an annotation's words: not the marks of the book's own notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.book import Block, Book, BookChapter, Span
from db.models import Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.core.export.markdown import to_markdown
from serge_tui.core.export.note_record import heading_for
from serge_tui.core.export.org import to_org
from serge_tui.core.export.page import to_html
from serge_tui.core.export.table import to_csv
from serge_tui.core.export.web_annotation import to_web_annotations
from serge_tui.navigation import ReadAt
from serge_tui.services.card_collection import card_collection
from serge_tui.services.note_records import all_note_records
from tests.serge_tui.helpers import settle
from tests.serge_tui.modes.reader.reading import reader

if TYPE_CHECKING:
    from db.library import Library
    from db.models import Annotation

TEXT = "The Congress opened12 in July and closed[3] in August."
WORDS = "Congress opened in July and closed in August."


@pytest.fixture
def marked(library: Library) -> Annotation:
    """A highlight over two marks of notes in a small book, tagged as a card."""
    noted = [Span(19, 21, "note", "n12"), Span(40, 43, "note", "n3")]
    blocks = [Block(TEXT, spans=noted), Block("Nothing else happened.")]
    text = Book("A small book", [BookChapter("One", blocks)], language="en", format="text", source_name="s.txt")
    library.writer.run(lambda c: replace_edition(c, "small", text, "d", EditionFindings()))
    anchor = make_anchor("small", [TEXT], 0, 0, 4, 0, len(TEXT))
    note = new_annotation("highlight", anchor=anchor, colour="amber", body="When?", tags=["card"])
    return library.annotations.save(note).result()


def test_no_mark_is_shown_or_exported_and_the_anchor_keeps_it(library: Library, marked: Annotation) -> None:
    assert marked.anchor is not None
    assert marked.anchor.exact == TEXT[4:]
    assert library.passages.words_of(marked.anchor) == WORDS
    records = all_note_records(library)
    assert [record.words for record in records] == [WORDS]
    for written in (to_markdown(records), to_org(records), to_html(records), to_csv(records)):
        assert WORDS in written
    (shared,) = to_web_annotations(records)
    assert TEXT[4:] in str(shared), "other programs look for the words in the text as it is"
    cards = [card for card in card_collection(library).cards.values() if marked.key in card.key]
    assert [card.stimulus for card in cards] == [WORDS]


def test_where_the_text_is_not_what_it_was_nothing_is_cut(library: Library, marked: Annotation) -> None:
    assert marked.anchor is not None
    library.removed_texts.remove("small").result()
    assert library.passages.words_of(marked.anchor) == TEXT[4:]


@pytest.mark.usefixtures("marked")
async def test_a_selection_is_copied_without_marks(library: Library) -> None:
    app = SergeApp(library, start=ReadAt(Place("small", 0, 0)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = reader(pilot)
        await pilot.press("v", "v", "v")
        assert screen.selection.selected() is not None
        await pilot.press("y")
        await settle(pilot)
        assert app.clipboard.startswith("“The Congress opened in July and closed in August.”")


@pytest.mark.usefixtures("marked")
def test_the_heading_of_an_export_names_the_book(library: Library) -> None:
    records = all_note_records(library)
    assert heading_for(records) == "Notes on A small book"
    assert to_markdown(records).startswith("# Notes on A small book\n")
    library.annotations.save(
        new_annotation("highlight", anchor=make_anchor("guide", ["What happens"], 2, 2, 0, 2, 4))
    ).result()
    assert heading_for(all_note_records(library)) == "Notes"
