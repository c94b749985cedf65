"""Moving about in the text: lines, pages, chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import Place
from serge_tui.navigation import ReadAt

if TYPE_CHECKING:
    from db.models import Chapter
    from serge_tui.host import Host
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.widgets.page import PageView


class Movement:
    """Moves by lines, pages and chapters."""

    def __init__(self, page: PageView, text: OpenedText, host: Host) -> None:
        self._page, self._text, self._host = page, text, host

    def action_lines(self, count: int) -> None:
        """Move by lines."""
        self._page.scroll_lines(count)

    def action_half_pages(self, count: int) -> None:
        """Move by half pages."""
        self._page.scroll_lines(count * max(1, self._page.rows // 2))

    def action_pages(self, count: int) -> None:
        """Turn the page; at the end of a chapter go on to the next one, at its top to the end of the one before."""
        if not self._page.turn(count) and (chapter := self._neighbour(count)) is not None:
            self._text.open_place(Place(chapter.edition, chapter.first_passage, 0))
            if count < 0:
                self._page.scroll_lines(self._page.last_top)

    def action_ends(self, last: bool) -> None:
        """Go to the chapter's first or last line."""
        if self._text.opened is None:
            return
        self._host.remember_place()
        if last:
            self._page.scroll_lines(self._page.last_top - self._page.top)
        else:
            self._page.go(self._text.opened.first, 0)

    def action_chapters(self, count: int) -> None:
        """Go to the next chapter or the one before."""
        chapter = self._neighbour(count)
        if chapter is None:
            self._host.inform("This is the last chapter." if count > 0 else "This is the first chapter.")
        else:
            self._host.go_to(ReadAt(Place(chapter.edition, chapter.first_passage, 0)))

    def _neighbour(self, count: int) -> Chapter | None:
        """Return the chapter so many after the open one; None at the ends of the text."""
        opened = self._text.opened
        if opened is None:
            return None
        return self._host.library.texts.chapter(opened.edition.key, opened.chapter.ordinal + count)
