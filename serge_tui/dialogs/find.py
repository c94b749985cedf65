"""Find anything, from anywhere: one input, one ranked list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from db.text import sanitise_line
from serge_tui.commands import bindings
from serge_tui.commands.lists import FIND
from serge_tui.handlers import Careful, on, work
from serge_tui.host import host_of
from serge_tui.services.find_anything import (
    KIND_PLURALS,
    KINDS,
    Answer,
    Found,
    Kind,
    begin_with,
    find_anything,
    remember,
)
from serge_tui.widgets.found_list import FoundList, FoundRow, lit_stretches
from serge_tui.widgets.key_hints import KeyHints, hints
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from serge_tui.commands import Command
    from serge_tui.host import Host
    from serge_tui.navigation import Destination


@dataclass(frozen=True, slots=True)
class FindResult:
    """The destination or command that was chosen, and the query that found it."""

    query: str
    goes_to: Destination | Command


class FindScreen(Careful, ModalScreen[FindResult | None]):
    """Find anything as you type. Enter goes there, Esc goes back, Tab shows one kind only.

    While the input is empty, recent searches and examples are listed.

    Args:
        commands: Commands that can be found.
        query: Words to begin with.
        chosen: What the last search with these words led to: the cursor starts there.
    """

    CSS_PATH = "find.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = bindings(FIND)

    def __init__(
        self, commands: tuple[Command, ...], query: str = "", chosen: Destination | Command | None = None
    ) -> None:
        super().__init__()
        self._commands = commands
        self._came_from = chosen
        self._asked = self._answered = 0
        self._choose_when_found = False
        self._query = query
        self._answer = Answer()
        self._shown: list[Found] = []
        self._kind: Kind | None = None

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return host_of(self)

    @property
    def keys_must_wait(self) -> bool:
        """Whether the answer to what was typed last is still to come."""
        return self._answered != self._asked

    def compose(self) -> ComposeResult:
        """Compose the input, the list, the full text of the selected line, and the kinds."""
        with Horizontal(id="find-top"):
            yield Static("Find", id="find-label", markup=False)
            yield Input(
                self._query, placeholder="anybody, any words, any command", id="find-query", compact=True,
                select_on_focus=True,
            )  # fmt: skip
        yield Static("", id="find-note", markup=False)
        yield FoundList(id="find-list")
        yield Static("", id="find-peek", markup=False)
        yield KeyHints(id="find-kinds")

    @property
    def _list(self) -> FoundList:
        return self.query_one("#find-list", FoundList)

    def on_mount(self) -> None:
        """Put the cursor in the input."""
        self.query_one("#find-query", Input).focus()
        self._list.can_focus = False
        if not self._query:
            self._show()

    # --- finding -----------------------------------------------------------------------------------------------------

    @on(Input.Changed, "#find-query")
    def _typed(self, event: Input.Changed) -> None:
        self._asked += 1
        self._query = event.value
        self._find(event.value, self._asked)

    @work(thread=True, exclusive=True, group="find")
    def _find(self, query: str, asked: int) -> None:
        """Search in a thread; the answer is dropped if another key was pressed meanwhile."""
        host = self.host
        answer = find_anything(host.library, host.finder, self._commands, query, ends=host.ends)
        if asked == self._asked:
            self.app.call_from_thread(self._found, answer, asked)

    def _found(self, answer: Answer, asked: int) -> None:
        if asked != self._asked or not self.is_attached:
            return
        self._answer, self._answered = answer, asked
        if self._kind is not None and not any(found.kind == self._kind for found in answer.found):
            self._kind = None
        note = self.query_one("#find-note", Static)
        note.update(Content(sanitise_line(answer.note)))
        note.display = bool(answer.note)
        self._show()
        if self._choose_when_found:
            self._choose_when_found = False
            self._chosen()

    def _show(self) -> None:
        others: list[Found] = []
        if not self._query.strip():
            self._shown = begin_with(self.host.library)
        else:
            if self._kind is None:
                others = [Found("search", other, "did you mean this?", 0.0, other) for other in self._answer.others]
            found = [found for found in self._answer.found if self._kind in (None, found.kind)]
            self._shown = [*others, *found]
        at = len(others)
        if self._came_from is not None:
            # Opened again: return to the line chosen last.
            at = next((n for n, found in enumerate(self._shown) if found.goes_to == self._came_from), at)
            self._came_from = None
        self._list.show([FoundRow(f.kind, f.title, f.text, f.lit, f.title_lit) for f in self._shown], at)
        self._show_kinds()

    def _show_kinds(self) -> None:
        counts = Counter(found.kind for found in self._answer.found)
        parts = [self._kind_label(None, "all", len(self._answer.found))]
        parts += [self._kind_label(kind, KIND_PLURALS[kind], counts[kind]) for kind in KINDS if counts[kind]]
        line = Content("  ").join(parts) if counts else Content("")
        ways = ["Enter go there · Tab one kind · Esc back", "Tab one kind · Esc back", "Esc back", ""]
        if not self._query.strip():
            forget = " · Shift+Del forget it" if any(found.kind == "search" for found in self._shown) else ""
            ways = [f"Enter look for it{forget} · Esc back", "Enter look for it · Esc back"]
        elif not counts:
            line = Content("Nothing found, in no spelling.")
            ways = ["Esc back"]
        room = self.size.width - 4 - line.cell_length
        hint = next((hint for hint in ways if len(hint) <= room), "")
        self.query_one("#find-kinds", KeyHints).update(line + Content("  " if line else "") + hints(hint))

    def _kind_label(self, kind: Kind | None, name: str, count: int) -> Content:
        return Content.styled(f"{name} {count}", "bold $primary" if kind == self._kind else "")

    @on(RowList.Highlighted)
    def _highlighted(self, message: RowList.Highlighted) -> None:
        peek = self.query_one("#find-peek", Static)
        if not 0 <= message.index < len(self._shown):
            peek.update("")
            return
        found = self._shown[message.index]
        head = Content.styled(sanitise_line(found.title), "$muted") + Content("\n")
        peek.update(head + lit_stretches(found.text, found.lit))

    # --- going -------------------------------------------------------------------------------------------------------

    @on(RowList.Chosen)
    @on(Input.Submitted, "#find-query")
    def _chosen(self) -> None:
        if self._answered != self._asked:
            # Enter came before the answer: it is meant for the new query, not for the old list.
            self._choose_when_found = True
            return
        if not 0 <= self._list.cursor < len(self._shown):
            return
        goes_to = self._shown[self._list.cursor].goes_to
        if isinstance(goes_to, str):
            self._look_for(goes_to)
            return
        if (stored := remember(self.host.library, self._query.strip())) is not None:
            self.host.watch_write(stored)
        self.dismiss(FindResult(self._query, cast("Destination | Command", goes_to)))

    def _look_for(self, query: str) -> None:
        """Put another query into the input."""
        box = self.query_one("#find-query", Input)
        box.value = query
        box.cursor_position = len(query)

    async def action_forget(self) -> None:
        """Remove the recent search under the cursor from the list."""
        at = self._list.cursor
        if self._query.strip() or not 0 <= at < len(self._shown) or self._shown[at].kind != "search":
            return
        future = remember(self.host.library, self._shown[at].title, forget=True)
        if future is not None:
            await self.host.write_succeeded(future)
        self._show()
        self._list.cursor = min(at, len(self._shown) - 1)

    def action_list(self, action: str, step: int) -> None:
        """Move in the list while typing in the input."""
        if action == "move":
            self._list.action_move(step)
        else:
            self._list.action_page(step)

    def action_kind(self, step: int) -> None:
        """Show the next or previous kind only, or all kinds."""
        there = [None, *(kind for kind in KINDS if any(found.kind == kind for found in self._answer.found))]
        at = there.index(self._kind) if self._kind in there else 0
        self._kind = there[(at + step) % len(there)]
        self._show()
