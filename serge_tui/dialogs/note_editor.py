"""The small editor in which a note is written: its words, its tags, and the passage it is about above them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from db.errors import SergeError
from db.text import sanitise, sanitise_line
from serge_tui.host import host_of
from serge_tui.services.note_links import LinkChoice
from serge_tui.widgets.link_area import LinkArea, LinkOffer, TagSuggester

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from db.library import Library


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """What was written: Markdown, and tags without their `#`."""

    body: str
    tags: tuple[str, ...]


def tags_of(text: str) -> tuple[str, ...]:
    """Tags out of what was typed: `#doubt, to check` gives *doubt*, *to*, *check*; each once, in order."""
    words = (word.strip("#,; ") for word in sanitise_line(text).replace(",", " ").split())
    return tuple(dict.fromkeys(word for word in words if word))


class NoteEditor(ModalScreen[NoteDraft | None]):
    """Ctrl+S keeps the note; Esc leaves, and asks first if something would be lost."""

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
    NoteEditor #note-hint { color: $muted; margin-top: 1; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", tooltip="Keep the note."),
        Binding("ctrl+o", "editor", "Your own editor", tooltip="Write in the editor that $EDITOR names."),
        Binding("escape", "leave", "Leave", tooltip="Leave; asks first if something would be lost."),
    ]
    HINT = "Ctrl+S keeps · Esc leaves · Tab to the tags · [[ links · Ctrl+O $EDITOR"

    def __init__(self, about: str, body: str = "", tags: Iterable[str] = ()) -> None:
        super().__init__()
        self._about = about
        self._draft = NoteDraft(sanitise(body).strip(), tags_of(" ".join(tags)))
        self._asked = False
        self._linkable: list[LinkChoice] = []

    def compose(self) -> ComposeResult:
        """The words it is about, the note, its tags, the keys."""
        with Vertical():
            yield Static(Content(sanitise(self._about)), id="note-about")
            yield LinkArea(self._draft.body, self._choices, id="note-body")
            yield LinkOffer("", id="note-offer")
            tags = [tag for tag, _ in self._library.annotations.tags()]
            yield Input(
                " ".join(self._draft.tags), placeholder="tags, with spaces between", id="note-tags",
                suggester=TagSuggester(tags),
            )  # fmt: skip
            yield Static(self.HINT, id="note-hint", markup=False)

    def on_mount(self) -> None:
        """Write at once."""
        body = self.query_one(TextArea)
        body.focus()
        body.move_cursor(body.document.end)

    @property
    def draft(self) -> NoteDraft:
        """What stands in the editor now."""
        return NoteDraft(
            sanitise(self.query_one(TextArea).text).strip(), tags_of(self.query_one("#note-tags", Input).value)
        )

    @property
    def _library(self) -> Library:
        return host_of(self).library

    def _choices(self) -> list[LinkChoice]:
        """Everything that can be linked to, read when the first link is begun."""
        if not self._linkable:
            library = self._library
            self._linkable = [LinkChoice(known.key, known.name) for known in library.figures.names()]
            self._linkable += [LinkChoice(f"ch{one.number}", one.title) for one in library.chronicle.chapters()]
            self._linkable += [LinkChoice(f"quote:{one.key}", one.text) for one in library.quotations.all()]
            self._linkable += [LinkChoice(f"event:{one.key}", one.text) for one in library.chronicle.events()]
        return self._linkable

    @on(LinkArea.Offered)
    def _offered(self, message: LinkArea.Offered) -> None:
        self.query_one(LinkOffer).show(message.choices, message.chosen)

    def action_editor(self) -> None:
        """Write in the reader's own editor; what it leaves is what stands in the note."""
        from serge_tui.services.external_editor import edit_outside

        area = self.query_one(LinkArea)
        try:
            with self.app.suspend():
                text = edit_outside(area.text)
        except SuspendNotSupported:
            host_of(self).report_error("This terminal cannot be lent to another program.")
        except SergeError as error:
            host_of(self).report_error(str(error))
        else:
            area.text = sanitise(text).rstrip()
            area.move_cursor(area.document.end)

    def on_input_submitted(self) -> None:
        """Enter in the tags keeps the note."""
        self.action_keep()

    def action_keep(self) -> None:
        """Give back what was written."""
        self.dismiss(self.draft)

    def action_leave(self) -> None:
        """Leave; a second Esc is wanted when something was written."""
        if self.draft == self._draft or self._asked:
            self.dismiss(None)
            return
        self._asked = True
        self.query_one("#note-hint", Static).update("Esc again throws away what you wrote · Ctrl+S keeps it")

    def on_text_area_changed(self) -> None:
        """Writing on takes the question back."""
        if self._asked:
            self._asked = False
            self.query_one("#note-hint", Static).update(self.HINT)
