"""All ways to write each figure's name, as sequences of folded words in one tree."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from db.given_names import given_names, names_of
from db.names import reading
from import_scripts.linking.lexicon import TITLES
from import_scripts.linking.tokens import CASELESS, fold_word, marked, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from db.models import Alias, Figure


class Kind(IntEnum):
    """Which of somebody's names a form uses, the most certain first."""

    DECIDED = -1
    """The person that the reader said this name always means."""
    FULL = 0
    SURNAME = 1
    BIRTH = 2
    """A surname of birth, marriage or party work."""
    EPITHET = 3
    """A nickname of several words."""
    PATRONYMIC = 4
    """Given name and patronymic."""
    PEN = 5
    NICKNAME = 6
    COVER = 7
    GIVEN = 8


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody a form may mean. `article` must come before it; `shared`: people who are not in the pack bear it too."""

    figure: str
    kind: Kind
    article: str = ""
    shared: bool = False


@dataclass(slots=True)
class Node:
    """A node in the tree of forms: the word that leads to it, and who the words so far may mean."""

    word: str = ""
    following: dict[str, Node] = field(default_factory=dict)
    bearers: tuple[Bearer, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a figure when identities are decided: every word of its names, and facts from the pack."""

    key: str
    sex: str
    words: frozenset[str]
    given: frozenset[int]
    """Numbers of the given names, in any language (`db.given_names`)."""
    initials: frozenset[str]
    chapters: frozenset[int]
    movements: frozenset[str]
    ties: frozenset[str]
    is_soldier: bool = False
    """Whether the pack gives the figure a military rank or command."""


_PARENTHESES: Final = re.compile(r"\s*\(([^)]*)\)?\s*")
IS_PATRONYMIC: Final = re.compile(r"(?:[vw]i(?:ch|tch|tsch|c)|[iy]ch|ovna|evna|ichna|вич|ич|овна|евна|ична)$")
_NUMERAL: Final = re.compile(r"[ivx]+")
_CYRILLIC: Final = re.compile("[а-я]")
_ARMED: Final = re.compile(
    r"\b(?:soldier|commander|general|colonel|admiral|marshal|officer|ensign|captain|red-army|white|makhnovist|tsarist)\b"
)
_NAME_LIKE: Final = re.compile(r"\w[\w'’-]+(?: \w[\w'’-]+)*")


class Forms:
    """All forms of all figures, as a tree of words, and what is known of each person."""

    def __init__(self, figures: Iterable[Figure], always: Mapping[str, str] | None = None) -> None:
        """`always` maps folded names to the figure that the reader said they mean everywhere."""
        figures = list(figures)
        self.root = Node()
        self.people: dict[str, Person] = {}
        self.caseless: dict[str, str] = {}
        self.words: set[str] = set()
        """Every word of every form."""
        self.slavic: set[str] = set()
        """The words of people whose native name is in Cyrillic: they have more than one spelling convention."""
        primary: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        both_ways: defaultdict[str, set[str]] = defaultdict(set)
        for figure in figures:
            for tie in figure.ties:
                both_ways[figure.key].add(tie.other)
                both_ways[tie.other].add(figure.key)
            primary[words_of(_surname(figure))].add(figure.key)
        for figure in figures:
            taken: dict[tuple[str, ...], Bearer] = {}
            own: set[str] = set()
            for words, bearer in _forms(figure, self.caseless):
                others = primary.get(words, set()) - {figure.key}
                if others and bearer.kind in (Kind.BIRTH, Kind.PEN) and figure.key not in primary[words]:
                    continue
                if words not in taken or bearer.kind < taken[words].kind:
                    taken[words] = bearer
                own.update(words)
            for words, bearer in taken.items():
                self._add(words, bearer)
            if _CYRILLIC.search(figure.native_name.lower()):
                self.slavic |= own
            self.people[figure.key] = _person(figure, own)
        for surface, key in (always or {}).items():
            if key in self.people and (words := words_of(surface)):
                self._add(words, Bearer(key, Kind.DECIDED))
        for key, ties in both_ways.items():
            if key in self.people:
                self.people[key] = replace(self.people[key], ties=frozenset(ties))

    def _add(self, words: tuple[str, ...], bearer: Bearer) -> None:
        node = self.root
        for word in words:
            node = node.following.setdefault(word, Node(word))
            self.words.add(word)
        node.bearers += (bearer,)


def _surname(figure: Figure) -> str:
    """Return the surname without anything in brackets, or the whole name if there is no surname (*Nicholas II*)."""
    return _PARENTHESES.sub(" ", figure.surname).strip()


def _person(figure: Figure, own: set[str]) -> Person:
    surname = set(words_of(_surname(figure)))
    given = frozenset(number for word in own - surname if len(word) > 2 for number in given_names(word, reading(word)))
    initials = frozenset(
        [form[0] for form in names_of(given)]
        + [letter for word in own if word not in TITLES for letter in (word[0], reading(word)[:1])]
    )
    return Person(
        figure.key, figure.sex, frozenset(own), given, initials,
        frozenset((*figure.chapters, *figure.chapters_likely)), frozenset(figure.movements),
        frozenset(), bool(_ARMED.search(f"{' '.join((*figure.roles, *figure.movements))} {figure.one_line}".lower())),
    )  # fmt: skip


def _forms(figure: Figure, caseless: dict[str, str]) -> Iterator[tuple[tuple[str, ...], Bearer]]:
    """Yield every form of one figure: its words, and the bearer with the kind of form."""
    key = figure.key
    surname = words_of(_surname(figure))
    if len(surname) > 1 or (surname and len(surname[0]) > 1):
        yield surname, Bearer(key, Kind.FULL if "," not in figure.sort_name and len(surname) > 1 else Kind.SURNAME)
    for text in _spelt_out(figure.name):
        yield from _whole_name(text, key, surname)
    native = _PARENTHESES.sub(" ", figure.native_name).strip()
    bracketed = [part for part in _PARENTHESES.findall(figure.native_name) if _NAME_LIKE.fullmatch(part)]
    for text in (native, *bracketed):
        if CASELESS.search(text):
            caseless[text] = key
        elif text:
            yield from _native(text, key, surname)
    for alias in figure.aliases:
        yield from _alias(alias, key, surname)


def _spelt_out(name: str) -> list[str]:
    """Expand a name with brackets: *Lev (Leon) Sedov* gives *Lev Sedov* and *Leon Sedov*."""
    match = _PARENTHESES.search(name)
    if match is None:
        return [name]
    before, inside, after = name[: match.start()].strip(), match[1], name[match.end() :].strip()
    plain = f"{before} {after}".strip()
    if not after or not before or " " in inside:
        return [plain]
    return [plain, f"{' '.join(before.split()[:-1])} {inside} {after}".strip()]


def _whole_name(text: str, key: str, surname: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Bearer]]:
    words = tuple(word for word in words_of(text) if len(word) > 1 or not word.isalpha())
    if len(words) < 2:
        return
    yield words, Bearer(key, Kind.FULL)
    yield from _first_names(words, key, surname)


def _first_names(
    words: tuple[str, ...], key: str, surname: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Bearer]]:
    """Return the given name alone, and the given name with the patronymic."""
    first = words[0]
    if first in surname or len(first) < 3 or not given_names(first, reading(first)):
        return
    if _NUMERAL.fullmatch(words[-1]):
        return
    yield (first,), Bearer(key, Kind.GIVEN)
    if len(words) > 1 and words[1] not in surname and IS_PATRONYMIC.search(words[1]):
        yield words[:2], Bearer(key, Kind.PATRONYMIC)


def _native(text: str, key: str, surname: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Bearer]]:
    words = words_of(text)
    if len(words) == 1:
        if _is_given(words[0]):
            kind = Kind.GIVEN
        else:
            kind = Kind.SURNAME if reading(words[0]) == reading("".join(surname)) else Kind.BIRTH
        yield words, Bearer(key, kind)
        return
    yield words, Bearer(key, Kind.FULL)
    yield from _first_names(words, key, surname)
    wanted = {reading(word) for word in surname}
    same = tuple(word for word in words if reading(word) in wanted)
    if same and len(same) == len(surname):
        yield same, Bearer(key, Kind.SURNAME)
    elif _CYRILLIC.search(text.lower()) and not _NUMERAL.fullmatch(words[-1]) and not _is_given(words[-1]):
        yield words[-1:], Bearer(key, Kind.SURNAME)


def _alias(alias: Alias, key: str, surname: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Bearer]]:
    text = _PARENTHESES.sub(" ", alias.text).strip()
    if CASELESS.search(text):
        return
    article, rest = "", text
    first = text.split(" ", 1)[0]
    if " " in text and first.islower():
        article, rest = fold_word(first), text.split(" ", 1)[1]
    words = tuple(word for word in words_of(rest) if len(word) > 1)
    if not words:
        return
    names_surname = bool(set(words) & set(surname))
    kind = _kind_of(alias.kind, words, article, names_surname=names_surname)
    yield words, Bearer(key, kind, article, alias.shared)
    if kind is Kind.FULL and alias.kind not in ("cover", "pen"):
        yield from _first_names(words, key, surname)
        last = words_of(rest.split()[-1])
        if (
            not names_surname
            and not _is_given(last[-1])
            and not _NUMERAL.fullmatch(last[-1])
            and len("".join(last)) > 3
        ):
            yield (
                last,
                Bearer(key, Kind.SURNAME if alias.kind in ("spelling", "full") else Kind.BIRTH, "", alias.shared),
            )


def _kind_of(alias_kind: str, words: tuple[str, ...], article: str, *, names_surname: bool) -> Kind:
    several = len(words) > 1
    match alias_kind:
        case "spelling" | "surname":
            return Kind.FULL if several and alias_kind == "spelling" else Kind.SURNAME
        case "full":
            if several and not names_surname and len(words) == 2 and IS_PATRONYMIC.search(words[1]):
                return Kind.PATRONYMIC
            return Kind.FULL if several else Kind.NICKNAME
        case "birth" | "married" | "party":
            return Kind.FULL if several else Kind.NICKNAME if _is_given(words[0]) else Kind.BIRTH
        case "pen":
            return Kind.FULL if several else Kind.COVER if _is_given(words[0]) else Kind.PEN
        case "cover":
            return Kind.FULL if several else Kind.COVER
        case "nickname":
            if several and not article and (names_surname or _is_given(words[0])):
                return Kind.PATRONYMIC if not names_surname and IS_PATRONYMIC.search(words[-1]) else Kind.FULL
            return Kind.EPITHET if several else Kind.NICKNAME
        case _:
            return Kind.FULL if several else Kind.SURNAME


def _is_given(word: str) -> bool:
    return bool(given_names(word, reading(marked(word))))
