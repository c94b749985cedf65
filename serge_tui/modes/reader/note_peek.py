"""A note shown over the page without leaving the line: the reader's own, or one of the book."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import replace
from typing import TYPE_CHECKING

from db.clock import utc_now
from serge_tui.commands.reader import PEEK_COMMANDS
from serge_tui.modes.reader.chapter import Link
from serge_tui.modes.reader.chapter_marks import colour_names
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.peek import annotation_content, footnote_content, stranger_content, term_content
from serge_tui.navigation import ShowNote

if TYPE_CHECKING:
    from textual.content import Content

    from db.models import Annotation, TermMention
    from db.models.found_text import FoundMention
    from serge_tui.commands import Command
    from serge_tui.host import Host
    from serge_tui.modes.reader.annotations import Annotations
    from serge_tui.modes.reader.chapter_marks import ChapterMarks
    from serge_tui.modes.reader.frame import Frame
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.people import People
    from serge_tui.modes.reader.widgets.page import PageView
    from serge_tui.modes.reader.widgets.peek import Peek


class NotePeek:
    """Shows a note beside its line, goes from note to note, and edits or deletes the one shown.

    `annotation` is the reader's annotation that is shown; None for a note of the book, and while the box is closed.
    """

    def __init__(
        self,
        page: PageView,
        text: OpenedText,
        box: Peek,
        marks: ChapterMarks,
        annotations: Annotations,
        people: People,
        frame: Frame,
        host: Host,
    ) -> None:
        self._page, self._text, self._box, self._marks = page, text, box, marks
        self._annotations, self._people, self._frame, self._host = annotations, people, frame, host
        self.annotation: Annotation | None = None
        self._at: Stretch | None = None
        text.place_moved.add(self.place_moved)

    @property
    def is_open(self) -> bool:
        """Whether a note is shown."""
        return self._at is not None

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands of the note that is shown; a note of the book can only be closed."""
        if not self.is_open:
            return ()
        return PEEK_COMMANDS if self.annotation is not None else PEEK_COMMANDS[-1:]

    def place_moved(self, _view: Stretch) -> None:
        """Keep the box beside its line; close it when the line is out of view."""
        if self._at is not None:
            if self._page.spot_of(*self._at.begin) is None:
                self.close()
            else:
                self._frame.place_over(self._box, self._at.begin)

    # --- from note to note -------------------------------------------------------------------------------------------

    def action_show(self) -> None:
        """Show the first note in view, or the next after the one shown."""
        view, opened = self._page.view(), self._text.opened
        notes: list[tuple[Stretch, Annotation | Link]] = []
        if opened is not None and view is not None:
            notes += [(stretch, mark) for stretch, mark in self._marks.noted if view.overlaps(stretch)]
            notes += [(link.stretch, link) for link in opened.links if link.is_note and view.overlaps(link.stretch)]
            notes.sort(key=lambda entry: entry[0])
        if not notes:
            self._host.inform("There is no note in view.")
            return
        after = (entry for entry in notes if self._at is not None and entry[0] > self._at)
        stretch, note = next(after, notes[0])
        self._people.close_card()
        if isinstance(note, Link):
            self.show_footnote(note)
        else:
            self.show_annotation(note, stretch)

    def action_next_mark(self, forward: bool) -> None:
        """Go to the next thing marked, or the one before, and show it."""
        entry = self._text.beside([(stretch, (stretch, mark)) for stretch, mark in self._marks.noted], forward=forward)
        if entry is None:
            self._host.inform("Nothing more is marked in this chapter." if forward else "Nothing is marked before.")
            return
        stretch, mark = entry
        self._page.scroll_into_view(*stretch.begin, margin=3)
        self._people.close_card()
        self.show_annotation(mark, stretch)

    def show_sign(self, place: tuple[int, int]) -> None:
        """Show the note of the sign in the margin of a line."""
        line = self._page.line_of(*place)
        if line is None:
            return
        here = [
            (stretch, mark)
            for stretch, mark in self._marks.noted
            if stretch.passage == line.passage and line.start <= stretch.start < max(line.end, 1)
        ]
        if here:
            stretch, mark = max(here, key=lambda entry: bool(entry[1].body))
            self.show_annotation(mark, stretch)

    # --- the box -----------------------------------------------------------------------------------------------------

    def show_annotation(self, mark: Annotation, stretch: Stretch | None = None) -> None:
        """Show an annotation at a stretch; without one, where the box is open."""
        self.annotation = mark
        stretch = stretch or self._at
        if stretch is not None:
            names, links_here = colour_names(self._host.library), self._marks.links_here(mark)
            self._open(stretch, annotation_content(mark, names, words=self._words_of(mark), links_here=links_here))

    def _words_of(self, mark: Annotation) -> str:
        return self._host.library.passages.words_of(mark.anchor) if mark.anchor is not None else ""

    def show_footnote(self, link: Link) -> None:
        """Show a note of the book."""
        note = self._host.library.texts.note(self._text.edition, link.target)
        if note is None:
            self._host.inform("That note is not in the file.")
            return
        self.annotation = None
        self._open(link.stretch, footnote_content([note]))

    def show_term(self, mention: TermMention) -> None:
        """Show what an organisation, word or place was; with fates hidden no more than its one line."""
        library = self._host.library
        term = library.terms.by_key(mention.term)
        if term is None:
            return
        names = {figure.key: figure.name for figure in library.figures.names()} if term.members else {}
        content = term_content(term, names, hidden=self._host.fates_hidden)
        self.annotation = None
        self._open(Stretch(mention.passage, mention.start, mention.passage, mention.end), content)

    def show_stranger(self, mention: FoundMention) -> None:
        """Show what the text says of somebody in no glossary; with fates hidden, only up to the end of the screen."""
        self._host.start(self._show_stranger(mention), opens=False)

    async def _show_stranger(self, mention: FoundMention) -> None:
        people = self._host.library.found_people
        person = await to_thread(people.named, mention.edition, mention.name)
        if person is None:
            return
        told = await to_thread(people.told, person)
        if mention.edition == self._text.edition:
            upto = self._text.reading_line() if self._host.fates_hidden else None
            self.annotation = None
            stretch = Stretch(mention.passage, mention.start, mention.passage, mention.end)
            self._open(stretch, stranger_content(told, upto))

    def _open(self, stretch: Stretch, content: Content) -> None:
        self._at = stretch
        self._text.show_lit(stretch)
        self._box.show_text(content)
        self._box.add_class("-shown")
        self._frame.place_over(self._box, stretch.begin)
        self._box.focus(scroll_visible=False)
        self._frame.show_commands()

    def close(self) -> None:
        """Close the box; the page has not moved."""
        if self._at is not None:
            self._at = self.annotation = None
            self._box.remove_class("-shown")
            self._frame.focus_page()
            self._frame.show_commands()

    # --- changing the note -------------------------------------------------------------------------------------------

    async def change_colour(self, colour: str) -> None:
        """Change the colour of the annotation shown."""
        before = self.annotation
        if before is not None:
            changed = replace(before, colour=colour)
            await self._annotations.save(changed, before, "the colour")
            self.show_annotation(changed)

    def edit(self) -> None:
        """Edit the note shown, or write on the highlight."""
        if self.annotation is not None:
            self._host.start(self._edit(self.annotation))

    async def _edit(self, before: Annotation) -> None:
        draft = await self._annotations.ask_note(self._words_of(before), before)
        if draft is not None:
            changed = replace(before, body=draft.body, tags=draft.tags)
            await self._annotations.save(changed, before, "the change")
            self.show_annotation(changed)

    def open_in_notes(self) -> None:
        """Show the annotation in Notes."""
        if self.annotation is not None:
            self._host.go_to(ShowNote(self.annotation.key))

    async def delete(self) -> None:
        """Put the annotation into the bin."""
        mark = self.annotation
        if mark is not None:
            self.close()
            await self._annotations.save(replace(mark, deleted_at=utc_now()), mark, f"the deletion of the {mark.kind}")
            self._host.inform("Deleted; u brings it back.")
