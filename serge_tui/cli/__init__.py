"""The `serge` command: the only place that knows both the app and the importers.

Each subcommand lives in a module of its own that is imported when it is called, so that `serge --version` costs next
to nothing. A bare `serge` does without the command-line library altogether: the first paint waits for nothing but
itself.
"""

from __future__ import annotations

import os
import sys

from db.errors import SergeError


def _complain(sentence: str) -> None:
    """Print one sentence on standard error; nothing in it can steer the terminal."""
    from serge_tui.output import print_error

    print_error(sentence)


def _database_errors() -> tuple[type[Exception], ...]:
    """Return SQLite's exceptions, if SQLite was imported: `serge --version` does without it."""
    module = sys.modules.get("sqlite3")
    return (module.DatabaseError,) if module is not None else ()


def main() -> None:
    """Run the command line; what goes wrong is one sentence on standard error and an exit code that is not 0."""
    try:
        if len(sys.argv) == 1:
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
        _complain("one of the words holds bytes that are not text; nothing was changed.")
        code = 1
    except _database_errors() as error:
        # Every read of the library is translated; this is for what is not: no traceback with the reader's text in it.
        _complain(f"the database could not be read ({error}); `serge doctor` examines it.")
        code = 1
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: Python would complain again while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 141
    sys.exit(code)
