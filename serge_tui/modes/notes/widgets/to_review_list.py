"""What waits for the reader's word: a list of rows, and the one under the cursor as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from db.passages import words_around
from db.text import sanitise, sanitise_in_place, sanitise_line
from serge_tui.modes.notes.widgets.note_preview import AROUND
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.models.candidate import Candidate
    from db.models.link import NameSuggestion, UncertainMention


class JudgingList(RowList):
    """Rows of a few words, with a detail at the right where there is room."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._rows: Sequence[tuple[str, str]] = ()

    @property
    def row_count(self) -> int:
        """How many wait."""
        return len(self._rows)

    def show(self, rows: Sequence[tuple[str, str]], cursor: int, nothing: str) -> None:
        """List these; `nothing` is said where there are none."""
        self._rows = rows
        self.nothing = nothing
        self.rows_changed(max(cursor, 0))

    def draw_row(self, index: int, width: int) -> Content:
        """Words, and the detail."""
        words, detail = (sanitise_line(part) for part in self._rows[index])
        beside = Content(detail).truncate(max(0, width // 2 - 2), ellipsis=True)
        room = max(4, width - beside.cell_length - 3)
        text = Content(words).truncate(room, ellipsis=True, pad=True)
        return Content(" ") + text + Content(" ") + beside.stylize("$muted")


def uncertain_content(question: UncertainMention, text: str, people: Sequence[tuple[str, str]], chosen: int) -> Content:
    """A name in its passage, whom it may be (name and one line each) and why that is not sure."""
    lines: list[Content] = []  # first what is to be decided: a long passage may not fit
    lines.append(Content.styled(f"Why it is not sure: {sanitise_line(question.reason)}", "$muted"))
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


def suggested_content(name: NameSuggestion, text: str, chapter: str) -> Content:
    """A name nobody knows, where it stands first."""
    times = "once" if name.occurrences == 1 else f"{name.occurrences} times"
    return Content("\n").join(
        [
            _place(chapter), _lit(text, name.start, name.end), Content(""),
            Content.styled(f"It stands {times} in the text, and in no list of people.", "$muted"),
        ]
    )  # fmt: skip


def candidate_content(found: Candidate, about: str, speaker: str) -> Content:
    """A quotation found in a review: its words, the page, whom it is about, and the document."""
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
