"""Find the place of a highlight of another program: by its words, chapter, page or location."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from db.anchoring import TextIndex, make_anchor, reanchor
from db.models import Anchor
from db.text import fold
from import_scripts.locating.quotations import locate_text
from import_scripts.locating.words import WordIndex, plain_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from import_scripts.highlights.record import Highlight

_SAME_TITLE: Final = 88.0
_SAME_AUTHOR: Final = 44.0
_BOOKMARK_CHARACTERS: Final = 60
_REACH: Final = 0.06
"""Largest error of a place computed from locations, as a share of the book."""
_LEAST_KNOWN: Final = 2
"""Number of highlights placed by their words that are needed to convert locations to places."""


@dataclass
class EditionText:
    """A text to place highlights in: its passages, its chapters and its printed pages."""

    key: str
    texts: Sequence[str]
    chapters: Sequence[tuple[str, int, int]] = ()
    """Title, first passage, number of passages."""
    pages: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Where a printed page begins: passage and offset."""

    @cached_property
    def index(self) -> WordIndex:
        """The words of the text."""
        return WordIndex(self.texts)

    @cached_property
    def folded(self) -> TextIndex:
        """The folded text, for highlights with words before and after."""
        return TextIndex(self.texts)

    def chapter(self, title: str) -> tuple[int, int] | None:
        """First passage and number of passages of the chapter with a title."""
        wanted = fold(title)
        found = (chapter for chapter in self.chapters if wanted and fold(chapter[0]) == wanted)
        return next(((first, count) for _, first, count in found), None)


def is_same_book(title: str, author: str, edition_title: str, edition_author: str) -> bool:
    """Return whether two titles are the same; one may have a subtitle."""
    from rapidfuzz import fuzz

    wanted, by, called, written_by = (
        " ".join(plain_words(text)) for text in (title, author, edition_title, edition_author)
    )
    return (
        bool(wanted)
        and fuzz.token_set_ratio(wanted, called) >= _SAME_TITLE
        and (not by or not written_by or fuzz.token_set_ratio(by, written_by) >= _SAME_AUTHOR)
    )


def place_all(highlights: Sequence[Highlight], edition: EditionText) -> list[tuple[Anchor, bool]]:
    """Return an anchor for each highlight, and whether it was placed; the anchor of one that was not keeps its words.

    Words that occur in several places are told apart by chapter, and by location once some highlights of the book are
    placed; a bookmark has its page, its chapter or its location only.
    """
    placed = [_by_words(one, edition) for one in highlights]
    known = sorted(
        (one.location[0], edition.index.first_word(anchor.passage))
        for one, anchor in zip(highlights, placed, strict=True)
        if anchor is not None and one.location is not None and one.kind != "bookmark"
    )
    taken = {(anchor.passage, anchor.start) for anchor in placed if anchor is not None}
    done: list[tuple[Anchor, bool]] = []
    for one, anchor in zip(highlights, placed, strict=True):
        found = anchor
        if found is None:
            found = _by_location(one, edition, known, taken) or _by_place(one, edition, known)
        done.append((found, True) if found is not None else _unplaced(one, edition))
    return done


def unplaced_anchor(highlight: Highlight, edition: str) -> Anchor:
    """Return the anchor of a highlight that is not placed: its words and those around them."""
    words = highlight.text or highlight.note
    return Anchor(edition, 0, 0, 0, 0, words, highlight.prefix, highlight.suffix)


def _by_words(one: Highlight, edition: EditionText) -> Anchor | None:
    if not one.text or one.kind == "bookmark":
        return None
    index = edition.index
    found = locate_text(one.text, index)
    if found is None and (chapter := edition.chapter(one.chapter)) is not None:
        within = range(index.first_word(chapter[0]), index.first_word(sum(chapter)))
        found = locate_text(one.text, index, within)
    return None if found is None else make_anchor(edition.key, index.texts, 0, *index.place(found.first, found.last))


def _by_location(
    one: Highlight, edition: EditionText, known: Sequence[tuple[int, int]], taken: set[tuple[int, int]]
) -> Anchor | None:
    """Choose among equal words those nearest to the location."""
    expected = _expected_word(one, known)
    if expected is None or not one.text or one.kind == "bookmark":
        return None
    index = edition.index
    reach = max(60, int(_REACH * len(index.words)))
    found = locate_text(one.text, index, range(max(0, expected - reach), expected + reach))
    if found is None:
        words = plain_words(one.text)
        starts = _starts_of(words, index.words)
        ends = [(at, at + len(words) - 1) for at in starts if abs(at - expected) <= reach]
        free = [end for end in ends if index.place(*end)[:2] not in taken]
        if not free or not words:
            return None
        span = min(free, key=lambda end: abs(end[0] - expected))
    else:
        span = found.first, found.last
    place = index.place(*span)
    taken.add(place[:2])
    return make_anchor(edition.key, index.texts, 0, *place)


def _starts_of(words: list[str], text: list[str]) -> list[int]:
    if not words:
        return []
    first, length = words[0], len(words)
    return [at for at, word in enumerate(text) if word == first and text[at : at + length] == words]


def _expected_word(one: Highlight, known: Sequence[tuple[int, int]]) -> int | None:
    """Return the approximate place of a location, between the nearest known ones."""
    if one.location is None or len(known) < _LEAST_KNOWN or known[0][0] == known[-1][0]:
        return None
    at = min(max(1, bisect_right(known, (one.location[0], -1))), len(known) - 1)
    (before, first), (after, last) = known[at - 1], known[at]
    if after == before:
        return first
    return max(0, first + round((last - first) * (one.location[0] - before) / (after - before)))


def _by_place(one: Highlight, edition: EditionText, known: Sequence[tuple[int, int]]) -> Anchor | None:
    """Return the anchor of a bookmark at its page, chapter or location."""
    if one.kind != "bookmark":
        return None
    index = edition.index
    if one.page in edition.pages:
        return _bookmark(edition, *edition.pages[one.page])
    if one.text and (found := locate_text(one.text, index)) is not None:
        return make_anchor(edition.key, index.texts, 0, *index.place(found.first, found.last))
    if (chapter := edition.chapter(one.chapter)) is not None:
        return _bookmark(edition, chapter[0], 0)
    expected = _expected_word(one, known)
    if expected is None or not index.words:
        return None
    return _bookmark(edition, index.passage_of(min(expected, len(index.words) - 1)), 0)


def _bookmark(edition: EditionText, passage: int, offset: int) -> Anchor:
    text = edition.texts[passage]
    start = min(offset, max(0, len(text) - 1))
    return make_anchor(
        edition.key, edition.texts, 0, passage, start, passage, min(len(text), start + _BOOKMARK_CHARACTERS)
    )


def _unplaced(one: Highlight, edition: EditionText) -> tuple[Anchor, bool]:
    kept = unplaced_anchor(one, edition.key)
    if one.text and (one.prefix or one.suffix):
        moved = reanchor(kept, "orphan", edition.folded)
        return moved.anchor, moved.state != "orphan"
    return kept, False
