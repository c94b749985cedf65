"""Which passage has which term: organisations, words of the time and places, by their names in the text's language."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.models import Term

TermMentioned = tuple[int, int, int, str]
"""Passage, start, end, term."""
_ENDING: Final = re.compile(r"[аеёиоуыэюяьй]+$")
_SHORTEST_STEM: Final = 4
_SPACES: Final = re.compile(r"\s+")
_APOSTROPHES: Final = "['’‘ʼ]"
_HYPHENS: Final = "[-‐‑–]"
_QUOTES: Final = "«»“”„"
_TOKEN: Final = re.compile(r"\w+")
_SMALL: Final = "a-zß-öø-ÿа-џ"
_BEGINNING: Final = 3
"""Characters of a declined word by which names are looked up; in other languages the whole word."""
_KNOWN: Final = frozenset("en fr es it de ru".split())


class TermLinker:
    """Finds terms in passages. Built once for a list of terms and the language of a text.

    A name counts as it is written, capitals included, so that "opposition" is no Opposition; one that begins with a
    small letter may begin a sentence with a capital. Russian names may be declined. Of two names in one place the
    longer one wins.
    """

    def __init__(self, terms: Iterable[Term], language: str = "") -> None:
        spoken = language.split("-")[0].lower()
        names: defaultdict[str, set[str]] = defaultdict(set)
        for term in terms:
            for text in _names_of(term, spoken):
                names[text.strip(_QUOTES)].add(term.key)
        self._length = _BEGINNING if spoken == "ru" else None
        self._beginnings: defaultdict[str, list[tuple[re.Pattern[str], str]]] = defaultdict(list)
        for text, keys in sorted(names.items(), key=lambda pair: (-len(pair[0]), pair[0])):
            # A name that two terms have says nothing: neither is linked.
            first = _TOKEN.search(text)
            if len(keys) > 1 or first is None:
                continue
            entry = (re.compile(rf"{_pattern(text, spoken)}(?!\w)"), next(iter(keys)))
            word = first.group()
            for written in {word, word[0].upper() + word[1:]} if word[0].islower() else {word}:
                self._beginnings[written[: self._length]].append(entry)

        # Most words of a text begin with a small letter and no name does: they are passed over by the pattern itself.
        small = "|".join(sorted(re.escape(word) for word in self._beginnings if not word[0].isupper())) or r"(?!)"
        self._token = re.compile(rf"(?<!\w)(?:[^\W\d_{_SMALL}]\w*|(?:{small})\w*)")

    def mentions(self, texts: Sequence[str], people: Iterable[tuple[int, int, int]] = ()) -> list[TermMentioned]:
        """Return where passages have terms, in order.

        `people` are passage, start and end of names of persons: these win over terms.
        """
        beginnings, length = self._beginnings, self._length
        taken: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for passage, start, end in people:
            taken[passage].append((start, end))
        found: list[TermMentioned] = []
        for passage, text in enumerate(texts):
            at = 0
            for token in self._token.finditer(text):
                entries = beginnings.get(token.group()[:length] if length else token.group())
                if entries is None or (start := token.start()) < at:
                    continue
                for pattern, term in entries:
                    match = pattern.match(text, start)
                    if match is None:
                        continue
                    end = match.end()
                    if not any(start < last and first < end for first, last in taken.get(passage, ())):
                        found.append((passage, start, end, term))
                        at = end
                        break
        return found


def _names_of(term: Term, language: str) -> Iterable[str]:
    """Names that a text in a language may use: the term's own and those of the language; of an unknown one, all."""
    yield term.name
    spoken = {alias.language for alias in term.aliases}
    wanted = {language} if language in spoken else spoken if language not in _KNOWN else {"en"}
    for alias in term.aliases:
        if alias.language in wanted:
            yield alias.text


def _pattern(name: str, language: str) -> str:
    """Regular expression for a name; everything in it is taken literally but spaces, apostrophes, hyphens, endings."""
    words = _SPACES.split(name.strip())
    return r"\s+".join(_word(word, language, first=not number) for number, word in enumerate(words))


def _word(word: str, language: str, *, first: bool) -> str:
    stem = _ENDING.sub("", word) if language == "ru" else word
    declined = language == "ru" and len(stem) >= _SHORTEST_STEM and re.fullmatch(r"[а-яё-]+", stem, re.IGNORECASE)
    literal = re.escape(stem if declined else word)
    literal = re.sub(r"'|’", _APOSTROPHES, literal).replace(r"\-", _HYPHENS)
    if first and word[:1].islower():
        literal = f"(?:{re.escape(word[0])}|{re.escape(word[0].upper())}){literal[len(re.escape(word[0])) :]}"
    return f"{literal}[а-яё]{{0,4}}" if declined else literal
