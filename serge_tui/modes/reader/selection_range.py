"""A selection under way: two ends, and whether it goes by character, word, sentence, paragraph or line."""

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
    """`cursor` is the end that moves, `fixed` the one that stays; both are characters that are selected."""

    fixed: Place
    cursor: Place
    unit: Unit = "character"

    def to(self, cursor: Place) -> SelectionRange:
        """With the moving end elsewhere."""
        return replace(self, cursor=cursor)

    def turned(self) -> SelectionRange:
        """With the ends changed over."""
        return replace(self, fixed=self.cursor, cursor=self.fixed)

    def wider(self) -> SelectionRange:
        """By the next larger unit; after the paragraph by character again."""
        return replace(self, unit=WIDER[self.unit])

    def stretch(self, text: Text, line: Callable[[Place], Stretch]) -> Stretch:
        """What is selected: whole units from one end to the other."""
        one, other = (text.unit(place, self.unit, line) for place in (self.fixed, self.cursor))
        return Stretch(*min(one.begin, other.begin), *max(one.stop, other.stop))
