"""Keep what is being written in the journal of drafts, and offer again what a crash left behind."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from db.drafts import new_draft_key
from db.models.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future

    from db.library import Library
    from db.models.draft import DraftKind

INTERVAL: Final = 0.5
"""Seconds between two looks at what is being written: at most a second of typing is lost."""
_NAMES: Final[dict[DraftKind, str]] = {
    "note": "A note you were writing",
    "card": "A card you were writing",
    "correction": "A correction you were making",
    "journal": "A journal entry you were writing",
}


class OpenDraft:
    """The journal of one text while it is written.

    The form that holds the text calls `update` every `INTERVAL` and once when it closes unexpectedly, and `close` when
    the text was saved or thrown away. Nothing here waits for the database.
    """

    def __init__(
        self, library: Library, kind: DraftKind, title: str, fields: Mapping[str, str], resumed: Draft | None = None
    ) -> None:
        """Begin with the texts as the form opened with them; `resumed` is the draft it was opened from."""
        self._library = library
        self._kind: DraftKind = kind
        self._title = title
        self._key = resumed.key if resumed is not None else new_draft_key()
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

    def close(self) -> Future[None] | None:
        """Delete the draft; call it in the same step in which the text is saved or thrown away."""
        self._closed = True
        return self._library.drafts.discard(self._key) if self._is_stored else None


def sentence_of(draft: Draft) -> str:
    """Say what a draft is: `A note you were writing on p. 122`."""
    name = _NAMES.get(draft.kind, "A text you were writing")
    return f"{name} on {draft.title}" if draft.title else name


def discard(library: Library, draft: Draft) -> Future[None]:
    """Throw an abandoned draft away, with the file its editor left."""
    if (path := library.drafts.file_of(draft)) is not None:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return library.drafts.discard(draft.key)
