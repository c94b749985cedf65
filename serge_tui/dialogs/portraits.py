"""Portraits: every pen portrait found in a text of the reader's, to browse, to search, and to decide on."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from db.models import Place
from db.text import sanitise_line
from serge_tui.commands.portraits import PORTRAITS, TYPING_WORDS
from serge_tui.core.wording import counted
from serge_tui.dialogs.changes import DialogChanges
from serge_tui.dialogs.dialog import Dialog
from serge_tui.handlers import on, work
from serge_tui.navigation import Destination, ReadAt, ShowFigure
from serge_tui.services.portrait_list import (
    ORDER_WORDS,
    ORDERS,
    PortraitLine,
    PortraitList,
    PortraitOrder,
    editions_with_portraits,
    load_portraits,
)
from serge_tui.services.undo import Change
from serge_tui.widgets.found_list import lit_stretches
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from textual import events
    from textual.app import ComposeResult

    from db.models.found_text import Found, FoundDecision, FoundState
    from serge_tui.commands import Command

_STATES: Final[dict[FoundState | None, str]] = {None: " ", "kept": "✓", "skipped": "–", "rejected": "×"}
_SAID: Final[dict[FoundState, str]] = {
    "kept": "Kept; it becomes a card", "skipped": "Skipped; it makes no card", "rejected": "No portrait; it is gone",
}  # fmt: skip
_NONE: Final = "No portraits found yet: p in the library (L) looks for them in a text of yours."
_NO_MATCH: Final = "No portrait has these words."
_SURE: Final = 60.0
"""Points of the name finder from which on somebody is meant by what was typed."""
_WIDE: Final = 110


@dataclass(frozen=True, slots=True)
class PortraitsSpot:
    """Where the list was left: words typed, order, text, and the portrait under the cursor."""

    words: str = ""
    order: PortraitOrder = "text"
    edition: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class PortraitsAnswer:
    """Where the reader wants to go, and where the list was left."""

    goes_to: Destination | None
    spot: PortraitsSpot


class PortraitRows(RowList):
    """Portraits, one a line: what was decided, the person, the words, and the chapter where there is room."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name for it
        super().__init__(id=id)
        self.lines: Sequence[PortraitLine] = ()

    @property
    def row_count(self) -> int:
        """How many portraits."""
        return len(self.lines)

    def show(self, lines: Sequence[PortraitLine], cursor: int, nothing: str) -> None:
        """Show other portraits; `nothing` is the sentence where there are none."""
        self.lines, self.nothing = lines, nothing
        self.rows_changed(cursor)

    def draw_row(self, index: int, width: int) -> Content:
        """Draw one line."""
        line = self.lines[index]
        pointer = "▸" if index == self.cursor else " "
        head = Content(pointer) + Content.styled(f"{_STATES[line.state]} ", "$primary")
        who = Content(sanitise_line(line.name)).truncate(min(24, width // 4), ellipsis=True, pad=True)
        row = head + who.stylize("$muted") + Content("  ")
        where = Content(sanitise_line(line.chapter) if width >= _WIDE else "").truncate(width // 4, ellipsis=True)
        room = width - row.cell_length - (where.cell_length + 2 if where else 0)
        row += lit_stretches(line.found.text, line.lit).truncate(max(4, room), ellipsis=True, pad=True)
        return row + Content("  ") + where.stylize("$muted") if where else row


class PortraitsDialog(Dialog[PortraitsAnswer]):
    """Type a name or words; Enter goes to the passage. In the list letters keep, skip and reject."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = PORTRAITS
    CSS_PATH = "portraits.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]

    def __init__(self, spot: PortraitsSpot) -> None:
        super().__init__()
        self._words, self._order = spot.words, spot.order
        self._wanted, self._key = spot.edition, spot.key
        self._editions: list[str] = []
        self._portraits: PortraitList | None = None
        self._asked = self._answered = 0
        self._choose_when_found = False
        self._changes = DialogChanges(self, self._read)
        self.controllers = {"changes": self._changes}

    @property
    def keys_must_wait(self) -> bool:
        """Whether the list is still to be read, or the answer to what was typed last still to come."""
        return self._portraits is None or self._answered != self._asked

    def compose(self) -> ComposeResult:
        """Compose the line to type in, the list, the portrait under the cursor in full, and the keys."""
        with Horizontal(id="portraits-top"):
            yield Static("Portraits", id="portraits-label", markup=False)
            yield Input(
                self._words, placeholder="anybody, or words: squinting, tiger skin", id="portraits-words",
                compact=True, select_on_focus=True,
            )  # fmt: skip
        yield Static("", id="portraits-note", markup=False)
        yield PortraitRows(id="portraits-list")
        yield Static("", id="portraits-peek", markup=False)
        yield KeyLine(self.host.reader_keymap)

    @property
    def rows(self) -> PortraitRows:
        """The list."""
        return self.query_one(PortraitRows)

    @property
    def shown(self) -> Sequence[PortraitLine]:
        """The portraits that are listed now."""
        return self.rows.lines

    def on_mount(self) -> None:
        """Begin in the line, or in the list if one comes back to it."""
        (self.rows if self._key else self.query_one(Input)).focus()
        self._read()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys that work where the cursor is."""
        self.query_one(KeyLine).commands = TYPING_WORDS if isinstance(event.widget, Input) else PORTRAITS

    # --- reading and finding -----------------------------------------------------------------------------------------

    @work(exclusive=True, group="portraits-read")
    async def _read(self) -> None:
        library, ends = self.host.library, self.host.ends
        self._editions = await to_thread(editions_with_portraits, library)
        if self._wanted not in self._editions:
            self._wanted = self._editions[0] if self._editions else ""
        self._portraits = await to_thread(load_portraits, library, self._wanted, ends)
        self._ask()

    @on(Input.Changed, "#portraits-words")
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self._words:
            self._words, self._key = event.value, ""
            self._ask()

    def _ask(self) -> None:
        self._asked += 1
        if self._portraits is not None:
            self._find(self._portraits, self._words, self._order, self._asked)

    @work(exclusive=True, group="portraits-find")
    async def _find(self, portraits: PortraitList, words: str, order: PortraitOrder, asked: int) -> None:
        found = await to_thread(self._found, portraits, words, order)
        if asked != self._asked:
            return
        self._answered = asked
        key = self._key
        at = next((number for number, line in enumerate(found) if line.found.key == key), 0)
        self.rows.show(found, at, _NO_MATCH if portraits.lines else _NONE)
        self._show_note()
        if self._choose_when_found:
            self._choose_when_found = False
            self._go()

    def _found(self, portraits: PortraitList, words: str, order: PortraitOrder) -> list[PortraitLine]:
        matches = self.host.finder.find(words.strip(), limit=8) if words.strip() else []
        return portraits.find(words, order, {match.figure for match in matches if match.score >= _SURE})

    def _show_note(self) -> None:
        portraits = self._portraits
        if portraits is None or not portraits.lines:
            self.query_one("#portraits-note", Static).update("")
            return
        people = len({line.found.figure or line.name for line in self.shown})
        parts = [
            f"{counted(len(self.shown), 'portrait')} of {counted(people, 'person', 'people')}",
            ORDER_WORDS[self._order], portraits.title,
        ]  # fmt: skip
        if portraits.untold:
            parts.append(f"{portraits.untold} wait: ends are hidden")
        self.query_one("#portraits-note", Static).update(sanitise_line(" · ".join(parts)))

    @on(RowList.Highlighted)
    def _highlighted(self) -> None:
        peek = self.query_one("#portraits-peek", Static)
        line = self._chosen
        if line is None:
            peek.update("")
            return
        self._key = line.found.key
        head = f"{line.name} · {line.chapter}"
        if line.state:
            head += f" · {line.state}"
        peek.update(
            Content.styled(sanitise_line(head), "$muted") + Content("\n") + lit_stretches(line.found.text, line.lit)
        )

    @property
    def _chosen(self) -> PortraitLine | None:
        at = self.rows.cursor
        return self.shown[at] if 0 <= at < len(self.shown) else None

    # --- moving and going --------------------------------------------------------------------------------------------

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

    def action_order(self) -> None:
        """List in the next order."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self._ask()

    def action_next_text(self) -> None:
        """Show the portraits of another text."""
        if len(self._editions) < 2:
            self.host.inform("Portraits were found in one text only.")
            return
        self._wanted = self._editions[(self._editions.index(self._wanted) + 1) % len(self._editions)]
        self._key, self._portraits = "", None
        self._read()

    @on(RowList.Chosen)
    @on(Input.Submitted, "#portraits-words")
    def _go(self) -> None:
        if self._answered != self._asked:
            # Enter came before the answer: it is meant for the new words, not for the old list.
            self._choose_when_found = True
        elif (line := self._chosen) is not None:
            found = line.found
            lit = (found.passage, found.start, found.end_passage, found.end)
            self._leave(ReadAt(Place(found.edition, found.passage, found.start), lit))

    def action_person(self) -> None:
        """Go to the page of the person under the cursor."""
        line = self._chosen
        if line is None:
            return
        if line.found.figure:
            self._leave(ShowFigure(line.found.figure))
        else:
            self.host.inform(f"{sanitise_line(line.name)} is in no glossary: the text alone tells of them.")

    def action_close(self) -> None:
        """Close the list."""
        self._leave(None)

    def _leave(self, goes_to: Destination | None) -> None:
        self.dismiss(PortraitsAnswer(goes_to, PortraitsSpot(self._words, self._order, self._wanted, self._key)))

    # --- deciding ----------------------------------------------------------------------------------------------------

    def action_decide(self, state: FoundState) -> None:
        """Keep, skip or reject the portrait under the cursor."""
        if (line := self._chosen) is not None:
            self.host.start(self._decide(line.found, state))

    async def _decide(self, found: Found, state: FoundState) -> None:
        library = self.host.library
        before = await to_thread(library.found.decision, found.key)

        def write() -> Future[FoundDecision]:
            return library.found.decide(found, state)

        if not await self.host.write_succeeded(write()):
            return
        self._changes.push(Change(_SAID[state], partial(library.found.restore, found.key, before), write))
        self.host.inform(f"{_SAID[state]}; u undoes it.")
        self._move_on()

    def _move_on(self) -> None:
        """Read again, with the cursor on the next portrait."""
        at = self.rows.cursor
        after = self.shown[at + 1 :] or self.shown[:at]
        self._key = after[0].found.key if after else ""
        self._read()
