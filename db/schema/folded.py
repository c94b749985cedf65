"""The folded shadow column of passages, and the index of words over it."""

from __future__ import annotations

from typing import Final

FOLDED: Final = (
    "alter table passage add column folded text",
    "create view passage_searched as select id, coalesce(folded, text) as text from passage",
    """create virtual table passage_words using fts5 (
        text, content = 'passage_searched', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2")""",
)
"""Statements of `m017_folded_search`. `folded` is null where SQLite's own folding does as much as ours.

The index of before, `passage_fts`, goes on serving until every passage is in the new one (`db/search_index.py`): only a
file without passages loses it at once.
"""
UNUSED: Final = "drop table if exists passage_fts"
