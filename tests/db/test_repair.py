"""A damaged database is repaired without touching anything else, and nothing that can be read is lost."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from db.annotations import new_annotation
from db.backups import make_backup
from db.build import migrate
from db.connection import connect
from db.errors import DatabaseUnusableError
from db.library import Library
from db.models import CardState
from db.repair import RECOVERED_TAG, is_damaged, repair, restore_over_damage, set_aside

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "serge.db"
    migrate(path)
    with Library.open(path) as library:
        library.annotations.save_all(
            new_annotation("note", body=f"note {number} " + "y" * 300, tags=["t"]) for number in range(300)
        ).result()
        for number in range(60):
            state = CardState(f"who/{number}", 2.0, 5.0, "2026-01-03", "2026-01-01", 1)
            library.study.record(f"who/{number}", 3, "2026-01-01", state).result()
        library.settings.set("measure", 72).result()
    return path


def bodies(path: Path) -> set[str]:
    with Library.open(path) as library:
        return {note.body.partition(" y")[0] for note in library.annotations.all()}


ALL = {f"note {number}" for number in range(300)}


def overwrite(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


def pages_of(path: Path, table: str) -> list[int]:
    """Leaf pages of a table, as the file has them."""
    from db.pages import TABLE_LEAF, PageFile

    file = PageFile(path)
    pages = file.tree(file.tables()[table]).pages
    return sorted(number for number in pages if file.page(number)[0] == TABLE_LEAF)


@pytest.mark.parametrize("offset", [0, 5, 15, 16, 18, 20, 21, 28, 32, 44, 47, 56, 59])
@pytest.mark.parametrize("flip", [0x01, 0x80, 0xFF])
def test_a_wrong_byte_in_the_header_loses_nothing_at_all(path: Path, offset: int, flip: int) -> None:
    content = path.read_bytes()
    overwrite(path, offset, bytes([content[offset] ^ flip]))
    if not is_damaged(path):
        assert bodies(path) == ALL
        return
    done = repair(path)
    assert not done.lost
    assert not is_damaged(path)
    assert bodies(path) == ALL
    with Library.open(path) as library:
        assert len(list(library.study.log())) == 60
        assert library.settings.get("measure", 66) == 72
        assert library.study.state("who/7").due_day == "2026-01-03"
    assert done.damaged.read_bytes()[: len(content)] != content


@pytest.mark.parametrize("seed", range(8))
def test_random_pages_are_filled_from_a_copy(path: Path, seed: int) -> None:
    make_backup(path, "daily")
    chance = random.Random(seed)
    size = path.stat().st_size // 4096
    for number in chance.sample(range(size), size // 4):
        overwrite(path, number * 4096, chance.randbytes(4096))
    repair(path)
    assert bodies(path) == ALL
    with Library.open(path) as library:
        assert {review.card for review in library.study.log()} == {f"who/{number}" for number in range(60)}
        assert library.settings.get("measure", 66) == 72


@pytest.mark.parametrize("seed", range(8))
def test_random_pages_without_a_copy_lose_only_what_was_in_them(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    size, leaves = path.stat().st_size // 4096, pages_of(path, "annotation")
    hit = chance.sample(range(size), size // 5)
    gone: set[str] = set()
    for number in hit:
        page = path.read_bytes()[number * 4096 : (number + 1) * 4096]
        if number + 1 in leaves:
            gone |= {body for body in ALL if f"{body} y".encode() in page}
        overwrite(path, number * 4096, chance.randbytes(4096))
    done = repair(path)
    assert bodies(path) >= ALL - gone
    if gone:
        assert done.lost


def test_what_was_deleted_stays_deleted_and_what_was_lost_comes_back_marked(path: Path) -> None:
    with Library.open(path) as library:
        kept = library.annotations.all()
    make_backup(path, "daily")
    purged = kept[150]
    with Library.open(path) as library:
        library.annotations.delete(purged.key).result()
        library.annotations.purge([purged.key]).result()
    lost = pages_of(path, "annotation")[3]
    overwrite(path, (lost - 1) * 4096, bytes(4096))
    done = repair(path)
    with Library.open(path) as library:
        found = {note.key: note for note in library.annotations.all()}
        assert purged.key not in found
        assert set(found) == {note.key for note in kept} - {purged.key}
        marked = {key for key, note in found.items() if RECOVERED_TAG in note.tags}
    assert {table.table: table.from_copies for table in done.tables}["annotation"] == len(marked) > 0
    assert not done.lost


def test_notes_that_are_only_in_the_write_ahead_log_are_saved(path: Path, tmp_path: Path) -> None:
    crash = tmp_path / "crash"
    crash.mkdir()
    with Library.open(path) as library:
        library.annotations.save(new_annotation("note", body="in the log")).result()
        for name in ("serge.db", "serge.db-wal"):
            shutil.copy(tmp_path / name, crash / name)
    overwrite(crash / "serge.db", 0, b"rubbish")
    repair(crash / "serge.db")
    assert "in the log" in bodies(crash / "serge.db")


@pytest.mark.parametrize("content", [b"Dear comrade, " * 500, b"S", b"", b"\0" * 9_000])
def test_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(DatabaseUnusableError, match="is not a Serge database"):
        repair(path)
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "recipes.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table recipes (name text, kind text)")
        connection.execute("insert into recipes values ('soup', 'note')")
    content = bytearray(path.read_bytes())
    content[18] = 99
    path.write_bytes(content)
    with pytest.raises(DatabaseUnusableError, match="is not a Serge database"):
        repair(path)
    assert path.read_bytes() == content


def test_a_link_is_followed(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    overwrite(path, 18, b"\x63")
    repair(link)
    assert link.is_symlink()
    assert bodies(path) == bodies(link) == ALL


WRITE = """
import sys
from pathlib import Path
from db.annotations import new_annotation
from db.library import Library
with Library.open(Path(sys.argv[1])) as library:
    library.annotations.save(new_annotation("note", body="before")).result()
    print("open", flush=True)
    for line in sys.stdin:
        library.annotations.save(new_annotation("note", body=line.strip())).result()
        print(len(library.annotations.all()), flush=True)
"""


def test_an_open_app_writes_into_the_repaired_file(path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    overwrite(path, pages_of(path, "annotation")[4] * 4096 - 4096, bytes(4096))
    done = repair(path)
    process.stdin.write("after\n")
    process.stdin.flush()
    number = int(process.stdout.readline())
    process.communicate()
    found = bodies(path)
    assert {"before", "after"} <= found
    assert len(found) == number
    with closing(connect(path, read_only=True)) as connection:
        assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert done.damaged.exists()


def test_a_writer_under_way_is_waited_for(path: Path) -> None:
    with Library.open(path) as library:
        held = library.writer.submit(lambda connection: connection.execute("select 1").fetchone())
        held.result()
        # A second connection of another process would be refused: the lock is a lock of the file.
        code = (
            "import sys; from pathlib import Path; import db.repair as r; r.BUSY_MILLISECONDS = 100\n"
            "from db.errors import DatabaseUnusableError\n"
            "try:\n    r.repair(Path(sys.argv[1]))\nexcept DatabaseUnusableError as error:\n    print(error)"
        )
        said = library.writer.run(
            lambda _: (
                subprocess.run(
                    [sys.executable, "-c", code, str(path)], capture_output=True, text=True, cwd=CHECKOUT, check=False
                ).stdout
            )
        )
    assert "is being written by another Serge" in said
    assert bodies(path) == ALL


def test_a_damaged_present_is_set_aside_and_what_the_copy_lacks_is_saved(path: Path) -> None:
    copy = make_backup(path, "asked")
    with Library.open(path) as library:
        first = library.annotations.all()[0]
        library.annotations.save_all([new_annotation("note", body=f"later {number}") for number in range(40)]).result()
        library.annotations.save(replace(first, body="changed")).result()
    overwrite(path, pages_of(path, "annotation")[2] * 4096 - 4096, bytes(4096))
    overwrite(path, 0, b"x")
    done = restore_over_damage(path, copy)
    found = bodies(path)
    assert {f"later {number}" for number in range(40)} <= found
    assert "changed" in found
    assert len(ALL - found) <= 1
    assert done.damaged.read_bytes()[:1] == b"x"


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("mount") is None, reason="only root can mount a small disk")
def test_a_disk_that_can_only_be_read_is_told(path: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=9m", "tmpfs", disk], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        shutil.copy(path, disk / "serge.db")
        overwrite(disk / "serge.db", 18, b"\x63")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with pytest.raises(DatabaseUnusableError, match="cannot be repaired where it is"):
            repair(disk / "serge.db")
    finally:
        subprocess.run(["umount", disk], check=True)


def test_bytes_that_are_no_text_are_read_as_such_and_the_rest_as_ever(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update annotation set body = cast(x'666f75ff6c' as text) where body like 'note 17 %'")
    with Library.open(path) as library:
        notes = {note.body.partition(" y")[0] for note in library.annotations.all()}
        assert notes == ALL - {"note 17"} | {"fou\ufffdl"}
        assert library.has_invalid_text
        (one,) = [note for note in library.annotations.all() if note.body.startswith("fou")]
        assert library.annotations.by_key(one.key) == one
        # The reader writes over it, and it is whole again.
        library.annotations.save(new_annotation("note", body="another")).result()


def test_a_repair_killed_half_way_keeps_what_is_only_in_the_log(path: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut" / "serge.db"
    cut.parent.mkdir()
    with Library.open(path) as library:
        library.annotations.save(new_annotation("note", body="in the log")).result()
        for name in ("serge.db", "serge.db-wal"):
            shutil.copy(path.with_name(name), cut.with_name(name))
    overwrite(cut, 2, b"XX")
    set_aside(cut)
    assert not cut.with_name("serge.db-wal").exists()
    done = repair(cut)
    assert "in the log" in bodies(cut)
    assert done.damaged.exists()
    assert len(list(cut.parent.glob("serge.damaged-*.db"))) == 1
