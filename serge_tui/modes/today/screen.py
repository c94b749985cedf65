"""Today: where to continue; at first start, what Serge is."""

from __future__ import annotations

from asyncio import to_thread
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from db import clock
from db.ends import ENDS_OFFER
from db.settings import NEW_CARDS_OFFER
from db.text import sanitise_line
from serge_tui.commands.today import TODAY
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.modes.today.labelled import Labelled
from serge_tui.modes.today.own_copy import OwnCopy, with_own_copy
from serge_tui.modes.today.paper import PaperReading
from serge_tui.modes.today.view import PORTRAIT, TodayEntry, TodayView, today_view
from serge_tui.navigation import Mode, ReadAt, ShowFigure
from serge_tui.widgets.key_hints import KeyHints
from serge_tui.widgets.option_rows import OptionRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from serge_tui.commands import Command

WIDE: Final = 120
HIGH: Final = 50
FEW_MET: Final = 4
FEW_PLOTS: Final = 2
MOST_MET: Final = 11


class TodayList(OptionRows):
    """What can be done now. The keys that turn a page scroll all of Today, which may be longer than the screen."""

    def action_page_down(self) -> None:
        """Scroll Today down by a screen."""
        self._page.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """Scroll Today up by a screen."""
        self._page.scroll_page_up(animate=False)

    @property
    def _page(self) -> VerticalScroll:
        return next(node for node in self.ancestors if isinstance(node, VerticalScroll))


class TodayScreen(ModeScreen):
    """Continue reading, cards due, the portrait of the day, the last note. Enter continues."""

    MODE: ClassVar[Mode] = "today"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = TODAY

    def __init__(self) -> None:
        super().__init__()
        self._view: TodayView | None = None
        self._own: OwnCopy | None = None
        self._entries: list[TodayEntry] = []
        self._room = (False, False)
        self._shown_before = False

    def compose_body(self) -> ComposeResult:
        """Compose the introduction, the list, and a portrait below or beside it."""
        self.controllers["paper"] = PaperReading(self.host, self._read)
        with VerticalScroll(id="today", can_focus=False):
            yield Static("Serge", id="today-title")
            yield Static("", id="today-introduction", markup=False)
            yield KeyHints(id="today-ends")
            with Container(id="today-columns"):
                rows = TodayList(id="today-list")
                self.controllers["rows"] = rows
                yield rows
                with Vertical(id="today-beside"):
                    yield Static("", classes="heading", id="today-portrait-heading", markup=False)
                    yield Static("", id="today-portrait")
                    yield Static("", id="today-plots")

    def on_mount(self) -> None:
        """Fill the page."""
        self._read()
        self.query_one(OptionList).focus()
        settings = self.host.library.settings
        if offered := [name for name in (ENDS_OFFER, NEW_CARDS_OFFER) if settings.get(name, False)]:
            # Offered once: the lines stay until Today is opened again.
            self.host.watch_write(settings.replace(dict.fromkeys(offered)))

    def on_screen_resume(self) -> None:
        """Read again on return: cards may have been answered or pages read."""
        if self._shown_before:
            self._read()
        self._shown_before = True

    def refresh_data(self) -> None:
        """Read everything again."""
        self._read()

    def _read(self) -> None:
        """Read and show everything. The queries are by key or count: together well under a frame."""
        # The study day, computed here: importing the scheduling module would delay the first paint.
        rollover = timedelta(hours=self.host.library.settings.get("cards.rollover_hour", 4))
        day = (clock.local_now() - rollover).date().isoformat()
        number = date.fromisoformat(day).toordinal()
        commands = {command.id for command in self.all_commands()}
        plain = today_view(self.host.library, day, number, commands)
        self._own = with_own_copy(self.host.library, plain, number, commands)
        self._view = view = self._own.view
        introduction = self.query_one("#today-introduction", Static)
        introduction.update(view.introduction)
        introduction.display = bool(view.introduction)
        ends = self.query_one("#today-ends", KeyHints)
        ends.update(view.ends)
        ends.display = bool(view.ends)
        self._show_entries()
        heading = self.query_one("#today-portrait-heading", Static)
        heading.update(view.heading)
        self.query_one("#today-portrait", Static).update(view.portrait)
        self.query_one("#today-beside").display = view.figure is not None or bool(view.plots)
        self.set_status(f"{clock.local_now():%A, %-d %B}")
        if view.shown:
            self.host.watch_write(self.host.library.settings.set(PORTRAIT, list(view.shown)))

    def _show_entries(self) -> None:
        """Show as many entries and plots as there is room for."""
        if self._view is None:
            return
        wide, high = self._room = self._room_now
        self.query_one("#today-plots", Static).update(_plots(self._view.plots[: None if high else FEW_PLOTS]))
        most = (MOST_MET if high or self._view.introduction else FEW_MET) if wide else 0
        further = 0
        self._entries = []
        for entry in self._view.entries:
            further += entry.needs_room
            if not entry.needs_room or further <= most:
                self._entries.append(entry)
        options = self.query_one(OptionList)
        chosen = options.highlighted or 0
        options.clear_options()
        options.add_options(Option(_line(entry), id=f"entry-{at}") for at, entry in enumerate(self._entries))
        options.highlighted = min(chosen, len(self._entries) - 1)

    @property
    def _room_now(self) -> tuple[bool, bool]:
        """Whether the window is wide, and whether it is high."""
        return self.app.size.width >= WIDE, self.app.size.height >= HIGH

    def on_resize(self) -> None:
        """List more or fewer entries."""
        if self._room != self._room_now:
            self._show_entries()

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the entry's destination, or run its command."""
        entry = self._entries[event.option_index]
        target = entry.target
        if entry.begins:
            self.host.start(self._begin(entry.begins))
        elif not isinstance(target, str):
            self.host.go_to(target)
        elif command := next((known for known in self.all_commands() if known.id == target), None):
            await self.run_action(command.textual_action)

    async def _begin(self, edition: str) -> None:
        """Read a text from its first chapter on."""
        from serge_tui.services.locators import where_left

        self.host.go_to(ReadAt(await to_thread(where_left, self.host.library, edition)))

    def action_get_book(self) -> None:
        """Show where to get a copy of the Memoirs."""
        self.host.start(self._show_page("getting-the-book"))

    async def _show_page(self, key: str) -> None:
        from serge_tui.dialogs.pack_page import PackPage

        page = next((known for known in self.host.library.terms.pages() if known.key == key), None)
        if page is None:
            self.host.inform("The study pack has no such page.")
        else:
            await self.host.ask(PackPage(page))

    def action_look_for_portraits(self) -> None:
        """Look for portraits in the texts in which none were looked for yet, beside the app."""
        if self._own is not None and self._own.unsearched:
            self.host.look_for_portraits(self._own.unsearched)
            self.host.inform("Looking for portraits and sayings; the library (L) shows how far it is.")

    def action_portrait(self) -> None:
        """Open the figure of the portrait; of somebody in no glossary the passage that draws them."""
        if self._own is not None and self._own.portrait_leads_to is not None:
            self.host.go_to(self._own.portrait_leads_to)
        elif self._view is not None and self._view.figure is not None:
            self.host.go_to(ShowFigure(self._view.figure))


def _line(entry: TodayEntry) -> Labelled:
    return Labelled(Content.styled(entry.title, "bold"), Content.styled(sanitise_line(entry.detail), "$muted"), 27)


def _plots(plots: Sequence[tuple[str, Content]]) -> Content:
    parts = [Content.styled(f"{heading}\n\n", "bold $primary") + plot for heading, plot in plots]
    return Content("\n\n").join(parts)
