"""The end of a chapter: it offers questions on what was just read."""

from __future__ import annotations

from asyncio import to_thread
from typing import TYPE_CHECKING

from serge_tui.commands import key_label
from serge_tui.commands.registry import commands_by_id
from serge_tui.services.reading_settings import AT_CHAPTERS_END, BEFORE_CHAPTER

if TYPE_CHECKING:
    from serge_tui.host import Host
    from serge_tui.modes.reader.chapter import OpenChapter
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.stretch import Stretch
    from serge_tui.modes.reader.widgets.page import PageView

WORDS = {
    1: "A question on what you have just read",
    2: "Two questions on what you have just read",
    3: "Three questions on what you have just read",
}


class ChapterEnd:
    """Controller: offers questions in a line under the chapter, and asks them over the page.

    What can be asked is read in a thread, when the chapter's last line comes into view and whenever something changed.
    """

    def __init__(self, page: PageView, text: OpenedText, host: Host) -> None:
        self._page, self._text, self._host = page, text, host
        self._keys: list[str] = []
        self._looked_at: OpenChapter | None = None
        text.place_moved.add(self.place_moved)
        self._is_fresh = False
        text.chapter_opened.add(self.chapter_opened)
        text.place_opened.add(self.place_opened)

    def follow(self) -> None:
        """Look again what can be asked: cards were answered elsewhere, or the setting was changed."""
        self._looked_at = None
        if (view := self._page.view()) is not None:
            self.place_moved(view)

    def chapter_opened(self, _opened: OpenChapter) -> None:
        """Forget what the chapter before offered."""
        self._keys, self._looked_at, self._is_fresh = [], None, True

    def place_opened(self, looked_up: bool) -> None:  # as the listeners call it
        """Ask before an unread chapter, if the reader wants that: once, when it is opened at its first line."""
        opened, is_fresh = self._text.opened, self._is_fresh
        self._is_fresh = False
        if opened is None or looked_up or not is_fresh or self._page.hold.passage != opened.first:
            return
        if self._host.library.settings.get(BEFORE_CHAPTER, False):
            self._host.start(self._ask_before(opened))

    async def _ask_before(self, opened: OpenChapter) -> None:
        from serge_tui.services.chapter_questions import keep_asked, questions_before

        keys = await to_thread(questions_before, self._host.library, opened.chapter)
        if keys and opened is self._text.opened:
            self._host.watch_write(keep_asked(self._host.library, keys))
            await self._ask(keys, practising=True)

    def place_moved(self, view: Stretch) -> None:
        """Look what can be asked when the chapter's end comes into view."""
        opened = self._text.opened
        if opened is None or not self._page.shows_end:
            self._looked_at = None
        elif self._looked_at is not opened:
            self._looked_at = opened
            self._host.start(self._look(opened, view), opens=False)

    async def _look(self, opened: OpenChapter, view: Stretch) -> None:
        """Show the offer, or that there is none."""
        from serge_tui.services.chapter_questions import questions_on

        library = self._host.library
        if not library.settings.get(AT_CHAPTERS_END, True):
            self._show(opened, [])
            return
        in_view = opened.characters_before(view.begin), opened.characters_before(view.stop)
        self._show(opened, await to_thread(questions_on, library, opened.chapter, in_view))

    def _show(self, opened: OpenChapter, keys: list[str]) -> None:
        if opened is not self._text.opened:
            return
        self._keys = keys
        shown = commands_by_id()["reader.questions"].alternatives(self._host.reader_keymap)
        key = f"{key_label(shown[0])}  " if shown else ""
        self._page.put_offer(f"{key}{WORDS[len(keys)]}" if keys else "")

    def action_ask(self) -> None:
        """Ask the questions that the chapter's end offers."""
        if self._text.opened is None or not self._keys or not self._page.shows_end:
            self._host.inform(
                "Questions are asked at a chapter's end, on what you have read of it and were never asked."
            )
            return
        self._host.start(self._ask(list(self._keys)))

    async def _ask(self, keys: list[str], *, practising: bool = False) -> None:
        from serge_tui.dialogs.chapter_questions import ChapterQuestions
        from serge_tui.services.confusions import LateFinder
        from serge_tui.services.review_session import ReviewSession

        host = self._host
        finder = LateFinder(lambda: host.finder)
        session = await to_thread(lambda: ReviewSession(host.library, finder=finder, only=keys, practising=practising))
        await self._host.ask(ChapterQuestions(session, keys))
        await session.stored()
        self.follow()
