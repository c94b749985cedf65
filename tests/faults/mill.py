"""What is killed: a process that works on a database without end and says, line by line, what it was told is stored.

`python -m tests.faults.mill SCENE FOLDER`; a line is printed only when the write it names has been answered.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

from db.annotations import new_annotation
from db.backups import make_backup
from db.build import migrate
from db.library import Library
from db.models import CardState
from db.sync.run import sync
from import_scripts.pipeline import import_book

DATABASE = "serge.db"


def say(line: str) -> None:
    print(line, flush=True)


def note(folder: Path) -> None:
    """Write notes, change every second one, put every third into the bin."""
    with Library.open(folder / DATABASE) as library:
        for number in count():
            made = library.annotations.save(new_annotation("note", body=f"note {number}", tags=["a", "b"])).result()
            say(f"{made.key}\tnote {number}\t")
            if number % 2:
                library.annotations.save(replace(made, body=f"changed {number}", tags=("c",))).result()
                say(f"{made.key}\tchanged {number}\t")
            if number % 3 == 0:
                library.annotations.delete(made.key).result()
                say(f"{made.key}\t{'changed' if number % 2 else 'note'} {number}\tgone")


def review(folder: Path) -> None:
    """Answer cards."""
    with Library.open(folder / DATABASE) as library:
        for number in count(1):
            card = f"who/card-{number % 7}"
            state = CardState(card, 2.0 + number, 5.0, "2026-02-01", "2026-01-01", number)
            library.study.record(card, 3, "2026-01-01", state).result()
            say(str(number))


def bring_in(folder: Path) -> None:
    """Import the same book again and again."""
    with Library.open(folder / DATABASE) as library:
        for number in count():
            import_book(library, folder / "book.epub", progress=lambda stage, _share: say(stage))
            say(f"imported {number}")


def upgrade(folder: Path) -> None:
    """Migrate a database of an earlier schema."""
    say("begin")
    migrate(folder / DATABASE)
    say("all done")


def back_up(folder: Path) -> None:
    """Copy the database while notes are written to it."""
    with Library.open(folder / DATABASE) as library:
        for number in count():
            library.annotations.save(new_annotation("note", body=f"note {number}")).result()
            say(str(make_backup(folder / DATABASE, "asked")))


def step(folder: Path) -> None:
    """Write notes and answers, and tell them to a folder that another device reads."""
    with Library.open(folder / DATABASE) as library:
        for number in count():
            made = library.annotations.save(new_annotation("note", body=f"note {number}", tags=["a"])).result()
            state = CardState("who/card", 2.0, 5.0, "2026-02-01", "2026-01-01", number + 1)
            library.study.record("who/card", 3, "2026-01-01", state).result()
            say(f"{made.key}\tnote {number}")
            sync(library, folder / "shared")
            say(f"synced {number}")


MILLS = {
    "noting": note,
    "reviewing": review,
    "importing": bring_in,
    "migrating": upgrade,
    "backing up": back_up,
    "syncing": step,
    "power cut": note,
}

if __name__ == "__main__":
    MILLS[sys.argv[1]](Path(sys.argv[2]))
