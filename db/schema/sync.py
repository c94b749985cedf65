"""Tables for syncing several machines: the reader's own, like everything received."""

from __future__ import annotations

from typing import Final

SYNC: Final = (
    """create table sync_op (
        device text not null, number integer not null, at text not null, record text not null, field text not null,
        value text not null, base text not null, primary key (device, number)) strict, without rowid""",
    "create index sync_op_by_record on sync_op (record, field)",
    "create index review_by_time on review (reviewed_at, id)",
    """create table review_origin (
        review integer primary key references review, uid text not null unique) strict""",
)
"""Statements of `m005_sync`, in order."""
