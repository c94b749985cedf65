"""Many notes at once, the bin, orphans, links, the editor."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING

import pytest
from textual.widgets import TextArea

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.errors import SergeError
from import_scripts.pipeline import import_book
from serge_tui.app import SergeApp
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.note_editor import NoteEditor
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.modes.notes.export_dialog import ExportDialog
from serge_tui.modes.notes.listing import NoteListing
from serge_tui.modes.notes.preview import Preview
from serge_tui.modes.notes.screen import NotesScreen
from serge_tui.navigation import ReadAt, ShowFigure, ShowNote
from serge_tui.services.external_editor import edit_outside
from serge_tui.services.locators import find_chapter
from serge_tui.services.note_links import destination_of
from serge_tui.widgets.link_area import TagSuggester
from tests.serge_tui.helpers import until
from tests.serge_tui.modes.notes.settling import settle

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library
    from db.models import Annotation


def store(library: Library, *bodies: str, tags: tuple[str, ...] = ()) -> list[Annotation]:
    return [library.annotations.save(new_annotation("note", body=body, tags=tags)).result() for body in bodies]


def bodies(library: Library) -> set[str]:
    return {found.body for found in library.annotations.all()}


async def test_marked_notes_are_deleted_and_brought_back_in_one_step(library: Library) -> None:
    store(library, "one", "two", "three")
    app = SergeApp(library, start=ShowNote())
    async with app.run_test(size=(110, 30)) as pilot:
        await until(pilot, lambda: app.current_mode == "notes")
        await pilot.press("space", "space")
        screen = app.screen
        assert isinstance(screen, NotesScreen)
        assert len(screen.rows.marked) == 2
        await pilot.press("d")
        await settle(pilot)
        assert bodies(library) == {"one"}
        await pilot.press("u")
        await settle(pilot)
        assert bodies(library) == {"one", "two", "three"}


async def test_all_that_is_listed_is_retagged_recoloured_and_taken_back(library: Library) -> None:
    store(library, "snow one", "snow two", tags=("old",))
    store(library, "rain")
    app = SergeApp(library, start=ShowNote())
    async with app.run_test(size=(110, 30)) as pilot:
        await until(pilot, lambda: app.current_mode == "notes")
        await pilot.press("f", *"snow", "enter", "asterisk", "t", *"new -old", "enter")
        await settle(pilot)
        assert {found.body: found.tags for found in library.annotations.all()} == {
            "snow one": ("new",), "snow two": ("new",), "rain": (),
        }  # fmt: skip
        await pilot.press("H", "j", "enter")
        await settle(pilot)
        assert sorted(found.colour for found in library.annotations.all()) == ["", "red", "red"]
        await pilot.press("u", "u")
        await settle(pilot)
        assert {(found.tags, found.colour) for found in library.annotations.all()} == {(("old",), ""), ((), "")}


async def test_the_bin_gives_back_and_is_emptied_only_when_that_is_confirmed(library: Library) -> None:
    kept, gone, other = store(library, "kept", "gone", "other")
    for one in (gone, other):
        library.annotations.delete(one.key).result()
    app = SergeApp(library, start=ShowNote())
    async with app.run_test(size=(110, 30)) as pilot:
        await until(pilot, lambda: app.current_mode == "notes")
        await pilot.press("B")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, NotesScreen)
        assert {item.annotation.body for item in screen.listing.items} == {"gone", "other"}
        await pilot.press("r")
        await settle(pilot)
        assert len(bodies(library)) == 2
        await pilot.press("E", "enter")
        await settle(pilot)
        assert len(library.annotations.bin()) == 1
        await pilot.press("E")
        await pilot.pause()
        assert isinstance(app.screen, Choice)
        await pilot.press("j", "enter")
        await settle(pilot)
        assert library.annotations.bin() == []
        assert len(bodies(library)) == 2
        assert "kept" in bodies(library)
        assert library.annotations.by_key(kept.key) == kept


def test_what_is_not_in_the_bin_is_never_purged(library: Library) -> None:
    kept, gone = store(library, "kept", "gone", tags=("t",))
    library.annotations.delete(gone.key).result()
    assert library.annotations.purge([kept.key, gone.key, "nothing"]).result() == 1
    assert library.annotations.by_key(gone.key) is None
    assert bodies(library) == {"kept"}
    assert library.annotations.tags() == [("t", 1)]


async def test_an_orphan_is_shown_where_it_may_belong_and_hung_there(library: Library) -> None:
    texts = [found.text for found in library.passages.between("guide", 0, 60)]
    ordinal = next(number for number, text in enumerate(texts) if len(text) > 300)
    right = make_anchor("guide", texts, 0, ordinal, 40, ordinal, 120)
    words = right.exact.replace("e", "é", 3)[:-8] + " wholly otherwise"
    lost = replace(right, exact=words, prefix="nothing like it", suffix="nor this", passage=0, end_passage=0)
    orphan = replace(new_annotation("note", anchor=lost, body="mine", tags=["t"]), state="orphan")
    library.annotations.save_all([orphan]).result()
    (newer,) = store(library, "newer")
    app = SergeApp(library, start=ShowNote(newer.key))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: app.current_mode == "notes")
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        await pilot.press("1")
        await settle(pilot)
        found = library.annotations.by_key(orphan.key)
        assert found is not None
        assert found.anchor is not None
        assert (found.state, found.anchor.passage, found.body) == ("anchored", ordinal, "mine")
        assert found.anchor.exact in texts[ordinal]
        await pilot.press("u")
        await settle(pilot)
        back = library.annotations.by_key(orphan.key)
        assert back is not None
        assert (back.state, back.anchor) == ("orphan", lost)


async def test_links_complete_while_typing_and_lead_there(library: Library) -> None:
    app = SergeApp(library, start=ShowNote())
    async with app.run_test(size=(110, 40)) as pilot:
        await until(pilot, lambda: app.current_mode == "notes")
        await pilot.press("a", *"see [[zinov")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, NoteEditor)
        assert app.screen.query_one(TextArea).text == "see [[zinoviev]]"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert [found.body for found in library.annotations.linking_to("figure:zinoviev")] == ["see [[zinoviev]]"]
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "figures")
        assert app.mode_screen is not None
        destination = app.mode_screen.spot().destination
        assert isinstance(destination, ShowFigure)
        assert destination.key == "zinoviev"
        await pilot.press("escape")
        await until(pilot, lambda: app.current_mode == "notes")


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("ch4", "chapter:4"),
        ("quote:booing-at-smolny", "quote:booing-at-smolny"),
        ("zinoviev", "figure:zinoviev"),
        ("Sinowjew", "figure:zinoviev"),
    ],
)
async def test_a_note_is_written_about_something(library: Library, typed: str, target: str) -> None:
    app = SergeApp(library, start=ShowNote())
    async with app.run_test(size=(110, 40)) as pilot:
        await until(pilot, lambda: app.current_mode == "notes")
        await pilot.press("A", *typed, "enter")
        await settle(pilot)
        await pilot.press(*"so", "ctrl+s")
        await settle(pilot)
        assert [(found.target, found.body) for found in library.annotations.all()] == [(target, "so")]


async def test_export_writes_a_file_for_its_owner_alone_and_over_nothing(library: Library, tmp_path: Path) -> None:
    store(library, "mine")
    app = SergeApp(library, start=ShowNote())
    path = tmp_path / "notes.json"
    async with app.run_test(size=(110, 30)) as pilot:
        await until(pilot, lambda: app.current_mode == "notes")
        for _ in range(2):
            await settle(pilot)
            await pilot.press("x")
            await until(pilot, lambda: isinstance(app.screen, ExportDialog))
            await pilot.press("j", "tab", "ctrl+u", *str(path), "enter")
            await until(pilot, path.exists)
            await settle(pilot)
            if path.stat().st_size > 2:
                assert json.loads(path.read_text())[0]["body"][0]["value"] == "mine"
                assert path.stat().st_mode & 0o077 == 0
                path.write_text("x")
    assert path.read_text() == "x"


async def test_tags_are_completed() -> None:
    suggester = TagSuggester(["doubt", "dream"])
    assert await suggester.get_suggestion("to #do") == "to #doubt"
    assert await suggester.get_suggestion("d") == "doubt"
    assert await suggester.get_suggestion("dreams") is None
    assert await suggester.get_suggestion("doubt ") is None


def test_the_readers_own_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import sys, pathlib; p = pathlib.Path(sys.argv[1]); p.write_text(p.read_text() + ' more')")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert edit_outside("some") == "some more"
    monkeypatch.setenv("VISUAL", "false")
    with pytest.raises(SergeError, match="said that it failed"):
        edit_outside("some")
    monkeypatch.setenv("VISUAL", "no-such-editor-anywhere")
    with pytest.raises(SergeError, match="cannot be started"):
        edit_outside("some")
    monkeypatch.delenv("VISUAL")
    monkeypatch.delenv("EDITOR", raising=False)
    with pytest.raises(SergeError, match="set EDITOR"):
        edit_outside("some")
    assert not list(tmp_path.glob("serge-*"))


async def test_a_change_is_redone_and_a_purged_note_never_comes_back(library: Library) -> None:
    gone, kept = store(library, "gone", "kept")
    app = SergeApp(library, start=ShowNote(gone.key))
    async with app.run_test(size=(110, 30)) as pilot:
        await until(pilot, lambda: app.current_mode == "notes")
        await pilot.press("asterisk", "t", *"new", "enter")
        await settle(pilot)
        await pilot.press("u")
        await settle(pilot)
        assert {note.tags for note in library.annotations.all()} == {()}
        await pilot.press("U")
        await settle(pilot)
        assert {note.tags for note in library.annotations.all()} == {("new",)}
        screen = app.screen
        assert isinstance(screen, NotesScreen)
        library.annotations.delete(gone.key).result()
        library.annotations.purge([gone.key]).result()
        screen.changes.forget({gone.key})
        await pilot.press("u")
        await settle(pilot)
        assert {note.key: note.tags for note in library.annotations.all()} == {kept.key: ()}
        await pilot.press("u", "U")
        await settle(pilot)
        assert library.annotations.by_key(gone.key) is None


async def test_one_key_and_one_visit_call_each_handler_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    store(library, "one", "two", "three")
    calls: Counter[str] = Counter()

    def counting(owner: type, name: str) -> None:
        method = getattr(owner, name)

        @wraps(method)  # Textual looks at the signature
        def counted(self: object, *args: object) -> object:
            calls[name] += 1
            return method(self, *args)

        monkeypatch.setattr(owner, name, counted)

    counting(ModeScreen, "on_key")
    counting(NoteListing, "read")
    counting(Preview, "show")
    app = SergeApp(library, start=ShowNote())
    async with app.run_test(size=(110, 30)) as pilot:
        await until(pilot, lambda: app.current_mode == "notes")
        await settle(pilot)
        assert calls["read"] == 1
        calls.clear()
        await pilot.press("j")
        await settle(pilot)
        assert calls == {"on_key": 1, "show": 1}
        calls.clear()
        await pilot.press("question_mark", "escape")
        await settle(pilot)
        assert calls["read"] == 1


async def test_a_link_to_a_chapter_opens_the_edition_being_read(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "small.txt"
    path.write_text("\n\n".join(f"CHAPTER {number}\n\nWords of chapter {number}." for number in range(1, 6)), "utf-8")
    edition = import_book(library, path).edition.key
    found = destination_of(library, "chapter:2")
    assert isinstance(found, ReadAt)
    assert found.place == find_chapter(library, "2")
    assert found.place.edition in (edition, "guide")
    assert destination_of(library, "chapter:99") is None
    assert destination_of(library, "chapter:x") is None
