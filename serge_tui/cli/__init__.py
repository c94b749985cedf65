"""The `serge` command: the only place that knows both the app and the importers.

Each subcommand is in its own module, imported when it is called, so that `serge --version` is quick. A bare `serge`
does not even import click, so that the first screen appears as soon as possible.
"""

from __future__ import annotations

import os
import sys

from db.errors import SergeError

_COMPLETION = "_SERGE_COMPLETE"
"""The environment variable by which a shell asks click for completions: then a bare `serge` opens nothing."""


def _complain(sentence: str) -> None:
    """Print a sentence on standard error, without control characters."""
    from serge_tui.output import print_error

    print_error(sentence)


def _database_errors() -> tuple[type[Exception], ...]:
    """Return SQLite's exceptions, or nothing if SQLite was never imported."""
    module = sys.modules.get("sqlite3")
    return (module.DatabaseError,) if module is not None else ()


def main() -> None:
    """Run the command line and exit. Errors are one sentence on standard error and an exit code other than 0."""
    try:
        if len(sys.argv) == 1 and _COMPLETION not in os.environ:
            from serge_tui.cli.open_app import open_app
            from serge_tui.paths import database_path

            open_app(database_path())
            code = 0
        else:
            from serge_tui.cli.group import run

            code = run()
    except SergeError as error:
        _complain(str(error))
        code = 1
    except UnicodeError:
        _complain("one of the arguments is not valid text; nothing was changed.")
        code = 1
    except _database_errors() as error:
        # The library turns SQLite's errors into SergeError; this catches any left, so that no traceback shows notes.
        _complain(f"the database could not be read ({error}); `serge doctor` examines it.")
        code = 1
    except BrokenPipeError:
        # The program that reads our output (head, less) has ended; without this Python would report it again on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 141
    sys.exit(code)
