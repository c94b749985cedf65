"""What a person types into a search box, understood: words, phrases, what must not be there, what must be near.

Nothing typed can break a query: every word is quoted for FTS5, so that no character is ever an operator.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from db.text import fold, fold_with_map, in_original, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_TERMS: Final = 24
"""Terms of a query that are looked at; FTS5 takes no expression of any depth."""
NEAR_WORDS: Final = 10
"""How many words may stand between two that are near each other, unless the query says how many."""

_TERM: Final = re.compile(r'(-?)"([^"]*)(?:"|$)|(near\([^()]*\)?)(?=\s|$)|(\S+)', re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+")
_NEAR: Final = re.compile(r"near(?:/(\d{1,3}))?", re.IGNORECASE)
_DISTANCE: Final = re.compile(r",\s*(\d{1,3})\s*\)?$")
_QUOTATION_MARKS: Final = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'))
MOST_NEAR: Final = 144
"""Ways in which the forms of words that are near each other are put together; FTS5 wants each written out."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that must follow each other; with `prefix` the last one may be the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False

    def fts(self, variants: Callable[[str], Iterable[str]] | None = None) -> str:
        """The term as FTS5 wants it; a single word with its variants beside it."""
        forms = self.forms(variants)
        return f"({' OR '.join(forms)})" if len(forms) > 1 else forms[0]

    def forms(self, variants: Callable[[str], Iterable[str]] | None = None) -> list[str]:
        """The term as FTS5 wants it, then the variants of a single word."""
        written = f'"{" ".join(self.words)}"' + ("*" if self.prefix else "")
        if variants is None or len(self.words) > 1:
            return [written]
        return [written, *(f'"{variant}"' for variant in variants(self.words[0]) if _WORD.fullmatch(variant))]

    def places(self, words: Sequence[str]) -> list[int]:
        """Where among the words of a text the term begins; the last word may be a beginning."""
        length = len(self.words)
        *before, last = self.words
        return [
            at
            for at in range(len(words) - length + 1)
            if words[at + length - 1].startswith(last) and list(words[at : at + length - 1]) == before
        ]


@dataclass(frozen=True, slots=True)
class Near:
    """Two terms or more, in any order, with at most `distance` words between them altogether."""

    terms: tuple[Term, ...]
    distance: int

    def fts(self, variants: Callable[[str], Iterable[str]] | None = None) -> str:
        """As FTS5 wants it. Its NEAR takes no alternatives, so every way of putting forms together is written out."""
        forms_each = max(1, int(MOST_NEAR ** (1 / len(self.terms)) + 1e-9))
        ways = product(*(term.forms(variants)[:forms_each] for term in self.terms))
        written = [f"NEAR({' '.join(way)}, {self.distance})" for way in ways]
        return f"({' OR '.join(written)})" if len(written) > 1 else written[0]

    def matches(self, words: Sequence[str]) -> bool:
        """Whether the terms stand so near each other among the words of a short text."""
        held = sum(len(term.words) for term in self.terms)
        return any(
            max(at + len(term.words) for at, term in zip(places, self.terms, strict=True)) - min(places) - held
            <= self.distance
            for places in islice(product(*(term.places(words) for term in self.terms)), 1000)
        )


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
        parts = [part.fts(variants) for part in self.wanted]
        if not parts:
            return ""
        joined = f"({(' AND ' if every else ' OR ').join(parts)})"
        return joined + "".join(f" NOT {term.fts()}" for term in self.unwanted)

    def matches(self, text: str) -> bool:
        """Whether a short text has every term wanted, each at the beginning of a word, and none unwanted."""
        folded = _searchable(text)
        return (
            all(_found(term, folded) for term in self.terms)
            and not any(_found(Term((*term.words[:-1], f"{term.words[-1]} ")), folded) for term in self.unwanted)
            and all(part.matches(folded.split()) for part in self.wanted if isinstance(part, Near))
        )

    def loosened(self) -> Query:
        """The same words, in any order and however far from each other."""
        return Query(tuple(Term((word,)) for term in self.terms for word in term.words), self.unwanted)

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
                Near(tuple(map(mend, part.terms)), part.distance) if isinstance(part, Near) else mend(part)
                for part in self.wanted
            ),
            self.unwanted,
        )

    @property
    def text(self) -> str:
        """Written as a person would type it."""

        def written(term: Term) -> str:
            return term.words[0] if len(term.words) == 1 else f'"{" ".join(term.words)}"'

        parts = []
        for part in self.wanted:
            if isinstance(part, Near):
                how = " near " if part.distance == NEAR_WORDS else f" near/{part.distance} "
                parts.append(how.join(map(written, part.terms)))
            else:
                parts.append(written(part))
        return " ".join([*parts, *(f"-{written(term)}" for term in self.unwanted)])


def parse_query(typed: str) -> Query:
    """Parse a typed query.

    Words must all be there; `"…"` is a phrase; `-word` must not be there; `a near b`, `a near/5 b`, `near(a b)` and
    `near(a b, 5)` must be near each other; the last word also matches as a beginning while it is being typed.
    """
    typed = sanitise_line(typed).translate(_QUOTATION_MARKS) + (" " if typed[-1:].isspace() else "")
    wanted: list[Term | Near] = []
    unwanted: list[Term] = []
    distance: int | None = None
    matches = list(_TERM.finditer(typed))[:MOST_TERMS]
    for number, match in enumerate(matches):
        minus, phrase, call, bare = match.groups()
        if call is not None and (near := _called(call)) is not None:
            wanted.append(near)
            distance = None
            continue
        bare = call or bare
        if bare is not None:
            apart = _NEAR.fullmatch(bare)
            if apart and number + 1 < len(matches) and wanted:
                distance = min(int(apart[1] or NEAR_WORDS), 100)
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
        elif distance is not None and wanted:
            before = wanted[-1]
            # `a near b near/3 c` is one group; the widest distance holds for all of it.
            wanted[-1] = (
                Near((*before.terms, term), max(before.distance, distance))
                if isinstance(before, Near)
                else Near((before, term), distance)
            )
        else:
            wanted.append(term)
        distance = None
    return Query(tuple(wanted), tuple(unwanted))


def _called(call: str) -> Near | Term | None:
    """`near(a "b c", 5)` understood, closed or not; one term alone is itself, and none is None."""
    inner = call.partition("(")[2]
    how_far = _DISTANCE.search(inner)
    closed = inner.endswith(")") or how_far is not None
    inside = parse_query(inner[: how_far.start()] if how_far else inner.rstrip(")"))
    terms = tuple(Term(term.words, prefix=term.prefix and not closed) for term in inside.terms)
    if len(terms) < 2:
        return terms[0] if terms else None
    return Near(terms, min(int(how_far[1]), 100) if how_far else NEAR_WORDS)


def words_of(text: str) -> list[str]:
    """The folded words of a text, as they are searched for."""
    return _WORD.findall(fold(text))


def stretches(text: str, terms: Iterable[Term]) -> tuple[tuple[int, int], ...]:
    """Return where terms occur at the beginning of a word in a text, as sorted ranges that do not overlap."""
    folded, origin = fold_with_map(text)
    found: list[tuple[int, int]] = []
    for term in terms:
        pattern = r"[\W_]+".join(map(re.escape, term.words))
        for match in re.finditer(rf"(?<![^\W_]){pattern}", folded):
            found.append(in_original(origin, *match.span()))  # noqa: PERF401  # two loops in one expression read worse
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
