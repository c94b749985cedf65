"""The filters of Figures that are saved before the reader saves any."""

from __future__ import annotations

from typing import Final

SAVED: Final = "saved"
"""Name of the row of filters saved under the number keys."""
FIRST_SAVED: Final = (
    "1 met:yes sort:appearance",
    "2 portrait:yes sort:mentions",
    "3 noted:yes",
    "4 met:no sort:appearance",
)
"""Filters under the first keys until the reader saves others there."""
