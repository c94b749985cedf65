"""The contents beside the page: where to read, and what counts as read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from db.models import Place
from serge_tui.commands.reader import CONTENTS_COMMANDS
from serge_tui.host import tell_errors
from serge_tui.modes.reader.widgets.contents import Contents, ContentsRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.reading import Interval
    from serge_tui.commands import Command
    from serge_tui.host import Host
    from serge_tui.modes.reader.changes import Changes
    from serge_tui.modes.reader.frame import Frame
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.reading_position import ReadingPosition


class ContentsPanel:
    """Lists the chapters with what was read and is still known of each, goes to one, and counts it as read."""

    def __init__(
        self, text: OpenedText, rows: Contents, position: ReadingPosition, changes: Changes, frame: Frame, host: Host
    ) -> None:
        self._text, self._rows, self._position, self._changes = text, rows, position, changes
        self._frame, self._host = frame, host
        self._retention: Mapping[str, float] = {}
        self._open = False

    @property
    def is_open(self) -> bool:
        """Whether the contents are shown."""
        return self._open

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands of the contents while they are open."""
        return CONTENTS_COMMANDS if self._open else ()

    def action_toggle(self) -> None:
        """Open the contents, or close them."""
        if self._open:
            self.close()
            return
        self._rows.display = self._open = True
        self._position.save_read()
        self._rows.show(self._chapters({}))
        self._rows.focus()
        self._frame.show_commands()
        self._rows.run_worker(tell_errors(self._host, self._show_retention()), exclusive=True, group="contents")

    def close(self) -> None:
        """Close the contents; the page stays where it is."""
        self._rows.display = self._open = False
        self._frame.focus_page()
        self._frame.show_commands()

    def row_chosen(self, index: int) -> None:
        """Go to the chapter or heading of a row."""
        if 0 <= index < len(self._rows.rows):
            place = self._rows.rows[index].place
            self.close()
            self._text.go_to(place)

    async def _show_retention(self) -> None:
        self._retention = await asyncio.to_thread(self._retention_by_chapter)
        if self._open:
            self._rows.show(self._chapters(self._retention), keep=True)

    def _retention_by_chapter(self) -> dict[str, float]:
        """Return the share of each chapter's cards that is still known, 0 to 1; for a thread."""
        from serge_tui.core.study.retention import retention_by_group
        from serge_tui.services.card_collection import card_collection
        from serge_tui.services.card_counts import groups_in_play
        from serge_tui.services.study_settings import today

        library = self._host.library
        day = today(library)
        groups = groups_in_play(library, card_collection(library))
        known = retention_by_group(groups, library.study.memories(day.isoformat()), day)
        return {entry.key: entry.share for entry in known.chapters if entry.says_enough}

    def _chapters(self, retention: Mapping[str, float]) -> list[ContentsRow]:
        opened = self._text.opened
        if opened is None:
            return []
        texts, edition = self._host.library.texts, opened.edition.key
        read = self._host.library.reading.chapters(edition)
        rows: list[ContentsRow] = []
        for chapter in texts.chapters(edition):
            place = Place(edition, chapter.first_passage, 0)
            is_open = chapter.ordinal == opened.chapter.ordinal
            number = f"{chapter.canonical} · " if chapter.canonical is not None else ""
            rows.append(
                ContentsRow(
                    number + (chapter.title or "(no title)"),
                    max(0, chapter.level - 1),
                    place,
                    texts.page_at(place),
                    read[chapter.ordinal].share if chapter.ordinal in read else 0.0,
                    retention.get(str(chapter.canonical)),
                    is_open,
                    chapter.ordinal,
                )
            )
            if is_open:
                rows += [
                    ContentsRow(passage.text, chapter.level, Place(edition, passage.ordinal, 0))
                    for passage in opened.passages[1:]
                    if passage.kind == "heading"
                ]
        return rows

    async def toggle_read(self, chapter: int, *, all_before: bool) -> None:
        """Count a chapter (its ordinal) as read, or as unread if it was read; or all chapters up to it as read."""
        reading, edition = self._host.library.reading, self._text.edition
        ordinals = range(chapter + 1) if all_before else [chapter]
        known = reading.chapters(edition)
        unread = not all_before and chapter in known and known[chapter].is_read
        before = [(ordinal, reading.intervals(edition, ordinal)) for ordinal in ordinals]
        after: list[tuple[int, list[Interval] | None]] = [(ordinal, [] if unread else None) for ordinal in ordinals]
        if await self._host.write_succeeded(reading.replace(edition, after)):
            self._changes.stored(
                "what counts as read",
                lambda: reading.replace(edition, before),
                lambda: reading.replace(edition, after),
            )
            self._rows.show(self._chapters(self._retention), keep=True)
