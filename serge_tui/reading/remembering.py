"""What is remembered of reading: where one is, and how long it took to get there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from serge_tui.reading.pace import Sitting

if TYPE_CHECKING:
    from concurrent.futures import Future

    from db.library import Library
    from db.models import Place


class Remembering:
    """Writes position and reading time; each method gives the write under way, or None when nothing has changed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._sitting = Sitting()
        self._position: tuple[Place, str] | None = None

    def look(self, now: float, top: int, bottom: int) -> None:
        """Take that the screen shows the chapter's characters from `top` to `bottom`; `now` is in seconds."""
        self._sitting.look(now, top, bottom)

    def position(self, place: Place, words: str) -> Future[None] | None:
        """Keep a position with the words that begin there."""
        if (place, words) == self._position:
            return None
        self._position = (place, words)
        return self._library.texts.save_position(place, words)

    def leave(self, edition: str) -> Future[None] | None:
        """Stop the clock and keep what was read since it was started."""
        self._sitting.leave()
        seconds, characters = self._sitting.take()
        if not characters:
            return None
        day = datetime.now(UTC).astimezone().date().isoformat()
        return self._library.texts.add_reading_time(edition, day, seconds, characters)
