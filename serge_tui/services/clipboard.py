"""Copy text where it can be pasted, and say truthfully whether that worked.

A terminal is asked to copy by an escape sequence (OSC 52) that many do not know and tmux may swallow, and none answers.
So the desktop's own tool is asked first; without one, the text is put into a file too, unless the terminal is known to
take the sequence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from db.files import write_private

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PATIENCE: Final = 3.0
"""Seconds a tool may take."""
IN_BROWSER: Final = "serge-in-browser"
"""The name (`TERM_PROGRAM`) of the terminal in the page of `serge serve`."""
_TAKES_OSC_52: Final = ("kitty", "wezterm", "alacritty", "foot", "ghostty", "contour", "rio", IN_BROWSER)


def desktop_tool(environment: Mapping[str, str]) -> list[str] | None:
    """Return the command that copies its input on this desktop, or None."""
    tools = []
    if sys.platform == "darwin":
        tools.append(["pbcopy"])
    if environment.get("WAYLAND_DISPLAY"):
        tools.append(["wl-copy"])
    if environment.get("DISPLAY"):
        tools += [["xclip", "-selection", "clipboard", "-in"], ["xsel", "--clipboard", "--input"]]
    if environment.get("WSL_DISTRO_NAME"):
        tools.append(["clip.exe"])
    return next((tool for tool in tools if shutil.which(tool[0])), None)


def takes_osc_52(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal is known to copy by OSC 52; inside tmux or screen that is not known."""
    if environment.get("TMUX") or environment.get("STY"):
        return False
    name = f"{environment.get('TERM', '')} {environment.get('TERM_PROGRAM', '')}".lower()
    return bool(environment.get("WT_SESSION") or environment.get("KITTY_WINDOW_ID")) or any(
        terminal in name for terminal in _TAKES_OSC_52
    )


def copy_beside_the_terminal(text: str, fallback: Path) -> str:
    """Copy with the desktop's tool, else into a file where the terminal may not; return the sentence to show.

    The caller has sent OSC 52 already. May take up to `PATIENCE` seconds: call it in a thread.
    """
    tool = desktop_tool(os.environ)
    if tool is not None and _run(tool, text):
        return "Copied."
    if takes_osc_52(os.environ):
        return "Copied."
    try:
        write_private(fallback, f"{text}\n")
    except OSError as error:
        return f"This terminal may not have copied it, and {fallback} cannot be written: {error.strerror}."
    return f"This terminal may not have copied it; the text is also in {fallback}."


def _run(tool: list[str], text: str) -> bool:
    try:
        # A tool of the reader's own desktop; xclip and wl-copy stay in the background and hold what was copied.
        done = subprocess.run(  # noqa: S603  # see above
            tool, input=text.encode(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE,
            check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
