"""The index of names: which word of which spelling is a surname, a given name, a patronymic, a nickname's word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from db.names import reading
from serge_tui.core.name_finder.vocabulary import Role, Vocabulary
from serge_tui.core.name_finder.words import ARTICLES, NUMERAL, plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.models import FigureName

_INNER: Final = re.compile(r"\(([^()]*)\)")
IS_PATRONYMIC: Final = re.compile(r".{2,}(?:[oe]viQ|[oe]vna|iniQna|iQna|miQ|liQ|kiQ)")
BORROWED_KINDS: Final = frozenset({"cover", "pen", "married", "nickname"})
"""Aliases whose last word by itself names others first: *Stern* is not Serge because *Victor Stern* was."""
_PARTICLES: Final = frozenset("de du da di del della von van der den zu ter le la el i y e saint st".split())


@dataclass(slots=True)
class Entry:
    """A figure in the index."""

    key: str
    name: str
    sort_name: str
    mentions: int
    spellings: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    """As the pack writes them, the name itself first, with the numbers of their words."""
    surname_parts: int = 1
    has_patronymic: bool = False
    names: list[tuple[frozenset[int], str]] = field(default_factory=list)
    """The words of each spelling that is a name, and its kind."""
    phrases: list[frozenset[int]] = field(default_factory=list)
    """The words of each nickname that is no name."""


@dataclass(slots=True)
class Register:
    """All figures and their words; `spelt` maps the words of a spelling, in alphabetical order, to its figures."""

    entries: list[Entry] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    spelt: dict[tuple[str, ...], set[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, figures: Sequence[FigureName]) -> Register:
        """Index all names."""
        register = cls()
        for figure in figures:
            register._enter(figure)
        return register

    def _enter(self, figure: FigureName) -> None:
        number = len(self.entries)
        entry = Entry(figure.key, figure.name, figure.sort_name, figure.mentions)
        self.entries.append(entry)
        surname = _Surname.of(figure.sort_name)
        entry.surname_parts = max(1, len(surname.parts))
        seen: set[str] = set()
        for text, kind in _spellings(figure):
            for piece, certain in _pieces(text, is_name=kind == "name"):
                self._spell(number, entry, surname, piece, kind if certain else "phrase")
            if text not in seen:
                seen.add(text)
                ids = self.vocabulary.ids
                entry.spellings.append((text, tuple(ids.get(folded, -1) for folded, _marked in plain_words(text))))
        if len(surname.parts) > 1:
            self._join(number, surname.parts, Role.SURNAME)
        if surname.particles:
            self._join(number, [*surname.particles, *surname.parts], Role.SURNAME)
        for chunk in figure.name.split():
            if "-" in chunk:
                self._join(number, [folded for folded, _marked in plain_words(chunk)], Role.JOINED)
        whole = [folded for folded, _marked in plain_words(_INNER.sub(" ", figure.name))]
        if len(whole) > 1 and not surname.is_ruler:
            self._join(number, whole, Role.JOINED)
            self._join(number, [whole[-1], *whole[:-1]], Role.JOINED)

    def _join(self, figure: int, parts: Sequence[str], role: Role) -> None:
        joined = "".join(parts)
        self.vocabulary.bear(self.vocabulary.add(joined, joined), figure, role)

    def _spell(self, figure: int, entry: Entry, surname: _Surname, text: str, kind: str) -> None:
        pairs = plain_words(text)
        if not pairs:
            return
        roles = _roles(pairs, surname, kind)
        numbers = [self.vocabulary.add(folded, marked) for folded, marked in pairs]
        for number, role in zip(numbers, roles, strict=True):
            self.vocabulary.bear(number, figure, role)
            if role is Role.PATRONYMIC:
                entry.has_patronymic = True
        if kind != "phrase":
            entry.names.append((frozenset(numbers), kind))
            if Role.PHRASE in roles and not any(role in ANCHORS for role in roles):
                entry.phrases.append(frozenset(numbers) - {self.vocabulary.ids.get(word, -1) for word in ARTICLES})
            if kind != "shared surname":
                self.spelt.setdefault(whole_key(folded for folded, _marked in pairs), set()).add(figure)


ANCHORS: Final = frozenset({Role.SURNAME, Role.ALIAS, Role.BORROWED, Role.PART, Role.RULER, Role.NUMERAL, Role.JOINED})
"""Words that can say by themselves who is meant."""


def whole_key(words: Iterable[str]) -> tuple[str, ...]:
    """Return a key equal for spellings of the same words in any order; articles count only if nothing else is there."""
    ordered = sorted(words)
    return tuple(word for word in ordered if word not in ARTICLES) or tuple(ordered)


@dataclass(frozen=True, slots=True)
class _Surname:
    """The words of a surname, their readings, and whether it is a ruler's name, distinguished by a numeral."""

    parts: tuple[str, ...]
    reads: frozenset[str]
    is_ruler: bool
    particles: tuple[str, ...] = ()
    """The particles before it that are often joined to it: *de* Boë."""

    @classmethod
    def of(cls, sort_name: str) -> _Surname:
        before = re.split(r"[,(]", sort_name, maxsplit=1)[0].strip()
        pairs = plain_words(before)
        ruler = len(pairs) > 1 and bool(NUMERAL.fullmatch(pairs[-1][0]))
        if "," not in sort_name and " " in before and not ruler:
            pairs = plain_words(before.split()[0])
        parts = tuple(folded for folded, _marked in pairs if folded not in _PARTICLES)
        return cls(
            () if ruler else parts or tuple(folded for folded, _marked in pairs),
            frozenset() if ruler else frozenset(reading(marked) for folded, marked in pairs if folded in parts),
            ruler,
            () if ruler else tuple(folded for folded, _marked in takewhile(lambda pair: pair[0] in _PARTICLES, pairs)),
        )


def _spellings(figure: FigureName) -> Iterator[tuple[str, str]]:
    yield figure.name, "name"
    if figure.native_name:
        yield figure.native_name, "native"
    for alias in figure.aliases:
        yield alias.text, "shared surname" if alias.shared and alias.kind == "surname" else alias.kind


def _pieces(text: str, *, is_name: bool) -> Iterator[tuple[str, bool]]:
    """Return a spelling without its brackets, and their content: another name, or (in a `name`) perhaps a remark."""
    if "(" not in text:
        yield text, True
        return
    yield " ".join(_INNER.sub(" ", text).split()), True
    for inner in _INNER.findall(text):
        yield inner.removeprefix("née ").strip(), not is_name or " " not in inner


def _roles(pairs: Sequence[tuple[str, str]], surname: _Surname, kind: str) -> list[Role]:
    roles: list[Role] = []
    is_surname = [folded in surname.parts or reading(marked) in surname.reads for folded, marked in pairs]
    known = any(is_surname)
    last = len(pairs) - 1
    alone = sum(folded not in ARTICLES for folded, _marked in pairs) == 1
    for at, (folded, marked) in enumerate(pairs):
        if is_surname[at]:
            roles.append(Role.PART if len(surname.parts) > 1 else Role.SURNAME)
        elif kind == "phrase" or folded in ARTICLES:
            roles.append(Role.PHRASE)
        elif NUMERAL.fullmatch(folded) and len(folded) > 1 and at:
            roles.append(Role.NUMERAL)
        elif folded in _PARTICLES:
            roles.append(Role.PHRASE)
        elif at and IS_PATRONYMIC.fullmatch(reading(marked)) and (known or at < last):
            roles.append(Role.PATRONYMIC)
        elif surname.is_ruler and at < last and NUMERAL.fullmatch(pairs[-1][0]):
            roles.append(Role.RULER if at == max(0, last - 1) else Role.GIVEN)
        elif known:
            roles.append(Role.GIVEN)
        elif kind == "nickname" and not alone:
            roles.append(Role.PHRASE)
        elif at == last and not (kind in {"nickname", "full"} and IS_PATRONYMIC.fullmatch(reading(marked))):
            roles.append(_last_role(kind, alone))
        else:
            roles.append(Role.GIVEN)
    return roles


def _last_role(kind: str, alone: bool) -> Role:
    """Return the role of the last word of a spelling without a known surname: a variant of the surname, or an alias."""
    if kind == "spelling":
        return Role.SURNAME
    return Role.BORROWED if kind in BORROWED_KINDS and not alone else Role.ALIAS
