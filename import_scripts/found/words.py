"""The word lists of a language, looked up by stem."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import snowballstemmer

FOLDER: Final = Path(__file__).resolve().parent / "lexicon"
_SNOWBALL: Final = {"en": "english", "fr": "french", "es": "spanish"}
LANGUAGES: Final = tuple(_SNOWBALL)


@dataclass(frozen=True)
class Lexicon:
    """Words by kind: `kinds` maps a stem to the kinds it belongs to; `grammar` holds plain lower-case words."""

    language: str
    kinds: dict[str, frozenset[str]]
    grammar: dict[str, frozenset[str]]

    def stem(self, word: str) -> str:
        """Return the stem of a lower-case word."""
        return _stem(self.language, word)

    def kinds_of(self, word: str) -> frozenset[str]:
        """Return the kinds of a lower-case word, none for a word in no list."""
        return self.kinds.get(word) or self.kinds.get(self.stem(word), _NONE)


_NONE: Final[frozenset[str]] = frozenset()


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(_SNOWBALL[language])


@cache
def _stem(language: str, word: str) -> str:
    return str(_stemmer(language).stemWord(word))


@cache
def lexicon(language: str) -> Lexicon:
    """Return the word lists of a language ("en", "fr", "es"); raises KeyError for one that has none."""
    if language not in _SNOWBALL:
        raise KeyError(language)
    with (FOLDER / f"{language}.toml").open("rb") as file:
        data = tomllib.load(file)
    kinds: dict[str, set[str]] = {}
    for kind, words in data["words"].items():
        for word in words.split():
            for form in (word, _stem(language, word)):
                kinds.setdefault(form, set()).add(kind)
    return Lexicon(
        language,
        {form: frozenset(found) for form, found in kinds.items()},
        {name: frozenset(words.split()) for name, words in data["grammar"].items()},
    )
