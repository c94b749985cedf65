"""kill -9 at any moment: what was said to be stored is stored, and nothing is half-written."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.health import examine
from db.library import Library
from db.models import CardState
from import_scripts.pipeline import import_book
from tests.benchmarks.generate import make_epub

if TYPE_CHECKING:
    from pathlib import Path

IMPORT = """
import sys
from pathlib import Path
from db.library import Library
from import_scripts.pipeline import import_book
with Library.open(Path(sys.argv[1])) as library:
    import_book(library, Path(sys.argv[2]), progress=lambda stage, share: print(stage, flush=True))
print("all done", flush=True)
"""
REVIEW = """
import sys
from pathlib import Path
from db.library import Library
from db.models import CardState
with Library.open(Path(sys.argv[1])) as library:
    for number in range(1, 100_000):
        card = f"who/card-{number % 7}"
        state = CardState(card, 2.0 + number, 5.0, "2026-02-01", "2026-01-01", number)
        library.study.record(card, 3, "2026-01-01", state).result()
        print(number, flush=True)
"""
SPREAD = """
import sys
from pathlib import Path
from db.library import Library
with Library.open(Path(sys.argv[1])) as library:
    plan = dict.fromkeys(library.study.states(), "2999-01-01")
    for number in range(1, 100_000):
        library.study.rest(plan).result()
        print(number, flush=True)
        library.study.unrest().result()
        print(-number, flush=True)
"""
MIGRATE = """
import sys
from pathlib import Path
from import_scripts.pipeline import prepare
print("begin", flush=True)
prepare(Path(sys.argv[1]))
print("all done", flush=True)
"""


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True)


def kill_after(process: subprocess.Popen[str], line: str, milliseconds: float) -> None:
    """Kill a process so long after it has printed a line; it may have ended by itself."""
    assert process.stdout is not None
    for printed in process.stdout:
        if printed.startswith(line):
            break
    with suppress(subprocess.TimeoutExpired):
        process.wait(milliseconds / 1000)
    process.kill()
    process.stdout.close()
    process.wait()


def assert_sound(path: Path) -> None:
    assert [problem for finding in examine(path) for problem in finding.problems] == []


@pytest.mark.parametrize("seed", range(8))
def test_killed_while_importing(database: Path, tmp_path: Path, seed: int) -> None:
    book = tmp_path / "book.epub"
    make_epub(book, 20_000, seed=1)
    with Library.open(database) as library:
        key = import_book(library, book).edition.key
        texts = [passage.text for passage in library.passages.between(key, 0, 10**6)]
        ordinal = max(range(len(texts)), key=lambda number: len(texts[number]))
        anchor = make_anchor(key, texts, 0, ordinal, 0, ordinal, 40)
        kept = library.annotations.save(new_annotation("note", anchor=anchor, body="mine", tags=["a"])).result()
    process = start(IMPORT, str(database), str(book))
    stage = ("Reading", "Linking", "Storing", "Storing")[seed % 4]
    kill_after(process, stage, random.Random(seed).uniform(0, 250))
    assert_sound(database)
    with Library.open(database) as library:
        assert library.annotations.by_key(kept.key) == kept
        assert [passage.text for passage in library.passages.between(key, 0, 10**6)] == texts
        assert library.search.passages(texts[ordinal][:30].rsplit(" ", 1)[0])


@pytest.mark.parametrize("seed", range(6))
def test_killed_while_reviewing(database: Path, seed: int) -> None:
    process = start(REVIEW, str(database))
    wanted = random.Random(seed).randrange(3, 60)
    kill_after(process, str(wanted), random.Random(seed).uniform(0, 20))
    assert_sound(database)
    with Library.open(database) as library:
        answers = [review.card for review in library.study.log()]
        assert len(answers) >= wanted
        for card in set(answers):
            # The state stored beside an answer is that of the card's last answer: both, or neither.
            last = max(number for number, answered in enumerate(answers, 1) if answered == card)
            assert library.study.state(card).answers == last


@pytest.mark.parametrize("seed", range(6))
def test_killed_while_a_backlog_is_spread_or_taken_back(database: Path, seed: int) -> None:
    with Library.open(database) as library:
        library.study.replace_states(
            CardState(f"who/{number}", due_day="2026-01-01", buried_until=str(number % 2 or ""))
            for number in range(2_000)
        ).result()
        before = library.study.states()
    process = start(SPREAD, str(database))
    kill_after(process, "1" if seed % 2 else "-1", random.Random(seed).uniform(0, 60))
    assert_sound(database)
    with Library.open(database) as library:
        after = library.study.states()
        if after != before:
            assert {state.buried_until for state in after.values()} == {"2999-01-01"}
            library.study.unrest().result()
        assert library.study.states() == before


@pytest.mark.parametrize("seed", range(4))
def test_killed_while_being_built(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "serge.db"
    process = start(MIGRATE, str(path))
    kill_after(process, "begin", random.Random(seed).uniform(100, 900))
    from import_scripts.pipeline import prepare

    prepare(path)
    assert_sound(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select count(*) from figure").fetchone()[0] >= 300
