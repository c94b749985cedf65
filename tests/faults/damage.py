"""Damage of each kind done to a database that holds acknowledged words, and the way back that a reader would take.

Of every word it is known where it is: in a sound page, in a copy, or nowhere. What a page or a copy holds must be there
afterwards.
"""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.annotations import new_annotation
from db.backups import backups_of, make_backup
from db.build import migrate
from db.library import Library
from db.models import CardState
from db.pages import TABLE_LEAF, PageFile
from db.repair import is_damaged, repair, restore_over_damage
from tests.faults.mill import DATABASE

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

CHECKOUT: Final = Path(__file__).resolve().parent.parent.parent
NOTES: Final = 150
ANSWERS: Final = 60
BODIES: Final = frozenset(f"note {number}" for number in range(NOTES))
CARDS: Final = frozenset(f"who/{number}" for number in range(ANSWERS))


class DamageError(AssertionError):
    """A word that a sound page or a copy holds was lost."""


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
        for card in sorted(CARDS):
            library.study.record(
                card, 3, "2026-01-01", CardState(card, 2.0, 5.0, "2026-01-03", "2026-01-01", 1)
            ).result()
        library.settings.set("measure", 72).result()
    return folder


def clear_template() -> None:
    if _template.cache_info().currsize:
        shutil.rmtree(_template(), ignore_errors=True)
        _template.cache_clear()


def words(path: Path) -> tuple[set[str], set[str]]:
    """Notes and answered cards."""
    with Library.open(path) as library:
        notes = {note.body.partition(" y")[0] for note in library.annotations.all()}
        return notes, {review.card for review in library.study.log()}


def in_pages(path: Path, pages: set[int]) -> tuple[set[str], set[str]]:
    """Words that stand in some pages of a sound file: what is lost when these are, without a copy."""
    content = PageFile(path)
    text = b"\0".join(content.page(number) for number in pages)
    notes = {body for body in BODIES if f"{body} y".encode() in text}
    return notes, {card for card in CARDS if f"{card}answer".encode() in text}


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


def invalid_bytes(path: Path, chance: random.Random) -> set[int]:
    """Put a byte that is no text into a note."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "update annotation set body = body || cast(x'ff' as text) where key in"
            " (select key from annotation order by key limit 1 offset ?)",
            [chance.randrange(NOTES)],
        )
    return set()


DAMAGES: Final[dict[str, Callable[[Path, random.Random], set[int]]]] = {
    "header bytes": flip_header,
    "random pages": destroy_pages,
    "a cut file": cut_off,
    "invalid bytes": invalid_bytes,
}


def damage_once(kind: str, way: str, folder: Path, chance: random.Random) -> int:
    """Damage once and take one way back; return how many words were there. Raises DamageError."""
    shutil.copytree(_template(), folder, dirs_exist_ok=True)
    path = folder / DATABASE
    if way != "repair alone":
        make_backup(path, "asked")
    sound = folder / "sound.db"
    shutil.copy(path, sound)
    writer = _open_app(path) if way == "repair beside an open app" else None
    pages = DAMAGES[kind](path, chance)
    gone = ({*()}, {*()}) if way != "repair alone" else in_pages(sound, pages)
    lost_pages = {n for n in pages if PageFile(sound).page(n)[:1] == bytes([TABLE_LEAF])} if pages else set()
    sound.unlink()
    report = None
    if is_damaged(path):
        report = restore_over_damage(path, backups_of(path)[0].path) if way == "restore" else repair(path)
    if writer is not None:
        _write_on(writer)
    notes, cards = words(path)
    expected = BODIES | ({"written after"} if writer is not None else set())
    demand(notes >= expected - gone[0], f"notes lost: {sorted(expected - gone[0] - notes)[:5]}")
    demand(cards >= CARDS - gone[1], f"answers lost: {sorted(CARDS - gone[1] - cards)[:5]}")
    demand(not is_damaged(path), "still damaged")
    if (BODIES - notes) or (CARDS - cards):
        demand(report is not None and report.lost and bool(lost_pages), "something was lost, and not said")
    return NOTES + ANSWERS


WAYS: Final = ("repair alone", "repair with copies", "restore", "repair beside an open app")

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
