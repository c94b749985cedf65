"""The list of contents: chapters and the headings of the open one, with how much was read and is still known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from db.reading import READ
from db.text import sanitise_line
from serge_tui.commands import bindings
from serge_tui.commands.reader import CONTENTS_COMMANDS
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.models import Place


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of the contents; `level` counts from 0. `share` is how much was read, 0 to 1, None for a heading."""

    title: str
    level: int
    place: Place
    page: str = ""
    share: float | None = None
    held: float | None = None
    """Share of the chapter's cards that is still known, 0 to 1; None if none was learnt."""
    here: bool = False
    chapter: int | None = None
    """Ordinal of the row's chapter; None for a heading."""


class Contents(RowList):
    """Shows the chapters, and posts where to go and what counts as read."""

    BINDINGS = bindings(CONTENTS_COMMANDS)
    ONE_CLICK = True

    class Closed(Message):
        """The reader wants to go back to the page."""

    @dataclass
    class ReadToggled(Message):
        """A chapter (its ordinal) should count as read or as unread, or all up to it as read."""

        chapter: int
        all_before: bool

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[ContentsRow] = ()

    @property
    def row_count(self) -> int:
        """Number of lines."""
        return len(self.rows)

    def show(self, rows: Sequence[ContentsRow], *, keep: bool = False) -> None:
        """Show rows with the cursor at the open chapter; `keep` leaves it where it was."""
        self.rows = rows
        here = max((at for at, row in enumerate(rows) if row.here), default=0)
        self.rows_changed(self.cursor if keep else here)

    def draw_row(self, index: int, width: int) -> Content:
        """Draw the title, with the share read and the page at the right."""
        row = self.rows[index]
        facts = []
        if row.held is not None:
            facts.append(f"holds {round(100 * row.held)} %")
        if row.share is not None and row.share > 0:
            facts.append("read" if row.share >= READ else f"{max(1, round(100 * row.share))} %")
        if row.page:
            facts.append(row.page)
        tail = "  ".join(facts)
        indent = "  " * row.level
        mark = "▸ " if row.here else "  "
        room = max(4, width - len(indent) - len(mark) - len(tail) - 2)
        title = Content(sanitise_line(row.title)).truncate(room, ellipsis=True)
        if row.here:
            title = title.stylize("bold $primary")
        elif row.share is None:
            title = title.stylize("$muted")
        gap = " " * max(1, width - len(indent) - len(mark) - title.cell_length - len(tail) - 1)
        return Content(indent + mark) + title + Content.styled(gap + tail, "$muted")

    def action_toggle_read(self, all_before: bool) -> None:
        """Ask for the chapter under the cursor to count as read, or not."""
        if 0 <= self.cursor < len(self.rows) and (chapter := self.rows[self.cursor].chapter) is not None:
            self.post_message(self.ReadToggled(chapter, all_before))

    def action_close(self) -> None:
        """Ask to be closed."""
        self.post_message(self.Closed())
