"""One chapter in two editions, aligned passage by passage."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from db.text import fold
from serge_tui.core.typesetting.align import Group, align, anchors, counterpart, turned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.library import Library
    from db.models import Chapter, Passage
    from serge_tui.core.typesetting.align import Marked

_CHAPTER_WORD: Final = re.compile(r"^(?:chapter|chapitre|kapitel|capitulo|capitolo|глава)\s+")
_NO_LETTERS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class ParallelText:
    """The passages of a chapter in two editions, and which match."""

    left: tuple[Passage, ...]
    right: tuple[Passage, ...]
    groups: tuple[Group, ...] = field(default=())

    def across(self, place: tuple[int, int]) -> tuple[int, int]:
        """Return the place on the right that matches a place on the left."""
        return _across(self.left, self.right, self.groups, place)

    def back(self, place: tuple[int, int]) -> tuple[int, int]:
        """Return the place on the left that matches a place on the right."""
        return _across(self.right, self.left, turned(self.groups), place)

    @cached_property
    def matched(self) -> float:
        """Share of the left text that surely has a counterpart, by lengths and names; 0 to 1."""
        whole = sum(len(passage.text) for passage in self.left)
        sure = sum(group.score * len(self.left[at].text) for group in self.groups for at in group.left)
        return sure / whole if whole else 0.0


def _across(
    here: Sequence[Passage], there: Sequence[Passage], groups: Sequence[Group], place: tuple[int, int]
) -> tuple[int, int]:
    if not here or not there:
        return place
    lengths, others = [len(passage.text) for passage in here], [len(passage.text) for passage in there]
    at, offset = counterpart(groups, lengths, others, place[0] - here[0].ordinal, place[1])
    return there[at].ordinal, offset


def same_chapter(library: Library, chapter: Chapter, edition: str) -> Chapter | None:
    """Return the chapter of another edition that matches one, by number in the Memoirs, title or position; or None."""
    if chapter.canonical is not None and (found := library.texts.canonical(edition, chapter.canonical)):
        return found
    others = library.texts.chapters(edition)
    title = _title_key(chapter.title)
    if title and (same := [other for other in others if _title_key(other.title) == title]):
        return same[0]
    if len(others) == len(library.texts.chapters(chapter.edition)):
        return others[chapter.ordinal]
    return None


def _title_key(title: str) -> str:
    """Return a title's letters and digits, folded, without the word for chapter: equal for two ways to write it."""
    return _NO_LETTERS.sub("", _CHAPTER_WORD.sub("", fold(title)))


def align_chapters(library: Library, chapter: Chapter, other: Chapter) -> ParallelText:
    """Align the passages of a chapter in two editions; about a second for a thousand: use a thread."""
    left, right = (tuple(library.passages.of_chapter(side.edition, side.ordinal)) for side in (chapter, other))
    groups = align(_marked(library, left), _marked(library, right))
    return ParallelText(left, right, tuple(groups))


def _marked(library: Library, passages: Sequence[Passage]) -> list[Marked]:
    """Return passages with their anchors: numbers, names, and the people and quotations found in them."""
    if not passages:
        return []
    edition, first, last = passages[0].edition, passages[0].ordinal, passages[-1].ordinal
    keys: defaultdict[int, set[str]] = defaultdict(set)
    for mention in library.passages.mentions(edition, first, last):
        keys[mention.passage].add(f"figure:{mention.figure}")
    for place in library.quotations.places(edition):
        keys[place.passage].add(f"quote:{place.quotation}")
    return [(passage.text, anchors(passage.text, keys[passage.ordinal])) for passage in passages]
