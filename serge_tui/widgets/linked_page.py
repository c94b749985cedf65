"""A page of paragraphs with links: scroll it, go from link to link, jump from heading to heading."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from serge_tui.commands import bindings
from serge_tui.commands.lists import PAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType
    from textual.selection import Selection


MARK: Final = " ?"
"""Stands for what a paragraph unfolds."""
UNFOLDED_INDENT: Final = 2
TWO_COLUMNS: Final = 60
"""Cells from which a page has room for short lists in two columns."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `target` is what Enter on it gives back in `LinkedPage.Followed`, None where it leads nowhere.

    `heading` names the part that begins here, empty for other paragraphs.
    Its first line is indented by `indent` cells, the others by `indent + hang`; `gap` empty lines come before it.
    `unfolds` is what Enter or a click shows below it, where it leads nowhere: a doubt, a source; a `?` stands for it.
    """

    text: Content
    target: object = None
    heading: str = ""
    indent: int = 0
    hang: int = 0
    gap: int = 0
    unfolds: Content | None = None
    in_column: bool = False
    """Whether it is a line of a list, which may stand beside the next one where the page is wide."""

    @property
    def is_stop(self) -> bool:
        """Whether Enter does something here."""
        return self.target is not None or self.unfolds is not None


@dataclass(slots=True)
class _Line:
    paragraph: int
    indent: int = 0
    text: Content = field(default_factory=Content)
    beside: int = -1
    """The paragraph that stands beside this line, where two columns are shown."""
    beside_text: Content = field(default_factory=Content)
    is_open: bool = False
    """Whether a line of a list may still be put beside this one."""


class LinkedPage(ScrollView, can_focus=True):
    """Shows paragraphs. `j k` go to the next link if it is in sight and scroll otherwise, as in text browsers."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(PAGE)
    DEFAULT_CSS = """
    LinkedPage { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    @dataclass
    class Followed(Message):
        """Enter or a click on a paragraph that leads somewhere."""

        page: LinkedPage
        target: object

    def __init__(self, *, measure: int = 76, id: str | None = None) -> None:  # noqa: A002  # Textual's own name for it
        super().__init__(id=id)
        self.measure = measure
        self._paragraphs: Sequence[Paragraph] = ()
        self._lines: list[_Line] = []
        self._first_lines: list[int] = []
        self._set_for = 0
        self._cursor = -1
        self._wanted_scroll: int | None = None
        self._unfolded: set[str] = set()
        """The words unfolded so far; what was unfolded stays so when the page is shown again."""

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show(self, paragraphs: Sequence[Paragraph], *, scroll: int = 0, link: object = None) -> None:
        """Show another page, scrolled by `scroll` lines, with the cursor on the line there that leads to `link`."""
        self._paragraphs = paragraphs
        self._cursor = -1
        self._set(scroll + 2 * self.size.height + 1)
        if link is not None:
            self.point_at(link, scroll)
        self.scroll_as(scroll)

    @property
    def link(self) -> object:
        """Where the line under the cursor leads; None where there is no cursor."""
        return self._paragraphs[self._cursor].target if 0 <= self._cursor < len(self._paragraphs) else None

    def point_at(self, link: object, top: int) -> None:
        """Put the cursor on a line that leads somewhere: the first from line `top` on, where several do."""
        found = [number for number in self._stops() if self._paragraphs[number].target == link]
        known = [number for number in found if number < len(self._first_lines)]
        ahead = [number for number in known if self._last_line(number) >= top]
        self._cursor = next(iter(ahead or found), -1)
        self.refresh()

    def scroll_as(self, scroll: int) -> None:
        """Scroll the page by `scroll` lines, as soon as that is possible."""
        self._wanted_scroll = scroll
        self._scroll_as_wanted()

    @property
    def scrolled(self) -> int:
        """How far the page is scrolled, in lines."""
        return self._wanted_scroll if self._wanted_scroll is not None else self.scroll_offset.y

    def _scroll_as_wanted(self) -> None:
        if self._wanted_scroll is not None and self.scrollable_content_region.height > 0:
            # Forced: a page that was only just set has no scrollbar yet.
            self.scroll_to(y=self._wanted_scroll, animate=False, force=True)
            self._wanted_scroll = None

    def _set(self, wanted: int | None = None) -> None:
        """Break the paragraphs into lines for the present width: so many lines at once, the others after painting.

        A long figure takes longer than a frame to set, and while one walks down a list only its beginning is seen.
        """
        self._set_for = self.scrollable_content_region.width
        self._lines = []
        self._first_lines = []
        self._extend(wanted)
        if not self._is_set:
            self.call_after_refresh(self._set_rest, self._paragraphs)

    @property
    def _is_set(self) -> bool:
        return len(self._first_lines) == len(self._paragraphs)

    def _set_rest(self, paragraphs: Sequence[Paragraph] | None = None) -> None:
        """Set what is left, unless another page was shown meanwhile."""
        if not self._is_set and paragraphs in (None, self._paragraphs):
            self._extend(None)

    def _extend(self, wanted: int | None) -> None:
        width = self._set_for
        if width <= 4:
            return
        measure = min(self.measure, width - 3)
        for number in range(len(self._first_lines), len(self._paragraphs)):
            if wanted is not None and len(self._lines) >= wanted:
                break
            paragraph = self._paragraphs[number]
            if self._put_beside(number, paragraph):
                continue
            self._lines += [_Line(-1) for _ in range(paragraph.gap)]
            self._first_lines.append(len(self._lines))
            text, below = paragraph.text, paragraph.unfolds
            if below is not None:
                text += Content.styled(MARK, "$warning")
            for at, piece in enumerate(text.wrap(max(8, measure - paragraph.indent - paragraph.hang))):
                self._lines.append(_Line(number, paragraph.indent + (paragraph.hang if at else 0), piece))
            if below is not None and below.plain in self._unfolded:
                indent = paragraph.indent + UNFOLDED_INDENT
                self._lines += [_Line(number, indent, piece) for piece in below.wrap(max(8, measure - indent))]
            self._lines[-1].is_open = self._fits_column(paragraph)
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()

    @property
    def _column(self) -> int:
        """Where the second column begins; 0 where the page is too narrow for two."""
        return self._set_for // 2 if self._set_for >= TWO_COLUMNS else 0

    def _fits_column(self, paragraph: Paragraph) -> bool:
        return paragraph.in_column and paragraph.indent + paragraph.text.cell_length <= self._column - 4

    def _put_beside(self, number: int, paragraph: Paragraph) -> bool:
        """Put a line of a list beside the one before, if both are short and nothing stands there yet."""
        last = self._lines[-1] if self._lines else None
        if last is None or not last.is_open or paragraph.gap or not self._fits_column(paragraph):
            return False
        last.beside, last.beside_text, last.is_open = number, paragraph.text, False
        self._first_lines.append(len(self._lines) - 1)
        return True

    def on_resize(self) -> None:
        """Set anew for another width, with the same paragraph on top."""
        if self.scrollable_content_region.width == self._set_for:
            self._scroll_as_wanted()
            return
        self._set_rest()
        top = self.scroll_offset.y
        paragraph = max(0, bisect_right(self._first_lines, top) - 1) if top and self._first_lines else None
        self._set()
        if paragraph is not None and self._wanted_scroll is None:
            self._wanted_scroll = self._first_lines[paragraph]
        self._scroll_as_wanted()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width = self.scrollable_content_region.width
        base = self.visual_style
        index = y + self.scroll_offset.y
        if not 0 <= index < len(self._lines):
            return Strip.blank(width, base.rich_style)
        line = self._lines[index]
        here = line.paragraph >= 0 and line.paragraph == self._cursor
        if here and line.beside < 0:
            base += Style.parse("on $panel")
        pointer = "▸" if here and index == self._first_lines[line.paragraph] and self.has_focus else " "
        content = Content(pointer + " " * (line.indent + 1)) + line.text
        if line.beside >= 0:
            chosen = line.beside == self._cursor
            pointer = "▸" if chosen and self.has_focus else " "
            right = Content(pointer + " " * (line.indent + 1)) + line.beside_text
            content = content.truncate(self._column, pad=True)
            content = (content.stylize("on $panel") if here else content) + (
                right.stylize("on $panel") if chosen else right
            )
        if (selection := self.text_selection) is not None and (span := selection.get_span(index)) is not None:
            start, end = span
            style = Style.from_styles(self.screen.get_component_styles("screen--selection"))
            content = content.stylize(style, start, len(content) if end == -1 else end)
        strip = Strip(content.render_segments(base)).adjust_cell_length(width, base.rich_style)
        return strip.apply_offsets(0, index)

    # --- moving ------------------------------------------------------------------------------------------------------

    def _stops(self) -> list[int]:
        return [number for number, paragraph in enumerate(self._paragraphs) if paragraph.is_stop]

    def _window(self) -> tuple[int, int]:
        top = self.scroll_offset.y
        return top, top + self.scrollable_content_region.height

    def _last_line(self, paragraph: int) -> int:
        following = paragraph + 1
        while following < len(self._first_lines) and self._first_lines[following] == self._first_lines[paragraph]:
            following += 1  # in the second column of the same line
        if following < len(self._first_lines):
            return self._first_lines[following] - self._paragraphs[following].gap - 1
        return len(self._lines) - 1

    def action_step(self, step: int) -> None:
        """Go to the next link in sight, or scroll by a line."""
        self._set_rest()
        top, bottom = self._window()
        in_sight = [
            stop for stop in self._stops() if self._last_line(stop) >= top and self._first_lines[stop] < bottom + 1
        ]
        if self._cursor in in_sight:
            ahead = [stop for stop in in_sight if (stop - self._cursor) * step > 0]
        else:
            ahead = in_sight
        if ahead:
            self._move_cursor(ahead[0] if step > 0 else ahead[-1])
        else:
            self.scroll_relative(y=step, animate=False)

    def _move_cursor(self, paragraph: int) -> None:
        self._cursor = paragraph
        top, bottom = self._window()
        first, last = self._first_lines[paragraph], self._last_line(paragraph)
        if last >= bottom:
            self.scroll_to(y=min(first, last - (bottom - top) + 1), animate=False)
        elif first < top:
            self.scroll_to(y=first, animate=False)
        self.refresh()

    def action_page(self, step: int) -> None:
        """Scroll by windows, one line kept."""
        self._set_rest()
        self.scroll_relative(y=step * max(1, self.scrollable_content_region.height - 1), animate=False)

    def action_half_page(self, step: int) -> None:
        """Scroll by half windows."""
        self.scroll_relative(y=step * max(1, self.scrollable_content_region.height // 2), animate=False)

    def action_top(self) -> None:
        """Go to the top."""
        self._cursor = -1
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def action_bottom(self) -> None:
        """Go to the bottom."""
        self._set_rest()
        self.scroll_to(y=len(self._lines), animate=False)

    def jump_heading(self, step: int) -> str:
        """Scroll to the next or the last heading; gives its name, empty at the top."""
        self._set_rest()
        top = self.scroll_offset.y
        headings = [(self._first_lines[n], n) for n, known in enumerate(self._paragraphs) if known.heading]
        ahead = [found for found in headings if (found[0] > top if step > 0 else found[0] < top)]
        if not ahead:
            if step < 0:
                self.scroll_to(y=0, animate=False)
            return ""
        line, number = ahead[0] if step > 0 else ahead[-1]
        self.scroll_to(y=line, animate=False)
        return self._paragraphs[number].heading

    def show_heading(self, words: str) -> None:
        """Scroll to a heading by its name; one that is not there changes nothing."""
        self._set_rest()
        for number, paragraph in enumerate(self._paragraphs):
            if words and paragraph.heading == words:
                self.scroll_to(y=self._first_lines[number], animate=False)

    def action_follow(self) -> None:
        """Go where the paragraph under the cursor leads; one that leads nowhere unfolds, or folds again."""
        if not 0 <= self._cursor < len(self._paragraphs):
            return
        paragraph = self._paragraphs[self._cursor]
        if paragraph.target is None and paragraph.unfolds is not None:
            self._unfolded ^= {paragraph.unfolds.plain}
            self._set()
            self._move_cursor(self._cursor)
        else:
            self.post_message(self.Followed(self, paragraph.target))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The words selected with the mouse."""
        self._set_rest()
        shown = "\n".join(self._plain(line) for line in self._lines)
        words = "\n".join(line.strip() for line in selection.extract(shown).splitlines())
        return words, "\n"

    def _plain(self, line: _Line) -> str:
        text = " " * (line.indent + 2) + line.text.plain
        return text.ljust(self._column + line.indent + 2) + line.beside_text.plain if line.beside >= 0 else text

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002  # Textual gives it
        """Draw what is selected."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click on a link follows it; the end of a selection does not."""
        if self.text_selection is not None:
            return
        index = event.y + self.scroll_offset.y
        if 0 <= index < len(self._lines):
            line = self._lines[index]
            number = line.beside if line.beside >= 0 and event.x >= self._column else line.paragraph
            if number >= 0 and self._paragraphs[number].is_stop:
                self._cursor = number
                self.refresh()
                self.action_follow()
