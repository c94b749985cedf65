"""Keys in Settings: a new key is pressed, works at once, stands in the file beside what the reader wrote there."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from serge_tui.commands.keymap import load_keymap
from serge_tui.commands.keymap_file import with_keys, written_keys
from serge_tui.dialogs.settings.keys import KeyCapture
from tests.serge_tui.dialogs.settings.test_settings import go_to_row, settings_of
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from db.library import Library
    from serge_tui.dialogs.settings.screen import SettingsScreen


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config" / "keys.toml"
    monkeypatch.setattr("serge_tui.dialogs.settings.screen.config_file", lambda: path)
    return path


def written(file: Path) -> dict[str, object]:
    return tomllib.loads(file.read_text("utf-8")) if file.exists() else {}


async def capture(pilot: Pilot[None], screen: SettingsScreen, command: str, *keys: str) -> None:
    """Press new keys for a command."""
    await go_to_row(pilot, screen, f"key:{command}")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, KeyCapture))
    await pilot.press(*keys)
    await settle(pilot)


async def test_a_new_key_works_at_once_and_is_undone(library: Library, file: Path) -> None:
    async with settings_of(library) as (pilot, screen):
        await capture(pilot, screen, "app.theme", "f12", "enter")
        await until(pilot, file.exists)
        await settle(pilot)
        assert written(file) == {"app.theme": "F12"}
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("f12")
        await settle(pilot)
        assert pilot.app.theme == "samizdat"
        await pilot.press("c")
        await settle(pilot)
        assert pilot.app.theme == "samizdat", "the built-in key is free"


async def test_a_change_of_keys_is_undone_and_a_key_is_built_in_again(library: Library, file: Path) -> None:
    async with settings_of(library) as (pilot, screen):
        await capture(pilot, screen, "app.theme", "f12", "enter")
        await until(pilot, file.exists)
        await settle(pilot)
        await pilot.press("u")
        await until(pilot, lambda: not file.exists())
        await settle(pilot)
        assert screen.host.reader_keymap == {}
        await pilot.press("ctrl+y")
        await until(pilot, file.exists)
        await settle(pilot)
        assert screen.host.reader_keymap == {"app.theme": "f12"}
        await pilot.press("backspace")
        await until(pilot, lambda: not file.exists())
        await settle(pilot)
        assert screen.host.reader_keymap == {}


async def test_a_conflict_is_told_and_not_kept(library: Library, file: Path) -> None:
    async with settings_of(library) as (pilot, screen):
        await capture(pilot, screen, "app.theme", "question_mark", "enter")
        box = pilot.app.screen
        assert isinstance(box, KeyCapture), "still open"
        assert "“Help”" in str(box.query_one("#conflicts").render())
        await pilot.press("escape")
        await settle(pilot)
        assert written(file) == {}


def test_what_the_reader_wrote_stays() -> None:
    text = '# mine\n"app.help" = "F1" # help\n\n[notes]\nedit = "e"\n'
    changed = with_keys(text, "app.theme", "F12")
    assert changed == '"app.theme" = "F12"\n' + text
    assert with_keys(changed, "app.theme", "] n") == '"app.theme" = "] n"\n' + text
    assert with_keys(changed, "app.theme", None) == text


@pytest.mark.parametrize("text", ['[notes]\nedit = "e"\n', "no toml", '"notes.edit" = [\n"e",\n]\n'])
def test_a_form_that_is_not_understood_is_left_alone(text: str) -> None:
    with pytest.raises(SergeError):
        with_keys(text, "notes.edit", "F12")


@pytest.mark.parametrize(
    "keys", [["right_square_bracket", "n"], ["comma"], ["G"], ["ctrl+f"], ["pagedown"], ["quotation_mark"], ["space"],
             ["backslash"], ["shift+tab"], ["f12"], ["plus"]]
)  # fmt: skip
def test_what_is_written_is_read_as_what_was_pressed(tmp_path: Path, keys: list[str]) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(with_keys("", "app.theme", written_keys(keys)), "utf-8")
    assert load_keymap(path) == ({"app.theme": " ".join(keys)}, [])
