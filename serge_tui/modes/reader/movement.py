"""Going about in the text: lines, pages, chapters, and how the text is set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, get_args

from db.models import Place
from serge_tui.core.typesetting import Setting
from serge_tui.modes.reader.open_text import OpenText
from serge_tui.navigation import ReadAt

if TYPE_CHECKING:
    from db.models import Chapter

SETTING_NAMES: Final = {
    "ragged": "Ragged right",
    "ragged-optimum": "Ragged right, best breaks of the whole paragraph",
    "justified": "Justified",
    "justified-hyphenated": "Justified and hyphenated",
}


class Moving(OpenText):
    """Lines, pages, chapters, looks."""

    def action_lines(self, count: int) -> None:
        """Move by lines."""
        self.page.scroll_lines(count)

    def action_half(self, count: int) -> None:
        """Move by half pages."""
        self.page.scroll_lines(count * max(1, self.page.rows // 2))

    def action_turn(self, count: int) -> None:
        """Turn the page; at the end of a chapter go on to the next one, at its top to the end of the one before."""
        if not self.page.turn(count) and (chapter := self.neighbour(count)) is not None:
            self.open_place(Place(chapter.edition, chapter.first_passage, 0))
            if count < 0:
                self.page.scroll_lines(self.page.last_top)

    def action_ends(self, last: bool) -> None:
        """Go to the chapter's first or last line."""
        if self.opened is None:
            return
        self.leave_here()
        if last:
            self.page.scroll_lines(self.page.last_top - self.page.top)
        else:
            self.page.go(self.opened.first, 0)

    def action_chapter(self, count: int) -> None:
        """Go to the next chapter or the one before."""
        chapter = self.neighbour(count)
        if chapter is None:
            self.host.inform("This is the last chapter." if count > 0 else "This is the first chapter.")
        else:
            self.host.go_to(ReadAt(Place(chapter.edition, chapter.first_passage, 0)))

    def neighbour(self, count: int) -> Chapter | None:
        """A chapter so many after the open one."""
        if self.opened is None:
            return None
        return self.host.library.texts.chapter(self.edition, self.opened.chapter.ordinal + count)

    # --- looks -------------------------------------------------------------------------------------------------------

    def action_measure(self, more: int) -> None:
        """Make the lines longer or shorter."""
        settings = self.page.settings
        measure = max(40, min(100, settings.measure + more))
        self.page.set_settings(replace(settings, measure=measure))
        self._keep("reader.measure", measure)
        self.host.inform(f"Lines of {measure}.")

    def action_setting(self) -> None:
        """Set the text in the next of the four ways."""
        settings = self.page.settings
        ways = get_args(Setting)
        way = ways[(ways.index(settings.setting) + 1) % len(ways)]
        self.page.set_settings(replace(settings, setting=way))
        self._keep("reader.setting", way)
        self.host.inform(f"{SETTING_NAMES[way]}.")

    def action_paragraphs(self) -> None:
        """Indent paragraphs, or put space between them."""
        settings = self.page.settings
        spaced = settings.paragraphs == "indented"
        self.page.set_settings(replace(settings, paragraphs="spaced" if spaced else "indented"))
        self._keep("reader.paragraphs", self.page.settings.paragraphs)
        self.host.inform("Space between paragraphs." if spaced else "Paragraphs indented.")

    def action_paged(self) -> None:
        """Show whole pages, or scroll."""
        paged = not self.page.paged
        self.page.set_settings(self.page.settings, paged=paged)
        self._keep("reader.paged", paged)
        self.host.inform("Whole pages." if paged else "One long text.")

    def _keep(self, name: str, value: str | int | bool) -> None:
        self.host.watch_write(self.host.library.settings.set(name, value))
