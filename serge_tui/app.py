"""The app: modes, themes, going places and back, and what the screens share."""

from __future__ import annotations

import asyncio
import gc
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.app import App
from textual.worker import get_current_worker

from db.ends import ENDS_HIDDEN, ENDS_OFFER
from db.errors import DamagedDatabaseError, SergeError
from serge_tui.commands import Command, bindings
from serge_tui.commands.app import EVERYWHERE
from serge_tui.commands.modes import FIRST_MODE, MODE_ENTRIES
from serge_tui.drawn_lines import forget_drawn_lines
from serge_tui.handlers import Careful, work
from serge_tui.held_keys import HeldKeys
from serge_tui.host import tell_errors
from serge_tui.messages import Messages
from serge_tui.modes.factories import screen_factories
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.navigation import Destination, Mode, ReadAt, ShowMode, Spot, Trail, mode_of
from serge_tui.signals import on_ending
from serge_tui.stylesheet import FrugalStylesheet
from serge_tui.themes import OWN_THEMES, fallback_variables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
    from concurrent.futures import Future

    from textual.await_complete import AwaitComplete
    from textual.command import Provider
    from textual.driver import Driver
    from textual.screen import Screen

    from db.library import Library
    from serge_tui.core.name_finder.names import NameFinder
    from serge_tui.dialogs.all_cards import AllCardsSpot
    from serge_tui.dialogs.find import FindScreen
    from serge_tui.dialogs.portraits import PortraitsSpot
    from serge_tui.dialogs.settings.screen import SettingsScreen
    from serge_tui.services.book_import import BookImporter
    from serge_tui.services.found_texts import PortraitSearcher, PortraitSearches
    from serge_tui.services.hidden_ends import HiddenEnds

T = TypeVar("T")
UPKEEP_DELAY = 0.5
"""Seconds between the first screen and the check whether the study pack is up to date."""
MOST_KEY_FAULTS = 3
"""Sentences about faults in the reader's own keys that are shown at once."""
AT_ONCE = 0.001
"""Seconds for which nothing is drawn when a mode that was seen before is opened again."""


def command_provider() -> type[Provider]:
    """Return the palette's provider; it is imported when the palette is first opened."""
    from serge_tui.dialogs.palette import CommandProvider

    return CommandProvider


class SergeApp(Careful, App[None]):
    """Serge in the terminal. `upkeep` runs once in a thread after the first paint and returns whether data changed."""

    TITLE = "Serge"
    # The first screen's styles come with the app's own: a screen that brings its own has all of them read again.
    CSS_PATH = ["app.tcss", "modes/today/today.tcss"]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {command_provider}
    # The first mode's screen comes as the default one: a screen of a mode has every style read again as it is opened.
    MODES = {mode: factory for mode, factory in screen_factories().items() if mode != FIRST_MODE}
    DEFAULT_MODE = FIRST_MODE
    BINDINGS = bindings(EVERYWHERE)

    def __init__(
        self,
        library: Library,
        *,
        start: Destination | None = None,
        upkeep: Callable[[], bool] | None = None,
        patch: Callable[[Library], str] | None = None,
        importer: BookImporter | None = None,
        searcher: PortraitSearcher | None = None,
        keymap: dict[str, str] | None = None,
        key_faults: Sequence[str] = (),
    ) -> None:
        self.library = library
        self.reader_keymap = keymap or {}
        self.trail = Trail()
        self.last_search = ""
        self.last_found: Destination | Command | None = None
        self.last_portrait: PortraitsSpot | None = None
        self.last_cards: AllCardsSpot | None = None
        self._start = start
        self._upkeep = upkeep
        self.patch_writer = patch
        """Writes the reader's corrections as a patch; given by the command line, which knows the importers."""
        self.importer = importer
        """Imports books; given by the command line too."""
        self._searcher = searcher
        """Looks for portraits; given by the command line too."""
        self.portrait_searches: PortraitSearches | None = None
        self._key_faults = key_faults
        self._finder: NameFinder | None = None
        self._messages = Messages(self)
        self._visited: set[str] = set()
        self._opens_as_left = False
        self.keys = HeldKeys(self, super().on_event)
        super().__init__()
        # Before anything is drawn: a theme set later would have every style worked out twice.
        for theme in OWN_THEMES:
            self.register_theme(theme)
        wanted = library.settings.get("theme", OWN_THEMES[0].name)
        self.set_reactive(App.theme, wanted if wanted in self.available_themes else OWN_THEMES[0].name)
        self.stylesheet = FrugalStylesheet()
        self.stylesheet.set_variables(self.get_css_variables())

    # --- start and end -----------------------------------------------------------------------------------------------

    def get_driver_class(self) -> type[Driver]:
        """Return the terminal driver: on Linux and macOS our own, unless another was set for Textual."""
        chosen = super().get_driver_class()
        if sys.platform == "win32":
            return chosen
        from serge_tui.driver import MendingDriver

        return MendingDriver if issubclass(MendingDriver, chosen) else chosen

    def on_mount(self) -> None:
        """Open the destination asked for at the start; the rest follows the first paint."""
        on_ending(self.exit)
        self.app_resume_signal.subscribe(self, self._draw_again)
        self.screen_change_signal.subscribe(self, lambda _: self.keys.screen_changed())
        self.call_after_refresh(self.keys.screen_changed)
        self.call_after_refresh(gc.enable)
        self.add_mode(FIRST_MODE, self.get_default_screen)
        if self.reader_keymap:
            from serge_tui.commands.keymap import plain_keys

            self.set_keymap(plain_keys(self.reader_keymap))
            self.set_timer(UPKEEP_DELAY, self._examine_keys)
        else:
            self._report_key_faults(self._key_faults)
        self.set_timer(UPKEEP_DELAY, self._look_for_drafts)
        self.set_timer(UPKEEP_DELAY, self._renew_index)
        if self._searcher is not None:
            self.set_timer(UPKEEP_DELAY, self._go_on_looking)
        if self._start is not None:
            self.go_to(self._start, remember=False)
        if self._upkeep is not None:
            # Not before the first paint: the importers it needs would keep the interpreter busy.
            self.set_timer(UPKEEP_DELAY, partial(self._run_upkeep, self._upkeep))

    async def on_event(self, event: events.Event) -> None:
        """Give keys on one after another: each waits until what the one before it opened can take it.

        A key or a click ends the message it follows; Esc dismisses errors before it does anything else.
        """
        if isinstance(event, events.MouseDown):
            self._messages.end_message()
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
            return
        self._messages.end_message()
        if isinstance(event, events.Key) and event.key == "escape" and self._messages.dismiss_errors():
            return
        await self.keys.take(event)

    @property
    def is_blind_key(self) -> bool:
        """Whether the key being handled was pressed before what is on the screen was there."""
        return self.keys.is_blind

    def on_unmount(self) -> None:
        """Let no search go on behind the closed app."""
        if self.portrait_searches is not None:
            self.portrait_searches.stop()

    @work(group="searching")
    async def _go_on_looking(self, *, again: bool = False) -> None:
        """Go on with searches for portraits that were begun before; `again` looks at those that were finished too."""
        searches = await asyncio.to_thread(self.library.found.searches)
        self.look_for_portraits([key for key, one in searches.items() if again or one.state == "searching"])

    def look_for_portraits(self, editions: Collection[str]) -> None:
        """Look for portraits and sayings in texts, beside the app."""
        if self._searcher is None or not editions:
            return
        if self.portrait_searches is None:
            from serge_tui.services.found_texts import PortraitSearches

            self.portrait_searches = PortraitSearches(self._searcher)
        search = self._look_for_portraits(self.portrait_searches, editions)
        self.run_worker(tell_errors(self, search), group="searching")

    async def _look_for_portraits(self, searches: PortraitSearches, editions: Collection[str]) -> None:
        for sentence in await searches.run(editions):
            self.inform(sentence)

    def _draw_again(self, _: App[Any]) -> None:
        # After `fg` the terminal's screen is empty, and Textual writes only what changed since.
        self.refresh(layout=True)

    def get_default_screen(self) -> Screen[Any]:
        """Return the screen of the first mode."""
        return screen_factories()[FIRST_MODE]()

    def _look_for_drafts(self) -> None:
        self.start(self._offer_drafts())

    async def _offer_drafts(self) -> None:
        drafts = await asyncio.to_thread(self.library.drafts.abandoned)
        if drafts:
            from serge_tui.dialogs.drafts import offer_drafts

            await offer_drafts(self, drafts)

    @work(thread=True, group="keys")
    def _examine_keys(self) -> None:
        """Check the reader's own keys and report faults."""
        from serge_tui.commands.key_checks import faults_of

        self.call_from_thread(self._report_key_faults, [*self._key_faults, *faults_of(self.reader_keymap)])

    def _report_key_faults(self, sentences: Sequence[str]) -> None:
        for sentence in sentences[:MOST_KEY_FAULTS]:
            self.report_error(sentence)
        if len(sentences) > MOST_KEY_FAULTS:
            self.report_error(
                f"{len(sentences) - MOST_KEY_FAULTS} more faults in your keys; `serge doctor` lists them all."
            )

    @work(thread=True, group="upkeep")
    def _run_upkeep(self, upkeep: Callable[[], bool]) -> None:
        """Bring the study pack up to date beside the running app."""
        try:
            changed = upkeep()
        except SergeError as error:
            self.call_from_thread(self.report_error, str(error))
        else:
            if changed:
                self.call_from_thread(self.data_changed)
                # Word lists and the people who are linked may have changed too.
                self.call_from_thread(self._go_on_looking, again=True)

    @work(thread=True, group="index")
    def _renew_index(self) -> None:
        """After an upgrade, index the texts anew for searching; the earlier index serves until then."""
        worker = get_current_worker()
        try:
            self.library.search_index.build(lambda: worker.is_cancelled)
        except SergeError as error:
            self.call_from_thread(self.report_error, str(error))

    def data_changed(self) -> None:
        """Have every open screen read again; the name finder is made anew on its next use."""
        self._finder = None
        for screen in self.screen_stack:
            if isinstance(screen, ModeScreen):
                screen.refresh_data()

    def names_changed(self) -> None:
        """Have the name finder made anew on its next use."""
        self._finder = None

    def get_css_variables(self) -> dict[str, str]:
        """Add our own variables in themes that do not have them."""
        variables = super().get_css_variables()
        return fallback_variables(dark=self.current_theme.dark) | variables

    # --- what screens share ------------------------------------------------------------------------------------------

    @property
    def finder(self) -> NameFinder:
        """The name finder, made when first asked for; ask in a thread worker when the figures are many."""
        if self._finder is None:
            from serge_tui.core.name_finder.names import NameFinder

            self._finder = NameFinder(self.library.figures.names(), self.library.figures.texts())
        return self._finder

    @property
    def fates_hidden(self) -> bool:
        """Whether the reader has hidden how lives end."""
        return self.library.settings.get(ENDS_HIDDEN, False)

    @property
    def ends(self) -> HiddenEnds:
        """Whose ends are hidden."""
        from serge_tui.services.hidden_ends import hidden_ends

        return hidden_ends(self.library)

    def action_toggle_ends(self) -> None:
        """Show or hide how lives end, everywhere."""
        self.start(self._toggle_ends())

    async def _toggle_ends(self) -> None:
        hidden = not self.fates_hidden
        if await self.write_succeeded(self.library.settings.replace({ENDS_HIDDEN: hidden, ENDS_OFFER: None})):
            await asyncio.to_thread(lambda: self.ends)
            self.ends_changed()
            self.inform(
                "How lives end is hidden until it has been told. > shows it." if hidden else "How lives end is shown."
            )

    def ends_changed(self) -> None:
        """Have every open screen show again what depends on how lives end."""
        for screen in self.screen_stack:
            if isinstance(screen, ModeScreen):
                screen.refresh_data()

    @property
    def themes(self) -> list[str]:
        """The names of all themes, our own first."""
        own = [theme.name for theme in OWN_THEMES]
        return [*own, *sorted(set(self.available_themes) - set(own))]

    def show_theme(self, name: str) -> None:
        """Show a theme without saving it; an unknown name shows the first of our own."""
        self.theme = name if name in self.available_themes else OWN_THEMES[0].name

    def settings_changed(self, names: Collection[str]) -> None:
        """Show the theme that is set now, and ends as they are hidden now."""
        if "theme" in names:
            self.show_theme(self.library.settings.get("theme", OWN_THEMES[0].name))
        if ENDS_HIDDEN in names:
            self.ends_changed()

    def keys_changed(self, keymap: Mapping[str, str]) -> None:
        """Have these keys of the reader's in place of those before, everywhere and at once."""
        from serge_tui.commands.keymap import plain_keys

        # The same mapping: lines of keys and screens hold it.
        self.reader_keymap.clear()
        self.reader_keymap.update(keymap)
        self.set_keymap(plain_keys(self.reader_keymap))

    def watch_write(self, future: Future[T]) -> Future[T]:
        """Watch a write; show the reader a message if it fails."""
        future.add_done_callback(self._write_done)
        return future

    async def write_succeeded(self, future: Future[Any]) -> bool:
        """Wait for a write without blocking; return whether it succeeded. If it failed, show the reader a message."""
        waiting = asyncio.wrap_future(self.watch_write(future))
        with self.keys.writing():
            await asyncio.wait([waiting])
        return waiting.exception() is None

    def _write_done(self, future: Future[Any]) -> None:
        error = future.exception()
        if error is not None and self.is_running:
            sentence = str(error) if isinstance(error, SergeError) else f"That could not be saved: {error}"
            self.call_later(self.report_error, sentence)

    def report_failure(self, error: SergeError) -> None:
        """Show what went wrong; that the file is damaged stays on the screen of the open mode."""
        if isinstance(error, DamagedDatabaseError) and (screen := self.mode_screen) is not None:
            screen.show_damage(str(error))
            if len(self.screen_stack) == 1:
                return
        self.report_error(str(error))

    def report_error(self, sentence: str) -> None:
        """Show an error, as plain text, until the reader dismisses it."""
        self._messages.report_error(sentence)

    def inform(self, sentence: str) -> None:
        """Show a short message, as plain text, until the reader moves on. It replaces the one before."""
        self._messages.inform(sentence)

    async def ask(self, dialog: Screen[T]) -> T | None:
        """Open a dialog and wait for its answer; None if it was left."""
        with self.keys.asking(dialog):
            return await self.push_screen_wait(dialog)

    def start(self, work: Coroutine[Any, Any, None], *, opens: bool = True) -> None:
        """Run something in a worker: what asks the reader, or waits for a write; keys wait for what it `opens`."""
        worker = self.run_worker(tell_errors(self, work), group="asking")
        if opens:
            self.keys.wait_for(worker)

    def pop_screen(self) -> AwaitComplete:
        """Close the screen on top, and free the lines drawn for it."""
        closed = self.screen
        closing = super().pop_screen()
        forget_drawn_lines(closed)
        return closing

    # --- going places ------------------------------------------------------------------------------------------------

    @property
    def mode_screen(self) -> ModeScreen | None:
        """The screen of the open mode, under any dialog."""
        screen = self.screen_stack[0]
        return screen if isinstance(screen, ModeScreen) else None

    @property
    def current_mode_name(self) -> Mode | None:
        """The open mode."""
        return screen.MODE if (screen := self.mode_screen) is not None else None

    @property
    def commands_here(self) -> tuple[Command, ...]:
        """Every command of the open mode, with those that work everywhere."""
        screen = self.mode_screen
        return screen.all_commands() if screen is not None else EVERYWHERE

    def go_to(self, destination: Destination, *, remember: bool = True) -> None:
        """Go to a destination; Back returns to the present place."""
        if remember:
            self.remember_place()
        self._set_out(destination)

    def _set_out(self, destination: Destination) -> None:
        self.call_next(self._arrive, destination, self.keys.going())

    async def _arrive(self, destination: Destination, arrived: Callable[[], None]) -> None:
        """Close all dialogs, open the destination's mode, and show the destination once the mode is mounted."""
        while len(self.screen_stack) > 1:
            # Dismissed, not popped: whoever asked the dialog gets None and does not wait for ever.
            await self.screen.dismiss(None)
        mode = mode_of(destination)
        if mode != self.current_mode:
            self._visited.add(self.current_mode)
            self._opens_as_left = mode in self._visited
            await self.switch_mode(mode)
        screen = self.screen_stack[0]
        if isinstance(screen, ModeScreen) and not isinstance(destination, ShowMode):
            screen.call_after_refresh(screen.visit, destination)
            screen.call_after_refresh(arrived)
        else:
            arrived()

    def delay_update(self, delay: float = 0.05) -> None:
        """Draw nothing for a moment: Textual's way to mask a change of mode. One seen before is there at once."""
        super().delay_update(AT_ONCE if self._opens_as_left else delay)

    def action_go(self, mode: str) -> None:
        """Open a mode as it was left."""
        for entry in MODE_ENTRIES:
            if entry.mode == mode and mode != self.current_mode:
                self.go_to(ShowMode(entry.mode))
            elif entry.mode == mode and (screen := self.mode_screen) is not None:
                screen.chosen_again()

    def remember_place(self) -> None:
        """Let Back return to the present place, before moving within the same text."""
        if (screen := self.mode_screen) is not None:
            self.trail.leave(screen.spot())

    def go_back(self) -> None:
        """Go back to the place before."""
        self._retrace(self.trail.back)

    def action_go_back(self) -> None:
        """Go back to the place before."""
        self.go_back()

    def action_go_forward(self) -> None:
        """Go forward again."""
        self._retrace(self.trail.forward)

    def _retrace(self, step: Callable[[Spot], Spot | None]) -> None:
        screen = self.mode_screen
        if screen is None:
            return
        spot = step(screen.spot())
        if spot is not None:
            self._set_out(spot.destination)
            self.call_next(self._say_where, step == self.trail.back, spot.destination)

    def _say_where(self, is_back: bool, destination: Destination) -> None:
        """Say where the way back, or forward again, has led."""
        from serge_tui.services.place_names import name_of_place

        where = name_of_place(self.library, destination)
        self.inform(f"Back to {where} · Tab forward" if is_back else f"Forward to {where} · Esc back")

    def run_in_mode(self, command: Command, mode: Mode) -> None:
        """Go to a mode, and run one of its commands there once it has read what it shows.

        A command that changes what is in hand, such as a grade, is not run: nobody has seen yet what it would change.
        """
        self.go_to(ShowMode(mode))
        self.call_next(self._run_on_arrival, command)

    async def _run_on_arrival(self, command: Command) -> None:
        if (screen := self.mode_screen) is not None:
            screen.call_after_refresh(self.start, self._run_when_read(screen, command))

    async def _run_when_read(self, screen: ModeScreen, command: Command) -> None:
        reading = [one for one in self.workers if screen in one.node.ancestors_with_self and one.group != "asking"]
        if reading:
            await asyncio.wait([asyncio.ensure_future(one.wait()) for one in reading])
        if self.screen is not screen:
            return  # the reader has gone on
        if command.on_sight:
            self.inform(f"{command.label(self.reader_keymap)} does that, to what is shown here.")
        else:
            await screen.run_action(command.textual_action)

    # --- actions -----------------------------------------------------------------------------------------------------

    def action_next_theme(self) -> None:
        """Change to the other one of our own themes."""
        names = [theme.name for theme in OWN_THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]
        self.watch_write(self.library.settings.set("theme", self.theme))

    def action_settings(self) -> None:
        """Open the settings."""
        self.open_settings()

    def open_settings(self, at: str = "") -> None:
        """Open the settings, at a section or at one setting by its name."""
        from serge_tui.dialogs.settings.screen import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self.start(self._ask_settings(SettingsScreen(at)))

    async def _ask_settings(self, dialog: SettingsScreen) -> None:
        if await self.ask(dialog) and (screen := self.mode_screen) is not None:
            screen.settings_changed()

    def action_help(self) -> None:
        """Show every key of the screen that is open."""
        from serge_tui.dialogs.help import HelpScreen

        if (screen := self.mode_screen) is not None and not isinstance(self.screen, HelpScreen):
            # Its keys are the reader's own already.
            self.push_screen(HelpScreen(screen.commands_now(), {}, screen.typing_note))

    def action_find_anything(self) -> None:
        """Open the one box that finds everything."""
        from serge_tui.dialogs.find import FindScreen

        if not isinstance(self.screen, FindScreen):
            self.start(self._find(FindScreen(self.commands_here, self.last_search, self.last_found)))

    async def _find(self, dialog: FindScreen) -> None:
        result = await self.ask(dialog)
        if result is None:
            return
        self.last_search, self.last_found = result.query, result.goes_to
        if not isinstance(result.goes_to, Command):
            self.go_to(result.goes_to)
        elif (screen := self.mode_screen) is not None:
            screen.call_after_refresh(screen.run_action, result.goes_to.textual_action)

    def action_portraits(self) -> None:
        """Open the portraits found in the reader's texts, where the list was left."""
        if self.mode_screen is not None and len(self.screen_stack) == 1:
            self.start(self._portraits())

    async def _portraits(self) -> None:
        from serge_tui.dialogs.portraits import PortraitsDialog, PortraitsSpot

        answer = await self.ask(PortraitsDialog(self.last_portrait or PortraitsSpot()))
        if answer is not None:
            self.last_portrait = answer.spot
            if answer.goes_to is not None:
                self.go_to(answer.goes_to)

    def action_all_cards(self) -> None:
        """Open the list of all cards, where it was left."""
        if self.mode_screen is not None and len(self.screen_stack) == 1:
            self.start(self._all_cards())

    async def _all_cards(self) -> None:
        from serge_tui.dialogs.all_cards import AllCardsDialog, AllCardsSpot

        answer = await self.ask(AllCardsDialog(self.last_cards or AllCardsSpot()))
        if answer is None:
            return
        self.last_cards = answer.spot
        if answer.goes_to is not None:
            self.go_to(answer.goes_to)

    def action_people_of_book(self) -> None:
        """Open the people of a text who are in no glossary."""
        if self.mode_screen is not None and len(self.screen_stack) == 1:
            self.start(self._people_of_book())

    async def _people_of_book(self) -> None:
        from serge_tui.dialogs.people_of_book import PeopleOfBookDialog

        goes_to = await self.ask(PeopleOfBookDialog())
        if goes_to is not None:
            self.go_to(goes_to)

    def action_add_book(self) -> None:
        """Open the dialog that imports a book."""
        if self.importer is None:
            self.report_error("Books cannot be added from here; use `serge import FILE`.")
        elif self.mode_screen is not None and len(self.screen_stack) == 1:
            self.start(self._add_book(self.importer))

    def action_open_library(self) -> None:
        """Open the list of texts."""
        if self.mode_screen is not None and len(self.screen_stack) == 1:
            self.start(self._open_library())

    async def _open_library(self) -> None:
        from serge_tui.dialogs.library import LibraryDialog

        answer = await self.ask(LibraryDialog())
        if answer is None:
            return
        if answer.edition:
            await self._read_edition(answer.edition)
        elif self.importer is None:
            self.action_add_book()
        else:
            await self._add_book(self.importer, answer.replace)

    async def _read_edition(self, key: str) -> None:
        """Read an edition where it was left."""
        from serge_tui.services.locators import where_left

        self.go_to(ReadAt(await asyncio.to_thread(where_left, self.library, key)))

    async def _add_book(self, importer: BookImporter, replace: str = "") -> None:
        from serge_tui.dialogs.import_book import ImportDialog

        answer = await self.ask(ImportDialog(importer, self.library.texts.edition(replace) if replace else None))
        if answer is None:
            return
        if answer.edition:
            await self._read_edition(answer.edition)
        elif answer.is_on_paper:
            self.go_to(ShowMode("today"))
            self.call_next(self._ask_page)

    async def _ask_page(self) -> None:
        """Ask a reader on paper for the page, as Today does."""
        from serge_tui.commands.registry import commands_by_id

        if (screen := self.mode_screen) is not None:
            await screen.run_action(commands_by_id()["today.page"].textual_action)
