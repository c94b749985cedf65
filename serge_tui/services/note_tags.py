"""Tags of a note: those in its tags field, and `#tags` in its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAG: Final = re.compile(r"(?<![\w#&/.])#([^\W\d_](?:[\w-]*\w)?)")
"""`#tag` as a word of its own: not a heading (`# Title`), a number (`#3`) or the end of an address (`page#part`)."""
_CODE: Final = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)


def tags_of(text: str) -> tuple[str, ...]:
    """Return the tags in a line of tags, each once, in order: `#doubt, to check` gives *doubt*, *to*, *check*."""
    words = (word.strip("#,; ") for word in sanitise_line(text).replace(",", " ").split())
    return tuple(dict.fromkeys(word for word in words if word))


def tags_in(body: str) -> tuple[str, ...]:
    """Return the `#tags` in a note's Markdown, each once, in order; what is code is left out."""
    return tuple(dict.fromkeys(_TAG.findall(_CODE.sub(" ", body))))


def tags_after_edit(tags: Iterable[str], before: str, body: str) -> tuple[str, ...]:
    """Return the tags of a note whose text was changed.

    Args:
        tags: The tags in the field, without `#`.
        before: The text before it was changed: a tag that was in it and is no longer is taken away.
        body: The text now; its tags are added.
    """
    inside = tags_in(body)
    gone = set(tags_in(before)) - set(inside)
    return tuple(dict.fromkeys([*(tag for tag in tags if tag not in gone), *inside]))
