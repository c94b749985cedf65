"""Normalise a query or a name into words, each folded, with what folding loses kept beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from db.text import fold

MAX_QUERY: Final = 120
"""Letters of a query that are looked at; nobody's name is longer."""
MAX_WORDS: Final = 8

# A letter or digit, then letters, digits, combining marks (European, Hebrew, Arabic, Indic) and the marks that stand
# for a soft or hard sign or an elided vowel when another letter follows or the word ends with them.
_WORD: Final = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff]|['\u2019\u02bc\u02b9\u2032`\u00b4\u02ba\"]+(?=[^\W_]))*"
)
_SIGNS: Final = dict.fromkeys(map(ord, "'\u2019\u2018\u02bc\u02b9\u2032`\u00b4\u02ba\"\u0361"))
_POSSESSIVE: Final = re.compile(r"(?<=\w\w)['\u2019]s$")
NUMERAL: Final = re.compile(r"[ivx]+")
_ORDINALS: Final = {
    **dict.fromkeys("first premier erste primero primo первый".split(), "i"),
    **dict.fromkeys("second deux zweite segundo secondo второй".split(), "ii"),
    **dict.fromkeys("third trois dritte tercero terzo третий".split(), "iii"),
}

ARTICLES: Final = frozenset("the an le la les el los las il lo der die das un une".split())
TITLES: Final = frozenset(
    """who whos is was are were that this of and by to about comrade citizen genosse camarade companero kamerad
    tovarishch товарищ general marshal admiral captain colonel commissar marechal amiral capitaine генерал
    маршал адмирал
    doctor dr professor prof mr mrs miss ms mme mlle monsieur madame herr frau senor senora don sir lord lady
    prince princess count countess baron furst furstin graf prinz князь граф барон tsar czar zar tzar emperor
    empereur kaiser царь император von van de der den du da di del saint st young old called named author poet
    writer qui wer ist кто такой такая""".split()
)
"""Words that do not help to find a person; they count only if they are part of a name."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its folded form, its form with diacritics, and its place in the text."""

    folded: str
    marked: str
    start: int
    end: int
    is_initial: bool = False
    """Written as an initial: one letter, or up to three before a full stop (`L.`, `Kh.`)."""
    is_joined: bool = False
    """Two words as typed, tried as one."""
    is_owner: bool = False
    """Written as a possessive (*Lenin's*): with more words, somebody else is meant."""


def words(text: str) -> list[Word]:
    """Return the words of a text; apostrophes and transliterated signs in a word are dropped, hyphens separate."""
    text = text[:MAX_QUERY] if len(text) > MAX_QUERY else text
    found: list[Word] = []
    for match in _WORD.finditer(text):
        folded, marked = _forms(match[0])
        if not folded:
            continue
        dotted = text[match.end() : match.end() + 1] == "."
        initial = len(folded) == 1 or (dotted and len(folded) <= 3)
        owner = bool(_POSSESSIVE.search(match[0]))
        found.append(Word(folded, marked, match.start(), match.end(), initial, is_owner=owner))
    return found


def plain_words(text: str) -> list[tuple[str, str]]:
    """Return the folded form and the form with diacritics of each word: all that an index of names needs."""
    parts = text.split()
    if text.isascii() and all(map(str.isalnum, parts)):
        return [_forms(part) for part in parts]
    return [forms for part in _WORD.findall(text) if (forms := _forms(part))[0]]


def query_words(query: str) -> list[Word]:
    """Return the words of a query that may name somebody: at most `MAX_WORDS`, ordinals in words as numerals."""
    found = words(" ".join(query[: 4 * MAX_QUERY].split()))[:MAX_WORDS]
    return [
        Word(numeral, numeral, word.start, word.end) if (numeral := _ORDINALS.get(word.folded)) else word
        for word in found
    ]


@lru_cache(maxsize=16_384)
def _forms(text: str) -> tuple[str, str]:
    if text.isascii() and text.isalnum():
        lowered = text.casefold()
        return lowered, lowered
    text = _POSSESSIVE.sub("", text).translate(_SIGNS)
    return fold(text).translate(_SIGNS), unicodedata.normalize("NFC", text.casefold())


@lru_cache(maxsize=2048)
def whole_words(text: str) -> tuple[Word, ...]:
    """Return `words` of a text, cached: the same spellings are shown again and again."""
    return tuple(words(text))


def in_latin(query: str) -> str | None:
    """Return a query of another script in Latin letters (by `anyascii`), or None if it is in Latin or Cyrillic.

    A Chinese name becomes a surname of one syllable and the rest, as it is written in pinyin.
    """
    if not _OTHER_SCRIPT.search(query):
        return None
    from anyascii import anyascii

    parts = []
    for part in query.split():
        latin = anyascii(part)
        if _IDEOGRAPHS.search(part):
            syllables = re.findall("[A-Z][a-z]*", latin)
            latin = " ".join([*syllables[:1], "".join(syllables[1:])])
        parts.append(latin)
    return " ".join(parts).casefold()


# Greek; everything after Cyrillic but the Latin and Greek letters with diacritics, and punctuation.
_OTHER_SCRIPT: Final = re.compile("[\u0370-\u03ff\u0530-\u1dff\u1f00-\u1fff\u2c00-\ud7ff\uf900-\ufdff]")
_IDEOGRAPHS: Final = re.compile("[\u4e00-\u9fff]")
