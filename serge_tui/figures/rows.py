"""The rows of the list of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.widgets.name_list import NameRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.figures.catalogue import Catalogue
    from serge_tui.figures.filters import FigureFilter
    from serge_tui.finder.match import Match


def name_rows(
    catalogue: Catalogue, chosen: FigureFilter, matches: Sequence[Match] | None, *, sealed: bool
) -> list[NameRow]:
    """Rows for what was found, best first; for everybody, in the order chosen, when nothing was typed."""
    names = catalogue.names
    if matches is None:
        return [
            NameRow(key, names[key].name, names[key].years(sealed=sealed), mark=_mark(catalogue, key))
            for key in catalogue.narrowed(catalogue.order(chosen.sort), chosen)
        ]
    by_key = {match.figure: match for match in matches if match.figure in names}
    rows = []
    for key in catalogue.narrowed(by_key, chosen):
        match, name = by_key[key], names[key]
        alias, lit = "" if match.alias == name.name else match.alias, match.positions
        if sealed and match.reason == "description":
            # What is told of somebody tells the end too: only that it matched is said.
            alias, lit = "in what is told of them", ()
        rows.append(NameRow(key, name.name, name.years(sealed=sealed), alias, lit, _mark(catalogue, key)))
    return rows


def _mark(catalogue: Catalogue, key: str) -> str:
    return "●" if key in catalogue.met else "○"
