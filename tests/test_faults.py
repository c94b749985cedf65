"""What can go wrong around the reader's notes and answers, and that none of them is lost."""

from __future__ import annotations

import gc
import lzma
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import db.clock
from db.annotations import new_annotation
from db.backups import backups_of, make_daily
from db.build import migrate
from db.connection import is_ready
from db.errors import DatabaseUnusableError
from db.library import Library
from db.repair import is_damaged, repair
from db.schema import EXPECTED
from tests.faults.damage import DAMAGES, OTHERS, WAYS, damage_once
from tests.faults.scenes import SCENES, kill_once, sound
from tests.fixtures.make import fixture_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).resolve().parent.parent
RELEASED = tuple(name for name in EXPECTED if fixture_of(name).exists())
FILL = """
import resource, signal, sys
from pathlib import Path
from db.annotations import new_annotation
from db.errors import SergeError
from db.library import Library
path = Path(sys.argv[1])
if sys.argv[2] != "0":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
with Library.open(path) as library:
    for number in range(10_000):
        try:
            library.annotations.save(new_annotation("note", body=f"{number} " + "x" * 20_000)).result()
        except SergeError as error:
            print(error, flush=True)
            break
        print(number, flush=True)
"""
WRITE = """
import sys
from pathlib import Path
from db.annotations import new_annotation
from db.library import Library
with Library.open(Path(sys.argv[1])) as library:
    for number in range(60):
        library.annotations.save(new_annotation("note", body=f"{sys.argv[2]} {number}", tags=["t"])).result()
"""


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "serge.db"
    migrate(path)
    return path


def child(program: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        cwd=CHECKOUT, env={**os.environ, **environment},
    )  # fmt: skip


def output(process: subprocess.Popen[str]) -> list[str]:
    said, _ = process.communicate(timeout=60)
    return said.splitlines()


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("scene", SCENES)
def test_killed(scene: str, tmp_path: Path, seed: int) -> None:
    kill_once(scene, tmp_path, random.Random(f"{scene} {seed}"))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", DAMAGES)
def test_damaged(kind: str, way: str, tmp_path: Path) -> None:
    damage_once(kind, way, tmp_path, random.Random(f"{kind} {way}"))


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", OTHERS)
def test_damaged_in_another_way(kind: str, tmp_path: Path, seed: int) -> None:
    OTHERS[kind](tmp_path, random.Random(seed))


def numbers_stand(path: Path, said: list[str]) -> None:
    sound(path)
    with Library.open(path) as library:
        found = {note.body.partition(" ")[0] for note in library.annotations.all()}
    assert {line for line in said if line.isdigit()} <= found


def test_a_file_that_may_not_grow_keeps_what_was_stored(empty: Path) -> None:
    said = output(child(FILL, str(empty), "1500000"))
    assert len(said) > 5
    assert "Traceback" not in "\n".join(said)
    assert "full" in said[-1] or "could not be read or written" in said[-1]
    numbers_stand(empty, said)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    gc.collect()  # an error that a future holds keeps a closed connection's file open
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_keeps_what_was_stored_and_says_so(small_disk: Path, tmp_path: Path) -> None:
    path = small_disk / "serge.db"
    migrate(path)
    said = output(child(FILL, str(path), "0"))
    assert len(said) > 5
    assert "is full" in said[-1]
    numbers_stand(path, said)
    # Room was made: writing goes on.
    moved = tmp_path / "moved.db"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(moved)) as target:
        source.backup(target)
    with Library.open(moved) as library:
        library.annotations.save(new_annotation("note", body="again")).result()


def test_a_disk_that_may_only_be_read_is_told_and_nothing_changes(small_disk: Path) -> None:
    path = small_disk / "serge.db"
    migrate(path)
    with Library.open(path) as library:
        library.annotations.save(new_annotation("note", body="mine")).result()
    before = path.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert is_ready(path)
    with Library.open(path) as library:
        assert [note.body for note in library.annotations.all()] == ["mine"]
        with pytest.raises(DatabaseUnusableError, match="cannot be"):
            library.annotations.save(new_annotation("note", body="more")).result()
    assert path.read_bytes() == before
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    with Library.open(path) as library:
        assert [note.body for note in library.annotations.all()] == ["mine"]


def test_a_file_that_may_only_be_read_is_told_and_nothing_changes(empty: Path) -> None:
    empty.chmod(0o400)
    if os.access(empty, os.W_OK):
        pytest.skip("root may write what nobody may")
    before = empty.read_bytes()
    with Library.open(empty) as library, pytest.raises(DatabaseUnusableError, match="cannot be"):
        library.annotations.save(new_annotation("note", body="more")).result()
    assert empty.read_bytes() == before


def test_two_windows_write_at_once_and_nothing_is_lost(empty: Path) -> None:
    windows = [child(WRITE, str(empty), name) for name in ("one", "other")]
    assert [output(window) for window in windows] == [[], []]
    sound(empty)
    with Library.open(empty) as library:
        found = {note.body: note.tags for note in library.annotations.all()}
    assert found == {f"{name} {number}": ("t",) for name in ("one", "other") for number in range(60)}


def test_a_clock_put_back_makes_no_change_look_older(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library.open(empty) as library:
        first = library.annotations.save(new_annotation("note", body="first")).result()
        monkeypatch.setattr(db.clock, "utc_now", lambda: "2001-01-01T00:00:00.000000+00:00")
        second = library.annotations.save(first).result()
        assert second.modified_at > first.modified_at
        library.annotations.change_all([second]).result()
        third = library.annotations.by_key(first.key)
        assert third is not None
        assert third.modified_at > second.modified_at


def test_a_clock_put_back_leaves_a_copy_of_today(empty: Path) -> None:
    now = datetime.now(UTC)
    make_daily(empty, now)
    with Library.open(empty) as library:
        library.annotations.save(new_annotation("note", body="later")).result()
    make_daily(empty, now.replace(year=now.year - 5, day=1))
    newest = max(backups_of(empty), key=lambda backup: backup.made)
    with Library.open(newest.path) as copy:
        assert [note.body for note in copy.annotations.all()] == ["later"]


def test_times_are_the_same_in_every_time_zone(database: Path) -> None:
    with Library.open(database) as library:
        library.annotations.save(new_annotation("note", body="mine")).result()
    export = "import sys; sys.argv = ['serge', '--db', sys.argv[1], 'export', 'notes', '--json']\n"
    export += "from serge_tui.cli import main; main()"
    zones = ("UTC", "Pacific/Kiritimati", "Pacific/Niue", "America/St_Johns")
    said = [output(child(export, str(database), TZ=zone)) for zone in zones]
    assert '"value": "mine"' in "".join(said[0])
    assert all(one == said[0] for one in said)


@pytest.mark.parametrize("migration", RELEASED)
def test_a_database_of_an_earlier_version_is_upgraded_with_everything(migration: str, tmp_path: Path) -> None:
    from import_scripts.pipeline import prepare

    path = tmp_path / "serge.db"
    path.write_bytes(lzma.decompress(fixture_of(migration).read_bytes()))
    prepare(path)
    assert is_ready(path)
    sound(path)
    with Library.open(path) as library:
        notes = {note.key: note for note in library.annotations.all()}
        assert set(notes) == {"k-note", "k-orphan", "k-figure"}
        assert (notes["k-note"].tags, notes["k-note"].colour, notes["k-note"].body) == (("doubt",), "amber", "a note")
        assert notes["k-note"].anchor is not None
        assert notes["k-note"].anchor.exact == "words of the book"
        assert notes["k-orphan"].state == "orphan"
        assert [note.body for note in library.annotations.bin()] == ["thrown away"]
        assert [note.key for note in library.annotations.linking_to("chapter:4")] == ["k-figure"]
        assert [answer.rating for answer in library.study.log()] == [3, 1, 4]
        assert library.settings.get("theme", "") == "samizdat"
        figure = library.figures.by_key("trotsky")
        assert figure is not None
        assert figure.one_line == "Mine."
        position = library.texts.position("my-copy")
        assert position is not None
        assert position.exact == "here"


def test_a_released_schema_has_its_database() -> None:
    assert "m005_sync" in RELEASED, "make it with `python -m tests.fixtures.make` and commit it"


@pytest.mark.parametrize("seed", range(6))
def test_a_flipped_byte_loses_nothing_that_a_copy_has(empty: Path, seed: int) -> None:
    with Library.open(empty) as library:
        for number in range(80):
            library.annotations.save(new_annotation("note", body=f"note {number} " + "y" * 300)).result()
    make_daily(empty, datetime.now(UTC))
    chance = random.Random(seed)
    with empty.open("r+b") as file:
        at = chance.randrange(100, empty.stat().st_size)
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ (1 << chance.randrange(8))]))
    if is_damaged(empty):
        repair(empty)
    with Library.open(empty) as library:
        found = {note.body for note in library.annotations.all()}
    # A bit within the words themselves is no damage that a database can see; every other note is whole.
    assert len(found & {f"note {number} " + "y" * 300 for number in range(80)}) >= 79
