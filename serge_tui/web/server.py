"""The server: one page, the line that the terminal in it uses, and the visits.

Every address begins with the token. The terminal in the page (xterm.js) and its letters come from textual-serve.
"""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from aiohttp import WSMsgType, web

from serge_tui.web.guard import is_our_name, is_our_origin, is_token, new_token
from serge_tui.web.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from serge_tui.web.visit import Window

HOST: Final = "127.0.0.1"
MOST_VISITS: Final = 8
"""Apps that run at once."""
RELOAD: Final = 10.0
"""Seconds until an app ends whose window was closed: it may only be loading the page again."""
LOST: Final = 60.0
"""Seconds until an app ends whose window was lost without a word, as when a tunnel breaks."""
_TICKET: Final = 60.0
"""Seconds for which the address given to the system's browser holds."""
_GOING_AWAY: Final = 1001
_NORMAL: Final = 1000
_HEARTBEAT: Final = 30.0
_PAGE: Final = Path(__file__).parent / "page"
_VISIT_NAME: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
_SCRIPT: Final = "text/javascript"
_FONT: Final = "font/ttf"
_FULL: Final = f"Serge is open in {MOST_VISITS} windows already. Close one of them."
_CLOSED: Final = "Serge is closed."
_ELSEWHERE: Final = "Serge goes on in another window."
_STOPPED: Final = "Serge was stopped. Start it again with `serge serve`, and open the address that it prints."
_AGAIN: Final = "Open it again"
_HERE: Final = "Go on here"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of the page around the terminal, as CSS writes them."""

    ground: str
    text: str
    accent: str


class BrowserServer:
    """Serves the app to the browser of this machine.

    Args:
        command: What starts the app.
        environment: Its environment.
        colours: Returns the colours of the theme that is set; called in a thread.
        complain: Called with what an app that failed wrote on standard error.
        token: The token in each address; a new one by default.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        colours: Callable[[], Colours],
        complain: Callable[[str], None],
        token: str = "",
    ) -> None:
        self._command = command
        self._environment = environment
        self._colours = colours
        self._complain = complain
        self._token = token or new_token()
        self._ticket = ""
        self._visits: dict[str, Visit] = {}
        self._leaving: dict[str, asyncio.TimerHandle] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self._files = _files()

    # --- from start to end -------------------------------------------------------------------------------------------

    async def run(self, ports: Sequence[int], tell: Callable[[str, str], None], stopped: asyncio.Event) -> None:
        """Serve until `stopped` is set; then end every app in order.

        Args:
            ports: The ports to try, in this order; 0 is any that is free.
            tell: Called with the address, and with one for the system's browser, which can be used once.
            stopped: Set to end.

        Raises:
            OSError: None of the ports can be used.
        """
        runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            port = await _listen(runner, ports)
            self._ticket = new_token()
            asyncio.get_running_loop().call_later(_TICKET, self._void_ticket)
            address = f"http://{HOST}:{port}/"
            tell(f"{address}{self._token}/", f"{address}open/{self._ticket}")
            await stopped.wait()
        finally:
            await self._end_all()
            await runner.cleanup()

    def application(self) -> web.Application:
        """Return the web application: everything in it goes through the guard."""
        app = web.Application(middlewares=[self._guard])
        app.on_response_prepare.append(_add_headers)
        app.add_routes([
            web.get("/open/{ticket}", self._open),
            web.get("/{token}", self._to_page),
            web.get("/{token}/", self._page),
            web.get("/{token}/alive", self._alive),
            web.get("/{token}/file/{name}", self._file),
            web.get("/{token}/visit/{visit}", self._line),
        ])  # fmt: skip
        return app

    async def _end_all(self) -> None:
        for handle in self._leaving.values():
            handle.cancel()
        visits = list(self._visits.values())
        windows = [visit.window for visit in visits if visit.window is not None]
        for visit in visits:
            visit.window = None
        await asyncio.gather(*(_tell_end(window, _STOPPED, "") for window in windows))
        await asyncio.gather(*(visit.end() for visit in visits), *self._ending)

    # --- requests ----------------------------------------------------------------------------------------------------

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        hosts = request.headers.getall("Host", [])
        is_line = request.headers.get("Upgrade", "").lower() == "websocket"
        if len(hosts) != 1 or not is_our_name(hosts[0]):
            raise web.HTTPForbidden(text="Serge answers at 127.0.0.1 only.")
        if not is_our_origin(request.headers.get("Origin"), hosts[0], needed=is_line):
            raise web.HTTPForbidden(text="This request comes from another page.")
        first = request.path.split("/")[1]
        if first != "open" and not is_token(first, self._token):
            raise web.HTTPNotFound(text="Open the address that `serge serve` printed.")
        return await handler(request)

    async def _open(self, request: web.Request) -> web.StreamResponse:
        """Lead the system's browser to the page, once.

        Every user of a machine can see what its programs were started with. The address that the browser is started
        with is of no use to anybody else once it was followed.
        """
        if not self._ticket or not is_token(request.match_info["ticket"], self._ticket):
            raise web.HTTPNotFound(text="Open the address that `serge serve` printed.")
        self._void_ticket()
        raise web.HTTPFound(f"/{self._token}/")

    def _void_ticket(self) -> None:
        self._ticket = ""

    async def _to_page(self, _: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"/{self._token}/")

    async def _page(self, _: web.Request) -> web.StreamResponse:
        colours = await asyncio.to_thread(self._colours)
        page = Template((_PAGE / "index.html").read_text(encoding="utf-8")).substitute(
            ground=colours.ground, text=colours.text, accent=colours.accent
        )
        return web.Response(text=page, content_type="text/html")

    async def _alive(self, _: web.Request) -> web.StreamResponse:
        return web.Response(text="yes")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        found = self._files.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound(text="There is no such file.")
        path, kind = found
        return web.Response(body=await asyncio.to_thread(path.read_bytes), content_type=kind)

    # --- the line to a window ----------------------------------------------------------------------------------------

    async def _line(self, request: web.Request) -> web.StreamResponse:
        line = web.WebSocketResponse(heartbeat=_HEARTBEAT)
        await line.prepare(request)
        name = request.match_info["visit"]
        if _VISIT_NAME.fullmatch(name) is None:
            await line.close()
            return line
        if (handle := self._leaving.pop(name, None)) is not None:
            handle.cancel()
        visit = self._visits.get(name)
        if visit is None and len(self._visits) >= MOST_VISITS:
            await _tell_end(line, _FULL, _AGAIN)
            return line
        if visit is None:
            visit = self._visits[name] = self._new_visit(name)
        elif (before := visit.window) is not None:
            visit.window = None
            await _tell_end(before, _ELSEWHERE, _HERE)
        try:
            await visit.show_in(line, _number(request.query.get("width"), 80), _number(request.query.get("height"), 24))
            async for message in line:
                if visit.window is not line:
                    break  # another has taken over: this one's last words, such as that it lost the focus, are void
                if message.type is WSMsgType.TEXT and not await _pass_on(visit, message.data):
                    break
        finally:
            if visit.window is line:
                visit.window = None
                self._leave(name, visit, RELOAD if line.close_code in {_NORMAL, _GOING_AWAY} else LOST)
        return line

    def _new_visit(self, name: str) -> Visit:
        def ended(said: str) -> None:
            if self._visits.get(name) is visit:
                del self._visits[name]
            if said:
                self._complain(said)
            if (window := visit.window) is not None:
                visit.window = None
                sentence = said.strip().rpartition("\n")[2].removeprefix("serge: ")
                self._go_on_with(_tell_end(window, sentence or _CLOSED, _AGAIN))

        visit = Visit(self._command, self._environment, ended)
        return visit

    def _leave(self, name: str, visit: Visit, seconds: float) -> None:
        """End a visit after some time, unless a window comes back to it."""
        if self._visits.get(name) is not visit:
            return

        def leave() -> None:
            self._leaving.pop(name, None)
            # From now on a window that comes back gets an app of its own: this one is ending.
            if self._visits.get(name) is visit:
                del self._visits[name]
            self._go_on_with(visit.end())

        self._leaving[name] = asyncio.get_running_loop().call_later(seconds, leave)

    def _go_on_with(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.ensure_future(work)
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


async def _listen(runner: web.AppRunner, ports: Sequence[int]) -> int:
    """Listen at the first port that is free, on the loopback address alone; return it."""
    for port in ports:
        try:
            await web.TCPSite(runner, HOST, port).start()
        except OSError:
            if port == ports[-1]:
                raise
        else:
            break
    found: int = runner.addresses[0][1]
    return found


async def _tell_end(window: Window, sentence: str, button: str) -> None:
    """Tell a window that nothing more will come, and close the line."""
    with suppress(ConnectionError):
        await window.send_str(json.dumps(["ended", {"sentence": sentence, "button": button}]))
        await window.close()


async def _pass_on(visit: Visit, text: str) -> bool:
    """Pass on what the page tells; return False if it is nothing that the page would tell."""
    try:
        match json.loads(text):
            case ["stdin", str(keys)]:
                await visit.take_keys(keys)
            case ["resize", {"width": int(columns), "height": int(rows)}]:
                await visit.resize(columns, rows)
            case ["focus" | "blur" as what, *_]:
                await visit.focus(on=what == "focus")
            case ["ping", *_]:
                pass
            case _:
                return False
    except (ValueError, RecursionError):
        return False
    return True


def _number(given: str | None, default: int) -> int:
    return int(given) if given is not None and re.fullmatch(r"\d{1,4}", given, re.ASCII) else default


def _files() -> dict[str, tuple[Traversable | Path, str]]:
    """Return every file that the page may ask for, by its name there, with its kind."""
    static = files("textual_serve") / "static"
    return {
        "page.js": (_PAGE / "page.js", _SCRIPT),
        "page.css": (_PAGE / "page.css", "text/css"),
        "terminal.js": (static / "js" / "textual.js", _SCRIPT),
        "terminal.css": (static / "css" / "xterm.css", "text/css"),
        "upright.ttf": (static / "fonts" / "RobotoMono-VariableFont_wght.ttf", _FONT),
        "italic.ttf": (static / "fonts" / "RobotoMono-Italic-VariableFont_wght.ttf", _FONT),
    }


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Let the page load nothing from elsewhere, be in no other page, and tell nobody its address."""
    line = f"ws://{request.headers.get('Host', HOST)}"
    response.headers.update({
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:;"
            f" connect-src 'self' {line}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    })  # fmt: skip
