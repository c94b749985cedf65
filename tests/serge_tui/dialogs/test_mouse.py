"""Everything works with the mouse alone: dialogs are opened, answered and closed by clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.command import CommandPalette
from textual.style import Style
from textual.widgets import Input, OptionList

from serge_tui.app import SergeApp
from serge_tui.commands import key_of_label
from serge_tui.dialogs.help import HelpScreen
from serge_tui.dialogs.import_book import ImportDialog, PathInput
from serge_tui.dialogs.library import LibraryDialog
from serge_tui.dialogs.note_editor import NoteEditor
from serge_tui.dialogs.pack_page import PackPage
from serge_tui.dialogs.prompt import Prompt
from serge_tui.dialogs.settings.screen import SettingsScreen
from serge_tui.modes.notes.export_dialog import ExportDialog
from serge_tui.navigation import ShowMode
from serge_tui.services.book_import import ImportOutcome, Recognised
from serge_tui.widgets.key_hints import hints
from tests.import_scripts.making import make_epub
from tests.serge_tui.helpers import click_on, settle, until

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from db.library import Library
    from serge_tui.services.book_import import FileToImport, Progress


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Enter", "enter"), ("Esc", "escape"), ("Ctrl+S", "ctrl+s"), ("Shift+Del", "shift+delete"), ("F1", "f1"),
        ("←", "left"), ("]", "right_square_bracket"), (".", "full_stop"), ("u", "u"), ("U", "U"), ("+", "plus"),
        ("write", None), ("[[", None), ("", None), ("Foo+S", None),
    ],
)  # fmt: skip
def test_a_printed_key_is_known_again(label: str, key: str | None) -> None:
    assert key_of_label(label) == key


def test_hints_carry_the_key_that_is_printed() -> None:
    line = hints("← → change · Ctrl+S save it · Enter a chapter begins here · changes are saved")

    def key_at(words: str) -> object:
        at = line.plain.index(words)
        styles = (span.style for span in line.spans if span.start <= at < span.end)
        return next((style.meta["key"] for style in styles if isinstance(style, Style) and "key" in style.meta), None)

    assert line.plain == "← → change · Ctrl+S save it · Enter a chapter begins here · changes are saved"
    assert [key_at(words) for words in ("←", "→", "change ·")] == ["left", "right", "right"]
    assert (key_at("save it"), key_at("a chapter"), key_at("changes are")) == ("ctrl+s", "enter", None)


class _Importer:
    """Takes any file for a book and imports nothing."""

    def __init__(self) -> None:
        self.files: list[Path] = []

    def recognise(self, path: Path) -> Recognised:  # noqa: ARG002
        return Recognised("book", "A book: EPUB")

    def can_read(self, path: Path) -> bool:
        return path.suffix == ".epub"

    def run(
        self, files: Sequence[FileToImport], progress: Progress, cancelled: Callable[[], bool]  # noqa: ARG002
    ) -> list[ImportOutcome]:  # fmt: skip
        self.files += [one.path for one in files]
        return [ImportOutcome(one.path, title="A Small Book", edition="guide") for one in files]


async def test_a_book_is_added_by_clicks(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = make_epub(tmp_path / "small.epub", {"one.xhtml": "<p>Words.</p>"})
    monkeypatch.chdir(tmp_path)
    importer = _Importer()
    async with SergeApp(library, importer=importer).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await click_on(pilot, "Add your copy")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportDialog))
        box = pilot.app.screen.query_one(PathInput)
        box.value = str(tmp_path)
        await click_on(pilot, "files")
        await until(pilot, lambda: bool(pilot.app.screen.query(OptionList)) and pilot.app.screen.focused is not box)
        await settle(pilot)
        await click_on(pilot, "the folder above")
        await click_on(pilot, "small.epub")
        await click_on(pilot, "small.epub")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportDialog))
        await click_on(pilot, "Enter")
        await until(pilot, lambda: importer.files == [book])
        await settle(pilot)
        await click_on(pilot, "Esc")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ImportDialog))


async def test_the_menu_the_help_and_pages_are_opened_and_closed_by_clicks(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await click_on(pilot, "≡")
        assert isinstance(app.screen, CommandPalette)
        await until(pilot, lambda: app.screen.query_one(OptionList).option_count > 0)
        await click_on(pilot, "Settings")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        await click_on(pilot, "Esc")
        await click_on(pilot, "help")
        assert isinstance(app.screen, HelpScreen)
        await click_on(pilot, "Esc")
        assert not isinstance(app.screen, HelpScreen)
        await click_on(pilot, "help")
        await click_on(pilot, "I'm on page")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        await click_on(pilot, "Esc")
        await click_on(pilot, "Where to get the text")
        await until(pilot, lambda: isinstance(app.screen, PackPage))
        await click_on(pilot, "Esc")
        assert not isinstance(app.screen, PackPage)
        await click_on(pilot, "find")
        await until(pilot, lambda: bool(app.screen.query("#find-query")))
        await click_on(pilot, "Esc")
        assert app.screen is app.screen_stack[0]


async def test_a_note_is_written_and_exported_with_clicks_and_letters(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await click_on(pilot, "write")
        await until(pilot, lambda: isinstance(app.screen, NoteEditor))
        await pilot.press(*"river")
        await click_on(pilot, "Ctrl+S")
        await until(pilot, lambda: any(note.body == "river" for note in library.annotations.all()))
        await settle(pilot)
        await click_on(pilot, "help")
        app.screen.query_one(Input).value = "export"
        await settle(pilot)
        await click_on(pilot, "Export")
        await until(pilot, lambda: isinstance(app.screen, ExportDialog))
        await click_on(pilot, "JSON")
        assert isinstance(app.screen, ExportDialog), "a click on a form writes nothing yet"
        await click_on(pilot, "Enter", 0)
        await until(pilot, (tmp_path / "serge-notes.json").exists)


async def test_a_text_is_removed_and_brought_back_by_clicks(library: Library, tmp_path: Path) -> None:
    from import_scripts.pipeline import import_book

    for name in ("alder", "birch"):
        (tmp_path / f"{name}.txt").write_text(f"Chapter One\n\nThe {name} stands by the river.\n\n" * 9, "utf-8")
        import_book(library, tmp_path / f"{name}.txt")
    keys = {edition.key for edition in library.texts.editions()}
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await click_on(pilot, "Your library")
        await until(pilot, lambda: isinstance(app.screen, LibraryDialog))
        await settle(pilot)
        await click_on(pilot, "lder")
        assert isinstance(app.screen, LibraryDialog), "the first click moves to the row"
        await click_on(pilot, "remove")
        await settle(pilot)
        await click_on(pilot, "Remove it")
        await until(pilot, lambda: len(library.texts.editions()) == len(keys) - 1)
        await settle(pilot)
        await click_on(pilot, "Enter")  # the cursor has followed it
        await until(pilot, lambda: {edition.key for edition in library.texts.editions()} == keys)
