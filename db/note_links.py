"""Links in notes: `[[trotsky]]`, `[[ch4]]`, `[[quote:istrati-omelette]]`, `[[event:kronstadt-rising]]`.

A link names a thing by its stable key, as everything of the reader's does. Words after a bar are shown in its place:
`[[trotsky|the Old Man]]`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LINK: Final = re.compile(r"\[\[([^\[\]|\n]{1,80})(?:\|([^\[\]\n]{1,200}))?\]\]")
_CHAPTER: Final = re.compile(r"ch(?:apter)?[ .:-]?(\d{1,2})$")
_KINDS: Final = ("figure", "quote", "event", "chapter", "card")


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A link in a note: from where to where it stands, the stable key it names, and what is shown."""

    start: int
    end: int
    target: str
    words: str


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


def without_brackets(body: str) -> str:
    """A note with its links as the words that are shown for them."""
    return _LINK.sub(lambda found: (found[2] or found[1]).strip(), body)


def links_in(body: str) -> list[NoteLink]:
    """Every link of a note, in order."""
    return [
        NoteLink(found.start(), found.end(), target_of(found[1]), (found[2] or found[1]).strip())
        for found in _LINK.finditer(body)
    ]
