"""`serge read --plain`: a chapter, or a page of the print, as plain text on standard output. It changes nothing."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.models import GUIDE_EDITION, Place
from serge_tui.cli.common import say_status
from serge_tui.core.export.plain import Excerpt, plain_text, wrapped
from serge_tui.output import print_data
from serge_tui.services.locators import find_chapter, find_page, preferred_editions, where_left

if TYPE_CHECKING:
    from db.library import Library
    from db.models import Note
    from serge_tui.core.export.plain import Stretch

WIDEST: Final = 80
"""Lines in a terminal are no longer than this."""
HERE: Final = "here"
_LAST: Final = 10**9


@dataclass(frozen=True, slots=True)
class PlainReading:
    """What to print: the options of the command line."""

    chapter: str | None = None
    page: str | None = None
    edition: str | None = None
    begin: str | None = None
    names: bool = False
    width: int | None = None


def print_plain(library: Library, asked: PlainReading) -> None:
    """Print what is asked for. Raises SergeError if there is no such place."""
    excerpt = _page(library, asked.page, asked.edition) if asked.page is not None else _chapter(library, asked)
    width = asked.width if asked.width is not None else plain_width()
    stretches, people = _named(library, excerpt) if asked.names else ({}, [])
    text = plain_text(excerpt, stretches, _notes(library, excerpt), width)
    if not text.strip():
        raise SergeError("there is no text from there on.")
    if people:
        text += "\n".join(["", "Named here", "", *(wrapped(line, width, "  ", first="") for line in people), ""])
    print_data(text)


def plain_width() -> int:
    """Return how long a line is in this terminal; 0 in a pipe or a file, for one line a paragraph."""
    return min(WIDEST, shutil.get_terminal_size().columns - 1) if sys.stdout.isatty() else 0


def _chapter(library: Library, asked: PlainReading) -> Excerpt:
    """Return a chapter, from where it is to begin; by default the one the reader is in, from there."""
    if asked.chapter is not None:
        place, begin = find_chapter(library, asked.chapter, asked.edition), asked.begin
    else:
        place = where_left(library, preferred_editions(library, asked.edition)[0])
        begin = asked.begin or HERE
    chapter = library.texts.chapter_of(place.edition, place.passage)
    if chapter is None:
        raise SergeError("this text has no chapters.")
    passages = library.passages.of_chapter(chapter.edition, chapter.ordinal)
    if begin is None:
        return Excerpt(passages)
    if begin == HERE:
        left = library.texts.position(place.edition)
        rest = [passage for passage in passages if left is not None and passage.ordinal >= left.place.passage]
        if left is None or not rest or rest[0].ordinal != left.place.passage:
            return Excerpt(passages)  # nothing of this chapter was read yet
        return Excerpt(rest, left.place.offset)
    number = begin.removesuffix("%")
    if not number.isdecimal():
        raise SergeError(f"--from takes a paragraph such as 12, a share such as 50%, or {HERE}.")
    if not begin.endswith("%"):
        return Excerpt(passages[max(0, int(number) - 1) :])
    characters, before = 0, min(int(number), 100) / 100 * sum(len(passage.text) for passage in passages)
    for at, passage in enumerate(passages):
        characters += len(passage.text)
        if characters > before:
            return Excerpt(passages[at:])
    return Excerpt(())


def _page(library: Library, label: str, edition: str | None) -> Excerpt:
    """Return one page of the print: up to the next mark, or to where the next page may begin."""
    place = find_page(library, label, edition)
    chapter = library.texts.chapter_of(place.edition, place.passage)
    assert chapter is not None
    end = Place(place.edition, chapter.first_passage + chapter.passages, 0)
    if library.texts.page_at(place) == label.strip():
        marks = library.texts.pages(place.edition, place.passage, _LAST)
        after = (mark for mark in marks if (mark.passage, mark.offset) > (place.passage, place.offset))
        if (mark := next(after, None)) is not None:
            end = Place(place.edition, mark.passage, mark.offset)
    else:
        say_status(
            "There is no copy of the book here: this is the guide, about where that page is in print."
            if place.edition == GUIDE_EDITION
            else "This text has no mark for that page: where it begins and ends is reckoned from its chapter."
        )
        with suppress(SergeError, ValueError):
            following = find_page(library, str(int(label) + 1), place.edition)
            end = following if following > place else end
    return Excerpt(library.passages.between(place.edition, place.passage, end.passage), place.offset, end.offset)


def _notes(library: Library, excerpt: Excerpt) -> list[Note]:
    keys = dict.fromkeys(
        span.target
        for passage, start, end in excerpt.pieces()
        for span in passage.spans
        if span.style == "note" and span.target and start <= span.start < end
    )
    known = library.texts.notes(excerpt.passages[0].edition) if keys else {}
    return [known[key] for key in keys if key in known]


def _named(library: Library, excerpt: Excerpt) -> tuple[dict[int, list[Stretch]], list[str]]:
    """Return where people are named, by passage, and a line on each of them; a hidden end stays hidden."""
    from serge_tui.services.hidden_ends import hidden_ends

    shown = {passage.ordinal: (start, end) for passage, start, end in excerpt.pieces()}
    stretches: dict[int, list[Stretch]] = {}
    keys: dict[str, None] = {}
    if shown:
        for mention in library.passages.mentions(excerpt.passages[0].edition, min(shown), max(shown)):
            start, end = shown[mention.passage]
            if start <= mention.start and mention.end <= end:
                stretches.setdefault(mention.passage, []).append((mention.start, mention.end))
                keys.setdefault(mention.figure)
    ends = hidden_ends(library)
    figures = [figure for key in keys if (figure := library.figures.by_key(key)) is not None]
    return stretches, [
        f"{figure.name} ({figure.years(hidden=ends.of(figure.key))}): {figure.one_line}" for figure in figures
    ]
