"""Tables of the ninth migration: a figure drawn after Serge, and what each of their chapters rests on. Derived."""

from __future__ import annotations

from typing import Final

STROKES: Final = (
    "create table figure_stroke (figure text primary key references figure, stroke text not null) strict",
    """create table figure_chapter_basis (
        figure text not null references figure, chapter integer not null references canonical_chapter,
        basis text not null, primary key (figure, chapter)) strict""",
)
"""Statements of `m009_strokes`, in order."""
