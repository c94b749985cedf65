"""Limits, target retention with its cost, easy days, an exam, a backlog spread over days."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input, OptionList, Static

from db.errors import SergeError
from db.models import CardState
from serge_tui.dialogs.settings.screen import SettingsScreen
from serge_tui.services.card_collection import card_collection
from serge_tui.services.review_session import ReviewSession
from serge_tui.services.setting_rows import ROWS, stepped, toggled_day, value_of
from serge_tui.services.study_plans import read_exam
from serge_tui.services.study_settings import study_settings, today
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.cards.reviewing import review_screen, session_of, settled

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library

CHOICES = [row for row in ROWS if row.section == "Learning"]
NAMES = [choice.name for choice in CHOICES]


async def open_row(pilot: Pilot[None], name: str) -> SettingsScreen:
    """Open the settings at a row."""
    await pilot.press("s")
    await until(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen))
    screen = pilot.app.screen
    assert isinstance(screen, SettingsScreen)
    rows = screen.query_one(OptionList)
    rows.highlighted = rows.get_option_index(name)
    await pilot.pause()
    return screen


async def open_row_of(pilot: Pilot[None], name: str) -> None:
    """Go to another row of the open settings."""
    rows = pilot.app.screen.query_one(OptionList)
    rows.highlighted = rows.get_option_index(name)
    await pilot.pause()


def told(screen: SettingsScreen) -> str:
    return str(screen.query_one("#settings-help", Static).render())


async def test_a_limit_changes_with_the_arrows_and_holds_at_once(library: Library) -> None:
    async with review_screen(library) as (pilot, screen):
        assert session_of(screen).reviewer.remaining.new == 10
        await open_row(pilot, "cards.new_per_day")
        await pilot.press("left", "left")
        await settle(pilot)
        assert study_settings(library).new_per_day == 5
        await pilot.press("escape")
        assert session_of(await settled(pilot)).reviewer.remaining.new == 5


async def test_a_target_shows_what_it_costs_before_it_is_chosen(library: Library) -> None:
    async with review_screen(library) as (pilot, _):
        settings = await open_row(pilot, "cards.retention")
        await settle(pilot)
        assert told(settings).count("minutes a day") == 5
        assert study_settings(library).retention == 0.9
        await pilot.press("left")
        await settle(pilot)
        assert study_settings(library).retention == 0.85
        assert "▸  85%" in told(settings)


async def test_changes_are_undone_and_redone_and_a_default_is_a_default_again(library: Library) -> None:
    async with review_screen(library) as (pilot, _):
        await open_row(pilot, "cards.new_per_day")
        await pilot.press("right")
        await settle(pilot)
        await open_row_of(pilot, "cards.typed")
        await pilot.press("right")
        await settle(pilot)
        assert (study_settings(library).new_per_day, study_settings(library).typed) == (15, True)
        await pilot.press("u", "u")
        await settle(pilot)
        assert not {"cards.new_per_day", "cards.typed"} & set(library.settings.all())
        await pilot.press("ctrl+y")
        await settle(pilot)
        assert (study_settings(library).new_per_day, study_settings(library).typed) == (15, False)


async def test_easy_days_are_turned_on_and_off(library: Library) -> None:
    async with review_screen(library) as (pilot, _):
        await open_row(pilot, "cards.easy_days")
        await pilot.press("6", "7")
        await settle(pilot)
        assert study_settings(library).easy_days == {5, 6}
        await pilot.press("6")
        await settle(pilot)
        assert study_settings(library).easy_days == {6}


async def test_an_exam_sets_the_pace_and_its_cards_come_first(library: Library) -> None:
    day = today(library) + timedelta(days=13)
    async with review_screen(library) as (pilot, _):
        settings = await open_row(pilot, "cards.exam")
        await pilot.press("enter")
        settings.query_one("#settings-input", Input).value = f"{day.isoformat()} chapter 4"
        await pilot.press("enter")
        await settle(pilot)
        assert "in 13 days" in told(settings)
        await pilot.press("escape")
        screen = await settled(pilot)
        await until(pilot, lambda: session_of(screen).exam is not None)
        session = session_of(screen)
        assert session.exam is not None
        assert session.card is not None
        assert session.card.chapter == 4
        assert session.reviewer.remaining.new == max(10, session.exam.new_per_day)


def test_in_the_last_days_what_is_weak_is_asked_whatever_its_day(library: Library) -> None:
    day = today(library)
    portraits = [
        card for card in card_collection(library).cards.values() if card.chapter == 4 and card.kind == "portrait"
    ]
    cards = list({card.siblings[-1]: card.key for card in portraits}.values())[:6]  # no two siblings
    long_ago = (day - timedelta(days=30)).isoformat()
    far = (day + timedelta(days=60)).isoformat()
    library.study.replace_states([CardState(card, 8.0, 5.0, far, long_ago, 3) for card in cards]).result()
    assert ReviewSession(library).reviewer.remaining.due == 0
    library.settings.set("cards.exam_deck", "chapter 4").result()
    library.settings.set("cards.exam_day", (day + timedelta(days=2)).isoformat()).result()
    session = ReviewSession(library)
    assert session.reviewer.remaining.due == len(cards)
    assert not asyncio.run(session.is_stale())
    assert library.study.state(cards[0]).due_day == far, "nothing is stored until it is answered"


async def test_a_backlog_is_shown_as_a_plan_and_spread_on_the_second_enter(library: Library) -> None:
    day = today(library)
    cards = list(card_collection(library).cards)[:30]
    late = [CardState(card, 5.0, 5.0, (day - timedelta(days=20)).isoformat(), "2020-01-01", 2) for card in cards]
    library.study.replace_states(late).result()
    async with review_screen(library) as (pilot, _):
        settings = await open_row(pilot, "cards.spread")
        await pilot.press("enter")
        settings.query_one("#settings-input", Input).value = "10"
        await pilot.press("enter")
        await settle(pilot)
        assert "30 cards until" in told(settings)
        assert library.study.count_due(day.isoformat()) == 30
        await pilot.press("enter")
        await settle(pilot)
        assert library.study.count_due(day.isoformat()) == 10
        # Siblings get days apart: a few may come after the third day.
        assert library.study.count_due((day + timedelta(days=2)).isoformat()) >= 25
        assert library.study.count_due((day + timedelta(days=9)).isoformat()) == 30
        assert {state.due_day for state in library.study.states().values()} == {late[0].due_day}


async def test_a_spread_is_taken_back_as_it_was(library: Library) -> None:
    day = today(library)
    cards = list(card_collection(library).cards)[:30]
    late = (day - timedelta(days=20)).isoformat()
    states = [CardState(card, 5.0, 5.0, late, "2020-01-01", 2) for card in cards]
    states[3] = replace(states[3], buried_until=(day - timedelta(days=2)).isoformat())
    library.study.replace_states(states).result()
    before = library.study.states()
    async with review_screen(library) as (pilot, _):
        settings = await open_row(pilot, "cards.spread")
        await pilot.press("u")
        assert library.study.states() == before, "nothing was spread yet"
        await pilot.press("enter")
        settings.query_one("#settings-input", Input).value = "10"
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert library.study.count_due(day.isoformat()) == 10
        assert "u undoes it" in told(settings)
        await pilot.press("down", "up")
        await until(pilot, lambda: "30 cards were spread; u undoes it" in told(settings))  # later too
        answered = replace(library.study.state(cards[0]), due_day="2999-01-01", buried_until="", answers=3)
        library.study.set_state(answered).result()
        await pilot.press("u")
        await settle(pilot)
        assert "29 cards" in told(settings)
        assert library.study.states() == before | {cards[0]: answered}, "what was answered since stays"
        await pilot.press("u")
        await settle(pilot)
        assert library.study.states() == before | {cards[0]: answered}


@pytest.mark.parametrize(
    "text", ["tomorrow", "2020-01-01", "2999-01-01 nonsense", "2999-13-01", "chapter 4 by 31 Foo", "by 31 April 2999"]
)
def test_an_exam_that_cannot_be_is_one_sentence(library: Library, text: str) -> None:
    with pytest.raises(SergeError):
        read_exam(library, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2999-05-12 chapter 4", ("2999-05-12", "chapter 4")),
        ("chapter 4 by 12 May 2999", ("2999-05-12", "chapter 4")),
        ("know chapter 4 by 2999-05-12", ("2999-05-12", "chapter 4")),
        ("portraits by 3 sept. 2999", ("2999-09-03", "portraits")),
        ("by 1 Jan 2999", ("2999-01-01", "")),
        ("chapter:4 kind:portrait by 12 May 2999", ("2999-05-12", "chapter:4 kind:portrait")),
        ("12 May 2999", ("2999-05-12", "")),
    ],
)
def test_an_exam_is_written_as_one_says_it(library: Library, text: str, expected: tuple[str, str]) -> None:
    assert read_exam(library, text) == expected


def test_a_day_without_a_year_is_the_next_of_its_name(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.clock.utc_now", lambda: "2026-05-12T12:00:00.000000+00:00")
    assert read_exam(library, "chapter 4 by 12 May")[0] == "2026-05-12"
    assert read_exam(library, "chapter 4 by 11 May")[0] == "2027-05-11"
    assert read_exam(library, "chapter 4 by 29 February")[0] == "2028-02-29"


async def test_every_target_that_can_be_chosen_tells_what_it_costs(library: Library) -> None:
    async with review_screen(library) as (pilot, _):
        settings = await open_row(pilot, "cards.retention")
        await until(pilot, lambda: "95%" in told(settings))
        for choice in CHOICES[NAMES.index("cards.retention")].words:
            assert f"{choice}  " in told(settings)
        await pilot.press("right")
        await settle(pilot)
        assert "▸  92%" in told(settings)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_every_row_and_its_meaning_are_seen_in_a_small_window(library: Library, size: tuple[int, int]) -> None:
    async with review_screen(library, size=size) as (pilot, _):
        settings = await open_row(pilot, "cards.retention")
        await until(pilot, lambda: "95%" in told(settings))
        await settle(pilot)
        bottom = settings.query_one("#settings-keys").region.bottom
        assert bottom <= size[1]
        assert settings.query_one("#settings-help").region.height >= 7
        assert settings.query_one("#settings-keys").region.y >= settings.query_one("#settings-help").region.bottom


async def test_with_nothing_due_no_number_is_asked_for(library: Library) -> None:
    async with review_screen(library) as (pilot, _):
        settings = await open_row(pilot, "cards.spread")
        assert "Nothing is due" in told(settings)
        await pilot.press("enter")
        assert not settings.query_one("#settings-input", Input).display


def test_no_exam_is_an_empty_line(library: Library) -> None:
    assert read_exam(library, "  ") == ("", "")


@given(
    st.sampled_from([choice for choice in CHOICES if choice.values]), st.integers(-500, 500), st.sampled_from([1, -1])
)
def test_stepping_stays_among_the_values(choice: object, number: int, step: int) -> None:
    from serge_tui.services.setting_rows import SettingRow

    assert isinstance(choice, SettingRow)
    following = stepped(choice, number, step)
    assert following is None or following in choice.values


@given(st.lists(st.integers(0, 6), max_size=30))
def test_one_day_of_the_week_is_always_left(days: list[int]) -> None:
    easy: list[str] = []
    for day in days:
        easy = toggled_day(list(easy), day)
    assert len(easy) < 7


def test_every_row_has_a_value_or_a_deed(library: Library) -> None:
    for choice in CHOICES:
        assert choice.act is not None or value_of(library, choice) is not None
