"""A label with words beside it, which wrap under themselves and not under the label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.style import Style
    from textual.visual import RenderOptions


class Labelled(Visual):
    """A label of fixed width and words beside it. Where text does not wrap, the words are cut with an ellipsis.

    Args:
        label: Shown before the first line of the words.
        words: What wraps.
        indent: Cells before the words.
    """

    def __init__(self, label: Content, words: Content, indent: int) -> None:
        self._label = label.truncate(indent, pad=True)
        self._words = words
        self._indent = indent

    @property
    def plain(self) -> str:
        """All of it on one line, without styles."""
        return self._label.plain + self._words.plain

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw the lines."""
        lines = self._lines(options.rules, width)
        return [Strip(line.render_segments(style)) for line in lines[:height]]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002  # as Textual calls it
        """Return the width of all of it on one line."""
        return self._indent + self._words.cell_length

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the number of lines."""
        return len(self._lines(rules, width))

    def _lines(self, rules: RulesMap, width: int) -> list[Content]:
        room = max(8, width - self._indent)
        if rules.get("text_wrap") == "nowrap":
            return [self._label + self._words.truncate(room, ellipsis=True)]
        first, *more = self._words.wrap(room) or [Content("")]
        return [self._label + first, *(Content(" " * self._indent) + line for line in more)]
