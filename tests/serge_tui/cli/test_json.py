"""`--json`: what every command prints agrees with its schema in `docs/schemas`, and no command is without one."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from db.annotations import new_annotation
from db.library import Library
from db.models import Anchor
from serge_tui.cli.group import serge
from serge_tui.services.card_collection import card_collection
from serge_tui.services.study_settings import today
from tests.conftest import CHECKOUT
from tests.serge_tui.services.answering import study_some

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMAS = CHECKOUT / "docs" / "schemas"
BOOK = """CHAPTER I

Trotsky spoke for an hour, and Zinoviev was silent.

CHAPTER II

It snowed. Somebody named Held laughed.

Ivan Markov was a lean, gentle old printer with a grey beard, tired eyes and inky thumbs.
"""
REVIEW = "<html><body><p>Serge says: “Nice to see a man die, isn’t it?” (13).</p></body></html>"

COMMANDS = {
    "who": ["who", "Trotsky", "Trotzki", "POUM", "Qqxyz"],
    "search": ["search", "Trotsky"],
    "locate": ["locate", "Trotsky spoke for an hour"],
    "figures": ["figures"],
    "found": ["found", "book"],
    "stats": ["stats"],
    "quiz": ["quiz", "--print", "12", "--seed", "4"],
    "keys": ["keys", "note"],
    "config-show": ["config", "show"],
    "config-validate": ["config", "validate"],
    "doctor": ["doctor"],
    "doctor-content": ["doctor", "--content"],
    "doctor-replay": ["doctor", "--replay"],
    "backup": ["backup"],
    "restore": ["restore"],
    "corrections": ["corrections"],
    "export-corrections": ["export", "corrections"],
    "export-candidates": ["export", "candidates"],
    "export-found": ["export", "found"],
    "export-notes": ["export", "notes"],
    "export-cards": ["export", "cards"],
    "export-reviews": ["export", "reviews"],
}
"""A call of each command that needs no file beside it, by the name of its schema."""
SAME = {"corrections": "export-corrections"}
"""Commands that print what another does."""


@pytest.fixture(scope="module")
def used_once(built_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with something of everything in it, made once and never changed by a test."""
    database = tmp_path_factory.mktemp("used") / "serge.db"
    shutil.copy(built_database, database)
    book, review = database.parent / "book.txt", database.parent / "review.html"
    book.write_text(BOOK)
    review.write_text(REVIEW)
    told(database, "import", str(book), "--key", "book")
    told(database, "import", "--as", "review", str(review))
    with Library.open(database) as library:
        study_some(library, list(card_collection(library).cards)[:12], today(library))
        library.settings.set("reader.measure", 7).result()
        library.corrections.correct("figure:radek", {"born_place": "Lwów"}).result()
        passage = library.passages.at("book", 1)
        assert passage is not None
        anchor = Anchor("book", 1, 0, 1, 7, passage.text[:7])
        library.annotations.save(new_annotation("highlight", anchor=anchor, colour="amber")).result()
        library.annotations.save(new_annotation("note", target="figure:trotsky", body="x", tags=["doubt"])).result()
    told(database, "found", "book")
    with Library.open(database) as library:
        (portrait, *_) = library.found.of_edition("book")
        library.found.decide(portrait, "kept").result()
    return database


@pytest.fixture
def used(used_once: Path, tmp_path: Path) -> Path:
    """A fresh copy of that database, with its files beside it."""
    shutil.copytree(used_once.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / used_once.name


def told(path: Path, *arguments: str) -> Any:
    result = CliRunner().invoke(serge, ["--db", str(path), *arguments, "--json"])
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout)


def check(name: str, value: object) -> None:
    schema = json.loads((SCHEMAS / f"{SAME.get(name, name)}.json").read_text())
    errors = list(Draft202012Validator(schema).iter_errors(value))
    assert not errors, [f"{error.json_path}: {error.message}" for error in errors[:3]]


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_prints_agrees_with_its_schema(used: Path, name: str) -> None:
    value = told(used, *COMMANDS[name])
    assert value, "a list with nothing in it proves nothing"
    check(name, value)


def test_imports_agree_with_the_schema(used: Path) -> None:
    folder = used.parent
    notes = folder / "notes.json"
    clippings = folder / "My Clippings.txt"
    clippings.write_text(
        "Memoirs (Serge)\n- Your Highlight on page 3 | Location 30-31 | Added on Monday, 2 May 2022 10:00:00\n\n"
        "Trotsky spoke for an hour\n==========\n"
    )
    CliRunner().invoke(serge, ["--db", str(used), "export", "notes", "-o", str(notes)], catch_exceptions=False)
    found = folder / "found.json"
    CliRunner().invoke(serge, ["--db", str(used), "export", "found", "-o", str(found)], catch_exceptions=False)
    value = [
        *told(used, "import", str(folder / "book.txt"), "--key", "book"),
        *told(used, "import", str(notes), str(clippings)),
        *told(used, "import", str(found)),
        *told(used, "import", "--as", "review", str(folder / "review.html")),
    ]
    assert [one["kind"] for one in value] == ["book", "notes", "highlights", "decisions", "review"]
    check("import", value)


def test_sync_and_restore_agree_with_the_schema(used: Path) -> None:
    folder = used.parent / "shared folder"
    folder.mkdir()
    check("sync", told(used, "sync", str(folder)))
    copy = told(used, "backup")["path"]
    check("restored", told(used, "restore", copy, "--yes"))
    with Library.open(used) as library:
        library.annotations.save(new_annotation("note", body="later")).result()
    back = told(used, "restore", copy, "--yes")
    assert back["restored"] is True
    check("restored", back)


def test_nothing_is_asked_under_json(used: Path) -> None:
    copy = told(used, "backup")["path"]
    result = CliRunner().invoke(serge, ["--db", str(used), "restore", copy, "--json"])
    assert "--yes" in str(result.exception)


def test_an_object_for_one_thing_and_an_array_for_several() -> None:
    one = {"stats", "quiz", "config-show", "doctor", "doctor-content", "doctor-replay", "backup", "restored", "sync",
           "export-reviews", "export-found"}  # fmt: skip
    for file in SCHEMAS.glob("*.json"):
        assert json.loads(file.read_text())["type"] == ("object" if file.stem in one else "array"), file.stem


def test_the_schemas_are_schemas_and_leave_nothing_unsaid() -> None:
    for file in SCHEMAS.glob("*.json"):
        schema = json.loads(file.read_text())
        Draft202012Validator.check_schema(schema)
        assert schema["title"].startswith("serge "), file
        for value in _objects(schema):
            assert "additionalProperties" in value, file
    known = {file.stem for file in SCHEMAS.glob("*.json")}
    assert known == {SAME.get(name, name) for name in COMMANDS} | {"import", "sync", "restored"}


def test_every_command_that_prints_something_has_the_option() -> None:
    without = {"read", "cards", "serve", "config set", "config look-up", "export vault", "export dossier"}
    """They open the app, print a text, or change something."""
    for name, command in _commands(serge, click.Context(serge), ""):
        options = {option for parameter in command.params for option in parameter.opts}
        assert "--json" in options or name in without, name


def _objects(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "object" or "properties" in schema:
            yield schema
        for value in schema.values():
            yield from _objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _objects(value)


def _commands(group: click.Group, context: click.Context, before: str) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _commands(command, context, f"{before}{name} ")
        elif command is not None:
            yield f"{before}{name}", command
