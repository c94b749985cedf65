"""Words found in the text: asked for, lit, walked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from db.models import Place
from serge_tui.commands.reader import SEARCH_WHILE_SELECTING
from serge_tui.modes.reader.citation import short_chapter
from serge_tui.modes.reader.matches import Hit, TextSearch
from serge_tui.modes.reader.search_dialog import Searched, SearchResult, TextSearchScreen
from serge_tui.modes.reader.selection import Selection
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.page_styling import Layer

if TYPE_CHECKING:
    from db.models import Chapter
    from serge_tui.commands import Command
    from serge_tui.modes.reader.chapter import OpenChapter


class Searching(Selection):
    """Search in the text."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[Hit, ...] = ()
        self._search_text: tuple[str, TextSearch] | None = None
        self._searched_words = ""

    def while_selecting(self) -> tuple[Command, ...]:
        """A search moves the selection's end."""
        return (*super().while_selecting(), SEARCH_WHILE_SELECTING)

    def chapter_opened(self, opened: OpenChapter) -> None:
        """Light what was found in a new chapter too."""
        if self._search_text is not None and self._search_text[0] != opened.edition.key:
            self.forget_search()
        super().chapter_opened(opened)
        self._draw_hits(opened)

    def forget_search(self) -> None:
        """Put out the hits; the text is read again when next searched."""
        self._search_text = None
        self.put_out_hits()

    def put_out_hits(self) -> None:
        """Nothing is searched for any more."""
        self._hits = ()
        self.page.light("a-hits", None)

    def _draw_hits(self, opened: OpenChapter) -> None:
        layer = Layer("page--hit")
        for hit in self._hits:
            if opened.first <= hit.passage <= opened.last:
                layer.add(hit.passage, hit.start, hit.end)
        self.page.light("a-hits", layer if layer.stretches else None)

    # --- asking ------------------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Ask for words."""
        if self.opened is None:
            return
        view, edition = self.page.view(), self.edition
        chapters = self.host.library.texts.chapters(edition)
        searched = Searched(
            search=lambda: self._searchable(edition),
            where=lambda hit: self._where(hit, chapters),
            chapter=(self.opened.first, self.opened.last),
        )
        near = view.begin if view else (0, 0)
        self.app.push_screen(TextSearchScreen(searched, self._searched_words, near), self._search_chosen)

    def _searchable(self, edition: str) -> TextSearch:
        """The edition's text made ready to be searched; for a thread."""
        if self._search_text is None or self._search_text[0] != edition:
            passages = self.host.library.passages.between(edition, 0, 1 << 40)
            self._search_text = (edition, TextSearch([passage.text for passage in passages]))
        return self._search_text[1]

    def _where(self, hit: Hit, chapters: list[Chapter]) -> str:
        chapter = next((c for c in reversed(chapters) if c.first_passage <= hit.passage), None)
        page = self.host.library.texts.page_at(Place(self.edition, hit.passage, hit.start))
        return short_chapter(chapter) + (f" · p. {page}" if page else "")

    def _search_chosen(self, result: SearchResult | None) -> None:
        if result is None:
            return
        self._searched_words, self._hits = result.words, result.hits
        if self.opened is not None:
            self._draw_hits(self.opened)
        self._go_to_hit(result.chosen)

    # --- walking -----------------------------------------------------------------------------------------------------

    def action_hit(self, forward: bool) -> None:
        """Go to the next hit; what was looked for everywhere is looked for here too."""
        if not self._hits and self.host.last_search:
            self._look_again(self.host.last_search, forward)
            return
        if not self._hits:
            self.host.inform("Nothing was searched for yet: s searches in the text, / everywhere.")
            return
        items = [(Stretch(hit.passage, hit.start, hit.passage, hit.end), hit) for hit in self._hits]
        hit = self.beside(items, forward=forward)
        if hit is None:
            hit = self._hits[0 if forward else -1]
            self.host.inform("Again from the beginning." if forward else "Again from the end.")
        self._go_to_hit(hit)

    @work(thread=True, exclusive=True, group="text-search")
    def _look_again(self, words: str, forward: bool) -> None:
        found = self._searchable(self.edition).find(words)
        self.app.call_from_thread(self._found_again, words, found.hits, forward)

    def _found_again(self, words: str, hits: tuple[Hit, ...], forward: bool) -> None:
        if not hits or self.opened is None:
            self.host.inform("Those words are not in this text.")
            return
        self._searched_words, self._hits = words, hits
        self._draw_hits(self.opened)
        self.action_hit(forward)

    def _go_to_hit(self, hit: Hit) -> None:
        stretch = Stretch(hit.passage, hit.start, hit.passage, hit.end)
        if self.selecting is not None:
            self.select_to(stretch.begin)
            return
        view = self.page.view()
        if view is not None and view.holds(stretch.begin):
            self.show_lit(stretch)
            return
        self.leave_here()
        self.open_place(Place(self.edition, hit.passage, hit.start), lit=stretch)
