"""Which terms a text of the study pack names: organisations, words of the time and places, by their English names."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.models import Term

_WORD: Final = re.compile(r"\w+")


def english_names(term: Term) -> frozenset[str]:
    """Return the names under which an English text has a term, without those that somebody or something else has."""
    shared = {alias.text for alias in term.aliases if alias.shared}
    return frozenset({term.name, *(alias.text for alias in term.aliases if alias.language == "en")} - shared)


class TermNames:
    """Finds terms in texts that are written in English, as the pack's own are.

    A name counts as it is written, capitals included; of two in one place the longer one wins. A name that two terms
    have, or a term and a person, says nothing.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        bearers: defaultdict[str, set[str]] = defaultdict(set)
        for term in terms:
            for name in english_names(term):
                bearers[_straight(name)].add(term.key)
        self._names: defaultdict[str, list[tuple[str, int, str]]] = defaultdict(list)
        for name in sorted(bearers, key=lambda one: (-len(one), one)):
            first = _WORD.search(name)
            if first is not None and len(bearers[name]) == 1:
                self._names[first.group()].append((name, first.start(), next(iter(bearers[name]))))

    def found_in(self, text: str) -> tuple[str, ...]:
        """Return the keys of the terms in a text, each once, in the order in which they come."""
        whole = _straight(text)
        found: dict[str, None] = {}
        at = 0
        for word in _WORD.finditer(whole):
            if word.start() < at:
                continue
            for name, before, key in self._names.get(word.group(), ()):
                end = word.start() - before + len(name)
                if whole.startswith(name, word.start() - before) and not whole[end : end + 1].isalnum():
                    found[key] = None
                    at = end
                    break
        return tuple(found)


def _straight(text: str) -> str:
    return text.replace("’", "'")
