"""Terms and places underlined in the text, in their own way, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.listeners import Listeners
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.page_styling import Layer, layer_of
from serge_tui.services.reading_settings import TERMS

if TYPE_CHECKING:
    from serge_tui.host import Host
    from serge_tui.modes.reader.chapter import OpenChapter
    from serge_tui.modes.reader.opened_text import OpenedText


class TermUnderlining:
    """Underlines terms and places twice, so that they are told from people, unless the reader has turned it off."""

    def __init__(self, text: OpenedText, host: Host) -> None:
        self._text, self._host = text, host
        self.is_on = True
        self.changed = Listeners[[]]()
        """Called when terms are underlined or no longer underlined."""
        text.chapter_opened.add(self.chapter_opened)

    def chapter_opened(self, _opened: OpenChapter) -> None:
        """Read whether the reader wants terms underlined."""
        self.is_on = self._host.library.settings.get(TERMS, True)

    def follow(self) -> None:
        """Underline terms as the reader wants it by now: it may have been changed in Settings."""
        if self._text.opened is not None and self._host.library.settings.get(TERMS, True) != self.is_on:
            self.is_on = not self.is_on
            self.changed()

    def layers(self, opened: OpenChapter) -> list[Layer]:
        """Return the terms of the chapter, if they are underlined."""
        if not self.is_on or not opened.terms:
            return []
        return [layer_of("page--term", (Stretch(t.passage, t.start, t.passage, t.end) for t in opened.terms))]

    def action_toggle(self) -> None:
        """Underline terms and places, or stop doing so."""
        self.is_on = not self.is_on
        self._host.watch_write(self._host.library.settings.set(TERMS, self.is_on))
        self.changed()
        self._host.inform(f"Terms and places are {'underlined' if self.is_on else 'no longer underlined'}.")
