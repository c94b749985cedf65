"""The grades a turned card can be given, each with the days that it will really bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from db.models import Rating
from serge_tui.core.study.grading import GRADES

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: Final = GRADES
TWO_NAMES: Final[dict[Rating, str]] = {1: "Not known", 3: "Known"}


def interval_text(days: int) -> str:
    """Return an interval as shown on a button: exact to the day up to two years, then `2.4 yr`; empty for none."""
    if not days:
        return ""
    return f"{days} d" if days <= 730 else f"{days / 365.25:.1f} yr"


AGAIN_TEXT: Final = "today"
"""Under Again: what was not known is asked again in the same session."""


class Grades(Widget):
    """Four grades in a row, or two; a click gives one. `suggested` is the one Space gives."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Grades { height: 2; }"
    intervals: reactive[Mapping[Rating, int]] = reactive(dict[Rating, int])
    suggested: reactive[int] = reactive(3)
    two: reactive[bool] = reactive(False)

    @dataclass
    class Given(Message):
        """A grade was clicked."""

        rating: Rating

    def render(self) -> Content:
        """Show the names over the intervals; in a narrow window, short names beside them."""
        if not self.intervals:
            return Content("")
        names = TWO_NAMES if self.two else NAMES
        wide = max(12, min(20, self.size.width // len(names)))
        upper, lower = Content(""), Content("")
        for number, (rating, name) in enumerate(names.items(), start=1):
            key = str(number) if self.two else str(rating)
            click = Style.from_meta({"@click": f"give({rating})"})
            mark = "▸" if rating == self.suggested else " "
            first = Content.styled(f"{mark}{key}", Style.parse("bold $primary") + click)
            word = Content.styled(f" {name}", Style.parse("bold" if rating == self.suggested else "") + click)
            days = AGAIN_TEXT if rating == 1 else interval_text(self.intervals[rating])
            upper += _padded(first + word, wide)
            lower += _padded(Content.styled(f"   {days}", Style.parse("$muted") + click), wide)
        return upper.rstrip() + Content("\n") + lower.rstrip()

    def action_give(self, rating: int) -> None:
        """Post the grade that was clicked."""
        if rating in NAMES:
            self.post_message(self.Given(rating))


def _padded(content: Content, width: int) -> Content:
    return content + Content(" " * max(0, width - content.cell_length))
