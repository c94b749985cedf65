"""Cards and corrections being written survive the end of the program, and open in the same form again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, TextArea

from serge_tui.app import SergeApp
from serge_tui.dialogs.card_editor import CardEditor
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.figure_form.screen import FigureForm
from serge_tui.navigation import ShowDeck, ShowFigure
from tests.serge_tui.dialogs.test_drafts import after_a_crash, stored
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.cards.reviewing import review_screen

if TYPE_CHECKING:
    import pytest
    from textual.pilot import Pilot

    from db.library import Library


async def open_card(pilot: Pilot[None], key: str) -> None:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, CardEditor))


async def fill_card(pilot: Pilot[None], library: Library, question: str, answer: str = "") -> None:
    pilot.app.screen.query_one("#card-front", TextArea).text = question
    pilot.app.screen.query_one("#card-back", TextArea).text = answer
    await until(pilot, lambda: any(question in row for row in stored(library)))


async def continue_offered(pilot: Pilot[None], said: str) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
    assert said in "\n".join(str(widget.render()) for widget in pilot.app.screen.query("Static"))
    await pilot.press("enter")


async def test_a_new_card_is_kept_and_gone_when_it_is_saved(library: Library) -> None:
    async with review_screen(library) as (pilot, _):
        await open_card(pilot, "n")
        await fill_card(pilot, library, "Who shot at Trotsky?", "nobody yet")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: stored(library) == [])
    assert any("Who shot at Trotsky?" in one.body for one in library.annotations.all())


async def test_a_card_thrown_away_leaves_no_draft(library: Library) -> None:
    async with review_screen(library) as (pilot, _):
        await open_card(pilot, "e")
        await fill_card(pilot, library, "Not this", "no")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: stored(library) == [])


async def test_a_card_left_by_a_crash_is_continued(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with review_screen(library) as (pilot, _):
        await open_card(pilot, "n")
        await fill_card(pilot, library, "Half a question")
    after_a_crash(monkeypatch)
    app = SergeApp(library)
    async with app.run_test() as pilot:
        await continue_offered(pilot, "A card you were writing")
        await until(pilot, lambda: isinstance(app.screen, CardEditor))
        assert app.screen.query_one("#card-front", TextArea).text == "Half a question"
        app.screen.query_one("#card-back", TextArea).text = "the answer"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: stored(library) == [])
    (note,) = [one for one in library.annotations.all() if one.body]
    assert "Half a question" in note.body
    assert "the answer" in note.body


async def test_a_reworded_card_is_continued_as_the_same_card(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    async with review_screen(library) as (pilot, screen):
        assert screen.review.card is not None
        key = screen.review.card.key
        await open_card(pilot, "e")
        await fill_card(pilot, library, "My wording", "mine")
    after_a_crash(monkeypatch)
    app = SergeApp(library)
    async with app.run_test() as pilot:
        await continue_offered(pilot, "A card you were writing")
        await until(pilot, lambda: isinstance(app.screen, CardEditor))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: stored(library) == [])
    assert library.study.wordings() == {key: ("My wording", "mine")}


async def test_a_reworded_card_that_is_saved_leaves_no_draft(library: Library) -> None:
    async with review_screen(library) as (pilot, _):
        await open_card(pilot, "e")
        await fill_card(pilot, library, "My wording", "mine")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: stored(library) == [])


async def test_a_living_windows_card_is_not_offered(library: Library) -> None:
    async with review_screen(library) as (pilot, _):
        await open_card(pilot, "n")
        await fill_card(pilot, library, "Still open")
        other = SergeApp(library, start=ShowDeck(""))
        async with other.run_test() as beside:
            await settle(beside)
            assert library.drafts.abandoned() == []
        assert len(stored(library)) == 1


async def correct(pilot: Pilot[None], library: Library, born: str) -> None:
    await settle(pilot)
    await pilot.press("e")
    await until(pilot, lambda: isinstance(pilot.app.screen, FigureForm))
    pilot.app.screen.query_one("#field-born", Input).value = born
    await until(pilot, lambda: any(born in row for row in stored(library)))


async def test_a_correction_is_kept_and_gone_when_it_is_saved(library: Library) -> None:
    app = SergeApp(library, start=ShowFigure("radek"))
    async with app.run_test() as pilot:
        await correct(pilot, library, "1886")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: stored(library) == [])
    assert library.corrections.of("figure:radek")["born"].value == "1886"


async def test_a_correction_thrown_away_or_emptied_leaves_no_draft(library: Library) -> None:
    app = SergeApp(library, start=ShowFigure("radek"))
    async with app.run_test() as pilot:
        await settle(pilot)
        before = library.figures.by_key("radek")
        await correct(pilot, library, "1886")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: stored(library) == [])
        assert before == library.figures.by_key("radek")


async def test_a_correction_left_by_a_crash_is_continued(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    first = SergeApp(library, start=ShowFigure("radek"))
    async with first.run_test() as pilot:
        await correct(pilot, library, "1886")
    after_a_crash(monkeypatch)
    app = SergeApp(library)
    async with app.run_test() as pilot:
        await continue_offered(pilot, "Radek you were making")
        await until(pilot, lambda: isinstance(app.screen, FigureForm))
        assert app.screen.query_one("#field-born", Input).value == "1886"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: stored(library) == [])
    assert library.corrections.of("figure:radek")["born"].value == "1886"


async def test_an_offered_correction_can_be_discarded(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    first = SergeApp(library, start=ShowFigure("radek"))
    async with first.run_test() as pilot:
        await correct(pilot, library, "1886")
    after_a_crash(monkeypatch)
    app = SergeApp(library)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, Choice))
        await pilot.press("down", "enter")
        await until(pilot, lambda: stored(library) == [])
    assert library.corrections.of("figure:radek") == {}
