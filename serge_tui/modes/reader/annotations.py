"""Notes written on the page, and how every annotation made there is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.clock import utc_now
from db.models.annotation import PHRASE_TARGET
from db.text import sanitise_line
from serge_tui.modes.reader.phrase_notes import LONGEST

if TYPE_CHECKING:
    from db.models import Annotation, AnnotationKind
    from serge_tui.dialogs.note_editor import NoteDraft
    from serge_tui.host import Host
    from serge_tui.modes.reader.card_content import CardFacts
    from serge_tui.modes.reader.changes import Changes
    from serge_tui.modes.reader.chapter_marks import ChapterMarks
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.selection import Selection
    from serge_tui.modes.reader.stretch import Stretch
    from serge_tui.modes.reader.widgets.page import PageView


class Annotations:
    """Makes annotations in the open chapter, has notes written, and stores each as one change to undo."""

    def __init__(
        self, page: PageView, text: OpenedText, selection: Selection, marks: ChapterMarks, changes: Changes, host: Host
    ) -> None:
        self._page, self._text, self._selection = page, text, selection
        self._marks, self._changes, self._host = marks, changes, host

    def new(self, kind: AnnotationKind, stretch: Stretch, colour: str = "") -> Annotation:
        """Make an annotation placed on a stretch of the open chapter; nothing is stored yet."""
        opened = self._text.opened
        assert opened is not None
        texts = [passage.text for passage in opened.passages]
        anchor = make_anchor(opened.edition.key, texts, opened.first, *stretch)
        return new_annotation(kind, anchor=anchor, colour=colour)

    async def save(self, annotation: Annotation, before: Annotation | None, what: str) -> None:
        """Store an annotation and show it.

        `before` is what undo brings back, None if the annotation is new; `what` names the change ("the highlight").
        """
        annotations = self._host.library.annotations
        if await self._host.write_succeeded(annotations.save(annotation)):
            earlier = before or replace(annotation, deleted_at=utc_now())
            self._changes.stored(what, lambda: annotations.save(earlier), lambda: annotations.save(annotation))
            self._marks.read_again()

    async def ask_note(self, about: str, note: Annotation) -> NoteDraft | None:
        """Open the note editor on a note and return what was written; None if it was left. Only inside a worker."""
        from serge_tui.dialogs.note_editor import NoteEditor

        return await self._host.ask(NoteEditor(about, note))

    def action_note(self) -> None:
        """Write a note on what is selected or lit."""
        stretch = self._selection.selected_or_lit("sentence")
        if stretch is not None:
            self._host.start(self._write_on(stretch))

    async def _write_on(self, stretch: Stretch) -> None:
        note = self.new("note", stretch)
        draft = await self.ask_note(self._page.words_of(stretch), note)
        if draft is not None and draft.body:
            self._selection.action_end()
            await self.save(replace(note, body=draft.body, tags=draft.tags), None, "the note")

    def action_note_everywhere(self) -> None:
        """Write a note on the words selected that is shown wherever they recur."""
        stretch = self._selection.selected_or_lit("word")
        if stretch is not None:
            self._host.start(self._write_everywhere(stretch))

    async def _write_everywhere(self, stretch: Stretch) -> None:
        words = sanitise_line(self._page.words_of(stretch)).strip(" .,;:!?()[]“”\"‘’'—–-")
        if stretch.passage != stretch.end_passage or not 1 < len(words) <= LONGEST:
            self._host.inform(f"Select a word or a few: at most {LONGEST} characters of one paragraph.")
            return
        note = replace(self.new("note", stretch), target=f"{PHRASE_TARGET}{words}")
        draft = await self.ask_note(f"{words}: shown wherever these words recur", note)
        if draft is not None and draft.body:
            self._selection.action_end()
            await self.save(replace(note, body=draft.body, tags=draft.tags), None, "the note")

    def note_on_person(self, facts: CardFacts | None) -> None:
        """Write a note on the person of a card."""
        if facts is not None:
            self._host.start(self._write_on_person(facts))

    async def _write_on_person(self, facts: CardFacts) -> None:
        note = new_annotation("note", target=f"figure:{facts.key}")
        draft = await self.ask_note(facts.name, note)
        if draft is not None and draft.body:
            await self.save(replace(note, body=draft.body, tags=draft.tags), None, "the note")
            self._host.inform(f"Noted on {facts.name}.")
