"""Paragraphs to lines: width, line breaks, justification, hyphenation, pages. Pure: no Textual, no SQL."""

from serge_tui.core.typesetting.layout import ChapterLayout, Typesetter, typeset_passage
from serge_tui.core.typesetting.line import Line, Setting, Settings, column_of, offset_at
from serge_tui.core.typesetting.paging import Columns, Page, columns, pages

__all__ = [
    "ChapterLayout",
    "Columns",
    "Line",
    "Page",
    "Setting",
    "Settings",
    "Typesetter",
    "column_of",
    "columns",
    "offset_at",
    "pages",
    "typeset_passage",
]
