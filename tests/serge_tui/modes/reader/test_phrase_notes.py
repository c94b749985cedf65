"""A note on words that is shown wherever they recur."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from db.annotations import new_annotation
from db.models import Place
from db.models.annotation import PHRASE_TARGET
from db.store import EditionFindings, replace_edition
from db.sync.records import apply_annotation, current_fields
from serge_tui.app import SergeApp
from serge_tui.modes.reader.chapter import open_chapter
from serge_tui.modes.reader.phrase_notes import MOST, notes_on_phrases
from serge_tui.navigation import ReadAt
from serge_tui.services.note_records import note_records
from tests.db.helpers import book
from tests.serge_tui.helpers import settle
from tests.serge_tui.modes.reader.reading import page_lines, reader

if TYPE_CHECKING:
    import sqlite3

    from db.library import Library

CHAPTER = [
    "Isolator was their word for it. Nobody wrote home.",
    "They were taken to the Isolator again; isolators were full.",
    "L’Isolatór de Verkhné-Ouralsk.",
    "Snow fell.",
]


def stored(library: Library, *texts: str) -> None:
    text = book(list(texts), title="A small book")
    library.writer.run(lambda c: replace_edition(c, "small", text, "d", EditionFindings()))


async def test_a_note_on_a_word_is_shown_wherever_the_word_recurs(library: Library) -> None:
    stored(library, *CHAPTER)
    app = SergeApp(library, start=ReadAt(Place("small", 0, 0)))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        screen = reader(pilot)
        await pilot.press("v", "v", "A")
        await settle(pilot)
        await pilot.press(*"a prison", "ctrl+s")
        await settle(pilot)
        (note,) = library.annotations.all()
        assert note.target == f"{PHRASE_TARGET}Isolator"
        assert note.anchor is not None
        assert [stretch.passage for stretch, _ in screen.marks.noted] == [0, 1, 2]
        assert sum(line.startswith("✎") for line in page_lines(screen)) == 3
        await pilot.press("K")
        assert screen.peek.annotation == note
        assert "wherever it recurs" in str(screen.note_box.query_one(Static).render())
        await pilot.press("escape", "u")
        await settle(pilot)
        assert not screen.marks.noted, "undone everywhere"


def test_whole_words_alone_count_and_a_word_of_every_line_is_cut(library: Library) -> None:
    stored(library, *CHAPTER, *["Snow, snow."] * MOST)
    for phrase in ("isolator", "snow", "nobody wrote", "?"):
        library.annotations.save(new_annotation("note", target=f"{PHRASE_TARGET}{phrase}", body="x")).result()
    edition, chapter = library.texts.edition("small"), library.texts.chapter("small", 0)
    assert edition is not None
    assert chapter is not None
    found = notes_on_phrases(library, open_chapter(library, edition, chapter))
    places = [(stretch.passage, note.target.removeprefix(PHRASE_TARGET)) for stretch, note in found]
    assert [at for at, phrase in places if phrase == "isolator"] == [0, 1, 2]
    assert [at for at, phrase in places if phrase == "nobody wrote"] == [0]
    assert sum(phrase == "snow" for _, phrase in places) == MOST


def test_it_is_named_in_notes_and_crosses_sync(library: Library) -> None:
    note = new_annotation("note", target=f"{PHRASE_TARGET}the POUM", body="a party")
    assert note_records(library, [note])[0].target_name == "“the POUM”"
    library.annotations.save(note).result()

    def cross(connection: sqlite3.Connection) -> None:
        record = f"annotation:{note.key}"
        values = {field: value for (name, field), value in current_fields(connection).items() if name == record}
        apply_annotation(connection, "copy", values, note.created_at)

    library.writer.run(cross)
    copy = library.annotations.by_key("copy")
    assert copy is not None
    assert (copy.target, copy.body) == (note.target, note.body)
    assert {one.key for one in library.annotations.on_phrases()} == {note.key, "copy"}
