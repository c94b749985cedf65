"""The group of `serge` commands; each is imported when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Final, cast

import click

from db.text import sanitise_line
from serge_tui import __version__
from serge_tui.output import print_error

_LAZY: Final = {
    "import": "import_files:import_command",
    "read": "read:read_command",
    "who": "lookup:who_command",
    "search": "lookup:search_command",
    "locate": "locate:locate_command",
    "figures": "figures:figures_command",
    "found": "found:found_command",
    "corrections": "figures:corrections_command",
    "stats": "stats:stats_command",
    "cards": "cards:cards_command",
    "quiz": "quiz:quiz_command",
    "export": "export:export_group",
    "backup": "backup:backup_command",
    "restore": "backup:restore_command",
    "sync": "sync:sync_command",
    "config": "config:config_group",
    "serve": "serve:serve_command",
    "keys": "keys:keys_command",
    "doctor": "doctor:doctor_command",
}


class LazyGroup(click.Group):
    """A click group that imports its commands on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click gives it
        """Return the names of the commands, in the order of the help."""
        return list(_LAZY)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click gives it
        """Import a command; return None if there is none of that name."""
        if cmd_name not in _LAZY:
            return None
        module, _, name = _LAZY[cmd_name].partition(":")
        return cast("click.Command", getattr(import_module(f"serge_tui.cli.{module}"), name))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  serge                          open the reader where you left it
  serge import memoirs.epub      add your copy of the book
  serge who Sinowjew             who is that?
  serge search "armoured train"  find words in every edition
  serge export notes > notes.md  take your notes with you
\b
Completion (or zsh_source, fish_source):
  eval "$(_SERGE_COMPLETE=bash_source serge)"
""",
)
@click.option("--db", "database", metavar="PATH", help="The database (or SERGE_DB); by default in your data folder.")
@click.version_option(__version__, prog_name="serge", message="%(prog)s %(version)s")
@click.pass_context
def serge(ctx: click.Context, database: str | None) -> None:
    """Read Victor Serge's Memoirs of a Revolutionary, and know who is who.

    Without a command, opens the reader.
    """
    from serge_tui.paths import database_path

    ctx.obj = database_path(database)
    if ctx.invoked_subcommand is None:
        from serge_tui.cli.open_app import open_app

        open_app(ctx.obj)


def run() -> int:
    """Run the command line.

    Returns:
        The exit code.

    Raises:
        SergeError: The command failed.
    """
    try:
        code = serge.main(prog_name="serge", standalone_mode=False)
    except click.exceptions.Abort:
        print_error("stopped; nothing was changed.")
        return 130
    except click.ClickException as error:
        print_error(_sentence(error))
        return error.exit_code
    return code if isinstance(code, int) else 0


def _sentence(error: click.ClickException) -> str:
    """Return what is wrong with the command line, and which `--help` to read."""
    said = sanitise_line(error.format_message()).rstrip(".?")
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{said}; `{context.command_path if context else 'serge'} --help` shows how."
