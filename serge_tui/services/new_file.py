"""Writing a new file of the reader's, never over one that exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import SergeError

if TYPE_CHECKING:
    from pathlib import Path


def write_new_file(name: Path, text: str) -> Path:
    """Write a new file.

    Returns:
        Its absolute path.

    Raises:
        SergeError: The file exists already, or it cannot be written.
    """
    try:
        path = name.expanduser().absolute()
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as error:
        raise SergeError(f"{path} exists already; give another name.") from error
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SergeError(f"{name} cannot be written: {reason}.") from error
    return path
