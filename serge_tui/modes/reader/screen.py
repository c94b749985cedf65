"""Read: a chapter of the guide or of an edition, and the way from every name to who that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal

from serge_tui.commands import Chords, Command
from serge_tui.commands.app import EVERYWHERE
from serge_tui.commands.reader import HIGHLIGHT_ID, READER, SELECTION_COMMANDS
from serge_tui.commands.registry import commands_by_id
from serge_tui.handlers import on
from serge_tui.listeners import Listeners
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.modes.reader.annotations import Annotations
from serge_tui.modes.reader.bookmarks import Bookmarks
from serge_tui.modes.reader.changes import Changes
from serge_tui.modes.reader.chapter_beginning import ChapterBeginning
from serge_tui.modes.reader.chapter_marks import ChapterMarks
from serge_tui.modes.reader.chapter_questions import ChapterEnd
from serge_tui.modes.reader.contents_panel import ContentsPanel
from serge_tui.modes.reader.edition_choice import EditionChoice
from serge_tui.modes.reader.editions import Editions
from serge_tui.modes.reader.found_portraits import FoundPortraits
from serge_tui.modes.reader.highlights import Highlights
from serge_tui.modes.reader.letters import Letters
from serge_tui.modes.reader.links import Links
from serge_tui.modes.reader.movement import Movement
from serge_tui.modes.reader.name_corrections import NameCorrections
from serge_tui.modes.reader.name_underlining import NameUnderlining
from serge_tui.modes.reader.navigation import Navigation
from serge_tui.modes.reader.note_peek import NotePeek
from serge_tui.modes.reader.opened_text import OpenedText
from serge_tui.modes.reader.page_layers import PageLayers
from serge_tui.modes.reader.page_settings import PageSettings
from serge_tui.modes.reader.people import People
from serge_tui.modes.reader.people_panel import PeoplePanel
from serge_tui.modes.reader.reading_position import ReadingPosition
from serge_tui.modes.reader.selection import Selection
from serge_tui.modes.reader.shared_scenes import SharedScenes
from serge_tui.modes.reader.side_by_side import SideBySide
from serge_tui.modes.reader.status import Status
from serge_tui.modes.reader.term_underlining import TermUnderlining
from serge_tui.modes.reader.text_search import TextSearch
from serge_tui.modes.reader.widgets.contents import Contents
from serge_tui.modes.reader.widgets.figure_card import FigureCard
from serge_tui.modes.reader.widgets.page import PageView, SecondPage
from serge_tui.modes.reader.widgets.peek import Peek
from serge_tui.modes.reader.widgets.people_list import PeopleList
from serge_tui.modes.reader.word_lookup import WordLookup
from serge_tui.services.reading_settings import page_choices
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.mode_bar import ModeBar
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from serge_tui.modes.reader.widgets.overlay import Overlay
    from serge_tui.navigation import Destination, Mode, Spot


SELECTION_IDS: Final = ("select.", HIGHLIGHT_ID)
"""How the ids of commands begin that work while words are selected."""


class ReaderScreen(ModeScreen):
    """Composes the page with what opens beside and over it, and hands keys and messages to the controllers."""

    MODE: ClassVar[Mode] = "reader"
    AUTO_FOCUS = ""
    CSS_PATH = "reader.tcss"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = READER

    def __init__(self) -> None:
        super().__init__()
        self._selection_chords: Chords | None = None
        self._make_widgets()
        self._make_controllers()

    def _make_widgets(self) -> None:
        wanted = page_choices(self.host.library)
        self.page = PageView(wanted.settings)
        self.page.paged = wanted.paged
        self.second_page = SecondPage(wanted.settings)
        self.contents = Contents()
        self.people_list = PeopleList()
        self.card = FigureCard()
        self.note_box = Peek()

    def _make_controllers(self) -> None:
        """Build the controllers; those built first hear of events first."""
        page, host = self.page, self.host
        self.resumed = Listeners[[]]()
        self.text = text = OpenedText(page, self, host)
        self.position = ReadingPosition(page, text, host)
        self.selection = Selection(page, text, self, host)
        self.status = Status(page, text, self.selection, self.resumed, self, host)
        self.changes = Changes(text, host)
        self.names = NameUnderlining(page, text, host)
        self.terms = TermUnderlining(text, host)
        self.people = People(page, text, self.card, self, host)
        self.panel = PeoplePanel(page, text, self.people, self.people_list, self, host)
        self.portraits = FoundPortraits(text, host)
        self.marks = ChapterMarks(page, text, self.resumed, self.portraits.signs, host)
        self.annotations = Annotations(page, text, self.selection, self.marks, self.changes, host)
        self.peek = NotePeek(page, text, self.note_box, self.marks, self.annotations, self.people, self, host)
        self.highlights = Highlights(self.selection, self.annotations, self.peek, self._run, host)
        self.links = Links(page, text, self.people, self.peek, self.terms, self.names, host)
        self.letters = Letters(
            page, text, self.people, self.links, self.peek, self.terms, self.names, host, self._await_letter
        )
        self.search = TextSearch(page, text, self.selection, host)
        self.page_layers = PageLayers(page, text, [self.marks.layers, self.names.layers, self.terms.layers])
        self.contents_panel = ContentsPanel(text, self.contents, self.position, self.changes, self, host)
        choice = EditionChoice(text, host)
        self.beside = SideBySide(page, self.second_page, text, choice, self, host)
        self.marks.changed.add(self.page_layers.draw)
        self.names.changed.add(self.page_layers.draw)
        self.terms.changed.add(self.page_layers.draw)
        settings = PageSettings(page, host)
        self.chapter_end = ChapterEnd(page, text, host)
        for follow in (
            self.chapter_end.follow,
            settings.follow,
            self.names.follow,
            self.terms.follow,
            self._forget_chords,
        ):
            self.resumed.add(follow)
        self.controllers = {
            "movement": Movement(page, text, host),
            "settings": settings,
            "names": self.names,
            "terms": self.terms,
            "people": self.people,
            "panel": self.panel,
            "links": self.links,
            "letters": self.letters,
            "selection": self.selection,
            "changes": self.changes,
            "annotations": self.annotations,
            "highlights": self.highlights,
            "peek": self.peek,
            "bookmarks": Bookmarks(page, text, self.annotations, self.marks, lambda: self.chords.last_character, host),
            "questions": self.chapter_end,
            "chapter": ChapterBeginning(page, text, self.selection, host),
            "search": self.search,
            "editions": Editions(page, text, choice, self.beside, host),
            "beside": self.beside,
            "contents": self.contents_panel,
            "navigation": Navigation(text, self.peek, host),
            "corrections": NameCorrections(page, text, self.people, self.selection, self.changes, host),
            "scenes": SharedScenes(text, self.people, host),
            "portraits": self.portraits,
            "lookup": WordLookup(page, text, self.selection, host),
        }

    def compose_body(self) -> ComposeResult:
        """The page, and what opens beside and over it."""
        with Horizontal(id="reader"):
            yield self.contents
            yield self.page
            yield self.second_page
            yield self.people_list
            yield self.card
            yield self.note_box

    # --- opening, leaving, coming back -------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Open what was read last."""
        self.text.open_last()

    def on_screen_suspend(self) -> None:
        """Save position and reading time on going elsewhere."""
        self.position.leave()

    def on_unmount(self) -> None:
        """Save position and reading time at the end."""
        self.position.leave()

    def spot(self) -> Spot:
        """Return where the reader is: the character the page holds and its row, with the highlighted stretch."""
        return self.text.spot() if self.text.opened is not None else super().spot()

    def visit(self, destination: Destination) -> None:
        """Show a place, or a quotation in its text."""
        self.text.visit(destination)

    def refresh_data(self) -> None:
        """Read the open chapter again after an import."""
        self.panel.forget_names()
        self.search.forget()
        self.text.read_again()

    def action_escape(self) -> None:
        """Close what lies over the page; else clear the hits and go back."""
        if self.peek.is_open:
            self.peek.close()
        elif self.people.is_open:
            self.people.close_card()
        elif self.contents_panel.is_open:
            self.contents_panel.close()
        elif self.focused is not None:
            self.set_focus(None)
        else:
            self.search.clear()
            self.host.go_back()

    # --- keys --------------------------------------------------------------------------------------------------------

    def extra_commands(self) -> tuple[Command, ...]:
        """The commands of what is open over or beside the page."""
        return (*self.people.commands, *self.contents_panel.commands, *self.peek.commands)

    def all_commands(self) -> tuple[Command, ...]:
        """Return what can be done now; while words are selected, only what is for them."""
        return (*SELECTION_COMMANDS, *EVERYWHERE) if self.selection.is_active else super().all_commands()

    def works(self, command: Command, keys: str) -> bool:
        """Return whether a key runs a command; while words are selected keys go past Textual's bindings."""
        if not self.selection.is_active:
            return super().works(command, keys)
        taken = {key for one in SELECTION_COMMANDS for key in one.alternatives(self.keymap)}
        return command.id.startswith(SELECTION_IDS) or keys not in taken

    def word_of(self, command: Command) -> str:
        """Return a colour by the reader's name for it, any other command by its word."""
        return self.highlights.word_for(command) or super().word_of(command)

    def _await_letter(self, waits: bool) -> None:  # the controller's callable
        """Show in the bottom line that a letter follows."""
        keys = commands_by_id()["reader.letters"].alternatives(self.keymap)
        following = [(Chords.ANY, "opens the name it stands on"), ("escape", "back")]
        self.query_one(KeyLine).wait(next(iter(keys), "") if waits else "", following)

    def _forget_chords(self) -> None:
        """Have the keys for selected words made anew: the reader's own keys may be others now."""
        self._selection_chords = None

    async def on_key(self, event: events.Key) -> None:
        """Take a key meant for letters on the page or for the selection, before ModeScreen's own handler."""
        if self.letters.key_pressed(event.character) or await self._take_selection_key(event):
            event.stop()
            event.prevent_default()

    async def _take_selection_key(self, event: events.Key) -> bool:
        """Run what a key means while words are selected; False if it means nothing then."""
        if not self.selection.is_active:
            return False
        if self._selection_chords is None:
            self._selection_chords = Chords(
                {
                    tuple(keys.split(" ")): command
                    for command in SELECTION_COMMANDS
                    for keys in command.alternatives(self.keymap)
                }
            )
        result = self._selection_chords.press(event.key, event.character)
        pending = result if isinstance(result, str) else ""
        self.query_one(KeyLine).wait(pending, self.following(self._selection_chords))
        if isinstance(result, Command):
            await self._run(result)
        return result is not None

    async def _run(self, command: Command) -> None:
        await self.run_action(command.textual_action)

    # --- what controllers ask of the screen (`Frame`) ----------------------------------------------------------------

    def show_commands(self) -> None:
        """Show the keys that matter now: those of what lies over the page while something does."""
        over = self.extra_commands()
        self.query_one(KeyLine).commands = (*over, *EVERYWHERE) if over else self.all_commands()

    def focus_page(self) -> None:
        """Return the focus to the page."""
        self.set_focus(None)

    def place_over(self, box: Overlay, place: tuple[int, int]) -> None:
        """Put a box over the page beside a place of the text (passage, offset)."""
        column, row = self.page.spot_of(*place) or (0, 0)
        region, area = self.page.region, self.query_one("#reader").region
        box.put(column + region.x - area.x, row + region.y - area.y, area.width, area.height)

    # --- messages of the widgets -------------------------------------------------------------------------------------

    @on(ModeBar.ContextClicked)
    async def _title_clicked(self) -> None:
        """Show the contents: the title of the chapter was clicked."""
        await self._run(commands_by_id()["reader.contents"])

    @on(PageView.Moved)
    def _page_moved(self) -> None:
        self.text.page_moved()

    @on(PageView.Pressed)
    def _place_pressed(self, message: PageView.Pressed) -> None:
        self.links.place_pressed((message.passage, message.offset), in_margin=message.sign)

    @on(PageView.OfferPressed)
    def _offer_pressed(self) -> None:
        self.chapter_end.action_ask()

    @on(PageView.Dragged)
    def _words_dragged(self, message: PageView.Dragged) -> None:
        self.selection.dragged(message.stretch)

    @on(SecondPage.Wheeled)
    def _second_page_wheeled(self, message: SecondPage.Wheeled) -> None:
        self.beside.scroll(message.lines)

    @on(RowList.Chosen)
    def _row_chosen(self, message: RowList.Chosen) -> None:
        if message.rows is self.people_list:
            self.panel.person_chosen(message.index)
        elif message.rows is self.contents:
            self.contents_panel.row_chosen(message.index)

    @on(Contents.Closed)
    def _contents_closed(self) -> None:
        self.contents_panel.close()

    @on(Contents.ReadToggled)
    async def _read_toggled(self, message: Contents.ReadToggled) -> None:
        await self.contents_panel.toggle_read(message.chapter, all_before=message.all_before)

    @on(FigureCard.Closed)
    def _card_closed(self) -> None:
        self.people.close_card()

    @on(FigureCard.Opened)
    def _figure_wanted(self, message: FigureCard.Opened) -> None:
        self.people.open_figure(message.figure)

    @on(FigureCard.Revealed)
    def _life_wanted(self) -> None:
        self.people.toggle_life()

    @on(FigureCard.Walked)
    def _mention_wanted(self, message: FigureCard.Walked) -> None:
        self.people.go_to_next_mention(message.forward)

    @on(FigureCard.StrokeWanted)
    def _stroke_wanted(self, message: FigureCard.StrokeWanted) -> None:
        self.people.close_card()
        self.portraits.show(message.stroke)

    @on(FigureCard.NoteWanted)
    def _note_on_person_wanted(self) -> None:
        self.annotations.note_on_person(self.people.shown)

    @on(Peek.Closed)
    def _note_closed(self) -> None:
        self.peek.close()

    @on(Peek.EditWanted)
    def _edit_wanted(self) -> None:
        self.peek.edit()

    @on(Peek.OpenWanted)
    def _open_in_notes_wanted(self) -> None:
        self.peek.open_in_notes()

    @on(Peek.DeleteWanted)
    async def _delete_wanted(self) -> None:
        await self.peek.delete()
