"""Find headings in plain text, where only words and blank lines show them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from db.numerals import WORD_NUMBERS, number_of
from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

PART, CHAPTER, SECTION = 1, 2, 3
"""Ranks of headings."""

_NUMBER: Final = (
    r"(?:[0-9]{1,3}|[ivxlc]{1,8}|" + "|".join(sorted(map(re.escape, WORD_NUMBERS), key=len, reverse=True)) + ")"
)
_CHAPTER_WORDS: Final = (
    r"chapter|chap\.|chapitre|capitulo|cap\.|capitolo|kapitel|глава|letter|lettre|carta|lettera|brief"
)
_PART_WORDS: Final = r"part|book|volume|partie|livre|tome|parte|libro|tomo|teil|buch|band|часть|книга|том"
_KEYWORD: Final = re.compile(
    rf"(?:(?P<chapter>{_CHAPTER_WORDS})|(?P<part>{_PART_WORDS}))\s+(?:the\s+)?(?P<number>{_NUMBER})\b[\s.:\-]*(?P<title>.*)"
)
_ORDINAL_FIRST: Final = re.compile(
    rf"(?P<number>{_NUMBER})[.\s]+(?:(?P<chapter>{_CHAPTER_WORDS})|(?P<part>{_PART_WORDS}))\b[\s.:\-]*(?P<title>.*)"
)
_BARE_NUMBER: Final = re.compile(r"(?:[0-9]{1,3}|[ivxlc]{1,8})[.:)]?", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(?P<number>[0-9]{1,3}|[IVXLC]{1,8})(?:[.:)]| [\u2013\u2014-])\s+(?P<title>\S.*)")
_NAMED: Final = frozenset(
    map(
        fold,
        (
            "Preface|Foreword|Introduction|Translator's Introduction|Translator's Note|Author's Note|Copyright|"
            "Title Page|Colophon|Editor's Note|Editor's Introduction|Translator's Preface|Publisher's Note|"
            "Cover|Half Title|Imprint|About the Author|Prologue|Epilogue|"
            "Afterword|Postscript|Conclusion|Appendix|Appendices|Notes|Endnotes|Glossary|Bibliography|Index|"
            "Dedication|"
            "Acknowledgements|Acknowledgments|Notes and Explanations|List of Illustrations|Chronology|"
            "Préface|Avant-propos|Note du traducteur|Note de l'éditeur|Bibliographie|Chronologie|Épilogue|"
            "Postface|Annexe|Annexes|Glossaire|"
            "Prólogo|Prefacio|Nota del traductor|Nota del editor|Bibliografía|Cronología|Índice onomástico|"
            "Introducción|Epílogo|Apéndice|Notas|Conclusión|Glosario|"
            "Prefazione|Introduzione|Prologo|Epilogo|Appendice|Note|Conclusione|Postfazione|"
            "Vorwort|Einleitung|Prolog|Epilog|Nachwort|Anhang|Anmerkungen|Register|"
            "Предисловие|Введение|Пролог|Эпилог|Послесловие|Приложение|Примечания"
        ).split("|"),
    )
)
_CONTENTS: Final = frozenset(
    map(
        fold,
        (
            "Contents|Table of Contents|Table des matières|Sommaire|Índice|Indice|Inhalt|Inhaltsverzeichnis|"
            "Содержание|"
            "Оглавление"
        ).split("|"),
    )
)
_APPENDIX: Final = re.compile(r"(?:appendix|annexe|apendice|appendice|anhang|приложение)\b.*[^.,;]")
_NAMED_ALL: Final = _NAMED | _CONTENTS
_CONTENTS_LINE: Final = re.compile(r"(?:\s{3,}|\.{3,}|(?:\. ){3,}|…)\s*(?:[0-9]{1,4}|[ivxlc]{1,8})\s*$")
"""A line of printed contents: a title, a gap or dots, a page."""
_LONGEST: Final = 120
_LONGEST_PLAIN: Final = 80
_MOST_LINES: Final = 3
_PROSE_WORDS: Final = 25
_WIDE_GAP: Final = 3


@dataclass(slots=True)
class Chunk:
    """Lines between blank lines, stripped, and the number of blank lines before them."""

    lines: list[str]
    gap: int

    @property
    def text(self) -> str:
        """The lines joined into one."""
        return " ".join(line.strip() for line in self.lines)

    @property
    def length(self) -> int:
        """The number of characters in all lines."""
        return sum(map(len, self.lines))


@dataclass(slots=True)
class Heading:
    """A chunk that is a heading; `chunks` is 2 where the next one is its title."""

    title: str
    rank: int
    chunks: int = 1
    number: int | None = None


def find_headings(chunks: Sequence[Chunk], known_titles: Collection[str] = ()) -> dict[int, Heading]:
    """Find the chunks that are headings, by index.

    In order of trust: a chapter word with a number ("CHAPTER IV", "Глава первая"), a title that is known
    (`known_titles`), a named part ("Preface"), numbers in sequence ("4. …", "IV"), and short isolated lines.
    A list of contents is left as text.
    """
    known = {fold(title) for title in known_titles}
    usual = _usual_gap(chunks)
    found: dict[int, Heading] = {}
    index = 0
    while index < len(chunks):
        heading = _certain(chunks, index, known)
        if heading is not None:
            found[index] = heading
            index += heading.chunks
        else:
            index += 1
    found = _without_contents(chunks, found)
    certain = sum(1 for heading in found.values() if heading.rank <= CHAPTER and heading.number is not None)
    chapters = sum(1 for heading in found.values() if heading.rank == CHAPTER and heading.number is not None)
    if certain < 2 or not chapters:
        found |= _in_sequence(chunks, found)
    least = min((chunks[index].gap for index, heading in found.items() if heading.number and index), default=_WIDE_GAP)
    _add_apart(chunks, found, usual, max(least, usual + 1))
    if certain >= 2:
        _add_small_numbers(chunks, found)
    return dict(sorted(_without_contents(chunks, found).items()))


def chapter_number(title: str) -> int | None:
    """Return the number in a heading ("Chapter IV", "4. …", "Viertes Kapitel"), or None."""
    folded = fold(title)
    if found := (_KEYWORD.match(folded) or _ORDINAL_FIRST.match(folded)):
        return number_of(found["number"]) if found["chapter"] else None
    if _BARE_NUMBER.fullmatch(folded):
        return number_of(folded)
    if found := _NUMBERED.match(title.strip()):
        return number_of(found["number"])
    return None


def is_part(title: str) -> bool:
    """Return whether a heading names a part of a book that has chapters of its own ("Part Two", "Livre I")."""
    found = _KEYWORD.match(fold(title)) or _ORDINAL_FIRST.match(fold(title))
    return found is not None and bool(found["part"])


def is_front_or_back_matter(title: str) -> bool:
    """Return whether a heading names matter before or after the chapters: a preface, notes, an index."""
    return fold(title).strip(" .:") in _NAMED_ALL


def without_number(title: str) -> str:
    """Return a heading without its chapter word and number."""
    stripped = title.strip()
    folded = fold(stripped)
    if found := (_KEYWORD.match(folded) or _ORDINAL_FIRST.match(folded)):
        return found["title"].strip()
    if found := _NUMBERED.match(stripped):
        return found["title"].strip()
    return "" if _BARE_NUMBER.fullmatch(folded) else stripped


def _usual_gap(chunks: Sequence[Chunk]) -> int:
    gaps = Counter(chunk.gap for chunk in chunks[1:])
    return gaps.most_common(1)[0][0] if gaps else 1


def _certain(chunks: Sequence[Chunk], index: int, known: Collection[str]) -> Heading | None:
    chunk = chunks[index]
    if len(chunk.lines) > _MOST_LINES or chunk.length > _LONGEST:
        return None
    folded = [fold(line) for line in chunk.lines]
    first = folded[0]
    if found := (_KEYWORD.fullmatch(first) or _ORDINAL_FIRST.fullmatch(first)):
        if sum(1 for line in folded if _KEYWORD.match(line)) > 1:
            return None
        if found["title"] and not _may_follow_number(chunk.lines[0], found):
            return None
        if (
            found.re is _ORDINAL_FIRST
            and found["title"]
            and fold(chunk.lines[0])[found.start("title") - 2] not in ".:-"
        ):
            return None
        rank = CHAPTER if found["chapter"] else PART
        heading = Heading(_joined(chunk.lines), rank, number=number_of(found["number"]))
        if not found["title"] and len(chunk.lines) == 1 and _is_title(chunks, index + 1, known):
            heading.title = _joined([chunk.text, chunks[index + 1].text])
            heading.chunks = 2
        elif found["title"] and len(found["title"]) > _LONGEST_PLAIN:
            return None
        return heading
    whole = fold(chunk.text)
    if whole in known:
        return Heading(chunk.text, CHAPTER)
    if _APPENDIX.fullmatch(whole) and chunk.length < _LONGEST_PLAIN and chunk.gap > 1:
        return Heading(chunk.text, CHAPTER)
    if whole.strip(" .:") in _NAMED_ALL and (chunk.gap > 1 or index == 0):
        return Heading(chunk.text.rstrip(" .:"), CHAPTER)
    if known and (number := _NUMBERED.match(chunk.text)) and fold(number["title"]) in known:
        return Heading(chunk.text, CHAPTER, number=number_of(number["number"]))
    return None


def _may_follow_number(line: str, found: re.Match[str]) -> bool:
    """Return whether the words after "Chapter 4" are a title, not the rest of a sentence."""
    title = found["title"]
    if title.endswith((",", ";")) or (title.endswith(".") and len(title) > _LONGEST_PLAIN // 2):
        return False
    between = fold(line)[found.end("number") : found.start("title")] if found.re is _KEYWORD else "."
    original = line.strip()[-len(title) :]
    return bool(between.strip()) or not original[:1].islower()


def _joined(lines: Sequence[str]) -> str:
    """Return number and title as one line: "Chapter I: Background"."""
    parts = [line.strip() for line in lines]
    head, *rest = parts
    for part in rest:
        head = (
            f"{head} {part}"
            if head.endswith((".", ":", "\u2014", "-")) or not _ends_in_number(head)
            else f"{head}: {part}"
        )
    return head


def _ends_in_number(text: str) -> bool:
    return number_of(text.split()[-1]) is not None


def _is_title(chunks: Sequence[Chunk], index: int, known: Collection[str]) -> bool:
    """Return whether a chunk under a bare "Chapter I" is its title: short, and followed by running text."""
    if index >= len(chunks):
        return False
    chunk = chunks[index]
    if len(chunk.lines) > 2 or chunk.length > _LONGEST_PLAIN:
        return False
    if fold(chunk.text) in known:
        return True
    if chunk.text.endswith((".", ",", ";", "”", '"')):
        return False
    folded = fold(chunk.text)
    if folded.strip(" .") in _NAMED_ALL or _BARE_NUMBER.fullmatch(folded) or _KEYWORD.match(folded):
        return False
    after = chunks[index + 1 : index + 3]
    return bool(after) and (after[0].gap > 1 or max(below.length for below in after) > chunk.length)


def _without_contents(chunks: Sequence[Chunk], found: dict[int, Heading]) -> dict[int, Heading]:
    """Drop headings with almost no text under them that occur again later: lines of a list of contents."""
    indices = sorted(found)
    last = {_likeness(found[index]): index for index in indices}
    kept = dict(found)
    for index, following in pairwise([*indices, len(chunks)]):
        heading = found[index]
        words = sum(len(chunk.text.split()) for chunk in chunks[index + heading.chunks : following])
        if words < _PROSE_WORDS and last[_likeness(heading)] != index and fold(heading.title) not in _CONTENTS:
            del kept[index]
    return kept


def _likeness(heading: Heading) -> tuple[int, str]:
    if heading.number is not None:
        return heading.rank, str(heading.number)
    return 0, fold(heading.title).strip(" .:")


def _in_sequence(chunks: Sequence[Chunk], found: dict[int, Heading]) -> dict[int, Heading]:
    """Find numbered headings ("IV", "4. Danger from Within") that count up from one, at least three of them."""
    candidates: list[tuple[int, int, Heading]] = []
    for index, chunk in enumerate(chunks):
        if index in found or len(chunk.lines) > 2 or chunk.length > _LONGEST:
            continue
        text = chunk.text
        if _CONTENTS_LINE.search(text):
            continue
        if len(chunk.lines) == 2 and _BARE_NUMBER.fullmatch(chunk.lines[0].strip()):
            text = f"{chunk.lines[0].strip(' .:)')}. {chunk.lines[1].strip()}"
        if _BARE_NUMBER.fullmatch(text) and (number := number_of(text)) is not None:
            heading = Heading(text.rstrip(" .:)"), CHAPTER, number=number)
            if _is_title(chunks, index + 1, ()):
                heading.title = f"{heading.title}. {chunks[index + 1].text}"
                heading.chunks = 2
            candidates.append((index, number, heading))
        elif (numbered := _NUMBERED.fullmatch(text)) and (number := number_of(numbered["number"])) is not None:
            title = numbered["title"]
            if len(title) <= _LONGEST_PLAIN and not title.endswith((".", ",", ";", ":")) and (chunk.gap or not index):
                candidates.append((index, number, Heading(text, CHAPTER, number=number)))
    parts = sorted(index for index, heading in found.items() if heading.rank == PART)
    if len(parts) < 2:
        best = _best_run(candidates, len(chunks))
        return {index: heading for index, _, heading in best} if len(best) >= 3 else {}
    chosen: list[tuple[int, int, Heading]] = []
    for first, end in pairwise([*parts, len(chunks)]):
        inside = [candidate for candidate in candidates if first < candidate[0] < end]
        anew = _best_run(inside, len(chunks))
        goes_on = _best_run(inside, len(chunks), chosen[-1][1] + 1 if chosen else 1)
        chosen += goes_on if len(goes_on) > len(anew) else anew
    return {index: heading for index, _, heading in chosen} if len(chosen) >= 3 else {}


def _best_run(
    candidates: Sequence[tuple[int, int, Heading]], chunks: int, begin: int = 1
) -> list[tuple[int, int, Heading]]:
    """Return the numbers that count up from `begin` and span most of the text."""
    best: list[tuple[int, int, Heading]] = []
    run: list[tuple[int, int, Heading]] = []
    for candidate in candidates:
        expected = run[-1][1] + 1 if run else begin
        if candidate[1] == expected:
            run.append(candidate)
        elif candidate[1] == begin:
            best = max(best, run, key=lambda run: _extent(run, chunks))
            run = [candidate]
    return max(best, run, key=lambda run: _extent(run, chunks))


def _extent(run: Sequence[tuple[int, int, Heading]], chunks: int) -> tuple[int, int]:
    """Return how much of the text a run of numbers spans: chapters span all of it, a numbered list only a little."""
    return (len(run), run[-1][0] - run[0][0]) if run else (0, min(chunks, 0))


def _add_apart(chunks: Sequence[Chunk], found: dict[int, Heading], usual: int, wide: int) -> None:
    """Add short isolated lines: as chapters after a wide gap, as sections after a gap wider than usual."""
    covered = {index + 1 for index, heading in found.items() if heading.chunks == 2}
    for index, chunk in enumerate(chunks):
        if index in found or index in covered or index == 0 or chunk.gap <= usual:
            continue
        if len(chunk.lines) > 2 or chunk.length > _LONGEST_PLAIN or not _looks_like_title(chunk):
            continue
        if index + 1 >= len(chunks):
            continue
        rank = CHAPTER if chunk.gap >= wide and chunk.gap >= _WIDE_GAP else SECTION
        if rank == SECTION and chunks[index + 1].gap > chunk.gap:
            continue
        found[index] = Heading(chunk.text, rank)
    # a title page is a row of such lines with nothing under them
    indices = sorted(found)
    for index, following in pairwise([*indices, len(chunks)]):
        heading = found[index]
        words = sum(len(chunks[inner].text.split()) for inner in range(index + heading.chunks, following))
        if (
            heading.number is None
            and words < _PROSE_WORDS
            and heading.rank == CHAPTER
            and fold(heading.title) not in _NAMED
        ):
            heading.rank = SECTION


def _looks_like_title(chunk: Chunk) -> bool:
    text = chunk.text
    if not text[:1].isalpha() and not text[:1].isdigit():
        return False
    if text.isupper():
        return True
    return not text.endswith((".", ",", ";", ":", "!", "?", "”", '"', ")")) and not text[:1].islower()


def _add_small_numbers(chunks: Sequence[Chunk], found: dict[int, Heading]) -> None:
    """Add bare numbers between chapters as sections ("1." in an appendix)."""
    for index, chunk in enumerate(chunks):
        if index not in found and len(chunk.lines) == 1 and _BARE_NUMBER.fullmatch(chunk.text.strip()):
            found[index] = Heading(chunk.text.strip(), SECTION)
            after = index + 1
            if (
                after < len(chunks)
                and after not in found
                and chunks[after].text.isupper()
                and chunks[after].length < _LONGEST_PLAIN
            ):
                found[index].title = f"{chunk.text.strip()} {chunks[after].text}"
                found[index].chunks = 2
