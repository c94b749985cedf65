"""Match the chapters of an edition to the ten of the Memoirs, by title, number and order.

Titles are compared in every language of the study pack, allowing for spelling. A book that is not the Memoirs
keeps its chapters as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from db.errors import SergeError
from db.text import fold, sanitise_line
from import_scripts.formats.headings import chapter_number, is_front_or_back_matter, without_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.book import Book, BookChapter
    from db.models import CanonicalChapter

Reason: TypeAlias = Literal["title", "number", "order", "within", "reader"]

_MEMOIRS: Final = tuple(
    map(
        fold,
        (
            "Memoirs of a Revolutionary",
            "Mémoires d'un révolutionnaire",
            "Memorias de un revolucionario",
            "Memorias de mundos desaparecidos",
            "Memorie di un rivoluzionario",
            "Erinnerungen eines Revolutionärs",
            "Beruf: Revolutionär",
            "Воспоминания революционера",
            "От революции к тоталитаризму",
            "Memórias de um revolucionário",
        ),
    )
)
_AUTHORS: Final = ("serge", "серж", "kibalchich", "кибальчич")
_YEARS: Final = re.compile(r"[\s,:(\[-]*\(?\b1[89][0-9]{2}\b(?:\s*[-/]\s*(?:1[89])?[0-9]{2})?\)?[\s.)\]]*$")
_ALTERNATIVE: Final = re.compile(r"\(?\bor:?\s+|[()/|]")
_ARTICLE: Final = re.compile(r"^(?:the|le|la|les|l'|el|los|las|il|lo|gli|i|der|die|das)\s+|^l'")
_SPAN: Final = re.compile(r"\b(1[89][0-9]{2})\s*[-\u2013\u2014/]\s*((?:1[89])?[0-9]{2})\b")
_YEAR: Final = re.compile(r"1[89][0-9]{2}")
_BY_YEARS: Final = 0.8
_MOST_YEARS_APART: Final = 2
_WORDS: Final = re.compile(r"[^\W_]+")
_CUT: Final = re.compile(r"[\"“«„]([^\"“”«»„]{3,200})[\"”»“]\s*[=:]\s*([0-9]{1,2}|-)")
_SURE_TITLE: Final = 0.86
_LIKELY_TITLE: Final = 0.74
_LEAST_TITLES: Final = 3
_LEAST_TITLES_NAMED: Final = 1
_BY_NUMBER: Final = 0.7
_BY_ORDER: Final = 0.6
_LEAST_WORDS: Final = 1_500
_MOST_HEADINGS: Final = 3
_MAP_ENTRY: Final = re.compile(r"([0-9]{1,4})\s*[=:]\s*([0-9]{1,2}|-)")


@dataclass(frozen=True, slots=True)
class ChapterMatch:
    """A chapter of the edition (`chapter` counts from 0) matched to one of the ten; confidence (0 to 1), reason."""

    chapter: int
    canonical: int
    confidence: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class ToldMap:
    """The reader's map of an edition's chapters.

    `chapters` maps a chapter of the edition (from 0) to one of the Memoirs, or to None. `cuts` are chapters that the
    file does not mark: their first words, and the chapter of the Memoirs.
    """

    chapters: Mapping[int, int | None] = field(default_factory=dict)
    cuts: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class ChapterMapping:
    """The recognised chapters; empty for a book that is not the Memoirs."""

    matches: tuple[ChapterMatch, ...] = ()
    missing: tuple[int, ...] = ()
    """Canonical chapters without a match."""
    says_memoirs: bool = False
    """Whether the title and the author are those of the Memoirs."""

    def of(self, chapter: int) -> ChapterMatch | None:
        """Return the match of a chapter of the edition."""
        return next((match for match in self.matches if match.chapter == chapter), None)

    @property
    def confidence(self) -> float:
        """The lowest confidence; 0 if no chapter was recognised."""
        return min((match.confidence for match in self.matches), default=0.0)


def map_chapters(book: Book, canonical: Sequence[CanonicalChapter]) -> ChapterMapping:
    """Map the chapters of `book` to the canonical ones; changes nothing.

    Titles decide; an equal number raises the similarity, a different one lowers it. Chapters keep their order, so the
    best mapping is the one with the largest sum of similarities among those that never go back.
    """
    if not canonical or not book.chapters:
        return ChapterMapping()
    named = is_memoirs(book)
    similarity = [
        [max(_similarity(title, target) for title in _names(chapter)) for target in canonical]
        for chapter in book.chapters
    ]
    chosen = _best_in_order(book, canonical, similarity)
    sure = sum(1 for _, _, score in chosen if score >= (_LIKELY_TITLE if named else _SURE_TITLE))
    if sure < (_LEAST_TITLES_NAMED if named else _LEAST_TITLES):
        chosen = _by_number(book, canonical) if named else []
        if not chosen and named:
            chosen = _by_order(book, canonical)
        matches = [
            ChapterMatch(index, canonical[target].number, score, "number" if score == _BY_NUMBER else "order")
            for index, target, score in chosen
        ]
    else:
        matches = [
            ChapterMatch(index, canonical[target].number, round(min(score, 1.0), 2), "title")
            for index, target, score in chosen
        ]
        matches += _between(book, canonical, matches)
    if not matches:
        return ChapterMapping()
    matches = _with_parts(book, matches)
    found = {match.canonical for match in matches}
    return ChapterMapping(tuple(matches), tuple(sorted({target.number for target in canonical} - found)))


def recognise_chapters(
    book: Book, canonical: Sequence[CanonicalChapter], told: ToldMap | None = None, *, is_remembered: bool = False
) -> ChapterMapping:
    """Map the chapters and write the result into `book`; `told` is the reader's map, which may cut chapters too.

    If the reader's map `is_remembered` from an earlier import, words that are not found only go into the report.

    Raises SergeError if the map names a chapter that does not exist, or words that are not in the book.
    """
    mapping = map_chapters(book, canonical)
    if told is not None and told.chapters:
        mapping = _corrected(book, canonical, mapping, told.chapters)
    for index, chapter in enumerate(book.chapters):
        match = mapping.of(index)
        chapter.canonical = None if match is None else match.canonical
    if told is not None and told.cuts:
        _cut(book, canonical, told.cuts, is_remembered=is_remembered)
        mapping = mapping_of(book, canonical, mapping)
    mapping = replace(mapping, says_memoirs=is_memoirs(book))
    if mapping.matches and mapping.missing:
        listed = ", ".join(map(str, mapping.missing))
        book.report.append(
            f"Not recognised in this edition: chapter {listed} of the Memoirs; `--map` says which chapter is which."
        )
    elif mapping.says_memoirs and not mapping.matches:
        book.report.append(
            "The book says that it is the Memoirs, but none of its chapters was recognised; say which is which with"
            ' --map "3=1,4=2", or where they begin with --map \'"first words of the chapter"=1\'.'
        )
    return mapping


def parse_map(text: str) -> ToldMap:
    """Read a reader's map: `5=1, 6=2, 7=-` or `"first words of a chapter"=3`.

    A number on the left is the edition's chapter, counted from 1; on the right is the chapter of the Memoirs, or `-`
    for none of them.

    Raises SergeError if it has any other form.
    """
    cuts: list[tuple[str, int | None]] = []

    def take(found: re.Match[str]) -> str:
        cuts.append((found[1].strip(), None if found[2] == "-" else int(found[2])))
        return ","

    rest = _CUT.sub(take, text)
    corrections: dict[int, int | None] = {}
    for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*([=:])\s*", r"\1", rest.strip(" ,;")))):
        found = _MAP_ENTRY.fullmatch(part)
        if not found or found[1] == "0":
            raise SergeError(
                f"The mapping {part!r} is not understood; write it as 5=1,6=2 (5th chapter is chapter 1), or as"
                ' "first words of the chapter"=3.'
            )
        corrections[int(found[1]) - 1] = None if found[2] == "-" else int(found[2])
    if not corrections and not cuts:
        raise SergeError(f"The mapping {text!r} is not understood; write it as 5=1,6=2 (5th chapter is chapter 1).")
    return ToldMap(corrections, tuple(cuts))


def _cut(
    book: Book, canonical: Sequence[CanonicalChapter], cuts: Sequence[tuple[str, int | None]], *, is_remembered: bool
) -> None:
    """Begin a chapter at each passage whose first words the reader gave."""
    titles = {target.number: target.title for target in canonical}
    for words, number in cuts:
        if number is not None and number not in titles:
            raise SergeError(f"The Memoirs have {len(titles)} chapters; there is none numbered {number}.")
        place = _passage_of(book, words)
        if place is None:
            sentence = f"No passage begins with the words “{sanitise_line(words)}”, so no chapter was cut there."
            if not is_remembered:
                raise SergeError(f"{sentence} Give the first words exactly as they are in the text.")
            book.report.append(sentence)
            continue
        at, block = place
        chapter = book.chapters[at]
        if block == 0:
            chapter.canonical = number
            continue
        heading = chapter.blocks[block]
        title = heading.text if heading.kind == "heading" else titles.get(number or 0, sanitise_line(words))
        new = type(chapter)(title, chapter.blocks[block:], chapter.level, number)
        chapter.blocks = chapter.blocks[:block]
        book.chapters.insert(at + 1, new)


def _passage_of(book: Book, words: str) -> tuple[int, int] | None:
    """Return the chapter and passage that begin with some words, ignoring case and kinds of quotation mark."""
    wanted = _plain(words)
    if not wanted:
        return None
    for at, chapter in enumerate(book.chapters):
        for number, block in enumerate(chapter.blocks):
            if _plain(block.text[: 4 * len(words) + 80]).startswith(wanted):
                return at, number
    return None


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(fold(text)))


def mapping_of(book: Book, canonical: Sequence[CanonicalChapter], before: ChapterMapping) -> ChapterMapping:
    """Return the mapping of a book's chapters as they are now, after cuts and marks."""
    known = {match.canonical: match for match in before.matches}
    matches = []
    for index, chapter in enumerate(book.chapters):
        if chapter.canonical is not None:
            match = known.get(chapter.canonical)
            sure, reason = (match.confidence, match.reason) if match is not None else (1.0, "reader")
            matches.append(ChapterMatch(index, chapter.canonical, sure, reason))
    found = {match.canonical for match in matches}
    missing = tuple(sorted({target.number for target in canonical} - found)) if matches else ()
    return ChapterMapping(tuple(matches), missing, before.says_memoirs)


def is_memoirs(book: Book) -> bool:
    """Return whether title and author are those of the Memoirs, in any language."""
    author, title = fold(book.author), fold(book.title)
    name = f"{title} {fold(book.source_name)}".replace("_", " ").replace("-", " ")
    by_serge = any(word in f"{author} {name}" for word in _AUTHORS)
    return by_serge and any(known.replace("-", " ") in name for known in _MEMOIRS)


def _similarity(title: str, target: CanonicalChapter) -> float:
    """Return how similar a heading and a canonical chapter are, 0 to about 1.1: best of its titles, and the number."""
    from rapidfuzz import fuzz

    bare = _bare(without_number(title))
    number = chapter_number(title)
    best = 0.0
    if bare:
        for known in _titles(target):
            best = max(best, fuzz.ratio(bare, known) / 100, 0.97 * fuzz.token_sort_ratio(bare, known) / 100)
    best = max(best, _by_years(title, target))
    if number is not None and best >= _LIKELY_TITLE:
        best += 0.1 if number == target.number else -0.1
    return best


def _by_years(title: str, target: CanonicalChapter) -> float:
    """Return how well the years in a title match a canonical chapter: 0.8 if they do, 0 without years."""
    found = _SPAN.search(title)
    years = [int(year[0]) for said in (target.year_from, target.year_to) if (year := _YEAR.search(said))]
    if found is None or len(years) < 2:
        return 0.0
    first, last = int(found[1]), int(found[2])
    if last < 100:
        last += first // 100 * 100
    apart = abs(first - years[0]) + abs(last - years[1])
    return _BY_YEARS - 0.02 * apart if apart <= _MOST_YEARS_APART else 0.0


def _names(chapter: BookChapter) -> list[str]:
    """Return the titles of a chapter: in the contents, and its first headings."""
    headings = list(takewhile(lambda block: block.kind == "heading", chapter.blocks[:_MOST_HEADINGS]))
    return list(dict.fromkeys([chapter.title, *(block.text for block in headings)]))


def _titles(target: CanonicalChapter) -> list[str]:
    given = [target.title, *(title for _, title, _ in target.titles)]
    return [bare for title in given for part in _ALTERNATIVE.split(title) if len(bare := _bare(part)) > 4]


def _bare(title: str) -> str:
    """Return a title folded, without years, article and punctuation."""
    folded = _YEARS.sub("", fold(title)).strip(" .:;,-'\"")
    return _ARTICLE.sub("", folded)


def _best_in_order(
    book: Book, canonical: Sequence[CanonicalChapter], similarity: Sequence[Sequence[float]]
) -> list[tuple[int, int, float]]:
    """Choose pairs (chapter, target) in ascending order with the largest sum of similarities."""
    rows, columns = len(book.chapters), len(canonical)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            best[row][column] = max(best[row + 1][column], best[row][column + 1])
            score = similarity[row][column]
            if score >= _LIKELY_TITLE:
                best[row][column] = max(best[row][column], score + best[row + 1][column + 1])
    chosen: list[tuple[int, int, float]] = []
    row = column = 0
    while row < rows and column < columns:
        score = similarity[row][column]
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            chosen.append((row, column, score))
            row, column = row + 1, column + 1
    return chosen


def _words(book: Book) -> list[int]:
    return [sum(block.text.count(" ") + 1 for block in chapter.blocks) for chapter in book.chapters]


def _by_number(book: Book, canonical: Sequence[CanonicalChapter]) -> list[tuple[int, int, float]]:
    """Return the chapters with the numbers of the canonical ones, each once and in order."""
    by_number = {target.number: column for column, target in enumerate(canonical)}
    words = _words(book)
    chosen: list[tuple[int, int, float]] = []
    for index, chapter in enumerate(book.chapters):
        number = chapter_number(chapter.title)
        if number in by_number and words[index] >= min(_LEAST_WORDS, max(words) // 4):
            column = by_number[number]
            if chosen and column <= chosen[-1][1]:
                return []
            chosen.append((index, column, _BY_NUMBER))
    return chosen if len(chosen) >= max(2, len(canonical) - 2) else []


def _by_order(book: Book, canonical: Sequence[CanonicalChapter]) -> list[tuple[int, int, float]]:
    """Return the long chapters of one level, in order, if there are exactly as many as canonical ones."""
    words = _words(book)
    for level in sorted({chapter.level for chapter in book.chapters}):
        long = [
            index
            for index, chapter in enumerate(book.chapters)
            if chapter.level == level
            and words[index] >= max(_LEAST_WORDS, max(words) // 5)
            and not is_front_or_back_matter(chapter.title)
        ]
        if len(long) == len(canonical):
            return [(index, column, _BY_ORDER) for column, index in enumerate(long)]
    return []


def _between(book: Book, canonical: Sequence[CanonicalChapter], matches: Sequence[ChapterMatch]) -> list[ChapterMatch]:
    """Return long chapters in a gap, in order, if there are exactly as many as are missing there."""
    words = _words(book)
    order = [target.number for target in canonical]
    level = max({match.chapter: book.chapters[match.chapter].level for match in matches}.values())
    found: list[ChapterMatch] = []
    ends = [(-1, -1), *((match.chapter, order.index(match.canonical)) for match in matches), (len(words), len(order))]
    for (before, first), (after, last) in pairwise(ends):
        wanted = order[first + 1 : last]
        free = [
            index
            for index in range(before + 1, after)
            if book.chapters[index].level <= level
            and words[index] >= _LEAST_WORDS
            and not is_front_or_back_matter(book.chapters[index].title)
            and chapter_number(book.chapters[index].title) in {None, *wanted}
        ]
        at_an_end = before == -1 or after == len(words)
        if wanted and len(free) == len(wanted) and (not at_an_end or is_memoirs(book)):
            found += [
                ChapterMatch(index, number, _BY_ORDER, "order") for index, number in zip(free, wanted, strict=True)
            ]
            continue
        for index in free:
            number = chapter_number(book.chapters[index].title)
            if number in wanted:
                found.append(ChapterMatch(index, number, _BY_NUMBER, "number"))
    return found


def _with_parts(book: Book, matches: Sequence[ChapterMatch]) -> list[ChapterMatch]:
    """Treat the subdivisions of a chapter as parts of it."""
    known = {match.chapter: match for match in matches}
    current: ChapterMatch | None = None
    complete: list[ChapterMatch] = []
    for index, chapter in enumerate(book.chapters):
        if index in known:
            current = known[index]
            complete.append(current)
        elif current is not None and chapter.level > book.chapters[current.chapter].level:
            complete.append(ChapterMatch(index, current.canonical, current.confidence, "within"))
        else:
            current = None
    return complete


def _corrected(
    book: Book,
    canonical: Sequence[CanonicalChapter],
    mapping: ChapterMapping,
    corrections: Mapping[int, int | None],
) -> ChapterMapping:
    numbers = {target.number for target in canonical}
    matches = {match.chapter: match for match in mapping.matches}
    for chapter, number in corrections.items():
        if not 0 <= chapter < len(book.chapters):
            raise SergeError(f"The edition has {len(book.chapters)} chapters; there is none numbered {chapter + 1}.")
        if number is None:
            matches.pop(chapter, None)
        elif number in numbers:
            matches[chapter] = ChapterMatch(chapter, number, 1.0, "reader")
        else:
            raise SergeError(f"The Memoirs have {len(numbers)} chapters; there is none numbered {number}.")
    ordered = tuple(matches[chapter] for chapter in sorted(matches))
    return ChapterMapping(ordered, tuple(sorted(numbers - {match.canonical for match in ordered})))
