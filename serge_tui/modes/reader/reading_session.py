"""A reading session: what was read, and how fast."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

USUAL_PACE: Final = 1_200.0
"""Characters a minute before anything is known: about 240 words of English, the mean of silent readers of prose
(Brysbaert, How many words do we read per minute?, Journal of Memory and Language 109, 2019)."""
LONGEST_LOOK: Final = 300.0
"""Seconds on one screen after which the reader is taken to have stopped."""
FASTEST: Final = 6_000.0
"""Characters a minute above which text was skimmed, not read."""


@dataclass(slots=True)
class ReadingSession:
    """Follows the reader down a chapter and adds up what was read.

    `look` takes a time in seconds, and how many characters come before the first line shown and before the end of
    the screen. Only what is passed forwards, at a speed at which it can be read, counts; at a chapter's end, where
    nothing more can be passed, what was in view long enough. Time on a screen is saved up for those of its lines that
    are still in view, as much as they take to read: ten lines may go up one by one after they were read.
    """

    seconds: float = 0.0
    characters: int = 0
    _read: list[tuple[int, int]] = field(default_factory=list, repr=False)
    _since: float | None = field(default=None, repr=False)
    _top: int = field(default=0, repr=False)
    _bottom: int = field(default=0, repr=False)
    _at_end: bool = field(default=False, repr=False)
    _saved_up: float = field(default=0.0, repr=False)
    _was_away: bool = field(default=False, repr=False)

    def look(self, now: float, top: int, bottom: int, *, at_end: bool = False) -> None:
        """Note that the screen now shows the characters from `top` to `bottom`; `at_end` if none come after these."""
        if self._since is not None:
            took, passed = now - self._since, top - self._top
            if passed == 0 and took <= LONGEST_LOOK:
                # While nothing is passed the clock runs on.
                self._bottom, self._at_end = bottom, at_end
                return
            # A jump to a place that was not in view does not count as reading.
            near = abs(passed) <= self._bottom - self._top
            self._spend(took)
            if near and passed > 0:
                self._pass(took, top)
        # Time saved up is for what is still in view, also after a return to it; but it does not measure the pace.
        self._saved_up = min(self._saved_up, _least(min(self._bottom, bottom) - max(self._top, top)))
        self._was_away = self._was_away or (self._since is None and self._saved_up > 0)
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
        """Begin another chapter: its characters are counted anew."""
        self._top = self._bottom = 0
        self._saved_up = 0.0

    def _spend(self, took: float) -> None:
        self._saved_up += took
        # The reader may have read before going away, but not all the time.
        self._was_away = self._was_away or took > LONGEST_LOOK

    def _pass(self, took: float, to: int) -> None:
        """Note that the characters up to `to` were passed."""
        passed = to - self._top
        self._saved_up -= _least(passed)
        if self._saved_up < 0:
            self._saved_up = 0.0
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
        """Number of characters read since `take_read`."""
        return sum(end - begin for begin, end in self._read)

    def take_read(self) -> list[tuple[int, int]]:
        """Return what was read since the last call: from and to, in characters of the chapter."""
        taken, self._read = self._read, []
        return taken

    def take(self) -> tuple[float, int]:
        """Return the seconds and characters counted since the last call."""
        taken = self.seconds, self.characters
        self.seconds, self.characters = 0.0, 0
        return taken


def _least(characters: int) -> float:
    """Return the fewest seconds in which a number of characters can be read."""
    return max(0, characters) / FASTEST * 60


def minutes_left(characters: int, pace: float | None) -> int:
    """Return the minutes for a number of characters at a pace in characters a minute; at least 1 if there are any."""
    return max(1, round(characters / (pace or USUAL_PACE))) if characters > 0 else 0
