"""Decide whether an imported book is an edition that is here already, or another one.

A title alone never decides: the translations of 1963 and 2012 have one title and two texts, and every other text file
is called `book.txt`. The identifier in the file and how much of the text agrees do; between the two, the reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.store import edition_key
from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.book import Book
    from db.library import Library

_SAMPLES: Final = 240
_SAMPLE_WORDS: Final = 5
_SAME_TEXT: Final = 0.95
"""Agreement from which two texts are one, whatever the files say."""
_SAME_NAMED: Final = 0.5
"""Agreement that is enough when both files have the same identifier: a corrected text, another conversion."""
_SAME_FILE: Final = 0.9
"""Agreement that is enough when title and file name are the same: a text that was corrected a little."""
_OTHER_TEXT: Final = 0.4
"""Agreement below which two texts are two; books of one subject share some phrases of five words."""
_WORD: Final = re.compile(r"\w+")
_STAND_IN: Final = re.compile(
    r"(?:urn:uuid:)?(?:0{8}-.*|12345|1234567890?|unknown|none|id|bookid|uuid_id)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class EditionChoice:
    """The key to store a book under, and whether that is a new edition."""

    key: str
    is_new: bool


class UnsureEditionError(SergeError):
    """A book that may be an edition that is here (`keys`), or another: the reader has to say."""

    def __init__(self, message: str, keys: Sequence[str], new_key: str) -> None:
        super().__init__(message)
        self.keys = tuple(keys)
        self.new_key = new_key


def choose_edition(
    library: Library, book: Book, *, key: str | None = None, as_new: bool = False, replace: str | None = None
) -> EditionChoice:
    """Choose the edition that `book` is stored as.

    `key` is a name of the reader's own, `as_new` asks for a new edition and `replace` names one to replace; at most
    one of them is given.

    Raises UnsureEditionError if neither the reader nor the files say which it is, SergeError if `replace` names no
    imported edition.
    """
    here = {edition.key: edition for edition in library.texts.editions() if not edition.is_guide}
    if replace is not None:
        if replace not in here:
            raise SergeError(
                f"There is no imported edition “{sanitise_line(replace)}”; there are: {listed_keys(here)}."
            )
        return EditionChoice(replace, is_new=False)
    if key is not None:
        return EditionChoice(key, is_new=key not in here)
    base = edition_key(book)
    new_key = _free_key(base, here)
    if as_new:
        return EditionChoice(new_key, is_new=True)
    identifier = _identifier(book.identifier)
    words = ""
    unsure: list[tuple[float, str]] = []
    for one in here.values():
        if one.format != book.format:
            continue
        same_identifier = bool(identifier) and identifier == _identifier(library.texts.identifier(one.key))
        same_title = one.key == base or _is_numbered(one.key, base) or edition_key(_titled(book, one.title)) == base
        if not (same_identifier or same_title or one.source_name == book.source_name):
            continue
        words = words or _words_of(book.texts)
        agreement = text_agreement(words, _words_of(library.passages.texts(one.key)))
        same_file = same_title and one.source_name == book.source_name
        if agreement >= (_SAME_NAMED if same_identifier else _SAME_FILE if same_file else _SAME_TEXT):
            return EditionChoice(one.key, is_new=False)
        if agreement >= _OTHER_TEXT or (same_identifier and agreement > 0):
            unsure.append((agreement, one.key))
    if not unsure:
        return EditionChoice(new_key, is_new=True)
    keys = [one for _, one in sorted(unsure, reverse=True)]
    raise UnsureEditionError(
        f"“{sanitise_line(book.title)}” has {round(100 * max(unsure)[0])} % of the text of the edition {keys[0]}, so it"
        f" may be that edition corrected, or another one. Import it again with --replace {keys[0]} or with --as-new.",
        keys,
        new_key,
    )


def listed_keys(keys: Iterable[str]) -> str:
    """The keys of editions, for a message."""
    return ", ".join(map(sanitise_line, keys)) or "none"


def text_agreement(one: str, other: str) -> float:
    """Return the share of phrases, taken evenly from each of two texts, that the other has too: 0 to 1.

    The lower of the two shares counts, so that an abridged text is not the whole one. Texts are words with single
    spaces between.
    """
    if one == other:
        return 1.0
    return min(_share_found(one, other), _share_found(other, one))


def _share_found(one: str, other: str) -> float:
    words = one.split(" ")
    last = len(words) - _SAMPLE_WORDS
    if last < 0:
        return 0.0
    count = min(_SAMPLES, last + 1)
    places = [round(number * last / max(1, count - 1)) for number in range(count)]
    text = f" {other} "
    return sum(f" {' '.join(words[at : at + _SAMPLE_WORDS])} " in text for at in places) / count


def _words_of(texts: Iterable[str]) -> str:
    return " ".join(_WORD.findall("\n".join(texts).casefold()))


def _identifier(given: str) -> str:
    """An identifier in one form; empty for one that converters write into every book."""
    bare = given.strip().casefold().removeprefix("urn:isbn:").removeprefix("isbn:")
    return "" if _STAND_IN.fullmatch(bare) else bare.replace("-", "") if bare[:3] in {"978", "979"} else bare


def _titled(book: Book, title: str) -> Book:
    return type(book)(title, [], format=book.format)


def _is_numbered(key: str, base: str) -> bool:
    return key.startswith(f"{base}-") and key.removeprefix(f"{base}-").isdigit()


def _free_key(base: str, taken: Iterable[str]) -> str:
    there = set(taken)
    return next(key for key in (base, *(f"{base}-{number}" for number in range(2, len(there) + 3))) if key not in there)
