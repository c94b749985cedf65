"""A book read for people: every chapter's sentences with whom they are about."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from import_scripts.found.marks import Quoted, book_styles, quoted
from import_scripts.found.names import Given, Named, find_people
from import_scripts.found.scene import Scene, SceneSentence
from import_scripts.found.segments import Paragraph, paragraphs, sentences
from import_scripts.found.words import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_scripts.found.words import Lexicon


@dataclass
class ReadChapter:
    """One chapter: its text, paragraphs, quoted words, names, and its sentences with whom they mean."""

    name: str
    text: str
    parts: list[Paragraph]
    quotes: list[Quoted]
    named: list[Named]
    scenes: list[SceneSentence]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Offsets of what is quoted."""
        return [(one.start, one.end) for one in self.quotes]


@dataclass
class ReadBook:
    """A whole book."""

    words: Lexicon
    chapters: list[ReadChapter]


def _within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    before = bisect_right(spans, at, key=lambda span: span[0])
    return before > 0 and at < spans[before - 1][1]


def read_book(
    texts: Sequence[tuple[str, str]], language: str = "en", known: Sequence[Given] = (), given: Sequence[str] = ()
) -> ReadBook:
    """Read chapters (name, text) as one book. `known` are mentions of the glossary's people, `given` further names."""
    words = lexicon(language)
    parts = [paragraphs(text) for _, text in texts]
    styles = book_styles([(text, part) for (_, text), part in zip(texts, parts, strict=True)])
    named = find_people([text for _, text in texts], words, known, given)
    chapters = []
    for (name, text), part, people in zip(texts, parts, named, strict=True):
        quotes = quoted(text, part, styles)
        spans = [(one.start, one.end) for one in quotes]
        outside = [one for one in people if not _within(spans, one.start)]
        scenes = Scene(text, words, outside, spans).read(sentences(text, part))
        chapters.append(ReadChapter(name, text, part, quotes, people, scenes))
    return ReadBook(words, chapters)
