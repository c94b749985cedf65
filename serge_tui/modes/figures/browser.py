"""The list of figures and the page beside it, and the way from one to the other and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.content import Content
from textual.widgets import Input

from serge_tui.modes.figures.cards import CardLine, card_lines
from serge_tui.modes.figures.dossier import load_dossier
from serge_tui.modes.figures.listing import FigureListing
from serge_tui.modes.figures.page_content import ShowAllMentions, figure_page, lit_place
from serge_tui.navigation import Destination, ShowFigure, Spot
from serge_tui.widgets.linked_page import LinkedPage, Paragraph
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from serge_tui.modes.figures.dossier import Dossier


class FigureBrowser(FigureListing):
    """Shows the figure under the cursor beside the list, or in its turn where there is no room for both."""

    def __init__(self) -> None:
        super().__init__()
        self.dossier: Dossier | None = None
        """The figure whose page is shown."""
        self._open: str | None = None
        """Key of the figure whose page has the keys; None while the list has them."""
        self._shown: tuple[str, bool] | None = None
        """Key of the figure on the page, and whether the fate was sealed."""
        self._unsealed: set[str] = set()
        self._with_all_mentions: set[str] = set()
        self._cards: dict[str, list[CardLine]] = {}
        self._cards_current: set[str] = set()
        self._choose_when_listed = False

    @property
    def page(self) -> LinkedPage:
        """The figure under the cursor, or the one opened."""
        return self.query_one("#figures-page", LinkedPage)

    @property
    def shown_key(self) -> str | None:
        """Key of the figure a command is about: the one whose page is open, else the one under the cursor."""
        if self._open is not None:
            return self._open
        return chosen.key if (chosen := self.people.chosen) is not None else None

    @property
    def _previews(self) -> bool:
        """Whether the page shows whoever is under the cursor of the list."""
        return self.page.display and self._open is None

    # --- the way to and from a spot ----------------------------------------------------------------------------------

    def spot(self) -> Spot:
        """The list as it is, or the page as far as it was scrolled."""
        return Spot(self.MODE, self.here())

    def here(self) -> ShowFigure:
        """Where one is, exactly."""
        chosen = self.people.chosen
        line = chosen.key if chosen else ""
        if self._open:
            return ShowFigure(self._open, self.words, self.page.scrolled, line, self.page.link)
        in_list = self.focused is self.people
        return ShowFigure(None, self.words, self.people.scroll_offset.y, line, in_list=in_list)

    def visit(self, destination: Destination) -> None:
        """Show the list or a page exactly as it was."""
        if not isinstance(destination, ShowFigure):
            return
        self._coming = destination
        self.set_open(destination.key, in_list=destination.in_list)
        self.use_words(destination.query)
        if destination.key:
            self.show_figure(destination.key, scroll=destination.scroll, link=destination.link)

    def set_open(self, key: str | None, *, in_list: bool = False) -> None:
        """Give the keys to a figure's page, or back to the box, or to the list."""
        self._open = key
        self.set_class(key is not None, "-page")
        if key is None and not self.page.display:
            self.set_context("")
        (self.page if key else self.people if in_list else self.box).focus()
        self.tell_status()

    def on_screen_suspend(self) -> None:
        """Leave the mode so that it begins with a name typed: what had the keys is kept in the way back."""
        if self._open is None and self.app.current_mode != self.MODE:
            self.box.focus()

    # --- the list and the page ---------------------------------------------------------------------------------------

    def catalogue_read(self) -> None:
        """What was made from the data before is out of date."""
        self._shown = None
        # The cards read before stay on the page until they are read again: a place among them can be come back to.
        self._cards_current.clear()

    def listed(self, coming: ShowFigure | None) -> None:
        """Show what was asked for beside the list, or that there is nobody."""
        if coming is not None and coming.key:
            self.show_figure(coming.key, scroll=coming.scroll, link=coming.link)
        elif not self.people.rows and self._previews:
            self._show_nobody()
        if self._choose_when_listed:
            self._choose_when_listed = False
            self._chosen()

    def _show_nobody(self) -> None:
        words = "Nobody, in any spelling." if self._query else "Nobody has all that."
        more = "Backspace takes a letter away." if self._query else "0 shows everybody."
        self._shown = self.dossier = None
        self.set_context("")
        self.page.show([Paragraph(Content.styled(f"{words} {more}", "$muted"), gap=1)])

    @on(RowList.Highlighted, "#figures-list")
    def _highlighted(self) -> None:
        if self._previews and (chosen := self.people.chosen) is not None:
            self.call_after_refresh(self._preview, chosen.key)

    def _preview(self, key: str) -> None:
        """Show the page of the row under the cursor, unless the cursor has gone on meanwhile."""
        chosen = self.people.chosen
        if self._open is None and chosen is not None and chosen.key == key:
            self.show_figure(key)

    @on(RowList.Chosen, "#figures-list")
    @on(Input.Submitted, "#figures-query")
    def _chosen(self) -> None:
        if self.is_finding:
            # Enter came faster than the answer: it is meant for what was typed, not for what was listed before.
            self._choose_when_listed = True
        elif (chosen := self.people.chosen) is not None:
            self.host.go_to(ShowFigure(chosen.key, self.words, 0, chosen.key))

    @on(RowList.LeftAbove, "#figures-list")
    def _left_above(self) -> None:
        self.box.focus()

    def is_sealed(self, key: str) -> bool:
        """Whether how somebody ended is hidden now."""
        return self.host.fates_hidden and key not in self._unsealed

    def show_figure(self, key: str, *, scroll: int = 0, link: object = None) -> None:
        """Show a figure's page, scrolled by so many lines, the cursor on the line that leads to `link`."""
        sealed = self.is_sealed(key)
        if self._shown == (key, sealed):
            self.page.point_at(link, scroll)
            self.page.scroll_as(scroll)
        elif self.catalogue is not None:
            whole = key in self._with_all_mentions
            self.dossier = load_dossier(self.host.library, key, self.catalogue.edition, all_mentions=whole)
            self._shown = (key, sealed)
            self._show_page(scroll, link)
            if self._open == key and key not in self._cards_current:
                self._read_cards(key)

    def _show_page(self, scroll: int, link: object) -> None:
        dossier = self.dossier
        if dossier is None:
            self._show_nobody()
            return
        key = dossier.figure.key
        paragraphs = figure_page(dossier, sealed=self.is_sealed(key), cards=self._cards.get(key, ()))
        self.page.show(paragraphs, scroll=scroll, link=link)
        self.set_context(dossier.figure.name)

    def show_again(self) -> None:
        """Show the same page anew where it was, after something on it changed."""
        if self._shown is not None:
            key, self._shown = self._shown[0], None
            self.show_figure(key, scroll=self.page.scrolled, link=self.page.link)

    @work(thread=True, exclusive=True, group="figures-cards")
    def _read_cards(self, key: str) -> None:
        """Making the cards takes a while the first time: they join the page when they are there."""
        lines = card_lines(self.host.library, key)
        self.app.call_from_thread(self._cards_read, key, lines)

    def _cards_read(self, key: str, lines: list[CardLine]) -> None:
        self._cards[key] = lines
        self._cards_current.add(key)
        if lines and self.dossier is not None and self.dossier.figure.key == key and self.is_attached:
            self._show_page(self.page.scrolled, self.page.link)

    @on(LinkedPage.Followed)
    def _followed(self, message: LinkedPage.Followed) -> None:
        match message.target:
            case ShowFigure(key=str() as key):
                self.host.go_to(ShowFigure(key, self.words, 0, key))
            case ShowAllMentions() if self.dossier is not None:
                self._show_all_mentions(self.dossier)
            case target if isinstance(target, Destination):
                self.host.go_to(target)

    def _show_all_mentions(self, before: Dossier) -> None:
        """Show every mention, the cursor on the first that was not there before."""
        self._with_all_mentions.add(before.figure.key)
        self.show_again()
        if self.dossier is not None and len(self.dossier.mentions) > len(before.mentions):
            self.page.point_at(lit_place(self.dossier.mentions[len(before.mentions)]), self.page.scrolled)
