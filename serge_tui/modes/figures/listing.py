"""The list of figures: read, found while typing, narrowed, sorted."""

from __future__ import annotations

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from serge_tui.host import tell_errors
from serge_tui.listeners import Listeners
from serge_tui.modes.figures.catalogue import Catalogue, load_catalogue
from serge_tui.modes.figures.filters import SORT_TITLES, SORTS, TERMS, FigureFilter, join_words, split_words
from serge_tui.modes.figures.rows import figure_rows
from serge_tui.navigation import Destination, ShowFigure, term_entry
from serge_tui.services.term_finder import find_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from serge_tui.core.name_finder.match import Match
    from serge_tui.core.name_finder.names import NameFinder
    from serge_tui.host import Host
    from serge_tui.modes.figures.widgets.name_box import NameBox
    from serge_tui.modes.figures.widgets.name_list import NameList

SAVED_FILTERS = "figure_filters"
"""Setting: filters saved under the number keys."""


class FigureListing:
    """Controller: who is in the list, and in which order.

    Args:
        host: The app.
        box: Where names are typed.
        people: The list that is filled.
        here: Return the present place, to come back to after everybody was read again.
    """

    def __init__(self, host: Host, box: NameBox, people: NameList, here: Callable[[], ShowFigure]) -> None:
        self._host = host
        self._box = box
        self._people = people
        self._here = here
        self.catalogue: Catalogue | None = None
        self.chosen_filter = FigureFilter()
        self.keys: list[str] = []
        """Keys of the people in the list."""
        self.found_by_name: Collection[str] | None = None
        """Keys of everybody found by the name typed, before facets narrow them; None if nothing is typed."""
        self.query = ""
        """The name typed."""
        self.coming: ShowFigure | None = ShowFigure()
        """The place to show once the list is filled; None leaves cursor and scroll alone."""
        self.catalogue_read: Listeners[[]] = Listeners()
        """Everybody was read again: whatever was made from the catalogue before is out of date."""
        self.listed: Listeners[[ShowFigure | None]] = Listeners()
        """The list was filled; with the place that was asked for."""
        self._readings = 0
        self._is_reading = False
        self._asked = self._answered = 0
        self._thread = ThreadPoolExecutor(1, "serge-figures")

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read everybody in a thread, then fill the list again and stay at the present place."""
        self._is_reading = self.catalogue is None
        self._people.run_worker(tell_errors(self._host, self._read()), group="figures-catalogue")

    async def _read(self) -> None:
        self._readings += 1
        reading = self._readings
        try:
            catalogue = await asyncio.to_thread(self._load)
        finally:
            self._is_reading = False
        if reading == self._readings and self._people.is_attached:
            self.coming = self.coming or self._here()
            self.catalogue = catalogue
            self.catalogue_read()
            self.find()

    def _load(self) -> Catalogue:
        # Prepared here, or the first name typed would wait for it.
        self._host.finder.prepare()
        return load_catalogue(self._host.library)

    def close(self) -> None:
        """End the thread that finds names."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    # --- finding -----------------------------------------------------------------------------------------------------

    def typed(self, text: str) -> None:
        """Find the name typed."""
        if text.strip() != self.query:
            self.query = text.strip()
            self.find()

    def find(self) -> None:
        """Fill the list. An answer to an earlier question is dropped."""
        self._asked += 1
        if self.catalogue is None:
            return
        if not self.query:
            self._fill(None, self._asked)
            return
        asked, finder, limit = self._asked, self._host.finder, len(self.catalogue.names)
        search = self._thread.submit(lambda query: self._search(finder, query, limit, asked), self.query)
        answer = asyncio.wrap_future(search)
        answer.add_done_callback(lambda done: None if done.cancelled() else self._fill(done.result(), asked))

    def _search(self, finder: NameFinder, query: str, limit: int, asked: int) -> list[Match] | None:
        """Ask both finders, unless another letter was typed while this question waited."""
        if asked != self._asked:
            return None
        sure = not self.chosen_filter.kind
        terms = find_terms(self._host.library, query, sure=sure, limit=limit)
        entries = [replace(match, figure=term_entry(match.figure)) for match in terms]
        return _merged(finder.find(query, limit=limit), entries)

    def _fill(self, matches: list[Match] | None, asked: int) -> None:
        if asked != self._asked or self.catalogue is None or not self._people.is_attached:
            return
        self._answered = asked
        rows = figure_rows(self.catalogue, self.effective_filter, matches, ends=self._host.ends)
        self.keys, self.found_by_name = rows.keys, rows.among
        coming, self.coming = self.coming, None
        if coming is None:
            self._people.show(rows, aliases=rows.found)
        else:
            key = coming.line or coming.key
            at = self.keys.index(key) if key in self.keys else 0
            self._people.show(rows, at, scroll=None if coming.key else coming.scroll, aliases=rows.found)
        self.listed(coming)

    @property
    def is_finding(self) -> bool:
        """Whether the list does not show the answer to the name typed yet."""
        return self._answered != self._asked or self.catalogue is None

    @property
    def keys_must_wait(self) -> bool:
        """Whether everybody, or the answer to the name typed, is still being read."""
        return self._is_reading or (self.catalogue is not None and self.is_finding)

    # --- narrowing ---------------------------------------------------------------------------------------------------

    @property
    def effective_filter(self) -> FigureFilter:
        """The filter in use: while ends are hidden, without anything that would give one away."""
        return self.chosen_filter.without_ends() if self._host.fates_hidden else self.chosen_filter

    @property
    def words(self) -> str:
        """The name typed and the filter, as words."""
        return join_words(self.query, self.chosen_filter)

    def narrow(self, chosen: FigureFilter) -> None:
        """Use another filter and order."""
        self.chosen_filter = chosen
        self.find()

    def use_words(self, words: str) -> None:
        """Use a filter written as words, with the name in it."""
        self.query, self.chosen_filter = split_words(words)
        self._box.value = self.query
        self.find()

    def action_terms(self) -> None:
        """Show terms and places in place of people, or people again."""
        self.narrow(FigureFilter(sort=self.chosen_filter.sort, kind="" if self.chosen_filter.kind else TERMS))

    def action_sort(self) -> None:
        """Sort in the next order."""
        orders = [sort for sort in SORTS if not (sort == "death" and self._host.fates_hidden)]
        at = orders.index(self.chosen_filter.sort) if self.chosen_filter.sort in orders else -1
        following = orders[(at + 1) % len(orders)]
        self.narrow(self.chosen_filter.with_word("sort", following))
        title = SORT_TITLES[following]
        self._host.inform(f"{title.capitalize()}{', once no name is typed' if self.query else ''}.")

    # --- opening somebody --------------------------------------------------------------------------------------------

    def open(self, key: str) -> None:
        """Go to a figure's page; the way back leads to the list as it is."""
        self._host.go_to(ShowFigure(key, self.words, 0, key))

    def action_open(self) -> None:
        """Open the person under the cursor."""
        self._people.action_choose()

    def action_random(self) -> None:
        """Open somebody of the list at random."""
        chosen = self._people.chosen
        others = [key for key in self.keys if chosen is None or key != chosen.key]
        if others:
            self.open(random.choice(others))  # noqa: S311  # no secret depends on it

    def action_table(self) -> None:
        """Show the people of the list as a table that can be exported."""
        self._host.start(self._show_table())

    async def _show_table(self) -> None:
        from serge_tui.modes.figures.table import figure_table
        from serge_tui.modes.figures.table_screen import FigureTableScreen

        if self.catalogue is None:
            return
        rows = figure_table(self.catalogue, self.keys, ends=self._host.ends)
        if not rows:
            self._host.inform("The table holds people only, and none are in the list.")
            return
        destination = await self._host.ask(FigureTableScreen(rows))
        if isinstance(destination, ShowFigure) and destination.key is not None:
            self.open(destination.key)
        elif isinstance(destination, Destination):
            self._host.go_to(destination)


def _merged(people: list[Match], terms: list[Match]) -> list[Match]:
    """Return people in their order with each term before the first whom it beats."""
    found = list(people)
    for term in terms:
        at = next((number for number, match in enumerate(found) if match.score < term.score), len(found))
        found.insert(at, term)
    return found
