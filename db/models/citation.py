"""A pointer into the bibliography."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer into the bibliography, for one field of one record."""

    field: str
    source: str
    locator: str
    author: str
    title: str
    trust: str

    @property
    def text(self) -> str:
        """Return the text shown: author, title and locator."""
        whole = f"{self.author}, {self.title}" if self.author else self.title
        return f"{whole}, {self.locator}" if self.locator else whole
