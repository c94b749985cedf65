"""The word lists of a language, looked up by stem."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import snowballstemmer

FOLDER: Final = Path(__file__).resolve().parent / "lexicon"
_SNOWBALL: Final = {"en": "english"}
LANGUAGES: Final = tuple(_SNOWBALL)


class KindTable(dict[str, frozenset[str]]):
    """Kinds of words, looked up once a word: by the word, by its stem, by its ending."""

    def __init__(self, language: str, kinds: dict[str, frozenset[str]], suffixes: dict[str, re.Pattern[str]]) -> None:
        super().__init__()
        self._language = language
        self._kinds = kinds
        self._suffixes = suffixes

    def __missing__(self, word: str) -> frozenset[str]:
        found = self._kinds.get(word) or self._kinds.get(_stem(self._language, word)) or self._by_suffix(word)
        self[word] = found
        return found

    def _by_suffix(self, word: str) -> frozenset[str]:
        return frozenset(kind for kind, pattern in self._suffixes.items() if pattern.search(word)) or _NONE


@dataclass(frozen=True)
class Lexicon:
    """A language: `table` maps a word to the kinds it belongs to, `grammar` holds plain lower-case words."""

    language: str
    table: KindTable
    """Kinds by word; `table[word]` is what `kinds_of` gives, without a call."""
    grammar: dict[str, frozenset[str]]
    roles: frozenset[str]
    subjects: frozenset[str]
    is_after: re.Pattern[str]
    apposed: re.Pattern[str]
    listed: re.Pattern[str]
    oblique: re.Pattern[str]
    after_subject: dict[str, re.Pattern[str]]
    """Features told by what follows the subject, by their names."""
    anywhere: dict[str, re.Pattern[str]]
    """Features told by a turn of phrase anywhere in the sentence, by their names."""

    def stem(self, word: str) -> str:
        """Return the stem of a lower-case word."""
        return _stem(self.language, word)

    def kinds_of(self, word: str) -> frozenset[str]:
        """Return the kinds of a lower-case word, none for a word in no list."""
        return self.table[word]


AFTER_SUBJECT: Final = ("predicate", "whose", "does")
ANYWHERE: Final = ("superlative", "impression", "comparison")
_COUNTED: Final = ("copula", "narrator", "they", "habit", "possessive", "with", "a_man_of")
"""Lists of grammar that are counted like kinds of words; their names begin with "=" among the kinds."""
_NONE: Final[frozenset[str]] = frozenset()


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_SNOWBALL[language])


@cache
def _stem(language: str, word: str) -> str:
    return str(_stemmer(language).stemWord(word))


@cache
def lexicon(language: str) -> Lexicon:
    """Return the word lists of a language ("en"); raises KeyError for one that has none."""
    if language not in _SNOWBALL:
        raise KeyError(language)
    with (FOLDER / f"{language}.toml").open("rb") as file:
        data = tomllib.load(file)
    kinds: dict[str, set[str]] = {}
    for kind, words in data["words"].items():
        for word in words.split():
            for form in (word, _stem(language, word)):
                kinds.setdefault(form, set()).add(kind)
    patterns = data["patterns"]
    grammar = {name: frozenset(words.split()) for name, words in data["grammar"].items()}
    for name in _COUNTED:
        for word in grammar[name]:
            known = kinds.get(word) or kinds.get(_stem(language, word), set())
            kinds[word] = {*known, f"={name}"}
    return Lexicon(
        language,
        KindTable(
            language,
            {form: frozenset(found) for form, found in kinds.items()},
            {kind: re.compile(pattern) for kind, pattern in data["suffixes"].items()},
        ),
        grammar,
        grammar["roles_m"] | grammar["roles_f"],
        grammar["he"] | grammar["she"] | grammar["narrator"] | grammar["article"],
        re.compile(patterns["is_after"]),
        re.compile(patterns["apposed"]),
        re.compile(patterns["listed"]),
        re.compile(patterns["oblique"]),
        {name: re.compile(patterns[name]) for name in AFTER_SUBJECT},
        {name: re.compile(patterns[name]) for name in ANYWHERE},
    )
