"""Who is named with whom: in the text being read, else in the chapters that the study pack knows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from serge_tui.core.export.graph import Meeting, Person, meetings
from serge_tui.services.reading_progress import memoirs_being_read

if TYPE_CHECKING:
    from db.library import Library
    from serge_tui.services.hidden_ends import HiddenEnds


def people_and_meetings(
    library: Library, ends: HiddenEnds, edition: str | None = None, least: int = 1
) -> tuple[list[Person], list[Meeting]]:
    """Return everybody, and the pairs that share at least `least` chapters.

    A chapter is numbered as in the Memoirs where it is recognised, else by its place in the text. Without a text the
    chapters are those of the study pack, likely ones too, and no passage is counted.
    """
    people = [
        Person(one.key, one.name, one.born.year, None if ends.of(one.key) else one.died.year, one.movements)
        for one in library.figures.all()
    ]
    known = library.texts.edition(edition) if edition else memoirs_being_read(library)
    by_chapter: defaultdict[int, set[str]] = defaultdict(set)
    if known is None:
        for key, traits in library.figures.traits().items():
            for number in traits.chapters:
                by_chapter[number].add(key)
        return people, meetings(by_chapter, least=least)
    numbers = {one.ordinal: one.canonical or one.ordinal + 1 for one in library.texts.chapters(known.key)}
    by_passage: defaultdict[int, set[str]] = defaultdict(set)
    for chapter, passage, key in library.passages.named(known.key):
        by_chapter[numbers.get(chapter, chapter + 1)].add(key)
        by_passage[passage].add(key)
    return people, meetings(by_chapter, by_passage.values(), least)
