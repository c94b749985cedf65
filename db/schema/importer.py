"""Columns of the fifteenth migration: which importer read a text, and the title and chapters in its file."""

from __future__ import annotations

from typing import Final

IMPORTER: Final = (
    "alter table edition add column importer integer not null default 0",
    "alter table edition add column file_title text not null default ''",
    "alter table edition add column file_chapters text not null default ''",
    """update edition set file_title = title where not exists (
        select 1 from correction where record = 'edition:' || edition.key and field = 'title')""",
)
"""Statements of `m015_importer`. Texts read before it have importer 0, older than any that is numbered."""
