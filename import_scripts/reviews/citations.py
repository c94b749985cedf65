"""Page citations as reviewers write them: `(2012: 119-20)`, `(p. 447)`, `(Serge 2012, 45)`, *by page 10*."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.book import BookNote

_NUMBER: Final = r"(?:\d{1,4}|[ivxl]{1,8}(?!\w))"
_RANGE: Final = rf"{_NUMBER}(?:\s?[-\u2010-\u2014]\s?{_NUMBER})?f{{0,2}}\.?"
_RANGES: Final = rf"{_RANGE}(?:(?:\s?[,;&]\s?(?:and\s)?|\sand\s){_RANGE})*"
_PAGE_WORD: Final = (
    r"(?:pp?\.?|pgs?\.?|pages?|p\u00e1gs?\.?|p\u00e1ginas?|pagg?\.?|pagine?|S\.|Seiten?|blz\.?|"
    r"str\.?|\u0441\u0442\u0440\.?|\u0441\.)"
)
_BRACKET: Final = re.compile(r"[(\[]([^()\[\]]{1,120})[)\]]")
_YEAR_PAGES: Final = re.compile(
    rf"(?P<year>1[89]\d\d|20\d\d)[a-z]?\s*[:,;]\s*(?:{_PAGE_WORD}\s?)?(?P<pages>{_RANGES})\s*$"
)
_WORD_PAGES: Final = re.compile(rf"(?:^|[\s,;]){_PAGE_WORD}\s?(?P<pages>{_RANGES})\s*$", re.IGNORECASE)
_BARE_PAGES: Final = re.compile(rf"^\s*(?P<pages>{_RANGES})\s*$")
_YEAR_ALONE: Final = re.compile(r"^\s*(?P<year>1[89]\d\d|20\d\d)\s*$")
_IN_WORDS: Final = re.compile(
    r"\b(?:on|by|from|at|see|sur|\u00e0|en|auf|a|na|\u043d\u0430)?\s?(?:page|pages|p\u00e1gina|pagina|Seite|\u0441\u0442\u0440\u0430\u043d\u0438\u0446\u0435)"
    r"\s(?P<pages>\d{1,4}(?:\s?[-\u2013]\s?\d{1,4})?)",
    re.IGNORECASE,
)
_PAGES_IN_NOTE: Final = re.compile(rf"(?:^|[\s,;(]){_PAGE_WORD}\s?(?P<pages>{_RANGES})", re.IGNORECASE)
_PAGES_AT_END: Final = re.compile(r",\s(?P<pages>\d{1,3}(?:\s?[-\u2010-\u2014]\s?\d{1,3})?)\.?\s*$")
_YEAR_IN_NOTE: Final = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_SAME_WORK: Final = re.compile(
    r"(?:ibid(?:em)?|ebd|ebenda|idem|id|там же|op\.? ?cit|loc\.? ?cit)\b|(?:pp?|S|с|стр)\.\s?\d", re.IGNORECASE
)
"""How a note begins that cites the book of the note before."""
_SPLIT: Final = re.compile(r"\s?[,;&]\s?(?:and\s)?|\sand\s")
_NAME: Final = re.compile(r"[^\W\d_]{3,}")
_AUTHOR_HIMSELF: Final = re.compile(r"\bserge\b|\bmemoirs?\b", re.IGNORECASE)
_EDITION_WORDS: Final = frozenset(
    "edition cut from the omitted see also and cited quoted emphasis added original omission in passage".split()
)


@dataclass(frozen=True, slots=True)
class PageCitation:
    """A citation: its place in a passage, its pages in full (`119-120`), and its year if it has one.

    `other`: it cites another book. `loose`: it is in words (*by page 10*), not in brackets.
    """

    start: int
    end: int
    pages: str
    year: str = ""
    other: bool = False
    loose: bool = False


def citations_in(text: str, main_year: str) -> list[PageCitation]:
    """Return the citations of a passage, in order. `main_year` is the year with which the document cites the book."""
    found = []
    for match in _BRACKET.finditer(text):
        inside = match[1]
        if year_pages := _YEAR_PAGES.search(inside):
            year = year_pages["year"]
            names = [word for word in _NAME.findall(inside[: year_pages.start()]) if word.lower() not in _EDITION_WORDS]
            other = (bool(main_year) and year != main_year) or _names_another(names, inside)
            found.append(PageCitation(match.start(), match.end(), normal_pages(year_pages["pages"]), year, other))
        elif word_pages := _WORD_PAGES.search(inside):
            names = [word for word in _NAME.findall(inside[: word_pages.start()]) if word.lower() not in _EDITION_WORDS]
            found.append(
                PageCitation(
                    match.start(), match.end(), normal_pages(word_pages["pages"]), "", _names_another(names, inside)
                )
            )
        elif (year_alone := _YEAR_ALONE.match(inside)) and main_year and year_alone["year"] != main_year:
            found.append(PageCitation(match.start(), match.end(), "", year_alone["year"], other=True))
        elif (bare := _BARE_PAGES.match(inside)) and text[: match.start()].rstrip()[-1:] in _CLOSING_MARKS:
            found.append(PageCitation(match.start(), match.end(), normal_pages(bare["pages"])))
    found += [
        PageCitation(match.start(), match.end(), normal_pages(match["pages"]), loose=True)
        for match in _IN_WORDS.finditer(text)
        if not any(other.start <= match.start() < other.end for other in found)
    ]
    return sorted(found, key=lambda citation: citation.start)


_CLOSING_MARKS: Final = frozenset("\u201d\"\u00bb\u2019'.")


def citations_of_notes(notes: Sequence[BookNote], main_year: str) -> dict[str, PageCitation]:
    """Return what footnotes cite, by their key: *Serge, Memoirs, p. 84*, then *Ibid., p. 163* or *p. 90* of the same.

    A note that names no page is left out; one on another book has `other`, and so have those that go on from it.
    """
    found: dict[str, PageCitation] = {}
    other = False
    for note in notes:
        begins = note.text.lstrip(" .0123456789")
        same = bool(_SAME_WORK.match(begins))
        if not same:
            other = not _AUTHOR_HIMSELF.search(begins) and bool(_NAME.search(_PAGES_IN_NOTE.sub("", begins)))
        pages = _PAGES_IN_NOTE.search(begins) or _PAGES_AT_END.search(begins)
        if pages is None:
            continue
        year = next((found[1] for found in _YEAR_IN_NOTE.finditer(begins)), "")
        elsewhere = other or bool(year and main_year and year != main_year and not same)
        found[note.key] = PageCitation(0, 0, normal_pages(pages["pages"]), year, elsewhere)
    return found


def main_year_of(texts: Iterable[str]) -> str:
    """Return the year that a document cites most often; empty if it cites without years."""
    years: Counter[str] = Counter()
    for text in texts:
        for match in _BRACKET.finditer(text):
            if found := _YEAR_PAGES.search(match[1]):
                years[found["year"]] += 1
    return years.most_common(1)[0][0] if years else ""


def normal_pages(pages: str) -> str:
    """Return pages in full: `407-08` becomes `407-408`; several are separated by commas."""
    return ", ".join(_normal_range(part.strip(" .f")) for part in _SPLIT.split(pages) if part.strip(" .f"))


def _normal_range(part: str) -> str:
    ends = re.split(r"\s?[-\u2010-\u2014]\s?", part)
    if len(ends) != 2:
        return part
    first, last = ends
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}-{last}"


def _names_another(names: list[str], inside: str) -> bool:
    return bool(names) and not _AUTHOR_HIMSELF.search(inside)
