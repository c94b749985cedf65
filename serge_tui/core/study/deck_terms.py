"""Decks written as terms: `chapter:4 kind:portrait person:lenin wrong flagged stability<10 words`, `-` excludes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from serge_tui.core.study.cards.registry import DECK_KINDS
from serge_tui.core.study.deck import LATELY, LIMITED, Filter, read_limit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HINT: Final = "chapter:4 kind:portrait person:lenin wrong flagged new read words"
CHAPTERS: Final = 10
_SIGNS: Final = ("wrong", "flagged", "new", "read")
_IS: Final = (*_SIGNS, "due", "suspended", "buried")
"""What may follow `is:`; the first four need no `is:`."""
_LIMIT: Final = re.compile(r"([a-z]+)([<>]=?)(\S*)", re.IGNORECASE)
_LONGEST: Final = 10_000
"""More days than this are no number of days."""
_PIECE: Final = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_NAMED: Final = re.compile(r"([a-z]+):(\S*)", re.IGNORECASE)
_CHAPTER: Final = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?")
_NO_TAG: Final = "none"
_FLAGS: Final = tuple("1234567")
_EXAMPLES: Final = {
    "answer": "answer:trotsky is every card that he is the answer to",
    "tag": "tag:doubt is every card you tagged doubt, tag:none every card without a tag",
    "flag": "flag:1 is the flag of f in Cards, and there are flags up to flag:7",
}  # fmt: skip
_OTHER_NAMES: Final = {"ch": "chapter", "figure": "person"}


def has_terms(text: str) -> bool:
    """Return whether a text contains terms, and not only a name or plain words."""
    return any(
        not quoted and (word.casefold() in _SIGNS or _NAMED.fullmatch(word) or _LIMIT.fullmatch(word) or sign)
        for sign, quoted, word in _PIECE.findall(text)
    )


def parse_terms(text: str, person: Callable[[str], str], name: str = "") -> Filter:
    """Return the deck that terms describe.

    Terms of one kind are alternatives; terms of different kinds must all hold. Words are searched in question, answer
    and note; words in quotation marks must follow each other.

    Args:
        text: The terms.
        person: Returns the key of the figure that a name means, or an empty string.
        name: Name of the deck.

    Raises:
        SergeError: A term is not known, or its value is not.
    """
    deck, excluded = Filter(name), []
    for sign, quoted, word in _PIECE.findall(text):
        one = Filter(text=quoted) if quoted else _term(word, person) if word else Filter()
        if one == Filter():
            continue
        if sign:
            excluded.append(one)
        else:
            deck = _joined(deck, one)
    return replace(deck, without=tuple(dict.fromkeys(excluded)))


def written(deck: Filter) -> str:
    """Return a deck as terms, which `parse_terms` reads back."""
    terms = [f"chapter:{first}-{last}" if last > first else f"chapter:{first}" for first, last in _runs(deck.chapters)]
    terms += [f"kind:{kind}" for kind in sorted(deck.kinds)]
    terms += [f"person:{figure}" for figure in sorted(deck.figures)]
    if deck.wrong_within:
        terms.append("wrong" if deck.wrong_within == LATELY else f"wrong:{deck.wrong_within}")
    terms += [f"{name}:{days}" for name, days in (("rated", deck.rated_within), ("added", deck.added_within)) if days]
    terms += [f"answer:{answer}" for answer in sorted(deck.answers)]
    terms += [f"tag:{tag or _NO_TAG}" for tag in sorted(deck.tags)]
    terms += [f"flag:{flag}" for flag in sorted(deck.flags)]
    terms += deck.limits
    signs = (
        ("flagged", deck.flagged), ("new", deck.never_asked), ("read", deck.as_far_as_read), ("is:due", deck.due),
        ("is:suspended", deck.suspended), ("is:buried", deck.buried),
    )  # fmt: skip
    terms += [sign for sign, holds in signs if holds]
    terms += [_word(words) for words in (deck.text, *deck.words) if words]
    return " ".join([*terms, *(f"-{written(one)}" for one in deck.without)])


def terms_to_complete(people: Iterable[str], tags: Iterable[str] = ()) -> list[str]:
    """Return the terms that completion offers.

    Args:
        people: Keys of figures, those with most cards first.
        tags: The reader's tags on cards, the most used first.
    """
    people = list(people)
    chapters = [f"chapter:{number}" for number in range(1, CHAPTERS + 1)]
    return [
        *_SIGNS,
        *chapters,
        *(f"kind:{kind}" for kind in DECK_KINDS),
        *(f"person:{key}" for key in people),
        *(f"is:{sign}" for sign in ("due", "suspended", "buried")),
        "stability<10", "difficulty>7", "lapses>3", "answers>9", "added:7", "rated:7", "flag:1",
        *(f"tag:{tag}" for tag in tags),
        *(f"answer:{key}" for key in people),
    ]  # fmt: skip


def _term(word: str, person: Callable[[str], str]) -> Filter:
    if (sign := word.casefold()) in _SIGNS:
        return _sign(sign)
    if (limit := _LIMIT.fullmatch(word)) is not None:
        return _limit(limit[1].casefold(), limit[2], limit[3])
    found = _NAMED.fullmatch(word)
    if found is None:
        return Filter(text=word)
    name, value = found[1].casefold(), found[2]
    match name := _OTHER_NAMES.get(name, name):
        case "chapter":
            return _chapters(value)
        case "kind":
            return _kind(value.casefold())
        case "person":
            return _person(value, person)
        case "wrong" if value.isdecimal() and 0 < int(value) < 10_000:
            return Filter(wrong_within=int(value))
        case "wrong":
            raise SergeError(
                f'"{word}" is not a term: wrong:30 is what was wrong in the last 30 days, wrong in the last {LATELY}.'
            )
        case "is" if value.casefold() in _IS:
            return _sign(value.casefold())
        case "is":
            raise SergeError(f'there is no term "{word}"; there are: {", ".join(f"is:{sign}" for sign in _IS)}.')
        case "rated" | "added" if value.isdecimal() and 0 < int(value) < _LONGEST:
            return Filter(rated_within=int(value)) if name == "rated" else Filter(added_within=int(value))
        case "rated" | "added":
            raise SergeError(f'"{word}" is not a term: {name}:7 is what was {name} in the last 7 days.')
        case "answer" if value:
            return Filter(answers=frozenset({person(value.replace("_", " ")) or value}))
        case "tag" if value:
            return Filter(tags=frozenset({"" if value.casefold() == _NO_TAG else value}))
        case "flag" if value in _FLAGS:
            return Filter(flags=frozenset({int(value)}))
        case "answer" | "tag" | "flag":
            raise SergeError(f'"{word}" is not a term: {_EXAMPLES[name]}.')
        case _:
            raise SergeError(f'there is no term "{name}:"; there are: {HINT}; - before a term excludes.')


def _sign(sign: str) -> Filter:
    return Filter(
        wrong_within=LATELY if sign == "wrong" else 0,
        flagged=sign == "flagged",
        never_asked=sign == "new",
        as_far_as_read=sign == "read",
        due=sign == "due",
        suspended=sign == "suspended",
        buried=sign == "buried",
    )


def _limit(name: str, sign: str, number: str) -> Filter:
    figure = next((known for known in LIMITED if known == name), None)
    if figure is None:
        raise SergeError(f'there is no figure "{name}"; there are: {", ".join(LIMITED)}; such as stability<10.')
    limit = f"{figure}{sign}{number}"
    read_limit(limit)
    return Filter(limits=(limit,))


def _chapters(value: str) -> Filter:
    found = _CHAPTER.fullmatch(value)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= first <= last <= CHAPTERS:
        raise SergeError(
            f'there is no chapter "{value}": there are chapter:1 to chapter:{CHAPTERS}; chapter:2-4 is three chapters.'
        )
    return Filter(chapters=frozenset(range(first, last + 1)))


def _kind(value: str) -> Filter:
    kinds = frozenset(kind for kind in DECK_KINDS if kind == value)
    if not kinds:
        raise SergeError(f'there is no kind "{value}"; there are: {", ".join(DECK_KINDS)}.')
    return Filter(kinds=kinds)


def _person(value: str, person: Callable[[str], str]) -> Filter:
    key = person(value.replace("_", " ")) if value else ""
    if not key:
        raise SergeError(f'"person:{value}" does not name one person: write a name, or a key such as person:lenin.')
    return Filter(figures=frozenset({key}))


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return runs of consecutive numbers, each as its first and last number."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _joined(deck: Filter, one: Filter) -> Filter:
    """Return a deck with one more term."""
    return replace(
        deck,
        kinds=deck.kinds | one.kinds,
        chapters=deck.chapters | one.chapters,
        figures=deck.figures | one.figures,
        words=(*deck.words, one.text) if one.text else deck.words,
        as_far_as_read=deck.as_far_as_read or one.as_far_as_read,
        wrong_within=one.wrong_within or deck.wrong_within,
        flagged=deck.flagged or one.flagged,
        due=deck.due or one.due,
        suspended=deck.suspended or one.suspended,
        buried=deck.buried or one.buried,
        rated_within=one.rated_within or deck.rated_within,
        added_within=one.added_within or deck.added_within,
        answers=deck.answers | one.answers,
        tags=deck.tags | one.tags,
        flags=deck.flags | one.flags,
        limits=tuple(dict.fromkeys((*deck.limits, *one.limits))),
        never_asked=deck.never_asked or one.never_asked,
    )


def _word(words: str) -> str:
    """Return words as they are typed: in quotation marks if they are several, or look like a term."""
    plain = words and not re.search(r'[\s"]', words) and not has_terms(words) and not words.startswith("-")
    return words if plain else f'"{words.replace(chr(34), "")}"'
