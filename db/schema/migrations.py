"""The migrations, in order. One that has been released is never edited: the next one mends it."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from db.schema import MIGRATION_SET
from db.schema.derived import DERIVED, PACK_VALUE, UNDECIDED
from db.schema.readers_own import CANDIDATE_DECISION, READERS_OWN
from db.schema.reading import STRETCH_READ
from db.schema.study import DAY_RECALLED, DAY_STUDIED
from db.schema.sync import SYNC

migrations = Migrations(MIGRATION_SET)


@migrations()
def m001_derived(db: Database) -> None:
    """Create everything that any import may rebuild."""
    for statement in DERIVED:
        db.execute(statement)


@migrations()
def m002_readers_own(db: Database) -> None:
    """Create what belongs to the reader and is never rebuilt."""
    for statement in READERS_OWN:
        db.execute(statement)


@migrations()
def m003_pack_value(db: Database) -> None:
    """Keep what the pack says where a correction of the reader's stands in its place."""
    for statement in PACK_VALUE:
        db.execute(statement)


@migrations()
def m004_undecided(db: Database) -> None:
    """Keep uncertain names, names nobody knows, and quotations found in reviews, with what the reader decides."""
    for statement in UNDECIDED + CANDIDATE_DECISION:
        db.execute(statement)


@migrations()
def m005_sync(db: Database) -> None:
    """Keep what devices tell one another."""
    for statement in SYNC:
        db.execute(statement)


@migrations()
def m006_day_studied(db: Database) -> None:
    """Keep the sums of each day studied, and find what was typed without reading the whole log."""
    for statement in DAY_STUDIED:
        db.execute(statement)


@migrations()
def m007_day_recalled(db: Database) -> None:
    """Keep beside these what true retention counts on each day."""
    for statement in DAY_RECALLED:
        db.execute(statement)


@migrations()
def m008_stretch_read(db: Database) -> None:
    """Keep what was read of each edition, not only where one is."""
    for statement in STRETCH_READ:
        db.execute(statement)
