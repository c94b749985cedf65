from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input, TextArea

from db.anchoring import make_anchor
from db.annotations import new_annotation
from import_scripts.pipeline import import_book
from serge_tui.app import SergeApp
from serge_tui.core.export.note_record import NoteRecord
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.note_editor import NoteEditor
from serge_tui.modes.notes import listing
from serge_tui.modes.notes.screen import NotesScreen
from serge_tui.modes.notes.widgets.note_preview import NotePreview
from serge_tui.navigation import ShowMode, ShowNote
from serge_tui.services.card_collection import card_collection
from serge_tui.services.card_passages import is_text_gone, place_of_card
from serge_tui.services.note_filters import matches
from serge_tui.services.note_records import note_records
from serge_tui.services.note_tags import tags_of
from serge_tui.widgets.note_list import NoteList
from tests.serge_tui.helpers import until
from tests.serge_tui.modes.notes.settling import settle

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library
    from db.models import Annotation


def note(body: str, *tags: str) -> Annotation:
    return new_annotation("note", body=body, tags=tags)


def highlight(library: Library, passage: int, colour: str = "amber") -> Annotation:
    texts = [found.text for found in library.passages.between("guide", 0, 20)]
    anchor = make_anchor("guide", texts, 0, passage, 4, passage, 30)
    return library.annotations.save(new_annotation("highlight", anchor=anchor, colour=colour)).result()


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", ()),
        ("#doubt", ("doubt",)),
        ("doubt, #doubt  to-check", ("doubt", "to-check")),
        ("\x1b[31m #x", ("\ufffd[31m", "x")),
    ],
)
def test_tags_are_read_from_what_was_typed(typed: str, tags: tuple[str, ...]) -> None:
    assert tags_of(typed) == tags


@pytest.mark.parametrize(
    ("query", "found"),
    [("kronstadt", True), ("KRONSTÁDT", True), ("#sea", True), ("#se", False), ("kind:note", True),
     ("is:orphan", False), ("kronstadt #land", False), ("", True)],
)  # fmt: skip
def test_a_filter_holds_for_every_term(query: str, found: bool) -> None:
    assert matches(NoteRecord(note("The sailors of Kronstadt", "sea")), query.split()) is found


async def test_a_note_is_written_edited_deleted_and_brought_back(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("g", "n")
        await pilot.press("a", *"snow")
        assert isinstance(app.screen, NoteEditor)
        await pilot.press("tab", *"#winter", "ctrl+s")
        await pilot.pause()
        (written,) = library.annotations.all()
        assert (written.body, written.tags) == ("snow", ("winter",))
        await pilot.press("e", *" again", "ctrl+s")
        await pilot.pause()
        assert library.annotations.all()[0].body == "snow again"
        await pilot.press("u")
        await pilot.pause()
        assert library.annotations.all()[0].body == "snow"
        await pilot.press("d")
        await pilot.pause()
        assert library.annotations.all() == []
        await pilot.press("u")
        await pilot.pause()
        assert library.annotations.all()[0].body == "snow"


async def test_a_tag_in_the_text_is_a_tag_of_the_note_until_it_is_taken_out(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("g", "n", "a", *"so #doubt", "tab", *"own", "ctrl+s")
        await pilot.pause()
        assert library.annotations.all()[0].tags == ("doubt", "own")
        await pilot.press("e", *["backspace"] * len(" #doubt"), "ctrl+s")
        await pilot.pause()
        assert (library.annotations.all()[0].body, library.annotations.all()[0].tags) == ("so", ("own",))


async def test_leaving_the_editor_asks_before_it_throws_something_away(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("g", "n", "a", "x", "escape")
        assert isinstance(app.screen, NoteEditor)
        assert app.screen.query_one(TextArea).text == "x"
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, NoteEditor)
        assert library.annotations.all() == []


async def test_typing_narrows_the_list_and_a_visit_shows_a_hidden_note(library: Library) -> None:
    first = library.annotations.save(note("snow")).result()
    library.annotations.save(note("rain")).result()
    app = SergeApp(library, start=ShowNote(first.key))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, NotesScreen)
        rows = screen.query_one(NoteList)
        assert rows.row_count == 2
        item = rows.item(rows.cursor)
        assert item is not None
        assert item.annotation.key == first.key
        await pilot.press("f", *"rain")
        await pilot.pause()
        assert rows.row_count == 1
        screen.visit(ShowNote(first.key))
        await pilot.pause()
        assert screen.query_one("#notes-filter", Input).value == ""
        item = rows.item(rows.cursor)
        assert item is not None
        assert item.annotation.key == first.key


async def test_enter_goes_to_the_passage_and_escape_comes_back_to_the_note(library: Library) -> None:
    kept = highlight(library, 2)
    highlight(library, 5, "red")
    app = SergeApp(library, start=ShowNote(kept.key))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert app.current_mode == "reader"
        await pilot.press("escape")
        await pilot.pause()
        assert app.current_mode == "notes"
        assert app.mode_screen is not None
        assert app.mode_screen.spot().destination == ShowNote(kept.key)


async def test_filters_are_kept_under_the_number_keys(library: Library) -> None:
    for body in ("snow #1", "rain", "ice"):
        library.annotations.save(note(body, *(["winter"] if body != "rain" else []))).result()
    highlight(library, 1)
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("g", "n")
        screen = app.screen
        assert isinstance(screen, NotesScreen)
        box, rows = screen.query_one("#notes-filter", Input), screen.query_one(NoteList)
        assert rows.row_count == 4
        await pilot.press("2")
        await pilot.pause()
        assert (box.value, rows.row_count) == ("kind:highlight", 1)
        await pilot.press("0")
        await pilot.pause()
        assert (box.value, rows.row_count) == ("", 4)
        await pilot.press("f", *"#winter", "enter", "m", "7")
        await settle(pilot)
        await pilot.press("0", "7")
        await pilot.pause()
        assert (box.value, rows.row_count) == ("#winter", 2)
        assert rows.has_focus
        await pilot.press("M")
        await until(pilot, lambda: isinstance(app.screen, Choice))
        await pilot.press("escape", "0", "m", "7")
        await settle(pilot)
        await pilot.press("7")
        await pilot.pause()
        assert rows.row_count == 4
        assert "7" not in screen.saved.by_key


async def test_on_an_orphan_a_number_hangs_it_and_without_suggestions_narrows(library: Library) -> None:
    texts = [found.text for found in library.passages.between("guide", 0, 20)]
    anchor = make_anchor("guide", texts, 0, 1, 0, 1, 60)
    library.annotations.save(replace(new_annotation("highlight", anchor=anchor), state="orphan")).result()
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("g", "n")
        screen = app.screen
        assert isinstance(screen, NotesScreen)
        await settle(pilot)
        await until(pilot, lambda: bool(screen.unplaced.suggestions(library.annotations.all()[0])))
        await pilot.press("9", "1")
        await settle(pilot)
        assert library.annotations.all()[0].state == "anchored"
        await pilot.press("1")
        await settle(pilot)
        assert screen.query_one("#notes-filter", Input).value == "kind:note"


def test_a_row_has_no_marks_of_markdown_and_says_where_it_was_cut() -> None:
    rows = NoteList()
    long = "A chapter with quite a long title of its own, and a second half"
    rows.show([NoteRecord(note("**Bold** and *not* snake_case_name, 2 * 3 * 4"), chapter=long)])
    row = rows.draw_row(0, 90).plain
    assert "Bold and not snake_case_name, 2 * 3 * 4" in row
    assert row.rstrip().endswith("…")
    assert len(row) <= 90


async def test_a_click_on_a_suggestion_hangs_an_orphan_there(library: Library) -> None:
    texts = [found.text for found in library.passages.between("guide", 0, 20)]
    anchor = make_anchor("guide", texts, 0, 1, 0, 1, 60)
    library.annotations.save(replace(new_annotation("highlight", anchor=anchor), state="orphan")).result()
    app = SergeApp(library)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("g", "n")
        preview = app.screen.query_one(NotePreview)
        await until(pilot, lambda: "or click" in str(preview.render()))
        row = next(at for at in range(preview.size.height) if "1  " in "".join(s.text for s in preview.render_line(at)))
        await pilot.click(preview, offset=(6, row))
        await settle(pilot)
        assert library.annotations.all()[0].state == "anchored"


async def test_a_note_in_a_removed_text_says_so_and_emptying_the_bin_deletes_the_text(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("Trotsky met Lenin at the Smolny.\n\n" * 3, "utf-8")
    key = import_book(library, path).edition.key
    texts = [found.text for found in library.passages.between(key, 0, 5)]
    library.annotations.save(
        new_annotation("note", anchor=make_anchor(key, texts, 0, 0, 0, 0, 7), body="What? :: That", tags=["card"])
    ).result()
    card = next(card for card in card_collection(library).cards.values() if card.annotation)
    assert not is_text_gone(library, card)
    assert place_of_card(library, card) is not None
    library.removed_texts.remove(key).result()
    assert is_text_gone(library, card)
    assert isinstance(place_of_card(library, card), ShowNote)
    async with SergeApp(library).run_test() as pilot:
        await settle(pilot)
        await pilot.press("g", "n")
        await until(pilot, lambda: isinstance(pilot.app.screen, NotesScreen))
        await settle(pilot)
        preview = pilot.app.screen.query_one(NotePreview)
        await until(pilot, lambda: "no longer in your library" in str(preview.render()))
        assert "Trotsky" in str(preview.render())
        await pilot.press("E")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
        await pilot.press("down", "enter")
        await until(pilot, lambda: library.removed_texts.all() == [])
    assert [note.body for note in library.annotations.all()] == ["What? :: That"]


async def test_keys_wait_for_the_notes_and_the_last_of_two_readings_is_shown(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        library.annotations.save(note(f"number {number}")).result()
    held, first = Event(), Event()

    def slow(*given: Any) -> list[NoteRecord]:
        if not first.is_set():
            first.set()
            held.wait(20)
            return []  # what was read first is old by now
        return note_records(*given)

    monkeypatch.setattr(listing, "note_records", slow)
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, first.is_set)
        screen = app.screen
        assert isinstance(screen, NotesScreen)
        await pilot.press("j", "space")
        assert screen.keys_must_wait
        screen.listing.start_reading()
        held.set()
        await settle(pilot)
        await until(pilot, lambda: len(screen.rows.marked) == 1)
        assert not screen.keys_must_wait
        assert screen.rows.marked == {screen.listing.items[1].annotation.key}
