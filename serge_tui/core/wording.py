"""Small pieces of sentences."""

from __future__ import annotations

from typing import Final

TEXT_GONE: Final = "The text is no longer in your library."
"""Said of a note or card whose words are from a text that was removed."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 name`, `2 names`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
