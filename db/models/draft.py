"""A text being written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

DraftKind: TypeAlias = Literal["note", "card", "correction", "journal"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A text being written, as it is in the journal.

    `title` says what it is about, as shown (`p. 122`); `fields` are all texts needed to open the same form again in the
    same place, by names of the form's own. `file` is the name of the file beside the database that an external editor
    has open, or empty: its text counts, since it may be newer. `changed_at` is ISO 8601 in UTC.
    """

    key: str
    kind: DraftKind
    title: str
    fields: Mapping[str, str]
    file: str = ""
    changed_at: str = ""
