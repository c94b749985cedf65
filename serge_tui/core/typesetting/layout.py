"""Lay out a chapter's passages as lines, each typeset when it is first needed."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from serge_tui.core.typesetting.display_text import Drawn, draw
from serge_tui.core.typesetting.form import Form, bullet_width, form, gap
from serge_tui.core.typesetting.line import Line, Settings
from serge_tui.core.typesetting.set_passage import SetPassage, height
from serge_tui.core.typesetting.tables import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.book import PassageKind
    from db.models import Passage

_MOST_SET: Final = 96
_BLANK: Final = Line(-1, 0, 0, "", 0, None, "blank", 0, first=False, last=False)
_WITH_TABS: Final = frozenset({"table", "verse"})


def drawn_of(passage: Passage) -> Drawn:
    """Return a passage's text for drawing."""
    return draw(passage.text, expand_tabs=passage.kind in _WITH_TABS)


class Typesetter:
    """Typesets passages with one group of settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def set_passage(
        self, passage: Passage, previous: PassageKind | None = None, drawn: Drawn | None = None
    ) -> SetPassage:
        """Typeset a passage that follows one of the kind `previous`; `drawn` is its text if already prepared."""
        text, shape = self._prepared(passage, previous, drawn or drawn_of(passage))
        return SetPassage(passage, text, shape, self.settings.language)

    def height(self, passage: Passage, previous: PassageKind | None, drawn: Drawn) -> int:
        """Return how many lines a passage takes; quicker than typesetting it."""
        return height(*self._prepared(passage, previous, drawn))

    def _prepared(self, passage: Passage, previous: PassageKind | None, drawn: Drawn) -> tuple[Drawn, Form]:
        kind = passage.kind
        bullet = bullet_width(drawn.text) if kind == "list" else 0
        shape = form(kind, passage.level, previous, bullet, self.settings)
        return (squeezed(drawn, shape.measure) if kind == "table" else drawn), shape

    def lines(self, passage: Passage, previous: PassageKind | None = None) -> list[Line]:
        """Return the lines of a passage, at least one, without the empty ones before it."""
        set_lines = self.set_passage(passage, previous)
        return [set_lines.line(index) for index in range(len(set_lines))]


def typeset_passage(passage: Passage, settings: Settings, previous: PassageKind | None = None) -> list[Line]:
    """Return the lines of a passage that follows one of the kind `previous`, without the empty ones before it."""
    return Typesetter(settings).lines(passage, previous)


class ChapterLayout:
    """The lines of a chapter. Their number is known at once; each is made when it is first read.

    Line indices count from 0 and include the empty lines between passages. Every setting gives the same number of
    lines for the same measure. `passages` must be in order of their ordinals.
    """

    def __init__(self, passages: Sequence[Passage], settings: Settings, *, like: ChapterLayout | None = None) -> None:
        self.passages = passages
        self.settings = settings
        self._typesetter = Typesetter(settings)
        self._ordinals = [passage.ordinal for passage in passages]
        self._drawn: list[Drawn]
        if like is not None and like.passages is passages:
            self._drawn = like._drawn  # noqa: SLF001  # of the same class
        else:
            self._drawn = list(map(drawn_of, passages))
        self._set: dict[int, SetPassage] = {}
        # How many empty lines precede each passage, and where they begin.
        self._gaps = self._empty_lines()
        self._begins = list(accumulate(self._heights(), initial=0))

    def with_settings(self, settings: Settings) -> ChapterLayout:
        """Return the same chapter with other settings; cheaper than starting over."""
        return ChapterLayout(self.passages, settings, like=self)

    def __len__(self) -> int:
        return self._begins[-1]

    def __bool__(self) -> bool:
        return True

    def line(self, index: int) -> Line:
        """Return the line at `index`. Raises IndexError outside 0 to `len(self) - 1`."""
        if not 0 <= index < len(self):
            raise IndexError(f"line {index} of a chapter of {len(self)} lines")
        at = bisect_right(self._begins, index) - 1
        within = index - self._begins[at] - self._gaps[at]
        return self._set_at(at).line(within) if within >= 0 else _BLANK

    def lines(self, start: int, stop: int) -> list[Line]:
        """Return the lines from `start` up to, not including, `stop`, as far as they exist."""
        return [self.line(index) for index in range(max(0, start), min(stop, len(self)))]

    def index_of(self, passage: int, offset: int = 0) -> int:
        """Return the index of the line that shows the character at an offset of a passage, by its ordinal.

        For a passage outside the chapter it is the nearest line before it.
        """
        at = max(0, bisect_right(self._ordinals, passage) - 1)
        if not self._ordinals:
            return 0
        within = 0
        if passage >= self._ordinals[at]:
            set_lines = self._set_at(at)
            within = set_lines.index_of(offset) if passage == self._ordinals[at] else len(set_lines) - 1
        return self._begins[at] + self._gaps[at] + within

    def passage_lines(self, at: int) -> tuple[int, int]:
        """Return the first line, and the one after the last, of the passage at a position in `passages`."""
        return self._begins[at] + self._gaps[at], self._begins[at + 1]

    def passage_at(self, index: int) -> int:
        """Return the position in `passages` of the passage that a line shows, or precedes if the line is empty."""
        return max(0, min(bisect_right(self._begins, index) - 1, len(self.passages) - 1))

    def _previous(self, at: int) -> PassageKind | None:
        return self.passages[at - 1].kind if at else None

    def _empty_lines(self) -> list[int]:
        gaps: list[int] = []
        previous: PassageKind | None = None
        opening = True
        for passage in self.passages:
            gaps.append(gap(passage.kind, previous, self.settings, opening=opening))
            opening = opening and passage.kind == "heading"
            previous = passage.kind
        return gaps

    def _heights(self) -> Iterator[int]:
        """Yield the number of lines of each passage, with the empty ones before it."""
        height_of, previous = self._typesetter.height, None
        for passage, drawn, empty in zip(self.passages, self._drawn, self._gaps, strict=True):
            yield empty + height_of(passage, previous, drawn)
            previous = passage.kind

    def _set_at(self, at: int) -> SetPassage:
        set_lines = self._set.get(at)
        if set_lines is None:
            while len(self._set) >= _MOST_SET:
                del self._set[next(iter(self._set))]
            set_lines = self._typesetter.set_passage(self.passages[at], self._previous(at), self._drawn[at])
            self._set[at] = set_lines
        return set_lines
