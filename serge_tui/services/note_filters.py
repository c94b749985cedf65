"""The filter language of Notes: words, `#tag`, `colour:doubt`, `kind:note`, `ch:4`, `since:2026-05`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from db.note_links import links_in
from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from serge_tui.core.export.note_record import NoteRecord


Holds: TypeAlias = "Callable[[FilterableNote], bool]"


@dataclass(frozen=True, slots=True)
class FilterableNote:
    """A note with all its words and its tags folded, and its local time: once for every letter that will be typed."""

    record: NoteRecord
    words: str
    tags: frozenset[str]
    created: str


def filterable(record: NoteRecord) -> FilterableNote:
    """Fold what the filter of Notes searches in a note."""
    annotation = record.annotation
    parts = [annotation.body, record.words, *annotation.tags, record.chapter, record.edition_title, record.target_name]
    return FilterableNote(record, fold(" ".join(parts)), frozenset(map(fold, annotation.tags)),
                          _local(annotation.created_at))  # fmt: skip


def matching(
    notes: Iterable[FilterableNote], terms: Sequence[str], colour_names: Mapping[str, str] | None = None
) -> list[NoteRecord]:
    """Return the notes that match every term, in their order.

    A term such as `kind:note` is tested on that alone; any other is searched for in the words, the note, the tags and
    the place. `-` before a term negates it. `colour_names` are the reader's own names, by colour.
    """
    for term in terms:
        turned = _turned(term)
        holds = _test_of(term[turned:], colour_names or {})
        notes = [note for note in notes if holds(note) != turned]
    return [note.record for note in notes]


def matches(record: NoteRecord, terms: Sequence[str], colour_names: Mapping[str, str] | None = None) -> bool:
    """Return whether a note matches every term; see `matching`."""
    return bool(matching([filterable(record)], terms, colour_names))


def terms_of(tags: Iterable[str], colours: Iterable[str], colour_names: Mapping[str, str]) -> list[str]:
    """Return the terms that the box completes, the most used tags first."""
    named = [f"colour:{colour_names.get(colour, colour)}" for colour in colours]
    kinds = [f"kind:{kind}" for kind in ("note", "highlight", "bookmark")]
    states = [f"is:{state}" for state in ("orphan", "journal", "tagged", "untagged")]
    return [*(f"#{tag}" for tag in tags), *named, *kinds, *states, "figure:", "since:", "until:"]


def _turned(term: str) -> bool:
    return term.startswith("-") and len(term) > 1


def _test_of(term: str, colour_names: Mapping[str, str]) -> Holds:
    """Return the test of one term, with what it looks for folded once."""
    key, _, value = term.partition(":")
    if term.startswith("#") or (value and key == "tag"):
        tag = fold(term[1:] if term.startswith("#") else value)
        return lambda note: tag in note.tags
    if value and key in ("colour", "color"):
        wanted = fold(value)
        colours = {wanted, *(colour for colour, name in colour_names.items() if fold(name) == wanted)} - {""}
        return lambda note: note.record.annotation.colour in colours
    if value and key in _TESTS:
        test = _TESTS[key]
        return lambda note: test(note.record, value)
    if value and key in _TIMES:
        in_time = _TIMES[key]
        return lambda note: in_time(note.created, value)
    words = fold(term)
    return lambda note: words in note.words


def colours_by_name(setting: list[str], colours: tuple[str, ...]) -> dict[str, str]:
    """Return the reader's names by colour, from the setting `colour_names` (`amber=doubt`), unknown colours ignored."""
    pairs = (entry.partition("=") for entry in setting)
    return {colour: name.strip() for colour, _, name in pairs if colour in colours and name.strip()}


def _on_figure(item: NoteRecord, value: str) -> bool:
    """Return whether a note is about a person, by key or name, or links to them."""
    targets = {item.annotation.target, *(link.target for link in links_in(item.annotation.body))}
    return f"figure:{value}" in targets or (
        item.annotation.target.startswith("figure:") and fold(value) in fold(item.target_name)
    )


def _in_chapter(item: NoteRecord, value: str) -> bool:
    return value in (str(item.chapter_number or ""), item.annotation.target.removeprefix("chapter:")) or (
        not value.isdigit() and fold(value) in fold(item.chapter)
    )


def _is(item: NoteRecord, value: str) -> bool:
    annotation = item.annotation
    known = {
        "orphan": annotation.state == "orphan",
        "orphaned": annotation.state == "orphan",
        "tagged": bool(annotation.tags),
        "untagged": not annotation.tags,
        "journal": annotation.anchor is None and not annotation.target,
    }
    return known.get(value, value in (annotation.kind, annotation.colour, annotation.state))


def _local(moment: str) -> str:
    """Return a time of the database (UTC) in the reader's time zone."""
    from datetime import datetime

    try:
        return datetime.fromisoformat(moment).astimezone().isoformat()
    except ValueError:
        return moment


_TESTS: Final[Mapping[str, Callable[[NoteRecord, str], bool]]] = {
    "kind": lambda item, value: item.annotation.kind == value,
    "is": _is,
    "ch": _in_chapter,
    "chapter": _in_chapter,
    "figure": _on_figure,
    "person": _on_figure,
}
_TIMES: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "since": lambda created, value: created[: len(value)] >= value,
    "until": lambda created, value: created[: len(value)] <= value,
    "on": lambda created, value: created.startswith(value),
}
