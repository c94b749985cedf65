"""What waits for the reader's word: names that are not sure, names nobody knows, quotations found in reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Literal, TypeAlias, TypeVar, cast

from textual import on, work
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from db.models import Place
from db.text import sanitise_line
from serge_tui.commands import Command, bindings
from serge_tui.navigation import ReadAt
from serge_tui.screens.help import HelpScreen
from serge_tui.screens.prompt import Prompt
from serge_tui.widgets.judging_list import JudgingList, candidate_content, suggested_content, uncertain_content
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from concurrent.futures import Future

    from textual.app import ComposeResult

    from db.models.candidate import Candidate
    from db.models.link import NameSuggestion, UncertainMention
    from serge_tui.app import SergeApp

T = TypeVar("T")
Waiting: TypeAlias = Literal["uncertain", "suggested", "found"]
TITLES: Final[dict[Waiting, str]] = {
    "uncertain": "Uncertain names", "suggested": "Suggested names", "found": "From reviews",
}  # fmt: skip
_NOTHING: Final[dict[Waiting, str]] = {
    "uncertain": "No name is in doubt. `serge import` of a book fills this.",
    "suggested": "No unknown name occurs often. `serge import` of a book fills this.",
    "found": "No quotation waits. `serge import --as review` of a review fills this.",
}
_ORDER: Final[tuple[Waiting, ...]] = ("uncertain", "suggested", "found")
_MOVING: Final = "What waits for your word"
_KEYS: Final[dict[Waiting, frozenset[str]]] = {
    "uncertain": frozenset({"always", "here", "nobody", "never", "whom", "open", "undo"}),
    "suggested": frozenset({"never", "open", "undo"}),
    "found": frozenset({"accept", "edit", "reject", "undo"}),
}


class Judging(ModalScreen[None]):
    """Three lists, changed by Tab; what is decided leaves its list at once."""

    CSS_PATH = "../styles/judging.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]
    COMMAND_SET: ClassVar[tuple[Command, ...]] = (
        Command("judging.always", "a", "Always", "always", "The name means this person wherever it stands.",
                TITLES["uncertain"], "always", 1),
        Command("judging.here", "h", "Here", "here", "The name means this person here.",
                TITLES["uncertain"], "here", 1),
        Command("judging.nobody", "H", "Nobody here", "nobody", "Here the name means nobody of the figures.",
                TITLES["uncertain"]),
        Command("judging.never", "n", "Never", "never", "The name never means this person; or, of a suggested name: "
                "it is no person's.", _MOVING, "never", 1),
        Command("judging.whom", "w", "The next person", "whom", "Of several whom it may be, choose the next.",
                TITLES["uncertain"], "whom", 4),
        Command("judging.accept", "a", "Accept", "always", "Take the quotation as it is.",
                TITLES["found"], "accept", 1),
        Command("judging.edit", "e", "Edit", "edit", "Take it with other words or pages.", TITLES["found"], "edit", 1),
        Command("judging.reject", "x", "Reject", "reject", "It is not offered again.", TITLES["found"], "reject", 1),
        Command("judging.open", "enter", "Go there", "open", "Go to the passage, lit.", _MOVING, "go there", 2),
        Command("judging.undo", "u", "Undo", "undo", "Take your last word back.", _MOVING, "undo", 2),
        Command("judging.next", "tab", "Next list", "turn(1)", "Names, suggestions, reviews.", _MOVING, "next list", 2),
        Command("judging.previous", "shift+tab", "Previous list", "turn(-1)", "The other way round.", _MOVING),
        Command("judging.help", "question_mark,f1", "Help", "help", "Every key of this screen.", _MOVING),
        Command("judging.back", "escape,q", "Back", "dismiss", "Back to the notes.", _MOVING, "back", 3),
    )  # fmt: skip
    # One key, one binding: `a` accepts where there are quotations.
    BINDINGS = bindings(command for command in COMMAND_SET if command.id != "judging.accept")

    def __init__(self) -> None:
        super().__init__()
        self.waiting: Waiting = "uncertain"
        self.uncertain: list[UncertainMention] = []
        self.suggested: list[NameSuggestion] = []
        self.found: list[Candidate] = []
        self._cursors: dict[Waiting, int] = dict.fromkeys(_ORDER, 0)
        self._chosen = 0
        self._decided: list[tuple[str, str]] = []
        self._reopened: list[str] = []

    @property
    def serge(self) -> SergeApp:
        """The app, by its own type."""
        return cast("SergeApp", self.app)

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
        yield KeyLine(self.serge.keymap_of_reader)

    def on_mount(self) -> None:
        """Begin with the first list that has something."""
        self._read()
        self.waiting = next((waiting for waiting in _ORDER if self._count(waiting)), "uncertain")
        self.rows.focus()
        self._show()

    # --- showing -----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        links = self.serge.library.links
        editions = [edition.key for edition in self.serge.library.texts.editions()]
        self.uncertain = [question for key in editions for question in links.uncertain(key)]
        self.suggested = [name for key in editions for name in links.suggestions(key)]
        self.found = self.serge.library.candidates.all("open")

    def _count(self, waiting: Waiting) -> int:
        if waiting != "uncertain":
            return len(self.suggested if waiting == "suggested" else self.found)
        return sum(self.serge.library.links.count(edition.key) for edition in self.serge.library.texts.editions())

    def _show(self) -> None:
        library = self.serge.library
        heads = [
            Content.styled(f"{TITLES[one]} {self._count(one)}", "bold reverse" if one == self.waiting else "$muted")
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
                rows = [(one.text, one.source) for one in self.found]
        self._chosen = 0
        self.rows.show(rows, self._cursors[self.waiting], _NOTHING[self.waiting])
        shared = {"next", "back"}
        wanted = _KEYS[self.waiting] | shared if rows else shared | {"undo"}
        self.query_one(KeyLine).commands = tuple(c for c in self.COMMAND_SET if c.id.partition(".")[2] in wanted)
        self._preview()

    def _preview(self) -> None:
        library, at = self.serge.library, self.rows.cursor
        content = Content("")
        if self.waiting == "uncertain" and (question := _at(self.uncertain, at)):
            keys = [key for key, _ in question.candidates]
            lines = library.figures.one_lines(keys)
            people = [(library.figures.name_of(key), lines.get(key, "")) for key in keys]
            passage = library.passages.at(question.edition, question.passage)
            content = uncertain_content(question, passage.text if passage else "", people, self._chosen)
        elif self.waiting == "suggested" and (name := _at(self.suggested, at)):
            passage = library.passages.at(name.edition, name.passage)
            chapter = library.texts.chapter_of(name.edition, name.passage)
            content = suggested_content(name, passage.text if passage else "", chapter.title if chapter else "")
        elif self.waiting == "found" and (found := _at(self.found, at)):
            about = ", ".join(map(library.figures.name_of, found.about))
            content = candidate_content(found, about, library.figures.name_of(found.speaker) if found.speaker else "")
        self.query_one("#judging-text", Static).update(content)

    @on(RowList.Highlighted)
    def _moved(self) -> None:
        if self._cursors[self.waiting] != self.rows.cursor:
            self._cursors[self.waiting] = self.rows.cursor
            self._chosen = 0
        self._preview()

    def action_turn(self, step: int) -> None:
        """Another list."""
        self.waiting = _ORDER[(_ORDER.index(self.waiting) + step) % len(_ORDER)]
        self._show()

    def action_whom(self) -> None:
        """Choose the next of those it may be."""
        if question := self._question():
            self._chosen = (self._chosen + 1) % len(question.candidates)
            self._preview()

    def action_help(self) -> None:
        """Every key."""
        self.app.push_screen(HelpScreen(self.COMMAND_SET, self.serge.keymap_of_reader))

    # --- deciding ----------------------------------------------------------------------------------------------------

    def _question(self) -> UncertainMention | None:
        return _at(self.uncertain, self.rows.cursor) if self.waiting == "uncertain" else None

    def _candidate(self) -> Candidate | None:
        return _at(self.found, self.rows.cursor) if self.waiting == "found" else None

    def action_always(self) -> None:
        """The name means the chosen person in this edition; or a quotation is taken."""
        library = self.serge.library
        if question := self._question():
            figure = question.candidates[self._chosen][0]
            said = f"{sanitise_line(question.surface)} is always {library.figures.name_of(figure)}."
            self._decide(
                library.links.always(question.edition, question.surface, figure),
                (question.edition, question.surface), said,
            )  # fmt: skip
        elif found := self._candidate():
            self._judge(library.candidates.accept(found), found.key, "Accepted.")

    def action_here(self) -> None:
        """The name means the chosen person at this place."""
        if question := self._question():
            self._here(question, question.candidates[self._chosen][0])

    def action_nobody(self) -> None:
        """The name means nobody at this place."""
        if question := self._question():
            self._here(question, "")

    def _here(self, question: UncertainMention, figure: str) -> None:
        library = self.serge.library
        write = library.links.here(question.edition, question.passage, question.start, question.end, figure)
        whom = library.figures.name_of(figure) if figure else "nobody"
        said = f"{sanitise_line(question.surface)} is {whom} here."
        self._decide(write, (question.edition, question.surface), said)

    def action_never(self) -> None:
        """The name never means the chosen person; a suggested name is no person's."""
        library = self.serge.library
        if question := self._question():
            figure = question.candidates[self._chosen][0]
            write = library.links.never(question.edition, question.surface, figure)
            said = f"{sanitise_line(question.surface)} is never {library.figures.name_of(figure)}."
            self._decide(write, (question.edition, question.surface), said)
        elif self.waiting == "suggested" and (name := _at(self.suggested, self.rows.cursor)):
            write = library.links.never(name.edition, name.name)
            self._decide(write, (name.edition, name.name), f"{sanitise_line(name.name)} is left out.")

    def action_reject(self) -> None:
        """The quotation is not offered again."""
        if found := self._candidate():
            self._judge(self.serge.library.candidates.reject(found), found.key, "Rejected.")

    @work(exclusive=True, group="edit")
    async def action_edit(self) -> None:
        """Take the quotation with other words or pages."""
        found = self._candidate()
        if found is None:
            return
        begun = sanitise_line(found.text)
        words = await self.app.push_screen_wait(Prompt("Words", "as they stand in the book", begun))
        if not words:
            return
        pages = await self.app.push_screen_wait(Prompt("Pages", "119-120", found.pages))
        if pages is None:
            return
        # The line has no paragraphs: words left as they were keep theirs.
        text = found.text if words == begun else words
        write = self.serge.library.candidates.edit(
            found, text=text, pages=pages, speaker=found.speaker, about=found.about
        )
        self._judge(write, found.key, "Taken with your changes.")

    @work(group="deciding")
    async def _decide(self, write: Future[int] | Future[None], about: tuple[str, str], said: str) -> None:
        if await self.serge.done(write):
            self._decided.append(about)
            self._after(said)

    @work(group="deciding")
    async def _judge(self, write: Future[None], key: str, said: str) -> None:
        if await self.serge.done(write):
            self._reopened.append(key)
            self._after(said)

    def _after(self, said: str) -> None:
        self.serge.tell(said)
        self._read()
        self._show()

    @work(group="deciding")
    async def action_undo(self) -> None:
        """Take the last word back: about quotations in their list, else about names."""
        library = self.serge.library
        if self.waiting == "found" and self._reopened:
            if await self.serge.done(library.candidates.reopen(self._reopened[-1])):
                self._reopened.pop()
                self._after("It waits again.")
        elif self.waiting != "found" and self._decided:
            edition, surface = self._decided[-1]
            if await self.serge.done(library.links.take_back(edition, surface)):
                self._decided.pop()
                self._after(f"Your word on {sanitise_line(surface)} is forgotten; the next import asks again.")
        else:
            self.serge.tell("Nothing was decided here since you came.")

    # --- going there -------------------------------------------------------------------------------------------------

    @on(RowList.Chosen)
    def action_open(self) -> None:
        """Go to the passage."""
        place = self._question() or (_at(self.suggested, self.rows.cursor) if self.waiting == "suggested" else None)
        if place is not None:
            lit = (place.passage, place.start, place.passage, place.end)
            self.serge.travel(ReadAt(Place(place.edition, place.passage, place.start), lit=lit))


def _at(items: list[T], index: int) -> T | None:
    return items[index] if 0 <= index < len(items) else None
