"""Table of the twenty-first migration: the parameters of the model of memory that the reader's states are made with."""

from __future__ import annotations

from typing import Final

MEMORY_MODEL: Final = (
    """create table memory_model (
        name text primary key, model text not null, weights text not null, answers integer not null,
        before real not null, after real not null, fitted_at text not null) strict""",
)
"""Statement of `m021_memory_model`. There is one row, `fsrs`, or none while the published parameters hold; every state
in `card_state` is of that model, and changes with it in one transaction.
"""
