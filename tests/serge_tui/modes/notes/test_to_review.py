"""What the reader decides in one key is written, leaves its list, and can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, Static

from db.candidates import candidate_key, replace_candidates
from db.models.candidate import Candidate
from db.models.link import LinkDecisions, NameSuggestion
from import_scripts.pipeline import import_book
from serge_tui.app import SergeApp
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.figure_form.screen import FigureForm
from serge_tui.dialogs.prompt import Prompt
from serge_tui.modes.notes.screen import NotesScreen
from serge_tui.modes.notes.to_review import ToReviewScreen
from serge_tui.modes.notes.widgets.to_review_list import suggested_content
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.navigation import ShowMode
from tests.serge_tui.helpers import until
from tests.serge_tui.modes.notes.settling import settle

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from textual.pilot import Pilot

    from db.library import Library

TEXT = """First Karelin for the Left Socialist Revolutionaries, and there was silence in the hall.

Then Karelin sat down, and Trotsky rose. Nobody laughed.
"""


@pytest.fixture
def edition(library: Library, tmp_path: Path) -> str:
    path = tmp_path / "small.txt"
    path.write_text(TEXT, "utf-8")
    return import_book(library, path).edition.key


def with_candidates(library: Library, *texts: str) -> None:
    found = [Candidate(candidate_key(text), "review.txt", i, text, "12", "", ()) for i, text in enumerate(texts)]

    def write(connection: sqlite3.Connection) -> int:
        return replace_candidates(connection, "review.txt", found)

    library.writer.submit(write).result()


def with_suggestion(library: Library, edition: str) -> None:
    def write(connection: sqlite3.Connection) -> None:
        connection.execute(
            "insert into name_suggestion (edition, surface, name, occurrences, passage, start, end)"
            " values (?, 'nobody', 'Nobody', 3, 1, 41, 47)",
            [edition],
        )

    library.writer.submit(write).result()


async def opened(app: SergeApp, pilot: Pilot[None]) -> ToReviewScreen:
    await pilot.pause()
    await pilot.press("J")
    await pilot.pause()
    assert isinstance(app.screen, ToReviewScreen)
    return app.screen


def preview(screen: ToReviewScreen) -> str:
    return str(screen.query_one("#review-text", Static).render())


async def test_empty_lists_say_what_fills_them(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(app, pilot)
        if not screen.lists.uncertain:
            assert "serge import" in screen.rows.nothing
        await pilot.press("shift+tab")
        seen: list[str] = [screen.lists.kind]
        assert "serge import" in screen.rows.nothing
        await pilot.press("a", "e", "x", "s", "w", "u", "enter", "shift+tab")
        seen.append(screen.lists.kind)
        assert seen == ["copy", "found"]
        assert "serge import --as review" in screen.rows.nothing
        await pilot.press("a", "e", "x", "u", "enter", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, ToReviewScreen)


@pytest.mark.parametrize(
    ("key", "left", "linked"), [("a", 0, 2), ("h", 1, 1), ("H", 1, 0), ("n", 0, 0)]
)  # fmt: skip
async def test_one_key_decides_about_a_name(library: Library, edition: str, key: str, left: int, linked: int) -> None:
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(app, pilot)
        assert "Karelin" in preview(screen)
        assert "silence in the hall" in preview(screen)
        await pilot.press(key)
        await settle(pilot)
        assert library.links.count(edition) == left
        assert len(library.passages.mentions_of("karelin", edition)) == linked
        assert sum(question.edition == edition for question in screen.lists.uncertain) == left
        await pilot.press("u")
        await settle(pilot)
        decisions = library.links.decisions(edition)
        assert decisions == LinkDecisions()
        assert library.links.count(edition) == 2
        assert library.passages.mentions_of("karelin", edition) == []
        assert sum(question.edition == edition for question in screen.lists.uncertain) == 2
        await pilot.press("U")
        await settle(pilot)
        assert library.links.count(edition) == left
        assert len(library.passages.mentions_of("karelin", edition)) == linked
        await pilot.press("u")
        await settle(pilot)
        assert library.links.decisions(edition) == LinkDecisions()
        assert library.links.count(edition) == 2


async def test_enter_goes_to_the_lit_name(library: Library, edition: str) -> None:
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(app, pilot)
        question = screen.lists.uncertain[1]
        await pilot.press("j", "enter")
        await settle(pilot)
        reader = app.screen
        assert isinstance(reader, ReaderScreen)
        destination = reader.spot().destination
        assert edition in str(destination)
        assert question.passage > screen.lists.uncertain[0].passage
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ToReviewScreen))
        again = app.screen
        assert isinstance(again, ToReviewScreen)
        assert again.lists.mention() == question
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, NotesScreen)


async def test_every_word_is_taken_back_in_turn_even_after_going_away(library: Library, edition: str) -> None:
    with_suggestion(library, edition)
    with_candidates(library, "We were the snow", "We were the rain")
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(app, pilot)
        rows = (list(screen.lists.uncertain), list(screen.lists.suggested), list(screen.lists.found))
        await pilot.press("j", "h")
        await settle(pilot)
        await pilot.press("tab", "n")
        await settle(pilot)
        await pilot.press("tab", "j", "x")
        await settle(pilot)
        await pilot.press("escape", "J")
        await pilot.pause()
        screen = app.screen  # type: ignore[assignment]  # narrowed in the next line
        assert isinstance(screen, ToReviewScreen)
        assert [len(screen.lists.uncertain), len(screen.lists.suggested), len(screen.lists.found)] == [
            len(rows[0]) - 1, len(rows[1]) - 1, len(rows[2]) - 1,
        ]  # fmt: skip
        for waiting, row in (("found", rows[2][1]), ("suggested", rows[1][0]), ("uncertain", rows[0][1])):
            await pilot.press("u")
            await settle(pilot)
            assert screen.lists.kind == waiting
            assert (screen.lists.quotation() or screen.lists.suggestion() or screen.lists.mention()) == row
        assert (screen.lists.uncertain, screen.lists.suggested, screen.lists.found) == rows
        await pilot.press("u")
        await settle(pilot)
        assert library.links.decisions(edition) == LinkDecisions()


async def test_a_suggested_name_is_shown_in_its_first_place_and_can_be_left_out(library: Library, edition: str) -> None:
    with_suggestion(library, edition)
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press("tab")
        await pilot.pause()
        assert screen.lists.kind == "suggested"
        assert "3 times" in preview(screen)
        await pilot.press("n")
        await settle(pilot)
        assert library.links.suggestions(edition) == []


def states(library: Library) -> dict[str, str]:
    return {found.text: found.state for found in library.candidates.all()}


@pytest.mark.parametrize(("key", "state"), [("a", "accepted"), ("x", "rejected")])
async def test_one_key_decides_about_a_quotation(library: Library, key: str, state: str) -> None:
    with_candidates(library, "We were the snow [red]", "We were the rain")
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(app, pilot)
        while screen.lists.kind != "found":
            await pilot.press("tab")
        await pilot.pause()
        assert "[red]" in preview(screen)
        assert "review.txt" in preview(screen)
        await pilot.press(key)
        await settle(pilot)
        assert states(library) == {"We were the snow [red]": state, "We were the rain": "open"}
        assert [found.text for found in screen.lists.found] == ["We were the rain"]
        await pilot.press("u")
        await settle(pilot)
        assert set(states(library).values()) == {"open"}
        assert len(screen.lists.found) == 2


async def test_what_the_pack_has_comes_last_and_is_left_out_in_one_step(library: Library) -> None:
    texts = ("We were the snow", "We were the rain", "We were the thaw")
    found = [
        Candidate(candidate_key(text), "review.txt", at, text, "12", "", (), quotation="" if at == 1 else "known")
        for at, text in enumerate(texts)
    ]
    library.writer.run(lambda connection: replace_candidates(connection, "review.txt", found))
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(app, pilot)
        while screen.lists.kind != "found":
            await pilot.press("tab")
        await pilot.pause()
        assert [one.text for one in screen.lists.found] == [texts[1], texts[0], texts[2]]
        await pilot.press("X")
        await settle(pilot)
        assert [one.text for one in screen.lists.found] == [texts[1]]
        await pilot.press("u")
        await settle(pilot)
        assert set(states(library).values()) == {"open"}
        assert len(screen.lists.found) == 3


async def test_a_quotation_is_taken_with_changes(library: Library) -> None:
    with_candidates(library, "We were the snow")
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(app, pilot)
        while screen.lists.kind != "found":
            await pilot.press("tab")
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, Prompt)
        app.screen.query_one(Input).value = "We were the thaw"
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("3", "enter")
        await settle(pilot)
        (found,) = library.candidates.all("edited")
        assert (found.text, found.pages) == ("We were the thaw", "123")
        assert screen.lists.found == []


def podvoisky(library: Library, tmp_path: Path) -> str:
    path = tmp_path / "podvoisky.txt"
    path.write_text(
        "Podvoisky laughed, and nobody else did.\n\n"
        "N. Podvoisky went on; Lenin and Podvoisky had a plan, said Podvoisky. He was not asked.\n",
        "utf-8",
    )
    return import_book(library, path).edition.key


async def at_suggestion(app: SergeApp, pilot: Pilot[None]) -> ToReviewScreen:
    screen = await opened(app, pilot)
    while screen.lists.kind != "suggested":
        await pilot.press("tab")
    await until(pilot, lambda: screen.lists.suggestion() is not None)
    return screen


async def test_a_suggested_name_is_left_out_whatever_its_fullest_form(library: Library, tmp_path: Path) -> None:
    edition = podvoisky(library, tmp_path)
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        await at_suggestion(app, pilot)
        await pilot.press("n")
        await settle(pilot)
        assert library.links.suggestions(edition) == []
        await pilot.press("u")
        await settle(pilot)
        assert [found.name for found in library.links.suggestions(edition)] == ["N. Podvoisky"]


async def test_a_suggested_name_becomes_a_person_of_the_readers_and_is_linked_at_once(
    library: Library, tmp_path: Path
) -> None:
    edition = podvoisky(library, tmp_path)
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        await at_suggestion(app, pilot)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, FigureForm))
        assert app.screen.query_one("#field-name", Input).value == "N. Podvoisky"
        app.screen.query_one("#field-born", Input).value = "1885"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: library.links.suggestions(edition) == [])
        await settle(pilot)
        added = library.figures.by_key("n-podvoisky")
        assert added is not None
        assert (added.name, added.born.text) == ("N. Podvoisky", "1885")
        assert len(library.passages.mentions_of("n-podvoisky", edition)) == 4
        await pilot.press("u")
        await settle(pilot)
        await until(pilot, lambda: library.figures.by_key("n-podvoisky") is None)
        assert library.passages.mentions_of("n-podvoisky", edition) == []
        assert len(library.links.suggestions(edition)) == 1
        assert library.links.decisions(edition) == LinkDecisions()


async def test_a_suggested_name_is_somebody_who_is_here_already(library: Library, tmp_path: Path) -> None:
    edition = podvoisky(library, tmp_path)
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        await at_suggestion(app, pilot)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        await pilot.press(*"Radek", "enter")
        await until(pilot, lambda: isinstance(app.screen, Choice))
        await pilot.press("enter")
        await until(pilot, lambda: len(library.passages.mentions_of("radek", edition)) == 4)


async def test_a_click_on_its_name_shows_a_list(library: Library, edition: str) -> None:
    assert library.links.count(edition)
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(app, pilot)
        head = str(screen.query_one("#review-head", Static).render()).splitlines()[1]
        await pilot.click("#review-head", offset=(1 + head.index("From reviews") + 2, 1))
        await pilot.pause()
        assert screen.lists.kind == "found"


def test_what_is_shown_around_a_name_is_cut_between_words() -> None:
    text = "A word of some length " * 60 + "Karelin " + "and after it others " * 60
    start = text.index("Karelin")
    shown = suggested_content(NameSuggestion("e", "karelin", "Karelin", 4, 0, start, start + 7), text, "One").plain
    lit = shown.splitlines()[2]
    assert lit[0] == lit[-1] == "…"
    assert set(lit.strip("…").split()) <= set(text.split())
