"""What tests of the figures mode share: opening it, typing a name, reading the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import ModalScreen

from serge_tui.modes.figures.screen import FiguresScreen
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

SMALL, WIDE, ROOMY = (80, 24), (120, 40), (160, 50)


def figures(pilot: Pilot[None]) -> FiguresScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, FiguresScreen)
    return screen


def page_text(screen: FiguresScreen) -> str:
    """The lines of the page; where there are two columns, the right one after the left one."""
    parts = ((line.text.plain, line.beside_text.plain) for line in screen.page._lines)
    return "\n".join("\n".join((left, right) if right else (left,)) for left, right in parts)


async def opened(pilot: Pilot[None], *keys: str, name: str = "") -> FiguresScreen:
    """The figures mode with a name in the box, after some keys."""
    await pilot.press("f4")
    await settle(pilot)
    screen = figures(pilot)
    await until(pilot, lambda: bool(screen.people.rows))
    if name:
        await typed(pilot, name)
    if keys:
        await pilot.press(*keys)
        await settle(pilot)
        if keys[-1] in {"e", "A", "T"}:
            await dialog_open(pilot)
    return screen


async def dialog_open(pilot: Pilot[None]) -> None:
    """Wait until the dialog that a key asks for is open: it comes from a worker."""
    await until(pilot, lambda: isinstance(pilot.app.screen, ModalScreen))
    await settle(pilot)


async def stored(pilot: Pilot[None]) -> None:
    """Wait until what follows the answer of a dialog is done: its write, and reading again."""
    await until(pilot, lambda: not isinstance(pilot.app.screen, ModalScreen))
    await pilot.app.workers.wait_for_complete()
    await settle(pilot)


async def typed(pilot: Pilot[None], name: str) -> None:
    """A name put into the box at once: typing it key by key takes its time in a test."""
    figures(pilot).box.value = name
    await answered(pilot)


async def answered(pilot: Pilot[None]) -> None:
    """Wait until the list answers what was typed, and the page with it."""
    await settle(pilot)
    await until(pilot, lambda: not figures(pilot).listing.is_finding)
    await settle(pilot)
