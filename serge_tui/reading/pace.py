"""How fast somebody reads: what has been passed, and how long it took."""

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
class Sitting:
    """Follows the reader down a chapter and adds up what was read.

    `look` is told, at a time in seconds, how many characters lie before the first line shown and before the end of
    the screen. Only what is passed forwards, at a speed at which it can be read, counts.
    """

    seconds: float = 0.0
    characters: int = 0
    _since: float | None = field(default=None, repr=False)
    _top: int = field(default=0, repr=False)
    _bottom: int = field(default=0, repr=False)

    def look(self, now: float, top: int, bottom: int) -> None:
        """Take that the screen now shows the characters from `top` to `bottom`."""
        if self._since is not None:
            took, passed = now - self._since, top - self._top
            # A jump to a place that was not in view is no reading, and while nothing is passed the clock runs on.
            if 0 < passed <= self._bottom - self._top:
                if took <= LONGEST_LOOK and passed <= took / 60 * FASTEST:
                    self.seconds += took
                    self.characters += passed
            elif passed == 0 and took <= LONGEST_LOOK:
                self._bottom = bottom
                return
        self._since, self._top, self._bottom = now, top, bottom

    def leave(self) -> None:
        """Stop the clock: the page is not looked at."""
        self._since = None

    def take(self) -> tuple[float, int]:
        """What was added up since the last time: seconds and characters."""
        taken = self.seconds, self.characters
        self.seconds, self.characters = 0.0, 0
        return taken


def minutes_left(characters: int, pace: float | None) -> int:
    """Minutes for a number of characters at a pace in characters a minute; at least 1 while there is any."""
    return max(1, round(characters / (pace or USUAL_PACE))) if characters > 0 else 0
