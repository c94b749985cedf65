"""Changing notes: written, edited, retagged, recoloured, deleted, one or many; and taking it back in one step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.annotations import new_annotation
from db.clock import utc_now
from db.models.annotation import HIGHLIGHT_COLOURS
from db.note_links import target_of
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.note_editor import NoteDraft, NoteEditor, tags_of
from serge_tui.dialogs.prompt import Prompt
from serge_tui.modes.notes.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.models import Annotation


def retagged(tags: Sequence[str], typed: str) -> tuple[str, ...]:
    """Tags after `doubt -later`: the first added, the second taken away."""
    away = {tag for word in typed.split() if word.startswith("-") for tag in tags_of(word.lstrip("-"))}
    more = tags_of(" ".join(word for word in typed.split() if not word.startswith("-")))
    return tuple(dict.fromkeys(tag for tag in (*tags, *more) if tag not in away))


class Changing(Listing):
    """Every change is one step: `u` takes it back as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self._undo: list[list[Annotation]] = []

    async def change(self, after: Sequence[Annotation], before: Sequence[Annotation]) -> bool:
        """Store what changed, in one transaction; `before` is what an undo brings back."""
        if not after or not await self.host.write_succeeded(self.host.library.annotations.change_all(after)):
            return False
        self._undo.append(list(before))
        self.wanted = self.wanted or after[0].key
        self.read()
        return True

    async def action_undo(self) -> None:
        """Take the last change back."""
        if not self._undo:
            self.host.inform("Nothing to undo.")
            return
        before = self._undo[-1]
        if await self.host.write_succeeded(self.host.library.annotations.change_all(before)):
            self._undo.pop()
            self.wanted = before[0].key
            self.read()

    def forget(self, keys: set[str]) -> None:
        """Take no change back of what is gone for good."""
        kept = ([one for one in step if one.key not in keys] for step in self._undo)
        self._undo = [step for step in kept if step]

    # --- writing -----------------------------------------------------------------------------------------------------

    def action_write(self) -> None:
        """Write a note on nothing in particular."""
        self._write("A note on nothing in particular", "")

    def action_write_about(self) -> None:
        """Write a note about a person, a chapter, a quotation, an event or a card."""

        def named(typed: str | None) -> None:
            if not typed or not typed.strip():
                return
            target = target_of(typed)
            if not target.startswith("card:") and self.destination_of(target) is None:
                found = self.host.finder.find(typed)
                if not found:
                    self.host.report_error(f"Nobody and nothing here is called “{typed.strip()}”.")
                    return
                target = f"figure:{found[0].figure}"
            from serge_tui.services.note_records import target_name

            self._write(target_name(self.host.library, target), target)

        self.app.push_screen(Prompt("About", "a name, ch4, quote:…, event:…, card:…"), named)

    def _write(self, about: str, target: str) -> None:
        async def written(draft: NoteDraft | None) -> None:
            if draft is not None and draft.body:
                note = new_annotation("note", target=target, body=draft.body, tags=draft.tags)
                await self.change([note], [replace(note, deleted_at=note.created_at)])

        self.app.push_screen(NoteEditor(about), written)

    def action_edit(self) -> None:
        """Change the note and its tags."""
        item = self.current()
        if item is None or self.in_bin:
            return
        annotation = item.annotation

        async def written(draft: NoteDraft | None) -> None:
            if draft is not None:
                kind = "note" if draft.body and annotation.kind == "bookmark" else annotation.kind
                after = replace(annotation, kind=kind, body=draft.body, tags=draft.tags)
                await self.change([after], [annotation])

        about = annotation.anchor.exact if annotation.anchor else item.target_name or "A note"
        self.app.push_screen(NoteEditor(about, annotation.body, annotation.tags), written)

    # --- one or many -------------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark what is under the cursor, or take its mark away."""
        self.rows.toggle()
        self.tell_status()

    def action_mark_all(self) -> None:
        """Mark everything listed; if it is marked already, nothing."""
        self.rows.toggle_all()
        self.tell_status()

    async def change_chosen(self, changed: Callable[[Annotation], Annotation], said: str) -> None:
        """Change what is marked, else what is under the cursor."""
        before = self.chosen()
        after = [changed(one) for one in before]
        number = len(before)
        if await self.change(after, before) and (number > 1 or said.startswith("In")):
            self.host.inform(f"{said}{f' ({number})' if number > 1 else ''}; u takes it back.")

    async def action_delete(self) -> None:
        """Put into the bin."""
        now = utc_now()
        gone = {one.key for one in self.chosen()}
        await self.change_chosen(lambda one: replace(one, deleted_at=now), "In the bin")
        self.rows.marked -= gone
        self.tell_status()

    def action_retag(self) -> None:
        """Add tags, take tags away."""
        if not self.chosen() or self.in_bin:
            return

        async def typed(words: str | None) -> None:
            if words and words.strip():
                await self.change_chosen(lambda one: replace(one, tags=retagged(one.tags, words)), "Retagged")

        known = " ".join(tag for tag, _ in self.host.library.annotations.tags()[:6])
        self.app.push_screen(Prompt("Tags", f"doubt -later   ({known})" if known else "doubt -later"), typed)

    def action_recolour(self) -> None:
        """Give another colour."""
        if not self.chosen() or self.in_bin:
            return
        colours = (*HIGHLIGHT_COLOURS, "")
        names = self.colour_names

        async def chosen(index: int | None) -> None:
            if index is not None:
                await self.change_chosen(lambda one: replace(one, colour=colours[index]), "Recoloured")

        rows = [(names.get(colour, colour), colour if colour in names else "") for colour in HIGHLIGHT_COLOURS]
        self.app.push_screen(Choice("Colour", [*rows, ("none", "")]), chosen)

    def action_name_colours(self) -> None:
        """Give the colours names of the reader's own."""
        names = self.colour_names

        async def typed(words: str | None) -> None:
            if words is None:
                return
            entries = [word for word in words.split() if word.partition("=")[0] in HIGHLIGHT_COLOURS]
            if await self.host.write_succeeded(self.host.library.settings.set("colour_names", entries)):
                self.read()

        begun = " ".join(f"{colour}={names.get(colour, '')}" for colour in HIGHLIGHT_COLOURS)
        self.app.push_screen(Prompt("Colours", "amber=doubt red=quote", begun), typed)

    def action_export(self) -> None:
        """Write what is marked, else everything listed, to a file."""
        from serge_tui.modes.notes.export import FORMS, save_export

        marked = self.rows.marked
        chosen = [item for item in self.rows.items if not marked or item.annotation.key in marked]
        if not chosen:
            return

        def formed(index: int | None) -> None:
            if index is None:
                return
            ending, _, _ = FORMS[index]

            def named(typed: str | None) -> None:
                if typed and typed.strip():
                    save_export(self.host, chosen, index, typed.strip())

            self.app.push_screen(Prompt("File", f"~/notes.{ending}", f"~/serge-notes.{ending}"), named)

        rows = [(name, detail) for _, name, detail in FORMS]
        self.app.push_screen(Choice(f"Export {len(chosen)}", rows), formed)
