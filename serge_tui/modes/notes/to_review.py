"""What waits for the reader's word, decided with one key each and taken back as often as wanted."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on, work

from db.models import Place
from db.text import sanitise_line
from serge_tui.commands import Command, bindings
from serge_tui.commands.notes import TO_REVIEW
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.prompt import Prompt
from serge_tui.modes.notes.queue import Queue
from serge_tui.navigation import ReadAt, ShowQueue
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from concurrent.futures import Future

    from db.link_changes import LinkChange
    from db.models.link import NameSuggestion


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that can be taken back: of a name what it changed, of quotations their keys; and where it was.

    `added` is the key of somebody who was added for it.
    """

    where: ShowQueue
    what: LinkChange | tuple[str, ...]
    added: str = ""


class Judging(Queue):
    """What is decided leaves its list at once. `decided` is kept by whoever opens this, and outlives it."""

    CSS_PATH = "to_review.tcss"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = TO_REVIEW
    BINDINGS = bindings(COMMAND_SET)

    def __init__(self, decided: list[Decided], at: ShowQueue | None = None) -> None:
        super().__init__(at)
        self._decided = decided

    # --- names -------------------------------------------------------------------------------------------------------

    def action_always(self) -> None:
        """The name means the chosen person in this edition; or a quotation is taken."""
        library = self.host.library
        if question := self.question():
            figure = question.candidates[self.chosen][0]
            said = f"{sanitise_line(question.surface)} is always {library.figures.name_of(figure)}."
            self._decide(library.links.always(question.edition, question.surface, figure), self.spot(), said)
        elif name := self.suggestion():
            self._ask_who(name)
        elif found := self.candidate():
            self._judge(library.candidates.accept(found), self.spot(), found.key, said="Accepted.")

    def action_here(self) -> None:
        """The name means the chosen person at this place."""
        if question := self.question():
            self._here(question.candidates[self.chosen][0])

    def action_nobody(self) -> None:
        """The name means nobody at this place."""
        self._here("")

    def _here(self, figure: str) -> None:
        library = self.host.library
        if question := self.question():
            whom = library.figures.name_of(figure) if figure else "nobody"
            self._decide(
                library.links.here(question.edition, question.passage, question.start, question.end, figure),
                self.spot(),
                f"{sanitise_line(question.surface)} is {whom} here.",
            )

    def action_never(self) -> None:
        """The name never means the chosen person; a suggested name is no person's."""
        library = self.host.library
        if question := self.question():
            figure = question.candidates[self.chosen][0]
            said = f"{sanitise_line(question.surface)} is never {library.figures.name_of(figure)}."
            self._decide(library.links.never(question.edition, question.surface, figure), self.spot(), said)
        elif name := self.suggestion():
            write = library.links.never(name.edition, name.surface)
            self._decide(write, self.spot(), f"{sanitise_line(name.name)} is left out.")

    @work(exclusive=True, group="who")
    async def _ask_who(self, name: NameSuggestion) -> None:
        """Somebody who is among the figures already has a suggested name."""
        library, where = self.host.library, self.spot()
        typed = await self.app.push_screen_wait(Prompt(f"Who is {sanitise_line(name.name)}", "any spelling of a name"))
        if not typed or not typed.strip():
            return
        found = await to_thread(self._matching, typed.strip())
        figures = [figure for key in found if (figure := library.figures.by_key(key))]
        if not figures:
            self.host.inform("Nobody of that name is among the figures; p adds a person.")
            return
        rows = [(figure.name, figure.one_line) for figure in figures]
        index = await self.app.push_screen_wait(Choice("Who is meant", rows))
        if index is not None:
            said = f"{sanitise_line(name.name)} is always {figures[index].name}."
            self._decide(library.links.always(name.edition, name.surface, figures[index].key), where, said)

    def _matching(self, typed: str) -> list[str]:
        return [match.figure for match in self.host.finder.find(typed, limit=8)]

    @work(exclusive=True, group="who")
    async def action_add(self) -> None:
        """Add somebody with the suggested name, who is meant by it from now on."""
        from serge_tui.dialogs.figure_form.adding import adding_form

        name, where, library = self.suggestion(), self.spot(), self.host.library
        if name is None:
            return
        answer = await self.app.push_screen_wait(adding_form(self.host, name.name))
        if answer is None:
            return
        key, write = library.corrections.add_figure({"name": name.name, **answer.stored})
        if await self.host.write_succeeded(write):
            self.host.data_changed()
            said = f"{library.figures.name_of(key)} is among the figures now, as yours."
            self._decide(library.links.always(name.edition, name.surface, key), where, said, added=key)

    @work(group="deciding")
    async def _decide(self, write: Future[LinkChange], where: ShowQueue, said: str, added: str = "") -> None:
        if await self.host.write_succeeded(write):
            change = write.result()
            self._decided.append(Decided(where, change, added))
            self.read()
            self.show()
            places = f" {change.settled} places are settled." if change.settled > 1 else ""
            self.host.inform(f"{said}{places}")

    # --- quotations --------------------------------------------------------------------------------------------------

    def action_reject(self) -> None:
        """The quotation is not offered again."""
        if found := self.candidate():
            self._judge(self.host.library.candidates.reject(found), self.spot(), found.key, said="Rejected.")

    def action_reject_known(self) -> None:
        """Every quotation that the study pack has already is not offered again."""
        known = [found for found in self.found if found.quotation] if self.waiting == "found" else []
        if known:
            write = self.host.library.candidates.reject_all(known)
            self._judge(write, self.spot(), *(found.key for found in known), said=f"Rejected: {len(known)}.")
        elif self.waiting == "found":
            self.host.inform("The study pack has none of these.")

    @work(exclusive=True, group="edit")
    async def action_edit(self) -> None:
        """Take the quotation with other words or pages."""
        found = self.candidate()
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
        write = self.host.library.candidates.edit(
            found, text=text, pages=pages, speaker=found.speaker, about=found.about
        )
        self._judge(write, self.spot(), found.key, said="Taken with your changes.")

    @work(group="deciding")
    async def _judge(self, write: Future[None], where: ShowQueue, *keys: str, said: str) -> None:
        if await self.host.write_succeeded(write):
            self._decided.append(Decided(where, keys))
            self.read()
            self.show()
            self.host.inform(said)

    # --- back, and there ---------------------------------------------------------------------------------------------

    @work(group="deciding")
    async def action_undo(self) -> None:
        """Take the last word back, whatever it was about, and show what it was about."""
        library = self.host.library
        if not self._decided:
            self.host.inform("There is nothing to take back.")
            return
        last = self._decided.pop()
        if isinstance(last.what, tuple):
            restored = await self.host.write_succeeded(library.candidates.reopen(*last.what))
            said = "It waits again." if len(last.what) == 1 else f"{len(last.what)} wait again."
        else:
            write = library.links.undo(last.what)
            restored = await self.host.write_succeeded(write)
            said = "Taken back."
            if restored and not write.result():
                said = "Your word is forgotten; the text was imported since, so the next import asks again."
            if restored and last.added:
                restored = await self.host.write_succeeded(library.corrections.take_back(f"figure:{last.added}"))
                self.host.data_changed()
        if restored:
            self.read()
            self.go_to(last.where)
            self.host.inform(said)
        else:
            self._decided.append(last)

    @on(RowList.Chosen)
    def action_open(self) -> None:
        """Go to the passage; Esc there comes back to this row."""
        place = self.question() or self.suggestion()
        if place is not None:
            lit = (place.passage, place.start, place.passage, place.end)
            self.host.go_to(ReadAt(Place(place.edition, place.passage, place.start), lit=lit))
