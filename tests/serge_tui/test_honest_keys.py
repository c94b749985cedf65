"""What the bottom line and the help promise is what the keys do; messages and the way back say what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from db.models import GUIDE_EDITION, Place
from serge_tui.app import SergeApp
from serge_tui.commands.modes import MODE_ENTRIES
from serge_tui.commands.reader import SELECTION_COMMANDS
from serge_tui.dialogs.help import HelpScreen, HelpText
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.modes.quiz.screen import QuizScreen
from serge_tui.navigation import BeginRound, Destination, ReadAt, ShowDeck, ShowFigure, ShowMode
from serge_tui.widgets.answer_box import AnswerBox
from serge_tui.widgets.key_line import KeyLine
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library

SELECTING = {command.id for command in SELECTION_COMMANDS}
"""Keys that the reader takes before Textual's bindings while words are selected."""


def screen_of(pilot: Pilot[None]) -> ModeScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, ModeScreen)
    return screen


ENTER_IN_BOX = {"figures.open-chosen", "cards.open", "quiz.open"}
"""What Enter in a box does, through the box's own message."""


async def false_promises(pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Press each key that the bottom line shows, and return those that run something else, or are typed."""
    screen, run, wrong = screen_of(pilot), pilot.app.run_action, []
    ran: list[str] = []

    async def record(action: str, *arguments: object, **others: object) -> bool:
        if action.startswith("scroll_"):
            return await run(action, *arguments, **others)  # type: ignore[arg-type]  # passed on to the next if it cannot
        ran.append(action.removeprefix("focused."))
        return True

    monkeypatch.setattr(pilot.app, "run_action", record)
    line = screen.query_one(KeyLine)
    for command in line.commands:
        keys = line.key_of(command) if command.footer else ""
        if not keys or command.id in SELECTING:
            continue
        box = screen.focused if isinstance(screen.focused, Input) else None
        before = box.value if box is not None else ""
        ran.clear()
        await pilot.press(*keys.split(" "))
        await pilot.pause()
        action = command.textual_action.removeprefix("focused.")
        by_message = keys == "enter" and ran[:1] in (["choose"], ["follow"], ["select"])
        by_box = ran[:1] == ["submit"] and command.id in ENTER_IN_BOX
        if ran[:1] != [action] and not by_message and not by_box:
            wrong.append(f"{keys} {command.footer}: {ran}")
        if box is not None and box.value != before:
            wrong.append(f"{keys} {command.footer}: typed")
    monkeypatch.undo()
    return wrong


START = ReadAt(Place(GUIDE_EDITION, 12, 0))


@pytest.mark.parametrize(
    ("start", "keys", "typed"),
    [
        *((ShowMode(entry.mode), "", False) for entry in MODE_ENTRIES),
        (ShowFigure("trotsky"), "", False),
        (ShowMode("figures"), "down f", False),
        (START, "x", False),
        (START, "t", False),
        (START, "X p", False),
        (START, "v", False),
        (ShowMode("cards"), "space", False),
        (ShowMode("cards"), "r", False),
        (ShowDeck("Portraits"), "", True),
        (ShowMode("quiz"), "space", False),
        (ShowMode("quiz"), "space 1", False),
        (ShowMode("quiz"), "space", True),
        (ShowMode("notes"), "f", False),
        (ShowMode("years"), "l", False),
        (ShowMode("years"), "i", False),
    ],
)
async def test_each_key_in_the_bottom_line_runs_what_it_says(
    library: Library, start: Destination, keys: str, typed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.settings.set("cards.typed", typed).result()
    library.settings.set("quiz.typed", typed).result()
    app = SergeApp(library, start=start)
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        await settle(pilot)
        for key in keys.split():
            await pilot.press(key)
            await settle(pilot)
        screen = screen_of(pilot)
        is_typing, drawn = isinstance(screen.focused, Input), screen.query_one(KeyLine).render().plain
        assert drawn.strip()
        assert await false_promises(pilot, monkeypatch) == []
        if is_typing:
            assert " ? help" not in drawn
            assert " z stop" not in drawn


@pytest.mark.parametrize("mode", [entry.mode for entry in MODE_ENTRIES])
async def test_the_help_shows_only_keys_that_work_now(library: Library, mode: str) -> None:
    app = SergeApp(library, start=ShowMode(mode))  # type: ignore[arg-type]
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await settle(pilot)
        screen = screen_of(pilot)
        now = {command.id: command for command in screen.commands_now()}
        assert len(now) > 5
        assert "app.settings" in now or isinstance(screen.focused, Input)
        if isinstance(screen.focused, Input):
            keys = [keys for command in now.values() for keys in command.alternatives()]
            assert not [one for one in keys if len(one) == 1 and one.isalpha()]


async def test_the_help_can_be_searched(library: Library) -> None:
    app = SergeApp(library, start=START)
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: app.current_mode == "reader")
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press("slash", *"bookmark")
        text = app.screen.query_one(HelpText)
        await until(pilot, lambda: "Go one line down" not in text.render().plain)
        assert "Put a bookmark" in text.render().plain
        await pilot.press("escape", "escape")
        await until(pilot, lambda: "Go one line down" in text.render().plain)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, HelpScreen))


async def test_going_back_says_where_to_and_how_to_go_forward(library: Library) -> None:
    app = SergeApp(library, start=ShowFigure("trotsky"))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: app.current_mode == "figures")
        await pilot.press("f8")
        await until(pilot, lambda: app.current_mode == "years")
        await pilot.press("escape")
        await until(pilot, lambda: app.current_mode == "figures")
        await until(pilot, lambda: messages(pilot) == ["Back to Leon Trotsky · Tab forward"])
        await pilot.press("j")
        await until(pilot, lambda: messages(pilot) == [])


def messages(pilot: Pilot[None]) -> list[str]:
    return [str(toast.render()) for toast in pilot.app.screen.query("Toast")]


async def test_a_message_is_one_line_at_the_bottom_and_an_error_stays_until_esc(library: Library) -> None:
    app = SergeApp(library, start=START)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: app.current_mode == "reader")
        app.inform("A short message.")
        await until(pilot, lambda: messages(pilot) == ["A short message."])
        (toast,) = app.screen.query("Toast")
        assert (toast.region.y, toast.region.height, toast.region.x) == (23, 1, 0)
        app.report_error("That went wrong.")
        await pilot.press("j", "k")
        await until(pilot, lambda: messages(pilot) == ["That went wrong."])
        here = screen_of(pilot).spot()
        await pilot.press("escape")
        await until(pilot, lambda: messages(pilot) == [])
        assert screen_of(pilot).spot() == here


async def test_figures_opens_with_the_box_ready_wherever_one_comes_from(library: Library) -> None:
    app = SergeApp(library, start=ShowFigure("trotsky"))
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: app.current_mode == "figures")
        await settle(pilot)
        for away in ("f2", "f8"):
            await pilot.press(away)
            await until(pilot, lambda: app.current_mode != "figures")
            await pilot.press("f4")
            await until(pilot, lambda: app.current_mode == "figures")
            await settle(pilot)
            box = screen_of(pilot).query_one("#figures-query", Input)
            assert box.has_focus
            await pilot.press("e", "A")
            assert box.value == "eA"
            assert app.screen is screen_of(pilot)
            box.value = ""


async def test_a_question_of_order_does_not_turn_to_typing_unseen(library: Library) -> None:
    app = SergeApp(library, start=BeginRound(kind="first", seed=3))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(screen_of(pilot), QuizScreen))
        screen = screen_of(pilot)
        assert isinstance(screen, QuizScreen)
        await until(pilot, lambda: screen.play.is_by_number)
        await pilot.press("i")
        await until(pilot, lambda: messages(pilot) == ["This question is answered by a number."])
        assert library.settings.get("quiz.typed", False) is False
        assert not screen.query_one(AnswerBox).display
