"""Narrowing the notes: words, `#tag`, `colour:doubt`, `kind:note`, `ch:4`, `figure:trotsky`, `since:2026-05`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.note_links import links_in
from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from serge_tui.export.described import Described

HINT: Final = "words  #tag  colour:amber  kind:note  ch:4  figure:trotsky  since:2026-05  is:orphan"


def matches(item: Described, terms: list[str], colour_names: Mapping[str, str] | None = None) -> bool:
    """Whether an annotation has every term: in its words, its note, its tags or its place.

    A term with a known word before a colon must hold for that alone; anything else is looked for anywhere.
    `colour_names` are the reader's own names of the colours, by colour.
    """
    whole = ""
    for term in terms:
        key, _, value = term.partition(":")
        if term.startswith("#"):
            if fold(term[1:]) not in {fold(tag) for tag in item.annotation.tags}:
                return False
        elif value and key in _TESTS:
            if not _TESTS[key](item, value):
                return False
        elif value and key in ("colour", "color"):
            colour = item.annotation.colour
            if fold(value) not in {colour, fold((colour_names or {}).get(colour, ""))} - {""}:
                return False
        else:
            whole = whole or _whole(item)
            if fold(term) not in whole:
                return False
    return True


def colours_by_name(setting: list[str], colours: tuple[str, ...]) -> dict[str, str]:
    """The reader's names of the colours out of the setting `colour_names`: `amber=doubt`. Unknown ones are left out."""
    pairs = (entry.partition("=") for entry in setting)
    return {colour: name.strip() for colour, _, name in pairs if colour in colours and name.strip()}


def _whole(item: Described) -> str:
    annotation = item.annotation
    exact = annotation.anchor.exact if annotation.anchor else ""
    return fold(
        " ".join([annotation.body, exact, *annotation.tags, item.chapter, item.edition_title, item.target_name])
    )


def _on_figure(item: Described, value: str) -> bool:
    """On a person, or with a link to them, or naming them."""
    targets = {item.annotation.target, *(link.target for link in links_in(item.annotation.body))}
    return f"figure:{value}" in targets or (
        item.annotation.target.startswith("figure:") and fold(value) in fold(item.target_name)
    )


def _in_chapter(item: Described, value: str) -> bool:
    return value in (str(item.chapter_number or ""), item.annotation.target.removeprefix("chapter:")) or (
        not value.isdigit() and fold(value) in fold(item.chapter)
    )


def _is(item: Described, value: str) -> bool:
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
    """A time of the database (UTC) on the reader's own clock: what they would call that day."""
    from datetime import datetime

    try:
        return datetime.fromisoformat(moment).astimezone().isoformat()
    except ValueError:
        return moment


_TESTS: Final[Mapping[str, Callable[[Described, str], bool]]] = {
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
