"""The dialog to search the chapter or the whole text, with every hit in its context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from db.text import sanitise_line
from serge_tui.commands import bindings
from serge_tui.commands.reader import SEARCH_COMMANDS
from serge_tui.handlers import Careful, on, work
from serge_tui.modes.reader.searchable_text import Hit, Hits, SearchableText
from serge_tui.widgets.found_list import FoundList, FoundRow
from serge_tui.widgets.key_hints import KeyHints
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

Scope: TypeAlias = Literal["chapter", "book"]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was typed, all hits, and the hit that was chosen."""

    words: str
    hits: tuple[Hit, ...]
    chosen: Hit


@dataclass(frozen=True, slots=True)
class SearchSource:
    """The text that is searched: `search` returns it ready (in a thread), `where` the words for a hit's place."""

    search: Callable[[], SearchableText]
    where: Callable[[Hit], str]
    chapter: tuple[int, int]
    """First and last passage of the open chapter."""


class TextSearchScreen(Careful, ModalScreen[SearchResult | None]):
    """Lists hits while words are typed; returns them with the one chosen, None if the search was left."""

    CSS_PATH = "search_dialog.tcss"
    BINDINGS = bindings(SEARCH_COMMANDS)

    def __init__(self, source: SearchSource, words: str = "", near: tuple[int, int] = (0, 0)) -> None:
        super().__init__()
        self._source = source
        self._words = words
        self._near = near
        self._scope: Scope = "book"
        self._asked = self._answered = 0
        self._found = Hits()
        self._text: SearchableText | None = None
        self._shown: list[Hit] = []

    @property
    def keys_must_wait(self) -> bool:
        """Whether the hits of what was typed last are still to come."""
        return self._answered != self._asked

    def compose(self) -> ComposeResult:
        """The hits above the line to type in."""
        with Vertical(id="text-search"):
            yield FoundList(id="text-hits")
            with Horizontal(id="text-search-line"):
                yield Static("Words", id="text-search-label", markup=False)
                yield Input(self._words, placeholder="in this text", id="text-search-words", select_on_focus=True)
                yield Static("", id="text-search-count", markup=False)
            yield KeyHints("Enter go there · Tab this chapter or the book · Esc back", id="text-search-keys")

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(FoundList).can_focus = False
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._asked += 1
        self._words = event.value
        self._look(event.value, self._asked)

    @work(thread=True, exclusive=True, group="text-search")
    def _look(self, words: str, asked: int) -> None:
        """Search in a thread; a search older than the last key is dropped."""
        text = self._text or self._source.search()
        found = text.find(words)
        if asked == self._asked:
            self.app.call_from_thread(self._show, text, found, asked)

    def _show(self, text: SearchableText, found: Hits, asked: int) -> None:
        if asked != self._asked or not self.is_attached:
            return
        self._text, self._found, self._answered = text, found, asked
        self._list()

    def _list(self) -> None:
        first, last = self._source.chapter
        everything = self._found.hits
        inside = [hit for hit in everything if first <= hit.passage <= last]
        self._shown = inside if self._scope == "chapter" else list(everything)
        rows = []
        for hit in self._shown:
            assert self._text is not None
            excerpt, lit = self._text.excerpt(hit)
            rows.append(FoundRow("", self._source.where(hit), excerpt, lit))
        # Begin at the first hit after the place of the page.
        at = next((at for at, hit in enumerate(self._shown) if (hit.passage, hit.start) >= self._near), 0)
        hits = self.query_one(FoundList)
        hits.show(rows, at)
        count = f"{len(inside)} in the chapter · {len(everything)}{'+' if self._found.more else ''} in the book"
        how = {"phrase": "", "words": "in one paragraph · ", "spelling": f"{self._found.instead} · "}[self._found.how]
        line = Content(sanitise_line(how + count)) if self._words.strip() else Content("")
        self.query_one("#text-search-count", Static).update(line)

    @on(RowList.Chosen)
    @on(Input.Submitted)
    def _chosen(self) -> None:
        at = self.query_one(FoundList).cursor
        if 0 <= at < len(self._shown):
            self.dismiss(SearchResult(self._words, self._found.hits, self._shown[at]))

    def action_scope(self) -> None:
        """Show the hits of the chapter alone, or of the book."""
        self._scope = "chapter" if self._scope == "book" else "book"
        self._list()

    def action_list(self, action: str, step: int) -> None:
        """Move in the list while the keys go to the line."""
        hits = self.query_one(FoundList)
        if action == "move":
            hits.action_move(step)
        else:
            hits.action_page(step)
