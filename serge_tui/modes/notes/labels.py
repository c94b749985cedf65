"""Tags and highlight colours of the chosen notes, and the reader's names for colours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.models.annotation import HIGHLIGHT_COLOURS
from serge_tui.core.wording import counted
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.prompt import Prompt
from serge_tui.services.note_tags import tags_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.models import Annotation
    from serge_tui.host import Host
    from serge_tui.modes.notes.changes import NoteChanges
    from serge_tui.modes.notes.listing import NoteListing


def retagged(tags: Sequence[str], typed: str) -> tuple[str, ...]:
    """Return tags after an entry such as `doubt -later`: *doubt* is added, *later* removed."""
    removed = {tag for word in typed.split() if word.startswith("-") for tag in tags_of(word.lstrip("-"))}
    added = tags_of(" ".join(word for word in typed.split() if not word.startswith("-")))
    return tuple(dict.fromkeys(tag for tag in (*tags, *added) if tag not in removed))


class NoteLabels:
    """Controller: changes tags and colours of the marked notes, or of the one under the cursor."""

    def __init__(self, host: Host, listing: NoteListing, changes: NoteChanges) -> None:
        self._host = host
        self._listing = listing
        self._changes = changes

    def action_retag(self) -> None:
        """Add and remove tags."""
        if self._listing.chosen() and not self._listing.in_bin:
            self._host.start(self._retag())

    async def _retag(self) -> None:
        known = " ".join(tag for tag, _ in self._host.library.annotations.tags()[:6])
        words = await self._host.ask(Prompt("Tags", f"doubt -later   ({known})" if known else "doubt -later"))
        if words and words.strip():
            await self._store(lambda note: replace(note, tags=retagged(note.tags, words)), "Tags changed")

    def action_recolour(self) -> None:
        """Choose another colour."""
        if self._listing.chosen() and not self._listing.in_bin:
            self._host.start(self._recolour())

    async def _recolour(self) -> None:
        names = self._listing.colour_names
        rows = [(names.get(colour, colour), colour if colour in names else "") for colour in HIGHLIGHT_COLOURS]
        chosen = await self._host.ask(Choice("Colour", [*rows, ("none", "")]))
        if chosen is not None:
            colour = (*HIGHLIGHT_COLOURS, "")[chosen]
            await self._store(lambda note: replace(note, colour=colour), "Colour changed")

    async def _store(self, changed: Callable[[Annotation], Annotation], said: str) -> None:
        number = len(self._listing.chosen())
        if await self._changes.store_chosen(changed, said) and number > 1:
            self._host.inform(f"{said}: {counted(number, 'note')}. u undoes it.")

    def action_name_colours(self) -> None:
        """Give colours names of the reader's own."""
        self._host.start(self._name_colours())

    async def _name_colours(self) -> None:
        names = self._listing.colour_names
        begun = " ".join(f"{colour}={names.get(colour, '')}" for colour in HIGHLIGHT_COLOURS)
        words = await self._host.ask(Prompt("Colours", "amber=doubt red=quote", begun))
        if words is None:
            return
        entries = [word for word in words.split() if word.partition("=")[0] in HIGHLIGHT_COLOURS]
        if await self._host.write_succeeded(self._host.library.settings.set("colour_names", entries)):
            await self._listing.read()
