"""Names underlined in the text: every time, once a page, less as people are learnt, or never."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from serge_tui.host import tell_errors
from serge_tui.listeners import Listeners
from serge_tui.modes.reader.page_layers import fading_layer, name_layer, stranger_layer
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.page_styling import Layer, layer_of
from serge_tui.services.people_remembered import people_remembered
from serge_tui.services.reading_settings import NAME_WAYS, NAMES, STRANGERS

if TYPE_CHECKING:
    from serge_tui.core.study.acquaintance import Memory
    from serge_tui.host import Host
    from serge_tui.modes.reader.chapter import OpenChapter
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.widgets.page import PageView


class NameUnderlining:
    """Underlines the names in the text, as often as the reader wants."""

    def __init__(self, page: PageView, text: OpenedText, host: Host) -> None:
        self._page, self._text, self._host = page, text, host
        self._way = "every"
        self._remembered: dict[str, Memory] = {}
        self.strangers_shown = True
        """Whether the names of people in no glossary are underlined, and open a card."""
        self.changed = Listeners[[]]()
        """Called when names are underlined in another way."""
        text.chapter_opened.add(self.chapter_opened)
        text.place_moved.add(self.place_moved)

    def chapter_opened(self, _opened: OpenChapter) -> None:
        """Read how the reader wants names underlined."""
        self._way = self._wanted()
        self.strangers_shown = self._host.library.settings.get(STRANGERS, True)
        self._look_up()

    def _wanted(self) -> str:
        return self._host.library.settings.get(NAMES, "every")

    def follow(self) -> None:
        """Underline names as the reader wants it by now: it may have been changed in Settings."""
        strangers = self._host.library.settings.get(STRANGERS, True)
        way = self._wanted()
        if self._text.opened is not None and (way, strangers) != (self._way, self.strangers_shown):
            self._way, self.strangers_shown = way, strangers
            self._draw()
        self._look_up()

    def _look_up(self) -> None:
        """Ask in the background what is remembered of people, if names fade by it."""
        if self._way == "fading":
            self._page.run_worker(tell_errors(self._host, self._fade()), exclusive=True, group="remembered")

    async def _fade(self) -> None:
        remembered = await asyncio.to_thread(people_remembered, self._host.library)
        if remembered != self._remembered:
            self._remembered = remembered
            self.changed()

    def layers(self, opened: OpenChapter) -> list[Layer]:
        """Return everybody's name in the chapter, if each is underlined; of those in no glossary if they are wanted."""
        if self._way not in {"every", "fading"}:
            return []
        names = fading_layer(opened, self._remembered) if self._way == "fading" else name_layer(opened)
        return [names, stranger_layer(opened)] if self.strangers_shown else [names]

    def place_moved(self, view: Stretch) -> None:
        """Underline the first name of each person in view, if that is the reader's way."""
        if self._way == "first" and self._text.opened is not None:
            first = {name.figure: name for name in reversed(self._text.opened.names_in(view))}
            self._page.light("a-names", layer_of("page--name", map(Stretch.of, first.values())))

    def action_next_way(self) -> None:
        """Underline names every time, the first time on a page, less as they are learnt, never."""
        ways = list(NAME_WAYS)
        self._way = ways[(ways.index(self._way) + 1) % len(ways)] if self._way in ways else ways[0]
        self._host.watch_write(self._host.library.settings.set(NAMES, self._way))
        self._draw()
        self._look_up()
        self._host.inform(f"Names are underlined {NAME_WAYS[self._way]}.")

    def _draw(self) -> None:
        self._page.light("a-names", None)
        self.changed()
        if (view := self._page.view()) is not None:
            self.place_moved(view)
