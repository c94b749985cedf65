"""Looking at a note without leaving the line: the reader's own, and those of the book."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on

from db.clock import utc_now
from serge_tui.commands.reader import PEEK_COMMANDS
from serge_tui.modes.reader.annotations import Annotating
from serge_tui.modes.reader.chapter import Link
from serge_tui.modes.reader.links import Links
from serge_tui.modes.reader.widgets.peek import Peek, annotation_content, footnote_content
from serge_tui.navigation import ShowNote

if TYPE_CHECKING:
    from textual.content import Content

    from db.models import Annotation
    from serge_tui.commands import Command
    from serge_tui.dialogs.note_editor import NoteDraft
    from serge_tui.modes.reader.stretch import Stretch


class Peeking(Annotating, Links):
    """Looking at notes."""

    def __init__(self) -> None:
        super().__init__()
        self._looked_at: Stretch | None = None

    @property
    def peek(self) -> Peek:
        """The box for notes over the page."""
        return self.query_one(Peek)

    def extra_commands(self) -> tuple[Command, ...]:
        """Those of a note that is looked at."""
        if self._looked_at is None:
            return super().extra_commands()
        mine = PEEK_COMMANDS if self.peeked is not None else PEEK_COMMANDS[-1:]
        return (*super().extra_commands(), *mine)

    def on_page_view_moved(self) -> None:
        """The box goes with its line, and closes when that is gone."""
        super().on_page_view_moved()
        if self._looked_at is not None:
            if self.page.spot_of(*self._looked_at.begin) is None:
                self.close_peek()
            else:
                self._put_peek()

    # --- walking -----------------------------------------------------------------------------------------------------

    def action_peek(self) -> None:
        """Show the first note in view, or the next after the one shown."""
        view = self.page.view()
        marks = [(stretch, mark) for stretch, mark in self.noted if view is not None and view.overlaps(stretch)]
        links = [link for link in self.opened.links if link.is_note] if self.opened else []
        things: list[tuple[Stretch, Annotation | Link]] = [*marks]
        things += [(link.stretch, link) for link in links if view is not None and view.overlaps(link.stretch)]
        things.sort(key=lambda thing: thing[0])
        if not things:
            self.host.inform("There is no note in view.")
            return
        after = (thing for thing in things if self._looked_at is not None and thing[0] > self._looked_at)
        stretch, thing = next(after, things[0])
        self.close_card()
        self.look_at(stretch, thing)

    def action_mark_walk(self, forward: bool) -> None:
        """Go to the next thing marked and look at it."""
        entry = self.beside([(stretch, (stretch, mark)) for stretch, mark in self.noted], forward=forward)
        if entry is None:
            self.host.inform("Nothing more is marked in this chapter." if forward else "Nothing is marked before.")
            return
        stretch, mark = entry
        self.page.scroll_into_view(*stretch.begin, margin=3)
        self.show_lit(stretch)
        self.close_card()
        self.look_at(stretch, mark)

    def sign_pressed(self, place: tuple[int, int]) -> None:
        """Look at what the sign of a line stands for."""
        line = self.page.line_of(*place)
        if line is None:
            return
        here = [(s, m) for s, m in self.noted if s.passage == line.passage and line.start <= s.start < max(line.end, 1)]
        if here:
            self.look_at(*max(here, key=lambda entry: bool(entry[1].body)))

    # --- the box -----------------------------------------------------------------------------------------------------

    def look_at(self, stretch: Stretch, thing: Annotation | Link) -> None:
        """Open the box on something marked, or on a note of the book."""
        if isinstance(thing, Link):
            self.peek_note(thing)
        else:
            self.show_annotation(thing, stretch)

    def show_annotation(self, mark: Annotation, stretch: Stretch | None = None) -> None:
        """Open the box on an annotation; without a stretch, where it is open."""
        self.peeked = mark
        if stretch is None:
            stretch = self._looked_at
        if stretch is not None:
            self._open_peek(stretch, annotation_content(mark, self.colour_names, links_here=self.links_here(mark)))

    def peek_note(self, link: Link) -> None:
        """Show a note of the book on the spot."""
        note = self.host.library.texts.note(self.edition, link.target)
        if note is None:
            self.host.inform("That note is not in the file.")
            return
        self.peeked = None
        self._open_peek(link.stretch, footnote_content([note]))

    def _open_peek(self, stretch: Stretch, content: Content) -> None:
        self._looked_at = stretch
        self.show_lit(stretch)
        self.peek.show_text(content)
        self.peek.add_class("-shown")
        self._put_peek()
        self.peek.focus(scroll_visible=False)
        self.commands_changed()

    def _put_peek(self) -> None:
        if self._looked_at is not None:
            self.put_over(self.peek, self._looked_at.begin)

    def close_peek(self) -> None:
        """Close the box; the page has not moved."""
        if self._looked_at is not None:
            self._looked_at = self.peeked = None
            self.peek.remove_class("-shown")
            self.set_focus(None)
            self.commands_changed()

    @on(Peek.Closed)
    def _peek_closed(self) -> None:
        self.close_peek()

    @on(Peek.EditWanted)
    def _edit(self) -> None:
        """Write on the note, or make the highlight one."""
        before = self.peeked
        if before is None:
            return

        async def written(draft: NoteDraft | None) -> None:
            if draft is not None:
                changed = replace(before, body=draft.body, tags=draft.tags)
                await self.save(changed, before, "the change")
                self.show_annotation(changed)

        self.write_note(before.anchor.exact if before.anchor else "", written, before)

    @on(Peek.OpenWanted)
    def _open_note(self) -> None:
        """Show it among the notes."""
        if self.peeked is not None:
            self.host.go_to(ShowNote(self.peeked.key))

    @on(Peek.DeleteWanted)
    async def _delete(self) -> None:
        """Put it into the bin."""
        mark = self.peeked
        if mark is not None:
            self.close_peek()
            await self.save(replace(mark, deleted_at=utc_now()), mark, f"the deletion of the {mark.kind}")
            self.host.inform("Deleted; u brings it back.")
