"""Every key that does something is a Command in the registry: with an id, a title, and a sentence of help."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual.binding import Binding
from textual.dom import DOMNode

import serge_tui
from serge_tui.commands.keymap import OLD_IDS, load_keymap
from serge_tui.commands.registry import commands_by_id, commands_by_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from serge_tui.commands import Command

ROOT: Final = Path(serge_tui.__file__).parent
BEFORE: Final = (Path(__file__).parent / "ids_before_the_house.txt").read_text("utf-8").split()
"""Every id that `serge keys` listed before ids were changed."""


def nodes() -> Iterator[type[DOMNode]]:
    """Yield every screen, dialog, widget and app class of the program."""
    for found in pkgutil.walk_packages(serge_tui.__path__, "serge_tui."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for _, cls in inspect.getmembers(module, inspect.isclass):
            if cls.__module__ == found.name and issubclass(cls, DOMNode):
                yield cls


def test_bindings_are_made_of_commands_alone() -> None:
    made = [
        path for path in ROOT.rglob("*.py")
        if re.search(r"\bBinding\(", path.read_text("utf-8")) and path.parent != ROOT / "commands"
    ]  # fmt: skip
    modules = [".".join(path.relative_to(ROOT.parent).with_suffix("").parts) for path in made]
    assert modules == []


def test_every_binding_of_every_class_is_a_command_of_the_registry() -> None:
    known = commands_by_id()
    seen = 0
    for cls in nodes():
        for binding in cls.__dict__.get("BINDINGS", ()):
            assert isinstance(binding, Binding), cls
            assert binding.id in known, (cls, binding)
            seen += 1
    assert seen > 50


def test_every_command_of_every_class_is_the_one_in_the_registry() -> None:
    known = commands_by_id()
    for cls in nodes():
        for command in cls.__dict__.get("COMMAND_SET", ()):
            assert known.get(command.id) is command, (cls, command)


def test_no_id_stands_for_two_commands() -> None:
    by_id: dict[str, set[Command]] = {}
    for commands in commands_by_place().values():
        for command in commands:
            by_id.setdefault(command.id, set()).add(command)
    assert [name for name, commands in by_id.items() if len(commands) > 1] == []


def test_no_key_stands_twice_in_one_dialog() -> None:
    for place, commands in commands_by_place().items():
        if place.startswith(("in To review", "in a list", "in a line", "in the note editor", "in the help")):
            keys = [key for command in commands for key in command.alternatives()]
            assert len(keys) == len(set(keys)), place


def test_every_command_has_a_title_and_a_sentence() -> None:
    for command in commands_by_id().values():
        assert command.title
        assert re.fullmatch(r"[a-z-]+\.[a-z0-9-]+", command.id), command.id
        assert command.help, command.id


def test_every_id_there_was_is_known_or_has_a_new_name() -> None:
    known = commands_by_id()
    assert [name for name in BEFORE if name not in known and name not in OLD_IDS] == []
    assert [new for new in OLD_IDS.values() if new not in known] == []
    assert not set(OLD_IDS) & set(known)


def test_an_old_id_in_keys_toml_works_and_the_new_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('"judging.always" = "z"\n[notes]\njudging = "f12"\nkeep = "K <any>"\n', "utf-8")
    keymap, sentences = load_keymap(path)
    assert keymap == {"to-review.always": "z", "notes.to-review": "f12", "notes.save-filter": "K <any>"}
    assert len(sentences) == 3
    assert all(any(f'is now "{name}"' in sentence for sentence in sentences) for name in keymap)


def test_of_an_old_and_a_new_id_the_new_one_counts(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text('"to-review.always" = "z"\n"judging.always" = "y"\n', "utf-8")
    assert load_keymap(path)[0] == {"to-review.always": "z"}
