"""Notes of the reader's that belong to their words wherever they recur."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.models.annotation import PHRASE_TARGET
from db.text import fold, fold_with_map
from serge_tui.modes.reader.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.library import Library
    from db.models import Annotation
    from serge_tui.modes.reader.chapter import OpenChapter

LONGEST: Final = 80
"""Characters of a phrase."""
MOST: Final = 200
"""Places of one phrase in a chapter; a word of every line is no help on any."""


def phrase_of(note: Annotation) -> str:
    """Return the words a note belongs to wherever they recur; empty for other notes."""
    return note.target.removeprefix(PHRASE_TARGET) if note.target.startswith(PHRASE_TARGET) else ""


def notes_on_phrases(library: Library, opened: OpenChapter) -> list[tuple[Stretch, Annotation]]:
    """Return each place of the chapter where the words of such a note recur, with the note.

    As in the search, accents, capitals and kinds of apostrophe, dash and space do not count; whole words do.
    """
    found = []
    for note in library.annotations.on_phrases():
        places = _places(library, opened, phrase_of(note))
        found += [(place, note) for place, _ in zip(places, range(MOST), strict=False)]
    return sorted(found, key=lambda entry: entry[0])


def _places(library: Library, opened: OpenChapter, phrase: str) -> Iterator[Stretch]:
    needle = fold(phrase)
    for ordinal in library.passages.with_phrase(opened.edition.key, opened.first, opened.last, phrase):
        passage = opened.passage(ordinal)
        if passage is None:
            continue
        folded, origin = fold_with_map(passage.text)
        at = folded.find(needle)
        while at >= 0:
            end = at + len(needle)
            before, after = folded[at - 1 : at], folded[end : end + 1]
            if not before.isalnum() and not after.isalnum():
                yield Stretch(ordinal, origin[at], ordinal, origin[end - 1] + 1)
            at = folded.find(needle, end)
