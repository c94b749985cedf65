"""Answers given elsewhere: Anki's log and our own export, appended once and on the right day."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import zstandard

from db.errors import SergeError
from db.models import CardState
from import_scripts.history import append_history, read_history
from import_scripts.input import limits
from serge_tui.core.study.anki import guid_of
from serge_tui.core.study.review_log import to_csv, to_json
from serge_tui.core.study.scheduling import answer, study_day
from serge_tui.services.replay import compare_with_log, replay_cards

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from db.library import Library
    from import_scripts.history import ImportedHistory

OMELETTE, LENIN = "who/istrati-omelette", "portrait/lenin"
KEYS = {OMELETTE, LENIN}
GUIDS = {guid_of(key): key for key in KEYS}
MAY = datetime(2026, 5, 1, 12, tzinfo=UTC)
LINE = tuple[int, int, int, int, int, int]


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def line(moment: datetime, *, card: int = 21, ease: int = 3, took: int = 4_000, kind: int = 1, factor: int = 5) -> LINE:
    return milliseconds(moment), card, ease, took, kind, factor


def collection(path: Path, log: Sequence[LINE], *, wal: bool = False) -> Path:
    """A collection as Anki keeps it, as far as answers go: two notes of ours, one with two cards, and one more."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        if wal:
            connection.execute("pragma journal_mode = wal")
        connection.executescript(
            "create table notes (id integer primary key, guid text not null, flds text);"
            "create table cards (id integer primary key, nid integer not null, ord integer not null);"
            "create table revlog (id integer primary key, cid integer, usn integer, ease integer, ivl integer,"
            " lastIvl integer, factor integer, time integer, type integer);"
        )
        notes = [(1, guid_of(OMELETTE)), (2, guid_of(LENIN)), (3, "xyz")]
        connection.executemany("insert into notes (id, guid) values (?, ?)", notes)
        connection.executemany("insert into cards values (?, ?, ?)", [(21, 1, 0), (22, 2, 0), (23, 3, 0), (24, 1, 1)])
        connection.executemany("insert into revlog (id, cid, ease, time, type, factor) values (?, ?, ?, ?, ?, ?)", log)
        connection.commit()
    return path


def day_at_four(moment: datetime) -> date:
    return study_day(moment, 4, UTC)


def take(library: Library, path: Path) -> ImportedHistory:
    done = append_history(library, read_history(path, KEYS, GUIDS), day_at_four)
    replay_cards(library, done.cards)
    return done


def answered(library: Library, card: str, day: str) -> None:
    state = answer(library.study.state(card), 3, date.fromisoformat(day))
    library.study.record(card, 3, day, state, duration_ms=900, given="=Istrati").result()


def test_answers_of_anki_come_in_once_and_the_cards_remember_them(library: Library, tmp_path: Path) -> None:
    log = [
        line(MAY, ease=1), line(MAY + timedelta(minutes=9)), line(MAY + timedelta(days=2, hours=15), card=22, ease=4),
        line(MAY + timedelta(hours=1), card=23), line(MAY + timedelta(hours=2), card=24),
        line(MAY + timedelta(hours=3), ease=0), line(MAY + timedelta(hours=4), kind=4),
        line(MAY + timedelta(hours=5), kind=3, factor=0), line(MAY + timedelta(days=9), took=10**12),
    ]  # fmt: skip
    path = collection(tmp_path / "collection.anki2", log)
    done = take(library, path)
    assert (done.new, done.known, done.other_cards, done.left_out) == (4, 0, 2, 3)
    assert done.cards == KEYS
    reviews = list(library.study.log())
    assert [(r.card, r.rating, r.study_day) for r in reviews] == [
        (OMELETTE, 1, "2026-05-01"), (OMELETTE, 3, "2026-05-01"), (LENIN, 4, "2026-05-03"), (OMELETTE, 3, "2026-05-10"),
    ]  # fmt: skip
    assert reviews[0].reviewed_at == "2026-05-01T12:00:00.000000+00:00"
    assert reviews[-1].duration_ms == 3_600_000
    state = library.study.state(OMELETTE)
    assert (state.answers, state.last_day) == (3, "2026-05-10")
    assert compare_with_log(library).different == {}
    first = library.study.days()[0]
    assert (first.day, first.answers, first.right) == ("2026-05-01", 2, 1)
    again = take(library, path)
    assert (again.new, again.known, again.cards) == (0, 4, frozenset())
    assert list(library.study.log()) == reviews


def forget(moment: datetime, card: int = 21) -> LINE:
    """The line that Anki's Forget writes."""
    return line(moment, card=card, ease=0, took=0, kind=4, factor=0)


def test_a_card_forgotten_in_anki_starts_afresh(library: Library, tmp_path: Path) -> None:
    before = [line(MAY), line(MAY + timedelta(days=5)), line(MAY + timedelta(days=6), card=22)]
    after = [forget(MAY + timedelta(days=20)), line(MAY + timedelta(days=30), ease=1)]
    done = take(library, collection(tmp_path / "collection.anki2", [*before, *after]))
    assert (done.new, done.left_out) == (2, 1)
    assert done.report == ("2 of the answers were left out: the card was forgotten in Anki since.",)
    state = library.study.state(OMELETTE)
    assert state == replace(answer(CardState(OMELETTE), 1, date(2026, 5, 31)), due_day=state.due_day)
    assert library.study.state(LENIN).answers == 1


def test_answers_imported_before_a_card_was_forgotten_no_longer_count(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "collection.anki2"
    before = [line(MAY), line(MAY + timedelta(days=5)), line(MAY + timedelta(days=6), card=22)]
    take(library, collection(path, before))
    answered(library, LENIN, "2026-05-08")
    since = [forget(MAY + timedelta(days=20)), forget(MAY + timedelta(days=21), card=22)]
    done = take(library, collection(path, [*before, *since]))
    assert done.new == 0
    assert done.report[-1] == (
        "3 of the answers imported earlier no longer count: the card was forgotten in Anki since."
    )
    assert done.cards == KEYS
    assert library.study.state(OMELETTE) == CardState(OMELETTE)
    assert library.study.state(LENIN).answers == 1, "an answer given here counts on"
    assert compare_with_log(library).different == {}
    again = take(library, path)
    assert (again.new, again.cards) == (0, frozenset())


@pytest.mark.parametrize("kind", [4, 5])
def test_a_due_date_set_by_hand_forgets_nothing(library: Library, tmp_path: Path, kind: int) -> None:
    log = [line(MAY), line(MAY + timedelta(days=2), ease=0, kind=kind, factor=2500)]
    assert take(library, collection(tmp_path / "collection.anki2", log)).new == 1
    assert library.study.state(OMELETTE).answers == 1


@pytest.mark.parametrize("wal", [False, True])
def test_a_package_for_older_versions_is_read_from_memory(library: Library, tmp_path: Path, *, wal: bool) -> None:
    inside = collection(tmp_path / "collection.anki2", [line(MAY)], wal=wal)
    with zipfile.ZipFile(tmp_path / "serge.apkg", "w") as package:
        package.write(inside, "collection.anki21")
        package.writestr("collection.anki2", "a message to older programs")
    assert take(library, tmp_path / "serge.apkg").new == 1
    assert take(library, inside).known == 1


def test_nothing_is_made_beside_a_collection(tmp_path: Path) -> None:
    folder = tmp_path / "anki"
    folder.mkdir()
    path = collection(folder / "collection.anki2", [line(MAY)], wal=True)
    before = path.read_bytes()
    assert len(read_history(path, KEYS, GUIDS).answers) == 1
    assert [file.name for file in folder.iterdir()] == ["collection.anki2"]
    assert path.read_bytes() == before


def test_what_anki_has_not_written_out_is_told(tmp_path: Path) -> None:
    path = collection(tmp_path / "collection.anki2", [line(MAY)])
    (tmp_path / "collection.anki2-wal").write_bytes(b"pages")
    assert "close Anki" in read_history(path, KEYS, GUIDS).report[0]


@pytest.mark.parametrize("name", ["serge.apkg", "whole.colpkg", "collection.anki21b"])
def test_the_packing_of_newer_versions_is_read(library: Library, tmp_path: Path, name: str) -> None:
    inside = collection(tmp_path / "collection.anki2", [line(MAY)])
    path = packed(tmp_path / name, zstandard.compress(inside.read_bytes()))
    assert take(library, path).new == 1
    assert take(library, inside).known == 1


@pytest.mark.parametrize("name", ["serge.apkg", "collection.anki21b"])
def test_damaged_packing_of_newer_versions_is_told(tmp_path: Path, name: str) -> None:
    inside = collection(tmp_path / "collection.anki2", [line(MAY)])
    whole = zstandard.compress(inside.read_bytes())
    for data in (
        whole[: len(whole) // 2],
        whole[:4] + b"....",
        b"\x28\xb5\x2f\xfd",
        zstandard.compress(b"no database"),
    ):
        with pytest.raises(SergeError, match=r"cannot be (unpacked|read as a database)"):
            read_history(packed(tmp_path / name, data), KEYS, GUIDS)


def test_a_bomb_of_newer_packing_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED", 1 << 20)
    path = packed(tmp_path / "collection.anki21b", zstandard.compress(bytes(1 << 22)))
    with pytest.raises(SergeError, match="too large"):
        read_history(path, KEYS, GUIDS)


def packed(path: Path, data: bytes) -> Path:
    """A package of newer versions of Anki, or its collection alone, by the suffix of the path."""
    if path.suffix == ".anki21b":
        path.write_bytes(data)
    else:
        with zipfile.ZipFile(path, "w") as package:
            package.writestr("collection.anki21b", data)
            package.writestr("collection.anki2", b"a message to older programs")
    return path


@pytest.mark.parametrize("form", ["csv", "json"])
def test_our_own_export_comes_into_another_database_once_and_never_into_its_own(
    library: Library, built_database: Path, tmp_path: Path, form: str
) -> None:
    for day in ("2026-05-01", "2026-05-03"):
        answered(library, OMELETTE, day)
    log = list(library.study.log())
    now = datetime.fromisoformat(log[0].reviewed_at).date()
    path = tmp_path / f"reviews.{form}"
    path.write_text(to_csv(log) if form == "csv" else to_json(log), encoding="utf-8")
    assert (take(library, path).new, len(list(library.study.log()))) == (0, 2)

    other_path = tmp_path / "other.db"
    shutil.copy(built_database, other_path)
    from db.library import Library

    with Library.open(other_path) as other:
        assert take(other, path).new == 2
        assert take(other, path).new == 0
        there = other.study.history(OMELETTE)
        assert [(r.reviewed_at, r.duration_ms, r.given) for r in there] == [
            (r.reviewed_at, 900, "=Istrati") for r in log
        ]
        # The days of this log are far from its clock: they are reckoned anew.
        assert all(abs(date.fromisoformat(r.study_day) - now) <= timedelta(days=1) for r in there)
        assert compare_with_log(other).different == {}


def test_an_answer_imported_and_then_synced_is_one_answer(
    library: Library, built_database: Path, tmp_path: Path
) -> None:
    from db.library import Library
    from db.sync import sync

    today = day_at_four(datetime.now(UTC)).isoformat()
    answered(library, OMELETTE, today)
    (tmp_path / "reviews.csv").write_text(to_csv(library.study.log()), encoding="utf-8")
    shutil.copy(built_database, tmp_path / "other.db")
    (tmp_path / "between").mkdir()
    with Library.open(tmp_path / "other.db") as other:
        take(other, tmp_path / "reviews.csv")
        for one in (library, other, library, other):
            sync(one, tmp_path / "between")
        assert len(list(other.study.log())) == len(list(library.study.log())) == 1
        (review,) = library.study.history(OMELETTE)
        library.study.undo(review, today, CardState(OMELETTE)).result()
        for one in (library, other):
            sync(one, tmp_path / "between")
        assert other.study.history(OMELETTE) == []


def test_days_never_run_backwards_along_a_card(library: Library, tmp_path: Path) -> None:
    east = timezone(timedelta(hours=14))
    take(library, collection(tmp_path / "one.anki2", [line(MAY), line(MAY + timedelta(days=4))]))
    between = collection(tmp_path / "two.anki2", [line(MAY + timedelta(seconds=1)), line(MAY + timedelta(days=3.99))])
    done = append_history(library, read_history(between, KEYS, GUIDS), lambda moment: study_day(moment, 0, east))
    replay_cards(library, done.cards)
    days = [review.study_day for review in library.study.history(OMELETTE)]
    assert days == sorted(days)
    assert compare_with_log(library).different == {}


def test_answers_of_the_future_and_of_no_time_are_left_out(library: Library, tmp_path: Path) -> None:
    log = [line(MAY), line(datetime.now(UTC) + timedelta(days=3)), (5, 21, 3, 0, 1, 0), (2**62, 21, 3, 0, 1, 0)]
    done = take(library, collection(tmp_path / "collection.anki2", log))
    assert (done.new, done.left_out) == (1, 3)
    assert "future" in done.report[0]


def test_the_table_of_another_program_is_read_where_the_cards_are_ours(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "revlog.csv"
    path.write_text(
        "card_id,review_time,review_rating,review_state,review_duration\n"
        f"{OMELETTE},{milliseconds(MAY)},2,1,5000\n{guid_of(LENIN)},{milliseconds(MAY)},4,1,10\n17,{milliseconds(MAY)},3,1,9\n"
        f"{LENIN},nan,3,1,9\n{LENIN},{milliseconds(MAY) + 1},0,4,nan\n",
        encoding="utf-8",
    )
    done = take(library, path)
    assert (done.new, done.other_cards, done.left_out) == (2, 1, 2)
    assert [(r.rating, r.duration_ms) for r in library.study.history(OMELETTE)] == [(2, 5000)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "not a history of answers"),
        (b"{", "not a JSON file"),
        (b'{"format": "other"}', "not a history of answers"),
        (b'{"format": "serge-reviews", "version": 2}', "later version"),
        (b"SQLite format 3\x00 and then nothing", "database"),
        (b"PK\x03\x04 cut", "cut off"),
        (b'card,rating,reviewed_at\n"' + b"x" * 200_000, "a damaged CSV"),
    ],
)
def test_what_is_no_history_is_refused_in_one_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(SergeError, match=says) as raised:
        read_history(path, KEYS, GUIDS)
    assert "\n" not in str(raised.value)


def test_a_view_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("import_scripts.input.foreign_database._MOST_STEPS", 3)
    path = collection(tmp_path / "collection.anki2", [])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("drop table notes")
        connection.execute(
            "create view notes as with recursive n (id, guid) as (values (1, '') union all select id + 1, '' from n)"
            " select id, guid from n where id < 0"
        )
    with pytest.raises(SergeError, match="cannot be read as a database"):
        read_history(path, KEYS, GUIDS)


def test_hostile_lines_of_json_are_left_out_or_made_harmless(tmp_path: Path) -> None:
    whole = {"card": OMELETTE, "kind": "answer", "rating": 3, "reviewed_at": MAY.isoformat(), "study_day": "9999-01-01"}
    entries = [
        {**whole, "given": "\x1b[31m\u202e" + "x" * 9_000, "duration_ms": -5},
        {**whole, "rating": 9}, {**whole, "rating": True}, {**whole, "reviewed_at": "9999-12-31T23:59:59-14:00"},
        {**whole, "reviewed_at": "2026-05-01"}, {**whole, "kind": "undo"}, {**whole, "card": [[]]}, "text", None,
    ]  # fmt: skip
    path = tmp_path / "reviews.json"
    path.write_text(json.dumps({"format": "serge-reviews", "version": 1, "reviews": entries}), encoding="utf-8")
    file = read_history(path, KEYS, GUIDS)
    (kept,) = file.answers
    assert (kept.day, kept.duration_ms, len(kept.given) <= 500) == ("", 0, True)
    assert not {"\x1b", "\u202e"} & {*kept.given}
    assert file.left_out + file.other_cards == len(entries) - 1


def test_the_command_says_what_came_in(database: Path, tmp_path: Path) -> None:
    path = collection(tmp_path / "collection.anki2", [line(MAY)])
    command = [sys.executable, "-m", "serge_tui", "--db", str(database), "import", "--as", "history", str(path)]
    first = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (first.returncode, first.stderr) == (0, "")
    assert "1 answer new on 1 card, 0 already here." in first.stdout
    (second,) = json.loads(subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout)
    assert (second["new"], second["known"]) == (0, 1)
