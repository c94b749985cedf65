"""The page a reader of the printed book is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.paper import PAPER_PAGE

if TYPE_CHECKING:
    from collections.abc import Callable

    from serge_tui.host import Host


class PaperReading:
    """Controller: asks which page of the printed book the reader is on, and turns pages.

    Args:
        host: The app.
        show: Reads and shows Today again.
    """

    def __init__(self, host: Host, show: Callable[[], None]) -> None:
        self._host, self._show = host, show

    def action_ask_page(self) -> None:
        """Ask for the page."""
        self._host.start(self._ask_page())

    async def _ask_page(self) -> None:
        from serge_tui.dialogs.prompt import Prompt

        first, last = self._host.library.paper.range()
        page = self._host.library.settings.get(PAPER_PAGE, 0)
        hint = f"{first} to {last} in the 2012 edition; 0 ends it"
        typed = await self._host.ask(Prompt("I'm on page", hint, str(page) if page else ""))
        if typed is not None and typed.strip():
            await self._go_to(typed)

    async def _go_to(self, typed: str) -> None:
        words = typed.strip().casefold().removeprefix("p").removeprefix(".").strip()
        first, last = self._host.library.paper.range()
        number = int(words) if words.isdecimal() and len(words) < 6 else -1
        if number and self._host.library.paper.page(number) is None:
            self._host.inform(f"Type a page from {first} to {last}, or 0 when you no longer read on paper.")
        elif await self._host.write_succeeded(self._host.library.settings.set(PAPER_PAGE, number)):
            self._show()

    async def action_turn(self, pages: int) -> None:
        """Turn pages: forward, or back if `pages` is negative."""
        first, last = self._host.library.paper.range()
        page = self._host.library.settings.get(PAPER_PAGE, 0)
        if not page:
            self.action_ask_page()
            return
        number = min(last, max(first, page + pages))
        if number != page and await self._host.write_succeeded(self._host.library.settings.set(PAPER_PAGE, number)):
            self._show()
