"""A page, a percentage or a chapter typed to go there; the notes of the book in a list."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from db.errors import SergeError
from db.models import Place
from db.paper import PAPER_PAGE
from serge_tui.modes.reader.destinations import GoTo, parse_goto
from serge_tui.services.locators import find_chapter, find_page, is_on_paper

if TYPE_CHECKING:
    from db.models import Chapter
    from db.paper import PaperPage
    from serge_tui.host import Host
    from serge_tui.modes.reader.chapter import Link
    from serge_tui.modes.reader.note_peek import NotePeek
    from serge_tui.modes.reader.opened_text import OpenedText


class Navigation:
    """Goes to a page, a percentage, a chapter, or a note of the book that the reader asks for."""

    def __init__(self, text: OpenedText, peek: NotePeek, host: Host) -> None:
        self._text, self._peek, self._host = text, peek, host

    # --- go to -------------------------------------------------------------------------------------------------------

    def action_go_to(self) -> None:
        """Ask where to go."""
        self._host.start(self._ask_place())

    async def _ask_place(self) -> None:
        from serge_tui.dialogs.prompt import Prompt

        typed = await self._host.ask(Prompt("Go to", "218 · p. 7 · 38% · ch4"))
        if typed and typed.strip():
            await self.go_to(typed)

    async def go_to(self, typed: str) -> None:
        """Go to a typed place (`218`, `38%`, `ch4`), or say why that is impossible."""
        wanted = parse_goto(typed)
        if wanted is None:
            self._host.inform("Type a page (218), a percentage (38%) or a chapter (ch4).")
            return
        try:
            place = await asyncio.to_thread(self._place_of, wanted, self._text.edition, self._text.here())
        except SergeError as error:
            self._host.inform(str(error).capitalize() if str(error)[:1].islower() else str(error))
            return
        self._text.go_to(place)
        if wanted.kind in ("page", "number") and wanted.value.isdecimal():
            await self._remember_page(int(wanted.value), place)

    async def _remember_page(self, number: int, place: Place) -> None:
        """Remember the page as the one the reader is on in print, if they have no text of the Memoirs here."""
        library = self._host.library

        def find() -> PaperPage | None:
            page = library.paper.page(number)
            is_it = page is not None and is_on_paper(library, place) and library.paper.place(page) == place
            return page if is_it else None

        if (page := await asyncio.to_thread(find)) is not None:
            self._host.watch_write(library.settings.set(PAPER_PAGE, number))
            self._host.inform(f"Page {number} in print, chapter {page.chapter}. People, cards and Today follow it.")

    def _place_of(self, wanted: GoTo, edition: str, here: Place) -> Place:
        """Return the place; a bare number is the book's own chapter, else a page.

        Raises SergeError if there is no such page or chapter.
        """
        library = self._host.library
        match wanted.kind:
            case "percent":
                return self._at_share(min(1.0, float(wanted.value) / 100), edition, here)
            case "chapter":
                return find_chapter(library, wanted.value, edition)
            case "page":
                return find_page(library, wanted.value, edition)
            case "number":
                try:
                    return find_chapter(library, wanted.value, edition)
                except SergeError:
                    return find_page(library, wanted.value, edition)

    def _at_share(self, share: float, edition: str, here: Place) -> Place:
        """Return the place after a share of the whole text, 0 to 1."""
        chapters = self._host.library.texts.chapters(edition)
        left = round(share * sum(chapter.characters for chapter in chapters))
        for chapter in chapters:
            if left < chapter.characters or chapter is chapters[-1]:
                return self._place_in(chapter, left)
            left -= chapter.characters
        return here

    def _place_in(self, chapter: Chapter, characters: int) -> Place:
        """Return the place after so many characters of a chapter."""
        for passage in self._host.library.passages.of_chapter(chapter.edition, chapter.ordinal):
            if characters <= len(passage.text):
                return Place(chapter.edition, passage.ordinal, characters)
            characters -= len(passage.text)
        return Place(chapter.edition, chapter.first_passage + max(0, chapter.passages - 1), 0)

    # --- notes of the book -------------------------------------------------------------------------------------------

    def action_footnotes(self) -> None:
        """List the book's notes of this chapter, and go to the mark of the one chosen."""
        opened = self._text.opened
        if opened is None:
            return
        notes = self._host.library.texts.notes(opened.edition.key)
        links = [link for link in opened.links if link.is_note and link.target in notes]
        if links:
            rows = [(notes[link.target].label, notes[link.target].text[:200]) for link in links]
            self._host.start(self._ask_footnote(links, rows))
        else:
            self._host.inform("This chapter has no notes.")

    async def _ask_footnote(self, links: list[Link], rows: list[tuple[str, str]]) -> None:
        from serge_tui.dialogs.choice import Choice

        chosen = await self._host.ask(Choice("Notes of this chapter", rows))
        if chosen is not None:
            link = links[chosen]
            self._text.go_to(Place(self._text.edition, *link.stretch.begin), lit=link.stretch)
            self._peek.show_footnote(link)
