"""Which other edition to read: asked for in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.modes.reader.parallel_text import same_chapter

if TYPE_CHECKING:
    from db.models import Edition
    from serge_tui.host import Host
    from serge_tui.modes.reader.opened_text import OpenedText


class EditionChoice:
    """Asks for another edition, and remembers the one read before: `other` is its key, empty at first."""

    def __init__(self, text: OpenedText, host: Host) -> None:
        self._text, self._host = text, host
        self.other = ""

    async def ask(self, title: str) -> Edition | None:
        """Ask the reader for another edition; None if they cancel or there is none. Call it inside a worker."""
        from serge_tui.dialogs.choice import Choice

        editions = [edition for edition in self._host.library.texts.editions() if edition.key != self._text.edition]
        if not editions:
            self._host.inform("There is no other text yet: `serge import FILE` adds one.")
            return None
        rows = [
            (edition.title, f"{edition.format} · {edition.language} · {edition.words:,} words") for edition in editions
        ]
        # Begin at the one read before, if it has the chapter; else at the first that has.
        order = sorted(range(len(editions)), key=lambda at: editions[at].key != self.other)
        first = next((at for at in order if self._has_chapter(editions[at])), order[0])
        chosen = await self._host.ask(Choice(title, rows, first))
        return None if chosen is None else editions[chosen]

    def _has_chapter(self, edition: Edition) -> bool:
        """Return whether an edition has a chapter that matches the open one."""
        opened = self._text.opened
        return opened is not None and same_chapter(self._host.library, opened.chapter, edition.key) is not None
