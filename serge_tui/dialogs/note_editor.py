"""The editor of a note: the passage it is about, its text, its tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import SuspendNotSupported
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from db.errors import SergeError
from db.text import sanitise, sanitise_line
from serge_tui.commands.dialogs import NOTE_EDITOR
from serge_tui.dialogs.dialog import Dialog
from serge_tui.handlers import on
from serge_tui.services.draft_journal import INTERVAL, OpenDraft, note_fields
from serge_tui.services.note_links import LinkChoice
from serge_tui.services.note_tags import tags_after_edit, tags_of
from serge_tui.widgets.key_hints import KeyHints
from serge_tui.widgets.link_area import LinkArea, LinkOffer, TagSuggester

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from db.models import Annotation
    from db.models.draft import Draft, DraftKind
    from serge_tui.commands import Command


LONGEST_TITLE: Final = 50
"""Characters of a passage that name a draft."""


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note as written: Markdown, and tags without `#`."""

    body: str
    tags: tuple[str, ...]


class NoteEditor(Dialog[NoteDraft | None]):
    """Ctrl+S saves the note; Esc cancels, and asks first if text would be lost."""

    DEFAULT_CSS = """
    NoteEditor { align: center middle; }
    NoteEditor > Vertical {
        width: 76; max-width: 96%; height: auto; max-height: 90%; background: $panel; padding: 1 2;
    }
    NoteEditor #note-about { color: $muted; height: auto; max-height: 5; margin-bottom: 1; }
    NoteEditor TextArea { height: 10; border: none; background: $surface; padding: 0 1; }
    NoteEditor LinkOffer { display: none; height: auto; max-height: 8; background: $boost; }
    NoteEditor TextArea:focus { border: none; }
    NoteEditor Input { margin-top: 1; background: $surface; }
    NoteEditor #note-hint { margin-top: 1; }
    """
    COMMAND_SET: ClassVar[tuple[Command, ...]] = NOTE_EDITOR
    HINT = "Ctrl+S save · Esc cancel · Tab tags · [[ link · Ctrl+O $EDITOR · F1 keys"

    def __init__(self, about: str, note: Annotation, resumed: Draft | None = None) -> None:
        """Edit a note; `about` is the passage or person. What is typed is kept as a draft until the note is stored.

        `resumed` is the draft that a crash left behind: `note` then has the text written so far.
        """
        super().__init__()
        self._about = about
        self._note = note
        self._resumed = resumed
        self._journal: OpenDraft | None = None
        body = sanitise(note.body).strip()
        self._draft = NoteDraft(body, tags_after_edit(tags_of(" ".join(note.tags)), body, body))
        self._asked = False
        self._linkable: list[LinkChoice] = []

    def compose(self) -> ComposeResult:
        """The passage, the text, the tags, the keys."""
        library = self.host.library
        with Vertical():
            yield Static(Content(sanitise(self._about)), id="note-about")
            yield LinkArea(self._draft.body, self._choices, id="note-body")
            yield LinkOffer("", id="note-offer")
            tags = [tag for tag, _ in library.annotations.tags()]
            yield Input(
                " ".join(self._draft.tags), placeholder="tags, with spaces between", id="note-tags",
                suggester=TagSuggester(tags),
            )  # fmt: skip
            yield KeyHints(self.HINT, id="note-hint")

    def on_mount(self) -> None:
        """Put the cursor at the end of the text, and keep what is written from now on."""
        title = sanitise_line(self._about)
        title = f"“{title[:LONGEST_TITLE].rstrip()}…”" if len(title) > LONGEST_TITLE else title
        kind: DraftKind = "note" if self._note.anchor or self._note.target else "journal"
        self._journal = OpenDraft(
            self.host.library, kind, title if kind == "note" else "", self._fields(), self._resumed, self._note.key
        )
        self.set_interval(INTERVAL, self.keep_draft)
        body = self.query_one(TextArea)
        body.focus()
        body.move_cursor(body.document.end)

    @property
    def draft(self) -> NoteDraft:
        """The note as it is in the editor now; `#tags` in its text are among its tags."""
        body = sanitise(self.query_one(TextArea).text).strip()
        tags = tags_of(self.query_one("#note-tags", Input).value)
        return NoteDraft(body, tags_after_edit(tags, self._draft.body, body))

    def _fields(self) -> dict[str, str]:
        draft = self.draft
        return note_fields(self._note, draft.body, draft.tags)

    def keep_draft(self, file: str = "") -> None:
        """Store what is written now as a draft; `file` is the name of an external editor's file."""
        if self._journal is not None and (write := self._journal.update(self._fields(), file)) is not None:
            self.host.watch_write(write)

    def _end_draft(self) -> None:
        if self._journal is not None and (write := self._journal.close()) is not None:
            self.host.watch_write(write)

    def _choices(self) -> list[LinkChoice]:
        """Return everything that can be linked to; read when the first link is begun."""
        if not self._linkable:
            library = self.host.library
            self._linkable = [LinkChoice(known.key, known.name) for known in library.figures.names()]
            self._linkable += [LinkChoice(f"ch{one.number}", one.title) for one in library.chronicle.chapters()]
            self._linkable += [LinkChoice(f"quote:{one.key}", one.text) for one in library.quotations.all()]
            self._linkable += [LinkChoice(f"event:{one.key}", one.text) for one in library.chronicle.events()]
        return self._linkable

    @on(LinkArea.Offered)
    def _offered(self, message: LinkArea.Offered) -> None:
        self.query_one(LinkOffer).show(message.choices, message.chosen)

    def action_external(self) -> None:
        """Write in the reader's own editor; its text replaces the note's."""
        from serge_tui.services.external_editor import edit_outside

        area = self.query_one(LinkArea)
        try:
            folder = self.host.library.path.parent
            with self.app.suspend():
                text = edit_outside(area.text, folder, lambda path: self.keep_draft(path.name))
        except SuspendNotSupported:
            self.host.report_error("This terminal cannot run another program over Serge.")
        except SergeError as error:
            self.host.report_error(str(error))
        else:
            area.text = sanitise(text).rstrip()
            area.move_cursor(area.document.end)

    def on_input_submitted(self) -> None:
        """Save: Enter was pressed in the tags."""
        self.action_save()

    def action_save(self) -> None:
        """Answer with the note. Storing it ends the draft; a note without words is not stored."""
        if not self.draft.body:
            self._end_draft()
        self.dismiss(self.draft)

    def action_cancel(self) -> None:
        """Close without saving; if the text was changed, Esc must be pressed twice."""
        if self.draft == self._draft or self._asked:
            self._end_draft()
            self.dismiss(None)
            return
        self._asked = True
        self.query_one("#note-hint", KeyHints).update("Esc again discards your changes · Ctrl+S save")

    def on_text_area_changed(self) -> None:
        """Withdraw the question when writing goes on."""
        if self._asked:
            self._asked = False
            self.query_one("#note-hint", KeyHints).update(self.HINT)
