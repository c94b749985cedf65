"""What a person types into a search box, understood: words, phrases, what must not be there, what must be near.

Nothing typed can break a query: every word is quoted for FTS5, so that no character is ever an operator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from db.text import fold, fold_with_map, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_TERMS: Final = 24
"""Terms of a query that are looked at; FTS5 takes no expression of any depth."""
NEAR_WORDS: Final = 10
"""How many words may stand between two that are near each other, unless the query says how many."""

_TERM: Final = re.compile(r'(-?)"([^"]*)(?:"|$)|(\S+)')
_WORD: Final = re.compile(r"[^\W_]+")
_NEAR: Final = re.compile(r"near(?:/(\d{1,3}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that must follow each other; with `prefix` the last one may be the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False

    def fts(self, variants: Callable[[str], Iterable[str]] | None = None) -> str:
        """The term as FTS5 wants it; a single word with its variants beside it."""
        written = f'"{" ".join(self.words)}"' + ("*" if self.prefix else "")
        if variants is None or len(self.words) > 1:
            return written
        others = [f'"{variant}"' for variant in variants(self.words[0]) if _WORD.fullmatch(variant)]
        return f"({' OR '.join([written, *others])})" if others else written


@dataclass(frozen=True, slots=True)
class Near:
    """Terms with at most `distance` words between them."""

    terms: tuple[Term, Term]
    distance: int


@dataclass(frozen=True, slots=True)
class Query:
    """What is wanted, all of it, and what is not."""

    wanted: tuple[Term | Near, ...]
    unwanted: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is wanted."""
        return bool(self.wanted)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term wanted, in order."""
        return tuple(term for part in self.wanted for term in (part.terms if isinstance(part, Near) else (part,)))

    def fts(self, variants: Callable[[str], Iterable[str]] | None = None, *, every: bool = True) -> str:
        """The query for FTS5; empty when nothing is wanted. `every` false: any of the terms is enough."""
        parts = []
        for part in self.wanted:
            if isinstance(part, Near):
                first, second = (term.fts() for term in part.terms)
                parts.append(f"NEAR({first} {second}, {part.distance})")
            else:
                parts.append(part.fts(variants))
        if not parts:
            return ""
        joined = f"({(' AND ' if every else ' OR ').join(parts)})"
        return joined + "".join(f" NOT {term.fts()}" for term in self.unwanted)

    def matches(self, text: str) -> bool:
        """Whether a short text has every term wanted, each at the beginning of a word, and none unwanted."""
        folded = _searchable(text)
        return all(_found(term, folded) for term in self.terms) and not any(
            _found(Term((*term.words[:-1], f"{term.words[-1]} ")), folded) for term in self.unwanted
        )

    def replaced(self, word: str, other: Sequence[str]) -> Query:
        """The same query with other words, one after another, in the place of a word."""

        def mend(term: Term) -> Term:
            if word not in term.words:
                return term
            at = term.words.index(word)
            prefix = term.prefix and at < len(term.words) - 1
            return Term((*term.words[:at], *other, *term.words[at + 1 :]), prefix)

        return Query(
            tuple(
                Near((mend(part.terms[0]), mend(part.terms[1])), part.distance)
                if isinstance(part, Near)
                else mend(part)
                for part in self.wanted
            ),
            self.unwanted,
        )

    @property
    def text(self) -> str:
        """Written as a person would type it."""

        def written(term: Term) -> str:
            return term.words[0] if len(term.words) == 1 else f'"{" ".join(term.words)}"'

        parts = [
            f"{written(part.terms[0])} near {written(part.terms[1])}" if isinstance(part, Near) else written(part)
            for part in self.wanted
        ]
        return " ".join([*parts, *(f"-{written(term)}" for term in self.unwanted)])


def parse_query(typed: str) -> Query:
    """Understand what was typed.

    Words must all be there; `"…"` is a phrase; `-word` must not be there; `a near b` and `a near/5 b` must be near each
    other; the last word also matches as a beginning while it is being typed.
    """
    typed = sanitise_line(typed) + (" " if typed[-1:].isspace() else "")
    wanted: list[Term | Near] = []
    unwanted: list[Term] = []
    distance: int | None = None
    matches = list(_TERM.finditer(typed))[:MOST_TERMS]
    for number, match in enumerate(matches):
        minus, phrase, bare = match.groups()
        if bare is not None:
            near = _NEAR.fullmatch(bare)
            if near and number + 1 < len(matches) and wanted and isinstance(wanted[-1], Term):
                distance = min(int(near[1] or NEAR_WORDS), 100)
                continue
            minus = "-" if bare.startswith("-") and len(bare) > 1 else ""
            phrase = bare[1:] if minus else bare
        words = tuple(words_of(phrase))[:MOST_TERMS]
        if not words:
            continue
        last = match.end() == len(typed) and typed[-1:].isalnum()
        term = Term(words, prefix=last and not minus)
        if minus:
            unwanted.append(Term(words))
        elif distance is not None and wanted and isinstance(wanted[-1], Term):
            wanted[-1] = Near((wanted[-1], term), distance)
        else:
            wanted.append(term)
        distance = None
    return Query(tuple(wanted), tuple(unwanted))


def words_of(text: str) -> list[str]:
    """The folded words of a text, as they are searched for."""
    return _WORD.findall(fold(text))


def stretches(text: str, terms: Iterable[Term]) -> tuple[tuple[int, int], ...]:
    """Where terms stand in a text, each at the beginning of a word, as sorted offsets that do not overlap."""
    folded, origin = fold_with_map(text)
    found: list[tuple[int, int]] = []
    for term in terms:
        pattern = r"[\W_]+".join(map(re.escape, term.words))
        for match in re.finditer(rf"(?<![^\W_]){pattern}", folded):
            found.append((origin[match.start()], origin[match.end() - 1] + 1))  # noqa: PERF401
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return tuple(apart)


@lru_cache(maxsize=4096)
def _searchable(text: str) -> str:
    """A short text ready to be searched: with each key the same ones are asked for again."""
    return f" {' '.join(words_of(text))} "


def _found(term: Term, searchable: str) -> bool:
    return f" {' '.join(term.words)}" in searchable
