"""Each row of the table in `docs/safety.md`: the damage is done, and Serge says what the page promises."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.annotations import new_annotation
from db.backups import backups_of, make_backup
from db.library import Library
from db.open_marker import mark_open, marker_of
from tests.serge_tui.cli.test_damage import CHECKOUT, damage_header, run, said
from tests.serge_tui.test_damaged_pages import destroy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def rows() -> dict[str, tuple[str, str]]:
    """What happened, what Serge says, what to do."""
    found = {}
    for line in (CHECKOUT / "docs" / "safety.md").read_text("utf-8").splitlines():
        if line.startswith("| ") and not line.startswith("| what happened"):
            what, sentence, then = (cell.strip() for cell in line.strip("|").split(" | "))
            found[what] = (sentence, then)
    return found


ROWS = rows()


def copied(path: Path) -> None:
    make_backup(path, "asked")


def header(path: Path) -> None:
    copied(path)
    with path.open("r+b") as file:
        file.seek(2)
        file.write(b"XX")


def notes_page(path: Path) -> None:
    copied(path)
    destroy(path, "annotation")


def emptied(path: Path) -> None:
    copied(path)
    path.write_bytes(b"")


def emptied_without_copies(path: Path) -> None:
    path.write_bytes(b"")


def lost_log(path: Path) -> None:
    copied(path)
    mark_open(path)
    name, _, started = marker_of(path).read_text().rpartition("\t")
    marker_of(path).write_text(f"{name.rpartition(chr(9))[0]}\t{2**30}\t{started}")


def letter(path: Path) -> None:
    path.write_text("Dear comrade,")


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table bookmark (title text)")


CASES: dict[str, tuple[Callable[[Path], None], tuple[tuple[str, ...], ...]]] = {
    "The header is damaged": (header, (("who", "trotsky"), ("doctor",), ("export", "notes"))),
    "A page with notes is damaged": (notes_page, (("export", "notes"),)),
    "You make a copy of a damaged file": (notes_page, (("backup",),)),
    "The file is empty (0 bytes), and there are copies": (
        emptied, (("who", "trotsky"), ("doctor",), ("doctor", "--repair"), ("backup",)),
    ),
    "The file is empty, and there is no copy": (emptied_without_copies, (("doctor",), ("doctor", "--repair"))),
    "The file `…-wal` beside it is missing": (lost_log, (("who", "trotsky"),)),
    "PATH is a text file, given by mistake": (
        letter, (("who", "trotsky"), ("doctor",), ("doctor", "--repair"), ("backup",)),
    ),
    "PATH is the database of another program": (foreign, (("who", "trotsky"), ("doctor",), ("backup",))),
}  # fmt: skip
ON_A_DISK = "The folder can only be read"


def test_every_row_is_tried() -> None:
    assert set(CASES) | {ON_A_DISK} == set(ROWS)


@pytest.mark.parametrize("what", CASES)
def test_serge_says_what_the_page_promises(what: str, database: Path) -> None:
    damage, commands = CASES[what]
    with Library.open(database) as library:
        library.annotations.save(new_annotation("note", body="mine")).result()
    damage(database)
    before = database.read_bytes()
    sentence, then = ROWS[what]
    for command in commands:
        text = " ".join(said(run(database, *command)).split())
        assert sentence.replace("PATH", str(database)) in text, (command, text)
        assert database.read_bytes() == before
    if then.startswith("`"):
        way, _, result = then.partition("`: ")
        words = way.strip("`").split()[1:]
        copies = backups_of(database)
        done = run(database, *(str(copies[0].path) if word == "COPY" else word for word in words),
                   *(["--yes"] if words[0] == "restore" else []))  # fmt: skip
        assert result in said(done)
        assert done.returncode == 0, said(done)
        with Library.open(database) as library:
            assert [note.body for note in library.annotations.all()] == ["mine"]


def test_a_copy_is_not_put_over_another_programs_database(database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy(database, other)
    foreign(other)
    before = other.read_bytes()
    done = run(other, "restore", "--yes", str(database))
    assert done.returncode == 1
    assert "is a database of another program; nothing was changed." in said(done)
    assert other.read_bytes() == before


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("mount") is None, reason="only root can mount a small disk")
def test_a_damaged_file_on_a_disk_that_can_only_be_read(database: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", disk], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        shutil.copy(database, disk / "serge.db")
        damage_header(disk / "serge.db")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        done = run(disk / "serge.db", "doctor", "--repair")
        assert done.returncode == 1
        assert ROWS[ON_A_DISK][0] in " ".join(said(done).split())
    finally:
        subprocess.run(["umount", disk], check=True)
