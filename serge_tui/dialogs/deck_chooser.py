"""Choosing a deck: what ships, each chapter, what the reader saved; with how much is due in each."""

from __future__ import annotations

from asyncio import to_thread, wrap_future
from collections import Counter
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from db.errors import SergeError
from db.text import sanitise_line
from serge_tui.core.study.deck import DECKS, Filter, of_chapter
from serge_tui.core.study.deck_terms import HINT, terms_to_complete, written
from serge_tui.core.study.scheduling import is_due
from serge_tui.services.decks import FLAGGED, deck_of_terms, keep_decks, saved_decks
from serge_tui.services.review_session import deck_cards
from serge_tui.widgets.link_area import TermSuggester

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from db.library import Library
    from serge_tui.services.card_collection import Box


_KEYS: Final = "Enter takes it · i writes one of your own · Del drops one · Esc back"
_WRITING: Final = "→ completes a term, - turns one round, name = terms names the deck. Enter keeps and takes it."
_COUNTS: Final = 26
"""Cells of the numbers at the end of a line."""


class DeckChooser(ModalScreen[Filter | None]):
    """A list of decks; Enter takes one, Esc leaves things as they are. Decks of your own are written here and kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d", "leave", "Back"),
        Binding("i,slash", "write", "Write a deck"),
        Binding("delete,backspace", "drop", "Drop a deck of your own"),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]
    CSS_PATH = "dialog.tcss"

    def __init__(self, library: Library, box: Box, day: date, present: Filter) -> None:
        super().__init__()
        self._library = library
        self._box = box
        self._day = day
        self._present = present
        self._decks: list[Filter] = []

    def compose(self) -> ComposeResult:
        """A title, the list, a box for words."""
        with Vertical(classes="dialog"):
            yield Static("What shall be asked", classes="heading", markup=False)
            yield OptionList()
            yield Input(placeholder=HINT, compact=True, suggester=TermSuggester(terms_to_complete(self._people())))
            yield Static(_KEYS, id="deck-keys", classes="muted", markup=False)

    def _people(self) -> list[str]:
        """Keys of the people asked about, the most asked first."""
        times = Counter(figure for card in self._box.cards.values() for figure in card.figures)
        return [figure for figure, _ in times.most_common()]

    def on_mount(self) -> None:
        """Show the list."""
        self.query_one(Input).display = False
        self._fill()
        chooser = self.query_one(OptionList)
        chooser.highlighted = self._decks.index(self._present) if self._present in self._decks else 0
        chooser.focus()

    def _fill(self) -> None:
        """Fill the list; counting is a pass over the cards in memory."""
        chapters = [(of_chapter(chapter.number), chapter.title) for chapter in self._library.chronicle.chapters()]
        own = [(deck, _terms(deck)) for deck in saved_decks(self._library)]
        entries = [*((deck, "") for deck in (*DECKS, FLAGGED)), *own, *chapters]
        states = self._library.study.states()
        room = min(72, int(self.app.size.width * 0.96) - 6) - _COUNTS - 2
        self._decks = []
        options = []
        for deck, title in entries:
            cards = deck_cards(self._library, self._box, deck, states, self._day)
            if not cards and (deck.kinds or deck.flagged):
                continue
            due = sum(1 for card in cards if card.key in states and is_due(states[card.key], self._day))
            fresh = sum(1 for card in cards if card.key not in states or states[card.key].stability is None)
            name = f"{deck.name}  {title}" if title else deck.name
            line = Content(sanitise_line(name)).truncate(room, ellipsis=True, pad=True)
            mark = "●" if deck == self._present else " "
            counts = f"{due:>4} due {fresh:>4} new of {len(cards):>4}"
            options.append(Option(Content(f"{mark} ") + line + Content.styled(counts, "$muted")))
            self._decks.append(deck)
        chooser = self.query_one(OptionList)
        chooser.clear_options()
        chooser.add_options(options)

    def action_move(self, step: int) -> None:
        """Move in the list."""
        chooser = self.query_one(OptionList)
        if step > 0:
            chooser.action_cursor_down()
        else:
            chooser.action_cursor_up()

    def action_leave(self) -> None:
        """Close the box for words, then the whole."""
        words = self.query_one(Input)
        if words.display:
            words.display = False
            self._say(_KEYS)
            self.query_one(OptionList).focus()
        else:
            self.dismiss(None)

    def action_write(self) -> None:
        """Open the box, with the deck of one's own under the cursor in it."""
        words = self.query_one(Input)
        words.display = True
        at = self.query_one(OptionList).highlighted
        deck = self._decks[at] if at is not None else None
        if deck in saved_decks(self._library):
            words.value = f"{deck.name} = {terms}" if (terms := _terms(deck)) else deck.name
        words.focus()
        self._say(_WRITING)

    def _say(self, text: str) -> None:
        self.query_one("#deck-keys", Static).update(text)

    async def action_drop(self) -> None:
        """Drop the deck of one's own under the cursor; its cards are not touched."""
        at = self.query_one(OptionList).highlighted
        kept = saved_decks(self._library)
        if at is None or self._decks[at] not in kept:
            return
        kept.remove(self._decks[at])
        await wrap_future(keep_decks(self._library, kept))
        self._fill()
        self.query_one(OptionList).highlighted = max(0, at - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a deck."""
        self.dismiss(self._decks[event.option_index])

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Make a deck of the terms, keep it in place of one of the same name, and take it."""
        if not event.value.strip():
            self.action_leave()
            return
        try:
            deck = await to_thread(deck_of_terms, self._library, event.value)
        except SergeError as error:
            self._say(sanitise_line(str(error)))
            return
        kept = [deck, *(known for known in saved_decks(self._library) if known.name != deck.name)]
        await wrap_future(keep_decks(self._library, kept))
        self.dismiss(deck)


def _terms(deck: Filter) -> str:
    """What a deck asks, where its name does not say it."""
    terms = written(deck)
    return "" if terms == deck.name else terms
