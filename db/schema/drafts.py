"""Table of the twelfth migration: texts being written, so that a crash loses nothing of them. The reader's own."""

from __future__ import annotations

from typing import Final

DRAFT: Final = (
    """create table draft (
        key text primary key, kind text not null, title text not null, fields text not null, file text not null,
        changed_at text not null, process text not null) strict""",
)
"""Statements of `m012_draft`: `fields` is a JSON object of texts; `process` says who is writing."""
