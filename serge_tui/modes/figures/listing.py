"""The list of figures: read, found while typing, narrowed by facets, sorted."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from serge_tui.modes.figures.catalogue import Catalogue, load_catalogue
from serge_tui.modes.figures.facets import facet_views, spoken
from serge_tui.modes.figures.filters import FigureFilter, join_words, split_words
from serge_tui.modes.figures.rows import figure_rows
from serge_tui.modes.figures.saved_filters import SAVED, saved_filters
from serge_tui.modes.figures.widgets.facet_list import FacetList
from serge_tui.modes.figures.widgets.name_box import NameBox
from serge_tui.modes.figures.widgets.name_list import NameList
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.navigation import Mode, ShowFigure
from serge_tui.widgets.linked_page import LinkedPage

if TYPE_CHECKING:
    from collections.abc import Collection
    from concurrent.futures import Future

    from textual.app import ComposeResult

    from serge_tui.core.name_finder.match import Match

WORTH_WAITING: Final = 0.006
"""Seconds the list waits for an answer before it is painted without it."""
SAVED_FILTERS = "figure_filters"
"""Setting: filters kept under the number keys."""


class FigureListing(ModeScreen):
    """The lowest floor of the figures mode: who is in the list. What stands beside it is the subclass's."""

    MODE: ClassVar[Mode] = "figures"

    def __init__(self) -> None:
        super().__init__()
        self.catalogue: Catalogue | None = None
        self.chosen_filter = FigureFilter()
        self.keys: list[str] = []
        """Keys of the people in the list."""
        self._found_by_name: Collection[str] | None = None
        self._query = ""
        self._asked = self._answered = 0
        self._thread = ThreadPoolExecutor(1, "serge-figures")
        self._coming: ShowFigure | None = ShowFigure()
        """Where the list is to be once it is there; None leaves it where it comes to be."""

    # --- layout ------------------------------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """The box on top; facets, list and page under it, as many as there is room for."""
        with Horizontal(id="figures-top"):
            yield Static("Find", id="figures-label", markup=False)
            yield NameBox(self._typed, placeholder="a name, in any spelling", id="figures-query")
        yield Static("", id="figures-filter", markup=False)
        with Horizontal(id="figures-body"):
            yield FacetList(id="figures-facets")
            yield NameList(id="figures-list")
            yield LinkedPage(id="figures-page")

    @property
    def box(self) -> NameBox:
        """Where names are typed."""
        return self.query_one("#figures-query", NameBox)

    @property
    def facets(self) -> FacetList:
        """What the list is narrowed by."""
        return self.query_one("#figures-facets", FacetList)

    @property
    def people(self) -> NameList:
        """The people found."""
        return self.query_one("#figures-list", NameList)

    # --- what a subclass does ----------------------------------------------------------------------------------------

    def here(self) -> ShowFigure:
        """Where one is, exactly."""
        raise NotImplementedError

    def catalogue_read(self) -> None:
        """Everybody was read anew: what was made from it before is out of date."""

    def listed(self, coming: ShowFigure | None) -> None:
        """The list was filled; `coming` is what was asked to be shown with it."""

    # --- reading -----------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Read everybody, then show what was asked for."""
        self.box.focus()
        self._read()

    def on_screen_resume(self) -> None:
        """Read again on coming back: a note may have been written, somebody met."""
        if self.catalogue is not None:
            self._read()

    def refresh_data(self) -> None:
        """Read everybody again, and stay where one is."""
        self._read()

    @work(thread=True, exclusive=True, group="figures-catalogue")
    def _read(self) -> None:
        catalogue = load_catalogue(self.host.library)
        # The first question ever asked pays for what is made when first needed: that should not be the reader's.
        self.host.finder.prepare()
        # Neither is ever part of a cycle, and both stay: with ten thousand figures each full collection would stop
        # everything for a tenth of a second to find that out.
        gc.freeze()
        self.app.call_from_thread(self._was_read, catalogue)

    def _was_read(self, catalogue: Catalogue) -> None:
        if self.is_attached:
            self._coming = self._coming or self.here()
            self.catalogue = catalogue
            self.catalogue_read()
            self.find()

    # --- finding -----------------------------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        if text.strip() != self._query:
            self._query = text.strip()
            self.find()

    def find(self) -> None:
        """Fill the list. What is asked later drops what was asked before."""
        self._asked += 1
        if self.catalogue is None:
            return
        if not self._query:
            self._found(None, self._asked)
            return
        asked, finder, limit = self._asked, self.host.finder, len(self.catalogue.names)
        search = self._thread.submit(lambda query: finder.find(query, limit=limit), self._query)
        try:
            # Nearly every answer comes in a millisecond or two: then it is painted with the key itself.
            self._found(search.result(WORTH_WAITING), asked)
        except TimeoutError:
            search.add_done_callback(lambda done: self._found_late(done, asked))

    def _found_late(self, search: Future[list[Match]], asked: int) -> None:
        """Come back from the thread with an answer, unless it is stale."""
        if not search.cancelled() and asked == self._asked and self.app.is_running:
            self.app.call_from_thread(lambda: self._found(search.result(), asked))

    def on_unmount(self) -> None:
        """Let the thread end."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _found(self, matches: list[Match] | None, asked: int) -> None:
        if asked != self._asked or self.catalogue is None or not self.is_attached:
            return
        self._answered = asked
        rows = figure_rows(self.catalogue, self._effective, matches, sealed=self.host.fates_hidden)
        self.keys, self._found_by_name = rows.keys, rows.among
        coming, self._coming = self._coming, None
        if coming is None:
            self.people.show(rows, aliases=rows.found)
        else:
            key = coming.line or coming.key
            at = self.keys.index(key) if key in self.keys else 0
            self.people.show(rows, at, scroll=None if coming.key else coming.scroll, aliases=rows.found)
        if self.facets.display:
            self.show_facets()
        self.listed(coming)
        self.tell_status()

    @property
    def is_finding(self) -> bool:
        """Whether the list does not yet answer what was typed last."""
        return self._answered != self._asked or self.catalogue is None

    def tell_status(self) -> None:
        """Say how many there are and what the list is narrowed to; where the list is not seen, nothing."""
        if self.catalogue is None:
            return
        if not self.people.display:
            self.set_status("")
            return
        count, known = len(self.keys), sum(map(self.catalogue.met.__contains__, self.keys))
        people = "1 person" if count == 1 else f"{count} people"
        self.set_status(f"{people} · {known} met so far")
        line = self.query_one("#figures-filter", Static)
        narrowed = spoken(self._effective.words)
        if line.display != bool(narrowed):
            line.display = bool(narrowed)
        # A new layout for each key would cost a frame.
        line.update(Content.styled(narrowed, "$primary") + Content.styled("   0 shows all", "$muted"), layout=False)

    # --- narrowing ---------------------------------------------------------------------------------------------------

    @property
    def _effective(self) -> FigureFilter:
        return self.chosen_filter.sealed() if self.host.fates_hidden else self.chosen_filter

    @property
    def words(self) -> str:
        """What was typed and what the list is narrowed to, as words."""
        return join_words(self._query, self.chosen_filter)

    @property
    def saved_filters(self) -> list[str]:
        """What the reader keeps under the number keys."""
        return self.host.library.settings.get(SAVED_FILTERS, list[str]())

    def narrow(self, chosen: FigureFilter) -> None:
        """Narrow and sort the list in another way."""
        self.chosen_filter = chosen
        self.find()

    def use_words(self, words: str) -> None:
        """Use a filter written as words, with what is to be typed."""
        self._query, self.chosen_filter = split_words(words)
        self.box.value = self._query
        self.find()

    def show_facets(self) -> None:
        """Bring the facets up to date."""
        if self.catalogue is not None:
            sealed = self.host.fates_hidden
            among, saved = self._found_by_name, self.saved_filters
            self.facets.show(facet_views(self.catalogue, self._effective, saved, sealed=sealed, among=among))

    @on(FacetList.CameUp)
    def _facets_came_up(self) -> None:
        self.show_facets()

    @on(FacetList.Changed)
    def _facet_changed(self, message: FacetList.Changed) -> None:
        if message.name != SAVED:
            self.narrow(self.chosen_filter.with_word(message.name, message.value))
        elif kept := saved_filters(self.saved_filters).get(message.value):
            self.use_words(kept.words)
