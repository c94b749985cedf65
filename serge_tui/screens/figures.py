"""Figures: type what you half remember, and the person is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, Static

from serge_tui.commands import Command
from serge_tui.figures.catalogue import Catalogue, load_catalogue
from serge_tui.figures.dossier import load_dossier
from serge_tui.figures.filters import FigureFilter, join_words, split_words
from serge_tui.figures.page import ShowAllMentions, figure_page
from serge_tui.figures.rows import name_rows
from serge_tui.navigation import Destination, Mode, ShowFigure, Spot
from serge_tui.screens.mode_screen import ModeScreen
from serge_tui.widgets.linked_page import LinkedPage
from serge_tui.widgets.name_list import NameList
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from serge_tui.finder.match import Match


class FiguresScreen(ModeScreen):
    """A box, the list it narrows, and the figure under the cursor: beside it, or in its turn where there is no room."""

    MODE: ClassVar[Mode] = "figures"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = (
        Command("figures.unseal", "full_stop", "Unseal or seal this fate", "unseal",
                "Show how this life went on and ended, here only.", "Figures", footer="fate", rank=3),
        Command("figures.unseal-all", "greater_than_sign", "Unseal all fates, or seal them again", "unseal_all",
                "For good: everywhere, until you seal them again.", "Figures"),
        Command("figures.next-heading", "] ]", "Next heading", "heading(1)", "Down to the next part.", "Figures"),
        Command("figures.last-heading", "[ [", "Heading before", "heading(-1)", "Up to the part before.", "Figures"),
        Command("figures.type", "i,backspace", "Type a name", "type", "Back to the box.", "Figures",
                footer="type", rank=2),
        Command("figures.top", "g g", "To the top", "top", "First line of the page or the list.", "Figures"),
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "into_list(1)", "Into the list", show=False),
        Binding("up", "into_list(0)", "Into the list", show=False),
    ]
    CSS_PATH = "../styles/figures.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-turns"), (100, "-side-by-side")]

    def __init__(self) -> None:
        super().__init__()
        self._catalogue: Catalogue | None = None
        self._filter = FigureFilter()
        self._query = ""
        self._asked = 0
        self._open: str | None = None
        """Key of the figure whose page has the keys; None while the list has them."""
        self._shown: tuple[str, bool] | None = None
        self._unsealed: set[str] = set()
        self._coming: ShowFigure | None = ShowFigure()

    # --- layout ------------------------------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """The box on top, the list left, the page right."""
        with Horizontal(id="figures-top"):
            yield Static("Find", id="figures-label", markup=False)
            yield Input(placeholder="a name, in any spelling", id="figures-query", compact=True)
        with Horizontal(id="figures-body"):
            yield NameList(id="figures-list")
            yield LinkedPage(id="figures-page")

    @property
    def _input(self) -> Input:
        return self.query_one("#figures-query", Input)

    @property
    def _list(self) -> NameList:
        return self.query_one("#figures-list", NameList)

    @property
    def _page(self) -> LinkedPage:
        return self.query_one("#figures-page", LinkedPage)

    @property
    def _beside(self) -> bool:
        return self.has_class("-side-by-side")

    def on_mount(self) -> None:
        """Read everybody, then show what was asked for."""
        self._input.focus()
        self._load()

    def refresh_data(self) -> None:
        """Read everybody again, and stay where one is."""
        self._shown = None
        self._coming = self._here()
        self._load()

    @work(thread=True, exclusive=True, group="figures-catalogue")
    def _load(self) -> None:
        catalogue = load_catalogue(self.serge.library)
        self.app.call_from_thread(self._loaded, catalogue)

    def _loaded(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._find()

    # --- finding -----------------------------------------------------------------------------------------------------

    @on(Input.Changed, "#figures-query")
    def _typed(self, event: Input.Changed) -> None:
        if event.value.strip() != self._query:
            self._query = event.value.strip()
            self._find()

    def _find(self) -> None:
        """Narrow the list. What is asked later drops what was asked before."""
        self._asked += 1
        if self._catalogue is None:
            return
        if self._query:
            self._search(self._query, self._asked)
        else:
            self._found(None, self._asked)

    @work(thread=True, exclusive=True, group="figures-find")
    def _search(self, query: str, asked: int) -> None:
        catalogue = self._catalogue
        matches = self.serge.finder.find(query, limit=len(catalogue.names) if catalogue else 50)
        if asked == self._asked:
            self.app.call_from_thread(self._found, matches, asked)

    def _found(self, matches: list[Match] | None, asked: int) -> None:
        if asked != self._asked or self._catalogue is None or not self.is_attached:
            return
        rows = name_rows(self._catalogue, self._filter, matches, sealed=self.serge.fates_sealed)
        coming, self._coming = self._coming, None
        if coming is None:
            self._list.show(rows)
        else:
            self._list.show(rows, coming.line or coming.key, scroll=None if coming.key else coming.scroll)
            if coming.key:
                self._show(coming.key, scroll=coming.scroll)
        self._tell_status()

    # --- the way to and from a spot ----------------------------------------------------------------------------------

    def spot(self) -> Spot:
        """The list as it is, or the page as far as it was scrolled."""
        return Spot(self.MODE, self._here())

    def _here(self) -> ShowFigure:
        chosen = self._list.chosen
        scroll = self._page.scrolled if self._open else self._list.scroll_offset.y
        return ShowFigure(self._open, join_words(self._query, self._filter), scroll, chosen.key if chosen else "")

    def visit(self, destination: Destination) -> None:
        """Show the list or a page exactly as it was."""
        if not isinstance(destination, ShowFigure):
            return
        query, self._filter = split_words(destination.query)
        self._coming = destination
        self._set_open(destination.key)
        self._query = query
        self._input.value = query
        self._find()
        if destination.key:
            self._show(destination.key, scroll=destination.scroll)

    def _set_open(self, key: str | None) -> None:
        self._open = key
        self.set_class(key is not None, "-page")
        (self._page if key else self._input).focus()

    # --- the list and the page ---------------------------------------------------------------------------------------

    @on(RowList.Highlighted)
    def _highlighted(self) -> None:
        if self._beside and self._open is None and (chosen := self._list.chosen) is not None:
            self.call_after_refresh(self._preview, chosen.key)

    def _preview(self, key: str) -> None:
        """Show the page of the row under the cursor, unless the cursor has gone on meanwhile."""
        chosen = self._list.chosen
        if self._open is None and chosen is not None and chosen.key == key:
            self._show(key)

    @on(RowList.Chosen)
    @on(Input.Submitted, "#figures-query")
    def _chosen(self) -> None:
        if (chosen := self._list.chosen) is not None:
            self.serge.travel(ShowFigure(chosen.key, join_words(self._query, self._filter), 0, chosen.key))

    def _show(self, key: str, *, scroll: int = 0, all_mentions: bool = False) -> None:
        sealed = self._sealed(key)
        if self._shown == (key, sealed) and not all_mentions:
            if self._page.scrolled != scroll:
                self._page.scroll_to(y=scroll, animate=False)
            return
        if self._catalogue is None:
            return
        dossier = load_dossier(self.serge.library, key, self._catalogue.edition, all_mentions=all_mentions)
        if dossier is None:
            self._page.show([])
            return
        self._shown = (key, sealed)
        self._page.show(figure_page(dossier, sealed=sealed), scroll=scroll)
        self.set_context(dossier.figure.name)

    def _sealed(self, key: str) -> bool:
        return self.serge.fates_sealed and key not in self._unsealed

    @on(LinkedPage.Followed)
    def _followed(self, message: LinkedPage.Followed) -> None:
        match message.target:
            case ShowFigure(key=str() as key):
                self.serge.travel(ShowFigure(key, join_words(self._query, self._filter)))
            case ShowAllMentions() if self._shown:
                self._show(self._shown[0], scroll=self._page.scrolled, all_mentions=True)
            case target if isinstance(target, Destination):
                self.serge.travel(target)

    def _tell_status(self) -> None:
        catalogue = self._catalogue
        if catalogue is None:
            return
        count, met = len(self._list.rows), sum(row.key in catalogue.met for row in self._list.rows)
        people = "1 person" if count == 1 else f"{count} people"
        self.set_status(f"{people} · {met} met so far")

    @on(RowList.LeftAbove)
    def _left_above(self) -> None:
        self._input.focus()

    # --- actions -----------------------------------------------------------------------------------------------------

    def action_unseal(self) -> None:
        """Unseal or seal the fate of the figure shown."""
        if self._shown is None:
            return
        self._unsealed ^= {self._shown[0]}
        self._show(self._shown[0], scroll=self._page.scrolled)

    def action_unseal_all(self) -> None:
        """Unseal or seal all fates for good."""
        sealed = not self.serge.fates_sealed
        self.serge.keep(self.serge.library.settings.set("fates_sealed", sealed)).add_done_callback(
            lambda _: self.app.call_later(self._seals_changed)
        )

    def _seals_changed(self) -> None:
        self._unsealed.clear()
        sealed = self.serge.fates_sealed
        self.serge.tell("Fates are sealed again." if sealed else "Fates are open everywhere; > seals them again.")
        self._coming = self._here()
        self._find()
        if self._shown:
            self._show(self._shown[0], scroll=self._page.scrolled)

    def action_heading(self, step: int) -> None:
        """Jump among the headings of the page."""
        self._page.jump_heading(step)

    def action_into_list(self, step: int) -> None:
        """From the box into the list."""
        self._list.focus()
        if step:
            self._list.action_move(step)

    def action_type(self) -> None:
        """Go back to the box."""
        if self._open is not None:
            self._set_open(None)
        self._input.focus()

    def action_top(self) -> None:
        """Go to the top of what has the keys."""
        if self._open is None:
            self._list.action_first()
        else:
            self._page.action_top()
