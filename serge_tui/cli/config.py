"""`serge config`: which settings and keys hold, and from which file."""

from __future__ import annotations

import os
import shlex
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from db.text import sanitise_line
from serge_tui.cli.common import open_library, say, say_json, say_status

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENT: Final = ("SERGE_DB", "VISUAL", "EDITOR", "ESCDELAY", "NO_COLOR", "TERM", "COLORTERM")
"""Variables that change what Serge does."""


@click.group("config")
def config_group() -> None:
    """Show, check or change settings and keys."""


@config_group.command("show")
@click.option("--json", "as_json", is_flag=True, help="Print settings, keys and files as JSON.")
@click.pass_obj
def show_config(path: Path, as_json: bool) -> None:
    """Show which settings and keys hold, whether they are yours, and the files they are from.

    \b
    Examples:
      serge config show
      serge config show --json | jq '.settings[] | select(.is_own)'
    """
    from serge_tui.commands.command import key_label
    from serge_tui.commands.keymap import load_keymap
    from serge_tui.commands.registry import commands_by_id
    from serge_tui.paths import config_file, programs_file
    from serge_tui.services.config import held_settings

    file, programs = config_file(), programs_file()
    lookup, fault = _lookup_command(programs)
    with open_library(path) as library:
        held = held_settings(library, _themes())
    keymap, _ = load_keymap(file)
    commands = commands_by_id()
    keys = [
        {"id": name, "keys": ", ".join(commands[name].alternatives(keymap)), "built_in": commands[name].keys}
        for name in keymap
        if name in commands
    ]
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    if as_json:
        say_json({"database": str(path), "keys_file": str(file), "has_keys_file": file.exists(),
                  "programs_file": str(programs), "lookup_command": lookup, "lookup_fault": fault,
                  "environment": environment, "settings": [asdict(one) for one in held], "keys": keys})  # fmt: skip
        return
    say(f"Settings: {path}")
    say(f"Keys:     {file}{'' if file.exists() else ' (no such file: the built-in keys hold)'}")
    say(f"Programs: {programs}{'' if programs.exists() else ' (no such file)'}")
    for name, value in environment.items():
        say(f"{name}={sanitise_line(value)}")
    section = ""
    for one in held:
        if one.section != section:
            section = one.section
            say(f"\n{section}")
        say(f"  {one.name:<24} {one.words:<28} {'yours' if one.is_own else 'default'}")
    say("\nPrograms")
    say(f"  lookup_command           {fault or shlex.join(lookup) or 'none'}")
    if keys:
        say("\nKeys of your own")
        for entry in keys:
            mine, usual = (" ".join(key_label(key.strip()) for key in entry[which].split(",") if key.strip())
                           for which in ("keys", "built_in"))  # fmt: skip
            say(f"  {entry['id']:<24} {mine:<28} instead of {usual}")


@config_group.command("validate")
@click.option("--json", "as_json", is_flag=True, help="Print what is wrong as JSON.")
@click.pass_obj
def validate_config(path: Path, as_json: bool) -> None:
    """Check settings and keys; exit code 1 if something does not hold as it is written.

    \b
    Example:
      serge config validate
    """
    from serge_tui.commands.key_checks import key_faults
    from serge_tui.paths import config_file, programs_file
    from serge_tui.services.config import setting_faults

    file, programs = config_file(), programs_file()
    with open_library(path) as library:
        faults = [{"file": str(path), "fault": fault} for fault in setting_faults(library, _themes())]
    faults += [{"file": str(file), "fault": fault} for fault in key_faults(file)]
    faults += [{"file": str(programs), "fault": fault} for fault in [_lookup_command(programs)[1]] if fault]
    if as_json:
        say_json(faults)
    else:
        for one in faults:
            say(f"{one['file']}: {sanitise_line(one['fault'])}")
        if not faults:
            say("Settings and keys are in order.")
    if faults:
        raise SystemExit(1)


@config_group.command("set")
@click.argument("name")
@click.argument("value", required=False, default="")
@click.pass_obj
def set_config(path: Path, name: str, value: str) -> None:
    """Change the setting NAME, as `,` in the app does; without VALUE it is at its default again.

    lookup_command, the program that looks words up, is written to `config.toml`; {} stands for the words.

    \b
    Examples:
      serge config set reader.measure 72
      serge config set lookup_command "dict {}"
      serge config set lookup_command
    """
    from serge_tui.paths import programs_file
    from serge_tui.services.config import held_settings, set_setting
    from serge_tui.services.lookup_command import LOOKUP_COMMAND, store_command

    if name == LOOKUP_COMMAND:
        command = store_command(programs_file(), value)
        say_status(f"{programs_file()}: {shlex.join(command) or 'no look-up command'}.")
        return
    with open_library(path) as library:
        set_setting(library, name, value, _themes()).result()
        now = next(one for one in held_settings(library, _themes()) if one.name == name)
    say_status(f"{now.title}: {now.words or 'none'}{'' if now.is_own else ' (default)'}.")


@config_group.command("look-up")
@click.argument("words", nargs=-1, required=True)
def look_up_words(words: tuple[str, ...]) -> None:
    """Try the look-up command on some words, and print what it says.

    \b
    Example:
      serge config look-up samizdat
    """
    from db.errors import SergeError
    from serge_tui.paths import programs_file
    from serge_tui.services.lookup_command import look_up, stored_command

    command = stored_command(programs_file())
    if not command:
        raise SergeError('no look-up command is set; `serge config set lookup_command "dict {}"` sets one.')
    say(look_up(command, " ".join(words)))


def _lookup_command(file: Path) -> tuple[list[str], str]:
    """Return the look-up command and what is wrong with it."""
    from db.errors import SergeError
    from serge_tui.services.lookup_command import stored_command

    try:
        return stored_command(file), ""
    except SergeError as error:
        return [], str(error)


def _themes() -> list[str]:
    from textual.theme import BUILTIN_THEMES

    from serge_tui.themes import OWN_THEMES

    return [*(theme.name for theme in OWN_THEMES), *BUILTIN_THEMES]
