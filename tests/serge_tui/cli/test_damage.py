"""What a worried reader sees: each damage is one sentence that says what to do, and the way out works."""

from __future__ import annotations

import os
import pty
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.annotations import new_annotation
from db.backups import make_backup
from db.library import Library
from db.open_marker import log_vanished, mark_closed, mark_open, marker_of

if TYPE_CHECKING:
    from collections.abc import Callable

CHECKOUT = Path(__file__).resolve().parent.parent.parent.parent
HOSTILE = ("\x1b]52;c;ZXZpbA==\x07", "\x1b[2J", "\x9b31m", "a\u202eb", "\x08\x7f", "[bold]x[/bold]", "é\udce9")


def run(database: Path | str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "serge_tui", "--db", str(database), *arguments], capture_output=True, cwd=CHECKOUT,
        stdin=subprocess.DEVNULL, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """What was printed; nothing of it may be a traceback or steer a terminal."""
    text = (done.stdout + done.stderr).decode()
    assert "Traceback" not in text
    assert not [char for char in text if (ord(char) < 32 and char != "\n") or 127 <= ord(char) < 160]
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    return text


@pytest.fixture
def noted(database: Path) -> Path:
    with Library.open(database) as library:
        library.annotations.save_all(new_annotation("note", body=f"note {n} " + "y" * 400) for n in range(120)).result()
    return database


def damage_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(18)
        file.write(b"\x63")


def damage_pages(path: Path, share: float = 0.3) -> None:
    chance, size = random.Random(7), path.stat().st_size // 4096
    with path.open("r+b") as file:
        for number in chance.sample(range(1, size), int(size * share)):
            file.seek(number * 4096)
            file.write(chance.randbytes(4096))


@pytest.mark.parametrize("damage", [damage_header, damage_pages])
@pytest.mark.parametrize(
    "command",
    [("who", "trotsky"), ("search", "snow"), ("stats",), ("export", "notes"), ("export", "reviews"), ("doctor",),
     ("doctor", "--json"), ("figures",), ("locate",)],
)  # fmt: skip
def test_no_command_ends_in_a_traceback_on_a_damaged_file(
    noted: Path, damage: Callable[[Path], None], command: tuple[str, ...]
) -> None:
    damage(noted)
    done = run(noted, *command)
    text = said(done)
    if done.returncode not in (0, 2):
        assert "doctor --repair" in text or "damaged" in text


def test_repair_says_what_was_saved_and_its_exit_code_too(noted: Path) -> None:
    make_backup(noted, "daily")
    damage_header(noted)
    done = run(noted, "doctor", "--repair")
    assert done.returncode == 0, said(done)
    assert "Only its header was damaged: everything was saved" in said(done)
    damage_pages(noted)
    done = run(noted, "doctor", "--repair")
    text = said(done)
    assert "The damaged file is kept unchanged as" in text
    assert "annotations: 120 saved" in text
    with Library.open(noted) as library:
        assert len(library.annotations.all()) == 120
        assert library.figures.by_key("trotsky") is not None


@pytest.mark.parametrize("content", [b"Dear comrade,", b"S", b"\0\0"])
def test_repair_leaves_what_is_not_ours_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    done = run(path, "doctor", "--repair")
    assert done.returncode == 1
    assert "is not a Serge database; nothing was changed." in said(done)
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("damage", [damage_header, damage_pages])
def test_restore_works_when_it_is_needed(noted: Path, damage: Callable[[Path], None]) -> None:
    copy = make_backup(noted, "asked")
    with Library.open(noted) as library:
        library.annotations.save(new_annotation("note", body="after the copy")).result()
    damage(noted)
    done = run(noted, "restore", "--yes", str(copy))
    text = said(done)
    assert done.returncode == 0, text
    assert "is damaged; it will be kept unchanged under another name" in text
    assert "Restored. The damaged file is" in text
    with Library.open(noted) as library:
        bodies = {note.body.split(" y")[0] for note in library.annotations.all()}
        assert {f"note {n}" for n in range(120)} <= bodies
        if damage is damage_header:
            assert "after the copy" in bodies


def test_an_empty_file_with_copies_is_not_built_over(noted: Path) -> None:
    copy = make_backup(noted, "daily")
    noted.write_bytes(b"")
    done = run(noted, "stats")
    assert done.returncode == 1
    assert "is empty, but it has copies; the newest is of" in said(done)
    assert noted.read_bytes() == b""
    assert run(noted, "restore", "--yes", str(copy)).returncode == 0
    with Library.open(noted) as library:
        assert len(library.annotations.all()) == 120


def test_a_copy_is_offered_to_somebody_who_can_answer(noted: Path) -> None:
    make_backup(noted, "daily")
    noted.write_bytes(b"")
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "serge_tui", "--db", str(noted), "stats"], stdin=follower, stdout=subprocess.PIPE,
        stderr=follower, cwd=CHECKOUT,
    )  # fmt: skip
    os.write(leader, b"y\n")
    output, _ = process.communicate(timeout=60)
    os.close(follower)
    os.close(leader)
    assert process.returncode == 0, output
    with Library.open(noted) as library:
        assert len(library.annotations.all()) == 120


def test_a_log_that_vanished_is_told_once(noted: Path) -> None:
    marker_of(noted).write_text("elsewhere is running\t1\t1")
    assert not log_vanished(noted)  # another machine's: it cannot be known
    mark_open(noted)
    assert not log_vanished(noted)  # ours runs
    mark_closed(noted)
    assert not marker_of(noted).exists()
    mark_open(noted)
    name, _, started = marker_of(noted).read_text().rpartition("\t")
    marker_of(noted).write_text(f"{name.rpartition(chr(9))[0]}\t{2**30}\t{started}")
    make_backup(noted, "daily")
    done = run(noted, "who", "trotsky")
    assert done.returncode == 0
    assert "serge.db-wal is missing" in said(done)
    assert "is missing" not in said(run(noted, "who", "trotsky"))


def test_doctor_names_the_row_with_wrong_bytes_and_a_copy_is_still_made(noted: Path) -> None:
    with closing(sqlite3.connect(noted)) as connection, connection:
        connection.execute("update annotation set body = cast(x'666f75ff6c' as text) where body like 'note 17 %'")
        (key,) = connection.execute("select key from annotation where length(body) < 10").fetchone()
        connection.execute("update figure set life = cast(x'ff' as text) where key = 'trotsky'")
    done = run(noted, "doctor")
    assert done.returncode == 1
    assert f"note: the body of {key} holds bytes that are not text" in said(done)
    assert "figure: the life of trotsky holds bytes that are not text" in said(done)
    for command in (("export", "notes"), ("who", "trotsky"), ("search", "fou")):
        assert run(noted, *command).returncode == 0, said(run(noted, *command))
    done = run(noted, "backup")
    assert done.returncode == 0
    assert "in the copy too" in said(done)
    run(noted, "doctor", "--repair")
    with Library.open(noted) as library:
        figure = library.figures.by_key("trotsky")
        assert figure is not None
        assert len(figure.life) > 20


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("mount") is None, reason="only root can mount a small disk")
def test_everything_that_only_reads_works_on_a_disk_that_can_only_be_read(noted: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", disk], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        shutil.copy(noted, disk / "serge.db")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        for command in (("who", "trotsky"), ("search", "snow"), ("stats",), ("export", "notes"), ("doctor",)):
            done = run(disk / "serge.db", *command)
            assert done.returncode == 0, said(done)
        for command in (("import", str(CHECKOUT / "README.md")), ("sync", str(tmp_path)), ("doctor", "--repair")):
            done = run(disk / "serge.db", *command)
            assert done.returncode == 1
            assert len(said(done).strip().splitlines()) <= 3
    finally:
        subprocess.run(["umount", disk], check=True)


ARGUMENTS = [
    ("who", "{}"), ("search", "{}"), ("read", "{}"), ("read", "--page", "{}"), ("read", "--edition", "{}"),
    ("import", "{}"), ("import", "--as", "history", "{}"), ("locate", "{}"), ("figures", "--format", "{}"),
    ("corrections", "{}"), ("stats", "{}"), ("quiz", "--deck", "{}"), ("export", "cards", "--deck", "{}"),
    ("export", "notes", "-o", "/nonexistent/{}"), ("export", "reviews", "-o", "/nonexistent/{}"), ("export", "{}"),
    ("backup", "/nonexistent/{}"), ("restore", "{}"), ("sync", "/nonexistent/{}"), ("keys", "{}"), ("doctor", "{}"),
    ("{}",), ("--{}",),
]  # fmt: skip


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=" ".join)
def test_no_argument_reaches_the_terminal_as_it_is(database: Path, arguments: tuple[str, ...]) -> None:
    hostile = "".join(HOSTILE)
    said(run(database, *(argument.format(hostile) for argument in arguments)))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_path_of_the_database_reaches_the_terminal_as_it_is(
    built_database: Path, tmp_path: Path, hostile: str
) -> None:
    folder = tmp_path / hostile.replace("/", "")
    said(run(folder / "x" / "serge.db", "restore", "nothing.db"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("no such name here")
    shutil.copy(built_database, folder / "serge.db")
    for command in (("doctor", "--json"), ("doctor",), ("restore",), ("backup",)):
        said(run(folder / "serge.db", *command))


def test_output_in_another_encoding_and_a_plain_locale_is_no_traceback(noted: Path) -> None:
    for environment in ({"PYTHONIOENCODING": "latin-1"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}):
        for command in (("who", "Троцкий"), ("search", "—"), ("export", "notes"), ("figures",)):
            done = run(noted, *command, **environment)
            assert b"Traceback" not in done.stderr
            assert done.returncode in (0, 1)
