"""Where words come from, as one writes it under them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from db.models import Chapter, Edition

_SHORT: Final = 24


def chapter_words(chapter: Chapter | None) -> str:
    """A chapter as one speaks of it: by its number in the Memoirs, else by its title."""
    if chapter is None:
        return ""
    if chapter.canonical is not None:
        return f"chapter {chapter.canonical}"
    return f"“{chapter.title}”" if chapter.title else f"part {chapter.ordinal + 1}"


def short_chapter(chapter: Chapter | None, most: int = _SHORT) -> str:
    """The same where there is little room: at most so many characters."""
    words = chapter_words(chapter).replace("chapter ", "ch. ").strip("“”")
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def citation(edition: Edition, chapter: Chapter, page: str) -> str:
    """Author, title, chapter and printed page, as far as they are known."""
    title = f"“{chapter.title}”" if chapter.title and chapter.canonical is not None else ""
    parts = [edition.author, edition.title, chapter_words(chapter), title, f"p. {page}" if page else ""]
    return ", ".join(part for part in parts if part)
