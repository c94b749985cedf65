"""Find a book's own index, glossary and lists of names, and read their entries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from db.text import fold
from import_scripts.linking.context import given_numbers
from import_scripts.linking.forms import IS_PATRONYMIC
from import_scripts.linking.tokens import fold_word, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.book import Book

_TITLE: Final = re.compile(
    "(?:"
    + "|".join(
        map(
            fold,
            (
                "(?:(?:general|name|analytical|select) )?index(?: of (?:names|persons|people|proper names))?",
                "(?:(?:biographical|short|select) )?glossary(?: of (?:names|persons|people|terms|names and terms))?",
                "who's who|who was who|(?:list|register) of (?:names|persons|people)|biographical (?:notes|sketches)",
                "dramatis personae|(?:list of )?(?:principal )?characters",
                "index (?:des noms|des personnes|nominum|général)(?: (?:propres|de personnes|cités))?|glossaire",
                "notices biographiques|répertoire(?: des noms| biographique)?",
                "índice (?:onomástico|de nombres|alfabético)|glosario(?: de nombres| biográfico)?|notas biográficas",
                "indice (?:dei nomi|analitico|onomastico)|glossario|note biografiche",
                "(?:personen|namen|sach)(?:register|verzeichnis)|register|glossar|biographische notizen",
                "(?:именной |предметный )?указатель(?: имен)?|глоссарий|словарь имен|биографический указатель",
                "índice|indice",
            ),
        )
    )
    + ")"
)
"""Titles of indexes, glossaries and lists of names, folded; the text below decides whether it really is one."""
_PAGE: Final = r"(?:\d{1,4}(?:\s?[-–—]\s?\d{1,4})?|[ivxlc]{1,7})(?:n{1,2}\.?\s?\d*|ff?\.?)?(?!\w)"
_INDEX_ENTRY: Final = re.compile(
    rf"(?P<head>[^\d;:]{{2,90}}?)[,:.]?\s+(?P<pages>{_PAGE}(?:[,;]\s*{_PAGE})*)(?=[\s.;,]|$)"
)
_SEE: Final = re.compile(
    r"(?P<head>[^\d;:.]{2,80}?)[,.:]?\s+\(?(?:see(?: also)?|voir|véase|ver|vedi|siehe|s\.|см\.)\s", re.IGNORECASE
)
_GLOSSARY_ENTRY: Final = re.compile(
    r"(?P<head>[^.;:()\[\]]{2,90}?)\s*(?:[(\[](?P<inside>[^)\]]{1,60})[)\]])?\s*[.,:;–—-]\s*(?P<line>\S.*)", re.DOTALL
)
_LIFE: Final = re.compile(
    r"(?<!\d)(1[5-9]\d\d|\?)\s*[-–—]\s*(1[5-9]\d\d|20\d\d|\?|)(?!\d)|\b(?:b|born|né|née|geb|род)\.? 1[5-9]\d\d"
)
_INITIAL_LAST: Final = re.compile(r"(?<!\w)\w{1,2}\.$")
_SHORT_OF_A_NAME: Final = re.compile(r"(?!(?:de|du|di|von|van|la|le|ben|al|d['’])\W?)[^A-ZÀ-ÖØ-ÞĀ-ŽЀ-Я«\"“‘]")
"""The beginning of a sub-entry: *death of*, *and Lenin*."""
_PROSE: Final = re.compile(
    r"\b(?:was|were|had|is|are|he|she|they|we|it|said|est|était|fut|era|fue|war|wurde|был|была|есть)\b|\bI [a-z]"
)
_PARTICLE: Final = frozenset("de du von van der la le di da al ben d'".split())
_LONGEST_LIFE: Final = 105
_SHORTEST_LIFE: Final = 16
_LEAST_ENTRIES: Final = 3
_SURE_ENTRIES: Final = 20
_LIKE_ENTRIES: Final = 0.5
_NOTHING_ELSE: Final = 0.9
_MOST_GIVEN: Final = 4
_MOST_PERSON_WORDS: Final = 3
_SHORTEST_TITLE: Final = 4

Sort = Literal["person", "term"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an index or a glossary: a person or something else, as far as the line shows.

    `head` is the name the entry is sorted by, `given` the given names or initials after it, `pages` the page numbers as
    printed, `years` and `line` what a glossary adds.
    """

    passage: int
    head: str
    given: str = ""
    sort: Sort = "term"
    pages: str = ""
    years: str = ""
    line: str = ""

    @property
    def name(self) -> str:
        """The name in reading order: *Ivan Petrovich Belov*."""
        return f"{self.given} {self.head}".strip()


@dataclass(slots=True)
class BackMatter:
    """The passages of a book that belong to an index, glossary or list of names, and their entries."""

    passages: frozenset[int] = frozenset()
    entries: list[Entry] = field(default_factory=list)

    def evidence_texts(self, texts: Sequence[str]) -> list[str]:
        """Return the passages for the linker: in the back matter only the names are left, in reading order."""
        if not self.passages:
            return list(texts)
        names: dict[int, list[str]] = {}
        for entry in self.entries:
            if entry.sort == "person" and entry.given:
                names.setdefault(entry.passage, []).append(entry.name)
        return [
            "; ".join(names.get(passage, ())) if passage in self.passages else text
            for passage, text in enumerate(texts)
        ]

    def without(self, texts: Sequence[str]) -> list[str]:
        """Return the passages, with those of the back matter emptied."""
        return ["" if passage in self.passages else text for passage, text in enumerate(texts)]

    def people(self) -> dict[str, Entry]:
        """Return the people named, by folded surname; of several entries for one surname, the most informative."""
        people: dict[str, Entry] = {}
        for entry in self.entries:
            if entry.sort == "person" and (words := words_of(entry.head)):
                key = words[-1]
                if key not in people or len(entry.name) > len(people[key].name):
                    people[key] = entry
        return people

    def terms(self) -> frozenset[str]:
        """Return the folded heads of entries that are not people."""
        people = self.people()
        heads = {" ".join(words_of(entry.head)) for entry in self.entries if entry.sort == "term"}
        return frozenset(head for head in heads if head not in people)


def find_back_matter(book: Book) -> BackMatter:
    """Find the index, the glossary and lists of names of a book.

    A title alone proves nothing ("The Index" may be a chapter about forbidden books), nor do a few short lines without
    one: most paragraphs must read like entries. A title may also be a line inside a chapter.
    """
    passages: set[int] = set()
    entries: list[Entry] = []
    first = 0
    for chapter in book.chapters:
        texts = [block.text for block in chapter.blocks]
        start = 0 if is_title(chapter.title) else None
        if start is None:
            start = next((at + 1 for at, text in enumerate(texts) if is_title(text)), None)
        for begins, least, share in _stretches(texts, start):
            found = _entries_of(texts[begins:], first + begins)
            lines = sum(1 for text in texts[begins:] if len(text.strip()) >= _SHORTEST_TITLE and not is_title(text))
            with_entries = len({entry.passage for entry in found})
            if len(found) >= least and with_entries >= share * lines:
                passages.update(range(first + begins, first + len(texts)))
                entries += found
                break
        first += len(texts)
    return BackMatter(frozenset(passages), _told_elsewhere(entries))


def is_title(text: str) -> bool:
    """Return whether a line is the title of an index, a glossary or a list of names."""
    return len(text) < 60 and _TITLE.fullmatch(fold(text).strip(" .:")) is not None


def _stretches(texts: Sequence[str], titled: int | None) -> Iterable[tuple[int, int, float]]:
    """Yield where back matter may begin, how many entries prove it, and what share of the paragraphs they must be."""
    if titled is not None:
        yield titled, _LEAST_ENTRIES, _LIKE_ENTRIES
    elif len(texts) >= _SURE_ENTRIES and sum(text[-1:].isdigit() for text in texts) >= _LIKE_ENTRIES * len(texts):
        yield 0, _SURE_ENTRIES, _NOTHING_ELSE


def _told_elsewhere(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries; one whose head another entry (of the glossary, say) proves a surname becomes a person's."""
    surnames = {fold(entry.head) for entry in entries if entry.sort == "person"}
    told = []
    for entry in entries:
        surname, _, given = entry.head.partition(",")
        if entry.sort == "term" and fold(surname) in surnames and (not given or _is_given(given, proven=True)):
            told.append(replace(entry, head=surname, given=given.strip(), sort="person"))
        else:
            told.append(entry)
    return told


def _entries_of(texts: Sequence[str], first: int) -> list[Entry]:
    listed = [(passage, line) for passage, text in enumerate(texts, first) for line in text.splitlines()]
    index = [entry for passage, line in listed for entry in _index_entries(passage, line.strip())]
    glossary = [
        entry
        for passage, text in enumerate(texts, first)
        if (entry := _glossary_entry(passage, " ".join(text.split()))) is not None
    ]
    if len({entry.passage for entry in index}) >= _LIKE_ENTRIES * max(1, len(glossary)):
        return index
    return glossary


def _index_entries(passage: int, line: str) -> list[Entry]:
    """Return the entry at the head of a line, and further ones if the importer joined the lines of an index."""
    entries: list[Entry] = []
    at = 0
    while match := _INDEX_ENTRY.match(line, at):
        head = _bare(match["head"])
        if _SHORT_OF_A_NAME.match(head) is None:
            entries.append(_entry(passage, head, pages=match["pages"]))
        elif not entries:
            break
        at = match.end()
        while at < len(line) and line[at] in " .;,":
            at += 1
    if not entries and (match := _SEE.match(line)) and line[:1].isupper():
        entries.append(_entry(passage, _bare(match["head"])))
    # Sentences contain numbers too ("In the spring of 1919 …"): in an index only names come before the pages.
    return [] if any(_PROSE.search(entry.head) for entry in entries) else entries


def _glossary_entry(passage: int, text: str) -> Entry | None:
    match = _GLOSSARY_ENTRY.match(text)
    if match is None or _SHORT_OF_A_NAME.match(match["head"]) or _PROSE.search(match["head"]):
        return None
    head, inside, line = match["head"].strip(" ,"), match["inside"] or "", match["line"].strip()
    comma = re.match(r"[^.;:()]{2,60}", text)
    if "," not in head and comma is not None and "," in comma[0]:  # the shortest head ends before the given name
        whole = comma[0].strip()
        surname, _, rest = whole.partition(",")
        given = rest.strip()
        after = text[comma.end() :]
        bracket = re.match(r"\s*[(\[]([^)\]]{1,60})[)\]]", after)
        if _is_given(given, proven=bracket is not None and _lived(bracket[1])):
            head = f"{surname.strip()}, {given}"
            inside = bracket[1] if bracket else inside
            line = after[bracket.end() if bracket else 0 :].lstrip(" .,:;–—-")
    if len(head.split()) > 8:
        return None
    return _entry(passage, head, years=inside, line=line)


def _entry(passage: int, head: str, *, pages: str = "", years: str = "", line: str = "") -> Entry:
    bracket = re.search(r"\s*[(\[]([^)\]]*)[)\]]", head)
    if bracket:
        years = years or bracket[1]
        head = (head[: bracket.start()] + head[bracket.end() :]).strip(" ,")
    surname, comma, rest = head.partition(",")
    given = rest.strip()
    lived = _lived(years)
    if comma and _is_given(given, proven=lived):
        return Entry(passage, surname.strip(), given, "person", pages, years, line)
    if lived and len(head.split()) <= _MOST_PERSON_WORDS:
        *before, last = head.split()
        given = " ".join(before) if before and _is_given(" ".join(before)) else ""
        return Entry(passage, last if given else head, given, "person", pages, years, line)
    return Entry(passage, head, "", "term", pages, years, line)


def _bare(head: str) -> str:
    """Return the head of an entry without trailing punctuation; an initial keeps its full stop."""
    head = head.strip(" ,;")
    return head if _INITIAL_LAST.search(head) else head.rstrip(" .,;")


def _is_given(text: str, *, proven: bool = False) -> bool:
    """Return whether the text after a comma consists only of given names or initials.

    A known given name, a patronymic or an initial proves it (*Army, Red* is no person); with `proven`, any name does.
    """
    words = text.replace(".", ". ").split()
    if not 0 < len(words) <= _MOST_GIVEN:
        return False
    proves = proven
    for word in words:
        bare = word.strip(".,")
        if not bare or fold_word(bare) in _PARTICLE:
            continue
        if not bare[0].isupper() or not all(part.isalpha() for part in re.split("[-'’]", bare)):
            return False
        is_initial = word.endswith(".") and len(bare) <= 2
        proves = proves or is_initial or bool(given_numbers(bare)) or bool(IS_PATRONYMIC.search(fold_word(bare)))
    return proves


def _lived(years: str) -> bool:
    """Return whether years in brackets are those of a life, not of an institution."""
    match = _LIFE.search(years)
    if match is None:
        return False
    born, died = match[1], match[2]
    if born and died and born.isdigit() and died.isdigit():
        return _SHORTEST_LIFE <= int(died) - int(born) <= _LONGEST_LIFE
    return True
