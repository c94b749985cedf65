"""Edit a text in the reader's own editor, through a temporary file that only they can read."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from db.errors import SergeError


def edit_outside(text: str) -> str:
    """Open the editor named by VISUAL or EDITOR on a text, and return the edited text.

    Raises SergeError if none is named, it cannot be started, or it reports a failure.
    """
    try:
        command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    except ValueError as error:
        raise SergeError(f"EDITOR cannot be understood: {error}.") from error
    if not command:
        raise SergeError("No editor is named: set EDITOR, for example to nano.")
    handle, name = tempfile.mkstemp(prefix="serge-", suffix=".md")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        # The reader's own command, as every program runs it.
        done = subprocess.run([*command, str(path)], check=False)  # noqa: S603
        if done.returncode:
            raise SergeError(f"{command[0]} said that it failed; the note is as it was.")
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise SergeError(f"{command[0]} cannot be started: {error.strerror}.") from error
    finally:
        path.unlink(missing_ok=True)
