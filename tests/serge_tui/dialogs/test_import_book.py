"""Adding a book from inside the app."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual.events import Paste
from textual.widgets import OptionList, Static

from db.errors import SergeError
from serge_tui.app import SergeApp
from serge_tui.cli.book_importer import ProcessImporter
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.file_picker import FilePicker
from serge_tui.dialogs.import_book import ImportDialog, PathInput
from serge_tui.dialogs.prompt import Prompt
from serge_tui.services.book_import import FileToImport, ImportCancelledError, ImportOutcome, Recognised, paths_in
from tests.import_scripts.making import make_epub
from tests.serge_tui.event_loop import no_waiting_on_this_thread
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from textual.pilot import Pilot

    from db.library import Library
    from serge_tui.services.book_import import BookImporter, Progress

WORDS = "The old workers of Petrograd walked over the frozen river towards the works of Putilov. "


@asynccontextmanager
async def dialog(
    library: Library, importer: BookImporter, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[None], ImportDialog]]:
    """The app with the dialog open."""
    async with SergeApp(library, importer=importer).run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("I")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportDialog))
        assert isinstance(pilot.app.screen, ImportDialog)
        yield pilot, pilot.app.screen


def told(screen: ImportDialog) -> str:
    return str(screen.query_one("#import-told", Static).render())


def result(screen: ImportDialog) -> str:
    return str(screen.query_one("#import-result", Static).render())


def rows(screen: ImportDialog) -> list[str]:
    options = screen.query_one(OptionList)
    return [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]


def listed(pilot: Pilot[None]) -> list[str]:
    options = pilot.app.screen.query_one(OptionList)
    return [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]


async def add(pilot: Pilot[None], screen: ImportDialog, *paths: Path) -> None:
    screen.query_one(PathInput).value = " ".join(f"'{path}'" for path in paths)
    await pilot.press("enter")
    await settle(pilot)
    await settle(pilot)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_epub(tmp_path / "a small book.epub", {"one.xhtml": f"<h1>One</h1><p>{WORDS * 20}</p>"})


async def test_an_epub_is_recognised_imported_and_opened(library: Library, book: Path) -> None:
    with no_waiting_on_this_thread():
        async with dialog(library, ProcessImporter(library.path)) as (pilot, screen):
            screen.query_one(PathInput).value = str(book)
            await settle(pilot)
            assert told(screen) == "A book: EPUB"
            await add(pilot, screen, book)
            assert "A Small Book" in result(screen)
            assert "Nobody of the study pack" in result(screen)
            assert "No quotation" in result(screen)
            assert "no usable table of contents" in result(screen)
            assert rows(screen)[0].startswith("Begin reading")
            await pilot.press("enter")
            await until(pilot, lambda: pilot.app.current_mode == "reader")
    assert "a-small-book-epub" in {edition.key for edition in library.texts.editions()}


async def test_a_path_that_leads_nowhere_is_told_in_one_sentence_and_stays(library: Library, tmp_path: Path) -> None:
    async with dialog(library, ProcessImporter(library.path)) as (pilot, screen):
        await add(pilot, screen, tmp_path / "absent.epub")
        assert "There is no file" in told(screen)
        assert "absent.epub" in screen.query_one(PathInput).value
        assert screen.query_one(PathInput).has_focus
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ImportDialog))


async def test_several_files_are_imported_and_one_that_fails_stops_no_other(
    library: Library, book: Path, tmp_path: Path
) -> None:
    text = tmp_path / "plain.txt"
    text.write_text(WORDS * 30, "utf-8")
    async with dialog(library, ProcessImporter(library.path)) as (pilot, screen):
        await add(pilot, screen, book, tmp_path / "absent.epub", text)
        assert "A Small Book" in result(screen)
        assert "There is no file" in result(screen)
        assert sum(row.startswith("Begin reading") for row in rows(screen)) == 2


class SlowImporter:
    """Goes on until it is cancelled."""

    def __init__(self) -> None:
        self.begun = threading.Event()

    def recognise(self, path: Path) -> Recognised:
        return Recognised("book", f"A book: {path.suffix}")

    def can_read(self, path: Path) -> bool:
        return path.suffix in {".epub", ".txt"}

    def run(
        self, files: Sequence[FileToImport], progress: Progress, is_cancelled: Callable[[], bool]
    ) -> list[ImportOutcome]:
        progress(f"{files[0].path.name}: Reading", 0.4)
        self.begun.set()
        while not is_cancelled():
            threading.Event().wait(0.01)
        raise ImportCancelledError("The import was cancelled.")


async def test_progress_is_shown_and_esc_cancels_without_closing(library: Library, tmp_path: Path) -> None:
    importer = SlowImporter()
    async with dialog(library, importer) as (pilot, screen):
        screen.query_one(PathInput).value = str(tmp_path / "slow.epub")
        await pilot.press("enter")
        await until(pilot, lambda: "40%" in told(screen))
        await pilot.press("escape")
        await settle(pilot)
        assert told(screen) == "The import was cancelled."
        assert screen.query_one(PathInput).value.endswith("slow.epub")
        assert screen.query_one(PathInput).has_focus


def test_a_process_that_is_cancelled_stores_nothing(library: Library, book: Path) -> None:
    importer = ProcessImporter(library.path)
    before = library.texts.editions()
    with pytest.raises(ImportCancelledError):
        importer.run([FileToImport(book)], lambda _stage, _share: None, lambda: True)
    assert library.texts.editions() == before


async def test_a_book_that_may_be_another_form_is_asked_about(library: Library, tmp_path: Path) -> None:
    first = [f"Sentence {number} of the first half stands here alone with words. " for number in range(200)]
    other = [f"Phrase {number} tells quite different things in another manner. " for number in range(120)]
    one = make_epub(tmp_path / "one.epub", {"one.xhtml": f"<h1>One</h1><p>{''.join(first)}</p>"})
    two = make_epub(tmp_path / "two.epub", {"one.xhtml": f"<h1>One</h1><p>{''.join(first[:120] + other)}</p>"})
    async with dialog(library, ProcessImporter(library.path)) as (pilot, screen):
        await add(pilot, screen, one)
        await pilot.press("down", "enter")
        assert screen.query_one(PathInput).value == ""
        await add(pilot, screen, two)
        assert "may be another form" in told(screen)
        assert rows(screen)[0].startswith("Replace “A Small Book”")
        assert rows(screen)[1].startswith("Keep both")
        await pilot.press("down", "enter")
        await settle(pilot)
        assert "A Small Book" in result(screen)
    assert {"a-small-book-epub", "a-small-book-epub-2"} <= {edition.key for edition in library.texts.editions()}


async def test_an_encrypted_book_says_so_and_offers_reading_on_paper(library: Library, tmp_path: Path) -> None:
    locked = make_epub(
        tmp_path / "locked.epub",
        {"one.xhtml": "<p>text</p>"},
        others={"META-INF/sinf.xml": "<sinf/>"},
    )
    async with dialog(library, ProcessImporter(library.path)) as (pilot, screen):
        await add(pilot, screen, locked)
        assert "is encrypted" in told(screen)
        assert rows(screen)[0].startswith("I read it on paper")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Prompt))


async def test_tab_completes_and_pasted_lines_become_one(library: Library, book: Path) -> None:
    async with dialog(library, SlowImporter()) as (pilot, screen):
        box = screen.query_one(PathInput)
        box.value = str(book)[:-8]
        await pilot.press("tab")
        await settle(pilot)
        assert box.value == f"'{book}'"
        box.value = ""
        box.post_message(Paste("/one two.epub\n/three.epub\n"))
        await pilot.pause()
        assert box.value == "'/one two.epub' /three.epub"


async def test_nothing_in_a_file_or_its_name_steers_the_terminal(library: Library, tmp_path: Path) -> None:
    strange = tmp_path / "[red]\x1b[31mname.txt"
    strange.write_text("[b]bold[/b] \x1b]0;title\x07 " + WORDS * 20, "utf-8")
    async with dialog(library, ProcessImporter(library.path)) as (pilot, screen):
        await add(pilot, screen, strange)
        assert "[red]" in result(screen)
        assert "\x1b" not in result(screen) + " ".join(rows(screen))


async def test_without_importers_it_says_so(library: Library) -> None:
    async with SergeApp(library).run_test() as pilot:
        await settle(pilot)
        await pilot.press("I")
        await pilot.pause()
        assert len(pilot.app.screen_stack) == 1


async def test_portraits_are_looked_for_in_a_book_that_was_added(library: Library, book: Path) -> None:
    searched: list[str] = []

    class Searcher:
        def run(
            self, editions: Sequence[str], progress: Callable[[str, int, int], None], is_cancelled: Callable[[], bool]
        ) -> list[str]:
            searched.extend(editions)
            progress(editions[0], 1, 1)
            return ["" if is_cancelled() else "A Small Book: no portraits and no sayings found."]

    app = SergeApp(library, importer=ProcessImporter(library.path), searcher=Searcher())
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("I")
        await until(pilot, lambda: isinstance(app.screen, ImportDialog))
        assert isinstance(app.screen, ImportDialog)
        await add(pilot, app.screen, book)
        await until(pilot, lambda: searched == ["a-small-book-epub"])


async def test_a_file_is_chosen_from_a_list_and_its_folder_is_remembered(library: Library, book: Path) -> None:
    folder = book.parent
    (folder / "picture.png").write_bytes(b"no book")
    (folder / ".hidden.txt").write_text(WORDS, "utf-8")
    (folder / "inner").mkdir()
    async with dialog(library, SlowImporter()) as (pilot, screen):
        screen.query_one(PathInput).value = str(folder)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilePicker) and bool(listed(pilot)))
        shown = listed(pilot)
        assert {"..  the folder above", "inner/", "a small book.epub  1 KB"} <= set(shown)
        assert not any("png" in row or "hidden" in row for row in shown)
        await pilot.press("full_stop")
        await until(pilot, lambda: any("hidden" in row for row in listed(pilot)))
        await pilot.press("full_stop")
        await until(pilot, lambda: listed(pilot) == shown)
        pilot.app.screen.query_one(OptionList).highlighted = shown.index("inner/")
        await pilot.press("enter")
        await until(pilot, lambda: listed(pilot) == ["..  the folder above"])
        await pilot.press("backspace")
        await until(pilot, lambda: listed(pilot) == shown)
        pilot.app.screen.query_one(OptionList).highlighted = shown.index("a small book.epub  1 KB")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.query_one(PathInput).value == f"'{book}'"
        screen.query_one(PathInput).value = ""
        await settle(pilot)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilePicker) and "inner/" in listed(pilot))
        await pilot.press("a")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen.query_one(PathInput).value == str(folder)


async def test_several_files_are_marked_and_taken_with_the_mouse(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    files = [folder / "one.txt", folder / "two [b]\x1b[31m.txt"]
    for file in files:
        file.write_text(WORDS, "utf-8")
    async with dialog(library, SlowImporter()) as (pilot, screen):
        screen.query_one(PathInput).value = str(folder)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilePicker) and len(listed(pilot)) == 3)
        assert "\x1b" not in "".join(listed(pilot))
        await pilot.press("space", "space")
        assert listed(pilot)[1].startswith("✓ ")
        await pilot.click(OptionList, offset=(4, 1))
        await pilot.click(OptionList, offset=(4, 1))
        await until(pilot, lambda: pilot.app.screen is screen)
        assert paths_in(screen.query_one(PathInput).value) == files


async def test_a_review_is_recognised_and_can_be_read_as_a_book(library: Library, tmp_path: Path) -> None:
    review = tmp_path / "review.txt"
    cited = "\n\n".join(f"He writes “{WORDS.strip()}” (p. {page})." for page in (12, 48, 120))
    review.write_text(f"On Victor Serge.\n\n{cited}", "utf-8")
    async with dialog(library, ProcessImporter(library.path)) as (pilot, screen):
        screen.query_one(PathInput).value = str(review)
        await until(pilot, lambda: told(screen) == "A review or an article: plain text")
        await add(pilot, screen, review)
        await until(pilot, lambda: "to accept or reject" in result(screen))
        assert not any(row.startswith("Begin reading") for row in rows(screen))
        await pilot.press("enter")
        screen.query_one(PathInput).value = str(review)
        await until(pilot, lambda: "A review" in told(screen))
        await pilot.press("ctrl+t")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
        await pilot.press("up", "enter")
        await until(pilot, lambda: "as a book" in told(screen))
        await pilot.press("enter")
        await until(pilot, lambda: any(row.startswith("Begin reading") for row in rows(screen)))


class HalfImporter(SlowImporter):
    """Imports one file, then has to stop."""

    def run(
        self, files: Sequence[FileToImport], progress: Progress, is_cancelled: Callable[[], bool]
    ) -> list[ImportOutcome]:
        progress("Reading", 0.5)
        if self.begun.is_set() and not is_cancelled():
            raise SergeError("The disk is full.")
        self.begun.set()
        first = ImportOutcome(files[0].path, "First", "first-txt", ("One chapter",))
        return [first, ImportOutcome(files[1].path, "second", replaceable=(("guide", "The guide"),))]


async def test_an_error_does_not_hide_what_was_imported_before_it(library: Library, tmp_path: Path) -> None:
    async with dialog(library, HalfImporter()) as (pilot, screen):
        await add(pilot, screen, tmp_path / "first.txt", tmp_path / "second.txt")
        await until(pilot, lambda: "may be another form" in told(screen))
        await pilot.press("enter")
        await until(pilot, lambda: told(screen) == "The disk is full.")
        assert "One chapter" in result(screen)


def test_what_the_process_told_before_an_error_is_kept(book: Path, tmp_path: Path) -> None:
    importer = ProcessImporter(tmp_path / "absent.sqlite")
    files = [FileToImport(tmp_path / "no*.epub"), FileToImport(book)]
    outcomes = importer.run(files, lambda _stage, _share: None, lambda: False)
    assert [bool(one.error) for one in outcomes] == [True, True]
    assert "not ready yet" in outcomes[1].error
