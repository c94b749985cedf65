"""Commands, and the Textual bindings made from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import name

from textual.binding import Binding
from textual.keys import key_to_character

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import BindingType

KEY_LABELS: Final = {
    "space": "Space", "enter": "Enter", "escape": "Esc", "tab": "Tab", "shift+tab": "Shift+Tab",
    "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "up": "↑", "down": "↓", "left": "←",
    "right": "→", "slash": "/", "question_mark": "?", "right_square_bracket": "]", "left_square_bracket": "[",
    "apostrophe": "'", "colon": ":", "minus": "-", "plus": "+", "equals_sign": "=", "full_stop": ".", "comma": ",",
    "underscore": "_", "asterisk": "*", "at": "@", "backspace": "Backspace", "delete": "Del",
}  # fmt: skip


TEXTUAL_NAMESPACES: Final = frozenset({"", "app", "screen", "focused"})
"""Namespaces of actions that Textual knows; any other is the name of a controller."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do with a key.

    `id` is unique and stable (`reader.next-person`): the name to remap keys by. `keys` are Textual key names,
    alternatives separated by commas, the keys of a chord by a space (`g t`). `action` is what is run:
    a Textual action, or `people.next(True)` for `action_next` of the screen's controller `people`.
    `help` is the sentence in the help screen and the tooltip. `footer` is the word shown in the footer, if any; where
    room is short the commands with the lowest `rank` stay. `priority` commands work over
    dialogs and in boxes too. `in_help` is False for one of a row of keys that the first of them speaks for.
    `on_sight` commands, such as a grade or a deletion, apply only to what was on the screen as the key was pressed.
    `synonyms` are other words to find it by in the palette.
    """

    id: str
    keys: str
    title: str
    action: str
    help: str = ""
    group: str = "General"
    footer: str = ""
    rank: int = 5
    palette: bool = True
    priority: bool = False
    in_help: bool = True
    on_sight: bool = False
    synonyms: str = ""

    @property
    def textual_action(self) -> str:
        """The action as Textual runs it; `people.next(True)` is passed on to the controller `people` by the screen."""
        namespace = self.action.partition("(")[0].rpartition(".")[0]
        return self.action if namespace in TEXTUAL_NAMESPACES else f"control({self.action!r})"

    def alternatives(self, keymap: Mapping[str, str] | None = None) -> list[str]:
        """Return each key or chord of the command: the reader's own if they set any, else the built-in ones."""
        keys = (keymap or {}).get(self.id, self.keys)
        return [key.strip() for key in keys.split(",") if key.strip()]

    def label(self, keymap: Mapping[str, str] | None = None) -> str:
        """Return the keys as a person reads them: `]p` or `Ctrl+F`."""
        return " ".join(key_label(key) for key in self.alternatives(keymap))


def key_label(keys: str) -> str:
    """Return a key or chord as it is printed on a keyboard."""
    return "".join(_one_label(key) for key in keys.split(" "))


def character_of(key: str) -> str | None:
    """Return what a key types into a box; None for one that types nothing."""
    if key == "space":
        return " "
    label = _one_label(key)
    return label if len(label) == 1 and label not in "↑↓←→…" else None


def key_of_label(label: str) -> str | None:
    """Return the key that is printed so, as Textual names it (`Ctrl+S`: `ctrl+s`); None for what is no key."""
    *modifiers, last = label.split("+") if len(label) > 1 else [label]
    named = next((key for key, known in KEY_LABELS.items() if known == last), None)
    if named is None and len(last) == 1:
        named = (last.lower() if modifiers else last) if last.isalnum() else _name_of_sign(last)
    elif named is None and last.startswith("F") and last[1:].isdigit():
        named = last.lower()
    if not named or not {"Ctrl", "Shift", "Alt"}.issuperset(modifiers):
        return None
    return "+".join([*(one.lower() for one in modifiers), named])


def _name_of_sign(sign: str) -> str:
    """Return what Textual calls a key that is neither a letter nor a digit: `>` is `greater_than_sign`."""
    return name(sign, "").lower().replace("-", "_").replace(" ", "_")


def _one_label(key: str) -> str:
    if key == "<any>":
        return "…"
    if key in KEY_LABELS:
        return KEY_LABELS[key]
    *modifiers, last = key.split("+")
    if modifiers:
        return "+".join([*(one.capitalize() for one in modifiers), KEY_LABELS.get(last, last.upper())])
    if len(last) > 1 and last[0] == "f" and last[1:].isdigit():
        return last.upper()
    return key_to_character(last) or last


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Return Textual bindings for every command that has a plain key; `Chords` handles chords."""
    return [
        Binding(
            ",".join(plain),
            command.textual_action,
            command.footer or command.title,
            show=bool(command.footer),
            tooltip=command.help,
            priority=command.priority,
            id=command.id,
        )
        for command in commands
        if (plain := [key for key in command.alternatives() if " " not in key])
    ]


def chords_of(commands: Iterable[Command], keymap: Mapping[str, str] | None = None) -> dict[tuple[str, ...], Command]:
    """Return commands by chord; a plain key the reader gave to a command without a binding counts as one too."""
    found: dict[tuple[str, ...], Command] = {}
    for command in commands:
        has_binding = any(" " not in key for key in command.alternatives())
        for key in command.alternatives(keymap):
            if " " in key or not has_binding:
                found[tuple(key.split(" "))] = command
    return found
