"""A stored edition for the engine: its chapters as plain texts, and what is found as places in its passages."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from db.found_store import ChapterFindings, found_key
from db.models.found_text import Found, FoundMention
from import_scripts.found import portraits, sayings
from import_scripts.found.book import ReadBook, read_book
from import_scripts.found.glossary import sex_of
from import_scripts.found.names import Given
from import_scripts.found.segments import word_count
from import_scripts.linking.back_matter import find_back_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from db.book import Book
    from db.models import Figure, Mention

_NO_PROSE: Final = frozenset({"heading", "break", "table", "figure", "list"})
_BLANK_LINE: Final = "\n\n"


@dataclass(slots=True)
class _ChapterText:
    """A chapter as one text; `starts` are the offsets of its passages, `passages` their numbers."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    passages: list[int] = field(default_factory=list)

    def add(self, passage: int, text: str) -> None:
        self.text += _BLANK_LINE if self.text else ""
        self.starts.append(len(self.text))
        self.passages.append(passage)
        self.text += text

    def place(self, offset: int) -> tuple[int, int]:
        """Return passage and offset in it."""
        at = bisect_right(self.starts, offset) - 1
        return self.passages[at], offset - self.starts[at]

    def places(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Return first and last place of a stretch: passage, start, end passage, end."""
        passage, last = self.place(end - 1)
        return (*self.place(start), passage, last + 1)


def edition_findings(
    edition: str, book: Book, mentions: Iterable[Mention], figures: Mapping[str, Figure], language: str, first: int = 0
) -> Iterator[ChapterFindings]:
    """Yield what is found in each chapter of an edition, from chapter `first` on.

    All chapters are read, because names and quotation marks are told by the whole book. Headings, tables, lists, and an
    index at the end are left out.
    """
    chapters = _texts_of(book)
    known = list(_given(chapters, mentions, figures))
    read = read_book([(str(number), one.text) for number, one in enumerate(chapters)], language, known)
    for number in range(first, len(chapters)):
        yield _findings(edition, number, chapters[number], ReadBook(read.words, [read.chapters[number]]))


def _texts_of(book: Book) -> list[_ChapterText]:
    left_out = find_back_matter(book).passages
    chapters, passage = [], 0
    for chapter in book.chapters:
        one = _ChapterText()
        for block in chapter.blocks:
            if block.kind not in _NO_PROSE and passage not in left_out and block.text.strip():
                one.add(passage, block.text)
            passage += 1
        chapters.append(one)
    return chapters


def _given(
    chapters: Iterable[_ChapterText], mentions: Iterable[Mention], figures: Mapping[str, Figure]
) -> Iterator[Given]:
    places = {
        passage: (number, start)
        for number, chapter in enumerate(chapters)
        for passage, start in zip(chapter.passages, chapter.starts, strict=True)
    }
    for mention in mentions:
        if mention.passage in places and (figure := figures.get(mention.figure)) is not None:
            number, start = places[mention.passage]
            yield Given(number, start + mention.start, start + mention.end, figure.key, figure.name, sex_of(figure))


def _findings(edition: str, number: int, texts: _ChapterText, book: ReadBook) -> ChapterFindings:
    (chapter,) = book.chapters
    found = ChapterFindings()
    ends = [scene.sentence.end for scene in chapter.scenes]
    for portrait in portraits.find_portraits(book):
        sentence = chapter.scenes[bisect_right(ends, portrait.start)].sentence
        whole = chapter.text[sentence.start : sentence.end]
        stroke = chapter.text[portrait.start : portrait.end]
        found.found.append(
            Found(
                edition, "portrait", *texts.places(portrait.start, portrait.end),
                long=texts.places(portrait.long_start, portrait.long_end), chapter=number,
                key=found_key("portrait", whole), text=stroke, sentence=whole, figure=portrait.key,
                name=portrait.person, addressee="", how=portrait.how, score=round(portrait.score, 4),
                is_card=portrait.sure and _is_long_enough(stroke), is_sure=portraits.in_deck(portrait, chapter.text),
            )
        )  # fmt: skip
    for saying in sayings.find_sayings(book):
        if saying.speaker is None or saying.fragment:
            continue
        spoken = " ".join(chapter.text[start:end] for start, end in saying.parts)
        place = texts.places(saying.start, saying.end)
        found.found.append(
            Found(
                edition, "saying", *place, long=place, chapter=number, key=found_key("saying", spoken), text=spoken,
                sentence=spoken, figure=saying.key, name=saying.speaker, addressee=saying.addressee or "",
                how=saying.how, score=saying.confidence, is_card=sayings.is_card(saying, chapter.text),
                is_sure=sayings.in_deck(saying, chapter.text),
            )
        )  # fmt: skip
    for named in chapter.named:
        if not named.person.key:
            passage, start, _, end = texts.places(named.start, named.end)
            found.mentions.append(FoundMention(edition, passage, start, end, named.person.name))
    return found


def _is_long_enough(stroke: str) -> bool:
    return portraits.FEWEST_OF_A_STROKE <= word_count(stroke) <= portraits.MOST_WORDS
