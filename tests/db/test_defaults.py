"""A changed default is for new databases: whoever has used the program keeps what they had."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.library import Library
from import_scripts.pipeline import prepare

if TYPE_CHECKING:
    from pathlib import Path

POSITION = (
    "insert into position (edition, passage, offset, exact, updated_at) values ('guide', 3, 0, 'x', '2026-01-01')"
)
ANSWER = (
    "insert into review (card, kind, rating, reviewed_at, study_day, duration_ms, given)"
    " values ('fate/zinoviev', 'answer', 3, '2026-01-01T00:00:00+00:00', '2026-01-01', 0, '')"
)


def upgraded(database: Path, *before: str, migration: str = "m013_ends_shown") -> dict[str, object]:
    """Return the settings after an upgrade of a database from before the default changed."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("delete from _sqlite_migrations where name = ?", [migration])
        for statement in before:
            connection.execute(statement)
    prepare(database)
    with Library.open(database) as library:
        return dict(library.settings.all())


@pytest.mark.parametrize("used", [POSITION, ANSWER])
def test_whoever_has_read_or_answered_keeps_ends_hidden_and_is_offered_the_new_default(
    database: Path, used: str
) -> None:
    settings = upgraded(database, used)
    assert settings["fates_sealed"] is True
    assert settings["ends_offer"] is True


def test_a_database_never_used_gets_the_new_default(database: Path) -> None:
    settings = upgraded(database)
    assert "fates_sealed" not in settings
    assert "ends_offer" not in settings


@pytest.mark.parametrize("chosen", ["true", "false"])
def test_what_the_reader_chose_stays_and_nothing_is_offered(database: Path, chosen: str) -> None:
    settings = upgraded(database, ANSWER, f"insert into setting values ('fates_sealed', '{chosen}')")
    assert settings["fates_sealed"] is (chosen == "true")
    assert "ends_offer" not in settings


TEN = "m022_ten_new_cards"


@pytest.mark.parametrize("used", [POSITION, ANSWER])
def test_whoever_has_read_or_answered_keeps_five_new_cards_and_is_told_once(database: Path, used: str) -> None:
    settings = upgraded(database, used, migration=TEN)
    assert settings["cards.new_per_day"] == 5
    assert settings["cards.new_offer"] is True


def test_a_database_never_used_gets_ten_new_cards(database: Path) -> None:
    assert not {"cards.new_per_day", "cards.new_offer"} & upgraded(database, migration=TEN).keys()


def test_a_number_of_new_cards_that_was_chosen_stays_and_nothing_is_said(database: Path) -> None:
    settings = upgraded(database, ANSWER, "insert into setting values ('cards.new_per_day', '3')", migration=TEN)
    assert settings["cards.new_per_day"] == 3
    assert "cards.new_offer" not in settings
