"""The figure on the page: read, shown, with its end hidden or not, and with its cards."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content

from serge_tui.host import tell_errors
from serge_tui.modes.figures.cards import CardLine, card_lines
from serge_tui.modes.figures.dossier import load_dossier
from serge_tui.modes.figures.page_content import ShowAllMentions, figure_page, lit_place
from serge_tui.modes.figures.term_content import load_term_dossier, term_page
from serge_tui.navigation import Destination, ShowFigure, term_of
from serge_tui.services.hidden_ends import ask_for_end, asked_for_end
from serge_tui.widgets.linked_page import Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from serge_tui.host import Host
    from serge_tui.modes.figures.dossier import Dossier
    from serge_tui.modes.figures.listing import FigureListing
    from serge_tui.modes.figures.widgets.name_list import NameList
    from serge_tui.widgets.linked_page import LinkedPage


class ShownFigure:
    """Controller: shows a figure's page, the one opened or the one under the cursor of the list.

    Args:
        host: The app.
        page: Where it is shown.
        people: The list beside it.
        listing: What is in the list.
        set_context: Show a name in the bar.
        close: Leave the page and return the focus to the search field.
    """

    def __init__(
        self,
        host: Host,
        page: LinkedPage,
        people: NameList,
        listing: FigureListing,
        *,
        set_context: Callable[[str], None],
        close: Callable[[], None],
    ) -> None:
        self._host = host
        self._page = page
        self._people = people
        self._listing = listing
        self._set_context = set_context
        self._close = close
        self.dossier: Dossier | None = None
        """The figure whose page is shown."""
        self.open_key: str | None = None
        """Key of the figure whose page has the focus; None while the list or the search field has it."""
        self._shown: tuple[str, bool] | None = None
        """Key of the figure on the page, and whether its end was hidden."""
        self._with_all_mentions: set[str] = set()
        self._cards: dict[str, list[CardLine]] = {}
        self._cards_current: set[str] = set()
        listing.catalogue_read.add(self._catalogue_read)
        listing.listed.add(self._listed)

    @property
    def key(self) -> str | None:
        """Key of the figure that commands are about: the one whose page is open, else the one under the cursor.

        None if that is a term.
        """
        chosen = self._people.chosen
        entry = self.open_key or (chosen.key if chosen is not None else None)
        return None if entry is None or term_of(entry) is not None else entry

    @property
    def previews(self) -> bool:
        """Whether the page shows the person under the cursor of the list."""
        return self._page.display and self.open_key is None

    # --- the list and the page ---------------------------------------------------------------------------------------

    def _catalogue_read(self) -> None:
        self._shown = None
        # The old cards stay on the page until they are read again, so that the way back to one of them still works.
        self._cards_current.clear()
        catalogue = self._listing.catalogue
        if self.open_key is not None and catalogue is not None and self.open_key not in catalogue.names:
            self._close()

    def _listed(self, coming: ShowFigure | None) -> None:
        if coming is not None and coming.key:
            self.show(coming.key, scroll=coming.scroll, link=coming.link)
        elif not self._people.rows and self.previews:
            self._show_nobody()

    def _show_nobody(self) -> None:
        words = "Nobody by that name." if self._listing.query else "Nobody matches this filter."
        more = "Backspace deletes a letter." if self._listing.query else "0 shows everybody."
        self._shown = self.dossier = None
        self._set_context("")
        self._page.show([Paragraph(Content.styled(f"{words} {more}", "$muted"), gap=1)])

    def preview(self, key: str) -> None:
        """Show the page of the row under the cursor, unless the cursor has moved on meanwhile."""
        chosen = self._people.chosen
        if self.open_key is None and chosen is not None and chosen.key == key:
            self.show(key)

    # --- showing -----------------------------------------------------------------------------------------------------

    def is_end_hidden(self, key: str) -> bool:
        """Whether the page hides how somebody's life ended."""
        return self._host.ends.of(key)

    def show(self, key: str, *, scroll: int = 0, link: object = None) -> None:
        """Show a figure's page.

        Args:
            key: The figure.
            scroll: Lines to scroll by.
            link: Where the line leads that the cursor is put on.
        """
        hidden = self.is_end_hidden(key)
        catalogue = self._listing.catalogue
        if self._shown == (key, hidden):
            self._page.point_at(link, scroll)
            self._page.scroll_as(scroll)
        elif catalogue is not None and (term := term_of(key)) is not None:
            self._show_term(key, term, catalogue.edition, scroll, link)
        elif catalogue is not None:
            whole = key in self._with_all_mentions
            self.dossier = load_dossier(self._host.library, key, catalogue.edition, all_mentions=whole)
            self._shown = (key, hidden)
            self._show_page(scroll, link)
            if self.open_key == key and key not in self._cards_current:
                self._page.run_worker(tell_errors(self._host, self._read_cards(key)), group="figures-cards")

    def _show_term(self, entry: str, key: str, edition: str, scroll: int, link: object) -> None:
        self.dossier = None
        hidden = self._host.fates_hidden
        dossier = load_term_dossier(self._host.library, key, edition)
        if dossier is None:
            self._show_nobody()
            return
        self._shown = (entry, self.is_end_hidden(entry))
        self._page.show(term_page(dossier, hidden=hidden), scroll=scroll, link=link)
        self._set_context(dossier.term.name)

    def _show_page(self, scroll: int, link: object) -> None:
        dossier = self.dossier
        if dossier is None:
            self._show_nobody()
            return
        key = dossier.figure.key
        paragraphs = figure_page(dossier, self._host.ends, self._cards.get(key, ()))
        self._page.show(paragraphs, scroll=scroll, link=link)
        self._set_context(dossier.figure.name)

    def show_again(self) -> None:
        """Show the same page again at the same place, after something on it changed."""
        if self._shown is not None:
            key, self._shown = self._shown[0], None
            self.show(key, scroll=self._page.scrolled, link=self._page.link)

    async def _read_cards(self, key: str) -> None:
        """Read the cards in a thread and add them to the page: making them takes half a second the first time."""
        lines = await asyncio.to_thread(card_lines, self._host.library, key)
        self._cards[key] = lines
        self._cards_current.add(key)
        if lines and self.dossier is not None and self.dossier.figure.key == key and self._page.is_attached:
            self._show_page(self._page.scrolled, self._page.link)

    def follow(self, target: object) -> None:
        """Go where a line of the page leads."""
        if isinstance(target, ShowFigure) and target.key is not None:
            self._listing.open(target.key)
        elif isinstance(target, ShowAllMentions):
            if self.dossier is not None:
                self._show_all_mentions(self.dossier)
        elif isinstance(target, Destination):
            self._host.go_to(target)

    def _show_all_mentions(self, before: Dossier) -> None:
        """Show every mention, with the cursor on the first new one."""
        self._with_all_mentions.add(before.figure.key)
        self.show_again()
        if self.dossier is not None and len(self.dossier.mentions) > len(before.mentions):
            self._page.point_at(lit_place(self.dossier.mentions[len(before.mentions)]), self._page.scrolled)

    def action_heading(self, step: int) -> None:
        """Jump to the next or previous heading of the page."""
        self._page.jump_heading(step)

    # --- hidden ends -------------------------------------------------------------------------------------------------

    async def action_toggle_end(self) -> None:
        """Show or hide how the life of the figure shown ended; it stays so."""
        if (key := self.key) is None:
            return
        library = self._host.library
        if not self._host.fates_hidden:
            self._host.inform("How lives end is shown. > hides it until it has been told.")
        elif await self._host.write_succeeded(ask_for_end(library, key, shown=self.is_end_hidden(key))):
            self._cards_current.discard(key)
            self._listing.read()
            if self.key == key:
                self.show_again()
                if self.is_end_hidden(key) is False and not asked_for_end(library, key):
                    self._host.inform("This end has been told by what you have read or answered.")

    # --- notes -------------------------------------------------------------------------------------------------------

    def action_note(self) -> None:
        """Write a note on the figure shown."""
        if (key := self.key) is not None:
            self._host.start(self._write_note(key))

    async def _write_note(self, key: str) -> None:
        from db.annotations import new_annotation
        from serge_tui.dialogs.note_editor import NoteEditor

        note = new_annotation("note", target=f"figure:{key}")
        draft = await self._host.ask(NoteEditor(self._host.library.figures.name_of(key), note))
        if draft is not None and draft.body:
            note = replace(note, body=draft.body, tags=draft.tags)
            if await self._host.write_succeeded(self._host.library.annotations.save(note)):
                self._listing.read()
