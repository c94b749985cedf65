"""Words that every room writes alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from db.dates import HistoricalDate

HIDDEN: Final = "▒▒▒▒"
"""Written in place of what is hidden."""


def life_span(born: HistoricalDate, died: HistoricalDate, *, hidden: bool) -> str:
    """Return the years of a life, `1883–1936`; `hidden` hides the end."""
    if not hidden and not born.is_known and not died.is_known:
        return "?"
    return f"{born.short}–{HIDDEN if hidden else died.short}"
