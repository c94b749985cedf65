"""The server and its visits, with a small program in the app's place that speaks as the app does."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest

from serge_tui.web import server as server_module
from serge_tui.web.server import BrowserServer, Colours

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

PATIENCE = 20.0
TOKEN = "the-token"
VISIT = "11111111-aaaa"
APP = r"""
import json, os, sys
out, said = sys.stdout.buffer, sys.stdin.buffer

def draw(text):
    out.write(b"D" + len(text).to_bytes(4, "big") + text)
    out.flush()

out.write(b"printed before it began\n__GANGLION__\n")
draw(f"pid {os.getpid()} {os.environ['COLUMNS']}x{os.environ['ROWS']} ".encode())
out.write(b"M" + (2).to_bytes(4, "big") + b"{}")
while header := said.read(5):
    content = said.read(int.from_bytes(header[1:], "big"))
    if header[:1] == b"D" and content == b"fail":
        sys.exit("serge: it cannot go on.")
    if header[:1] == b"D" and content == b"stay":
        import time
        draw(b"staying ")
        time.sleep(600)
    if header[:1] == b"M" and json.loads(content)["type"] == "quit":
        break
    draw(content + b" ")
"""


class Line:
    """A window's line, and what came over it."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.drawn = ""
        self.told: list[tuple[str, dict[str, str]]] = []
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.BINARY:
                self.drawn += message.data.decode()
            else:
                self.told.append(json.loads(message.data))

    async def until(self, holds: Callable[[Line], bool]) -> None:
        await until(lambda: holds(self), self)

    async def ended(self) -> dict[str, str]:
        """Wait for the end, and return what was said."""
        await asyncio.wait_for(self._listening, PATIENCE)
        kind, told = self.told[-1]
        assert kind == "ended"
        return dict(told)

    async def send(self, *message: object) -> None:
        await self.socket.send_str(json.dumps(message))

    @property
    def pid(self) -> int:
        return int(self.drawn.split("pid ")[1].split()[0])


async def until(holds: Callable[[], bool], line: Line | None = None) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, line.drawn if line is not None else "it never came to hold"
        await asyncio.sleep(0.01)


class Served:
    """A server under test, and its visitors."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.stopped = asyncio.Event()
        self.address = ""
        self.ticket = ""
        self.session = aiohttp.ClientSession()

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        async with self.session.get(self.address.removesuffix(f"{TOKEN}/") + path, headers=headers) as answer:
            return answer.status, await answer.text("latin-1")

    async def line(
        self, visit: str = VISIT, query: str = "?width=90&height=30", token: str = TOKEN, **headers: str
    ) -> Line:
        root = self.address.removesuffix(f"/{TOKEN}/")
        return Line(
            await self.session.ws_connect(f"{root}/{token}/visit/{visit}{query}", headers={"Origin": root} | headers)
        )

    async def drawn(self, visit: str = VISIT) -> Line:
        """A line on which the app has drawn something."""
        line = await self.line(visit)
        await line.until(lambda line: "focus" in line.drawn)
        return line


@asynccontextmanager
async def served(program: str = APP) -> AsyncIterator[Served]:
    it = Served()
    server = BrowserServer(
        [sys.executable, "-c", program], dict(os.environ), lambda: Colours("#123456", "#ffffff", "#abcdef"),
        it.complaints.append, TOKEN,
    )  # fmt: skip
    told = asyncio.Event()

    def tell(address: str, ticket: str) -> None:
        it.address, it.ticket = address, ticket
        told.set()

    running = asyncio.create_task(server.run([0], tell, it.stopped))
    try:
        await asyncio.wait_for(told.wait(), PATIENCE)
        yield it
    finally:
        it.stopped.set()
        await it.session.close()
        await asyncio.wait_for(running, PATIENCE)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_only_our_own_browser_with_the_token_is_let_in() -> None:
    async with served() as it:
        assert it.address.startswith("http://127.0.0.1:")
        own = it.address.removesuffix(f"/{TOKEN}/")
        assert (await it.get(f"{TOKEN}/"))[0] == 200
        assert (await it.get(f"{TOKEN}"))[0] == 200  # led to the page
        assert (await it.get(f"{TOKEN}/", Origin=own))[0] == 200
        assert (await it.get(f"{TOKEN}/", Host="localhost:7000"))[0] == 200
        for path in ("", "wrong/", f"{TOKEN}x/", f"{TOKEN[:-1]}/", "wrong/file/page.js", "open/wrong", "favicon.ico"):
            assert (await it.get(path))[0] == 404, path
        for name in ("server.py", "..%2fserver.py", "%2e%2e/index.html", "index.html", ""):
            assert (await it.get(f"{TOKEN}/file/{name}"))[0] == 404, name
        for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
            for path in (f"{TOKEN}/", f"{TOKEN}/file/page.js", f"{TOKEN}/alive", "wrong/"):
                status, text = await it.get(path, **headers)
                assert status == 403, (path, headers)
                assert TOKEN not in text
        async with it.session.post(it.address) as answer:
            assert answer.status == 405
        for wrong in ({"Origin": "https://evil.example"}, {"Origin": ""}, {"Host": "evil.example"}):
            with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
                await it.line(**wrong)
        with pytest.raises(aiohttp.WSServerHandshakeError, match="404"):
            await it.line(token="wrong")


async def test_the_page_needs_nothing_from_elsewhere_and_tells_nobody_its_address() -> None:
    async with served() as it, it.session.get(it.address) as answer:
        page = await answer.text()
        assert "http:" not in page
        assert "https:" not in page
        assert "--ground: #123456" in page
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        for name in ("page.js", "page.css", "terminal.js", "terminal.css", "upright.ttf", "italic.ttf"):
            assert (await it.get(f"{TOKEN}/file/{name}"))[0] == 200, name


async def test_the_address_for_the_systems_browser_can_be_used_once() -> None:
    async with served() as it:
        assert TOKEN not in it.ticket
        async with it.session.get(it.ticket) as answer:
            assert str(answer.url) == it.address
        async with it.session.get(it.ticket) as answer:
            assert answer.status == 404


async def test_a_visit_lives_through_a_reload_and_ends_with_its_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "RELOAD", 0.2)
    async with served() as it:
        line = await it.drawn()
        assert "90x30" in line.drawn
        pid = line.pid
        await line.send("stdin", "Зиновьев \ud800")
        await line.send("stdin", "\x1b")
        await line.send("stdin", "\x1b[15~")
        await line.until(
            lambda line: "\x1b[27u \x1b[15~" in line.drawn
        )  # Esc waits for nothing and takes no key with it
        await line.send("resize", {"width": 10**9, "height": -4})
        await line.until(lambda line: '"height": 1}' in line.drawn)
        assert "Зиновьев ?" in line.drawn
        assert '"width": 600' in line.drawn
        await line.socket.close(code=1001)
        again = await it.line()  # the page was loaded again
        await again.until(lambda line: '"attach"' in line.drawn and "focus" in line.drawn)
        assert "pid" not in again.drawn
        other = await it.drawn("22222222-bbbb")
        assert other.pid != pid
        await again.socket.close(code=1001)
        await until(lambda: not is_alive(pid))
        assert is_alive(other.pid)
        assert (await it.drawn()).pid != pid
        assert it.complaints == []


async def test_a_line_that_broke_is_waited_for_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "RELOAD", 0.0)
    async with served() as it:
        line = await it.drawn()
        transport = line.socket.get_extra_info("socket")
        transport.shutdown(2)
        again = await it.line()
        await again.until(lambda line: "attach" in line.drawn)
        assert is_alive(line.pid)


async def test_a_second_window_with_the_same_name_takes_it_over() -> None:
    async with served() as it:
        first = await it.drawn()
        second = await it.line()
        await second.until(lambda line: "attach" in line.drawn)
        assert (await first.ended())["sentence"] == "Serge goes on in another window."
        assert is_alive(first.pid)
        await second.send("stdin", "mine")
        await second.until(lambda line: "mine" in line.drawn)


async def test_an_app_that_ends_says_so_and_one_that_fails_says_why() -> None:
    async with served() as it:
        line = await it.drawn()
        await line.send("stdin", "fail")
        assert await line.ended() == {"sentence": "it cannot go on.", "button": "Open it again"}
        assert it.complaints == ["serge: it cannot go on.\n"]
        assert (await it.drawn()).pid != line.pid
    async with served("print('__GANGLION__', flush=True)") as it:
        line = await it.line()
        assert (await line.ended())["sentence"] == "Serge is closed."
    async with served("import sys; sys.exit('serge: no')") as it:
        line = await it.line()
        assert (await line.ended())["sentence"] == "no"


async def test_what_a_page_would_not_send_ends_the_line_and_nothing_else() -> None:
    async with served() as it:
        kept = await it.drawn("22222222-bbbb")
        for message in (
            "no json",
            "[]",
            '["stdin", 3]',
            '["resize", {"width": "x", "height": 1}]',
            "[" * 5000,
            '["other"]',
        ):
            line = await it.drawn()
            await line.socket.send_str(message)
            await asyncio.wait_for(line._listening, PATIENCE)
        await kept.send("stdin", "still here")
        await kept.until(lambda line: "still here" in line.drawn)
        assert (await it.line("no!")).told == []
        for query in ("?width=NaN&height=", "", "?width=-3&height=99999"):
            line = await it.line("33333333-cccc", query)
            await line.until(lambda line: "focus" in line.drawn)


async def test_there_is_a_most_of_visits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "MOST_VISITS", 1)
    async with served() as it:
        await it.drawn()
        assert "windows already" in (await (await it.line("22222222-bbbb")).ended())["sentence"]


async def test_no_app_outlives_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("serge_tui.web.visit.PATIENCE", 0.3)
    async with served() as it:
        shown, left, stuck = await it.drawn(), await it.drawn("22222222-bbbb"), await it.drawn("33333333-cccc")
        await left.socket.close(code=1001)
        await stuck.send("stdin", "stay")
        await stuck.until(lambda line: "staying" in line.drawn)
        it.stopped.set()
        assert "Serge was stopped" in (await shown.ended())["sentence"]
    assert [is_alive(line.pid) for line in (shown, left, stuck)] == [False] * 3


async def test_a_port_in_use_gives_way_to_another_only_if_that_was_allowed() -> None:
    async with served() as it:
        port = int(it.address.split(":")[2].split("/")[0])
        server = BrowserServer([], {}, lambda: Colours("", "", ""), it.complaints.append)
        told: list[str] = []
        stopped = asyncio.Event()
        stopped.set()
        with pytest.raises(OSError, match="in use"):
            await server.run([port], lambda address, _: told.append(address), stopped)
        await server.run([port, 0], lambda address, _: told.append(address), stopped)
        assert len(told) == 1
        assert f":{port}/" not in told[0]
