"""The box that shows a note over the page: the reader's own, or one of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message

from db import vocabulary
from db.found_people import told_up_to
from db.text import sanitise, sanitise_line
from serge_tui.commands import bindings
from serge_tui.commands.reader import PEEK_COMMANDS
from serge_tui.modes.reader.phrase_notes import phrase_of
from serge_tui.modes.reader.widgets.overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.found_people import ToldPerson
    from db.models import Annotation, Note, Term


class Peek(Overlay):
    """Shows an annotation or a footnote, and posts what the reader wants done with it."""

    BINDINGS = bindings(PEEK_COMMANDS)

    class Closed(Message):
        """The reader wants to go back to the page."""

    class EditWanted(Message):
        """The reader wants to edit the annotation."""

    class OpenWanted(Message):
        """The reader wants to see the annotation in Notes."""

    class DeleteWanted(Message):
        """The reader wants to delete the annotation."""

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


def annotation_content(
    annotation: Annotation, colour_names: Mapping[str, str], *, words: str, links_here: bool = False
) -> Content:
    """Return what the reader marked or wrote, with tags, date, and the colour by the reader's own name for it.

    `words` are those it is on, as they are shown; `links_here` is for a note from elsewhere that links to this place.
    """
    colour = annotation.colour
    named = f"{colour_names[colour]} ({colour})" if colour in colour_names else colour
    facts = [named or annotation.kind, annotation.created_at[:10]]
    if links_here:
        facts.append("links here")
    if phrase := phrase_of(annotation):
        facts.append(f"on “{phrase}” wherever it recurs")
    if annotation.state == "drifted":
        facts.append("moved with its words when the text changed")
    parts = [Content.styled(sanitise_line(" · ".join(facts)), "$muted")]
    if annotation.body:
        parts.append(Content(sanitise(annotation.body)))
    elif words:
        parts.append(Content.styled(sanitise(words), "italic"))
    if annotation.tags:
        parts.append(Content.styled(" ".join(f"#{sanitise_line(tag)}" for tag in annotation.tags), "$secondary"))
    return Content("\n").join(parts)


def footnote_content(notes: Sequence[Note]) -> Content:
    """Return the text of notes of the book."""
    return Content("\n\n").join(
        Content.styled(f"{sanitise_line(note.label)}  ", "bold $primary") + Content(sanitise(note.text))
        for note in notes
    )


def term_content(term: Term, names: Mapping[str, str], *, hidden: bool) -> Content:
    """Return what a term was: kind and years, one line, the text with who belonged to it, and what is not certain.

    `names` are those of figures by key. `hidden` keeps back the text and the members' years, which may tell
    how lives ended.
    """
    facts = " · ".join(part for part in (term.kind, term.years, term.native_name) if part and part != term.name)
    parts = [
        Content.styled(sanitise_line(term.name), "bold $primary"),
        Content.styled(sanitise_line(facts), "$muted"),
        Content.styled(sanitise_line(term.one_line), "italic"),
    ]
    belonged = [member for member in term.members if member.figure in names]
    members = [
        (names[member.figure] if hidden or not member.years else f"{names[member.figure]} {member.years}")
        + " (?)" * member.is_unchecked
        for member in belonged
    ]
    if not hidden:
        parts.append(Content(sanitise(term.text)))
    if members:
        parts.append(Content.styled(sanitise_line(f"With: {', '.join(members)}"), "$muted"))
    if any(member.is_unchecked for member in belonged):
        parts.append(Content.styled(f"(?) {vocabulary.UNCHECKED.lower()}", "$muted"))
    if term.doubt and (not hidden or vocabulary.UNCHECKED in term.doubt):
        doubt = vocabulary.UNCHECKED if hidden else sanitise_line(term.doubt)
        parts.append(Content.styled(f"? {doubt}", "$warning"))
    if hidden:
        parts.append(Content.styled("More is shown when you show how lives end (>).", "$muted"))
    return Content("\n").join(parts)


def stranger_content(told: ToldPerson, upto: tuple[int, int] | None) -> Content:
    """Return what the text says of somebody in no glossary: the best portraits and sayings.

    `upto` is the last place that may be told, None for everything; then nothing is told of a death either.
    """
    person = told.person
    parts = [Content.styled(sanitise_line(person.name), "bold $primary")]
    told = told if upto is None else told_up_to(told, upto)
    for kind, most in (("portrait", 2), ("saying", 1)):
        for one in [one for one in told.found if one.kind == kind][:most]:
            words = Content(f"“{sanitise(one.text)}”" if kind == "saying" else sanitise(one.text))
            parts += [Content(""), (Content.styled("says  ", "$muted") if kind == "saying" else Content("")) + words]
    named = len(told.mentions)
    times = "once" if named == 1 else f"{named} times"
    so_far = " so far" if upto is not None else ""
    facts = f"in no glossary · named {times}{so_far} · gb: people of this book"
    return Content("\n").join([*parts, Content(""), Content.styled(facts, "$muted")])
