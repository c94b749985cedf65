"""Tables of the second migration: the reader's own. They refer to derived data by stable keys, never by rowid.

No foreign key points from here to a derived table: a rebuild must never delete a note.
"""

from __future__ import annotations

from typing import Final

READERS_OWN: Final = (
    "create table setting (name text primary key, value text not null) strict",
    """create table position (
        edition text primary key, passage integer not null, offset integer not null, exact text not null,
        updated_at text not null) strict""",
    """create table annotation (
        key text primary key, kind text not null, target text not null,
        edition text not null, passage integer not null, start integer not null,
        end_passage integer not null, end integer not null,
        exact text not null, prefix text not null, suffix text not null,
        colour text not null, body text not null, state text not null,
        created_at text not null, modified_at text not null, deleted_at text not null) strict""",
    "create index annotation_by_place on annotation (edition, passage, start)",
    "create index annotation_by_target on annotation (target)",
    """create table annotation_tag (
        annotation text not null references annotation, tag text not null, primary key (annotation, tag)) strict""",
    """create table review (
        id integer primary key autoincrement, card text not null, kind text not null, rating integer,
        reviewed_at text not null, study_day text not null, duration_ms integer not null, given text not null,
        voids integer references review) strict""",
    "create index review_by_card on review (card, id)",
    "create index review_by_day on review (study_day)",
    "create unique index review_voided_once on review (voids) where voids is not null",
    """create table card_state (
        card text primary key, stability real, difficulty real, due_day text, last_day text,
        answers integer not null, lapses integer not null,
        suspended integer not null, buried_until text not null, flag integer not null) strict""",
    "create index card_state_by_due on card_state (due_day)",
    """create table correction (
        record text not null, field text not null, value text not null, created_at text not null,
        primary key (record, field)) strict""",
    """create table reading_time (
        edition text not null, day text not null, seconds real not null, characters integer not null,
        primary key (edition, day)) strict""",
    """create trigger review_is_append_only before update on review
        begin select raise(abort, 'the review log is append-only'); end""",
    """create trigger review_is_never_deleted before delete on review
        begin select raise(abort, 'the review log is append-only'); end""",
)
"""Statements of `m002_readers_own`, in order."""

CANDIDATE_DECISION: Final = (
    """create table candidate_decision (
        key text primary key, state text not null, text text not null, pages text not null, speaker text not null,
        about text not null, source text not null, decided_at text not null) strict""",
)
"""Statements of `m004_undecided` for the reader's own: decisions on quotations found in reviews."""
