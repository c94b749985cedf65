"""`serge serve` as it is used: the real program, the real app, and a real browser where there is one."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest

from db.library import Library
from db.open_marker import marker_of
from tests.browser import PROGRAM, browser

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 40.0
ROOT = Path(__file__).parents[3]


class Server:
    """`serge serve` on a database."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout is not None
        told = process.stdout.readline()
        assert told.startswith("Serge is at http://127.0.0.1:"), told
        self.address = told.split()[-1]

    def apps(self) -> list[int]:
        """The processes of the apps that the server has started."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [int(pid) for pid in listed.split()]


@contextmanager
def serving(database: Path, *options: str, environment: dict[str, str] | None = None) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-m", "serge_tui", "--db", str(database), "serve", "--port", "0", *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True,
        env=os.environ | {"TERM": "dumb"} | (environment or {}),
    )  # fmt: skip
    try:
        yield Server(process)
    finally:
        process.terminate()
        _, said = process.communicate(timeout=PATIENCE)
        assert said == ""


def ended(pids: list[int]) -> None:
    """Wait until none of these processes is there."""
    deadline = time.monotonic() + PATIENCE
    while alive := [pid for pid in pids if is_alive(pid)]:
        assert time.monotonic() < deadline, alive
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(PROGRAM is None, reason="no Chromium here to open the app in")
async def test_serge_in_a_browser(database: Path) -> None:
    with serving(database) as server:
        async with browser() as connection:
            page = await connection.page()
            await page.resize(1100, 680)
            await page.send("Page.navigate", url=server.address)
            # It opens, with the focus, and everything it asks for is on this machine.
            await page.wait("Portrait of the day")
            assert await page.value("document.activeElement.className") == "xterm-helper-textarea"
            ground = await page.value("getComputedStyle(document.querySelector('.xterm-viewport')).backgroundColor")
            assert ground == "rgb(25, 22, 20)"
            root = server.address.partition("//")[2]
            assert {re.sub(r"^\w+://", "", one).startswith(root) for one in page.asked} == {True}
            # It reads, and copies.
            await page.press("F3")
            await page.wait("What happens")
            await page.press("v", "y")
            await page.wait("Copied.")
            await connection.send("Browser.grantPermissions", permissions=["clipboardReadWrite"])
            await page.wait_for("navigator.clipboard.readText().then((text) => text.includes('World Without'))")
            # A name typed in Cyrillic is found.
            await page.press("F4")
            await page.wait("Find")
            await page.press(*"Зиновьев")
            await page.wait("Grigory Zinoviev")
            # The window is made smaller, and drawn anew.
            await page.resize(760, 480)
            await page.until(lambda: page.screen.columns < 90 and "Grigory Zinoviev" in page.text)
            # Loaded again it is where it was, to the letter; it is the same app.
            apps = server.apps()
            assert len(apps) == 1
            await page.send("Page.reload")
            await page.until(lambda: page.lines == 2)
            await page.wait("Зиновьев")
            await page.wait("Grigory Zinoviev")
            assert server.apps() == apps
            assert page.faults == []
            # A card is answered.
            await page.press("Escape", "Escape", "F5")
            await page.wait("Space")
            await page.press(" ")
            await page.wait("Good")
            await page.press("3")
            await page.wait("4 new")
            # It is left.
            await page.press("q")
            await page.wait_for("document.getElementById('sentence').textContent === 'Serge is closed.'")
            ended(apps)
            # And opened again, by the button, which has the focus.
            await page.press("Enter")
            await page.wait("Continue reading")
            apps = server.apps()
    ended(apps)  # the server was stopped
    with Library.open(database) as library:
        assert len(list(library.study.log())) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
async def test_no_app_outlives_the_server(database: Path, number: signal.Signals) -> None:
    with serving(database) as server:
        line = server.address.replace("http", "ws", 1) + "visit/11111111-aaaa?width=100&height=30"
        origin = re.sub(r"(?<=\d)/.*", "", server.address)
        async with aiohttp.ClientSession() as session, session.ws_connect(line, headers={"Origin": origin}) as window:
            drawn = b""
            while b"Portrait" not in drawn:
                message = await asyncio.wait_for(window.receive(), PATIENCE)
                assert message.type is aiohttp.WSMsgType.BINARY
                drawn += message.data
            apps = server.apps()
            assert len(apps) == 1
            server.process.send_signal(number)
            await asyncio.to_thread(server.process.wait, PATIENCE)
        assert server.process.returncode == (-9 if number is signal.SIGKILL else 0)
        ended(apps)
    assert not marker_of(database).exists()  # it left as quitting does


def test_without_the_extra_it_says_how_to_install_it(database: Path, tmp_path: Path) -> None:
    (tmp_path / "without.py").write_text(
        "import sys\nsys.modules['textual_serve'] = None\n"
        f"sys.argv = ['serge', '--db', {str(database)!r}, 'serve']\nfrom serge_tui.cli import main\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, tmp_path / "without.py"], capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == (
        "serge: the browser needs one more library: pip install 'serge-tui[serve]'"
        " (or pipx inject serge-tui textual-serve).\n"
    )


def test_it_opens_the_browser_at_an_address_without_the_token_and_tells_of_a_port_in_use(
    database: Path, tmp_path: Path
) -> None:
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/given"\nmv "{tmp_path}/given" "{tmp_path}/opened"\n')
    script.chmod(0o700)
    opened = tmp_path / "opened"
    with serving(database, "--open", environment={"BROWSER": f"{script} %s"}) as server:
        root, _, token = server.address.rstrip("/").rpartition("/")
        port = root.rpartition(":")[2]
        done = subprocess.run(
            [sys.executable, "-m", "serge_tui", "--db", str(database), "serve", "--port", port],
            capture_output=True, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
        assert done.returncode == 1
        assert done.stderr == f"serge: port {port} cannot be used: Address already in use. Try another.\n"
        deadline = time.monotonic() + PATIENCE
        while not opened.exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert opened.read_text().startswith(f"{root}/open/")
        assert token not in opened.read_text()
