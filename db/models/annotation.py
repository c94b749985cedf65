"""The reader's highlights, notes and bookmarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from db.models.keys import AnnotationKind, AnnotationState


HIGHLIGHT_COLOURS: Final = ("amber", "red", "green", "blue", "violet")
"""Colours of a highlight; the reader names their meanings in a setting.

The only list of them: keys, styles of the page, filters and choices are made from it. A new one also needs
`highlight-<name>` in both themes (`serge_tui/themes.py`).
"""


PHRASE_TARGET: Final = "phrase:"
"""How the target of a note begins that belongs to its words wherever they recur; the words follow."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place of an annotation, as in the W3C Web Annotation model: exact text, prefix, suffix and position."""

    edition: str
    passage: int
    start: int
    end_passage: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A highlight, note or bookmark. `target` is a stable key (`figure:trotsky`) if it has no place in a text, or
    `phrase:` and words if it belongs to these wherever they recur.

    `state` says whether its words are still in their place: `anchored`, `drifted` (found again elsewhere), or
    `orphan` (not found; the words are kept). Times are ISO 8601 in UTC; `deleted_at` is empty while it lives.
    """

    key: str
    kind: AnnotationKind
    target: str
    anchor: Anchor | None
    colour: str
    body: str
    state: AnnotationState
    created_at: str
    modified_at: str
    deleted_at: str = ""
    tags: tuple[str, ...] = ()
