"""Keep what is being written in the journal of drafts, and offer again what a crash left behind."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

from db.annotations import new_annotation
from db.drafts import new_draft_key
from db.models.annotation import Anchor, Annotation
from db.models.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from concurrent.futures import Future
    from typing import Any

    from db.library import Library
    from db.models.draft import DraftKind

INTERVAL: Final = 0.5
"""Seconds between two looks at what is being written: at most a second of typing is lost."""
_NAMES: Final[dict[DraftKind, str]] = {
    "note": "A note you were writing",
    "card": "A card you were writing",
    "journal": "A journal entry you were writing",
}


class OpenDraft:
    """The journal of one text while it is written.

    The form that holds the text calls `update` every `INTERVAL` and once when it closes unexpectedly, and `close` when
    the text was saved or thrown away. Nothing here waits for the database.
    """

    def __init__(
        self,
        library: Library,
        kind: DraftKind,
        title: str,
        fields: Mapping[str, str],
        resumed: Draft | None = None,
        key: str = "",
    ) -> None:
        """Begin with the texts as the form opened with them; `resumed` is the draft it was opened from.

        `key` is the key of the record that is written: storing the record then deletes the draft in one transaction.
        """
        self._library = library
        self._kind: DraftKind = kind
        self._title = title
        self._key = resumed.key if resumed is not None else key or new_draft_key()
        self._last = dict(fields)
        self._is_stored = resumed is not None
        self._closed = False
        self.file = ""
        """Name of the file beside the database that an external editor has open."""

    def update(self, fields: Mapping[str, str], file: str = "") -> Future[None] | None:
        """Store the texts if they have changed; return the write, or None if there is nothing to store.

        `file` is the name of the file that an external editor has open, in the database's folder.
        """
        if self._closed or (dict(fields) == self._last and file == self.file):
            return None
        self._last, self.file, self._is_stored = dict(fields), file, True
        return self._library.drafts.keep(Draft(self._key, self._kind, self._title, self._last, file))

    def close(self, after: Future[Any] | None = None) -> Future[None] | None:
        """Delete the draft; call it in the same step in which the text is saved or thrown away.

        `after` is the write that stores the text: if it fails, the draft stays and is offered at the next start.
        """
        self._closed = True
        return self._library.drafts.discard(self._key, after) if self._is_stored else None


def note_fields(note: Annotation, body: str, tags: Iterable[str]) -> dict[str, str]:
    """Return the fields of a note's draft: its text and tags, and the whole note, to open it in the same place."""
    return {"body": body, "tags": " ".join(tags), "note": json.dumps(asdict(note), ensure_ascii=True)}


def note_of(draft: Draft) -> Annotation:
    """Return the note of a draft with the text written so far; a new note on nothing if its place cannot be read."""
    tags = tuple(draft.fields.get("tags", "").split())
    body = draft.fields.get("body", "")
    try:
        data = json.loads(draft.fields.get("note", ""))
        anchor = Anchor(**data["anchor"]) if data.get("anchor") else None
        kind = "note" if data["kind"] == "bookmark" else data["kind"]
        data = {**data, "anchor": anchor, "kind": kind, "body": body, "tags": tags, "deleted_at": ""}
        return Annotation(**data)
    except (ValueError, KeyError, TypeError):
        return replace(new_annotation("note", body=body, tags=tags), key=draft.key)


def sentence_of(draft: Draft) -> str:
    """Say what a draft is: `A note you were writing on p. 122`, `A correction of Karl Radek you were making`."""
    if draft.kind == "correction":
        return f"A correction of {draft.title} you were making" if draft.title else "Somebody you were adding"
    name = _NAMES.get(draft.kind, "A text you were writing")
    return f"{name} on {draft.title}" if draft.title else name


def discard(library: Library, draft: Draft) -> Future[None]:
    """Throw an abandoned draft away, with the file its editor left."""
    if (path := library.drafts.file_of(draft)) is not None:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return library.drafts.discard(draft.key)
