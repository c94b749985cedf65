"""Edit a text in the reader's own editor, through a temporary file that only they can read."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import SergeError

if TYPE_CHECKING:
    from collections.abc import Callable


def edit_outside(text: str, folder: Path | None = None, opened: Callable[[Path], None] | None = None) -> str:
    """Open the editor that VISUAL or EDITOR names on a text, and return the text it saved.

    The file is made in `folder` (the folder for temporary files if None), and `opened` is called with its path before
    the editor starts: if this process is killed, the file is still there. Raises SergeError if no editor is named, it
    cannot be started, or it reports a failure.
    """
    try:
        command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    except ValueError as error:
        raise SergeError(f"EDITOR cannot be understood: {error}.") from error
    if not command:
        raise SergeError("No editor is named: set EDITOR, for example to nano.")
    handle, name = tempfile.mkstemp(prefix="serge-", suffix=".md", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        if opened is not None:
            opened(path)
        # The reader's own command, as every program runs it.
        done = subprocess.run([*command, str(path)], check=False)  # noqa: S603  # see above
        if done.returncode:
            raise SergeError(f"{command[0]} said that it failed; the note is as it was.")
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise SergeError(f"{command[0]} cannot be started: {error.strerror}.") from error
    finally:
        path.unlink(missing_ok=True)
