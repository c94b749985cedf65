"""Where words come from, as one writes it under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.models import Chapter, Edition


def citation(edition: Edition, chapter: Chapter, page: str) -> str:
    """Author, title, chapter and printed page, as far as they are known."""
    number = chapter.canonical if chapter.canonical is not None else chapter.ordinal + 1
    parts = [edition.author, edition.title, f"chapter {number}, “{chapter.title}”" if chapter.title else ""]
    parts.append(f"p. {page}" if page else "")
    return ", ".join(part for part in parts if part)
