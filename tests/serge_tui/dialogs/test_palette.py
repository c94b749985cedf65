"""The palette: everything of every mode, from any mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from serge_tui.app import SergeApp
from serge_tui.commands.modes import MODE_ENTRIES
from serge_tui.dialogs.palette_entries import (
    CommandIn,
    SettingAt,
    command_entries,
    library_entries,
    recent,
    score,
)
from serge_tui.dialogs.settings.screen import SettingsScreen
from serge_tui.modes.quiz.screen import QuizScreen
from serge_tui.navigation import ShowMode
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library

WANTED = {
    "settings": "command:app.settings",
    "import": "command:app.import",
    "export": "command:notes.export",
    "limit": "setting:cards.new_per_day",
    "new cards": "setting:cards.new_per_day",
    "dark": "setting:theme",
    "quiz": "command:mode.quiz",
    "learn": "command:mode.cards",
    "font": "setting:reader.setting",
    "retention": "setting:cards.retention",
    "width": "setting:reader.measure",
    "spoiler": "setting:fates_sealed",
    "footnote": "command:reader.notes",
    "portraits": "deck:Portraits",
    "guide": "edition:guide",
}
FIRST = {
    "settings",
    "import",
    "export",
    "limit",
    "new cards",
    "dark",
    "quiz",
    "learn",
    "font",
    "retention",
    "width",
    "spoiler",
}
"""Words whose answer is the first line."""


def titles(pilot: Pilot[None]) -> list[str]:
    """What the open palette lists, each by its first line."""
    options = pilot.app.screen.query_one(OptionList).options
    return [str(option.prompt).split("\n")[0] for option in options]


async def open_palette(pilot: Pilot[None], query: str = "") -> None:
    await pilot.press("ctrl+p")
    await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
    if query:
        pilot.app.screen.query_one(Input).value = query


@pytest.mark.parametrize("mode", [entry.mode for entry in MODE_ENTRIES])
async def test_the_words_people_look_for_find_what_they_should_from_every_mode(library: Library, mode: str) -> None:
    app = SergeApp(library, start=ShowMode(mode))  # type: ignore[arg-type]
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: app.current_mode == mode)
        await settle(pilot)
        assert app.current_mode_name == mode
        entries = command_entries(app.commands_here, app.current_mode_name, {}) + library_entries(library)
        for query, wanted in WANTED.items():
            ranked = sorted(entries, key=lambda entry: -score(entry, query))
            best = score(ranked[0], query)
            assert wanted in [entry.id for entry in ranked[:6]], (query, [entry.id for entry in ranked[:6]])
            assert best > 0
            assert query not in FIRST or ranked[0].id == wanted, (query, ranked[0].id)
        known = {entry.id for entry in entries}
        assert {"command:notes.export", "command:cards.deck", "command:quiz.kind", "command:years.side"} <= known
        assert {"command:reader.contents", "command:figures.facets", "command:today.portrait"} <= known


async def test_a_command_of_another_mode_goes_there_and_runs(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("years"))
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: app.current_mode == "years")
        await open_palette(pilot, "choose the kind")
        await until(pilot, lambda: titles(pilot)[:1] == ["Choose the kind"])
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "quiz")
        screen = app.screen_stack[0]
        assert isinstance(screen, QuizScreen)
        await until(pilot, lambda: screen.plan.kind is not None)


async def test_a_grade_is_not_given_to_a_card_nobody_has_seen(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("years"))
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: app.current_mode == "years")
        await open_palette(pilot, "suspend no longer asked")
        await until(pilot, lambda: titles(pilot)[:1] == ["Suspend"])
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "cards")
        await settle(pilot)
        assert not [state for state in library.study.states().values() if state.suspended]


async def test_a_setting_is_opened_at_its_row_and_comes_first_the_next_time(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await open_palette(pilot, "retention")
        await until(pilot, lambda: titles(pilot)[:1] == ["Target retention"])
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        settings = app.screen
        assert isinstance(settings, SettingsScreen)
        await until(pilot, lambda: settings.chosen is not None and settings.chosen.name == "cards.retention")
        await pilot.press("escape")
        await until(pilot, lambda: recent(library) == ["setting:cards.retention"])
        await open_palette(pilot)
        await until(pilot, lambda: titles(pilot)[:1] == ["Target retention"])


async def test_a_person_is_found_by_any_spelling(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await open_palette(pilot, "Sinowjew")
        await until(pilot, lambda: titles(pilot)[:1] == ["Grigory Zinoviev"])
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "figures")


async def test_every_setting_and_every_command_of_the_modes_is_there(library: Library) -> None:
    entries = command_entries((), None, {}) + library_entries(library)
    targets = [entry.target for entry in entries]
    assert len([one for one in targets if isinstance(one, SettingAt)]) > 15
    assert len({one.command.id for one in targets if isinstance(one, CommandIn)}) > 120
    assert len({entry.id for entry in entries}) == len(entries)
