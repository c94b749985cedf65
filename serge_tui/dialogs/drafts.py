"""Offer the notes, cards and corrections that a crash or a closed window interrupted."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from db.text import sanitise_line
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.kept_draft import KeptDraft
from serge_tui.dialogs.note_editor import NoteEditor
from serge_tui.services.draft_journal import discard, note_of, sentence_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future
    from typing import Any

    from db.models.draft import Draft
    from serge_tui.host import Host

MOST: Final = 5
"""Drafts offered at one start; the others are offered at the next."""
LONGEST: Final = 60


async def offer_drafts(host: Host, drafts: Sequence[Draft]) -> None:
    """Offer abandoned drafts, newest first: continue writing, save as it is, discard, or decide later (Esc)."""
    for draft in drafts[:MOST]:
        if draft.kind in ("note", "journal"):
            await _offer(host, draft)
        else:
            await _offer_form(host, draft)


async def _offer_form(host: Host, draft: Draft) -> None:
    """Offer a card or a correction: it opens in its form again, since half of one cannot be stored."""
    shown = _beginning(" · ".join(filter(None, (draft.fields.get(name, "") for name in ("question", "answer")))))
    chosen = await host.ask(Choice(sentence_of(draft), [("Continue writing", shown), ("Discard it", "")]))
    if chosen is None or not await host.write_succeeded(claimed := host.library.drafts.claim(draft.key)):
        return
    if not claimed.result():  # done: write_succeeded has waited for it
        host.inform("Another window has opened that draft.")
    elif chosen == 1:
        await host.write_succeeded(discard(host.library, draft))
    elif draft.kind == "card":
        await _continue_card(host, draft)
    else:
        await _continue_correction(host, draft)


async def _continue_card(host: Host, draft: Draft) -> None:
    """Open the editor of cards with a draft, and store what comes of it."""
    from serge_tui.dialogs.card_editor import CardEditor
    from serge_tui.services.annotation_cards import make_card

    card, note = draft.fields.get("card", ""), draft.fields.get("note", "")
    kept = KeptDraft(host, "card", draft.title, {"card": card, "note": note}, draft)
    title = "Reword this card" if card else "A card of your own"
    sides = await host.ask(CardEditor(title, "", "", kept=kept, gaps=not card))
    if sides is None:
        return
    annotation = host.library.annotations.by_key(note) if note else None
    write: Future[Any] | None
    if card:
        write = host.library.study.reword(card, sides.question, sides.answer)
    else:
        change = make_card(host.library, annotation, sides.question, sides.answer)
        write = change.redo() if change is not None else None
    if write is None:
        host.report_error("This makes no card: it needs a question and an answer, or a {{gap}}.")
        return
    kept.stored(write)
    if await host.write_succeeded(write):
        host.inform("The card is saved.")
        host.data_changed()


async def _continue_correction(host: Host, draft: Draft) -> None:
    """Open the form of a figure with a draft, and store what comes of it."""
    from serge_tui.dialogs.figure_form.drafts import resume

    form, figure, kept = await resume(host, draft)
    answer = await host.ask(form)
    if answer is None:
        return
    if not (answer.stored or answer.back):
        kept.discard()
        return
    if figure is None:
        _, write = host.library.corrections.add_figure(answer.stored)
    else:
        write = host.library.corrections.correct(f"figure:{figure.key}", answer.stored, answer.back)
    kept.stored(write)
    if await host.write_succeeded(write):
        host.inform("Saved as your correction.")
        host.data_changed()


def _beginning(text: str) -> str:
    words = sanitise_line(text).strip()
    return f"{words[:LONGEST].rstrip()}…" if len(words) > LONGEST else words


async def _offer(host: Host, draft: Draft) -> None:
    rows = [
        ("Continue writing", _beginning(draft.fields.get("body", ""))),
        ("Save it as it is", ""),
        ("Discard it", ""),
    ]
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
        about = host.library.passages.words_of(note.anchor) if note.anchor else draft.title
        written = await host.ask(NoteEditor(about, note, draft))
        if written is None or not written.body:
            return
        note = replace(note, body=written.body, tags=written.tags)
    if await host.write_succeeded(host.library.annotations.save(note)):
        if (path := host.library.drafts.file_of(draft)) is not None:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        host.inform("The note is saved.")
        host.data_changed()
