"""Links in notes: `[[trotsky]]`, `[[ch4]]`, `[[quote:istrati-omelette]]`, `[[event:kronstadt-rising]]`.

A link uses a stable key, like all of the reader's data. Words after a bar are shown instead of it:
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
    """A link in a note: start and end, the stable key, and the words shown."""

    start: int
    end: int
    target: str
    words: str


def target_of(written: str) -> str:
    """Return the stable key (`figure:trotsky`, `chapter:4`) for the text between the brackets."""
    word = written.strip()
    if chapter := _CHAPTER.fullmatch(word.casefold()):
        return f"chapter:{int(chapter[1])}"
    kind, colon, key = word.partition(":")
    return f"{kind.strip()}:{key.strip()}" if colon and kind.strip() in _KINDS else f"figure:{word}"


def written_of(target: str) -> str:
    """Return the text between the brackets for a stable key."""
    kind, _, key = target.partition(":")
    return {"figure": key, "chapter": f"ch{key}"}.get(kind, target)


def without_brackets(body: str) -> str:
    """Replace the links of a note by the words shown for them."""
    return _LINK.sub(lambda found: (found[2] or found[1]).strip(), body)


def links_in(body: str) -> list[NoteLink]:
    """Return every link of a note, in order."""
    return [
        NoteLink(found.start(), found.end(), target_of(found[1]), (found[2] or found[1]).strip())
        for found in _LINK.finditer(body)
    ]
