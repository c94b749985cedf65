"""Small pieces of sentences."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: `1 name`, `2 names`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
