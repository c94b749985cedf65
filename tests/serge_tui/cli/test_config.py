"""`serge config`: which settings and keys hold, and from which file."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from db.library import Library
from serge_tui.cli.group import serge

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The reader's configuration folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "serge"
    folder.mkdir(parents=True)
    return folder


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(serge, ["--db", str(path), "config", *arguments])


def held(path: Path) -> dict[str, tuple[object, bool]]:
    told = json.loads(run(path, "show", "--json").stdout)
    return {one["name"]: (one["value"], one["is_own"]) for one in told["settings"]}


def store(path: Path, name: str, value: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("insert or replace into setting values (?, ?)", [name, value])


@pytest.mark.usefixtures("folder")
def test_a_setting_is_set_shown_as_the_readers_and_at_its_default_again(database: Path) -> None:
    assert held(database)["reader.measure"] == (66, False)
    assert run(database, "set", "reader.measure", "72").exit_code == 0
    assert held(database)["reader.measure"] == (72, True)
    assert run(database, "set", "reader.paged", "yes").exit_code == 0
    assert held(database)["reader.paged"] == (True, True)
    assert run(database, "set", "cards.retention", "0.85").exit_code == 0
    assert run(database, "set", "cards.easy_days", "6 7").exit_code == 0
    assert held(database)["cards.easy_days"] == (["5", "6"], True)
    assert run(database, "set", "reader.measure").exit_code == 0
    assert held(database)["reader.measure"] == (66, False)
    told = run(database, "show").stdout
    assert str(database) in told
    assert "whole pages" in told
    assert run(database, "validate").stdout == "Settings and keys are in order.\n"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("reader.measure", "7", "from 40 to 100"), ("reader.paged", "maybe", "no, yes"), ("nothing", "1", "no setting"),
        ("theme", "none", "petrograd"), ("cards.easy_days", "8", "from 1 (Monday)"), ("cards.exam", "x", "no setting"),
    ],
)  # fmt: skip
def test_what_cannot_be_set_is_refused_with_what_can(database: Path, name: str, value: str, sentence: str) -> None:
    result = run(database, "set", name, value)
    assert result.exit_code == 1
    assert sentence in str(result.exception)
    assert not [name for name, (_, own) in held(database).items() if own]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("reader.measure", "7", "reader.measure: 7 is stored"), ("reader.paged", '"x"', "reader.paged: x is stored"),
        ("theme", '"none"', "there is no theme"), ("cards.retention", "{", "cannot be read"),
        ("cards.exam_day", '"soon"', "soon is not a day"), ("cards.exam_deck", '"nowhere"', "there is no deck"),
        ("cards.saved_decks", '["{}x"]', "a saved deck"), ("searches", "[", "counts as unset"),
        ("cards.rollover_hour", "25", "cards.rollover_hour: 25"), ("cards.easy_days", '["9"]', "no weekdays"),
    ],
)  # fmt: skip
def test_a_stored_value_that_does_not_hold_is_told(
    database: Path, folder: Path, name: str, value: str, sentence: str
) -> None:
    store(database, name, value)
    result = run(database, "validate")
    assert result.exit_code == 1
    assert sentence in result.stdout
    assert result.stdout.startswith(f"{database}: ")
    assert run(database, "show").exit_code == 0


def test_keys_and_programs_are_told_with_their_files(database: Path, folder: Path) -> None:
    (folder / "keys.toml").write_text('"app.theme" = "F12"\n"no.command" = "x"\n')
    (folder / "config.toml").write_text('lookup_command = "no-such-program {}"\n')
    told = json.loads(run(database, "show", "--json").stdout)
    assert told["keys"] == [{"id": "app.theme", "keys": "f12", "built_in": "c"}]
    assert told["lookup_command"] == []
    result = run(database, "validate")
    assert result.exit_code == 1
    assert f"{folder / 'keys.toml'}: " in result.stdout
    assert "no.command" in result.stdout
    assert f"{folder / 'config.toml'}: lookup_command: there is no program" in result.stdout


def test_the_look_up_command_is_set_tried_and_never_in_the_database(database: Path, folder: Path) -> None:
    assert run(database, "set", "lookup_command", "echo word {}").exit_code == 0
    assert (folder / "config.toml").read_text() == 'lookup_command = "echo word {}"\n'
    assert run(database, "look-up", "samizdat").stdout == "word samizdat\n"
    with Library.open(database) as library:
        assert not library.settings.all()
    assert run(database, "set", "lookup_command").exit_code == 0
    assert "no look-up command is set" in str(run(database, "look-up", "x").exception)
