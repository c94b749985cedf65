"""Table of the fourteenth migration: texts that were removed from the library and can still be brought back."""

from __future__ import annotations

from typing import Final

REMOVED: Final = (
    """create table removed_text (
        key text primary key, title text not null, words integer not null, removed_at text not null,
        rows blob not null) strict""",
)
"""Statements of `m014_removed_text`: `rows` is compressed JSON, the rows of each table by its name."""
