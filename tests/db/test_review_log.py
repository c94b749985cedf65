"""Answers keep their identity: whatever clocks, copies and exports do, every machine ends with every answer."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

import db.clock
from db.annotations import new_annotation
from db.backups import make_backup, restore
from db.build import migrate
from db.health import examine
from db.library import Library
from db.models import CardState
from db.schema import EXPECTED
from db.schema.migrations import migrations
from db.sync import sync
from import_scripts.history import append_history, read_history
from serge_tui.core.study.review_log import to_csv, to_json
from serge_tui.core.study.scheduling import answer, replay, study_day
from serge_tui.services.replay import compare_with_log, replay_after_upgrade, replay_cards
from tests.db.test_sync import device, until_quiet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from db.models import Rating

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Clock:
    """A clock that every machine reads with its own error."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.true, self.skew = NOON, timedelta()
        monkeypatch.setattr(db.clock, "utc_now", lambda: self.now().isoformat(timespec="microseconds"))

    def now(self) -> datetime:
        return self.true + self.skew


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "carried").mkdir()
    return tmp_path / "carried"


def give(
    library: Library, clock: Clock, card: str, rating: Rating = 3, *, duration_ms: int = 0, given: str = ""
) -> None:
    """Answer a card as the app does: by the day its own clock shows."""
    day = study_day(clock.now(), tz=UTC)
    state = answer(library.study.state(card), rating, day)
    library.study.record(card, rating, day.isoformat(), state, duration_ms=duration_ms, given=given).result()


def meet(libraries: Sequence[Library], folder: Path) -> None:
    """Sync until everybody has everything, replaying what came in."""
    for _ in range(3):
        for library in libraries:
            replay_cards(library, sync(library, folder).cards)
    until_quiet(libraries, folder)


def answers(library: Library) -> list[tuple[object, ...]]:
    return [(r.uid, r.card, r.rating, r.reviewed_at, r.study_day, r.given) for r in library.study.log()]


def schedule(library: Library) -> dict[str, tuple[object, ...]]:
    return {key: (s.stability, s.due_day, s.last_day, s.answers) for key, s in library.study.states().items()}


def test_both_machines_keep_both_answers_to_the_next_card_although_one_clock_is_ahead(
    tmp_path: Path, folder: Path, clock: Clock
) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        clock.skew = timedelta(minutes=2)
        give(two, clock, "who/x")
        clock.skew = timedelta()
        meet([two, one], folder)
        # Each answers the same next card before the other's answer arrives: both moments follow the one ahead.
        clock.true += timedelta(seconds=10)
        give(one, clock, "who/x")
        give(two, clock, "who/x")
        meet([one, two], folder)
        assert answers(one) == answers(two)
        assert len(answers(one)) == 3
        assert schedule(one) == schedule(two)
        assert compare_with_log(one).different == {}


def test_an_answer_in_a_time_zone_behind_the_last_is_taken(tmp_path: Path, folder: Path, clock: Clock) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        state = one.study.state("who/x")
        for day in ("2026-03-02", "2026-03-01"):
            state = answer(state, 3, date.fromisoformat(day))
            one.study.record("who/x", 3, day, state).result()
        assert compare_with_log(one).different == {}
        meet([one, two], folder)
        assert schedule(one) == schedule(two)
        assert schedule(two)["who/x"][2] == "2026-03-02"


SKEWS = (timedelta(), timedelta(seconds=1), timedelta(minutes=2), timedelta(hours=11), timedelta(days=40),
         timedelta(days=365))  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_three_machines_with_wrong_clocks_end_with_all_answers_everywhere(
    tmp_path: Path, folder: Path, clock: Clock, seed: int
) -> None:
    chance = random.Random(seed)
    ratings: tuple[Rating, ...] = (1, 3, 4)
    machines = {
        name: (device(tmp_path, name), chance.choice(SKEWS) * chance.choice([1, -1]))
        for name in ("one", "two", "three")
    }
    given = voided = 0
    try:
        for _ in range(60):
            library, clock.skew = chance.choice(list(machines.values()))
            # Sometimes no time passes at all: then two answers may bear the same moment.
            clock.true += timedelta(seconds=chance.choice([0, 0, 5, 3_000, 90_000]))
            match chance.randrange(8):
                case 0 | 1:
                    replay_cards(library, sync(library, folder).cards)
                case 2 if last := library.study.last_answer():
                    before = replace_last(library, last.card)
                    library.study.undo(last, study_day(clock.now(), tz=UTC).isoformat(), before).result()
                    voided += 1
                case _:
                    give(library, clock, f"who/{chance.randrange(3)}", chance.choice(ratings))
                    given += 1
        libraries = [library for library, _ in machines.values()]
        chance.shuffle(libraries)
        meet(libraries, folder)
        first = libraries[0]
        for library in libraries:
            assert answers(library) == answers(first)
            assert schedule(library) == schedule(first)
            assert compare_with_log(library).different == {}
            (rows,) = library.reader().execute("select count(*) from review where kind = 'answer'").fetchone()
            assert rows == given
            assert [problem for found in examine(library.path) for problem in found.problems] == []
        assert given - voided <= len(answers(first)) <= given
    finally:
        for library, _ in machines.values():
            library.close()


def replace_last(library: Library, card: str) -> CardState:
    """The state of a card without its newest answer."""
    last = library.study.last_answer()
    assert last is not None
    return replay([r for r in library.study.history(card) if r.id != last.id], keep=CardState(card))


def test_equal_answers_of_two_machines_are_two(tmp_path: Path, folder: Path, clock: Clock) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        give(one, clock, "who/x")
        give(two, clock, "who/x")
        meet([one, two], folder)
        assert len(answers(one)) == len(answers(two)) == 2
        assert len({uid for uid, *_ in answers(one)}) == 2


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_export_carries_the_identity_and_the_sync_knows_it_again(
    tmp_path: Path, folder: Path, clock: Clock, form: str
) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        give(one, clock, "who/x", duration_ms=900, given="Istrati")
        give(one, clock, "who/x", duration_ms=900, given="Istrati")
        file = tmp_path / f"reviews.{form}"
        file.write_text((to_csv if form == "csv" else to_json)(list(one.study.log())))
        done = append_history(two, read_history(file, {"who/x"}, {}), lambda moment: study_day(moment, tz=UTC))
        assert (done.new, done.known) == (2, 0)
        assert answers(two) == answers(one)
        again = append_history(two, read_history(file, {"who/x"}, {}), lambda moment: study_day(moment, tz=UTC))
        assert (again.new, again.known) == (0, 2)
        meet([one, two], folder)
        assert len(answers(one)) == len(answers(two)) == 2


def without_identity(csv: str) -> str:
    """An export as an earlier version wrote it: without the last column."""
    return "".join(f"{line.rpartition(',')[0]}\n" for line in csv.splitlines())


def test_an_export_without_identity_is_known_again_only_where_everything_agrees(
    tmp_path: Path, folder: Path, clock: Clock
) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        give(one, clock, "who/x", duration_ms=900, given="Istrati")
        file = tmp_path / "reviews.csv"
        file.write_text(without_identity(to_csv(list(one.study.log()))))
        history = read_history(file, {"who/x"}, {})
        assert append_history(one, history, lambda moment: study_day(moment, tz=UTC)).new == 0
        append_history(two, history, lambda moment: study_day(moment, tz=UTC))
        give(two, clock, "who/x", 1, duration_ms=500)
        meet([one, two], folder)
        assert [row[2:] for row in answers(one)] == [row[2:] for row in answers(two)]
        assert len(answers(one)) == 2
        # The same card and moment with another grade is another answer.
        other = file.read_text().replace(",3,", ",4,")
        file.write_text(other)
        history = read_history(file, {"who/x"}, {})
        history.answers[0:] = [replace(a, uid="serge.other") for a in history.answers]
        assert append_history(one, history, lambda moment: study_day(moment, tz=UTC)).new == 1


def behind(path: Path) -> sqlite3.Connection:
    """Make a database of the schema before answers had identities."""
    connection = sqlite3.connect(path)
    migrations.apply(Database(connection), stop_before="m011_review_identity")
    connection.commit()
    return connection


def line_of(card: str, moment: str, *, rating: int | None = 3, kind: str = "answer", void: str | None = None) -> str:
    return json.dumps([card, kind, rating, moment, "2026-03-01", 700, "", void])


def test_an_upgrade_recovers_answers_that_were_dropped_and_replays_their_cards(tmp_path: Path) -> None:
    path = tmp_path / "serge.db"
    moment = NOON.isoformat(timespec="microseconds")
    with closing(behind(path)) as connection:
        row = "insert into review (card, kind, rating, reviewed_at, study_day, duration_ms, given) values"
        connection.execute(f"{row} ('who/x', 'answer', 1, ?, '2026-03-01', 700, '')", [moment])
        connection.execute(f"{row} ('who/y', 'answer', 3, ?, '2026-03-01', 700, '')", [moment])
        connection.execute("insert into review_origin values (2, 'serge.0123')")
        connection.execute("insert into setting values ('sync_device', '\"aaaa\"')")
        operations = [
            ("aaaa", 1, "review:aaaa.1", line_of("who/x", moment, rating=1)),
            ("bbbb", 1, "review:bbbb.7", line_of("who/x", moment)),  # dropped: same card, same moment
            ("bbbb", 2, "review:bbbb.8", line_of("who/y", moment)),  # rightly dropped: it came in by an export before
            ("bbbb", 3, "review:bbbb.9", line_of("who/z", moment)),
            ("bbbb", 4, "review:bbbb.10", line_of("who/z", moment, rating=None, kind="undo", void="bbbb.9")),
        ]
        connection.executemany(
            "insert into sync_op values (?, ?, '2026-03-02T00:00:00+00:00', ?, 'line', ?, '')", operations
        )
        connection.commit()
    migrate(path)
    with Library.open(path) as library:
        assert {(r.uid, r.card, r.rating) for r in library.study.log()} == {
            ("aaaa.1", "who/x", 1), ("bbbb.7", "who/x", 3), ("serge.0123", "who/y", 3)
        }  # fmt: skip
        assert library.study.awaiting_replay() == ["who/x", "who/z"]
        replay_after_upgrade(library)
        assert library.study.awaiting_replay() == []
        assert library.study.state("who/x").answers == 2
        assert library.study.state("who/z").answers == 0


def test_two_copies_of_an_earlier_database_agree_on_the_identity_of_its_answers(tmp_path: Path, folder: Path) -> None:
    with closing(behind(tmp_path / "one.db")) as connection:
        for number in range(5):
            connection.execute(
                "insert into review (card, kind, rating, reviewed_at, study_day, duration_ms, given)"
                " values ('who/x', 'answer', 3, ?, '2026-03-01', 0, '')",
                [NOON.isoformat() if number < 2 else (NOON + timedelta(seconds=number)).isoformat()],
            )
        connection.commit()
    shutil.copy(tmp_path / "one.db", tmp_path / "two.db")
    for name in ("one", "two"):
        migrate(tmp_path / f"{name}.db")
    with Library.open(tmp_path / "one.db") as one, Library.open(tmp_path / "two.db") as two:
        assert answers(one) == answers(two)
        meet([one, two], folder)
        assert len(answers(one)) == len(answers(two)) == 5


def test_a_copy_and_a_restored_database_write_under_a_name_of_their_own(
    tmp_path: Path, folder: Path, clock: Clock
) -> None:
    with device(tmp_path, "one") as one:
        give(one, clock, "who/x")
        name = sync(one, folder).device
        assert sync(one, folder).device == name
    copy = make_backup(tmp_path / "one.db", "asked", tmp_path / "copy.db")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copytree(folder, elsewhere / "carried")
    with Library.open(copy) as other:
        # Its folder is one that the first machine has not reached since: it must not guess from that.
        assert sync(other, elsewhere / "carried").device != name
    with Library.open(tmp_path / "one.db") as one:
        give(one, clock, "who/y")
    restore(tmp_path / "one.db", copy)
    with Library.open(tmp_path / "one.db") as one:
        assert sync(one, elsewhere / "carried").device != name


def test_an_answer_follows_the_last_of_its_card_and_no_other(tmp_path: Path, clock: Clock) -> None:
    with device(tmp_path, "one") as one:
        clock.skew = timedelta(days=365)
        give(one, clock, "who/x")
        clock.skew = timedelta()
        give(one, clock, "who/x")
        give(one, clock, "who/y")
        first, second = one.study.history("who/x")
        assert second.reviewed_at > first.reviewed_at
        (other,) = one.study.history("who/y")
        assert other.reviewed_at == NOON.isoformat(timespec="microseconds")


def test_every_row_has_an_identity(database: Path, clock: Clock) -> None:
    assert "m011_review_identity" in EXPECTED
    with Library.open(database) as library:
        give(library, clock, "who/x")
        library.study.record_choice("who/x", "trotsky", "2026-03-01").result()
        (last,) = library.study.history("who/x")
        library.study.undo(last, "2026-03-01", CardState("who/x")).result()
        uids = [str(uid) for (uid,) in library.reader().execute("select uid from review_origin")]
        assert len(set(uids)) == 3


def disturb(folder: Path, chance: random.Random) -> None:
    """Tear a file's end, double or reorder its lines, or leave a conflict copy, as sync services do."""
    files = [file for file in sorted(folder.glob("serge-sync-*.jsonl")) if file.stat().st_size]
    if not files:
        return
    file = chance.choice(files)
    lines = file.read_text("utf-8").splitlines(keepends=True)
    match chance.randrange(4):
        case 0:
            file.write_text("".join(lines)[: -chance.randrange(1, 60)], "utf-8")
        case 1:
            file.write_text("".join(lines + chance.sample(lines, len(lines) // 2)), "utf-8")
        case 2:
            chance.shuffle(lines)
            file.write_text("".join(line if line.endswith("\n") else f"{line}\n" for line in lines), "utf-8")
        case _:
            suffix = chance.choice([".sync-conflict-20260301-120000-ABCDEFG", " (conflicted copy 2026-03-01)"])
            file.with_name(f"{file.stem}{suffix}.jsonl").write_text("".join(lines), "utf-8")


@pytest.mark.parametrize("seed", range(6))
def test_disturbed_files_lose_nothing(tmp_path: Path, folder: Path, clock: Clock, seed: int) -> None:
    chance = random.Random(seed)
    libraries = [device(tmp_path, name) for name in ("one", "two", "three")]
    given = notes = 0
    try:
        for _ in range(50):
            library = chance.choice(libraries)
            clock.skew = timedelta(days=chance.choice([0, 0, 1, -300]))
            clock.true += timedelta(minutes=chance.randrange(3))
            match chance.randrange(7):
                case 0 | 1:
                    replay_cards(library, sync(library, folder).cards)
                case 2:
                    disturb(folder, chance)
                case 3:
                    library.annotations.save(new_annotation("note", body=f"note {notes}")).result()
                    notes += 1
                case _:
                    give(library, clock, f"who/{chance.randrange(3)}", chance.choice([1, 3, 4]))
                    given += 1
        meet(libraries, folder)
        for library in libraries:
            assert len(answers(library)) == given
            assert {note.body for note in library.annotations.all()} == {f"note {n}" for n in range(notes)}
            assert answers(library) == answers(libraries[0])
            assert schedule(library) == schedule(libraries[0])
    finally:
        for library in libraries:
            library.close()


def test_two_copies_that_wrote_under_one_name_lose_nothing(tmp_path: Path, folder: Path, clock: Clock) -> None:
    with device(tmp_path, "one") as one:
        give(one, clock, "who/x")
        sync(one, folder)
    # Put back by hand over the very file, so that nothing tells the copy from the original.
    before = (tmp_path / "one.db").read_bytes()
    with Library.open(tmp_path / "one.db") as one:
        one.annotations.save(new_annotation("note", body="sent and then restored away")).result()
        sync(one, folder)
    (tmp_path / "one.db").write_bytes(before)
    with Library.open(tmp_path / "one.db") as one, device(tmp_path, "two") as two:
        one.annotations.save(new_annotation("note", body="written after the restore")).result()
        meet([one, two], folder)
        both = {"sent and then restored away", "written after the restore"}
        assert {note.body for note in one.annotations.all()} == both
        assert {note.body for note in two.annotations.all()} == both


def test_a_conflict_copy_is_named_and_files_are_their_owners_alone(tmp_path: Path, folder: Path) -> None:
    before = os.umask(0)
    try:
        with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
            one.annotations.save(new_annotation("note", body="snow")).result()
            name = sync(one, folder).device
            file = folder / f"serge-sync-{name}.jsonl"
            assert file.stat().st_mode & 0o777 == 0o600
            file.rename(folder / f"serge-sync-{name}.sync-conflict-20260301-120000-ABCDEFG.jsonl")
            done = sync(two, folder)
            assert [note.body for note in two.annotations.all()] == ["snow"]
            assert len(done.warnings) == 1
            assert (
                "is a conflict copy, made by the program that shares the folder when two versions met"
                in done.warnings[0]
            )
    finally:
        os.umask(before)
