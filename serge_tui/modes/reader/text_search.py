"""Words searched for in the text: hits highlighted, and gone to one after another."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from db.models import Place
from serge_tui.host import tell_errors
from serge_tui.modes.reader.citation import short_chapter
from serge_tui.modes.reader.search_dialog import SearchSource, TextSearchScreen
from serge_tui.modes.reader.searchable_text import Hit, SearchableText
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.page_styling import Layer

if TYPE_CHECKING:
    from db.models import Chapter
    from serge_tui.host import Host
    from serge_tui.modes.reader.chapter import OpenChapter
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.selection import Selection
    from serge_tui.modes.reader.widgets.page import PageView


class TextSearch:
    """Asks for words, highlights the hits, and goes from hit to hit; while words are selected, selects up to a hit."""

    def __init__(self, page: PageView, text: OpenedText, selection: Selection, host: Host) -> None:
        self._page, self._text, self._selection, self._host = page, text, selection, host
        self._hits: tuple[Hit, ...] = ()
        self._searchable: tuple[str, SearchableText] | None = None
        self._words = ""
        text.chapter_opened.add(self.chapter_opened)

    def chapter_opened(self, opened: OpenChapter) -> None:
        """Highlight the hits in a new chapter too; forget them in another edition."""
        if self._searchable is not None and self._searchable[0] != opened.edition.key:
            self.forget()
        self._draw()

    def forget(self) -> None:
        """Clear the hits, and read the text again when next searched."""
        self._searchable = None
        self.clear()

    def clear(self) -> None:
        """Clear the hits."""
        self._hits = ()
        self._draw()

    def _draw(self) -> None:
        layer, opened = Layer("page--hit"), self._text.opened
        for hit in self._hits:
            if opened is not None and opened.first <= hit.passage <= opened.last:
                layer.add(hit.passage, hit.start, hit.end)
        self._page.light("a-hits", layer if layer.stretches else None)

    # --- asking ------------------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Ask for words and go to the hit that is chosen."""
        if self._text.opened is not None:
            self._host.start(self._ask(self._text.opened))

    async def _ask(self, opened: OpenChapter) -> None:
        view, edition = self._page.view(), opened.edition.key
        chapters = self._host.library.texts.chapters(edition)
        source = SearchSource(
            search=lambda: self._read(edition),
            where=lambda hit: self._where(hit, edition, chapters),
            chapter=(opened.first, opened.last),
        )
        result = await self._host.ask(TextSearchScreen(source, self._words, view.begin if view else (0, 0)))
        if result is not None:
            self._words, self._hits = result.words, result.hits
            self._draw()
            self._go_to_hit(result.chosen)

    def _read(self, edition: str) -> SearchableText:
        """Return the edition's text ready to be searched, read once; for a thread."""
        if self._searchable is None or self._searchable[0] != edition:
            passages = self._host.library.passages.between(edition, 0, 1 << 40)
            self._searchable = (edition, SearchableText([passage.text for passage in passages]))
        return self._searchable[1]

    def _where(self, hit: Hit, edition: str, chapters: list[Chapter]) -> str:
        chapter = next((c for c in reversed(chapters) if c.first_passage <= hit.passage), None)
        page = self._host.library.texts.page_at(Place(edition, hit.passage, hit.start))
        return short_chapter(chapter) + (f" · p. {page}" if page else "")

    # --- from hit to hit ---------------------------------------------------------------------------------------------

    def action_next_hit(self, forward: bool) -> None:
        """Go to the next hit, or the one before; words searched for in Find anything are searched for here too."""
        if self._hits:
            self._go_to_next(forward)
        elif self._host.last_search:
            # On the page, not on the app: a second press takes the place of the first.
            search = self._search_again(self._host.last_search, forward)
            self._page.run_worker(tell_errors(self._host, search), exclusive=True, group="text-search")
        else:
            self._host.inform("Nothing was searched for yet: s searches in the text, / everywhere.")

    async def _search_again(self, words: str, forward: bool) -> None:
        found = await asyncio.to_thread(lambda edition: self._read(edition).find(words), self._text.edition)
        if not found.hits or self._text.opened is None:
            self._host.inform("Those words are not in this text.")
            return
        self._words, self._hits = words, found.hits
        self._draw()
        self._go_to_next(forward)

    def _go_to_next(self, forward: bool) -> None:
        hit = self._text.beside([(_stretch_of(hit), hit) for hit in self._hits], forward=forward)
        if hit is None:
            hit = self._hits[0 if forward else -1]
            self._host.inform("Again from the beginning." if forward else "Again from the end.")
        self._go_to_hit(hit)

    def _go_to_hit(self, hit: Hit) -> None:
        stretch = _stretch_of(hit)
        if self._selection.is_active:
            self._selection.select_to(stretch.begin)
            return
        view = self._page.view()
        if view is not None and view.holds(stretch.begin):
            self._text.show_lit(stretch)
            return
        self._text.go_to(Place(self._text.edition, hit.passage, hit.start), lit=stretch)


def _stretch_of(hit: Hit) -> Stretch:
    return Stretch(hit.passage, hit.start, hit.passage, hit.end)
