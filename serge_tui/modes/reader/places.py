"""Going somewhere in the text: contents, page, percentage; the notes of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from db.errors import SergeError
from db.models import Place
from serge_tui.commands.reader import CONTENTS_COMMANDS
from serge_tui.modes.reader.annotations import Annotating
from serge_tui.modes.reader.goto import GoTo, parse_goto
from serge_tui.modes.reader.links import Links
from serge_tui.modes.reader.widgets.contents import Contents, ContentsRow
from serge_tui.services.locators import find_chapter, find_page
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.models import Chapter
    from serge_tui.commands import Command


class Going(Annotating, Links):
    """Contents, go to, notes of the book."""

    def __init__(self) -> None:
        super().__init__()
        self._shares_held: Mapping[str, float] = {}
        self._contents_open = False

    def extra_commands(self) -> tuple[Command, ...]:
        """Those of the contents while they are open."""
        return (*super().extra_commands(), *(CONTENTS_COMMANDS if self._contents_open else ()))

    # --- contents ----------------------------------------------------------------------------------------------------

    @property
    def contents(self) -> Contents:
        """The contents beside the page."""
        return self.query_one(Contents)

    def action_contents(self) -> None:
        """Open the contents, or close them."""
        if self.contents.display:
            self.close_contents()
            return
        self.contents.display = self._contents_open = True
        self.keep_reading()
        self.contents.show(self._contents_rows({}))
        self.contents.focus()
        self.commands_changed()
        self._find_held()

    def close_contents(self) -> None:
        """Close the contents; the page stays where it is."""
        self.contents.display = self._contents_open = False
        self.set_focus(None)
        self.commands_changed()

    @work(thread=True, exclusive=True, group="contents")
    def _find_held(self) -> None:
        """How much of what was learnt of each chapter is still known, reckoned in a thread."""
        from serge_tui.core.study.retention import survey
        from serge_tui.services.card_collection import box_of, groups_of
        from serge_tui.services.study_settings import today

        library = self.host.library
        day = today(library)
        held = survey(groups_of(box_of(library)), library.study.memories(day.isoformat()), day)
        known = {entry.key: entry.share for entry in held.chapters if entry.seen}
        self.app.call_from_thread(self._held_found, known)

    def _held_found(self, held: Mapping[str, float]) -> None:
        self._shares_held = held
        if self.is_attached and self.contents.display:
            self.contents.show(self._contents_rows(held), keep=True)

    def _contents_rows(self, held: Mapping[str, float]) -> list[ContentsRow]:
        if self.opened is None:
            return []
        texts, here = self.host.library.texts, self.opened.chapter
        read = self.host.library.reading.chapters(self.edition)
        rows: list[ContentsRow] = []
        for chapter in texts.chapters(self.edition):
            place = Place(self.edition, chapter.first_passage, 0)
            is_here = chapter.ordinal == here.ordinal
            number = f"{chapter.canonical} · " if chapter.canonical is not None else ""
            rows.append(
                ContentsRow(
                    number + (chapter.title or "(no title)"),
                    max(0, chapter.level - 1),
                    place,
                    texts.page_at(place),
                    read[chapter.ordinal].share if chapter.ordinal in read else 0.0,
                    held.get(str(chapter.canonical)),
                    is_here,
                    chapter.ordinal,
                )
            )
            if is_here:
                rows += [
                    ContentsRow(p.text, chapter.level, Place(self.edition, p.ordinal, 0))
                    for p in self.opened.passages[1:]
                    if p.kind == "heading"
                ]
        return rows

    @on(Contents.Closed)
    def _contents_closed(self) -> None:
        self.close_contents()

    @on(RowList.Chosen)
    def _contents_chosen(self, message: RowList.Chosen) -> None:
        if message.rows is self.contents and 0 <= message.index < len(self.contents.rows):
            place = self.contents.rows[message.index].place
            self.close_contents()
            self.leave_here()
            self.open_place(place)

    @on(Contents.ReadToggled)
    async def _read_toggled(self, message: Contents.ReadToggled) -> None:
        """Count a chapter as read, or as not read if it was; or all chapters up to it as read."""
        library, edition = self.host.library, self.edition
        chapters = [message.chapter] if not message.all_before else range(message.chapter + 1)
        known = library.reading.chapters(edition)
        unread = not message.all_before and message.chapter in known and known[message.chapter].is_read
        before = [(chapter, library.reading.intervals(edition, chapter)) for chapter in chapters]
        write = library.reading.replace(edition, [(chapter, [] if unread else None) for chapter in chapters])
        if await self.host.write_succeeded(write):
            self.can_undo("what counts as read", lambda: library.reading.replace(edition, before))
            self.contents.show(self._contents_rows(self._shares_held), keep=True)

    # --- go to -------------------------------------------------------------------------------------------------------

    def action_goto(self) -> None:
        """Ask where to."""
        from serge_tui.dialogs.prompt import Prompt

        self.app.push_screen(Prompt("Go to", "218 · 38% · ch4"), self._goto)

    def _goto(self, typed: str | None) -> None:
        if not typed or not typed.strip():
            return
        wanted = parse_goto(typed)
        if wanted is None:
            self.host.inform("A page (218), a percentage (38%) or a chapter (ch4).")
            return
        try:
            place = self._place_of(wanted)
        except SergeError as error:
            self.host.inform(str(error).capitalize() if str(error)[:1].islower() else str(error))
            return
        self.leave_here()
        self.open_place(place)

    def _place_of(self, wanted: GoTo) -> Place:
        """Where that is; a bare number is a page where the edition has pages, else a chapter."""
        library = self.host.library
        match wanted.kind:
            case "percent":
                return self._at_share(min(1.0, float(wanted.value) / 100))
            case "chapter":
                return find_chapter(library, wanted.value, self.edition)
            case "page":
                return find_page(library, wanted.value, self.edition)
            case "number":
                try:
                    return find_page(library, wanted.value, self.edition)
                except SergeError:
                    return find_chapter(library, wanted.value, self.edition)

    def _at_share(self, share: float) -> Place:
        """The place before which a share of the whole text comes."""
        chapters = self.host.library.texts.chapters(self.edition)
        left = round(share * sum(chapter.characters for chapter in chapters))
        for chapter in chapters:
            if left < chapter.characters or chapter is chapters[-1]:
                return self.place_in(chapter, left)
            left -= chapter.characters
        return self.here()

    def place_in(self, chapter: Chapter, characters: int) -> Place:
        """The place of a chapter before which a number of its characters come."""
        for passage in self.host.library.passages.of_chapter(chapter.edition, chapter.ordinal):
            if characters <= len(passage.text):
                return Place(chapter.edition, passage.ordinal, characters)
            characters -= len(passage.text)
        return Place(chapter.edition, chapter.first_passage + max(0, chapter.passages - 1), 0)

    # --- notes of the book -------------------------------------------------------------------------------------------

    def action_footnotes(self) -> None:
        """List the book's notes of this chapter; choosing one goes to where it is called for."""
        from serge_tui.dialogs.choice import Choice

        if self.opened is None:
            return
        notes = self.host.library.texts.notes(self.edition)
        links = [link for link in self.opened.links if link.is_note and link.target in notes]
        if not links:
            self.host.inform("This chapter has no notes.")
            return

        def chosen(index: int | None) -> None:
            if index is not None:
                link = links[index]
                self.leave_here()
                self.open_place(Place(self.edition, *link.stretch.begin), lit=link.stretch)
                self.peek_note(link)

        rows = [(notes[link.target].label, notes[link.target].text[:200]) for link in links]
        self.app.push_screen(Choice("Notes of this chapter", rows), chosen)
