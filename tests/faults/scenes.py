"""One kill of each kind: a folder made ready, a process started on it, killed, and everything looked through."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.backups import backups_of
from db.build import migrate
from db.connection import is_ready
from db.library import Library
from db.sync.run import sync
from import_scripts.pipeline import import_book
from tests.benchmarks.generate import make_epub
from tests.faults.mill import DATABASE

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

CHECKOUT = Path(__file__).resolve().parent.parent.parent
BEHIND = "m003_pack_value"
"""The last migration that the database of an earlier schema has seen."""


class LostError(AssertionError):
    """Something of the reader's was lost or is half-written."""


def demand(holds: bool, sentence: str) -> None:
    if not holds:
        raise LostError(sentence)


# --- folders made ready ----------------------------------------------------------------------------------------------


def make_empty(folder: Path) -> None:
    """A database of the present schema, without the study pack: none of this is about it."""
    migrate(folder / DATABASE)
    (folder / "shared").mkdir()


def make_with_book(folder: Path) -> None:
    make_empty(folder)
    make_epub(folder / "book.epub", 6_000, seed=1)
    with Library.open(folder / DATABASE) as library:
        key = import_book(library, folder / "book.epub").edition.key
        texts = [passage.text for passage in library.passages.between(key, 0, 10**6)]
        ordinal = max(range(len(texts)), key=lambda number: len(texts[number]))
        anchor = make_anchor(key, texts, 0, ordinal, 0, ordinal, 40)
        library.annotations.save(new_annotation("note", anchor=anchor, body="mine", tags=["a"])).result()


def make_behind(folder: Path) -> None:
    """A database as an earlier version left it, with notes, answers and settings in it."""
    from sqlite_utils import Database

    from db.schema.migrations import migrations

    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        migrations.apply(Database(connection), stop_before="m004_undecided")
        now = "2026-01-01T00:00:00.000000+00:00"
        for number in range(200):
            connection.execute(
                "insert into annotation values"
                " (?, 'note', '', '', 0, 0, 0, 0, '', '', '', 'amber', ?, 'anchored', ?, ?, '')",
                [f"key{number}", f"note {number}", now, now],
            )
            connection.execute("insert into annotation_tag values (?, 'a')", [f"key{number}"])
            connection.execute(
                "insert into review (card, kind, rating, reviewed_at, study_day, duration_ms, given)"
                " values ('who/x', 'answer', 3, ?, '2026-01-01', 900, '')",
                [now],
            )
        connection.execute("insert into setting values ('theme', '\"samizdat\"')")
        connection.commit()


@cache
def _template(make: Callable[[Path], None]) -> Path:
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="serge-faults-"))
    make(folder)
    return folder


# --- looked through afterwards ---------------------------------------------------------------------------------------


def sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (verdict,) = connection.execute("pragma integrity_check").fetchone()
        demand(verdict == "ok", f"integrity: {verdict}")
        demand(not connection.execute("pragma foreign_key_check").fetchall(), "foreign keys")


def notes_stand(path: Path, said: list[str]) -> None:
    last = {line.split("\t")[0]: line.split("\t")[1:] for line in said if "\t" in line}
    order = list(last)
    with Library.open(path) as library:
        for key, (body, *gone) in last.items():
            found = library.annotations.by_key(key)
            demand(found is not None, f"{body} is gone")
            assert found is not None
            # The very last one may have come further than it was told.
            if key != order[-1]:
                demand(found.body == body, f"{found.body} instead of {body}")
                demand(bool(found.deleted_at) == bool(gone and gone[0]), f"{body}: the bin")
            demand(found.tags == (("c",) if found.body.startswith("changed") else found.tags), f"{body}: half-written")
            demand(bool(found.tags), f"{body}: tags gone")


def answers_stand(path: Path, said: list[str]) -> None:
    with Library.open(path) as library:
        answers = [review.card for review in library.study.log()]
        demand(len(answers) >= int(said[-1]), f"{len(answers)} answers of {said[-1]}")
        for card in set(answers):
            last = max(number for number, answered in enumerate(answers, 1) if answered == card)
            demand(library.study.state(card).answers == last, f"{card}: its state is not that of its last answer")


def book_stands(path: Path, said: list[str]) -> None:
    with Library.open(path) as library:
        (mark,) = library.annotations.all()
        demand((mark.body, mark.tags, mark.state) == ("mine", ("a",), "anchored"), "the note")
        assert mark.anchor is not None
        found = library.passages.at(mark.anchor.edition, mark.anchor.passage)
        demand(found is not None and found.text[:40] == mark.anchor.exact, "the text")
        demand(bool(library.search.passages(mark.anchor.exact.rsplit(" ", 1)[0])), "the index")


def upgraded(path: Path, said: list[str]) -> None:
    migrate(path)
    demand(is_ready(path), "not upgraded")
    with Library.open(path) as library:
        demand(len(library.annotations.all()) == 200, "notes")
        demand(library.annotations.tags() == [("a", 200)], "tags")
        demand(len(list(library.study.log())) == 200, "answers")
        demand(library.settings.get("theme", "") == "samizdat", "settings")


def copies_stand(path: Path, said: list[str]) -> None:
    told = [Path(line) for line in said if line.endswith(".db")]
    # A copy that was told of is whole, unless a later one took its place by the rule of how many are kept.
    for copy in told:
        demand(copy.exists(), f"{copy.name} is gone")
    for backup in backups_of(path):
        sound(backup.path)
        demand(backup.path.stat().st_mode & 0o077 == 0, f"{backup.path.name} can be read by others")
    with Library.open(path) as library:
        demand(len(library.annotations.all()) >= len(told), "notes")


def devices_agree(path: Path, said: list[str]) -> None:
    notes_stand(path, [f"{line}\t" for line in said if "\t" in line])
    other = path.with_name("other.db")
    migrate(other)
    with Library.open(path) as one, Library.open(other) as two:
        sync(one, path.parent / "shared")
        sync(two, path.parent / "shared")
        here = {found.key: (found.body, found.tags) for found in one.annotations.all()}
        there = {found.key: (found.body, found.tags) for found in two.annotations.all()}
        demand(here == there, "the devices differ")
        demand(len(list(one.study.log())) == len(list(two.study.log())), "answers")


SCENES: dict[str, tuple[Callable[[Path], None], Callable[[Path, list[str]], None], float]] = {
    "noting": (make_empty, notes_stand, 120),
    "reviewing": (make_empty, answers_stand, 120),
    "importing": (make_with_book, book_stands, 500),
    "migrating": (make_behind, upgraded, 60),
    "backing up": (make_empty, copies_stand, 200),
    "syncing": (make_empty, devices_agree, 200),
    "power cut": (make_empty, notes_stand, 120),
}
"""How a folder is made ready, how it is looked through, and the longest time before the kill in milliseconds."""


def kill_once(scene: str, folder: Path, chance: random.Random) -> int:
    """Kill once; gives how many writes had been answered. Raises LostError."""
    make, look, longest = SCENES[scene]
    shutil.copytree(_template(make), folder, dirs_exist_ok=True)
    said: list[str] = []
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.mill", scene, str(folder)], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    )
    assert process.stdout is not None
    said.append(process.stdout.readline().rstrip("\n"))
    rest = threading.Thread(target=_read, args=(process, said))
    rest.start()
    with suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0, longest) / 1000)
    path = folder / DATABASE
    if scene == "power cut" and process.poll() is None:
        # Stopped, so that the three files are of one moment, as a disk has them when the light goes out.
        process.send_signal(signal.SIGSTOP)
        until = len(said)
        cut = folder / "cut"
        cut.mkdir()
        for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
            if (folder / name).exists():
                shutil.copy(folder / name, cut / name)
        if chance.random() < 0.5 and (cut / f"{DATABASE}-wal").exists():
            with (cut / f"{DATABASE}-wal").open("ab") as wal:
                wal.write(chance.randbytes(chance.randrange(1, 9000)))  # a frame the disk did not get to the end of
        path, said = cut / DATABASE, said[:until]
    process.kill()
    process.wait()
    rest.join()
    process.stdout.close()
    demand(process.returncode in (0, -signal.SIGKILL), f"it ended by itself with {process.returncode}")
    sound(path)
    look(path, [line for line in said if line])
    return len(said)


def _read(process: subprocess.Popen[str], said: list[str]) -> None:
    assert process.stdout is not None
    # A line that was not ended was not said.
    said.extend(line.rstrip("\n") for line in process.stdout if line.endswith("\n"))


def clear_templates() -> None:
    for make in {make for make, _, _ in SCENES.values()}:
        shutil.rmtree(_template(make), ignore_errors=True)
    _template.cache_clear()
