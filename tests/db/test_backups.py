from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.annotations import new_annotation
from db.backups import Backup, backups_of, differences, kept_of, make_backup, make_daily, restore
from db.errors import DatabaseUnusableError
from db.library import Library
from db.models import CardState
from db.repair import is_damaged, repair

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)


def write_note(path: Path, body: str) -> str:
    with Library.open(path) as library:
        return library.annotations.save(new_annotation("note", body=body, tags=["kept"])).result().key


def notes(path: Path) -> set[str]:
    with Library.open(path) as library:
        return {annotation.body for annotation in library.annotations.all()}


def test_a_copy_is_whole_the_owners_alone_and_never_overwrites(database: Path, tmp_path: Path) -> None:
    write_note(database, "before")
    copy = make_backup(database, "asked")
    assert copy.parent == database.parent / "backups"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert notes(copy) == {"before"}
    with pytest.raises(DatabaseUnusableError, match="exists already"):
        make_backup(database, "asked", copy)
    assert [backup.path for backup in backups_of(database)] == [copy]


def test_one_daily_copy_a_day(database: Path) -> None:
    now = datetime.now(UTC)
    assert make_daily(database, now) is not None
    assert make_daily(database, now) is None
    assert make_daily(database, now + timedelta(days=1)) is not None


def test_seven_days_and_four_weeks_are_kept_and_what_was_asked_for_always() -> None:
    daily = [Backup(Path(f"d{age}"), "daily", NOON - timedelta(days=age, hours=age % 3)) for age in range(60)]
    asked = [Backup(Path(f"a{age}"), "asked", NOON - timedelta(days=age)) for age in range(0, 600, 30)]
    imports = [Backup(Path(f"i{age}"), "import", NOON - timedelta(days=age)) for age in range(20)]
    kept = kept_of([*daily, *asked, *imports])
    assert set(asked) <= kept
    assert kept & set(imports) == set(imports[:5])
    kept_daily = sorted((backup for backup in kept if backup.reason == "daily"), key=lambda b: b.made, reverse=True)
    assert kept_daily[:7] == daily[:7]
    assert len({backup.made.isocalendar()[:2] for backup in kept_daily}) == 4
    assert len(kept_daily) <= 11


def test_a_restore_shows_what_differs_and_can_be_taken_back(database: Path) -> None:
    write_note(database, "first")
    copy = make_backup(database, "asked")
    write_note(database, "second")
    (annotation, tag) = differences(database, copy)
    assert (annotation.table, annotation.only_here, annotation.only_there) == ("annotation", 1, 0)
    assert tag.table == "annotation_tag"
    before = restore(database, copy)
    assert notes(database) == {"first"}
    assert differences(database, copy) == []
    assert before is not None
    restore(database, before)
    assert notes(database) == {"first", "second"}


def test_a_copy_is_put_in_place_on_a_new_machine(database: Path, tmp_path: Path) -> None:
    write_note(database, "first")
    copy = make_backup(database, "asked")
    new = tmp_path / "home" / "serge" / "serge.db"
    assert restore(new, copy) is None
    assert notes(new) == {"first"}
    assert new.stat().st_mode & 0o077 == 0
    with pytest.raises(DatabaseUnusableError):
        restore(tmp_path / "other" / "serge.db", tmp_path / "missing.db")
    assert not (tmp_path / "other").exists()


def test_a_copy_that_is_none_is_refused_and_nothing_changes(database: Path, tmp_path: Path) -> None:
    write_note(database, "mine")
    letter = tmp_path / "letter.db"
    letter.write_text("Dear comrade,")
    for bad in (letter, tmp_path / "missing.db", tmp_path):
        with pytest.raises(DatabaseUnusableError):
            restore(database, bad)
    assert notes(database) == {"mine"}


def damage(path: Path, seed: int, *, contents_too: bool = False) -> None:
    """Overwrite a third of the pages, as a failing disk does; those of the table of contents only if asked."""
    chance = random.Random(seed)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.execute("pragma journal_mode = delete")
    content = bytearray(path.read_bytes())
    page_size = int.from_bytes(content[16:18], "big") or 65536
    pages = len(content) // page_size
    spared = pages_of_own_tables(path)
    for page in chance.sample(range(1, pages), pages // 3):
        part = slice(page * page_size, (page + 1) * page_size)
        is_contents = any(word in content[part] for word in (b"CREATE TABLE", b"CREATE INDEX", b"CREATE TRIGGER"))
        if page + 1 not in spared and (contents_too or not is_contents):
            content[part] = chance.randbytes(page_size)
    path.write_bytes(content)


def pages_of_own_tables(path: Path) -> set[int]:
    """Root pages of the reader's tables: damage there is damage to the data itself."""
    with closing(sqlite3.connect(path)) as connection:
        return {int(page) for (page,) in connection.execute("select rootpage from sqlite_master where rootpage > 0")}


@pytest.mark.parametrize("seed", range(5))
def test_the_readers_own_is_salvaged_out_of_a_damaged_file(database: Path, seed: int) -> None:
    write_note(database, "to be saved")
    with Library.open(database) as library:
        library.study.record(
            "who/x", 3, "2026-01-01", CardState("who/x", 2.0, 5.0, "2026-01-03", "2026-01-01", 1)
        ).result()
        library.settings.set("measure", 72).result()
    damage(database, seed)
    assert is_damaged(database)
    done = repair(database)
    damaged, saved = done.damaged, done.tables
    assert damaged.exists()
    assert not is_damaged(database)
    assert notes(database) == {"to be saved"}
    with Library.open(database) as library:
        assert [review.card for review in library.study.log()] == ["who/x"]
        assert library.study.state("who/x").answers == 1
        assert library.settings.get("measure", 66) == 72
    assert {table.table: table.rows for table in saved}["annotation"] == 1


def test_what_cannot_be_read_at_all_comes_from_the_newest_sound_copy(database: Path) -> None:
    write_note(database, "in the copy")
    make_backup(database, "daily")
    (database.parent / "backups" / f"{database.stem}.daily-29991231-000000-000000.db").write_text("rubbish")
    damage(database, 0, contents_too=True)
    content = bytearray(database.read_bytes())
    content[100:4096] = bytes(3996)
    database.write_bytes(content)
    done = repair(database)
    assert notes(database) == {"in the copy"}
    assert not done.is_whole


def test_a_sound_file_is_not_called_damaged(database: Path) -> None:
    assert not is_damaged(database)
