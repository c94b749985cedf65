"""What all dialogs share: help on their keys, keys of the reader's own, an answer or None."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.widgets import Input

from serge_tui.app import SergeApp
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.help import HelpScreen, HelpText
from serge_tui.dialogs.prompt import Prompt
from tests.serge_tui.helpers import until

if TYPE_CHECKING:
    from textual.screen import Screen

    from db.library import Library


def is_shown(app: SergeApp, screen: Screen[Any]) -> bool:
    return app.screen is screen


async def test_a_question_mark_shows_the_keys_of_a_list_and_f1_those_of_a_line(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        for dialog, key, sentence in (
            (Choice("Colour", [("amber", "")]), "question_mark", "Close without choosing."),
            (Prompt("About", "a name"), "f1", "Close without an answer."),
        ):
            await app.push_screen(dialog)
            await pilot.press(key)
            await until(pilot, lambda: isinstance(app.screen, HelpScreen))
            assert sentence in app.screen.query_one(HelpText).render().plain
            await pilot.press("escape")
            await until(pilot, partial(is_shown, app, dialog))
            await pilot.press("escape")
            await until(pilot, lambda: len(app.screen_stack) == 1)


async def test_a_question_mark_is_typed_where_text_is_typed(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Prompt("About", "a name"))
        await pilot.press("question_mark")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "?"


async def test_keys_of_the_readers_own_work_in_a_dialog(library: Library) -> None:
    answers: list[int | None] = []
    app = SergeApp(library, keymap={"dialog.down": "n", "dialog.cancel": "z"})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.push_screen(Choice("Colour", [("amber", ""), ("red", "")]), answers.append)
        await pilot.press("n", "enter")
        await until(pilot, lambda: answers == [1])
        await app.push_screen(Choice("Colour", [("amber", "")]), answers.append)
        await pilot.press("z")
        await until(pilot, lambda: answers == [1, None])
