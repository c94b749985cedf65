"""A real browser without a window, driven over the DevTools protocol: what a person would see of `serge serve`.

What the page's terminal shows is told by the bytes that came over its line, drawn once more by an emulator.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import tempfile
import time
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pyte

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

PATIENCE: Final = 40.0
"""Seconds until something that never comes is a failure."""
PROGRAM: Final = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
_KEYS: Final = {
    "Enter": (13, "\r"), "Escape": (27, ""), "Backspace": (8, ""), "Tab": (9, ""), "ArrowDown": (40, ""),
    "F2": (113, ""), "F3": (114, ""), "F4": (115, ""), "F5": (116, ""), " ": (32, " "),
}  # fmt: skip


class Page:
    """A tab. `screen` is what its terminal shows."""

    def __init__(self, browser: _Connection, session: str) -> None:
        self._browser = browser
        self._session = session
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.asked: list[str] = []
        """Every address that the page asked for."""
        self.lines = 0
        """How often the page has opened a line to the app; each time the screen begins empty."""
        self.faults: list[str] = []
        """Every error of the page's own scripts that nothing caught."""

    @property
    def text(self) -> str:
        """What the terminal in the page shows."""
        return "\n".join(self.screen.display)

    def heard(self, method: str, told: dict[str, Any]) -> None:
        """Take an event of the browser."""
        if method == "Network.webSocketCreated":
            self.asked.append(told["url"])
            size = parse_qs(urlsplit(told["url"]).query)
            self.lines += 1
            self.screen.resize(int(size["height"][0]), int(size["width"][0]))
            self.screen.reset()
        elif method == "Network.webSocketFrameSent":
            kind, *sent = json.loads(told["response"]["payloadData"])
            if kind == "resize":
                self.screen.resize(sent[0]["height"], sent[0]["width"])
        elif method == "Runtime.exceptionThrown":
            self.faults.append(told["exceptionDetails"]["exception"]["description"])
        elif method == "Network.requestWillBeSent":
            self.asked.append(told["request"]["url"])
        elif method == "Network.webSocketFrameReceived" and told["response"]["opcode"] == 2:
            self._stream.feed(base64.b64decode(told["response"]["payloadData"]))

    async def send(self, method: str, **given: Any) -> dict[str, Any]:
        """Call a method of the DevTools protocol."""
        return await self._browser.send(method, self._session, **given)

    async def value(self, expression: str) -> Any:
        """Return what an expression is in the page; a promise is waited for."""
        told = await self.send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; AssertionError, with the screen, if it never does."""
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, f"it never came; the screen was:\n{self.text}"
            await asyncio.sleep(0.02)

    async def wait(self, seen: str) -> None:
        """Wait until a text is on the terminal."""
        await self.until(lambda: seen in self.text)

    async def wait_for(self, expression: str) -> None:
        """Wait until an expression is true in the page."""
        deadline = time.monotonic() + PATIENCE
        while not await self.value(expression):
            assert time.monotonic() < deadline, f"{expression} never held; the screen was:\n{self.text}"
            await asyncio.sleep(0.05)

    async def resize(self, width: int, height: int) -> None:
        """Make the window so large, in pixels."""
        await self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )

    async def press(self, *keys: str) -> None:
        """Press keys one after another, as a keyboard does: letters, or names such as Enter and F3."""
        for key in keys:
            code, text = (
                _KEYS[key] if key in _KEYS else (ord(key.upper()) if key.isascii() and key.isalnum() else 0, key)
            )
            given: dict[str, Any] = {"key": key, "windowsVirtualKeyCode": code}
            await self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **given)
            await self.send("Input.dispatchKeyEvent", type="keyUp", **given)

    async def picture(self) -> bytes:
        """Return a screenshot, as PNG."""
        told = await self.send("Page.captureScreenshot", format="png")
        return base64.b64decode(told["data"])


class _Connection:
    """The line to the browser: calls and their answers, and events for the pages."""

    def __init__(self, line: aiohttp.ClientWebSocketResponse) -> None:
        self._line = line
        self._number = 0
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._pages: dict[str, Page] = {}
        self._listening = asyncio.create_task(self._listen())

    async def send(self, method: str, session: str = "", **given: Any) -> dict[str, Any]:
        """Call a method, of the browser or of a page, and return its result."""
        self._number += 1
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[self._number] = future
        message = {"id": self._number, "method": method, "params": given}
        await self._line.send_json(message | ({"sessionId": session} if session else {}))
        told = await asyncio.wait_for(future, PATIENCE)
        assert "error" not in told, (method, told["error"])
        result: dict[str, Any] = told["result"]
        return result

    async def page(self) -> Page:
        """Open a tab with nothing in it."""
        target = (await self.send("Target.createTarget", url="about:blank"))["targetId"]
        session = (await self.send("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
        page = self._pages[session] = Page(self, session)
        for domain in ("Page", "Network", "Runtime"):
            await page.send(f"{domain}.enable")
        return page

    async def _listen(self) -> None:
        async for message in self._line:
            told = message.json()
            if "id" in told:
                self._waiting.pop(told["id"]).set_result(told)
            elif (page := self._pages.get(told.get("sessionId", ""))) is not None:
                page.heard(told["method"], told["params"])

    async def close(self) -> None:
        """End the browser."""
        with suppress(ConnectionError, TimeoutError, AssertionError):
            await self.send("Browser.close")
        self._listening.cancel()


@asynccontextmanager
async def browser() -> AsyncIterator[_Connection]:
    """Start a browser, and end it."""
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            PROGRAM, "--headless=new", "--no-sandbox", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
            "--enable-unsafe-swiftshader", "--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "HOME": folder}, start_new_session=True,
        )  # fmt: skip
        try:
            address = await _address(Path(folder) / "DevToolsActivePort")
            async with aiohttp.ClientSession() as session, session.ws_connect(address, max_msg_size=0) as line:
                connection = _Connection(line)
                yield connection
                await connection.close()
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
            await process.wait()


async def _address(file: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while True:
        with suppress(OSError):
            lines = (await asyncio.to_thread(file.read_text)).splitlines()
            if len(lines) == 2:
                return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        assert time.monotonic() < deadline, "the browser did not start"
        await asyncio.sleep(0.05)
