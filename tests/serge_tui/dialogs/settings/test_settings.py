"""Settings: every setting in one list; changed, undone, searched, kept after a restart; themes shown while moving."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList, Static

from db.annotations import new_annotation
from db.backups import backups_of
from db.ends import ENDS_HIDDEN, ENDS_OFFER
from serge_tui.app import SergeApp
from serge_tui.dialogs.settings.screen import SettingsScreen
from serge_tui.dialogs.settings.themes import ThemeChooser
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.navigation import ShowMode
from serge_tui.services.reading_settings import page_choices
from serge_tui.services.setting_rows import ROWS, matches, stepped, value_of, words_of
from tests.serge_tui.helpers import click_on, settle, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from textual.pilot import Pilot

    from db.library import Library
    from serge_tui.navigation import Mode


@asynccontextmanager
async def settings_of(
    library: Library, mode: Mode = "today", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[None], SettingsScreen]]:
    """Open the settings over a mode."""
    app = SergeApp(library, start=ShowMode(mode))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        screen = app.screen
        assert isinstance(screen, SettingsScreen)
        yield pilot, screen


async def go_to_row(pilot: Pilot[None], screen: SettingsScreen, name: str) -> None:
    """Put the cursor on a row."""
    rows = screen.query_one(OptionList)
    rows.highlighted = rows.get_option_index(name)
    rows.focus()
    await settle(pilot)


def told(screen: SettingsScreen) -> str:
    return str(screen.query_one("#settings-help", Static).render())


def section_of(screen: SettingsScreen) -> str:
    return screen.chosen.section if screen.chosen is not None else ""


def shown(screen: SettingsScreen) -> list[str]:
    """Return the names of the rows that are shown."""
    return [name for option in screen.query_one(OptionList).options if (name := option.id) is not None]


# --- changing ---------------------------------------------------------------------------------------------------------


async def test_a_change_is_saved_at_once_and_undone_and_redone(library: Library) -> None:
    async with settings_of(library) as (pilot, screen):
        await go_to_row(pilot, screen, "reader.measure")
        await pilot.press("right", "right")
        await settle(pilot)
        assert page_choices(library).settings.measure == 70
        await pilot.press("u")
        await settle(pilot)
        assert page_choices(library).settings.measure == 68
        await pilot.press("u")
        await settle(pilot)
        assert "reader.measure" not in library.settings.all(), "at its default again"
        await pilot.press("ctrl+y")
        await settle(pilot)
        assert page_choices(library).settings.measure == 68


async def test_a_change_holds_after_a_restart(library: Library) -> None:
    async with settings_of(library) as (pilot, screen):
        await go_to_row(pilot, screen, "reader.setting")
        await pilot.press("right")
        await settle(pilot)
    async with settings_of(library) as (_, screen):
        rows = screen.query_one(OptionList)
        assert "Justified" in str(rows.get_option("reader.setting").prompt)


async def test_read_follows_when_the_settings_are_closed(library: Library) -> None:
    async with settings_of(library, "reader") as (pilot, screen):
        reader = pilot.app.screen_stack[0]
        assert isinstance(reader, ReaderScreen)
        await go_to_row(pilot, screen, "reader.measure")
        await pilot.press("left")
        for name in ("reader.paged", "reader.terms", "reader.names"):
            await go_to_row(pilot, screen, name)
            await pilot.press("right")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReaderScreen)
        assert (reader.page.settings.measure, reader.page.paged) == (64, True)
        assert not reader.terms.is_on
        assert reader.names.layers(reader.text.opened) == [] if reader.text.opened else False


async def test_read_follows_also_when_the_settings_were_changed_elsewhere(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("reader"))
    async with app.run_test() as pilot:
        await settle(pilot)
        app.action_go("today")
        await settle(pilot)
        await pilot.press("comma", "tab", "shift+tab", "right", "escape")
        await settle(pilot)
        app.action_go("reader")
        await settle(pilot)
        reader = app.screen
        assert isinstance(reader, ReaderScreen)
        assert reader.page.settings.measure == 68


async def test_ends_are_hidden_and_the_offer_is_answered(library: Library) -> None:
    async with settings_of(library) as (pilot, screen):
        library.settings.set(ENDS_OFFER, True).result()  # Today takes it away once it was shown
        await go_to_row(pilot, screen, ENDS_HIDDEN)
        await pilot.press("right")
        await settle(pilot)
        assert library.settings.get(ENDS_HIDDEN, False)
        assert ENDS_OFFER not in library.settings.all()
        await pilot.press("u")
        await settle(pilot)
        assert not library.settings.get(ENDS_HIDDEN, False)
        assert library.settings.get(ENDS_OFFER, False), "undone as a whole"


# --- the list ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("limit", "cards.new_per_day"),
        ("retention", "cards.retention"),
        ("width", "reader.measure"),
        ("spoiler", ENDS_HIDDEN),
        ("theme", "theme"),
        ("backup", "data.backups"),
        ("new card", "cards.new_per_day"),
    ],
)
async def test_the_search_finds_by_other_words(library: Library, words: str, found: str) -> None:
    async with settings_of(library) as (pilot, screen):
        await pilot.press(*("space" if letter == " " else letter for letter in words))
        await settle(pilot)
        assert found in shown(screen)
        assert len(shown(screen)) < len(ROWS)
        await pilot.press("enter")
        assert screen.query_one(OptionList).has_focus


async def test_a_search_for_nothing_says_so_and_esc_shows_all_again(library: Library) -> None:
    async with settings_of(library) as (pilot, screen):
        await pilot.press("z", "z", "q", "comma", "u")
        await settle(pilot)
        assert screen.query_one("#settings-search", Input).value == "zzq,u"
        assert "No setting" in told(screen)
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert {row.name for row in ROWS} <= set(shown(screen))
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is not screen


async def test_tab_goes_to_the_next_section(library: Library) -> None:
    async with settings_of(library) as (pilot, screen):
        await pilot.press("down")
        assert screen.chosen is ROWS[1]
        assert screen.query_one(OptionList).has_focus
        await pilot.press("tab")
        assert section_of(screen) == "People"
        await pilot.press("shift+tab")
        await settle(pilot)
        assert section_of(screen) == "Reading"


async def test_letters_typed_at_once_search_and_change_nothing(library: Library) -> None:
    async with settings_of(library) as (pilot, _):
        before = library.settings.all()
        await pilot.press(*"limit", "enter", "right")
        await settle(pilot)
        changed = {name for name, value in library.settings.all().items() if before.get(name) != value}
        assert changed == {"cards.new_per_day"}


async def test_the_mouse_alone_changes_a_setting(library: Library) -> None:
    async with settings_of(library, size=(120, 40)) as (pilot, screen):
        await click_on(pilot, "Learning", 0)
        assert screen.chosen is not None
        assert screen.chosen.name == "cards.new_per_day"
        await click_on(pilot, "Reviews a day")
        assert screen.chosen.name == "cards.reviews_per_day"
        before = value_of(library, screen.chosen)
        assert before == 60, "the first click only moves there"
        await click_on(pilot, "change")
        assert value_of(library, screen.chosen) == 80
        await click_on(pilot, "←")
        assert value_of(library, screen.chosen) == 60
        await click_on(pilot, "Esc")
        assert pilot.app.screen is not screen


async def test_a_comma_in_a_box_is_a_comma(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("today"))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press("a", "comma", "b")
        await pilot.pause()
        assert isinstance(app.focused, Input)
        assert app.focused.value == "a,b"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_every_row_and_its_sentence_are_seen(library: Library, size: tuple[int, int]) -> None:
    async with settings_of(library, size=size) as (pilot, screen):
        for row in ROWS:
            await go_to_row(pilot, screen, row.name)
            assert told(screen).startswith(row.help)
            assert screen.query_one("#settings-keys").region.bottom <= size[1]
            assert screen.query_one(OptionList).region.height >= 3


# --- looks and data ---------------------------------------------------------------------------------------------------


async def test_a_theme_is_shown_while_moving_and_esc_brings_back_the_one_before(library: Library) -> None:
    async with settings_of(library) as (pilot, screen):
        await go_to_row(pilot, screen, "theme")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ThemeChooser))
        await pilot.press("down", "down")
        await settle(pilot)
        assert pilot.app.theme not in {"petrograd", "samizdat"}
        assert "theme" not in library.settings.all(), "not saved by looking"
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.theme == "petrograd"
        assert "theme" not in library.settings.all()


async def test_a_chosen_theme_is_kept_and_undone(library: Library) -> None:
    async with settings_of(library) as (pilot, screen):
        await go_to_row(pilot, screen, "theme")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ThemeChooser))
        await pilot.press("down", "enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        await settle(pilot)
        assert (pilot.app.theme, library.settings.get("theme", "")) == ("samizdat", "samizdat")
        await pilot.press("u")
        await settle(pilot)
        assert pilot.app.theme == "petrograd"
        assert "theme" not in library.settings.all()


async def test_a_copy_is_made_and_the_file_is_checked(library: Library) -> None:
    async with settings_of(library) as (pilot, screen):
        await go_to_row(pilot, screen, "data.backups")
        await pilot.press("enter")
        await settle(pilot)
        (copy,) = backups_of(library.path)
        assert str(copy.path) in told(screen)
        assert "1 copy" in str(screen.query_one(OptionList).get_option("data.backups").prompt)
        await go_to_row(pilot, screen, "data.check")
        await pilot.press("enter")
        await settle(pilot)
        assert "sound" in told(screen)
        await go_to_row(pilot, screen, "data.file")
        assert str(library.path) in told(screen)


# --- the table --------------------------------------------------------------------------------------------------------


def test_every_row_has_a_name_of_its_own_a_sentence_and_a_value_that_can_be_chosen(library: Library) -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row.help.endswith((".", ":"))
        value = value_of(library, row)
        assert len(row.values) == len(row.words)
        if row.values:
            assert value in row.values
            assert words_of(row, value) in row.words


def test_words_and_yes_or_no_go_round() -> None:
    row = next(row for row in ROWS if row.name == "reader.names")
    assert [stepped(row, way, 1) for way in row.values] == ["first", "fading", "off", "every"]
    assert stepped(row, "every", -1) == "off"


def test_a_value_that_cannot_be_is_the_default(library: Library) -> None:
    library.settings.set("reader.names", "sometimes").result()
    row = next(row for row in ROWS if row.name == "reader.names")
    assert value_of(library, row) == "every"


def test_each_word_typed_must_begin_a_word() -> None:
    row = next(row for row in ROWS if row.name == "cards.reviews_per_day")
    assert matches(row, "rev day")
    assert matches(row, "")
    assert not matches(row, "eviews")


async def test_notes_and_answers_are_exported_and_machines_are_synchronised(library: Library, tmp_path: Path) -> None:
    library.annotations.save(new_annotation("note", body="the frozen river")).result()
    async with settings_of(library) as (pilot, screen):

        async def answer(row: str, words: str) -> str:
            await go_to_row(pilot, screen, row)
            await pilot.press("enter")
            await settle(pilot)
            screen.query_one("#settings-input", Input).value = words
            await pilot.press("enter")
            await settle(pilot)
            return told(screen)

        folder = tmp_path / "all of it"
        assert f"written to {folder}" in await answer("data.export", str(folder))
        assert "the frozen river" in (folder / "notes.json").read_text("utf-8")
        assert (folder / "answers.json").exists()
        assert len(list(folder.rglob("*.md"))) > 100
        assert "exists already" in await answer("data.export", str(folder))
        await pilot.press("escape")
        shared = tmp_path / "shared"
        shared.mkdir()
        assert "sent, 0 changes received." in await answer("sync.folder", str(shared))
        assert list(shared.iterdir())
        assert str(shared) in str(screen.query_one(OptionList).get_option("sync.folder").prompt)
