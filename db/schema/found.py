"""Tables of the sixteenth migration: what was found in imported texts (derived), and the reader's decisions on it."""

from __future__ import annotations

from typing import Final

FOUND: Final = (
    """create table found_search (
        edition text primary key references edition, state text not null, language text not null,
        version text not null, chapters integer not null, chapters_done integer not null,
        updated_at text not null) strict""",
    """create table found (
        edition text not null references edition, kind text not null, passage integer not null, start integer not null,
        end_passage integer not null, end integer not null, long_passage integer not null,
        long_start integer not null, long_end_passage integer not null, long_end integer not null,
        chapter integer not null, key text not null, text text not null, sentence text not null,
        figure text not null, name text not null, addressee text not null, how text not null,
        score real not null, is_card integer not null, is_sure integer not null,
        primary key (edition, kind, passage, start)) strict""",
    "create index found_by_key on found (key)",
    "create index found_by_figure on found (figure, edition)",
    "create index if not exists quotation_place_by_edition on quotation_place (edition, passage, start)",
    """create table found_person (
        edition text not null references edition, name text not null, mentions integer not null,
        passage integer not null, start integer not null, primary key (edition, name)) strict, without rowid""",
    """create table found_mention (
        edition text not null references edition, passage integer not null, start integer not null,
        end integer not null, name text not null,
        primary key (edition, passage, start)) strict, without rowid""",
    "create index found_mention_by_name on found_mention (name, edition, passage, start)",
    """create table found_decision (
        key text primary key, kind text not null, state text not null, card text not null, text text not null,
        sentence text not null, prefix text not null, suffix text not null, language text not null,
        figure text not null, name text not null, addressee text not null, edition text not null,
        decided_at text not null) strict""",
)
"""Statements of `m016_found`, in order; only `found_decision` is the reader's own."""
