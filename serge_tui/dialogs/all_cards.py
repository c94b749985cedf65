"""All cards: every card there is, found by words and terms, in any order; several changed at once; each has a page."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from db.errors import SergeError
from db.text import sanitise, sanitise_line
from serge_tui.commands import bindings
from serge_tui.commands.all_cards import ALL_CARDS, LISTED_KEYS, MARK_CARD, TYPING_TERMS
from serge_tui.core.wording import counted
from serge_tui.dialogs.card_page import CardPage
from serge_tui.dialogs.changes import DialogChanges
from serge_tui.dialogs.dialog import Dialog
from serge_tui.dialogs.prompt import Prompt
from serge_tui.handlers import on, work
from serge_tui.services import card_changes
from serge_tui.services.all_cards import ORDER_WORDS, ORDERS, AllCards, CardOrder, load_all_cards, when_due
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.link_area import TermSuggester
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from db.models import CardState
    from serge_tui.commands import Command
    from serge_tui.navigation import Destination
    from serge_tui.services.undo import Change

_NO_MATCH: Final = "No card is like that."
_WHEN: Final = 12
_KIND: Final = 9
"""Cells of the columns for the due day and the kind."""
_FIGURES: Final = 20
"""Cells of the three columns of figures, shown in windows of 80 columns and more."""
_WIDE: Final = 110


@dataclass(frozen=True, slots=True)
class AllCardsSpot:
    """Where the list was left: what was typed, the order, the card under the cursor."""

    text: str = ""
    order: CardOrder = "book"
    backwards: bool = False
    card: str = ""


@dataclass(frozen=True, slots=True)
class AllCardsAnswer:
    """Where the reader wants to go, and where the list was left."""

    goes_to: Destination | None
    spot: AllCardsSpot


class CardRows(RowList):
    """Cards, one a line: what it asks, when it is asked next, and the figures of its memory. Space marks."""

    BINDINGS: ClassVar[list[BindingType]] = bindings([MARK_CARD])

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name for it
        super().__init__(id=id)
        self.found: AllCards | None = None
        self.keys: Sequence[str] = ()
        self.marked: set[str] = set()

    @property
    def row_count(self) -> int:
        """How many cards are listed."""
        return len(self.keys)

    def show(self, found: AllCards, keys: Sequence[str], cursor: int) -> None:
        """List other cards."""
        self.found, self.keys = found, keys
        self.rows_changed(cursor)

    def draw_row(self, index: int, width: int) -> Content:
        """Draw one card: only those in the window are ever drawn."""
        found, key = self.found, self.keys[index]
        if found is None:
            return Content("")
        card, state = found.cards[key], found.state(key)
        pointer = "▸" if index == self.cursor else " "
        mark = Content.styled("*" if key in self.marked else " ", "bold $primary")
        flag = Content.styled("⚑ " if state.flag else "  ", "$accent")
        row = Content(pointer) + mark + flag + Content.styled(card.kind[: _KIND - 1].ljust(_KIND), "$muted")
        tail = Content.styled(when_due(state, found.day).rjust(_WHEN), "$muted") + _figures(state, width)
        tags = " ".join(f"#{sanitise_line(tag)}" for tag in found.tags.get(key, ())) if width >= _WIDE else ""
        room = max(4, width - row.cell_length - tail.cell_length - 1)
        shown = Content(tags).truncate(min(room // 3, 30), ellipsis=True).stylize("$secondary")
        room -= shown.cell_length + 2 if tags else 0
        words = sanitise_line(card.stimulus or card.question)
        row += Content(words).truncate(max(4, room), ellipsis=True, pad=True)
        return row + (Content("  ") + shown if tags else Content("")) + tail


def _figures(state: CardState, width: int) -> Content:
    if width < 78:
        return Content("")
    if state.stability is None or state.difficulty is None:
        return Content(" " * _FIGURES)
    stability = f"{state.stability:,.0f} d" if state.stability >= 10 else f"{state.stability:.1f} d"
    return Content(f"{stability:>8}{state.difficulty:>6.1f}{state.lapses:>5} ")


def _heading(width: int) -> str:
    """Return the heads of the columns, over `CardRows`."""
    figures = f"{'stable':>8}{'diff.':>6}{'laps':>5} " if width >= 78 else ""
    tail = "asked next".rjust(_WHEN) + figures
    return f"    {'kind':<{_KIND}}{'question':<{max(4, width - 4 - _KIND - len(tail) - 1)}} {tail}"


class AllCardsDialog(Dialog[AllCardsAnswer]):
    """Type words and terms; Enter opens a card's page. In the list, letters change the marked cards."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = ALL_CARDS
    CSS_PATH = "all_cards.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]

    def __init__(self, spot: AllCardsSpot) -> None:
        super().__init__()
        self._text, self._order, self._backwards, self._key = spot.text, spot.order, spot.backwards, spot.card
        self._cards: AllCards | None = None
        self._asked = self._answered = 0
        self._open_when_found = False
        self._wrong = ""
        """What is wrong with what was typed, in a sentence."""
        self._changes = DialogChanges(self, self._read)
        self.controllers = {"changes": self._changes}

    @property
    def keys_must_wait(self) -> bool:
        """Whether the list is still to be read, or the answer to what was typed last still to come."""
        return self._cards is None or self._answered != self._asked

    def compose(self) -> ComposeResult:
        """Compose the line to type in, what is listed, the list, the question under the cursor, and the keys."""
        with Horizontal(id="all-cards-top"):
            yield Static("All cards", id="all-cards-label", markup=False)
            yield Input(
                self._text, placeholder="words, or is:due  tag:doubt  stability<10  lapses>3  answer:trotsky",
                id="all-cards-terms", compact=True, select_on_focus=True,
            )  # fmt: skip
        yield Static("", id="all-cards-note", markup=False)
        yield Static("", id="all-cards-heading", markup=False)
        yield CardRows(id="all-cards-list")
        yield Static("", id="all-cards-peek", markup=False)
        yield KeyLine(self.host.reader_keymap)

    @property
    def rows(self) -> CardRows:
        """The list."""
        return self.query_one(CardRows)

    def on_mount(self) -> None:
        """Begin in the line, or in the list if one comes back to it."""
        (self.rows if self._key else self.query_one(Input)).focus()
        self._read()

    def on_resize(self) -> None:
        """Show the heads of the columns for the new width."""
        self.query_one("#all-cards-heading", Static).update(_heading(self.size.width - 1))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys that work where the cursor is."""
        self.query_one(KeyLine).commands = TYPING_TERMS if isinstance(event.widget, Input) else LISTED_KEYS

    # --- reading and finding -----------------------------------------------------------------------------------------

    @work(exclusive=True, group="all-cards-read")
    async def _read(self) -> None:
        cards = await to_thread(load_all_cards, self.host.library, self._cards)
        if self._cards is None:
            self.query_one(Input).suggester = TermSuggester(await to_thread(cards.terms))
        self._cards = cards
        self._ask()

    @on(Input.Changed, "#all-cards-terms")
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self._text:
            self._text, self._key = event.value, ""
            self._ask()

    def _ask(self) -> None:
        self._asked += 1
        if self._cards is not None:
            self._find(self._cards, self._text, self._asked)

    @work(exclusive=True, group="all-cards-find")
    async def _find(self, cards: AllCards, text: str, asked: int) -> None:
        wrong, keys = "", self.rows.keys
        try:
            keys = await to_thread(cards.find, text, self._order, backwards=self._backwards)
        except SergeError as error:
            wrong = str(error)
        if asked != self._asked:
            return
        self._answered, self._wrong = asked, wrong
        rows = self.rows
        rows.marked &= cards.cards.keys()
        rows.nothing = _NO_MATCH
        at = await to_thread(_index_of, keys, self._key)
        if asked != self._asked:
            return
        rows.show(cards, keys, at)
        self._show_note()
        if self._open_when_found:
            self._open_when_found = False
            self.action_open()

    def _show_note(self) -> None:
        note = self.query_one("#all-cards-note", Static)
        if self._wrong:
            note.update(Content.styled(sanitise_line(self._wrong[:1].upper() + self._wrong[1:]), "$warning"))
            return
        marked = len(self.rows.marked)
        parts = [f"{marked:,} marked"] if marked else []
        parts += [counted(self.rows.row_count, "card"), ORDER_WORDS[self._order][self._backwards]]
        note.update(" · ".join(parts))

    @on(RowList.Highlighted)
    def _highlighted(self) -> None:
        peek, key = self.query_one("#all-cards-peek", Static), self._under_cursor
        if key is None or self._cards is None:
            peek.update("")
            return
        self._key = key
        card = self._cards.cards[key]
        parts = [sanitise(card.question), sanitise(card.stimulus), sanitise(card.context)]
        peek.update(Content("\n").join(Content(part) for part in parts if part))

    @property
    def _under_cursor(self) -> str | None:
        rows = self.rows
        return rows.keys[rows.cursor] if 0 <= rows.cursor < len(rows.keys) else None

    # --- moving ------------------------------------------------------------------------------------------------------

    def action_into_list(self) -> None:
        """Go from the line into the list, or a row down there."""
        if self.rows.has_focus:
            self.rows.action_move(1)
        else:
            self.rows.focus()

    def action_page(self, step: int) -> None:
        """Move the cursor by windows."""
        self.rows.action_page(step)

    @on(RowList.LeftAbove)
    def action_type(self) -> None:
        """Go back to the line to type in."""
        self.query_one(Input).focus()

    def action_order(self, step: int) -> None:
        """List in the next order."""
        self._order = ORDERS[(ORDERS.index(self._order) + step) % len(ORDERS)]
        self._backwards = False
        self._ask()

    def action_turn_order(self) -> None:
        """List in the same order, the other way round."""
        self._backwards = not self._backwards
        self._ask()

    @on(RowList.Chosen)
    @on(Input.Submitted, "#all-cards-terms")
    def action_open(self) -> None:
        """Open the page of the card under the cursor."""
        if self.keys_must_wait:
            # Enter came before the answer: it is meant for what was typed, not for the old list.
            self._open_when_found = True
        elif self._under_cursor is not None:
            self.host.start(self._open())

    async def _open(self) -> None:
        cards, rows = self._cards, self.rows
        if cards is None:
            return
        answer = await self.host.ask(CardPage(cards, rows.keys, rows.cursor))
        if answer is None:
            return
        rows.cursor = answer.index
        if answer.goes_to is not None:
            self._leave(answer.goes_to)

    def action_close(self) -> None:
        """Close the list."""
        self._leave(None)

    def _leave(self, goes_to: Destination | None) -> None:
        spot = AllCardsSpot(self._text, self._order, self._backwards, self._key if self.rows.has_focus else "")
        self.dismiss(AllCardsAnswer(goes_to, spot))

    # --- changing several cards --------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the card under the cursor, or remove its mark, and go to the next."""
        if (key := self._under_cursor) is not None:
            self.rows.marked ^= {key}
            self.rows.refresh()
            self.rows.action_move(1)
            self._show_note()

    def action_mark_all(self) -> None:
        """Mark all cards listed; if all are marked, none."""
        rows, listed = self.rows, set(self.rows.keys)
        rows.marked = rows.marked - listed if listed <= rows.marked else rows.marked | listed
        rows.refresh()
        self._show_note()

    def _chosen(self) -> list[CardState]:
        """Return the states of the marked cards, or that of the card under the cursor."""
        cards, key = self._cards, self._under_cursor
        if cards is None or self.keys_must_wait:
            return []
        keys = sorted(self.rows.marked) or ([key] if key is not None else [])
        return [cards.state(each) for each in keys]

    def action_suspend(self) -> None:
        """Suspend the chosen cards, or have them asked again."""
        if states := self._chosen():
            self._store(card_changes.suspend(self.host.library, states))

    def action_bury(self) -> None:
        """Bury the chosen cards until tomorrow, or have them asked again."""
        if (states := self._chosen()) and self._cards is not None:
            self._store(card_changes.bury(self.host.library, states, self._cards.day))

    def action_flag(self) -> None:
        """Flag the chosen cards, or take their flags off."""
        if states := self._chosen():
            self._store(card_changes.flag(self.host.library, states))

    def action_forget(self) -> None:
        """Start the chosen cards afresh."""
        if (states := self._chosen()) and self._cards is not None:
            self._store(
                card_changes.forget(self.host.library, states, self._cards.day),
                "There is nothing to forget: none of these was ever answered.",
            )

    def action_tag(self) -> None:
        """Ask for tags, and put them on the chosen cards or take them off."""
        if self._chosen():
            self.host.start(self._tag())

    async def _tag(self) -> None:
        library = self.host.library
        known = " ".join((await to_thread(library.card_tags.known))[:6])
        typed = await self.host.ask(Prompt("Tags", f"doubt -later   ({known})" if known else "doubt -later"))
        if typed is None or not typed.strip() or self._cards is None:
            return
        keys = [state.card for state in self._chosen()]
        self._store(card_changes.retag(library, keys, typed, self._cards.tags), "These cards have these tags already.")

    def action_due(self) -> None:
        """Ask for a day, and have the chosen cards asked on it."""
        if self._chosen():
            self.host.start(self._due())

    async def _due(self) -> None:
        typed = await self.host.ask(Prompt("Due", "today, 7 (in 7 days), 12 May, 2026-05-12"))
        if typed is None or not typed.strip() or self._cards is None:
            return
        due = card_changes.read_due(typed, self._cards.day)
        self._store(
            card_changes.set_due(self.host.library, self._chosen(), due),
            "These cards are new: they are due once they have been asked.",
        )

    def _store(self, change: Change | None, nothing: str = "") -> None:
        """Store a change; `nothing` is the sentence where there is none to make."""
        if change is None:
            self.host.inform(nothing)
        else:
            self.host.start(self._make(change), opens=False)

    async def _make(self, change: Change) -> None:
        if await self.host.write_succeeded(change.redo()):
            self._changes.push(change)
            self.rows.marked = set()
            self.host.inform(f"{change.said}; u undoes it.")
        self._read()


def _index_of(keys: Sequence[str], key: str) -> int:
    """Return where a card is listed; 0 if it is not."""
    return next((number for number, each in enumerate(keys) if each == key), 0)
