"""What a form keeps of its text while it is written, so that a crash or a closed window loses none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from serge_tui.services.draft_journal import OpenDraft

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future
    from typing import Any

    from db.models.draft import Draft, DraftKind
    from serge_tui.host import Host

RESUMED: Final = "Your text was kept.\n"
"""Begins the line of keys of a form that a crash interrupted."""


class KeptDraft:
    """The draft of one form. Whoever opens the form makes it; the form keeps its texts in it.

    `place` are the fields that say where the text belongs; they are stored with every draft. `resumed` is the draft
    that a crash left, or None.
    """

    def __init__(
        self,
        host: Host,
        kind: DraftKind,
        title: str,
        place: Mapping[str, str],
        resumed: Draft | None = None,
    ) -> None:
        self._host = host
        self._kind: DraftKind = kind
        self._title = title
        self._place = dict(place)
        self._resumed = resumed
        self._journal: OpenDraft | None = None

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts that a crash left, by the form's names; empty for a form that is opened anew."""
        return self._resumed.fields if self._resumed is not None else {}

    def begin(self, texts: Mapping[str, str]) -> None:
        """Begin with the texts as the form shows them now."""
        fields = {**texts, **self._place}
        self._journal = OpenDraft(self._host.library, self._kind, self._title, fields, self._resumed)

    def keep(self, texts: Mapping[str, str]) -> None:
        """Store what is written now, if it has changed."""
        if self._journal is not None and (write := self._journal.update({**texts, **self._place})) is not None:
            self._host.watch_write(write)

    def discard(self) -> None:
        """The reader left the form without saving: delete the draft."""
        if self._journal is not None and (write := self._journal.close()) is not None:
            self._host.watch_write(write)

    def stored(self, write: Future[Any]) -> None:
        """The text is being stored: delete the draft after that, or keep it if the write fails."""
        if self._journal is not None and (ended := self._journal.close(after=write)) is not None:
            self._host.watch_write(ended)
