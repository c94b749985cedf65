"""One annotation in full: its place, its words with the passage around them, the note, tags and links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from db.models.annotation import PHRASE_TARGET
from db.note_links import NoteLink, links_in
from db.text import sanitise, sanitise_in_place, sanitise_line
from serge_tui.core.wording import TEXT_GONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from serge_tui.core.export.note_record import NoteRecord

AROUND = 600
"""Characters shown before and after the words."""


@dataclass(frozen=True, slots=True)
class Around:
    """The text before and after an annotation's words, as it is in the edition now."""

    before: str = ""
    words: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that the words of an unplaced note may have moved to."""

    key: str
    words: str
    where: str
    score: int


class NotePreview(Static):
    """Shows an annotation. A click on a link posts `LinkFollowed`."""

    @dataclass
    class SuggestionTaken(Message):
        """A suggested place was clicked; the first is 1."""

        number: int

    @dataclass
    class LinkFollowed(Message):
        """A link was clicked; `target` is the stable key it names."""

        target: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name for it
        super().__init__("", id=id)
        self._links: list[NoteLink] = []

    def say(self, text: str) -> None:
        """Show a sentence instead of an annotation."""
        self._links = []
        self.update(Content(text))

    def show(
        self,
        item: NoteRecord,
        around: Around | None,
        colour_names: Mapping[str, str],
        suggestions: Sequence[Suggestion] | None = None,
    ) -> None:
        """Show an annotation; `suggestions` is None while they are searched for."""
        annotation, anchor = item.annotation, item.annotation.anchor
        parts: list[Content] = []
        if anchor is not None:
            page = f"p. {item.page}" if item.page else ""
            where = " · ".join(part for part in (item.edition_title, item.chapter, page) if part)
            parts.append(Content.styled(sanitise_line(where), "$muted"))
            if item.is_text_gone:
                parts.append(Content.styled(TEXT_GONE, "bold"))
            parts.append(Content(""))
            lit = f"on $highlight-{annotation.colour}" if annotation.colour else "bold"
            shown = around or Around(anchor.prefix, item.words, anchor.suffix)
            parts.append(
                Content.styled(sanitise(shown.before), "$muted")
                + Content.styled(sanitise(shown.words), lit)
                + Content.styled(sanitise(shown.after), "$muted")
            )
        elif item.target_name:
            parts.append(Content.styled(sanitise_line(item.target_name), "bold $primary"))
        if annotation.body:
            parts += [Content(""), self._body(sanitise_in_place(annotation.body))]
        if annotation.tags:
            tags = " ".join(f"#{sanitise_line(tag)}" for tag in annotation.tags)
            parts += [Content(""), Content.styled(tags, "$secondary")]
        colour = annotation.colour
        named = f"{colour_names[colour]} ({colour})" if colour in colour_names else colour
        facts = [annotation.kind, sanitise_line(named), annotation.created_at[:10]]
        if annotation.deleted_at:
            facts.append(f"in the bin since {annotation.deleted_at[:10]}")
        if annotation.target.startswith(PHRASE_TARGET):
            facts.append(f"on “{sanitise_line(annotation.target.removeprefix(PHRASE_TARGET))}” wherever it recurs")
        if annotation.state == "drifted":
            facts.append("moved with its words when the text changed")
        parts += [Content(""), Content.styled(" · ".join(fact for fact in facts if fact), "$muted")]
        if annotation.state == "orphan" and not item.is_text_gone:
            parts += self._orphan(suggestions)
        self.update(Content("\n").join(parts))

    def _body(self, body: str) -> Content:
        self._links = links_in(body)
        parts, at = [], 0
        for number, link in enumerate(self._links):
            style = Style.parse("underline $secondary") + Style.from_meta({"@click": f"follow({number})"})
            parts += [Content(body[at : link.start]), Content.styled(sanitise_line(link.words), style)]
            at = link.end
        return Content("").join([*parts, Content(body[at:])])

    @staticmethod
    def _orphan(suggestions: Sequence[Suggestion] | None) -> list[Content]:
        sentence = "Unplaced: its words are not in the text any more. The note keeps them."
        lines = [Content(""), Content.styled(sentence, "bold")]
        if suggestions is None:
            lines.append(Content.styled("Searching for where they may be now …", "$muted"))
        elif not suggestions:
            lines.append(Content.styled("Nothing in the text is similar.", "$muted"))
        for number, found in enumerate(suggestions or (), 1):
            place = Content.assemble(
                (f"{number}  ", "bold $primary"), sanitise(found.words),
                (f"\n   {sanitise_line(found.where)} · {found.score} %", "$muted"),
            )  # fmt: skip
            lines += [Content(""), place.stylize(Style.from_meta({"@click": f"take({number})"}))]
        if suggestions:
            lines += [Content(""), Content.styled("Press the number, or click, to place the note there.", "$muted")]
        return lines

    def action_take(self, number: int) -> None:
        """Post that a suggestion was clicked."""
        self.post_message(self.SuggestionTaken(number))

    def action_follow(self, number: int) -> None:
        """Post that a link was clicked."""
        if number < len(self._links):
            self.post_message(self.LinkFollowed(self._links[number].target))
