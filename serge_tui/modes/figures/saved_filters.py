"""The filters of figures saved under the number keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from serge_tui.services.saved_filters import SavedFilter, read_filters

if TYPE_CHECKING:
    from collections.abc import Sequence

SAVED: Final = "saved"
"""Name of the row of filters saved under the number keys."""
FIRST_SAVED: Final = (
    "1 met:yes sort:appearance",
    "2 portrait:yes sort:mentions",
    "3 noted:yes",
    "4 met:no sort:appearance",
)
"""Filters under the first keys until the reader saves others there."""


def saved_filters(entries: Sequence[str]) -> dict[str, SavedFilter]:
    """Return the saved filters by number key."""
    return read_filters(entries, FIRST_SAVED)
