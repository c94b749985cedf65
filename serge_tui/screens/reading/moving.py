"""Going about in the text: lines, pages, chapters, and how the text is set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, get_args

from db.models import Place
from serge_tui.commands import Command
from serge_tui.navigation import ReadAt
from serge_tui.screens.reading.open_text import OpenText
from serge_tui.typesetting import Setting

if TYPE_CHECKING:
    from db.models import Chapter

MOVING: Final = (
    Command("reader.down", "j,down", "Line down", "lines(1)", "One line down.", "Reading"),
    Command("reader.up", "k,up", "Line up", "lines(-1)", "One line up.", "Reading"),
    Command("reader.page-down", "space,ctrl+f,pagedown,right", "Next page", "turn(1)",
            "The next page, with a line of context; at a chapter's end the next chapter.", "Reading"),
    Command("reader.page-up", "ctrl+b,pageup,shift+space,left,backspace", "Page back", "turn(-1)",
            "The page before.", "Reading"),
    Command("reader.half-down", "ctrl+d", "Half a page down", "half(1)", "Half a page down.", "Reading"),
    Command("reader.half-up", "ctrl+u", "Half a page up", "half(-1)", "Half a page up.", "Reading"),
    Command("reader.top", "g g,home", "Beginning of the chapter", "ends(False)", "The chapter's first line.",
            "Reading"),
    Command("reader.end", "G,end", "End of the chapter", "ends(True)", "The chapter's last line.", "Reading"),
    Command("reader.next-chapter", "right_square_bracket,right_square_bracket right_square_bracket,ctrl+pagedown",
            "Next chapter", "chapter(1)", "The next chapter.", "Reading"),
    Command("reader.previous-chapter", "left_square_bracket,left_square_bracket left_square_bracket,ctrl+pageup",
            "Chapter before", "chapter(-1)", "The chapter before.", "Reading"),
    Command("reader.wider", "plus,equals_sign", "Wider column", "measure(2)", "Longer lines, up to 100.", "Looks"),
    Command("reader.narrower", "minus", "Narrower column", "measure(-2)", "Shorter lines, down to 40.", "Looks"),
    Command("reader.setting", "z s", "Typesetting", "setting",
            "Ragged, ragged with best breaks, justified, hyphenated.", "Looks"),
    Command("reader.paragraphs", "z p", "Paragraphs", "paragraphs", "Indented or spaced.", "Looks"),
    Command("reader.paged", "z m", "Pages or scrolling", "paged", "Whole pages without widows, or one long text.",
            "Looks"),
)  # fmt: skip
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
            self.serge.tell("This is the last chapter." if count > 0 else "This is the first chapter.")
        else:
            self.serge.travel(ReadAt(Place(chapter.edition, chapter.first_passage, 0)))

    def neighbour(self, count: int) -> Chapter | None:
        """A chapter so many after the open one."""
        if self.opened is None:
            return None
        return self.serge.library.texts.chapter(self.edition, self.opened.chapter.ordinal + count)

    # --- looks -------------------------------------------------------------------------------------------------------

    def action_measure(self, more: int) -> None:
        """Make the lines longer or shorter."""
        settings = self.page.settings
        measure = max(40, min(100, settings.measure + more))
        self.page.set_settings(replace(settings, measure=measure))
        self._keep("reader.measure", measure)
        self.serge.tell(f"Lines of {measure}.")

    def action_setting(self) -> None:
        """Set the text in the next of the four ways."""
        settings = self.page.settings
        ways = get_args(Setting)
        way = ways[(ways.index(settings.setting) + 1) % len(ways)]
        self.page.set_settings(replace(settings, setting=way))
        self._keep("reader.setting", way)
        self.serge.tell(f"{SETTING_NAMES[way]}.")

    def action_paragraphs(self) -> None:
        """Indent paragraphs, or put space between them."""
        settings = self.page.settings
        spaced = settings.paragraphs == "indented"
        self.page.set_settings(replace(settings, paragraphs="spaced" if spaced else "indented"))
        self._keep("reader.paragraphs", self.page.settings.paragraphs)
        self.serge.tell("Space between paragraphs." if spaced else "Paragraphs indented.")

    def action_paged(self) -> None:
        """Show whole pages, or scroll."""
        paged = not self.page.paged
        self.page.set_settings(self.page.settings, paged=paged)
        self._keep("reader.paged", paged)
        self.serge.tell("Whole pages." if paged else "One long text.")

    def _keep(self, name: str, value: str | int | bool) -> None:
        self.serge.keep(self.serge.library.settings.set(name, value))
