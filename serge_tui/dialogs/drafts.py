"""Offer the notes that a crash or a closed window interrupted."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from db.text import sanitise_line
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.note_editor import NoteEditor
from serge_tui.services.draft_journal import discard, note_of, sentence_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.models.draft import Draft
    from serge_tui.host import Host

MOST: Final = 5
"""Drafts offered at one start; the others are offered at the next."""
LONGEST: Final = 60


async def offer_drafts(host: Host, drafts: Sequence[Draft]) -> None:
    """Offer abandoned drafts, newest first: continue writing, save as it is, discard, or decide later (Esc)."""
    for draft in [one for one in drafts if one.kind in ("note", "journal")][:MOST]:
        await _offer(host, draft)


async def _offer(host: Host, draft: Draft) -> None:
    words = sanitise_line(draft.fields.get("body", "")).strip()
    shown = f"{words[:LONGEST].rstrip()}…" if len(words) > LONGEST else words
    rows = [("Continue writing", shown), ("Save it as it is", ""), ("Discard it", "")]
    chosen = await host.ask(Choice(sentence_of(draft), rows))
    if chosen is None or not await host.write_succeeded(claimed := host.library.drafts.claim(draft.key)):
        return
    if not claimed.result():  # done: write_succeeded has waited for it
        host.inform("Another window has opened that draft.")
        return
    note = note_of(draft)
    if chosen == 2:
        await host.write_succeeded(discard(host.library, draft))
        return
    if chosen == 0:
        about = note.anchor.exact if note.anchor else draft.title
        written = await host.ask(NoteEditor(about, note, draft))
        if written is None or not written.body:
            return
        note = replace(note, body=written.body, tags=written.tags)
    if await host.write_succeeded(host.library.annotations.save(note)):
        if (path := host.library.drafts.file_of(draft)) is not None:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        host.inform("The note is saved.")
        host.data_changed()
