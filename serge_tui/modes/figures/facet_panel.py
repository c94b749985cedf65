"""The facets beside the list: kept up to date, and what is chosen in them put into effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.modes.figures.facets import facet_views
from serge_tui.modes.figures.saved_filters import SAVED

if TYPE_CHECKING:
    from serge_tui.host import Host
    from serge_tui.modes.figures.listing import FigureListing
    from serge_tui.modes.figures.widgets.facet_list import FacetList
    from serge_tui.modes.saved_filters import SavedFilters
    from serge_tui.navigation import ShowFigure


class FacetPanel:
    """Controller: shows the facets with their counts, and narrows the list by what is chosen."""

    def __init__(self, host: Host, facets: FacetList, listing: FigureListing, saved: SavedFilters) -> None:
        self._host = host
        self._facets = facets
        self._listing = listing
        self._saved = saved
        listing.listed.add(self._listed)

    def _listed(self, _coming: ShowFigure | None) -> None:
        if self._facets.display:
            self.refresh()

    def refresh(self) -> None:
        """Bring the facets up to date."""
        listing = self._listing
        if listing.catalogue is not None:
            views = facet_views(
                listing.catalogue,
                listing.effective_filter,
                self._saved.by_key,
                hide_ends=self._host.fates_hidden,
                among=listing.found_by_name,
            )
            self._facets.show(views)

    def choose(self, name: str, value: str) -> None:
        """Narrow the list by a value of a facet, or use one of the saved filters."""
        if name != SAVED:
            self._listing.narrow(self._listing.chosen_filter.with_word(name, value))
        elif saved := self._saved.by_key.get(value):
            self._listing.use_words(saved.words)

    def refuse(self) -> None:
        """Say why a facet cannot be unfolded."""
        self._host.inform("How lives ended is hidden. Press > to show it everywhere.")
