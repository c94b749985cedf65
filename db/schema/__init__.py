"""The tables and their migrations.

`EXPECTED` names every migration of this program; reading it needs no library, so the start can tell at once whether the
file is ready, older or newer than the program. The migrations themselves are in `migrations`, imported only when one
has to run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

MIGRATION_SET: Final = "serge"
REPLAY_SETTING: Final = "cards.replay"
"""Setting: cards whose state an upgrade left to be computed again from the log (a JSON list of keys)."""
EXPECTED: Final = (
    "m001_derived",
    "m002_readers_own",
    "m003_pack_value",
    "m004_undecided",
    "m005_sync",
    "m006_day_studied",
    "m007_day_recalled",
    "m008_stretch_read",
    "m009_strokes",
    "m010_terms",
    "m011_review_identity",
    "m012_draft",
    "m013_ends_shown",
    "m014_removed_text",
    "m015_importer",
    "m016_found",
    "m017_folded_search",
    "m018_views",
    "m019_pictures",
    "m020_card_tag",
    "m021_memory_model",
    "m022_ten_new_cards",
)

HOME_SETTING: Final = "sync_home"
"""Setting: which file on which machine was synced last; a copy of it is another."""

DERIVED_TABLES: Final = (
    "found", "found_mention", "found_person", "found_search",
    "term", "term_alias", "term_chapter", "membership", "pronunciation", "content_page", "term_mention",
    "candidate", "name_suggestion", "link_question",
    "passage_words", "quotation_place", "mention", "page_mark", "note", "passage", "chapter", "edition",
    "citation", "rating", "reception_point", "work", "publication", "matter", "event_figure", "event",
    "quotation_figure", "quotation", "tie", "alias", "figure_chapter_basis", "figure_chapter",
    "figure_movement", "figure_nationality", "figure_role", "figure", "canonical_title", "canonical_chapter",
    "source", "build", "pack_value", "day_studied", "removed_text", "picture", "picture_place",
)  # fmt: skip
READERS_OWN_TABLES: Final = (
    "setting", "position", "annotation", "annotation_tag", "review", "card_state", "correction", "reading_time",
    "candidate_decision", "sync_op", "review_origin", "stretch_read", "draft",
    "found_decision", "card_tag", "memory_model",
)  # fmt: skip


def applied_migrations(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of the migrations applied to this file, in order; empty for a new file."""
    table = connection.execute(
        "select 1 from sqlite_master where type = 'table' and name = '_sqlite_migrations'"
    ).fetchone()
    if table is None:
        return ()
    rows = connection.execute(
        "select name from _sqlite_migrations where migration_set = ? order by id", [MIGRATION_SET]
    )
    return tuple(str(name) for (name,) in rows)


def pending_migrations(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of the migrations this file still needs."""
    applied = set(applied_migrations(connection))
    return tuple(name for name in EXPECTED if name not in applied)


def unknown_migrations(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of migrations applied to the file but unknown to this program: the file is newer."""
    return tuple(name for name in applied_migrations(connection) if name not in EXPECTED)
