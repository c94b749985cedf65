"""The ninth migration: how Serge draws a figure, and what each of their chapters rests on. Derived."""

from __future__ import annotations

from typing import Final

STROKES: Final = (
    "alter table figure add column stroke text not null default ''",
    """create table figure_chapter_basis (
        figure text not null references figure, chapter integer not null references canonical_chapter,
        basis text not null, primary key (figure, chapter)) strict""",
)
"""Statements of `m009_strokes`, in order."""
