"""Tables of the twentieth migration: the reader's tags on cards, and an index to forget a card by."""

from __future__ import annotations

from typing import Final

CARD_TAG: Final = (
    "create table card_tag (card text not null, tag text not null, primary key (card, tag)) strict",
    "create index card_tag_by_tag on card_tag (tag)",
    "create index review_forgotten on review (card, reviewed_at) where kind = 'forget'",
)
"""Statements of `m020_card_tag`, in order. A line of kind `forget` in the log starts its card afresh; there are few, so
that looking for one costs each answer next to nothing.
"""
