"""The list of To review, and the row under the cursor in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from db.passages import words_around
from db.text import sanitise, sanitise_in_place, sanitise_line
from serge_tui.modes.notes.widgets.note_preview import AROUND
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.models.candidate import Candidate
    from db.models.found_text import Found
    from db.models.link import NameSuggestion, UncertainMention

_HOW: Final = {
    "full": "their full name", "surname": "their surname", "given": "their given name", "pronoun": "he or she",
    "role": "what they are", "epithet": "an epithet",
}  # fmt: skip
"""How a text names somebody, in words."""


class ToReviewList(RowList):
    """Rows of a few words, with a detail at the right where there is room."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._rows: Sequence[tuple[str, str]] = ()

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def show(self, rows: Sequence[tuple[str, str]], cursor: int, nothing: str) -> None:
        """List rows; `nothing` is the sentence for an empty list."""
        self._rows = rows
        self.nothing = nothing
        self.rows_changed(max(cursor, 0))

    def draw_row(self, index: int, width: int) -> Content:
        """Draw the words and the detail."""
        words, detail = (sanitise_line(part) for part in self._rows[index])
        beside = Content(detail).truncate(max(0, width // 2 - 2), ellipsis=True)
        room = max(4, width - beside.cell_length - 3)
        text = Content(words).truncate(room, ellipsis=True, pad=True)
        return Content(" ") + text + Content(" ") + beside.stylize("$muted")


def uncertain_content(question: UncertainMention, text: str, people: Sequence[tuple[str, str]], chosen: int) -> Content:
    """Return why a name is uncertain, the people it may mean (name and one line each), and its passage."""
    lines: list[Content] = []  # the decision first: a long passage may not fit
    lines.append(Content.styled(f"Uncertain because: {sanitise_line(question.reason)}", "$muted"))
    lines.append(Content(""))
    for number, ((name, who), (_, confidence)) in enumerate(zip(people, question.candidates, strict=True), 1):
        mark = "›" if number - 1 == chosen else " "
        lines.append(
            Content.assemble(
                (f"{mark} {number} ", "bold $primary"), (sanitise_line(name), "bold" if mark == "›" else ""),
                (f"  {confidence:.0%}", "$muted"), (f"\n    {sanitise_line(who)}" if who else "", "$muted"),
            )
        )  # fmt: skip
    lines += [Content(""), _place(question.chapter_title), _lit(text, question.start, question.end)]
    return Content("\n").join(lines)


def copy_content(found: Found, who: str, text: str, chapter: str) -> Content:
    """Return what was found: whose it is, how the text names them, and the passage it stands in."""
    label = "Portrait of " if found.kind == "portrait" else "Said by "
    to = f", to {sanitise_line(found.addressee)}" if found.addressee else ""
    how = f"named by {_HOW[found.how]}" if found.how in _HOW else f"{found.score:.0%} sure"
    if found.how in _HOW:
        how += f", {found.score:.0%} sure"
    lines = [Content.assemble((label, "$muted"), (_name(found), "bold"), to, (f"  {how}", "$muted"))]
    if who:
        lines.append(Content.styled(sanitise_line(who), "$muted"))
    end = found.end if found.end_passage == found.passage else len(text)
    lines += [Content(""), _place(chapter), _lit(text, found.start, end)]
    return Content("\n").join(lines)


def _name(found: Found) -> str:
    return "the author" if found.kind == "saying" and found.name == "I" else sanitise_line(found.name)


def suggested_content(name: NameSuggestion, text: str, chapter: str) -> Content:
    """Return an unknown name in the first passage that has it."""
    times = "once" if name.occurrences == 1 else f"{name.occurrences} times"
    return Content("\n").join(
        [
            _place(chapter), _lit(text, name.start, name.end), Content(""),
            Content.styled(f"It occurs {times} in the text and is in no list of people.", "$muted"),
        ]
    )  # fmt: skip


def quotation_content(found: Candidate, about: str, speaker: str) -> Content:
    """Return a quotation from a review: its words, page, subject, speaker and document."""
    facts = [
        ("page", found.pages), ("about", about), ("said by", speaker), ("in", found.source),
        ("the study pack has it as", found.quotation),
    ]  # fmt: skip
    lines = [Content(sanitise(found.text)), Content("")]
    lines += [Content.styled(f"{label} ", "$muted") + Content(sanitise_line(fact)) for label, fact in facts if fact]
    if found.context:
        lines += [Content(""), Content.styled(sanitise(found.context), "$muted")]
    return Content("\n").join(lines)


def _place(chapter: str) -> Content:
    return Content.styled(f"{sanitise_line(chapter)}\n", "bold $primary")


def _lit(text: str, start: int, end: int) -> Content:
    before, after = words_around(text, start, end, AROUND)
    return Content.assemble(
        (sanitise_in_place(before), "$muted"), (sanitise_in_place(text[start:end]), "bold on $lit"),
        (sanitise_in_place(after), "$muted"),
    )  # fmt: skip
