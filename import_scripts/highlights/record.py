"""The neutral form of highlights: every importer of highlights returns it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from db.text import fold, sanitise, sanitise_line
from import_scripts.input.limits import MAX_BLOCK_CHARACTERS, MAX_TITLE_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HighlightKind: TypeAlias = Literal["highlight", "note", "bookmark"]

MAX_HIGHLIGHTS: Final = 200_000
"""Most highlights that are read from one file."""
_COLOURS: Final = {
    "yellow": "amber", "orange": "amber", "amber": "amber", "gold": "amber",
    "red": "red", "pink": "red", "magenta": "red",
    "green": "green", "olive": "green", "lime": "green",
    "blue": "blue", "cyan": "blue", "teal": "blue", "turquoise": "blue",
    "purple": "violet", "violet": "violet",
}  # fmt: skip
_DEFAULT_COLOUR: Final = "amber"
_APPLE_EPOCH: Final = datetime(2001, 1, 1, tzinfo=UTC)
_ALIKE: Final = 80.0
_LOOKED_BACK: Final = 60
"""How many earlier highlights are searched for an older version: changes are made soon after."""
_LOOKED_FOR_HOST: Final = 300
_SPACES: Final = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class Highlight:
    """Something marked in another reader. Texts are sanitised.

    `text` is the marked text, `note` the reader's note on it; a note without a highlight has no `text`, or only the
    words around it. `location` is a range that can be compared only within one book; `created_at` is ISO 8601 in UTC,
    or empty. `prefix` and `suffix` are the words before and after, if the format has them.
    """

    book: str
    author: str
    kind: HighlightKind
    text: str = ""
    note: str = ""
    colour: str = ""
    chapter: str = ""
    page: str = ""
    location: tuple[int, int] | None = None
    created_at: str = ""
    modified_at: str = ""
    prefix: str = ""
    suffix: str = ""
    tags: tuple[str, ...] = ()
    format: str = ""
    """Kind of book file, if known (`epub`)."""


@dataclass(slots=True)
class HighlightFile:
    """The highlights of a file. `source` names the program; `report` says what could not be read."""

    source: str
    highlights: list[Highlight] = field(default_factory=list)
    report: list[str] = field(default_factory=list)
    merged: int = 0
    """Number of older versions of highlights, and of duplicate entries."""
    joined: int = 0
    """Number of separate notes that were joined to their highlights."""
    limited: int = 0
    """Number of highlights without words, because of the publisher's limit."""
    left_out: int = 0
    """Number of entries that are empty or were not understood."""

    @property
    def entries(self) -> int:
        """Number of all entries in the file."""
        return len(self.highlights) + self.merged + self.joined + self.limited + self.left_out

    @property
    def books(self) -> list[tuple[str, str, int]]:
        """Return title, author and number of highlights of each book in the file."""
        counts: dict[tuple[str, str], int] = {}
        for one in self.highlights:
            counts[one.book, one.author] = counts.get((one.book, one.author), 0) + 1
        return [(title, author, count) for (title, author), count in counts.items()]


def make(
    book: str,
    author: str,
    kind: HighlightKind,
    *,
    text: str = "",
    note: str = "",
    colour: str = "",
    chapter: str = "",
    page: str = "",
    location: tuple[int, int] | None = None,
    created_at: str = "",
    modified_at: str = "",
    prefix: str = "",
    suffix: str = "",
    tags: Iterable[str] = (),
    file_format: str = "",
) -> Highlight:
    """Return a highlight made from foreign text: sanitised, limited in length, with one of Serge's colours."""
    return Highlight(
        sanitise_line(book)[:MAX_TITLE_CHARACTERS],
        sanitise_line(author)[:MAX_TITLE_CHARACTERS],
        kind,
        _clean(text),
        _clean(note),
        colour_of(colour) if kind != "bookmark" else "",
        sanitise_line(chapter)[:MAX_TITLE_CHARACTERS],
        sanitise_line(page)[:20],
        location,
        created_at,
        modified_at,
        _clean(prefix),
        _clean(suffix),
        tuple(dict.fromkeys(tag for raw in tags if (tag := sanitise_line(raw).lstrip("#").replace(" ", "-")[:60]))),
        file_format,
    )


def key_of(highlight: Highlight, *, with_place: bool = False) -> str:
    """Return a stable key, so that the same highlight from any export is the same annotation.

    It is derived from the book's title and the marked words; for a bookmark, from its time; for others without words,
    from the note and its place. `with_place` gives the second of two highlights of the same words another key.
    """
    words = _letters(highlight.text)
    if highlight.kind == "bookmark":
        words = f"bookmark {words} {highlight.created_at or highlight.page} {highlight.location or ''}"
    elif not words:
        words = f"note {_letters(highlight.note)} {highlight.location or highlight.page}"
    if with_place:
        words = f"{words} at {highlight.location or highlight.page or highlight.chapter}"
    # Some exports add a subtitle or a series in brackets to the title.
    title = _letters(re.split(r"[:(\[]", highlight.book, maxsplit=1)[0])
    digest = hashlib.blake2b(f"{title}\0{words}".encode("utf-8", "replace"), digest_size=8)
    return f"imported-{digest.hexdigest()}"


def keys_of(highlights: Sequence[Highlight]) -> list[str]:
    """Return a key for each highlight; the same words in two places have two keys.

    The oldest has the key that it would have alone, so that a later highlight does not change it.
    """
    keys = [key_of(one) for one in highlights]
    order = sorted(range(len(keys)), key=lambda at: (highlights[at].created_at or "9", at))
    taken: set[str] = set()
    for at in order:
        if keys[at] in taken:
            keys[at] = key_of(highlights[at], with_place=True)
        taken.add(keys[at])
    return keys


def colour_of(name: str) -> str:
    """Return Serge's colour for a colour of another program; amber if there is none."""
    return _COLOURS.get(name.strip().lower(), _DEFAULT_COLOUR)


def iso_utc(moment: datetime) -> str:
    """Return ISO 8601 in UTC, as in the database. A time without a zone is taken as UTC."""
    aware = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return aware.isoformat(timespec="microseconds")


def parse_iso(text: str) -> str:
    """Return a time in ISO 8601, or a similar form, as ISO 8601 in UTC; empty if it cannot be read."""
    cleaned = re.sub(r"\s*(?:Z|UTC|GMT)$", "+00:00", text.strip())
    try:
        return iso_utc(datetime.fromisoformat(cleaned))
    except (ValueError, OverflowError):
        return ""


def from_apple_time(seconds: float | None) -> str:
    """Return Apple's time, in seconds since 2001, as ISO 8601 in UTC."""
    if seconds is None:
        return ""
    try:
        return iso_utc(_APPLE_EPOCH + timedelta(seconds=seconds))
    except (OverflowError, ValueError):
        return ""


def merge(file: HighlightFile) -> HighlightFile:
    """Join notes to their highlights, and merge versions of one highlight.

    Kindle only appends: a highlight that was extended is there twice, the newer version later, and a note is a separate
    entry at the end of its highlight. No note is dropped: a second note on a highlight is added after the first.
    """
    books: dict[str, list[Highlight]] = {}
    for highlight in file.highlights:
        books.setdefault(_letters(highlight.book), []).append(highlight)
    merged: list[Highlight] = []
    for highlights in books.values():
        marks = [one for one in highlights if one.kind != "note" or one.text]
        kept = _without_versions(marks)
        file.merged += len(marks) - len(kept)
        hosts = _hosts(kept)
        alone: list[Highlight] = []
        for note in (one for one in highlights if one.kind == "note" and not one.text):
            at = _host_of(note, kept, *hosts)
            if at is not None:
                kept[at] = replace(kept[at], note=_both(kept[at].note, note.note), kind="note")
                file.joined += 1
            elif any(_is_same_note(note, other) for other in alone):
                file.merged += 1
            else:
                alone.append(note)
        merged += [*kept, *alone]
    file.highlights = merged
    return file


def _both(first: str, second: str) -> str:
    """Return two notes on one highlight as one; equal notes are not repeated."""
    if not first or not second or second in first.split("\n\n") or second == first:
        return first or second
    return f"{first}\n\n{second}"


def _is_same_note(one: Highlight, other: Highlight) -> bool:
    return (one.note, one.location, one.page, one.chapter) == (other.note, other.location, other.page, other.chapter)


def _without_versions(highlights: list[Highlight]) -> list[Highlight]:
    kept: list[Highlight] = []
    letters: list[str] = []
    for highlight in highlights:
        mine = _letters(highlight.text)
        for at in range(len(kept) - 1, max(-1, len(kept) - _LOOKED_BACK), -1):
            if _is_version_of(highlight, mine, kept[at], letters[at]):
                note = _both(kept[at].note, highlight.note)
                kept[at] = replace(
                    highlight, note=note, kind="note" if note else highlight.kind,
                    created_at=min(filter(None, (kept[at].created_at, highlight.created_at)), default=""),
                    tags=tuple(dict.fromkeys((*kept[at].tags, *highlight.tags))),
                )  # fmt: skip
                letters[at] = mine
                break
        else:
            kept.append(highlight)
            letters.append(mine)
    return kept


def _is_version_of(newer: Highlight, one: str, older: Highlight, other: str) -> bool:
    """Return whether two highlights, given with their letters, are versions of one: place and words must agree."""
    if (newer.kind == "bookmark") != (older.kind == "bookmark"):
        return False
    if newer.kind == "bookmark":
        same_place = (newer.location, newer.page, newer.created_at) == (older.location, older.page, older.created_at)
        return same_place and one == other and newer.chapter == older.chapter
    if not one or not other:
        return False
    if newer.location and older.location:
        if not _overlap(newer.location, older.location):
            return False
    elif (newer.page, newer.chapter) != (older.page, older.chapter):
        return False
    elif not newer.page and newer.created_at != older.created_at:
        return False  # without places, and made at different times
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith(shorter) or longer.endswith(shorter) or (shorter in longer and 2 * len(shorter) > len(longer)):
        return bool(newer.location and older.location) or bool(newer.page)
    if newer.location is None or older.location is None:
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) >= _ALIKE


def _hosts(highlights: list[Highlight]) -> tuple[dict[int, int], dict[str, int]]:
    """Return the highlight that ends at each location, or the last on each page if there are no locations."""
    by_end = {one.location[1]: at for at, one in enumerate(highlights) if one.location and one.text}
    by_page = {one.page: at for at, one in enumerate(highlights) if one.page and one.location is None and one.text}
    return by_end, by_page


def _host_of(
    note: Highlight, highlights: list[Highlight], by_end: dict[int, int], by_page: dict[str, int]
) -> int | None:
    """Return the highlight a note belongs to: the one that ends there, or else the last that contains its place."""
    if note.location is None:
        return by_page.get(note.page)
    if (at := by_end.get(note.location[0])) is not None:
        return at
    for at in range(len(highlights) - 1, max(-1, len(highlights) - _LOOKED_FOR_HOST), -1):
        host = highlights[at].location
        if host and highlights[at].text and host[0] <= note.location[0] <= host[1]:
            return at
    return None


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())


def _clean(text: str) -> str:
    """Return foreign text of several lines: sanitised, stripped, limited in length."""
    lines = (_SPACES.sub(" ", line).strip() for line in sanitise(text[:MAX_BLOCK_CHARACTERS]).split("\n"))
    return "\n".join(lines).strip()
