"""The reader's position, and what was read: noticed as the page moves, and saved."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from serge_tui.modes.reader.reading_record import ReadingRecord

if TYPE_CHECKING:
    from textual.timer import Timer

    from serge_tui.host import Host
    from serge_tui.modes.reader.chapter import OpenChapter
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.stretch import Stretch
    from serge_tui.modes.reader.widgets.page import PageView

SAVE_AFTER: Final = 0.3
"""Seconds between two writes of the position while the page moves; the first movement is written at once."""
WORDS_SAVED: Final = 80
"""Characters saved with a position, to find it again in a new edition of the text."""


class ReadingPosition:
    """Saves where the reader is and what was read; words that were only looked up do not move the position."""

    def __init__(self, page: PageView, text: OpenedText, host: Host) -> None:
        self._page, self._text, self._host = page, text, host
        self._record = ReadingRecord(host.library)
        self._timer: Timer | None = None
        self._saved_at = 0.0
        self._looked_up: tuple[int, int, int] | None = None
        text.chapter_left.add(self.chapter_left)
        text.place_opened.add(self.place_opened)
        text.place_moved.add(self.place_moved)

    def _held(self) -> tuple[int, int, int]:
        hold = self._page.hold
        return hold.passage, hold.offset, hold.row

    def chapter_left(self, opened: OpenChapter) -> None:
        """Stop the clock, and save what was read of a chapter."""
        for write in self._record.leave(time.monotonic(), opened.edition.key, opened.chapter.ordinal):
            self._host.watch_write(write)

    def place_opened(self, looked_up: bool) -> None:
        """Save the new position at once; where words were looked up, not before the page moves from them."""
        self._looked_up = self._held() if looked_up else None
        if not looked_up:
            self.save()

    def place_moved(self, view: Stretch) -> None:
        """Notice what is shown, and save the position soon."""
        if self._text.opened is not None:
            self._record.look(time.monotonic(), self._text.opened, view)
        if time.monotonic() - self._saved_at > SAVE_AFTER:
            self.save()
        elif self._timer is None:
            self._timer = self._page.set_timer(SAVE_AFTER, self.save)

    def save(self) -> None:
        """Save where the reader is, with the words there."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        opened = self._text.opened
        if opened is None or self._held() == self._looked_up:
            return
        self._looked_up = None
        place = self._text.here()
        passage = opened.passage(place.passage)
        words = passage.text[place.offset : place.offset + WORDS_SAVED] if passage else ""
        if (write := self._record.position(place, words, opened.chapter.ordinal)) is not None:
            self._saved_at = time.monotonic()
            self._host.watch_write(write)

    def save_read(self) -> None:
        """Save what was read up to now, and go on counting."""
        opened = self._text.opened
        if opened is not None:
            for write in self._record.read(opened.edition.key, opened.chapter.ordinal):
                self._host.watch_write(write)

    def leave(self) -> None:
        """Save position and reading time: the reader goes elsewhere, or the program ends."""
        self.save()
        if self._text.opened is not None:
            self.chapter_left(self._text.opened)
