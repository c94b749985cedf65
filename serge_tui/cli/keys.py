"""`serge keys`: every command with its keys, as `keys.toml` names them."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import click

from serge_tui.cli.common import say, say_json


@click.command("keys", short_help="Print every command with its keys.")
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--json", "as_json", is_flag=True, help="Print the commands as JSON.")
def keys_command(words: tuple[str, ...], as_json: bool) -> None:
    """Print every command with its keys, in the format of `keys.toml`; with WORDs, only commands with all of them.

    Put your own keys into the file named in the first line; `serge doctor` checks them.

    \b
    Examples:
      serge keys
      serge keys theme
      serge keys notes
    """
    from serge_tui.commands.keymap import load_keymap
    from serge_tui.commands.registry import commands_by_id
    from serge_tui.paths import config_file

    file = config_file()
    keymap, _ = load_keymap(file)
    found = [
        replace(command, keys=", ".join(command.alternatives(keymap)))
        for command in commands_by_id().values()
        if all(word.lower() in f"{command.id} {command.title} {command.help}".lower() for word in words)
    ]
    if as_json:
        shown = ("id", "keys", "title", "help")
        say_json([{name: value for name, value in asdict(command).items() if name in shown} for command in found])
        return
    say(f"# {file}")
    for command in found:
        say(f"{json.dumps(command.id)} = {json.dumps(command.keys):<32} # {command.title}")
