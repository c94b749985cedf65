"""What somebody reads, and how fast: what has been passed, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

USUAL_PACE: Final = 1_200.0
"""Characters a minute before anything is known: about 240 words of English, the mean of silent readers of prose
(Brysbaert, How many words do we read per minute?, Journal of Memory and Language 109, 2019)."""
LONGEST_LOOK: Final = 300.0
"""Seconds on one screen after which nobody is thought to be reading any more."""
FASTEST: Final = 6_000.0
"""Characters a minute above which text was leafed through, not read."""


@dataclass(slots=True)
class ReadingSession:
    """Follows the reader down a chapter and adds up what was read.

    `look` is told, at a time in seconds, how many characters lie before the first line shown and before the end of
    the screen. Only what is passed forwards, at a speed at which it can be read, counts; at a chapter's end, where
    nothing more can be passed, what was in view long enough. Time on a screen is put by for those of its lines that are
    still in view, as much as they take to read: ten lines may go up one by one after they were read.
    """

    seconds: float = 0.0
    characters: int = 0
    _read: list[tuple[int, int]] = field(default_factory=list, repr=False)
    _since: float | None = field(default=None, repr=False)
    _top: int = field(default=0, repr=False)
    _bottom: int = field(default=0, repr=False)
    _at_end: bool = field(default=False, repr=False)
    _put_by: float = field(default=0.0, repr=False)
    _was_away: bool = field(default=False, repr=False)

    def look(self, now: float, top: int, bottom: int, *, at_end: bool = False) -> None:
        """Take that the screen now shows the characters from `top` to `bottom`; `at_end`: none come after these."""
        if self._since is not None:
            took, passed = now - self._since, top - self._top
            if passed == 0 and took <= LONGEST_LOOK:
                # While nothing is passed the clock runs on.
                self._bottom, self._at_end = bottom, at_end
                return
            # A jump to a place that was not in view is no reading.
            near = abs(passed) <= self._bottom - self._top
            self._spend(took)
            if near and passed > 0:
                self._pass(took, top)
        # What was put by is for what is still in view, also when one comes back to it; but that is no measure of pace.
        self._put_by = min(self._put_by, _least(min(self._bottom, bottom) - max(self._top, top)))
        self._was_away = self._was_away or (self._since is None and self._put_by > 0)
        self._since, self._top, self._bottom, self._at_end = now, top, bottom, at_end

    def leave(self, now: float) -> None:
        """Stop the clock: the page is not looked at any more, or not for now."""
        if self._since is not None:
            took = now - self._since
            self._spend(took)
            if self._at_end and self._top < self._bottom:
                self._pass(took, self._bottom)
                self._top = self._bottom
        self._since, self._was_away = None, False

    def change(self) -> None:
        """Begin another chapter, whose characters have nothing to do with those before."""
        self._top = self._bottom = 0
        self._put_by = 0.0

    def _spend(self, took: float) -> None:
        self._put_by += took
        # Somebody may have read before they went away, but not all the time.
        self._was_away = self._was_away or took > LONGEST_LOOK

    def _pass(self, took: float, to: int) -> None:
        """Take that the characters up to `to` were passed."""
        passed = to - self._top
        self._put_by -= _least(passed)
        if self._put_by < 0:
            self._put_by = 0.0
        else:
            if self._read and self._read[-1][1] == self._top:
                self._read[-1] = self._read[-1][0], to
            else:
                self._read.append((self._top, to))
            if not self._was_away:
                self.seconds += took
                self.characters += passed
        self._was_away = False

    @property
    def unsaved(self) -> int:
        """How many characters were read since `take_read`."""
        return sum(end - begin for begin, end in self._read)

    def take_read(self) -> list[tuple[int, int]]:
        """What was read since the last time: from and to, in characters of the chapter."""
        taken, self._read = self._read, []
        return taken

    def take(self) -> tuple[float, int]:
        """What was added up since the last time: seconds and characters."""
        taken = self.seconds, self.characters
        self.seconds, self.characters = 0.0, 0
        return taken


def _least(characters: int) -> float:
    """Seconds in which a number of characters can just be read."""
    return max(0, characters) / FASTEST * 60


def minutes_left(characters: int, pace: float | None) -> int:
    """Minutes for a number of characters at a pace in characters a minute; at least 1 while there is any."""
    return max(1, round(characters / (pace or USUAL_PACE))) if characters > 0 else 0
