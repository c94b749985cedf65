"""A look at a note without leaving the line: the reader's own, or one of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from db.text import sanitise, sanitise_line
from serge_tui.commands import bindings
from serge_tui.commands.reader import PEEK_COMMANDS
from serge_tui.modes.reader.widgets.overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.models import Annotation, Note


class Peek(Overlay):
    """Shows annotations that stand at one place, or a footnote. Asks for what is wanted by messages."""

    BINDINGS = bindings(PEEK_COMMANDS)

    class Closed(Message):
        """Back to the page."""

    class EditWanted(Message):
        """The annotation shall be changed."""

    class OpenWanted(Message):
        """The annotation is wanted among the notes."""

    class DeleteWanted(Message):
        """The annotation shall go."""

    def action_edit(self) -> None:
        """Ask for the editor."""
        self.post_message(self.EditWanted())

    def action_open(self) -> None:
        """Ask for the notes."""
        self.post_message(self.OpenWanted())

    def action_delete(self) -> None:
        """Ask for the bin."""
        self.post_message(self.DeleteWanted())

    def action_close(self) -> None:
        """Ask to be closed."""
        self.post_message(self.Closed())


def annotation_content(annotation: Annotation, colour_names: Mapping[str, str], *, links_here: bool = False) -> Content:
    """What the reader marked or wrote, its tags, when; the colour by the reader's own name where it has one.

    `links_here` is for a note that hangs elsewhere and links to what stands here.
    """
    colour = annotation.colour
    named = f"{colour_names[colour]} ({colour})" if colour in colour_names else colour
    facts = [named or annotation.kind, annotation.created_at[:10]]
    if links_here:
        facts.append("links here")
    if annotation.state == "drifted":
        facts.append("moved with its words when the text changed")
    parts = [Content.styled(sanitise_line(" · ".join(facts)), "$muted")]
    if annotation.body:
        parts.append(Content(sanitise(annotation.body)))
    elif annotation.anchor is not None:
        parts.append(Content.styled(sanitise(annotation.anchor.exact), "italic"))
    if annotation.tags:
        parts.append(Content.styled(" ".join(f"#{sanitise_line(tag)}" for tag in annotation.tags), "$secondary"))
    return Content("\n").join(parts)


def footnote_content(notes: Sequence[Note]) -> Content:
    """Notes of the book."""
    return Content("\n\n").join(
        Content.styled(f"{sanitise_line(note.label)}  ", "bold $primary") + Content(sanitise(note.text))
        for note in notes
    )
