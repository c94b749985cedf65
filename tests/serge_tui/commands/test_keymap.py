"""Keys of the reader's own: understood as people write them, and what is wrong with them told in a sentence."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import serge_tui
from serge_tui.app import SergeApp
from serge_tui.cli.group import serge
from serge_tui.commands import Chords, key_label
from serge_tui.commands.key_checks import faults_of, key_faults
from serge_tui.commands.keymap import load_keymap, read_key
from serge_tui.commands.registry import commands_by_place
from serge_tui.commands.study import LEAVE_ANSWER
from tests.serge_tui.helpers import until

if TYPE_CHECKING:
    from db.library import Library


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "keys.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("key", "name"),
    [("]", "right_square_bracket"), ("?", "question_mark"), ("+", "plus"), ("-", "minus"), ("_", "underscore"),
     ("G", "G"), ("shift+g", "G"), ("é", "é"), ("Ctrl+F", "ctrl+f"), ("ctrl++", "ctrl+plus"), ("PgDn", "pagedown"),
     ("Esc", "escape"), ("F12", "f12"), ("↑", "up"), ("shift+tab", "shift+tab"), ("full_stop", "full_stop"),
     (",", "comma"), ("Space", "space"), ("Control+x", "ctrl+x"),
     ("cntrl+x", None), ("pagdown", None), ("]p", None), ("ctrl+", None), ("\x1b", None), ("", None)],
)  # fmt: skip
def test_a_key_is_understood_as_people_write_it(key: str, name: str | None) -> None:
    assert read_key(key) == name


@given(st.text(max_size=12))
def test_any_text_is_a_key_or_none(text: str) -> None:
    name = read_key(text)
    assert name != ""
    # The name of a character outside ASCII cannot always be turned back ("black up-pointing triangle").
    assert name is None or not text.isascii() or read_key(name) == name


def test_ids_need_no_quotation_marks_and_keys_may_be_a_list(tmp_path: Path) -> None:
    path = written(tmp_path, 'app.theme = "F12, g x"\n"notes.undo" = ["z", "Ctrl+B"]\n[reader]\nnext-person = "] n"\n')
    assert load_keymap(path) == (
        {"app.theme": "f12,g x", "notes.undo": "z,ctrl+b", "reader.next-person": "right_square_bracket n"}, [],
    )  # fmt: skip
    assert key_faults(path) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [('"reader.nxt-person" = "f11"', ['"reader.nxt-person" is no command', '"reader.next-person"']),
     ('"theme" = "f11"', ['"theme" is no command', '"app.theme"']),
     ('"zqx" = "f11"', ['"zqx" is no command', "`serge keys`"]),
     ('"app.theme" = "cntrl+t"', ["cntrl+t", "not a key"]),
     ('"app.theme" = "pagdown"', ["pagdown", '"pagedown"']),
     ('"reader.next-person" = "]n"', ['"]n"', '"] n"']),
     ('"app.theme" = 3', ['"app.theme"', "as text"]),
     ('"app.theme" = ""', ['"app.theme"', "as text"]),
     ('"reader.next-person" = "n"', ['"n" is both reader.next-person', "reader.next-hit (in Read)"]),
     ('"app.theme" = "t"', ['"t" is both app.theme', "reader.contents (in Read)", "notes.retag (in Notes)"]),
     ('"app.theme" = "f8"', ['"F8" is both app.theme', "mode.years (everywhere)"]),
     ('"app.theme" = "g"', ['"g" alone cannot be app.theme', "mode.today"]),
     ('"reader.next-hit" = "]"', ['"]" alone cannot be reader.next-hit', "reader.next-chapter"]),
     ('"notes.edit" = "g t"', ['"gt" is both notes.edit', "mode.today"]),
     ('"reader.set-mark" = "M"', ['"M <any>"']),
     ('"app.theme" = "f11', ["could not be read", "built-in"])],
)  # fmt: skip
def test_each_slip_is_one_sentence(tmp_path: Path, text: str, told: list[str]) -> None:
    (sentence,) = key_faults(written(tmp_path, text))
    assert all(part in sentence for part in told), sentence


@pytest.mark.parametrize(
    "keymap",
    [{}, {"reader.down": "k", "reader.up": "j"}, {"app.theme": "f12,g x"}],
)  # fmt: skip
def test_keys_that_are_well_are_not_spoken_of(keymap: dict[str, str]) -> None:
    assert [fault for fault in faults_of(keymap) if "alone" in fault or "is no" in fault] == []


def test_every_command_is_known_and_every_built_in_key_can_be_pressed() -> None:
    known = {command.id: command for commands in commands_by_place().values() for command in commands}
    source = "".join(path.read_text("utf-8") for path in Path(serge_tui.__file__).parent.rglob("*.py"))
    literal = set(re.findall(r'\bCommand\(\s*"([a-z.-]+)"', source))
    # Words of the bottom line that stand for a box's own keys.
    only_words = {command.id for command in (LEAVE_ANSWER,)}
    assert literal - set(known) - only_words == set()
    for command in known.values():
        for keys in command.alternatives():
            chord = keys.split(" ")
            assert [read_key(key) for key in chord] == chord, command.id
            assert Chords.ANY not in chord[:-1]


def test_the_doctor_tells_slips_and_keys_lists_what_there_is(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serge_tui.paths.config_file", lambda: tmp_path / "keys.toml")
    written(tmp_path, '"app.thme" = "f11"\n"app.theme" = "F12"\n')
    runner = CliRunner()
    examined = runner.invoke(serge, ["--db", str(database), "doctor"])
    assert examined.exit_code == 1
    assert 'did you mean "app.theme"?' in examined.stdout
    listed = runner.invoke(serge, ["keys", "theme"])
    assert listed.exit_code == 0
    assert [tomllib.loads(listed.stdout)] == [{"app.theme": "f12"}]
    (command,) = json.loads(runner.invoke(serge, ["keys", "--json", "theme"]).stdout)
    assert command["id"] == "app.theme"


async def test_a_command_keeps_its_chord_and_its_key_when_both_are_the_readers(library: Library) -> None:
    app = SergeApp(library, keymap={"app.theme": "g x,f12"})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        themes = [app.theme]
        for keys in (["f12"], ["g", "x"], ["c"]):
            await pilot.press(*keys)
            await pilot.pause()
            themes.append(app.theme)
        assert themes[0] != themes[1] != themes[2] == themes[3]


async def test_slips_are_told_after_the_start_and_stop_nothing(library: Library) -> None:
    app = SergeApp(library, keymap={"app.thme": "f12", "reader.next-person": "n"})
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: len(app._notifications) == 2)
        told = " ".join(note.message for note in app._notifications)
        assert '"app.theme"' in told
        assert "reader.next-hit" in told


async def test_slips_of_both_kinds_are_told_together(library: Library) -> None:
    app = SergeApp(library, keymap={"app.thme": "f12", "nts.undo": "n"}, key_faults=["one", "two"])
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: len(app._notifications) == 4)
        told = [note.message for note in app._notifications]
        assert told[:2] == ["one", "two"]
        assert "1 more" in told[-1]


async def test_of_many_slips_the_first_are_told(library: Library) -> None:
    app = SergeApp(library, key_faults=[f"slip {number}" for number in range(8)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        told = [note.message for note in app._notifications]
        assert len(told) == 4
        assert "serge doctor" in told[-1]


def test_every_key_is_written_as_it_stands_on_the_keyboard() -> None:
    commands = [command for place in commands_by_place().values() for command in place]
    words = {label for command in commands for label in map(key_label, command.alternatives())}
    assert not [label for label in words if "_" in label and label != "_"]
    assert key_label("greater_than_sign") == ">"
    assert key_label("g number_sign") == "g#"
