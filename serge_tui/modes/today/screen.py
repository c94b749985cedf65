"""Today: what to go on with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from db.models import GUIDE_EDITION, Place
from db.text import sanitise, sanitise_line
from serge_tui.commands.today import TODAY
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.navigation import Destination, Mode, ReadAt, ShowDeck, ShowFigure, ShowMode, ShowNote
from serge_tui.widgets.portrait import quotation_content

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from db.library import Library
    from serge_tui.commands import Command


@dataclass(frozen=True, slots=True)
class TodayEntry:
    """A line that can be chosen, and where it leads."""

    title: str
    detail: str
    destination: Destination


@dataclass(frozen=True, slots=True)
class TodayView:
    """Everything Today shows, read in one go."""

    entries: tuple[TodayEntry, ...]
    portrait: Content
    figure: str | None


def today_view(library: Library, day: str) -> TodayView:
    """Read what Today shows; `day` is an ISO date and chooses the portrait."""
    glance = library.today.glance(day, date.fromisoformat(day).toordinal())
    entries = []
    if glance.place is not None:
        detail = f"{glance.chapter} · {glance.edition}".strip(" ·")
        entries.append(TodayEntry("Continue reading", detail, ReadAt(glance.place)))
    else:
        entries.append(TodayEntry("Begin reading", "The guide, chapter 1", ReadAt(Place(GUIDE_EDITION, 0, 0))))
    if glance.unread is not None:
        key, title = glance.unread
        entries.append(TodayEntry("Begin your book", title, ReadAt(Place(key, 0, 0))))
    if glance.due:
        cards = "1 card" if glance.due == 1 else f"{glance.due} cards"
        entries.append(TodayEntry("Answer what is due", cards, ShowDeck()))
    else:
        entries.append(
            TodayEntry("Learn some portraits", "nothing is due; new cards are waiting", ShowDeck("portraits"))
        )
    if glance.note is not None:
        key, words = glance.note
        entries.append(TodayEntry("Your last note", sanitise_line(words)[:70], ShowNote(key)))
    entries.append(TodayEntry("Find somebody", "by any spelling you half remember", ShowMode("figures")))
    chosen = glance.portrait
    if chosen is None:
        return TodayView(tuple(entries), Content(""), None)
    who = chosen.about[0]
    head = Content.styled(sanitise(chosen.name_of(who)), "bold $primary")
    return TodayView(tuple(entries), head + Content("\n\n") + quotation_content(chosen, speaker=False), who)


class TodayScreen(ModeScreen):
    """Continue reading, cards due, a portrait of the day, what was noted last. Enter continues."""

    MODE: ClassVar[Mode] = "today"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = TODAY

    def __init__(self) -> None:
        super().__init__()
        self._view: TodayView | None = None
        self._come_before = False

    def compose_body(self) -> ComposeResult:
        """A short list, and a portrait under it."""
        with VerticalScroll(id="today", can_focus=False):
            yield Static("Serge", id="today-title")
            yield OptionList(id="today-list")
            yield Static("Portrait of the day", classes="heading", id="today-portrait-heading")
            yield Static("", id="today-portrait")

    def on_mount(self) -> None:
        """Fill the page."""
        self._read()
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        """Fill it again on coming back: a card may have been answered, a page read."""
        if self._come_before:
            self._read()
        self._come_before = True

    def refresh_data(self) -> None:
        """Read everything again."""
        self._read()

    def _read(self) -> None:
        """Read and show. All queries are by key or count, together well under a frame."""
        # The study day, as the cards count it; their module would cost the first paint too much.
        rollover = timedelta(hours=self.host.library.settings.get("cards.rollover_hour", 4))
        day = (datetime.now(UTC).astimezone() - rollover).date().isoformat()
        self._view = view = today_view(self.host.library, day)
        options = self.query_one(OptionList)
        chosen = options.highlighted or 0
        options.clear_options()
        options.add_options(
            Option(
                Content.styled(f"{entry.title:<22}", "bold") + Content.styled(sanitise_line(entry.detail), "$muted"),
                id=f"entry-{number}",
            )
            for number, entry in enumerate(view.entries)
        )
        options.highlighted = min(chosen, len(view.entries) - 1)
        self.query_one("#today-portrait", Static).update(view.portrait)
        self.query_one("#today-portrait-heading").display = view.figure is not None
        self.set_status(f"{datetime.now(UTC).astimezone():%A, %-d %B}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go where the line leads."""
        if self._view is not None:
            self.host.go_to(self._view.entries[event.option_index].destination)

    def action_portrait(self) -> None:
        """Open the person of the portrait."""
        if self._view is not None and self._view.figure is not None:
            self.host.go_to(ShowFigure(self._view.figure))
