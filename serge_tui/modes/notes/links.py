"""Going from a note to its passage, to what it is about, and along its links."""

from __future__ import annotations

from asyncio import to_thread
from typing import TYPE_CHECKING

from db.models import Place
from db.note_links import links_in
from serge_tui.core.wording import TEXT_GONE
from serge_tui.dialogs.choice import Choice
from serge_tui.navigation import ReadAt
from serge_tui.services.note_links import destination_of
from serge_tui.services.note_records import target_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.models import Annotation
    from db.note_links import NoteLink
    from serge_tui.core.export.note_record import NoteRecord
    from serge_tui.host import Host
    from serge_tui.modes.notes.listing import NoteListing


class NoteLinks:
    """Controller: opens what the current note is about. `edit` opens the editor, for a note that leads nowhere."""

    def __init__(self, host: Host, listing: NoteListing, edit: Callable[[], None]) -> None:
        self._host = host
        self._listing = listing
        self._edit = edit

    def action_open(self) -> None:
        """Go to the note's passage, else to what it is about, else along its link, else edit it."""
        item = self._listing.current()
        if item is None:
            return
        note, anchor = item.annotation, item.annotation.anchor
        if item.is_text_gone:
            self._host.inform(f"{TEXT_GONE} The note keeps its words.")
        elif anchor is not None and note.state != "orphan":
            lit = (anchor.passage, anchor.start, anchor.end_passage, anchor.end)
            self._host.go_to(ReadAt(Place(anchor.edition, anchor.passage, anchor.start), lit=lit))
        elif anchor is not None:
            self._host.inform("Its words are not in the text any more. The note keeps them.")
        elif note.target:
            self._host.start(self._open_target(item))
        else:
            self._open_body(note)

    async def _open_target(self, item: NoteRecord) -> None:
        there = await to_thread(destination_of, self._host.library, item.annotation.target)
        if item is not self._listing.current():  # another was chosen meanwhile
            return
        if there is not None:
            self._host.go_to(there)
        else:
            self._open_body(item.annotation)

    def _open_body(self, note: Annotation) -> None:
        if links_in(note.body):
            self.action_follow()
        else:
            self._edit()

    def action_follow(self) -> None:
        """Go where a link of the note leads; of several, one is chosen."""
        item = self._listing.current()
        links = links_in(item.annotation.body) if item else []
        if len(links) == 1:
            self.go_to(links[0].target)
        elif links:
            self._host.start(self._choose(links))
        else:
            self._host.inform("This note has no link. Write one as [[trotsky]].")

    async def _choose(self, links: Sequence[NoteLink]) -> None:
        rows = [(link.words, target_name(self._host.library, link.target)[:60]) for link in links]
        chosen = await self._host.ask(Choice("Go to", rows))
        if chosen is not None:
            self.go_to(links[chosen].target)

    def go_to(self, target: str) -> None:
        """Go where a link leads; `target` is a stable key such as `figure:trotsky`."""
        self._host.start(self._go_to(target))

    async def _go_to(self, target: str) -> None:
        destination = await to_thread(destination_of, self._host.library, target)
        if destination is None:
            self._host.inform(f"Nothing is called “{target.partition(':')[2]}”.")
        else:
            self._host.go_to(destination)
