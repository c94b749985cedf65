"""The reader's own word on a figure, given in the app: corrected, added, undone, taken along, kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

import pytest
from textual.widgets import Input, Static, TextArea

from import_scripts.pack.patch import corrections_patch
from import_scripts.pipeline import store_pack
from serge_tui.app import SergeApp
from serge_tui.dialogs.figure_form.screen import FigureForm
from serge_tui.dialogs.prompt import Prompt
from serge_tui.modes.figures.corrections import FigureCorrections
from serge_tui.navigation import ShowFigure
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.figures.browsing import ROOMY, SMALL, WIDE, dialog_open, opened, page_text, stored, typed

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from textual.pilot import Pilot

    from db.library import Library
    from serge_tui.host import Host


def form_of(pilot: Pilot[None]) -> FigureForm:
    form = pilot.app.screen
    assert isinstance(form, FigureForm)
    return form


async def test_a_date_is_corrected_shown_as_the_readers_and_taken_back(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "enter", "e", name="radek")
        form = app.screen
        assert isinstance(form, FigureForm)
        born = form.query_one("#field-born", Input)
        born.value = "soon"
        await pilot.press("ctrl+s")
        assert app.screen is form, "what cannot be understood is refused"
        assert born.has_focus
        born.value = "1886"
        await pilot.press("ctrl+s")
        await stored(pilot)
        await until(pilot, lambda: "1886" in page_text(screen))
        assert "yours" in page_text(screen)
        figure = library.figures.by_key("radek")
        assert figure is not None
        assert figure.born.text == "1886"
        await screen.corrections.action_restore_pack()
        await settle(pilot)
        await until(pilot, lambda: "yours" not in page_text(screen))


async def test_somebody_is_added_and_found(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "down", "A")
        app.screen.query_one("#field-name", Input).value = "Anna Zzyzx"
        await pilot.press("ctrl+s")
        await stored(pilot)
        await until(pilot, lambda: screen.here().key == "anna-zzyzx")
        await pilot.press("escape")
        await typed(pilot, "zzyz")
        assert screen.people.rows[0].key == "anna-zzyzx"


@pytest.mark.parametrize("size", [SMALL, ROOMY])
async def test_a_tie_is_added_shown_on_both_pages_and_undone(library: Library, size: tuple[int, int]) -> None:
    app = SergeApp(library)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, "enter", "e", name="radek")
        form = form_of(pilot)
        ties = form.query_one("#field-ties", TextArea)
        ties.text += "\nenemy Maxim Gorky"
        await pilot.press("ctrl+s")
        assert app.screen is form
        assert ties.has_focus
        assert "opponent" in str(form.query_one("#form-hint", Static).render())
        ties.text = ties.text.replace("enemy Maxim Gorky", "opponent Maxim Gorki = over a newspaper")
        await pilot.press("ctrl+s")
        await stored(pilot)
        await until(pilot, lambda: "opponent  Maxim Gorky" in page_text(screen))
        app.go_to(ShowFigure("gorky"))
        await settle(pilot)
        assert "opponent  Karl Radek" in page_text(screen)
        app.go_to(ShowFigure("radek"))
        await settle(pilot)
        await pilot.press("u")
        await settle(pilot)
        await until(
            pilot, lambda: "Maxim Gorky" not in page_text(screen).partition("Related")[2].partition("Events")[0]
        )
        assert library.corrections.all() == []


async def test_a_tie_of_the_pack_is_taken_away_from_the_side_that_does_not_have_it(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "enter", "e", name="reissner")
        ties = form_of(pilot).query_one("#field-ties", TextArea)
        assert "partner Karl Radek" in ties.text
        ties.text = "\n".join(line for line in ties.text.splitlines() if not line.startswith("partner Karl Radek"))
        await pilot.press("ctrl+s")
        await stored(pilot)
        await until(pilot, lambda: "partner  Karl Radek" not in page_text(screen))
        radek = library.figures.by_key("radek")
        assert radek is not None
        assert not any(tie.other == "reissner" for tie in radek.ties)
        await pilot.press("u")
        await settle(pilot)
        await until(pilot, lambda: "partner  Karl Radek" in page_text(screen))


class FakeHost:
    """A host without an app: what was said, and how often the screens were told to read again."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.said: list[str] = []
        self.changes = 0
        self.corrections = FigureCorrections(cast("Host", self), lambda: "radek", lambda _: False)

    async def write_succeeded(self, future: Future[Any]) -> bool:
        await asyncio.wrap_future(future)
        return True

    def inform(self, sentence: str) -> None:
        self.said.append(sentence)

    def data_changed(self) -> None:
        self.changes += 1


async def test_every_change_is_undone_the_last_first_and_made_again(library: Library) -> None:
    fake = FakeHost(library)
    corrections = fake.corrections
    for field, value in (("born", "1886"), ("alias:Radeck", "spelling"), ("one_line", "Mine.")):
        assert await corrections.correct("radek", {field: value})
    all_three = {correction.field: correction.value for correction in library.corrections.all()}
    await corrections.action_restore_pack()
    assert library.corrections.all() == []
    await corrections.action_undo()
    assert len(library.corrections.all()) == 3
    for left in (2, 1, 0):
        await corrections.action_undo()
        assert len(library.corrections.all()) == left
    await corrections.action_undo()
    assert fake.said[-1] == "There is no correction to undo."
    for left in (1, 2, 3):
        await corrections.action_redo()
        assert len(library.corrections.all()) == left
    assert {correction.field: correction.value for correction in library.corrections.all()} == all_three
    await corrections.action_redo()
    assert library.corrections.all() == []
    await corrections.action_redo()
    assert fake.said[-1] == "There is no correction to redo."
    assert fake.changes == 9


async def test_an_addition_is_undone_and_made_again_with_the_same_key(library: Library) -> None:
    corrections = FakeHost(library).corrections
    key = await corrections.add({"name": "Anna Zzyzx"})
    assert key == "anna-zzyzx"
    await corrections.action_undo()
    assert library.figures.by_key(key) is None
    await corrections.action_redo()
    figure = library.figures.by_key(key)
    assert figure is not None
    assert figure.name == "Anna Zzyzx"


async def test_adding_somebody_is_undone(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "down", "A")
        form_of(pilot).query_one("#field-name", Input).value = "Anna Zzyzx"
        form_of(pilot).query_one("#field-ties", TextArea).text = "friend Karl Radek"
        await pilot.press("ctrl+s")
        await stored(pilot)
        await until(pilot, lambda: screen.here().key == "anna-zzyzx")
        await until(pilot, lambda: "friend  Karl Radek" in page_text(screen))
        await pilot.press("u")
        await settle(pilot)
        await until(pilot, lambda: screen.here().key is None)
        assert library.figures.by_key("anna-zzyzx") is None
        assert library.corrections.all() == []


async def test_a_wrong_spelling_of_the_pack_is_taken_away_and_given_back(library: Library) -> None:
    radek = library.figures.by_key("radek")
    assert radek is not None
    wrong = radek.aliases[0].text
    app = SergeApp(library)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, "enter", "e", name="radek")
        form_of(pilot).query_one("#field-not_called", Input).value = wrong
        await pilot.press("ctrl+s")
        await stored(pilot)
        figure = library.figures.by_key("radek")
        assert figure is not None
        assert wrong not in {alias.text for alias in figure.aliases}
        await pilot.press("e")
        await dialog_open(pilot)
        field = form_of(pilot).query_one("#field-not_called", Input)
        assert field.value == wrong
        field.value = ""
        await pilot.press("ctrl+s")
        await stored(pilot)
        assert library.figures.by_key("radek") == radek


async def test_corrections_are_written_as_a_patch_from_the_app(library: Library, tmp_path: Path) -> None:
    app = SergeApp(library, patch=lambda library: corrections_patch(library.corrections.all()))
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "down", "W")
        assert not isinstance(app.screen, Prompt), "nothing to write"
        library.corrections.correct("figure:radek", {"born": "1886"}).result()
        await pilot.press("W")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        target = tmp_path / "mine.patch"
        app.screen.query_one(Input).value = str(target)
        await pilot.press("enter")
        await stored(pilot)
        assert '+date = "1886"' in target.read_text("utf-8")
        target.write_text("mine", "utf-8")
        await pilot.press("W")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        app.screen.query_one(Input).value = str(target)
        await pilot.press("enter")
        await stored(pilot)
        assert target.read_text("utf-8") == "mine"


async def test_corrections_are_on_the_page_after_the_pack_was_stored_anew(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "enter", "e", name="radek")
        form_of(pilot).query_one("#field-one_line", Input).value = "Mine alone."
        form_of(pilot).query_one("#field-ties", TextArea).text += "\nfriend Maxim Gorky"
        await pilot.press("ctrl+s")
        await stored(pilot)
        store_pack(library.path, lambda _stage, _share: None)
        app.data_changed()
        await settle(pilot)
        assert "Mine alone.  yours" in page_text(screen)
        assert "friend  Maxim Gorky  yours" in page_text(screen)
