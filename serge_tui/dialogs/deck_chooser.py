"""The list of decks: those that ship, the chapters, those the reader saved, each with how much is due."""

from __future__ import annotations

from asyncio import to_thread
from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from db.errors import SergeError
from db.text import fold, sanitise_line
from serge_tui.commands.study import DECK_CHOOSER
from serge_tui.core.study.deck import AS_FAR_AS_READ, DECKS, Filter, of_chapter
from serge_tui.core.study.deck_terms import HINT, terms_to_complete, written
from serge_tui.dialogs.dialog import Dialog
from serge_tui.dialogs.prompt import Prompt
from serge_tui.services.card_counts import count_cards
from serge_tui.services.deck_options import EXAMPLE, change_options, options_by_deck, options_of, read_options
from serge_tui.services.decks import FLAGGED, deck_cards, deck_of_terms, save_decks, saved_decks
from serge_tui.services.reading_progress import reading_progress
from serge_tui.services.undo import Change, UndoStack
from serge_tui.widgets.key_hints import KeyHints
from serge_tui.widgets.link_area import TermSuggester
from serge_tui.widgets.option_rows import OptionRows

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import date

    from textual.app import ComposeResult

    from db.library import Library
    from serge_tui.commands import Command
    from serge_tui.services.card_collection import CardCollection
    from serge_tui.services.card_counts import CardCounts


_KEYS: Final = "Enter choose · i write a deck · o limits · Del delete · u undo · Esc cancel"
_WRITING: Final = "→ completes a term · - excludes it · name = terms names the deck · Enter save · Esc cancel"
_COUNTS: Final = 26
"""Cells of the numbers at the end of a line."""


class DeckChooser(Dialog[Filter | None]):
    """A list of decks; Enter chooses one, Esc cancels. The reader's own decks are written and deleted here."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = DECK_CHOOSER
    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = ""  # the list has the focus once it is filled

    def __init__(self, library: Library, collection: CardCollection, day: date, present: Filter) -> None:
        super().__init__()
        self._library = library
        self._collection = collection
        self._day = day
        self._present = present
        self._decks: list[Filter] = []
        self.rows = OptionRows(one_click=False)
        self.controllers = {"rows": self.rows}
        self._changes = UndoStack(self._stored)

    async def _stored(self, future: Future[Any]) -> bool:
        return await self.host.write_succeeded(future)

    def compose(self) -> ComposeResult:
        """A title, the list, a box to write a deck in."""
        with Vertical(classes="dialog"):
            yield Static("Choose a deck", classes="heading", markup=False)
            yield self.rows
            yield Input(placeholder=HINT, compact=True)
            yield KeyHints(_KEYS, id="deck-keys")

    def _people(self) -> list[str]:
        """Return the keys of the people asked about, the most asked first."""
        times = Counter(figure for card in self._collection.cards.values() for figure in card.figures)
        return [figure for figure, _ in times.most_common()]

    def _completed(self) -> tuple[list[str], list[str]]:
        """Return the people and the tags that a deck may be written with."""
        return self._people(), self._library.card_tags.known()

    async def on_mount(self) -> None:
        """Show the list. Keys pressed before it is there wait for it."""
        words = self.query_one(Input)
        words.display = False
        words.suggester = TermSuggester(terms_to_complete(*await to_thread(self._completed)))
        await self._fill()
        self.rows.highlighted = self._decks.index(self._present) if self._present in self._decks else 0
        self.rows.focus()

    def _counted(self) -> list[tuple[Filter, str, CardCounts]]:
        """Return each deck with its title or terms and how much is due; a pass over the cards for each: in a thread."""
        chapters = [(of_chapter(chapter.number), chapter.title) for chapter in self._library.chronicle.chapters()]
        own = [(deck, _terms(deck)) for deck in saved_decks(self._library)]
        limited = {fold(name): str(options) for name, options in options_by_deck(self._library).items()}
        states = self._library.study.states()
        counts = []
        shipped: list[Filter] = [*DECKS, FLAGGED]
        if reading_progress(self._library) is None and self._present != AS_FAR_AS_READ:
            # Nothing is known of what was read: a deck as far as that would be all cards under another name.
            shipped.remove(AS_FAR_AS_READ)
        for deck, title in [*((deck, "") for deck in shipped), *own, *chapters]:
            cards = deck_cards(self._library, self._collection, deck, states, self._day)
            if cards or not (deck.kinds or deck.flagged):
                shown = "  ".join(part for part in (title, limited.get(fold(deck.name), "")) if part)
                counts.append((deck, shown, count_cards(cards, states, self._day)))
        return counts

    async def _fill(self) -> None:
        """Fill the list."""
        counts = await to_thread(self._counted)
        room = min(72, int(self.app.size.width * 0.96) - 6) - _COUNTS - 2
        self._decks = [deck for deck, _, _ in counts]
        self.rows.clear_options()
        for deck, title, found in counts:
            name = f"{deck.name}  {title}" if title else deck.name
            line = Content(sanitise_line(name)).truncate(room, ellipsis=True, pad=True)
            mark = "●" if deck == self._present else " "
            numbers = f"{found.due:>4} due {found.new:>4} new of {found.cards:>4}"
            self.rows.add_option(Option(Content(f"{mark} ") + line + Content.styled(numbers, "$muted")))

    def action_leave(self) -> None:
        """Close the box, then the list."""
        words = self.query_one(Input)
        if words.display:
            words.display = False
            self._show_help(_KEYS)
            self.rows.focus()
        else:
            self.dismiss(None)

    def action_write(self) -> None:
        """Open the box; a saved deck under the cursor is in it, to be changed."""
        words = self.query_one(Input)
        words.display = True
        at = self.rows.highlighted
        deck = self._decks[at] if at is not None else None
        if deck in saved_decks(self._library):
            words.value = f"{deck.name} = {terms}" if (terms := _terms(deck)) else deck.name
        words.focus()
        self._show_help(_WRITING)

    def _show_help(self, text: str) -> None:
        self.query_one("#deck-keys", KeyHints).update(text)

    def action_limits(self) -> None:
        """Ask for limits and the target retention of the deck under the cursor."""
        if (at := self.rows.highlighted) is not None:
            self.host.start(self._limit(self._decks[at], at))

    async def _limit(self, deck: Filter, at: int) -> None:
        begun = str(await to_thread(options_of, self._library, deck))
        typed = await self.host.ask(Prompt(f"{sanitise_line(deck.name)}", f"{EXAMPLE}   (empty: as everywhere)", begun))
        if typed is None:
            return
        change = change_options(self._library, deck, read_options(typed))
        if await self.host.write_succeeded(change.redo()):
            self._changes.push(change)
            await self._fill_at(at)
            self._show_help(f"Changed: {sanitise_line(change.said)}. u undoes it.")

    async def action_delete(self) -> None:
        """Delete the saved deck under the cursor; its cards stay."""
        at = self.rows.highlighted
        before = saved_decks(self._library)
        if at is None or self._decks[at] not in before:
            return
        deck = self._decks[at]
        after = [known for known in before if known != deck]
        change = Change(
            f"deleting {deck.name}",
            lambda: save_decks(self._library, before),
            lambda: save_decks(self._library, after),
        )
        if await self.host.write_succeeded(change.redo()):
            self._changes.push(change)
            await self._fill_at(max(0, at - 1))
            self._show_help(f"Deleted: {sanitise_line(deck.name)}. u undoes it.")

    async def action_undo(self) -> None:
        """Bring the deck deleted last back."""
        change = await self._changes.undo()
        await self._fill_at(self.rows.highlighted or 0)
        self._show_help(f"Undone: {sanitise_line(change.said)}." if change else "There is nothing to undo.")

    async def action_redo(self) -> None:
        """Delete again the deck that was brought back."""
        change = await self._changes.redo()
        await self._fill_at(self.rows.highlighted or 0)
        self._show_help(f"Redone: {sanitise_line(change.said)}." if change else "There is nothing to redo.")

    async def _fill_at(self, at: int) -> None:
        """Fill the list again, with the cursor on a line."""
        await self._fill()
        self.rows.highlighted = min(at, len(self._decks) - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose a deck."""
        self.dismiss(self._decks[event.option_index])

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Make a deck of the terms, save it in place of one of the same name, and choose it."""
        if not event.value.strip():
            self.action_leave()
            return
        try:
            deck = await to_thread(deck_of_terms, self._library, event.value)
        except SergeError as error:
            self._show_help(sanitise_line(str(error)))
            return
        decks = [deck, *(known for known in saved_decks(self._library) if known.name != deck.name)]
        if await self.host.write_succeeded(save_decks(self._library, decks)):
            self.dismiss(deck)


def _terms(deck: Filter) -> str:
    """Return the terms of a deck if its name does not say them."""
    terms = written(deck)
    return "" if terms == deck.name else terms
