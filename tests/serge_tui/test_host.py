"""What the app gives to those who know it as their host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.app import SergeApp
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.prompt import Prompt
from serge_tui.navigation import ShowFigure

if TYPE_CHECKING:
    from db.library import Library


async def test_a_dialog_that_is_open_when_one_goes_elsewhere_answers_with_nothing(library: Library) -> None:
    app = SergeApp(library)
    answers: list[object] = []

    async def choosing() -> None:
        chosen = await app.ask(Choice("Deck", [("All", "")]))
        answers.append(chosen)

    async def typing() -> None:
        typed = await app.ask(Prompt("Page", "218"))
        answers.append(typed)

    async with app.run_test() as pilot:
        app.start(choosing())
        await pilot.pause()
        app.start(typing())
        await pilot.pause()
        assert len(app.screen_stack) == 3
        app.go_to(ShowFigure("zinoviev"))
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert answers == [None, None]
        assert app.current_mode == "figures"
        assert len(app.screen_stack) == 1
