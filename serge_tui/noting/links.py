"""Links in notes: `[[trotsky]]`, `[[ch4]]`, `[[quote:istrati-omelette]]`, `[[event:kronstadt-rising]]`.

A link names a thing by its stable key, as everything of the reader's does. Words after a bar are shown in its place:
`[[trotsky|the Old Man]]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINK: Final = re.compile(r"\[\[([^\[\]|\n]{1,80})(?:\|([^\[\]\n]{1,200}))?\]\]")
_OPEN: Final = re.compile(r"\[\[([^\[\]|\n]{0,80})$")
_CHAPTER: Final = re.compile(r"ch(?:apter)?[ .:-]?(\d{1,2})$")
_KINDS: Final = ("figure", "quote", "event", "chapter", "card")


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A link in a note: from where to where it stands, the stable key it names, and what is shown."""

    start: int
    end: int
    target: str
    words: str


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """Something that can be linked to: what is written between the brackets, and what it is."""

    written: str
    name: str


def target_of(written: str) -> str:
    """Give the stable key (`figure:trotsky`, `chapter:4`) of what stands between the brackets."""
    word = written.strip()
    if chapter := _CHAPTER.fullmatch(word.casefold()):
        return f"chapter:{int(chapter[1])}"
    kind, colon, key = word.partition(":")
    return f"{kind.strip()}:{key.strip()}" if colon and kind.strip() in _KINDS else f"figure:{word}"


def written_of(target: str) -> str:
    """Give what stands between the brackets for a stable key."""
    kind, _, key = target.partition(":")
    return {"figure": key, "chapter": f"ch{key}"}.get(kind, target)


def links_in(body: str) -> list[NoteLink]:
    """Every link of a note, in order."""
    return [
        NoteLink(found.start(), found.end(), target_of(found[1]), (found[2] or found[1]).strip())
        for found in _LINK.finditer(body)
    ]


def begun(before: str) -> str | None:
    """What was typed of a link that is not closed yet, from the text before the cursor; None where there is none."""
    found = _OPEN.search(before)
    return found[1] if found else None


def completions(typed: str, choices: Iterable[LinkChoice], limit: int = 8) -> list[LinkChoice]:
    """Choices for what was typed: those that begin so first, then those that have it at the beginning of a word."""
    wanted = fold(typed)
    first: list[LinkChoice] = []
    second: list[LinkChoice] = []
    for choice in choices:
        written, name = fold(choice.written), fold(choice.name)
        if written.startswith(wanted) or name.startswith(wanted):
            first.append(choice)
        elif f" {wanted}" in name or f":{wanted}" in written or f"-{wanted}" in written:
            second.append(choice)
    return (first + second)[:limit]
