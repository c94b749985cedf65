"""The rows of the list of figures, each made when it is looked at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, overload

from serge_tui.modes.figures.widgets.name_list import NameRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from serge_tui.core.name_finder.match import Match
    from serge_tui.modes.figures.catalogue import Catalogue
    from serge_tui.modes.figures.filters import FigureFilter
    from serge_tui.services.hidden_ends import HiddenEnds


class FigureRows(Sequence[NameRow]):
    """Rows for `keys`, with how each matched where something was typed. Ten thousand cost nothing until they are drawn.

    `ends` says whose end is hidden, also if that is what matched.
    """

    def __init__(
        self, catalogue: Catalogue, keys: list[str], matches: Mapping[str, Match] | None = None, *, ends: HiddenEnds
    ) -> None:
        self.keys = keys
        self._catalogue = catalogue
        self._matches = matches
        self._ends = ends

    @property
    def found(self) -> bool:
        """Whether something was typed, so that rows have the spelling that matched beside them."""
        return self._matches is not None

    @property
    def among(self) -> Collection[str] | None:
        """The people found by the typed name, before filters; None if nothing was typed."""
        return self._matches

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> NameRow: ...

    @overload
    def __getitem__(self, index: slice) -> list[NameRow]: ...

    def __getitem__(self, index: int | slice) -> NameRow | list[NameRow]:
        """Make a row, or some."""
        if isinstance(index, slice):
            return [self._row(key) for key in self.keys[index]]
        return self._row(self.keys[index])

    def _row(self, key: str) -> NameRow:
        name = self._catalogue.names[key]
        years = name.years(hidden=self._ends.of(key))
        mark = "●" if key in self._catalogue.met else "○"
        if (term := self._catalogue.terms.get(key)) is not None:
            years, mark = term.years, "◇"
        if self._matches is None:
            return NameRow(key, name.name, years, mark=mark)
        match = self._matches[key]
        alias, lit = "" if match.alias == name.name else match.alias, match.positions
        if self._ends.of(key) and match.reason == "description":
            # A description gives away the end too: say only that it matched.
            alias, lit = "in what is told of them", ()
        return NameRow(key, name.name, years, alias, lit, mark)


def figure_rows(
    catalogue: Catalogue, chosen: FigureFilter, matches: Sequence[Match] | None, *, ends: HiddenEnds
) -> FigureRows:
    """Rows for what was found, best first; for everybody, in the order chosen, when nothing was typed."""
    if matches is None:
        return FigureRows(catalogue, catalogue.narrowed(catalogue.order(chosen.sort), chosen), ends=ends)
    by_key = {match.figure: match for match in matches if match.figure in catalogue.names}
    return FigureRows(catalogue, catalogue.narrowed(by_key, chosen, every_kind=True), by_key, ends=ends)
