"""What waits for the reader's word, shown: names that are not sure, names nobody knows, quotations from reviews."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias, TypeVar

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Static

from serge_tui.commands.notes import LIST_TITLES
from serge_tui.dialogs.help import HelpScreen
from serge_tui.host import host_of
from serge_tui.modes.notes.widgets.to_review_list import (
    JudgingList,
    candidate_content,
    suggested_content,
    uncertain_content,
)
from serge_tui.navigation import ShowQueue
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from db.models.candidate import Candidate
    from db.models.link import NameSuggestion, UncertainMention
    from serge_tui.commands import Command
    from serge_tui.host import Host

T = TypeVar("T")
Waiting: TypeAlias = Literal["uncertain", "suggested", "found"]
_NOTHING: Final[dict[Waiting, str]] = {
    "uncertain": "No name is in doubt; `serge import` of a book fills this.",
    "suggested": "No unknown name occurs often; so does this.",
    "found": "Nothing waits; `serge import --as review` fills this.",
}
_ORDER: Final[tuple[Waiting, ...]] = ("uncertain", "suggested", "found")
_KEYS: Final[dict[Waiting, dict[str, str]]] = {
    "uncertain": dict.fromkeys(("always", "here", "nobody", "never", "whom", "open"), ""),
    "suggested": {"always": "say who", "add": "", "never": "no person's", "open": ""},
    "found": {"always": "accept", "edit": "", "reject": "", "reject-known": ""},
}
"""Commands that do something in each list, with another word for the bottom line where the command's own misleads."""


class Queue(ModalScreen[None]):
    """Three lists, changed by Tab, and what is under the cursor. `at` is where to begin; a subclass has the styles."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]
    COMMAND_SET: ClassVar[tuple[Command, ...]] = ()

    def __init__(self, at: ShowQueue | None = None) -> None:
        super().__init__()
        self.waiting: Waiting = "uncertain"
        self.uncertain: list[UncertainMention] = []
        self.suggested: list[NameSuggestion] = []
        self.found: list[Candidate] = []
        self.chosen = 0
        self._at = at
        self._cursors: dict[Waiting, int] = dict.fromkeys(_ORDER, 0)

    @property
    def host(self) -> Host:
        """The app, as far as screens know it."""
        return host_of(self)

    @property
    def rows(self) -> JudgingList:
        """The list."""
        return self.query_one(JudgingList)

    def compose(self) -> ComposeResult:
        """The three names, the list, what is under the cursor, the keys."""
        yield Static("", id="judging-head")
        with Horizontal(id="judging-body"):
            yield JudgingList(id="judging-list")
            with VerticalScroll(id="judging-preview", can_focus=False):
                yield Static("", id="judging-text")
        yield KeyLine(self.host.reader_keymap)

    def on_mount(self) -> None:
        """Begin where one was, else with the first list that has something."""
        self.read()
        self.rows.focus()
        if self._at is not None:
            self.go_to(self._at)
        else:
            self.waiting = next((waiting for waiting in _ORDER if self._count(waiting)), "uncertain")
            self.show()

    # --- where one is ------------------------------------------------------------------------------------------------

    def spot(self) -> ShowQueue:
        """The list, and the row under the cursor by what it is and by its number."""
        at = self.rows.cursor
        ids = self._ids(self.waiting)
        return ShowQueue(self.waiting, ids[at] if 0 <= at < len(ids) else (), at)

    def go_to(self, spot: ShowQueue) -> None:
        """Show a list with the cursor on a row; if that is gone, where it was."""
        self.waiting = next((waiting for waiting in _ORDER if waiting == spot.waiting), self.waiting)
        ids = self._ids(self.waiting)
        self._cursors[self.waiting] = ids.index(spot.row) if spot.row in ids else min(spot.index, len(ids) - 1)
        self.show()

    def _ids(self, waiting: Waiting) -> list[tuple[object, ...]]:
        match waiting:
            case "uncertain":
                return [(one.edition, one.passage, one.start) for one in self.uncertain]
            case "suggested":
                return [(one.edition, one.name) for one in self.suggested]
            case "found":
                return [(one.key,) for one in self.found]

    # --- showing -----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read what waits."""
        links = self.host.library.links
        editions = [edition.key for edition in self.host.library.texts.editions()]
        self.uncertain = [question for key in editions for question in links.uncertain(key)]
        self.suggested = [name for key in editions for name in links.suggestions(key)]
        # What the study pack has already comes last: it is hardly news.
        self.found = sorted(self.host.library.candidates.all("open"), key=lambda one: bool(one.quotation))

    def _count(self, waiting: Waiting) -> int:
        if waiting != "uncertain":
            return len(self.suggested if waiting == "suggested" else self.found)
        return sum(self.host.library.links.count(edition.key) for edition in self.host.library.texts.editions())

    def show(self) -> None:
        """Draw the three names, the list and what is under the cursor."""
        library = self.host.library
        heads = [
            Content.styled(
                f"{LIST_TITLES[one]} {self._count(one)}", "bold reverse" if one == self.waiting else "$muted"
            ).stylize(Style.from_meta({"@click": f"screen.to_list('{one}')"}))
            for one in _ORDER
        ]
        self.query_one("#judging-head", Static).update(
            Content.styled("What waits for your word\n", "bold $primary") + Content("   ").join(heads)
        )
        match self.waiting:
            case "uncertain":
                rows = [(one.surface, library.figures.name_of(one.candidates[0][0]) + "?") for one in self.uncertain]
            case "suggested":
                rows = [(one.name, f"{one.occurrences} times") for one in self.suggested]
            case "found":
                rows = [(one.text, _detail(one)) for one in self.found]
        self.chosen = 0
        self.rows.show(rows, self._cursors[self.waiting], _NOTHING[self.waiting])
        words = {"next": "", "back": "", "undo": "", **(_KEYS[self.waiting] if rows else {})}
        self.query_one(KeyLine).commands = tuple(
            replace(command, footer=words[name] or command.footer)
            for command in self.COMMAND_SET
            if (name := command.id.partition(".")[2]) in words
        )
        self.preview()

    def preview(self) -> None:
        """Show what is under the cursor as a whole."""
        library = self.host.library
        content = Content("")
        if question := self.question():
            keys = [key for key, _ in question.candidates]
            lines = library.figures.one_lines(keys)
            people = [(library.figures.name_of(key), lines.get(key, "")) for key in keys]
            passage = library.passages.at(question.edition, question.passage)
            content = uncertain_content(question, passage.text if passage else "", people, self.chosen)
        elif name := self.suggestion():
            passage = library.passages.at(name.edition, name.passage)
            chapter = library.texts.chapter_of(name.edition, name.passage)
            content = suggested_content(name, passage.text if passage else "", chapter.title if chapter else "")
        elif found := self.candidate():
            about = ", ".join(map(library.figures.name_of, found.about))
            content = candidate_content(found, about, library.figures.name_of(found.speaker) if found.speaker else "")
        self.query_one("#judging-text", Static).update(content)
        self.query_one("#judging-preview").scroll_home(animate=False)

    def question(self) -> UncertainMention | None:
        """The uncertain name under the cursor."""
        return self._under_cursor("uncertain", self.uncertain)

    def suggestion(self) -> NameSuggestion | None:
        """The unknown name under the cursor."""
        return self._under_cursor("suggested", self.suggested)

    def candidate(self) -> Candidate | None:
        """The quotation under the cursor."""
        return self._under_cursor("found", self.found)

    def _under_cursor(self, waiting: Waiting, items: list[T]) -> T | None:
        at = self.rows.cursor
        return items[at] if self.waiting == waiting and 0 <= at < len(items) else None

    @on(RowList.Highlighted)
    def _moved(self) -> None:
        if self._cursors[self.waiting] != self.rows.cursor:
            self._cursors[self.waiting] = self.rows.cursor
            self.chosen = 0
        self.preview()

    def action_turn(self, step: int) -> None:
        """Another list."""
        self.waiting = _ORDER[(_ORDER.index(self.waiting) + step) % len(_ORDER)]
        self.show()

    def action_to_list(self, waiting: Waiting) -> None:
        """The list whose name was clicked."""
        self.waiting = waiting
        self.show()

    def action_whom(self) -> None:
        """Choose the next of those it may be."""
        if question := self.question():
            self.chosen = (self.chosen + 1) % len(question.candidates)
            self.preview()

    def action_help(self) -> None:
        """Every key."""
        self.app.push_screen(HelpScreen(self.COMMAND_SET, self.host.reader_keymap))


def _detail(found: Candidate) -> str:
    page = f"p. {found.pages}" if found.pages else found.source
    return f"{page} · in the study pack" if found.quotation else page
