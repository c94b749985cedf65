"""Who lived and who died, drawn over the years up to the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widget import Widget

from serge_tui.core.charts import chart
from serge_tui.modes.years.chronology import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.modes.years.people import Tally

_YEARS: Final = LAST_YEAR - FIRST_YEAR + 1
_LABEL: Final = 11
"""Cells of the words left of the bars."""
_WIDEST: Final = 3
"""Most cells a year takes."""


class LivesStrip(Widget):
    """Bars of the people alive at the end of each year and of those who died in it, over a scale of decades."""

    DEFAULT_CSS = "LivesStrip { height: 4; }"
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name for it
        super().__init__(id=id)
        self._tallies: Sequence[Tally] = ()
        self._year = FIRST_YEAR

    def show(self, tallies: Sequence[Tally], year: int) -> None:
        """Show other lives or another year.

        Args:
            tallies: One for each year from `FIRST_YEAR` to `LAST_YEAR`. If nobody lived in any, the strip is away.
            year: The chosen year; what is after it is drawn faintly.
        """
        self._tallies = tallies
        self._year = min(max(year, FIRST_YEAR), LAST_YEAR)
        self.set_class(not any(tally.alive for tally in tallies), "-empty")
        self.refresh()

    def render(self) -> Content:
        """Draw two lines of lives, one of deaths, and the scale."""
        cells = min(_WIDEST, (self.size.width - _LABEL) // _YEARS)
        if cells < 1 or not self._tallies:
            return Content("")
        alive = [tally.alive for tally in self._tallies]
        died = [tally.died for tally in self._tallies]
        chosen = self._tallies[self._year - FIRST_YEAR]
        upper, lower = chart(alive, 2, max(alive), wide=cells)
        (deaths,) = chart(died, 1, max(died), wide=cells)
        return Content("\n").join(
            [
                _label("", "") + self._until_chosen(upper, cells, "$primary"),
                _label(f"{chosen.alive} alive", "$muted") + self._until_chosen(lower, cells, "$primary"),
                _label(f"{chosen.died} died", "$muted") + self._until_chosen(deaths, cells, "$error"),
                _label(str(self._year), "bold $primary") + Content.styled(_scale(cells), "$muted"),
            ]
        )

    def _until_chosen(self, bars: str, cells: int, style: str) -> Content:
        """Colour bars up to the chosen year; later ones are faint."""
        end = (self._year - FIRST_YEAR + 1) * cells
        return Content.styled(bars[:end], style) + Content.styled(bars[end:], "$rule")


def _label(words: str, style: str) -> Content:
    return Content.styled(f"{words:>{_LABEL - 2}}  ", style)


def _scale(cells: int) -> str:
    """Return the decades, each at its first year."""
    years = (year for year in range(1890, LAST_YEAR + 1, 10) if (LAST_YEAR + 1 - year) * cells >= len(str(year)))
    return " " * (1890 - FIRST_YEAR) * cells + "".join(f"{year:<{10 * cells}}" for year in years)
