"""`serge serve`: the app in a browser on this machine."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import webbrowser
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from db.errors import SergeError
from serge_tui.cli.common import open_library, say, say_aside
from serge_tui.services.clipboard import IN_BROWSER

if TYPE_CHECKING:
    from serge_tui.web.server import BrowserServer, Colours

PORT: Final = 8790
"""The port if none is given; any other if it is in use."""
_ENDING: Final = ("SIGINT", "SIGTERM", "SIGHUP")
_DRIVER: Final = "serge_tui.web.driver:BrowserDriver"
_OF_THE_SERVERS_TERMINAL: Final = frozenset(
    {"TMUX", "STY", "SSH_CONNECTION", "SSH_TTY", "KITTY_WINDOW_ID", "WT_SESSION"}
)
_NEEDS_EXTRA: Final = (
    "the browser needs one more library: pip install 'serge-tui[serve]' (or pipx inject serge-tui textual-serve)."
)


@click.command("serve", short_help="Open Serge in a browser on this machine.")
@click.option(
    "--port", type=click.IntRange(0, 65535), help=f"Port to listen at; 0 for any. By default {PORT}, or any if in use."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the address in your browser.")
@click.pass_obj
def serve_command(path: Path, port: int | None, open_browser: bool) -> None:
    """Serve the app to a browser on this machine, and print the address.

    Only this machine is listened to, and only who has the address is let in: it holds a random token. A page loaded
    again shows what it showed before; an app ends soon after its window was closed. Ctrl+C ends them all.

    \b
    Examples:
      serge serve --open
      serge serve --port 8080
    """
    if find_spec("textual_serve") is None or find_spec("aiohttp") is None:
        raise SergeError(_NEEDS_EXTRA)
    with open_library(path):  # what is to be built, upgraded or told is told here, not in a browser
        pass
    from serge_tui.web.server import BrowserServer

    server = BrowserServer(
        [sys.executable, "-P", "-m", "serge_tui"], _environment(path), lambda: _colours(path), _complain
    )
    asyncio.run(_serve(server, [PORT, 0] if port is None else [port], open_browser=open_browser))


async def _serve(server: BrowserServer, ports: list[int], *, open_browser: bool) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in _ENDING:
        loop.add_signal_handler(getattr(signal, name), stopped.set)

    def tell(address: str, ticket: str) -> None:
        say(f"Serge is at {address}")
        say("Only this machine is let in, with this address. Ctrl+C ends it.")
        if open_browser:
            # A browser may hold whoever starts it until it is closed.
            threading.Thread(target=webbrowser.open, args=(ticket,), daemon=True).start()

    try:
        await server.run(ports, tell, stopped)
    except OSError as error:
        raise SergeError(f"port {ports[-1]} cannot be used: {os.strerror(error.errno or 0)}. Try another.") from error


def _environment(path: Path) -> dict[str, str]:
    """Return the environment of an app whose terminal is in a browser."""
    root = str(Path(__file__).resolve().parents[2])
    around = {name: value for name, value in os.environ.items() if name not in _OF_THE_SERVERS_TERMINAL}
    return {
        **around,
        "PYTHONPATH": root,
        "PYTHONIOENCODING": "utf-8",
        "SERGE_DB": str(path),
        "TEXTUAL_DRIVER": _DRIVER,
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TERM": "xterm-256color",
        "TERM_PROGRAM": IN_BROWSER,
    }


def _colours(path: Path) -> Colours:
    """Return the colours of the theme that the reader has set."""
    from textual.theme import BUILTIN_THEMES

    from db.library import Library
    from serge_tui.themes import OWN_THEMES
    from serge_tui.web.server import Colours

    with Library.open(path) as library:
        name = library.settings.get("theme", OWN_THEMES[0].name)
    themes = BUILTIN_THEMES | {theme.name: theme for theme in OWN_THEMES}
    theme = themes.get(name, OWN_THEMES[0])
    # A theme that takes the terminal's own colours names none that a page could use.
    variables = (theme if theme.primary.startswith("#") else OWN_THEMES[0]).to_color_system().generate()
    return Colours(variables["background"], variables["foreground"], variables["primary"])


def _complain(said: str) -> None:
    for line in said.strip().splitlines():
        say_aside(line.removeprefix("serge: "))
