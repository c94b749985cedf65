"""Damage of each kind done to a database that holds acknowledged words, and the way back that a reader would take.

Of every word it is known where it is: in a sound page, in a copy, or nowhere. What a page or a copy holds must be there
afterwards.
"""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.annotations import new_annotation
from db.backups import backups_of, make_backup, restore
from db.build import migrate
from db.errors import SergeError
from db.health import damaged_texts
from db.library import Library
from db.models import CardState
from db.pages import TABLE_LEAF, PageFile
from db.processes import this_process
from db.repair import is_damaged, rebuild_index, repair, restore_over_damage
from serge_tui.cli.damage import offer_copy
from tests.faults.mill import DATABASE

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

CHECKOUT: Final = Path(__file__).resolve().parent.parent.parent
NOTES: Final = 150
ANSWERS: Final = 60
DRAFTS: Final = 12


class DamageError(AssertionError):
    """A word that a sound page or a copy holds was lost."""


@dataclass(frozen=True, slots=True)
class Words:
    """Notes, answered cards and texts that were being written."""

    notes: frozenset[str] = frozenset()
    cards: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.notes) + len(self.cards) + len(self.drafts)

    def __sub__(self, other: Words) -> Words:
        return Words(self.notes - other.notes, self.cards - other.cards, self.drafts - other.drafts)

    def __str__(self) -> str:
        return f"{sorted(self.notes)[:5]} {sorted(self.cards)[:5]} {sorted(self.drafts)[:5]}"


STORED: Final = Words(
    frozenset(f"note {number}" for number in range(NOTES)),
    frozenset(f"who/{number}" for number in range(ANSWERS)),
    frozenset(f"draft {number}" for number in range(DRAFTS)),
)


def demand(holds: bool, sentence: str) -> None:
    if not holds:
        raise DamageError(sentence)


@cache
def _template() -> Path:
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="serge-damage-"))
    path = folder / DATABASE
    migrate(path)
    with Library.open(path) as library:
        library.annotations.save_all(
            new_annotation("note", body=f"note {number} " + "y" * 300, tags=["t"]) for number in range(NOTES)
        ).result()
        for card in sorted(STORED.cards):
            library.study.record(
                card, 3, "2026-01-01", CardState(card, 2.0, 5.0, "2026-01-03", "2026-01-01", 1)
            ).result()
        library.settings.set("measure", 72).result()
    with closing(sqlite3.connect(path)) as connection, connection:
        # Of a process that has ended, as those of a window that was killed are.
        ended = f"{this_process().partition(chr(9))[0]}\t{2**31 - 1}"
        for number in range(DRAFTS):
            connection.execute(
                "insert into draft (key, kind, title, fields, file, changed_at, process)"
                " values (?, 'note', 'p. 122', ?, '', '2026-01-01T00:00:00.000000+00:00', ?)",
                [f"key{number}", json.dumps({"body": f"draft {number} " + "y" * 300}), ended],
            )
    return folder


def clear_template() -> None:
    if _template.cache_info().currsize:
        shutil.rmtree(_template(), ignore_errors=True)
        _template.cache_clear()


def words(path: Path) -> Words:
    """What a database offers the reader."""
    with Library.open(path) as library:
        return Words(
            frozenset(note.body.partition(" y")[0] for note in library.annotations.all()),
            frozenset(review.card for review in library.study.log()),
            frozenset(draft.fields["body"].partition(" y")[0] for draft in library.drafts.abandoned()),
        )


def in_pages(path: Path, pages: set[int]) -> Words:
    """Words that stand in some pages of a sound file: what is lost when these are, without a copy."""
    content = PageFile(path)
    text = b"\0".join(content.page(number) for number in pages)
    return Words(
        frozenset(body for body in STORED.notes if f"{body} y".encode() in text),
        frozenset(card for card in STORED.cards if f"{card}answer".encode() in text),
        frozenset(body for body in STORED.drafts if f"{body} y".encode() in text),
    )


def flip_header(path: Path, chance: random.Random) -> set[int]:
    """Change up to five bytes of the header."""
    content = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 6)):
        content[chance.randrange(100)] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    return set()


def destroy_pages(path: Path, chance: random.Random) -> set[int]:
    """Overwrite up to a third of the pages, as a failing disk does."""
    content = bytearray(path.read_bytes())
    size = len(content) // 4096
    hit = set(chance.sample(range(1, size + 1), chance.randrange(1, size // 3)))
    for number in hit:
        content[(number - 1) * 4096 : number * 4096] = chance.choice([chance.randbytes(4096), bytes(4096)])
    path.write_bytes(content)
    return hit


def cut_off(path: Path, chance: random.Random) -> set[int]:
    """Cut the file at a page."""
    content = path.read_bytes()
    size = len(content) // 4096
    kept = chance.randrange(size // 2, size)
    path.write_bytes(content[: kept * 4096])
    return set(range(kept + 1, size + 1))


DAMAGES: Final[dict[str, Callable[[Path, random.Random], set[int]]]] = {
    "header bytes": flip_header,
    "random pages": destroy_pages,
    "a cut file": cut_off,
}


def damage_once(kind: str, way: str, folder: Path, chance: random.Random) -> int:
    """Damage once and take one way back; return how many words were there. Raises DamageError."""
    path = _stored_in(folder)
    if way != "repair alone":
        make_backup(path, "asked")
    sound = folder / "sound.db"
    shutil.copy(path, sound)
    writer = _open_app(path) if way == "repair beside an open app" else None
    pages = DAMAGES[kind](path, chance)
    gone = Words() if way != "repair alone" else in_pages(sound, pages)
    lost_pages = {n for n in pages if PageFile(sound).page(n)[:1] == bytes([TABLE_LEAF])} if pages else set()
    sound.unlink()
    report = None
    if is_damaged(path):
        if way.startswith("killed"):
            _kill_the_way_back(way, path, chance)
        if is_damaged(path):
            report = restore_over_damage(path, backups_of(path)[0].path) if "restor" in way else repair(path)
    if writer is not None:
        _write_on(writer)
    found = words(path)
    if writer is not None:
        demand("written after" in found.notes, "a note written beside the repair was lost")
    demand(not (lost := STORED - gone - found), f"lost: {lost}")
    demand(not is_damaged(path), "still damaged")
    if STORED - found:
        demand(report is not None and report.lost and bool(lost_pages), "something was lost, and not said")
    return len(STORED)


WAYS: Final = (
    "repair alone", "repair with copies", "restore", "repair beside an open app", "killed while repairing",
    "killed while restoring",
)  # fmt: skip


def _stored_in(folder: Path) -> Path:
    shutil.copytree(_template(), folder, dirs_exist_ok=True)
    return folder / DATABASE


_WAY_BACK: Final = """
import sys
from pathlib import Path
from db.backups import backups_of
from db.repair import repair, restore_over_damage
path = Path(sys.argv[1])
print("begin", flush=True)
if sys.argv[2] == "killed while restoring":
    restore_over_damage(path, backups_of(path)[0].path)
else:
    repair(path)
"""


def _kill_the_way_back(way: str, path: Path, chance: random.Random) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _WAY_BACK, str(path), way], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    )
    assert process.stdout is not None
    demand(process.stdout.readline() == "begin\n", "the repair did not begin")
    with suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0, 0.4))
    process.kill()
    process.wait()
    process.stdout.close()
    demand(path.exists(), "there is no database after a kill")


def spoil_text(folder: Path, chance: random.Random) -> int:
    """Put a byte that is no text into a note; it is named, and neither copy, repair nor restore loses a word."""
    path = _stored_in(folder)
    sound = make_backup(path, "asked")
    number = chance.randrange(NOTES)
    with closing(sqlite3.connect(path)) as connection, connection:
        (key,) = connection.execute("select key from annotation order by key limit 1 offset ?", [number]).fetchone()
        connection.execute("update annotation set body = body || cast(x'ff' as text) where key = ?", [key])
    demand(damaged_texts(path) == [("annotation", key, "body")], "the note is not named")
    demand(not (lost := STORED - words(path)), f"lost: {lost}")
    copy = make_backup(path, "asked")
    demand(damaged_texts(copy) == [("annotation", key, "body")], "the copy holds something else")
    rebuild_index(path)
    demand(not (lost := STORED - words(path)), f"lost by the repair: {lost}")
    if chance.random() < 0.5:
        restore(path, copy)
        demand(not (lost := STORED - words(path)), f"lost by restoring the spoilt copy: {lost}")
    restore(path, sound)
    demand(not (lost := STORED - words(path)), f"lost by restoring: {lost}")
    demand(not damaged_texts(path), "the byte is still there")
    return len(STORED)


def empty_file(folder: Path, chance: random.Random) -> int:
    """Empty the file; nothing is built in its place, and the copy brings every word back."""
    path = _stored_in(folder)
    make_backup(path, "asked")
    path.write_bytes(b"")
    if chance.random() < 0.5:
        path.with_name(f"{DATABASE}-wal").write_bytes(b"")
    try:
        offer_copy(path)
    except SergeError as error:
        demand("has copies" in str(error), str(error))
    else:
        raise DamageError("an emptied database was taken for a new one")
    restore(path, backups_of(path)[0].path)
    demand(not (lost := STORED - words(path)), f"lost: {lost}")
    return len(STORED)


def lose_log(folder: Path, chance: random.Random) -> int:
    """Remove the log of a window that was killed; what is in the file or the copy is there afterwards."""
    path = _stored_in(folder)
    make_backup(path, "asked")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.mill", "noting", str(folder)], stdout=subprocess.PIPE, text=True,
        cwd=CHECKOUT,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    with suppress(subprocess.TimeoutExpired):
        process.wait(chance.uniform(0, 0.1))
    process.kill()
    process.wait()
    process.stdout.close()
    path.with_name(f"{DATABASE}-wal").unlink()
    if is_damaged(path):
        repair(path)
    demand(not (lost := STORED - words(path)), f"lost: {lost}")
    return len(STORED)


_WRITE: Final = """
import sys
from pathlib import Path
from db.annotations import new_annotation
from db.errors import SergeError
from db.library import Library
with Library.open(Path(sys.argv[1])) as library:
    library.settings.set("opened", True).result()
    print("open", flush=True)
    sys.stdin.readline()
    try:
        library.annotations.save(new_annotation("note", body="written after")).result()
    except SergeError as error:
        print(error, flush=True)
    else:
        print("written", flush=True)
"""


def _open_app(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITE, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    )
    assert process.stdout is not None
    demand(process.stdout.readline() == "open\n", "the app did not open")
    # As long as the app has the file open its log is there: what is damaged is the file below it.
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)").fetchall()
    return process


def _write_on(process: subprocess.Popen[str]) -> None:
    output, _ = process.communicate("go\n", timeout=60)
    demand(output == "written\n", f"the app said {output!r}")


TYPING: Final = """
import sys
from pathlib import Path
from db.library import Library
from serge_tui.services.draft_journal import OpenDraft
with Library.open(Path(sys.argv[1])) as library:
    draft = OpenDraft(library, "note", "p. 122", {"body": ""})
    text = ""
    for number in range(1_000_000):
        text += f"{number} "
        if (written := draft.update({"body": text})) is not None:
            written.result()
            print(number, flush=True)
"""


def kill_typing(folder: Path, chance: random.Random) -> int:
    """Kill while a note is being written; return how many words were acknowledged. Raises DamageError."""
    path = folder / DATABASE
    migrate(path)
    process = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(path)], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    )
    assert process.stdout is not None
    process.stdout.readline()
    try:
        process.wait(chance.uniform(0, 0.15))
    except subprocess.TimeoutExpired:
        process.send_signal(chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGHUP]))
        # Under nohup a child inherits that SIGHUP is ignored, and would go on for ever.
        with suppress(subprocess.TimeoutExpired):
            process.wait(2)
        process.kill()
    said = [line for line in process.stdout if line.endswith("\n")]
    process.wait()
    process.stdout.close()
    last = int(said[-1]) if said else 0
    with Library.open(path) as library:
        drafts = library.drafts.abandoned()
        demand(len(drafts) == 1, f"{len(drafts)} drafts are offered")
        typed = drafts[0].fields["body"].split()
    demand(typed == [str(number) for number in range(len(typed))], "the draft is torn")
    demand(len(typed) > last, f"{len(typed)} words of {last + 1}")
    return last + 1


OTHERS: Final[dict[str, Callable[[Path, random.Random], int]]] = {
    "killed while typing": kill_typing,
    "invalid bytes": spoil_text,
    "an emptied file": empty_file,
    "a lost log": lose_log,
}
"""Rounds that have one way back each."""
