"""The source of a quotation, as written under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from db.models import Chapter, Edition

_SHORT: Final = 24


def chapter_words(chapter: Chapter | None) -> str:
    """Return the words for a chapter: its number in the Memoirs, else its title."""
    if chapter is None:
        return ""
    if chapter.canonical is not None:
        return f"chapter {chapter.canonical}"
    return f"“{chapter.title}”" if chapter.title else f"part {chapter.ordinal + 1}"


def short_chapter(chapter: Chapter | None, most: int = _SHORT) -> str:
    """Return the words for a chapter in at most so many characters."""
    words = chapter_words(chapter).replace("chapter ", "ch. ").strip("“”")
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def citation(edition: Edition, chapter: Chapter, page: str) -> str:
    """Return author, title, chapter and printed page, as far as they are known."""
    title = f"“{chapter.title}”" if chapter.title and chapter.canonical is not None else ""
    parts = [edition.author, edition.title, chapter_words(chapter), title, f"p. {page}" if page else ""]
    return ", ".join(part for part in parts if part)
