"""The range of a selection: two ends, and the unit it is selected by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from serge_tui.modes.reader.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable

    from serge_tui.modes.reader.motions import Place, Text, Unit

WIDER: Final[dict[Unit, Unit]] = {
    "character": "word",
    "word": "sentence",
    "sentence": "paragraph",
    "paragraph": "character",
    "line": "character",
}


@dataclass(frozen=True, slots=True)
class SelectionRange:
    """A range from `fixed`, the end that stays, to `cursor`, the end that moves; both characters are selected."""

    fixed: Place
    cursor: Place
    unit: Unit = "character"

    def to(self, cursor: Place) -> SelectionRange:
        """Return the range with the moving end elsewhere."""
        return replace(self, cursor=cursor)

    def turned(self) -> SelectionRange:
        """Return the range with its ends exchanged."""
        return replace(self, fixed=self.cursor, cursor=self.fixed)

    def wider(self) -> SelectionRange:
        """Return the range by the next larger unit; after the paragraph by character again."""
        return replace(self, unit=WIDER[self.unit])

    def stretch(self, text: Text, line: Callable[[Place], Stretch]) -> Stretch:
        """Return the stretch selected: whole units from one end to the other."""
        one, other = (text.unit(place, self.unit, line) for place in (self.fixed, self.cursor))
        return Stretch(*min(one.begin, other.begin), *max(one.stop, other.stop))
