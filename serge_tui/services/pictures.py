"""Show pictures with the system's own viewer: from files of ours alone, which are removed when Serge ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from db.connection import OWNER_ONLY
from db.pictures import raster_suffix

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PATIENCE: Final = 3.0
"""Seconds in which a viewer may fail; most hand the picture on at once, some stay until they are closed."""
MOST_AT_ONCE: Final = 4
_NO_VIEWER: Final = "There is no program here that shows pictures: {} is missing."
_NO_DESKTOP: Final = "The picture cannot be shown here: this is a terminal without a desktop."
_NOT_SHOWN: Final = "The picture could not be shown: {} failed."


def viewer(environment: Mapping[str, str]) -> list[str] | str:
    """Return the command that shows a file on this desktop, or a sentence that says why there is none."""
    if sys.platform == "darwin":
        return ["open"]
    if environment.get("WSL_DISTRO_NAME") and shutil.which("wslview"):
        return ["wslview"]
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        return _NO_DESKTOP
    return ["xdg-open"] if shutil.which("xdg-open") else _NO_VIEWER.format("xdg-open")


def show_pictures(pictures: Sequence[bytes]) -> str:
    """Show pictures and return the sentence to show. May take `PATIENCE` seconds: call it in a thread.

    Each is looked at once more: the database may be somebody else's.
    """
    named = [(data, suffix) for data in pictures[:MOST_AT_ONCE] if (suffix := raster_suffix(data))]
    if not named:
        return "The picture is not in your library; import the file again."
    command = viewer(os.environ)
    if isinstance(command, str):
        return command
    try:
        files = [_file(data, suffix) for data, suffix in named]
    except OSError as error:
        return f"The picture could not be shown: {error.strerror}."
    shown = [_run([*command, str(file)]) for file in files]
    if not all(shown):
        return _NOT_SHOWN.format(command[0])
    return (
        "Shown outside the terminal." if len(files) == 1 else f"{len(files)} pictures are shown outside the terminal."
    )


@cache
def _folder() -> TemporaryDirectory[str]:
    """Return a folder for this user alone; it and what is in it are removed when the program ends."""
    return TemporaryDirectory(prefix="serge-pictures-")


def _file(data: bytes, suffix: str) -> Path:
    """Write a picture under a name of ours; nothing in it comes from the book."""
    folder = Path(_folder().name)
    file = folder / f"picture-{len(list(folder.iterdir())) + 1}.{suffix}"
    file.touch(OWNER_ONLY)
    file.write_bytes(data)
    return file


def _run(command: list[str]) -> bool:
    """Start a viewer; return whether it did not fail at once. It outlives Serge if it is still open then."""
    try:
        process = subprocess.Popen(  # noqa: S603  # the system's own program, and a file of ours
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError:
        return False
    try:
        return process.wait(PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return True
