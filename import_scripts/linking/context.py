"""What stands beside a name: given names and initials, titles, determiners, quotation marks, party words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from db.given_names import given_names
from db.names import reading
from import_scripts.linking.cases import is_cyrillic, nominatives
from import_scripts.linking.forms import IS_PATRONYMIC
from import_scripts.linking.lexicon import DETERMINERS, MEN, PARTIES, TITLES, WOMEN
from import_scripts.linking.tokens import fold_word, marked

_SPACES: Final = frozenset(" \u00a0\u2009\u202f\u2060\u200b")
_HYPHENS: Final = frozenset("-\u2010\u2011")
_OPENING: Final = frozenset('"\u201c\u201e\u201d\u00ab\u00bb\u2018\u2019')
_CLOSING: Final = re.compile('[,.;!?]?["\u201d\u201c\u00bb\u00ab\u2019]')
_SENTENCE_END: Final = frozenset(".!?\u2026:")
_PARTY_BEFORE: Final = 44
_PARTY_AFTER: Final = 60
_MONTHS_AND_WORDS: Final = frozenset(
    "august may april june will rose mark frank grace hope christian art mercy paris sofia victoria".split()
)
"""Given names that are other words as well: before a surname they prove nothing against it."""


_TWO_LETTER_INITIALS: Final = frozenset("yu ya ye kh zh ch sh ts vl al ju ja je iu ia ph th".split())
_FACILITY: Final = re.compile(
    r"\s+(?:regiments?|street|avenue|prospect|square|hall|bridge|cathedral|palace|theatre|theater|college|school|"
    r"works|factory|plant|station|line|railway|barracks|hospital|museum|prize|institute|academy|rue|straße|strasse)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Left:
    """What stands before a name, and where the name begins when that is part of it."""

    start: int
    given: tuple[str, ...] = ()
    """Capitalised words right before that are given names, nearest first."""
    initials: tuple[str, ...] = ()
    title: str = ""
    determiner: str = ""
    sentence_start: bool = False


def left_of(whole: str, start: int, names: frozenset[str] = frozenset()) -> Left:
    """Look at the words before a name; `names` are folded words that count as given names of those it may mean."""
    left = Left(start)
    given: list[str] = []
    initials: list[str] = []
    at = start
    for _ in range(4):
        word, begins, dotted = _word_before(whole, at)
        if not word:
            left.sentence_start = not given and not initials and _begins_sentence(whole, start)
            break
        capital = word[0].isupper()
        if capital and dotted and (len(word) == 1 or fold_word(word) in _TWO_LETTER_INITIALS):
            initials.insert(0, word)
            at = left.start = begins
            continue
        if dotted and fold_word(word) not in TITLES:
            left.sentence_start = not given and not initials
            break
        folded = fold_word(word)
        if folded in TITLES and not given_numbers(word):
            left.title = folded
            break
        if capital and (given_numbers(word) or folded in names or IS_PATRONYMIC.search(folded)):
            given.append(folded)
            at = begins
            if folded not in _MONTHS_AND_WORDS:
                left.start = begins
            continue
        if not given and not initials and folded in DETERMINERS:
            left.determiner = folded
        break
    left.given, left.initials = tuple(given), tuple(initials)
    return left


def proves_nothing(given: str) -> bool:
    """Whether a given name is also a month or another word."""
    return given in _MONTHS_AND_WORDS


@lru_cache(maxsize=8192)
def given_numbers(word: str) -> frozenset[int]:
    """The numbers of the given names that a written word is a form of."""
    folded = fold_word(word)
    if len(folded) < 3:
        return frozenset()
    numbers = given_names(folded, reading(marked(word)))
    if not numbers and is_cyrillic(folded):
        numbers = frozenset[int]().union(*(given_names(form, reading(form)) for form in nominatives(folded)))
    return numbers


def sex_of(title: str) -> str:
    """Whom a title is for: `m`, `f` or either."""
    return "f" if title in WOMEN else "m" if title in MEN else ""


def capital_follows(whole: str, end: int) -> bool:
    """Whether another capitalised word stands right behind, as a surname does behind a given name."""
    if whole[end : end + 1] not in (" ", "-", "\u00a0"):
        return False
    following = whole[end + 1 : end + 3]
    return len(following) == 2 and following[0].isupper() and (following[1].islower() or following[1] in ".'\u2019")


def quoted_title(whole: str, start: int, end: int) -> bool:
    """Whether a name stands alone between quotation marks after an article: a ship, a train, a factory."""
    if whole[start - 1 : start] not in _OPENING or start < 2 or not _CLOSING.match(whole, end):
        return False
    word, _, _ = _word_before(whole, start - 1)
    return bool(word) and fold_word(word) in DETERMINERS


def names_a_thing(whole: str, end: int, *, named_with_article: bool) -> bool:
    """Whether what follows a name makes it that of a regiment, a street or a building.

    Without an article before the name only a capital tells *Kirov Works* from *Kirov works*.
    """
    match = _FACILITY.match(whole, end)
    return match is not None and (named_with_article or match[0].lstrip()[0].isupper())


def party_beside(whole: str, start: int, end: int) -> frozenset[str] | None:
    """The movements that a party word beside a name allows; None when there is no such word."""
    before = whole[max(0, start - _PARTY_BEFORE) : start].lower()
    if (match := _party_before().search(before)) is not None:
        return _allowed(match)
    after = whole[end : end + _PARTY_AFTER].lower()
    if (match := _party_after().match(after)) is not None:
        return _allowed(match)
    return None


@cache
def _party_before() -> re.Pattern[str]:
    alternatives = "|".join(f"(?P<p{number}>{party})" for number, (party, _) in enumerate(PARTIES))
    return re.compile(rf"\b(?:{alternatives}),?\s+(?:leader\s+|deputy\s+|comrade\s+)?$")


@cache
def _party_after() -> re.Pattern[str]:
    alternatives = "|".join(f"(?P<p{number}>{party})" for number, (party, _) in enumerate(PARTIES))
    one = rf"(?:{alternatives})(?<![si])"
    many = rf"(?:{alternatives})".replace("(?P<p", "(?P<q")
    return re.compile(rf"(?:,\s+(?:an? |the )?{one}|,?\s+(?:for|of|leader of) the {many})\b")


def _allowed(match: re.Match[str]) -> frozenset[str]:
    named = match.lastgroup or "p0"
    return PARTIES[int(named[1:])][1]


def _word_before(whole: str, end: int) -> tuple[str, int, bool]:
    """The word before a place, where it begins, and whether a full stop follows it."""
    at = end
    while at > 0 and whole[at - 1] in _SPACES and end - at < 3:
        at -= 1
    if at == end and at > 0 and whole[at - 1] in _HYPHENS:
        at -= 1
    dotted = at > 0 and whole[at - 1] == "."
    if dotted:
        at -= 1
    if at == end:
        return "", end, False
    begins = at
    while begins > 0 and whole[begins - 1].isalpha():
        begins -= 1
    return whole[begins:at], begins, dotted


def _begins_sentence(whole: str, start: int) -> bool:
    at = start
    while at > 0 and (whole[at - 1] in _SPACES or whole[at - 1] in _OPENING or whole[at - 1] == "("):
        at -= 1
    return at == 0 or whole[at - 1] in _SENTENCE_END or whole[at - 1] == "\n"
