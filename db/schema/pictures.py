"""Tables of the nineteenth migration: the pictures of imported texts, and the passages they belong to."""

from __future__ import annotations

from typing import Final

PICTURES: Final = (
    """create table picture (
        edition text not null references edition, number integer not null, data blob not null,
        primary key (edition, number)) strict""",
    """create table picture_place (
        edition text not null references edition, passage integer not null, position integer not null,
        picture integer not null, primary key (edition, passage, position)) strict, without rowid""",
)
"""Statements of `m019_pictures`: a picture that stands at several places is kept once."""
