"""What other programs do to the shared folder: conflict copies, torn and doubled lines, hostile texts, loose modes."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

import pytest

import db.clock
from db.annotations import new_annotation
from db.library import Library
from db.models import CardState
from db.models.candidate import Candidate
from db.sync import sync
from db.sync.line import Op
from db.text import sanitise
from serge_tui.core.study.scheduling import answer, study_day
from serge_tui.services.replay import replay_cards
from tests.db.test_sync import EDITIONS, bring_book, device, state, until_quiet

if TYPE_CHECKING:
    from pathlib import Path

CONFLICTS: Final = (
    ".sync-conflict-20261130-120000-ABCDEFG",
    " (conflicted copy 2026-11-30 120000)",
    " (Marta's conflicted copy 2026-11-30)",
)
"""What Syncthing, Nextcloud and Dropbox put between a name and its ending."""
START: Final = datetime.fromisoformat("2026-11-30T12:00:00+00:00")


class SkewedClock(datetime):
    """The time of the machine that is acting."""

    true, skew = START, timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a datetime is enough here
        """Return the true time with the machine's error."""
        return (cls.true + cls.skew).astimezone(tz)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[SkewedClock]:
    SkewedClock.true, SkewedClock.skew = START, timedelta()
    monkeypatch.setattr(db.clock, "datetime", SkewedClock)
    return SkewedClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "carried").mkdir()
    return tmp_path / "carried"


def write(folder: Path, name: str, *ops: Op) -> Path:
    path = folder / f"serge-sync-{name}.jsonl"
    path.write_text("".join(f"{op.line()}\n" for op in ops), "utf-8")
    return path


def note(name: str, number: int, body: str, *, key: str = "k", base: str = "") -> Op:
    at = "2026-01-01T00:00:00+00:00"
    return Op(name, number, at, f"annotation:{key}", "body", json.dumps(body, ensure_ascii=False), base)


# --- conflict copies -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", CONFLICTS)
def test_a_conflict_copy_is_read_and_named_as_one(tmp_path: Path, folder: Path, suffix: str) -> None:
    write(folder, "abcd", note("abcd", 1, "snow"))
    name = write(folder, f"abcd{suffix}", note("abcd", 1, "snow"), note("abcd", 2, "rain", key="l")).name
    with device(tmp_path, "one") as one:
        done = sync(one, folder)
        assert {note.body for note in one.annotations.all()} == {"snow", "rain"}
        assert done.devices == ("abcd",)
        (warning,) = done.warnings
        assert warning == (
            f"{name} is a conflict copy, made by the program that shares the folder when two versions met; its lines "
            "were read too, so you may delete it once every machine has synced."
        )


def test_a_conflict_copy_that_cannot_be_read_is_not_said_to_have_been_read(tmp_path: Path, folder: Path) -> None:
    (folder / f"serge-sync-abcd{CONFLICTS[0]}.jsonl").mkdir()
    with device(tmp_path, "one") as one:
        (warning,) = sync(one, folder).warnings
    assert "is a conflict copy" in warning
    assert "could not be read: Is a directory" in warning
    assert "were read" not in warning
    assert "Keep it" in warning


def test_a_name_without_a_device_is_no_machine(tmp_path: Path, folder: Path) -> None:
    for name in ("", " (conflicted copy 2026-11-30 120000)"):
        write(folder, name, note("abcd", 1, "snow"))
    with device(tmp_path, "one") as one:
        done = sync(one, folder)
        assert done.devices == ()
        assert [warning.partition(" names ")[2] for warning in done.warnings] == ["no machine and was left out."] * 2


@pytest.mark.parametrize("swapped", [False, True])
def test_two_lines_of_one_number_are_the_same_everywhere(tmp_path: Path, folder: Path, swapped: bool) -> None:
    """Whichever of the two a machine met first, and whichever the sharing program took for the copy."""
    versions = [note("abcd", 1, "snow"), note("abcd", 1, "rain")]
    if swapped:
        versions.reverse()
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two, device(tmp_path, "three") as three:
        for library, version in zip((one, two), versions, strict=True):
            write(folder, "abcd", version)
            sync(library, folder)
        write(folder, "abcd", versions[1])
        write(folder, f"abcd{CONFLICTS[0]}", versions[0])
        until_quiet([three, two, one], folder)
        assert state(one) == state(two) == state(three)


def test_a_line_that_was_changed_in_the_folder_is_written_again(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        one.annotations.save(new_annotation("note", body="snow")).result()
        path = folder / f"serge-sync-{sync(one, folder).device}.jsonl"
        path.write_text(path.read_text("utf-8").replace("snow", "snob"), "utf-8")
        sync(two, folder)
        until_quiet([one, two], folder)
        assert state(one) == state(two)
        assert "snow" in {note.body for note in one.annotations.all()}


# --- random histories ------------------------------------------------------------------------------------------------

SKEWS: Final = [
    timedelta(seconds=sign * seconds) for sign in (1, -1) for seconds in (0, 1, 90, 3_600, 86_400, 31_536_000)
]


class Machine:
    """A machine with a clock of its own and its own copy of the shared folder."""

    def __init__(self, tmp_path: Path, name: str, skew: timedelta, clock: type[SkewedClock]) -> None:
        self.folder = tmp_path / f"folder-{name}"
        self.folder.mkdir()
        self.library = device(tmp_path, name)
        self.skew, self.clock = skew, clock

    def wake(self) -> Library:
        """Let the clock show this machine's time."""
        self.clock.skew = self.skew
        return self.library

    def sync(self) -> None:
        """Sync with this machine's copy of the folder."""
        library = self.wake()
        replay_cards(library, sync(library, self.folder).cards)


class History:
    """What three machines did at random, and which texts must be there at the end."""

    def __init__(self, tmp_path: Path, clock: type[SkewedClock], seed: int) -> None:
        self.chance = random.Random(seed)
        self.clock = clock
        self.machines = [Machine(tmp_path, name, self.chance.choice(SKEWS), clock) for name in ("one", "two", "three")]
        for machine in self.machines:
            for edition in EDITIONS:
                bring_book(machine.library, edition)
        self.wanted: set[str] = set()
        self.answers = 0

    def step(self, number: int) -> None:
        """Let something happen: a change on a machine, a sync, or something to the folder."""
        chance, machine = self.chance, self.chance.choice(self.machines)
        self.clock.true += timedelta(seconds=chance.randrange(100))
        library = machine.wake()
        notes = library.annotations.all()
        found = chance.choice(notes) if notes else None
        match chance.randrange(17):
            case 0 | 1:
                library.annotations.save(new_annotation("note", body=f"note {number}")).result()
                self.wanted.add(f"note {number}")
            case 2 | 3 if found:
                library.annotations.save(replace(found, body=f"changed {number}", colour="red")).result()
                self.wanted = self.wanted - {found.body} | {f"changed {number}"}
            case 4 if found:
                library.annotations.delete(found.key).result()
            case 5 | 6:
                self.answer(library, f"who/{chance.randrange(3)}")
                self.answers += 1
            case 7:
                candidate = Candidate(f"c{chance.randrange(2)}", "review.txt", 0, "a text", "12", "", ())
                chance.choice([library.candidates.accept, library.candidates.reject])(candidate).result()
            case 8:
                library.study.set_state(CardState("who/x", suspended=chance.random() < 0.5)).result()
            case 9:
                library.texts.rename(chance.choice(EDITIONS), f"title {number}").result()
            case 10:
                library.reading.add("reed", chance.randrange(2), [(number, number + 20)]).result()
            case 11 | 12:
                machine.sync()
            case 13:
                self.tear(machine.folder)
            case _:
                self.carry(machine.folder, chance.choice(self.machines).folder)

    def answer(self, library: Library, card: str) -> None:
        """Answer a card as the app does, on the day that the machine's clock shows."""
        day = study_day(self.clock.now(UTC), tz=UTC)
        after = answer(library.study.state(card), 3, day)
        library.study.record(card, 3, day.isoformat(), after).result()

    def tear(self, folder: Path) -> None:
        """Tear a file's end, put it twice, or shuffle its lines."""
        files = sorted(path for path in folder.glob("*.jsonl") if path.stat().st_size)
        if not files:
            return
        path = self.chance.choice(files)
        lines = path.read_text("utf-8").split("\n")
        match self.chance.randrange(3):
            case 0:
                path.write_text("\n".join(lines)[: -self.chance.randrange(1, 60)], "utf-8")
            case 1:
                path.write_text("\n".join([*lines, *self.chance.sample(lines, len(lines) // 2)]), "utf-8")
            case _:
                self.chance.shuffle(lines)
                path.write_text("\n".join(lines), "utf-8")

    def carry(self, source: Path, target: Path) -> None:
        """Carry the files over, as a sharing program does that sometimes takes the wrong version for the newer."""
        if source == target:
            return
        for path in sorted(source.glob("*.jsonl")):
            there = target / path.name
            if there.exists() and there.read_bytes() != path.read_bytes() and self.chance.random() < 0.5:
                kept, copy = (there, path) if self.chance.random() < 0.5 else (path, there)
                texts = kept.read_bytes(), copy.read_bytes()
                there.write_bytes(texts[0])
                conflict = f"{path.stem}{self.chance.choice(CONFLICTS)}.jsonl"
                (target / conflict).write_bytes(texts[1])
            else:
                shutil.copyfile(path, there)

    def settle(self) -> None:
        """Let everybody meet in one folder, with the conflict copies of all, and end in the same state."""
        common = self.machines[0].folder
        for machine in self.machines:
            machine.sync()
        for number, machine in enumerate(self.machines[1:]):
            for path in sorted(machine.folder.glob("*.jsonl")):
                there = common / path.name
                if there.exists():
                    there = common / f"{path.stem}.sync-conflict-20261130-12000{number}-ABCDEFG.jsonl"
                shutil.copyfile(path, there)
            machine.folder = common
        for _ in range(3):
            for machine in self.chance.sample(self.machines, 3):
                machine.sync()
        until_quiet([machine.library for machine in self.machines], common)

    def close(self) -> None:
        """Close every machine."""
        for machine in self.machines:
            machine.library.close()


def everything(library: Library) -> tuple[object, ...]:
    held = library.reader().execute("select card, flag from card_state where suspended order by card").fetchall()
    schedule = {
        key: (one.stability, one.due_day, one.last_day, one.answers)
        for key, one in library.study.states().items()
        if one.answers
    }
    titles = [edition.title for edition in library.texts.editions()]
    return state(library), [tuple(row) for row in held], schedule, titles


@pytest.mark.parametrize("seed", range(8))
def test_random_histories_end_the_same_with_nothing_lost(tmp_path: Path, clock: type[SkewedClock], seed: int) -> None:
    history = History(tmp_path, clock, seed)
    try:
        for number in range(70):
            history.step(number)
        history.settle()
        one, two, three = (everything(machine.library) for machine in history.machines)
        assert one == two
        assert two == three
        library = history.machines[0].library
        kept = {body for (body,) in library.reader().execute("select body from annotation")}
        assert history.wanted - kept == set()
        assert len(list(library.study.log())) == history.answers
    finally:
        history.close()


# --- titles of texts -------------------------------------------------------------------------------------------------


def titles(library: Library) -> list[str]:
    return [edition.title for edition in library.texts.editions()]


def test_a_title_of_the_readers_own_is_seen_on_the_other_machine(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        bring_book(one)
        bring_book(two)
        one.texts.rename("reed", "My Serge").result()
        sync(one, folder)
        sync(two, folder)
        assert titles(two) == ["My Serge"]
        bring_book(two)
        assert titles(two) == ["My Serge"]


def test_a_title_waits_for_its_text(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        bring_book(one)
        one.texts.rename("reed", "My Serge").result()
        sync(one, folder)
        sync(two, folder)
        assert titles(two) == []
        bring_book(two)
        assert titles(two) == ["My Serge"]


# --- hostile texts ---------------------------------------------------------------------------------------------------

HOSTILE: Final = "a\x1b]52;c;aGk=\x07b\x9b2Jc\u202ed"
"""Writes to the clipboard, clears the screen and turns the line round, where a terminal obeys."""
STEERS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


def stored(library: Library) -> list[tuple[str, str]]:
    """Every text of every table, with its table; JSON is decoded."""
    reader = library.reader()
    tables = [str(name) for (name,) in reader.execute("select name from sqlite_schema where type = 'table'")]
    texts = []
    for table in tables:
        for row in reader.execute(f"select * from [{table}]"):
            for value in row:
                if isinstance(value, str):
                    texts += [(table, value)]
                    if value.startswith(("{", "[", '"')):
                        texts += [(table, text) for text in re.findall(r'"(?:[^"\\]|\\.)*"', value)]
    return [(table, json.loads(text) if text.startswith('"') else text) for table, text in texts]


MOMENT: Final = "2026-01-01T00:00:00+00:00"
STEERING_MOMENT: Final = "2026-01-01\x1b00:00:00+00:00"
ANCHOR: Final = {"edition": HOSTILE, "passage": 0, "start": 0, "end_passage": 0, "end": 4}
DECISION: Final = dict.fromkeys(("text", "pages", "speaker", "about", "source"), HOSTILE) | {"state": "edited"}


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ("annotation:k", "body", HOSTILE), ("annotation:k", "tags", [HOSTILE]), ("annotation:k", "colour", HOSTILE),
        ("annotation:k", "target", HOSTILE), ("annotation:k", "created_at", STEERING_MOMENT),
        ("annotation:k", "deleted_at", STEERING_MOMENT),
        ("annotation:k", "anchor", ANCHOR | {"exact": HOSTILE, "prefix": HOSTILE, "suffix": HOSTILE}),
        (f"annotation:{HOSTILE}", "body", "x"), (f"card:{HOSTILE}", "held", [1, 0]),
        ("correction:edition:reed|title", "value", HOSTILE), (f"correction:edition:{HOSTILE}|title", "value", "x"),
        ("correction:link:reed:snow|always", "value", HOSTILE), (f"correction:link:reed:snow|{HOSTILE}", "value", "x"),
        ("correction:figure:radek|born_place", "value", HOSTILE),
        (f"correction:figure:radek|alias:{HOSTILE}", "value", "nickname"),
        (f"correction:figure:radek|tie:friend:{HOSTILE}", "value", "x"),
        ("correction:figure:radek|tie:friend:lenin", "value", HOSTILE),
        ("review:u1", "line", ["who/x", "answer", 3, MOMENT, "2026-01-01", 0, HOSTILE, None]),
        ("review:u1", "line", ["who/x", "answer", 3, STEERING_MOMENT, "2026-01-01", 0, "", None]),
        ("review:u1", "line", ["who/x", "undo", None, MOMENT, "2026-01-01", 0, "", HOSTILE]),
        ("candidate:k", "decision", DECISION | {"decided_at": MOMENT}),
        ("candidate:k", "decision", {**DECISION, "decided_at": STEERING_MOMENT}),
        ("reading:reed", "stretches", [[0, 0, 0, 4, 4, HOSTILE, HOSTILE]]),
        ("reading:elsewhere", "stretches", [[0, 0, 0, 4, 4, HOSTILE, HOSTILE]]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ascii_only", [False, True])
def test_no_text_of_a_line_is_stored_that_could_steer_a_terminal(
    built_database: Path, tmp_path: Path, folder: Path, record: str, field: str, value: object, ascii_only: bool
) -> None:
    op = Op("abcd", 1, MOMENT, record, field, json.dumps(value, ensure_ascii=ascii_only))
    write(folder, "abcd", op)
    shutil.copy(built_database, tmp_path / "one.db")
    with Library.open(tmp_path / "one.db") as one:
        bring_book(one)
        for _ in range(2):
            sync(one, folder)
        assert [found for found in stored(one) if STEERS.search(found[1])] == []
        assert sync(one, folder).sent == 0


@pytest.mark.parametrize(
    "line", [replace(note("abcd", 1, "x"), at=STEERING_MOMENT), replace(note("abcd", 1, "x"), base=HOSTILE)]
)
def test_a_line_whose_time_or_base_could_steer_a_terminal_is_left_out(tmp_path: Path, folder: Path, line: Op) -> None:
    write(folder, "abcd", line)
    with device(tmp_path, "one") as one:
        done = sync(one, folder)
        assert done.received == 0
        assert done.warnings == ("serge-sync-abcd.jsonl: 1 line could not be read and was left out.",)


def test_a_text_made_harmless_is_no_change_of_this_machine(tmp_path: Path, folder: Path) -> None:
    write(folder, "abcd", note("abcd", 1, HOSTILE))
    with device(tmp_path, "one") as one:
        assert sync(one, folder).received == 1
        assert [note.body for note in one.annotations.all()] == [sanitise(HOSTILE)]
        sent = [one.annotations.all()[0].body for _ in range(2) if sync(one, folder).received]
        assert sent == []
        (count,) = one.reader().execute("select count(*) from sync_op where field = 'body'").fetchone()
        assert count == 1


# --- modes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277, 0o777])
def test_the_file_is_its_owners_alone_under_any_umask(tmp_path: Path, folder: Path, umask: int) -> None:
    with device(tmp_path, "one") as one:
        one.annotations.save(new_annotation("note", body="snow")).result()
        before = os.umask(umask)
        try:
            name = sync(one, folder).device
        finally:
            os.umask(before)
        assert (folder / f"serge-sync-{name}.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_may_only_be_read_is_read(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with device(tmp_path, "one") as one:
        path = folder / f"serge-sync-{sync(one, folder).device}.jsonl"
        write(folder, "abcd", note("abcd", 1, "snow"))

        def refuse(*_: object, **__: object) -> int:
            raise OSError(30, "Read-only file system")

        monkeypatch.setattr("db.sync.folder.os.open", refuse)
        path.chmod(0o644)
        monkeypatch.setattr("pathlib.Path.chmod", refuse)
        assert sync(one, folder).received == 1


def test_a_loosened_file_is_tightened_although_there_is_nothing_to_send(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one:
        path = folder / f"serge-sync-{sync(one, folder).device}.jsonl"
        path.chmod(0o644)
        assert sync(one, folder).sent == 0
        assert path.stat().st_mode & 0o777 == 0o600
