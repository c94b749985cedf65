"""What the reader marks and writes: highlights and notes; and taking it back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from textual import on

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.clock import utc_now
from db.models.annotation import HIGHLIGHT_COLOURS
from serge_tui.commands.reader import COLOURS, HIGHLIGHT_ID, WHILE_SELECTING
from serge_tui.modes.reader.link_correction import notes_linking
from serge_tui.modes.reader.people import People
from serge_tui.modes.reader.selection import Selection
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.figure_card import FigureCard
from serge_tui.modes.reader.widgets.page_styling import Layer, Sign, layer_of
from serge_tui.services.note_filters import colours_by_name
from serge_tui.widgets.note_list import SIGNS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Future

    from db.models import Annotation, AnnotationKind
    from serge_tui.commands import Command
    from serge_tui.dialogs.note_editor import NoteDraft
    from serge_tui.modes.reader.chapter import OpenChapter
    from serge_tui.modes.reader.motions import Unit

    Written = Callable[[NoteDraft | None], Awaitable[None]]

MARK_TARGET: Final = "mark:"
LINKED_SIGN: Final = "←"
_WEIGHTS: Final = {"highlight": 0, "bookmark": 1, "note": 2}


class Annotating(People, Selection):
    """Highlights and notes."""

    def __init__(self) -> None:
        super().__init__()
        self.marked: list[tuple[Stretch, Annotation]] = []
        self.linked: list[tuple[Stretch, Annotation]] = []
        self.peeked: Annotation | None = None
        self._undone: list[tuple[str, Callable[[], Future[Any]]]] = []

    def while_selecting(self) -> tuple[Command, ...]:
        """Colours too."""
        return (*WHILE_SELECTING, *COLOURS)

    @property
    def colour_names(self) -> dict[str, str]:
        """The reader's own names of the colours."""
        return colours_by_name(self.host.library.settings.get("colour_names", []), HIGHLIGHT_COLOURS)

    def word_of(self, command: Command) -> str:
        """A colour by the reader's name for it."""
        if command.id.startswith(HIGHLIGHT_ID):
            colour = command.id.removeprefix(HIGHLIGHT_ID)
            return self.colour_names.get(colour, colour)
        return super().word_of(command)

    # --- on the page -------------------------------------------------------------------------------------------------

    def chapter_opened(self, opened: OpenChapter) -> None:
        """Read what is marked in a new chapter."""
        self._read_marks(opened)
        super().chapter_opened(opened)
        self._draw_signs()

    def on_screen_resume(self) -> None:
        """Something may have been written or deleted elsewhere."""
        super().on_screen_resume()
        if self.opened is not None:
            self.marks_changed()

    def _read_marks(self, opened: OpenChapter) -> None:
        found = self.host.library.annotations.in_passages(opened.edition.key, opened.first, opened.last)
        self.marked = [(Stretch.of_anchor(mark.anchor), mark) for mark in found if mark.anchor is not None]
        self.marked.sort(key=lambda entry: entry[0])
        self.linked = [
            (stretch, note)
            for stretch, note in notes_linking(self.host.library, opened)
            if not any(mark.key == note.key and at.overlaps(stretch) for at, mark in self.marked)
        ]

    def marks_changed(self) -> None:
        """Read and draw again what is marked."""
        assert self.opened is not None
        self._read_marks(self.opened)
        self.draw_layers()
        self._draw_signs()

    @property
    def noted(self) -> list[tuple[Stretch, Annotation]]:
        """What is marked here, and notes from elsewhere that link to what stands here, in order of the text."""
        return sorted([*self.marked, *self.linked], key=lambda entry: entry[0])

    def links_here(self, mark: Annotation) -> bool:
        """Whether a note only links to what stands in this chapter."""
        return any(note.key == mark.key for _, note in self.linked)

    def mark_layers(self, opened: OpenChapter) -> list[Layer]:
        """Highlights in their colours, words with a note."""
        by_style: defaultdict[str, list[Stretch]] = defaultdict(list)
        for stretch, mark in self.marked:
            if mark.kind != "bookmark":
                by_style[f"page--{mark.colour}" if mark.colour in HIGHLIGHT_COLOURS else "page--noted"].append(stretch)
        layers = [layer_of(style, stretches) for style, stretches in by_style.items()]
        return [*layers, *super().mark_layers(opened)]

    def _draw_signs(self) -> None:
        signs: defaultdict[int, list[Sign]] = defaultdict(list)
        for stretch, mark in self.marked:
            letter = mark.target.removeprefix(MARK_TARGET) if mark.target.startswith(MARK_TARGET) else ""
            style = f"page--sign-{mark.colour}" if mark.colour in HIGHLIGHT_COLOURS else "page--sign"
            sign = letter[:1] or SIGNS["note" if mark.body else mark.kind]
            weight = _WEIGHTS["note" if mark.body else mark.kind]
            signs[stretch.passage].append(Sign(weight, stretch.start, sign, style))
        for stretch, _ in self.linked:
            signs[stretch.passage].append(Sign(_WEIGHTS["bookmark"], stretch.start, LINKED_SIGN, "page--sign"))
        self.page.put_signs(signs)

    # --- writing -----------------------------------------------------------------------------------------------------

    async def save(self, annotation: Annotation, before: Annotation | None, what: str) -> None:
        """Store an annotation; `before` is what an undo brings back, None when it is new."""
        if await self.host.write_succeeded(self.host.library.annotations.save(annotation)):
            again = before or replace(annotation, deleted_at=utc_now())
            self.can_undo(what, lambda: self.host.library.annotations.save(again))
            if self.opened is not None:
                self.marks_changed()

    def new_mark(
        self, kind: AnnotationKind, stretch: Stretch, colour: str = "", draft: NoteDraft | None = None
    ) -> Annotation:
        """Make an annotation that hangs on a stretch; nothing is stored yet."""
        assert self.opened is not None
        texts = [passage.text for passage in self.opened.passages]
        anchor = make_anchor(self.edition, texts, self.opened.first, *stretch)
        body, tags = (draft.body, draft.tags) if draft else ("", ())
        return new_annotation(kind, anchor=anchor, colour=colour, body=body, tags=tags)

    async def action_highlight(self, colour: str) -> None:
        """Highlight what is selected, or change the colour of the note looked at."""
        if self.peeked is not None and self.selecting is None:
            before, self.peeked = self.peeked, replace(self.peeked, colour=colour)
            await self.save(self.peeked, before, "the colour")
            self.show_annotation(self.peeked)
            return
        stretch = self.chosen("word")
        if stretch is not None:
            self.action_stop_selecting()
            await self.save(self.new_mark("highlight", stretch, colour), None, "the highlight")

    def show_annotation(self, mark: Annotation) -> None:
        """Show what is looked at as it is now."""

    def action_note(self) -> None:
        """Write a note on what is selected or lit."""
        stretch = self.chosen("sentence")
        if stretch is None:
            return

        async def written(draft: NoteDraft | None) -> None:
            if draft is not None and draft.body:
                self.action_stop_selecting()
                await self.save(self.new_mark("note", stretch, draft=draft), None, "the note")

        self.write_note(self.page.words_of(stretch), written)

    def write_note(self, about: str, written: Written, before: Annotation | None = None) -> None:
        """Open the editor; what was written goes to `written`."""
        from serge_tui.dialogs.note_editor import NoteEditor

        editor = NoteEditor(about, before.body, before.tags) if before else NoteEditor(about)
        self.app.push_screen(editor, written)

    def action_menu(self) -> None:
        """Choose what to do with the selected words."""
        from serge_tui.dialogs.choice import Choice

        names = self.colour_names
        commands = [c for c in self.while_selecting() if c.id.startswith(HIGHLIGHT_ID)]
        titles = [f"{c.title} · {names[colour]}" if (colour := c.id.removeprefix(HIGHLIGHT_ID)) in names else c.title
                  for c in commands]  # fmt: skip
        others = [c for c in self.while_selecting() if c.id in {"select.note", "select.copy"}]
        commands += others
        titles += [command.title for command in others]

        async def chosen(index: int | None) -> None:
            if index is not None:
                await self.run_action(commands[index].action)

        rows = [(title, command.label(self.keymap)) for title, command in zip(titles, commands, strict=True)]
        self.app.push_screen(Choice("These words", rows), chosen)

    def chosen(self, unit: Unit) -> Stretch | None:
        """What is selected, else what is lit; when neither is, selecting begins."""
        stretch = self.selected() or self.lit
        if stretch is None:
            self.action_select(unit)
            self.host.inform("Choose the words, then press that again: w b ( ) j k move, v takes more.")
        return stretch

    def can_undo(self, what: str, take_back: Callable[[], Future[Any]]) -> None:
        """Remember how to take something back."""
        self._undone.append((what, take_back))

    async def action_undo(self) -> None:
        """Take back the last highlight, note, bookmark, deletion or link."""
        if not self._undone:
            self.host.inform("There is nothing to take back.")
            return
        what, take_back = self._undone.pop()
        if await self.host.write_succeeded(take_back()):
            self.read_again()
            self.host.inform(f"Taken back: {what}.")

    @on(FigureCard.NoteWanted)
    def _note_on_person(self) -> None:
        """Write a note on the person of the card."""
        facts = self.card.facts
        if facts is None:
            return
        target = f"figure:{facts.key}"

        async def written(draft: NoteDraft | None) -> None:
            if draft is not None and draft.body:
                note = new_annotation("note", target=target, body=draft.body, tags=draft.tags)
                await self.save(note, None, "the note")
                self.host.inform(f"Noted on {facts.name}.")

        self.write_note(facts.name, written)
