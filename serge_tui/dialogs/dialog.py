"""What every dialog has in common: the host, its own commands, and help on its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.screen import ModalScreen

from serge_tui.commands import bindings
from serge_tui.control import run_on_controller
from serge_tui.handlers import Careful, on
from serge_tui.host import host_of
from serge_tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from serge_tui.commands import Command
    from serge_tui.host import Host

T = TypeVar("T")


class Dialog(Careful, ModalScreen[T]):
    """Base of the dialogs. A subclass gives `COMMAND_SET`; `dialog.help` in it shows the set's keys.

    Open one with `answer = await host.ask(SomeDialog(...))` inside a worker (`host.start`).
    """

    COMMAND_SET: ClassVar[tuple[Command, ...]] = ()

    def __init_subclass__(cls, *args: object, **kwargs: object) -> None:
        if "COMMAND_SET" in cls.__dict__:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *bindings(cls.COMMAND_SET)]
        super().__init_subclass__()

    def __init__(self) -> None:
        super().__init__()
        self.controllers: dict[str, object] = {}
        """The parts that do something here, by the name their commands use."""

    @property
    def host(self) -> Host:
        """The app, as far as dialogs know it."""
        return host_of(self)

    @property
    def keys_must_wait(self) -> bool:
        """Whether what keys apply to is still being read: keys that are no letters for a box wait for it."""
        return False

    async def action_control(self, action: str) -> None:
        """Run an action of a controller, such as `names.always`."""
        await run_on_controller(self.controllers, action)

    def action_help(self) -> None:
        """Show every key of this dialog."""
        from serge_tui.dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen(self.COMMAND_SET, self.host.reader_keymap))

    @on(KeyLine.Pressed)
    async def _command_clicked(self, message: KeyLine.Pressed) -> None:
        await self.run_action(message.command.textual_action)
