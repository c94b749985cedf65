"""What is the reader's stays with them: no network, no log, files for their owner alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from db.annotations import new_annotation
from db.backups import make_backup
from db.files import write_private
from db.library import Library

CHECKOUT = Path(__file__).resolve().parent.parent
USE = """
import asyncio, socket, sys
from pathlib import Path

opened = []
class Watched(socket.socket):
    def __init__(self, family=-1, *rest, **named):
        # The event loop wakes itself through a pair of local sockets; nothing else is let through.
        if family != socket.AF_UNIX:
            opened.append(family)
            raise OSError("no network here")
        super().__init__(family, *rest, **named)
if sys.argv[2] == "watched":
    socket.socket = Watched
    def refuse(*_, **__):
        opened.append("asked")
        raise OSError("no network here")
    socket.create_connection = socket.getaddrinfo = refuse

from db.backups import make_backup
from db.library import Library
from import_scripts.pipeline import import_book, prepare
from serge_tui.app import SergeApp

async def use(library):
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        for mode in "trfcqnyp":
            await pilot.press("g", mode)
            await pilot.pause()
        await pilot.press("g", "n", "a", *"mine", "ctrl+s")
        await pilot.pause()
        await pilot.press("slash", *"trotsky")
        await pilot.pause()

path, book = Path(sys.argv[1]), Path(sys.argv[3])
with Library.open(path) as library:
    import_book(library, book)
    asyncio.run(use(library))
make_backup(path, "asked")
assert not opened, opened
print("done")
"""


def use(database: Path, book: Path, *before: str, how: str = "watched") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, sys.executable, "-c", USE, str(database), how, str(book)],
        capture_output=True, text=True, cwd=CHECKOUT, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.txt"
    path.write_text("CHAPTER I\n\nTrotsky spoke. See http://example.org/ for more.\n\nCHAPTER II\n\nIt snowed.\n")
    return path


def test_no_socket_is_opened(database: Path, book: Path) -> None:
    result = use(database, book)
    assert (result.stdout.splitlines()[-1:], result.returncode) == (["done"], 0), result.stderr


def test_everything_works_with_the_network_cut(database: Path, book: Path) -> None:
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rn", "true"], check=False).returncode:
        pytest.skip("the network cannot be cut off here")
    result = use(database, book, "unshare", "-rn", how="cut")
    assert (result.stdout.splitlines()[-1:], result.returncode) == (["done"], 0), result.stderr


def test_nothing_that_asks_the_network_is_imported_by_the_program() -> None:
    asking = re.compile(
        r"^\s*(?:import|from) (?:socket|ssl|urllib\.request|http\.|requests|httpx|aiohttp|ftplib|smtplib)", re.MULTILINE
    )
    rooms = (CHECKOUT / room for room in ("db", "import_scripts", "serge_tui"))
    found = [file for room in rooms for file in room.rglob("*.py") if asking.search(file.read_text(encoding="utf-8"))]
    # `serge serve` answers this machine's browser, and asks nobody.
    assert found == [CHECKOUT / "serge_tui" / "web" / "server.py"]
    assert "Client" not in found[0].read_text(encoding="utf-8")


def test_nothing_is_logged() -> None:
    logging = re.compile(r"^\s*(?:import|from) logging\b|\bself\.log\(|^from textual import .*\blog\b", re.MULTILINE)
    rooms = (CHECKOUT / room for room in ("db", "import_scripts", "serge_tui"))
    found = [file for room in rooms for file in room.rglob("*.py") if logging.search(file.read_text(encoding="utf-8"))]
    assert found == []


def test_every_file_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        from db.build import migrate

        path = tmp_path / "data" / "serge.db"
        migrate(path)
        with Library.open(path) as library:
            library.annotations.save(new_annotation("note", body="mine")).result()
            made = {file.name for file in path.parent.iterdir()}
            assert {"serge.db", "serge.db-wal", "serge.db-shm"} <= made
            make_backup(path, "asked")
            make_backup(path, "asked", tmp_path / "elsewhere.db")
            write_private(tmp_path / "notes.md", "mine")
            files = [file for file in tmp_path.rglob("*") if file.is_file()]
            assert len(files) >= 6
            assert [file.name for file in files if file.stat().st_mode & 0o077] == []
    finally:
        os.umask(before)


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "notes.md"
    write_private(path, "before")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_private(path, "after")
    assert path.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["notes.md"]
