"""A note being written survives the end of the program, and is offered again in the same place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.widgets import TextArea

import db.drafts
from db.models import GUIDE_EDITION, Place
from serge_tui.app import SergeApp
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.note_editor import NoteEditor
from serge_tui.navigation import ReadAt
from tests.serge_tui.helpers import until

if TYPE_CHECKING:
    import pytest
    from textual.pilot import Pilot

    from db.library import Library

READING = ReadAt(Place(GUIDE_EDITION, 12, 0))


async def open_editor(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.press("v", "w", "w", "w", "a")
    await until(pilot, lambda: isinstance(pilot.app.screen, NoteEditor))


async def write(pilot: Pilot[None], library: Library, text: str) -> None:
    pilot.app.screen.query_one(TextArea).text = text
    await until(pilot, lambda: any(text in row for row in stored(library)))


def stored(library: Library) -> list[str]:
    return [str(row[0]) for row in library.reader().execute("select fields from draft")]


def after_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every process but the present one count as ended, this one too."""
    monkeypatch.setattr(db.drafts, "is_running", lambda _: False)


async def test_what_is_typed_is_kept_and_gone_when_the_note_is_saved(library: Library) -> None:
    app = SergeApp(library, start=READING)
    async with app.run_test() as pilot:
        await open_editor(pilot)
        await write(pilot, library, "the snow at Kronstadt")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: stored(library) == [])
    (note,) = [one for one in library.annotations.all() if one.body]
    assert note.body == "the snow at Kronstadt"


async def test_discarding_ends_the_draft(library: Library) -> None:
    app = SergeApp(library, start=READING)
    async with app.run_test() as pilot:
        await open_editor(pilot)
        await write(pilot, library, "not this")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: stored(library) == [])
    assert [one for one in library.annotations.all() if one.body] == []


async def test_a_draft_left_by_a_crash_is_offered_and_continued_in_the_same_place(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = SergeApp(library, start=READING)
    async with first.run_test() as pilot:
        await open_editor(pilot)
        await write(pilot, library, "half a sentence")
    assert len(stored(library)) == 1
    after_a_crash(monkeypatch)
    app = SergeApp(library)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, Choice))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NoteEditor))
        assert app.screen.query_one(TextArea).text == "half a sentence"
        app.screen.query_one(TextArea).text = "half a sentence, and the rest"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: stored(library) == [])
    (note,) = [one for one in library.annotations.all() if one.body]
    assert note.body == "half a sentence, and the rest"
    assert note.anchor is not None
    assert note.anchor.edition == GUIDE_EDITION


async def test_a_draft_can_be_saved_as_it_is_or_left_for_later(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = SergeApp(library, start=READING)
    async with first.run_test() as pilot:
        await open_editor(pilot)
        await write(pilot, library, "kept words")
    after_a_crash(monkeypatch)
    app = SergeApp(library)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, Choice))
        await pilot.press("escape")
        await pilot.pause()
        assert len(stored(library)) == 1
    again = SergeApp(library)
    async with again.run_test() as pilot:
        await until(pilot, lambda: isinstance(again.screen, Choice))
        await pilot.press("down", "enter")
        await until(pilot, lambda: stored(library) == [])
    assert [one.body for one in library.annotations.all() if one.body] == ["kept words"]


async def test_an_editors_file_that_was_left_counts_and_is_removed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = SergeApp(library, start=READING)
    async with first.run_test() as pilot:
        await open_editor(pilot)
        await write(pilot, library, "before the editor")
    after_a_crash(monkeypatch)
    file = library.path.parent / "serge-abc123.md"
    file.write_text("from the editor", "utf-8")
    (draft,) = library.drafts.abandoned()
    library.drafts.keep(replace(draft, file=file.name)).result()
    app = SergeApp(library)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, Choice))
        await pilot.press("down", "enter")
        await until(pilot, lambda: stored(library) == [] and not file.exists())
    assert [one.body for one in library.annotations.all() if one.body] == ["from the editor"]
