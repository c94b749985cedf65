"""The record of reading: the position, what was read, and how long it took."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db import clock
from serge_tui.modes.reader.reading_session import ReadingSession

if TYPE_CHECKING:
    from concurrent.futures import Future

    from db.library import Library
    from db.models import Chapter, Place
    from serge_tui.modes.reader.chapter import OpenChapter
    from serge_tui.modes.reader.stretch import Stretch

WORTH_WRITING: Final = 200
"""Characters read before they are saved with the next position: not every line, but every page."""


class ReadingRecord:
    """Saves position and reading time; each method returns the writes it started, none if nothing has changed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._session = ReadingSession()
        self._position: tuple[Place, str] | None = None
        self._chapter: Chapter | None = None

    def look(self, now: float, opened: OpenChapter, view: Stretch) -> None:
        """Note that the screen shows a stretch of a chapter, at a time in seconds; `leave` comes before another one."""
        if self._chapter != opened.chapter:
            self._chapter = opened.chapter
            self._session.change()
        top, bottom = opened.characters_before(view.begin), opened.characters_before(view.stop)
        self._session.look(now, top, bottom, at_end=bottom >= opened.characters)

    def position(self, place: Place, words: str, chapter: int) -> Future[None] | None:
        """Save a position with the words that begin there, and what was read of that chapter, in one write."""
        if (place, words) == self._position:
            return None
        self._position = (place, words)
        read = (chapter, self._session.take_read()) if self._session.unsaved >= WORTH_WRITING else None
        return self._library.texts.save_position(place, words, read)

    def read(self, edition: str, chapter: int) -> list[Future[None]]:
        """Save what was read of a chapter since it was last saved."""
        read = self._session.take_read()
        return [self._library.reading.add(edition, chapter, read)] if read else []

    def leave(self, now: float, edition: str, chapter: int) -> list[Future[None]]:
        """Stop the clock and save what was read of a chapter since it was started."""
        self._session.leave(now)
        writes = self.read(edition, chapter)
        seconds, characters = self._session.take()
        if characters:
            day = clock.local_now().date().isoformat()
            writes.append(self._library.texts.add_reading_time(edition, day, seconds, characters))
        return writes
