"""The filters of figures that stand under the number keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from serge_tui.services import saved_filters as common
from serge_tui.services.saved_filters import KEYS, ONLY_KEYS, KeptFilter, keep_filter, nothing_under

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FIRST_SAVED", "KEYS", "ONLY_KEYS", "SAVED", "KeptFilter", "keep_filter", "kept_filters", "nothing_under"]

SAVED: Final = "saved"
"""Name of the row of filters kept under the number keys."""
FIRST_SAVED: Final = (
    "1 met:yes sort:appearance",
    "2 portrait:yes sort:mentions",
    "3 noted:yes",
    "4 met:no sort:appearance",
)
"""Filters under the first keys until the reader keeps others there."""


def kept_filters(saved: Sequence[str]) -> dict[str, KeptFilter]:
    """Filters by the number key they are under."""
    return common.kept_filters(saved, FIRST_SAVED)
