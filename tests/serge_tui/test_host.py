"""What the app gives to those who know it as their host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from serge_tui.app import AT_ONCE, SergeApp
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.prompt import Prompt
from serge_tui.navigation import ShowFigure
from tests.serge_tui.helpers import until

if TYPE_CHECKING:
    import pytest

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


async def test_only_a_mode_that_was_not_seen_yet_is_masked_while_it_opens(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = SergeApp(library)
    masked: list[float] = []

    def delay_update(self: App[None], delay: float = 0.05) -> None:
        masked.append(delay)

    monkeypatch.setattr(App, "delay_update", delay_update)
    async with app.run_test() as pilot:
        for mode in ("figures", "today", "figures"):
            app.action_go(mode)
            await until(pilot, lambda mode=mode: app.current_mode == mode)  # type: ignore[misc]
    assert masked == [0.05, AT_ONCE, AT_ONCE]
