"""What every mode has in common: the bar, the line of keys, chords, the spot to come back to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.events import DescendantBlur, DescendantFocus
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from db.text import sanitise_line
from serge_tui.commands import Chords, Command, bindings, character_of, chords_of
from serge_tui.commands.app import EVERYWHERE
from serge_tui.commands.modes import MODE_ENTRIES
from serge_tui.commands.registry import commands_by_id
from serge_tui.control import run_on_controller
from serge_tui.drawn_lines import forget_drawn_lines
from serge_tui.handlers import Careful, on
from serge_tui.host import host_of
from serge_tui.listeners import Listeners
from serge_tui.navigation import Destination, Mode, ShowMode, Spot
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.mode_bar import ModeBar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

    from serge_tui.host import Host

FORGET_AFTER: Final = 5.0
"""Seconds out of sight after which the lines drawn for a mode are freed; visited before that, it is there at once."""


class ModeScreen(Careful, Screen[None]):
    """Base of the eight modes.

    A subclass gives `MODE`, `COMMAND_SET` (its commands) and `compose_body`. If it has more than one place, it
    overrides `spot` and `visit`, so that going back leads to exactly the same place. Commands of widgets are listed in
    `extra_commands`.
    """

    MODE: ClassVar[Mode]
    COMMAND_SET: ClassVar[tuple[Command, ...]] = ()
    ESC_LEAVES_FIELD: ClassVar[bool] = False
    """Whether Esc in a field to type in gives the keys back to the screen, instead of going back."""
    ENTER_IN_FIELD: ClassVar[frozenset[str]] = frozenset()
    """Ids of commands that Enter stands for in a field to type in."""
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"), (80, "-normal"), (120, "-wide"), (150, "-very-wide"),
    ]  # fmt: skip

    def __init_subclass__(cls, *args: object, **kwargs: object) -> None:
        if "COMMAND_SET" in cls.__dict__:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *bindings(cls.COMMAND_SET)]
        super().__init_subclass__()

    def __init__(self) -> None:
        super().__init__()
        self._chords: Chords | None = None
        self.controllers: dict[str, object] = {}
        """The parts that do something here, by the name their commands use."""
        self.resumed: Listeners[[]] = Listeners()
        """Called once each time the screen comes to the front, the first time too."""
        self._in_front = False
        self.is_damaged = False
        """Whether a part of what the mode shows could not be read."""

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return host_of(self)

    # --- layout ------------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The bar, the mode's own body, the line of keys."""
        bar = ModeBar([(entry.mode, entry.title) for entry in MODE_ENTRIES])
        bar.current = self.MODE
        yield bar
        yield Static("", id="damage", markup=False)
        yield from self.compose_body()
        line = KeyLine(self.host.reader_keymap, self.works)
        line.commands = self.all_commands()
        yield line

    def compose_body(self) -> ComposeResult:
        """What the mode shows between the bar and the line of keys."""
        yield from ()

    def all_commands(self) -> tuple[Command, ...]:
        """Everything that can be done here: the screen's own commands, then the app's."""
        return (*self.COMMAND_SET, *self.extra_commands(), *EVERYWHERE)

    def commands_now(self) -> tuple[Command, ...]:
        """Return what keys really do at this moment, each command with the keys that work, for the help.

        Left out is what the focused widget takes for itself, what is switched off, and keys that another command has
        taken over; the keys of the focused widget are added.
        """
        keymap, known, found = self.host.reader_keymap, commands_by_id(), dict[str, Command]()
        ids = dict.fromkeys(one.binding.id for one in self.active_bindings.values() if one.enabled)
        for command in (*self.all_commands(), *(known[name] for name in ids if name is not None and name in known)):
            keys = [keys for keys in command.alternatives(keymap) if self.works(command, keys)]
            if keys:
                found.setdefault(command.id, replace(command, keys=",".join(keys)))
        return tuple(found.values())

    @property
    def typing_note(self) -> str:
        """A sentence for the help while something is typed; empty otherwise."""
        if self.focused is None or not self.focused.check_consume_key("a", "a"):
            return ""
        escape = self.active_bindings.get("escape")
        if self.ESC_LEAVES_FIELD or (escape is not None and escape.binding.action == "screen.leave_field"):
            return "Letters go into the field. Esc leaves it; then each letter is a key."
        return "Letters go into the field."

    def works(self, command: Command, keys: str) -> bool:
        """Return whether a key or chord runs a command at this moment."""
        first, *more = keys.split(" ")
        focused = self.focused
        if focused is not None and focused.check_consume_key(first, character_of(first)):
            return False  # it is typed
        if self.ESC_LEAVES_FIELD and first == "escape" and isinstance(focused, Input):
            return False  # it gives the keys back to the screen
        if more or first in self.chords.single:
            return True
        here = self.active_bindings.get(first)
        if here is None:
            return False
        if here.binding.id == command.id:
            return here.enabled
        match here.binding.action:
            case "submit":
                return command.id in self.ENTER_IN_FIELD
            case "choose" | "follow" | "select":
                return True  # Enter in a list or page: its screen does what the command says
            case "scroll_left" | "scroll_right":
                return not here.node.allow_horizontal_scroll if isinstance(here.node, Widget) else False
            case "scroll_up" | "scroll_down":
                return not here.node.allow_vertical_scroll if isinstance(here.node, Widget) else False
        return False

    def extra_commands(self) -> tuple[Command, ...]:
        """Commands of widgets that are shown only sometimes."""
        return ()

    def set_status(self, text: str) -> None:
        """Show the present place at the left of the bottom line."""
        self.query_one(KeyLine).status = text

    def set_context(self, text: str) -> None:
        """Show what is open, at the right of the bar."""
        self.query_one(ModeBar).context = text

    def show_damage(self, sentence: str) -> None:
        """Show, as long as the mode is open, that a part of the database cannot be read and what to do."""
        title = next(entry.title for entry in MODE_ENTRIES if entry.mode == self.MODE)
        notice = self.query_one("#damage", Static)
        notice.update(f"{title} cannot be shown whole. {sanitise_line(sentence)}")
        notice.display = True
        self.is_damaged = True

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _show_other_keys(self) -> None:
        # Which keys are commands depends on the widget that has the focus.
        self.query_one(KeyLine).focus_moved()

    @on(ModeBar.Chosen)
    async def _mode_chosen(self, message: ModeBar.Chosen) -> None:
        await self.run_action(f"app.go('{message.mode}')")

    @on(ModeBar.MenuOpened)
    async def _menu_opened(self) -> None:
        await self.run_action("app.command_palette")

    @on(KeyLine.Pressed)
    async def _command_pressed(self, message: KeyLine.Pressed) -> None:
        await self.run_action(message.command.textual_action)

    # --- the spot to come back to ------------------------------------------------------------------------------------

    def spot(self) -> Spot:
        """Return the present place exactly."""
        return Spot(self.MODE, ShowMode(self.MODE))

    def visit(self, destination: Destination) -> None:
        """Show a destination of this mode; also called to come back to a `spot`."""

    def chosen_again(self) -> None:
        """Start the mode afresh: its key was pressed while it was open."""

    @property
    def keys_must_wait(self) -> bool:
        """Whether what keys apply to is still being read: keys that are no letters for a box wait for it."""
        return False

    @property
    def in_hand(self) -> object:
        """What a grade or an answer would apply to: a key pressed while it was something else is dropped."""
        return None

    def refresh_data(self) -> None:
        """Read again what an import or an upgrade may have changed."""

    def settings_changed(self) -> None:
        """Follow what was changed in Settings over this screen, as far as coming to the front does not."""

    def on_screen_resume(self) -> None:
        """Call `resumed`, once: Textual sends two messages on the first visit of a mode."""
        if not self._in_front:
            self._in_front = True
            self._chords = None  # the reader's own keys may be others now
            self.resumed()

    def on_screen_suspend(self) -> None:
        """Note that another screen is in front now; in another mode, nothing of this one is seen."""
        self._in_front = False
        if self.app.current_mode != self.MODE:
            self.set_timer(FORGET_AFTER, self._forget_drawn_lines)

    def _forget_drawn_lines(self) -> None:
        if self.app.current_mode != self.MODE:
            forget_drawn_lines(self)

    # --- controllers -------------------------------------------------------------------------------------------------

    async def action_control(self, action: str) -> None:
        """Run an action of a controller: `people.next(True)` is `action_next(True)` of the controller `people`."""
        await run_on_controller(self.controllers, action)

    # --- chords ------------------------------------------------------------------------------------------------------

    @property
    def chords(self) -> Chords:
        """Chords that can be pressed here."""
        if self._chords is None:
            self._chords = Chords(chords_of(self.all_commands(), self.host.reader_keymap))
        return self._chords

    async def on_key(self, event: events.Key) -> None:
        """Handle Esc in a field, and keys that begin or continue a chord, before plain bindings are tried."""
        focused = self.focused
        if self.ESC_LEAVES_FIELD and event.key == "escape" and isinstance(focused, Input):
            event.stop()
            event.prevent_default()
            self.leave_field(focused)
            return
        if focused is not None and focused.check_consume_key(event.key, event.character) and not self.chords.pending:
            return
        result = self.chords.press(event.key, event.character)
        line = self.query_one(KeyLine)
        if result is None:
            return
        event.stop()
        event.prevent_default()
        if isinstance(result, str):
            line.wait(result, self.following(self.chords))
        else:
            line.wait("")
            await self.run_action(result.textual_action)

    def leave_field(self, field: Input) -> None:  # noqa: ARG002  # a screen that closes its field needs it
        """Give the keys back to the screen: Esc was pressed in a field."""
        self.set_focus(None)

    def following(self, chords: Chords) -> list[tuple[str, str]]:
        """Return the keys that may follow in a chord, each once, with a word; any other character last."""
        found = {keys: self.word_of(command) for keys, command in chords.continuations()}
        if Chords.ANY in found:
            found[Chords.ANY] = found.pop(Chords.ANY)
        return list(found.items())

    def word_of(self, command: Command) -> str:
        """Return a command's name for the bottom line while its chord is being pressed."""
        return command.footer or command.title.removeprefix("Go to ")

    @property
    def keymap(self) -> Mapping[str, str]:
        """The reader's own keys."""
        return self.host.reader_keymap
