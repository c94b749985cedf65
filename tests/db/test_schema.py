"""The exact tables, indexes and triggers after all migrations: a change here must be meant."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.build import migrate
from db.connection import connect
from db.errors import DatabaseUnusableError, NewerDatabaseError
from db.library import Library
from db.schema import DERIVED_TABLES, EXPECTED, READERS_OWN_TABLES, applied_migrations
from db.schema.migrations import migrations
from db.schema.views import VIEWS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    path = tmp_path / "serge.db"
    assert migrate(path) is None
    return path


def names(path: Path, kind: str) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("select name from sqlite_master where type = ?", [kind])
        return {name for (name,) in rows if not name.startswith("sqlite_")}


def test_every_table_is_listed_as_derived_or_as_the_readers_own(fresh: Path) -> None:
    shadow = {f"passage_words_{part}" for part in ("data", "idx", "docsize", "config")}
    assert names(fresh, "table") == {*DERIVED_TABLES, *READERS_OWN_TABLES, *shadow, "_sqlite_migrations"}
    assert not set(DERIVED_TABLES) & set(READERS_OWN_TABLES)


def test_the_review_log_is_guarded_by_triggers(fresh: Path) -> None:
    assert {"review_is_append_only", "review_is_never_deleted"} <= names(fresh, "trigger")


def test_every_ordinary_table_is_strict(fresh: Path) -> None:
    with closing(sqlite3.connect(fresh)) as connection:
        rows = connection.execute("select name, strict from pragma_table_list where schema = 'main' and type = 'table'")
        lax = {name for name, strict in rows if not strict and not name.startswith(("sqlite_", "_sqlite"))}
    assert lax == set()


def test_the_names_known_without_a_library_are_those_of_the_migrations(fresh: Path) -> None:
    assert tuple(migration.name for migration in migrations._migrations) == EXPECTED
    with closing(connect(fresh)) as connection:
        assert applied_migrations(connection) == EXPECTED


def test_no_table_of_the_readers_points_into_a_derived_one(fresh: Path) -> None:
    with closing(sqlite3.connect(fresh)) as connection:
        for table in READERS_OWN_TABLES:
            targets = {row[2] for row in connection.execute(f"pragma foreign_key_list({table})")}
            assert targets <= set(READERS_OWN_TABLES), table


def test_settings_of_every_connection(fresh: Path) -> None:
    with closing(connect(fresh)) as connection:
        assert connection.execute("pragma journal_mode").fetchone()[0] == "wal"
        assert connection.execute("pragma foreign_keys").fetchone()[0] == 1
    with closing(connect(fresh, read_only=True)) as connection, pytest.raises(DatabaseUnusableError):
        connection.execute("delete from figure")


def test_only_the_owner_can_read_the_file(fresh: Path) -> None:
    assert fresh.stat().st_mode & 0o777 == 0o600


def test_migrating_again_does_nothing(fresh: Path) -> None:
    before = fresh.read_bytes()
    assert migrate(fresh) is None
    assert fresh.read_bytes() == before


def test_a_newer_database_is_refused_and_left_alone(fresh: Path) -> None:
    with closing(sqlite3.connect(fresh)) as connection, connection:
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('serge', 'm999_future', '')"
        )
    before = fresh.read_bytes()
    for attempt in (migrate, Library.open):
        with pytest.raises(NewerDatabaseError, match=r"written by a newer Serge \(m999_future\); update Serge"):
            attempt(fresh)
    assert fresh.read_bytes() == before


def test_an_older_database_is_copied_before_it_is_upgraded(fresh: Path) -> None:
    with closing(sqlite3.connect(fresh)) as connection, connection:
        for view in VIEWS:
            connection.execute(f"drop view {view}")
        for table in (
            *READERS_OWN_TABLES,
            "pack_value",
            "link_question",
            "name_suggestion",
            "candidate",
            "day_studied",
            "figure_chapter_basis",
            "term_mention",
            "term_alias",
            "term_chapter",
            "membership",
            "pronunciation",
            "removed_text",
            "picture_place",
            "picture",
            "found",
            "found_mention",
            "found_person",
            "found_search",
            "content_page",
            "term",
        ):
            connection.execute(f"drop table if exists {table}")
        connection.execute("drop view recall")
        for column in ("work", "own_translation"):
            connection.execute(f"alter table quotation drop column {column}")
        connection.execute("alter table figure drop column stroke")
        connection.execute("drop view if exists passage_searched")
        connection.execute("drop table if exists passage_words")
        connection.execute("alter table passage drop column folded")
        for column in ("importer", "file_title", "file_chapters"):
            connection.execute(f"alter table edition drop column {column}")
        connection.execute("delete from _sqlite_migrations where name <> 'm001_derived'")
        connection.execute("insert into build values ('mark', 'before the upgrade')")
    copy = migrate(fresh)
    assert copy is not None
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("select value from build").fetchone()[0] == "before the upgrade"
    with closing(connect(fresh)) as connection:
        assert applied_migrations(connection)[0] == "m001_derived"
        assert set(applied_migrations(connection)) == set(EXPECTED)
        assert connection.execute("select value from build where name = 'mark'").fetchone()[0] == "before the upgrade"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"this is a letter, not a database", "is not a Serge database"),
        (b"SQLite format 3\x00rubbish", "is not a|damaged"),
    ],
)
def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "letter.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseUnusableError, match=sentence):
        migrate(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table recipes (name text)")
    with pytest.raises(DatabaseUnusableError, match="another program"):
        migrate(path)
    assert names(path, "table") == {"recipes"}


def test_a_folder_and_a_path_through_a_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusableError, match="is a folder"):
        migrate(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnusableError, match="is not a folder"):
        migrate(tmp_path / "file" / "serge.db")
