"""The list of figures and the page beside it: finding, narrowing, and the way from one to the other and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from serge_tui.figures.cards import CardLine, card_lines
from serge_tui.figures.catalogue import Catalogue, load_catalogue
from serge_tui.figures.dossier import load_dossier
from serge_tui.figures.facets import SAVED, facet_views, kept_filters, spoken
from serge_tui.figures.filters import FigureFilter, join_words, split_words
from serge_tui.figures.page import ShowAllMentions, figure_page
from serge_tui.figures.rows import name_rows
from serge_tui.navigation import Destination, Mode, ShowFigure, Spot
from serge_tui.screens.mode_screen import ModeScreen
from serge_tui.widgets.facet_list import FacetList
from serge_tui.widgets.linked_page import LinkedPage, Paragraph
from serge_tui.widgets.name_box import NameBox
from serge_tui.widgets.name_list import NameList
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from serge_tui.figures.dossier import Dossier
    from serge_tui.finder.match import Match

SAVED_FILTERS = "figure_filters"
"""Setting: filters kept under the number keys."""


class FigureBrowser(ModeScreen):
    """Base of the figures mode: shows and finds; what can be done with a figure is the subclass's."""

    MODE: ClassVar[Mode] = "figures"

    def __init__(self) -> None:
        super().__init__()
        self.catalogue: Catalogue | None = None
        self.chosen_filter = FigureFilter()
        self.dossier: Dossier | None = None
        """The figure whose page is shown."""
        self._query = ""
        self._asked = 0
        self._open: str | None = None
        """Key of the figure whose page has the keys; None while the list has them."""
        self._shown: tuple[str, bool] | None = None
        self._unsealed: set[str] = set()
        self._coming: ShowFigure | None = ShowFigure()
        self._cards: dict[str, list[CardLine]] = {}

    # --- layout ------------------------------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """The box on top; facets, list and page under it, as many as there is room for."""
        with Horizontal(id="figures-top"):
            yield Static("Find", id="figures-label", markup=False)
            yield NameBox(placeholder="a name, in any spelling", id="figures-query", compact=True)
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
    def list(self) -> NameList:
        """The people found."""
        return self.query_one("#figures-list", NameList)

    @property
    def page(self) -> LinkedPage:
        """The figure under the cursor, or the one opened."""
        return self.query_one("#figures-page", LinkedPage)

    @property
    def shown_key(self) -> str | None:
        """Key of the figure a command is about: the one whose page is open, else the one under the cursor."""
        if self._open is not None:
            return self._open
        return chosen.key if (chosen := self.list.chosen) is not None else None

    @property
    def _beside(self) -> bool:
        """Whether the page stands beside the list."""
        return self.page.display and self._open is None

    def on_mount(self) -> None:
        """Read everybody, then show what was asked for."""
        self.box.focus()
        self._load()

    def on_screen_resume(self) -> None:
        """Read again on coming back: a note may have been written, somebody met."""
        if self.catalogue is not None:
            self._load()

    def refresh_data(self) -> None:
        """Read everybody again, and stay where one is."""
        self._load()

    @work(thread=True, exclusive=True, group="figures-catalogue")
    def _load(self) -> None:
        catalogue = load_catalogue(self.serge.library)
        self.app.call_from_thread(self._loaded, catalogue)

    def _loaded(self, catalogue: Catalogue) -> None:
        if not self.is_attached:
            return
        self._coming = self._coming or self._here()
        self._shown = None
        self._cards.clear()
        self.catalogue = catalogue
        self.find()

    # --- finding -----------------------------------------------------------------------------------------------------

    @on(Input.Changed, "#figures-query")
    def _typed(self, event: Input.Changed) -> None:
        if event.value.strip() != self._query:
            self._query = event.value.strip()
            self.find()

    def find(self) -> None:
        """Narrow the list. What is asked later drops what was asked before."""
        self._asked += 1
        if self.catalogue is None:
            return
        if self._query:
            self._search(self._query, self._asked, len(self.catalogue.names))
        else:
            self._found(None, self._asked)

    @work(thread=True, exclusive=True, group="figures-find")
    def _search(self, query: str, asked: int, limit: int) -> None:
        matches = self.serge.finder.find(query, limit=limit)
        if asked == self._asked:
            self.app.call_from_thread(self._found, matches, asked)

    def _found(self, matches: list[Match] | None, asked: int) -> None:
        if asked != self._asked or self.catalogue is None or not self.is_attached:
            return
        sealed = self.serge.fates_sealed
        rows = name_rows(self.catalogue, self._effective, matches, sealed=sealed)
        coming, self._coming = self._coming, None
        if coming is None:
            self.list.show(rows)
        else:
            self.list.show(rows, coming.line or coming.key, scroll=None if coming.key else coming.scroll)
            if coming.key:
                self.show_figure(coming.key, scroll=coming.scroll)
        if not rows and self._beside:
            self._show_nobody()
        if self.facets.display:
            self._show_facets()
        self._tell_status()

    # --- narrowing ---------------------------------------------------------------------------------------------------

    @property
    def _effective(self) -> FigureFilter:
        return self.chosen_filter.sealed() if self.serge.fates_sealed else self.chosen_filter

    @property
    def saved_filters(self) -> list[str]:
        """What the reader keeps under the number keys."""
        return self.serge.library.settings.get(SAVED_FILTERS, list[str]())

    def _show_facets(self) -> None:
        if self.catalogue is not None:
            sealed = self.serge.fates_sealed
            self.facets.show(facet_views(self.catalogue, self._effective, self.saved_filters, sealed=sealed))

    @on(FacetList.Changed)
    def _facet_changed(self, message: FacetList.Changed) -> None:
        if message.name == SAVED:
            if words := kept_filters(self.saved_filters).get(message.value):
                self.use_words(words)
            return
        self.narrow(self.chosen_filter.with_word(message.name, message.value))

    def narrow(self, chosen: FigureFilter) -> None:
        """Narrow and sort the list in another way."""
        self.chosen_filter = chosen
        self.find()

    def use_words(self, words: str) -> None:
        """Use a filter written as words, with what is to be typed."""
        self._query, self.chosen_filter = split_words(words)
        self.box.value = self._query
        self.find()

    @property
    def words(self) -> str:
        """What was typed and what the list is narrowed to, as words."""
        return join_words(self._query, self.chosen_filter)

    def _show_nobody(self) -> None:
        words = "Nobody, in any spelling." if self._query else "Nobody has all that."
        more = "Backspace takes a letter away." if self._query else "0 shows everybody."
        self._shown = self.dossier = None
        self.page.show([Paragraph(Content.styled(f"{words} {more}", "$muted"), gap=1)])

    def _tell_status(self) -> None:
        catalogue = self.catalogue
        if catalogue is None:
            return
        count, met = len(self.list.rows), sum(row.key in catalogue.met for row in self.list.rows)
        people = "1 person" if count == 1 else f"{count} people"
        self.set_status(f"{people} · {met} met so far")
        line = self.query_one("#figures-filter", Static)
        narrowed = spoken(self._effective.words)
        line.display = bool(narrowed)
        line.update(Content.styled(narrowed, "$primary") + Content.styled("   0 shows all", "$muted"))

    # --- the way to and from a spot ----------------------------------------------------------------------------------

    def spot(self) -> Spot:
        """The list as it is, or the page as far as it was scrolled."""
        return Spot(self.MODE, self._here())

    def _here(self) -> ShowFigure:
        chosen = self.list.chosen
        scroll = self.page.scrolled if self._open else self.list.scroll_offset.y
        return ShowFigure(self._open, self.words, scroll, chosen.key if chosen else "")

    def visit(self, destination: Destination) -> None:
        """Show the list or a page exactly as it was."""
        if not isinstance(destination, ShowFigure):
            return
        self._coming = destination
        self.set_open(destination.key)
        self.use_words(destination.query)
        if destination.key:
            self.show_figure(destination.key, scroll=destination.scroll)

    def set_open(self, key: str | None) -> None:
        """Give the keys to a figure's page, or back to the list."""
        self._open = key
        self.set_class(key is not None, "-page")
        (self.page if key else self.box).focus()

    # --- the list and the page ---------------------------------------------------------------------------------------

    @on(RowList.Highlighted, "#figures-list")
    def _highlighted(self) -> None:
        if self._beside and (chosen := self.list.chosen) is not None:
            self.call_after_refresh(self._preview, chosen.key)

    def _preview(self, key: str) -> None:
        """Show the page of the row under the cursor, unless the cursor has gone on meanwhile."""
        chosen = self.list.chosen
        if self._open is None and chosen is not None and chosen.key == key:
            self.show_figure(key)

    @on(RowList.Chosen, "#figures-list")
    @on(Input.Submitted, "#figures-query")
    def _chosen(self) -> None:
        if (chosen := self.list.chosen) is not None:
            self.serge.travel(ShowFigure(chosen.key, self.words, 0, chosen.key))

    @on(RowList.LeftAbove, "#figures-list")
    def _left_above(self) -> None:
        self.box.focus()

    def show_figure(self, key: str, *, scroll: int = 0, all_mentions: bool = False) -> None:
        """Show a figure's page, scrolled by so many lines."""
        sealed = self.is_sealed(key)
        if self._shown == (key, sealed) and not all_mentions:
            if self.page.scrolled != scroll:
                self.page.scroll_to(y=scroll, animate=False)
            return
        if self.catalogue is None:
            return
        dossier = load_dossier(self.serge.library, key, self.catalogue.edition, all_mentions=all_mentions)
        self.dossier = dossier
        if dossier is None:
            self.page.show([])
            return
        self._shown = (key, sealed)
        self.page.show(figure_page(dossier, sealed=sealed, cards=self._cards.get(key, ())), scroll=scroll)
        self.set_context(dossier.figure.name)
        if self._open == key and key not in self._cards:
            self._read_cards(key)

    @work(thread=True, exclusive=True, group="figures-cards")
    def _read_cards(self, key: str) -> None:
        """Making the cards takes a while the first time: they join the page when they are there."""
        lines = card_lines(self.serge.library, key)
        self.app.call_from_thread(self._cards_read, key, lines)

    def _cards_read(self, key: str, lines: list[CardLine]) -> None:
        self._cards[key] = lines
        if lines and self._shown is not None and self._shown[0] == key and self.is_attached:
            self.show_again()

    def is_sealed(self, key: str) -> bool:
        """Whether how somebody ended is hidden now."""
        return self.serge.fates_sealed and key not in self._unsealed

    def show_again(self) -> None:
        """Show the same page anew where it was, after something on it changed."""
        if self._shown is not None:
            key, self._shown = self._shown[0], None
            self.show_figure(key, scroll=self.page.scrolled)

    @on(LinkedPage.Followed)
    def _followed(self, message: LinkedPage.Followed) -> None:
        match message.target:
            case ShowFigure(key=str() as key):
                self.serge.travel(ShowFigure(key, self.words, 0, key))
            case ShowAllMentions() if self._shown:
                self.show_figure(self._shown[0], scroll=self.page.scrolled, all_mentions=True)
            case target if isinstance(target, Destination):
                self.serge.travel(target)
