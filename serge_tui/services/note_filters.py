"""The filter language of Notes: words, `#tag`, `colour:doubt`, `kind:note`, `ch:4`, `since:2026-05`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.note_links import links_in
from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from serge_tui.core.export.note_record import NoteRecord


def matches(item: NoteRecord, terms: list[str], colour_names: Mapping[str, str] | None = None) -> bool:
    """Return whether an annotation matches every term.

    A term such as `kind:note` is tested on that alone; any other is searched for in the words, the note, the tags and
    the place. `-` before a term negates it. `colour_names` are the reader's own names, by colour.
    """
    return all(_holds(item, term[_turned(term) :], colour_names) != _turned(term) for term in terms)


def terms_of(tags: Iterable[str], colours: Iterable[str], colour_names: Mapping[str, str]) -> list[str]:
    """Return the terms that the box completes, the most used tags first."""
    named = [f"colour:{colour_names.get(colour, colour)}" for colour in colours]
    kinds = [f"kind:{kind}" for kind in ("note", "highlight", "bookmark")]
    states = [f"is:{state}" for state in ("orphan", "journal", "tagged", "untagged")]
    return [*(f"#{tag}" for tag in tags), *named, *kinds, *states, "figure:", "since:", "until:"]


def _turned(term: str) -> bool:
    return term.startswith("-") and len(term) > 1


def _holds(item: NoteRecord, term: str, colour_names: Mapping[str, str] | None) -> bool:
    key, _, value = term.partition(":")
    if term.startswith("#"):
        return fold(term[1:]) in {fold(tag) for tag in item.annotation.tags}
    if value and key in _TESTS:
        return _TESTS[key](item, value)
    if value and key in ("colour", "color"):
        colour = item.annotation.colour
        return fold(value) in {colour, fold((colour_names or {}).get(colour, ""))} - {""}
    return fold(term) in _whole(item)


def colours_by_name(setting: list[str], colours: tuple[str, ...]) -> dict[str, str]:
    """Return the reader's names by colour, from the setting `colour_names` (`amber=doubt`), unknown colours ignored."""
    pairs = (entry.partition("=") for entry in setting)
    return {colour: name.strip() for colour, _, name in pairs if colour in colours and name.strip()}


def _whole(item: NoteRecord) -> str:
    annotation = item.annotation
    return fold(
        " ".join([annotation.body, item.words, *annotation.tags, item.chapter, item.edition_title, item.target_name])
    )


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
    "tag": lambda item, value: fold(value) in {fold(tag) for tag in item.annotation.tags},
    "since": lambda item, value: _local(item.annotation.created_at)[: len(value)] >= value,
    "until": lambda item, value: _local(item.annotation.created_at)[: len(value)] <= value,
    "on": lambda item, value: _local(item.annotation.created_at).startswith(value),
}
