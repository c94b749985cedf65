"""Choosing a deck: what ships, each chapter, what the reader saved; with how much is due in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from db.text import sanitise_line
from serge_tui.learning.decks import saved_decks
from serge_tui.learning.desk import deck_cards
from serge_tui.study.deck import DECKS, Filter, of_chapter
from serge_tui.study.scheduling import is_due

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from db.library import Library
    from serge_tui.learning.box import Box


class DeckChooser(ModalScreen[Filter | None]):
    """A list of decks; Enter takes one, Esc leaves things as they are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d", "dismiss(None)", "Back"),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]
    CSS_PATH = "../styles/dialog.tcss"

    def __init__(self, library: Library, box: Box, day: date, present: Filter) -> None:
        super().__init__()
        self._library = library
        self._box = box
        self._day = day
        self._present = present
        self._decks: list[Filter] = []

    def compose(self) -> ComposeResult:
        """A title and the list."""
        with Vertical(classes="dialog"):
            yield Static("What shall be asked", classes="heading", markup=False)
            yield OptionList()
            yield Static("Enter takes it · Esc back", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Fill the list; counting is a pass over the cards in memory."""
        chapters = [(of_chapter(chapter.number), chapter.title) for chapter in self._library.chronicle.chapters()]
        entries = [(deck, "") for deck in (*DECKS, *saved_decks(self._library))] + chapters
        states = self._library.study.states()
        options = []
        for deck, title in entries:
            cards = deck_cards(self._library, self._box, deck, states, self._day)
            if not cards and deck.figures | deck.kinds:
                continue
            due = sum(1 for card in cards if card.key in states and is_due(states[card.key], self._day))
            fresh = sum(1 for card in cards if card.key not in states or states[card.key].stability is None)
            name = f"{deck.name}  {title}" if title else deck.name
            line = Content(sanitise_line(name)).truncate(38, ellipsis=True, pad=True)
            mark = "●" if deck == self._present else " "
            counts = f"{due:>4} due {fresh:>5} new {len(cards):>5} cards"
            options.append(Option(Content(f"{mark} ") + line + Content.styled(counts, "$muted")))
            self._decks.append(deck)
        chooser = self.query_one(OptionList)
        chooser.add_options(options)
        chooser.highlighted = self._decks.index(self._present) if self._present in self._decks else 0
        chooser.focus()

    def action_move(self, step: int) -> None:
        """Move in the list."""
        chooser = self.query_one(OptionList)
        if step > 0:
            chooser.action_cursor_down()
        else:
            chooser.action_cursor_up()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a deck."""
        self.dismiss(self._decks[event.option_index])
