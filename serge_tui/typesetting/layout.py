"""A chapter's passages as lines."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from serge_tui.typesetting.line import Line, Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.book import PassageKind
    from db.models import Passage

_INDENT: Final = 3
_BLANK: Final = Line(-1, 0, 0, "", 0, None, "blank", 0, False, False)


class Typesetter:
    """Sets one passage after another in the same settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def gap(self, kind: PassageKind, previous: PassageKind | None) -> int:
        """How many empty lines stand before a passage of `kind` after one of the kind `previous`."""
        if previous is None:
            return 2 if kind == "heading" else 0
        if kind == previous == "paragraph" and self.settings.paragraphs == "indented":
            return 0
        if kind == previous == "list":
            return 0
        return 2 if kind == "heading" and previous != "heading" else 1

    def lines(self, passage: Passage, previous: PassageKind | None = None) -> list[Line]:
        """Lines of a passage, without the empty ones before it."""
        text = passage.text
        indented = (
            passage.kind == "paragraph" and previous == "paragraph" and self.settings.paragraphs == "indented"
        )
        indent = _INDENT if indented else 0
        lines: list[Line] = []
        at, end = 0, len(text.rstrip())
        while at < end:
            room = self.settings.measure - indent
            if end - at <= room:
                stop = end
            else:
                stop = text.rfind(" ", at + 1, at + room + 1)
                if stop < 0:
                    stop = at + room
            shown = text[at:stop].rstrip()
            lines.append(
                Line(passage.ordinal, at, at + len(shown), shown, indent, None, passage.kind, passage.level,
                     not lines, stop >= end)
            )  # fmt: skip
            at, indent = stop, 0
            while at < end and text[at] == " ":
                at += 1
        return lines or [Line(passage.ordinal, 0, 0, "", 0, None, passage.kind, passage.level, True, True)]


def typeset_passage(passage: Passage, settings: Settings, previous: PassageKind | None = None) -> list[Line]:
    """Lines of one passage that follows one of the kind `previous`, without the empty ones before it."""
    return Typesetter(settings).lines(passage, previous)


class ChapterLayout:
    """The lines of a chapter, made when they are looked at. Line indices count from 0, empty lines too."""

    def __init__(self, passages: Sequence[Passage], settings: Settings) -> None:
        self.passages = passages
        self.settings = settings
        self._typesetter = Typesetter(settings)
        self._ordinals = [passage.ordinal for passage in passages]
        self._cache: dict[int, list[Line]] = {}
        counts = (self._gap(i) + len(self._lines_of(i)) for i in range(len(passages)))
        self._first = list(accumulate(counts, initial=0))

    def _previous(self, index: int) -> PassageKind | None:
        return self.passages[index - 1].kind if index else None

    def _gap(self, index: int) -> int:
        return self._typesetter.gap(self.passages[index].kind, self._previous(index))

    def _lines_of(self, index: int) -> list[Line]:
        if index not in self._cache:
            self._cache[index] = self._typesetter.lines(self.passages[index], self._previous(index))
        return self._cache[index]

    def __len__(self) -> int:
        return self._first[-1]

    def line(self, index: int) -> Line:
        """The line at `index`. Raises IndexError outside 0 to `len(self) - 1`."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        at = bisect_right(self._first, index) - 1
        within = index - self._first[at] - self._gap(at)
        return self._lines_of(at)[within] if within >= 0 else _BLANK

    def lines(self, start: int, stop: int) -> list[Line]:
        """The lines from `start` up to, not including, `stop`, as far as there are any."""
        return [self.line(index) for index in range(max(0, start), min(stop, len(self)))]

    def index_of(self, passage: int, offset: int = 0) -> int:
        """Index of the line that shows a character of a passage, the nearest one when the chapter lacks it."""
        if not self._ordinals:
            return 0
        at = max(0, bisect_right(self._ordinals, passage) - 1)
        lines = self._lines_of(at)
        starts = [line.start for line in lines]
        within = max(0, bisect_right(starts, offset) - 1) if passage == self._ordinals[at] else 0
        return self._first[at] + self._gap(at) + within
