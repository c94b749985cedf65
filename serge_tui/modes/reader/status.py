"""Where the reader is, at the left of the bottom line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import Place
from serge_tui.modes.reader.citation import short_chapter
from serge_tui.modes.reader.reading_session import minutes_left

if TYPE_CHECKING:
    from serge_tui.host import Host
    from serge_tui.listeners import Listeners
    from serge_tui.modes.reader.chapter import OpenChapter
    from serge_tui.modes.reader.frame import Frame
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.selection import Selection
    from serge_tui.modes.reader.stretch import Stretch
    from serge_tui.modes.reader.widgets.page import PageView


class Status:
    """Shows chapter, printed page, share of the book and minutes left; while words are selected, how many they are."""

    def __init__(
        self, page: PageView, text: OpenedText, selection: Selection, resumed: Listeners[[]], frame: Frame, host: Host
    ) -> None:
        self._page, self._text, self._selection, self._frame, self._host = page, text, selection, frame, host
        self._characters_before, self._characters = 0, 0
        self._pace: float | None = None
        text.chapter_opened.add(self.chapter_opened)
        text.place_moved.add(self.place_moved)
        selection.changed.add(self.show)
        resumed.add(self.screen_resumed)

    def chapter_opened(self, opened: OpenChapter) -> None:
        """Count the characters before the chapter and in the whole text."""
        chapters = self._host.library.texts.chapters(opened.edition.key)
        self._characters_before = sum(c.characters for c in chapters if c.ordinal < opened.chapter.ordinal)
        self._characters = sum(c.characters for c in chapters)

    def screen_resumed(self) -> None:
        """Read how fast the reader reads."""
        self._pace = self._host.library.texts.reading_pace()
        self.show()

    def place_moved(self, _view: Stretch) -> None:
        """Follow the page."""
        self.show()

    def show(self) -> None:
        """Show where the reader is."""
        opened, view = self._text.opened, self._page.view()
        if words := self._selection.described():
            self._frame.set_status(words)
        elif opened is not None and view is not None:
            self._frame.set_status(self._described(opened, view))

    def _described(self, opened: OpenChapter, view: Stretch) -> str:
        place = Place(opened.edition.key, *view.begin)
        page = opened.page_at(view.begin) or self._host.library.texts.page_at(place)
        passed = opened.characters_before(view.stop)
        whole = opened.characters
        left = minutes_left(whole - passed, self._pace)
        at = passed if passed >= whole else opened.characters_before(view.begin)
        share = 100 * (self._characters_before + at) // max(1, self._characters)
        # The keys at the right need the room that a long title would take.
        most = max(9, min(24, self._page.screen.size.width // 5 - 4))
        parts = [short_chapter(opened.chapter, most), f"p. {page}" if page else "", f"{share} %"]
        parts.append(f"{left} min left" if left else "")
        return " · ".join(part for part in parts if part)
