"""Exporting notes: one dialog with the forms and the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.annotations import new_annotation
from serge_tui.app import SergeApp
from serge_tui.modes.notes.export_dialog import ExportDialog
from serge_tui.navigation import ShowMode
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library


async def test_the_form_and_the_file_are_chosen_in_one_dialog_and_the_ending_follows(
    library: Library, tmp_path: Path
) -> None:
    library.annotations.save(new_annotation("note", body="Snow.")).result()
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.current_mode == "notes")
        await settle(pilot)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, ExportDialog))
        dialog = app.screen
        assert isinstance(dialog, ExportDialog)
        assert dialog.rows.option_count == 5
        assert dialog.box.value == "~/serge-notes.md"
        await pilot.press("j")
        await until(pilot, lambda: dialog.box.value == "~/serge-notes.json")
        await pilot.press("tab")
        assert dialog.box.has_focus
        dialog.box.value = str(tmp_path / "out.json")
        await pilot.press("enter")
        await until(pilot, (tmp_path / "out.json").exists)
        await settle(pilot)
        assert "Snow." in json.dumps(json.loads((tmp_path / "out.json").read_text("utf-8")))


async def test_esc_writes_nothing(library: Library) -> None:
    library.annotations.save(new_annotation("note", body="Snow.")).result()
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.current_mode == "notes")
        await settle(pilot)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(app.screen, ExportDialog))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.screen_stack[0])
