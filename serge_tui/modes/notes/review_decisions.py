"""Decisions in To review: stored at once, and undone and redone one by one."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from db.text import sanitise_line
from serge_tui.core.wording import counted
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.prompt import Prompt
from serge_tui.services.undo import Change

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from db.link_changes import LinkChange
    from db.models.candidate import Candidate
    from db.models.link import NameSuggestion
    from serge_tui.dialogs.kept_draft import KeptDraft
    from serge_tui.host import Host
    from serge_tui.modes.notes.review_lists import ReviewLists
    from serge_tui.navigation import ShowToReview
    from serge_tui.services.undo import UndoStack

T = TypeVar("T")
MOST_MATCHES: Final = 8
"""People offered for a name typed."""


@dataclass(frozen=True, slots=True)
class Decision(Change):
    """A decision that was stored.

    `where` is the row it was about, `undone` returns the sentence for its undo, `people_changed` says whether somebody
    was added to the figures for it.
    """

    where: ShowToReview = field(kw_only=True)
    undone: Callable[[], str] = field(kw_only=True)
    people_changed: bool = False


class _NameWrite:
    """The write of a decision about a name, repeatable; it holds what the last write changed, to take that back."""

    def __init__(self, host: Host, write: Callable[[], Future[LinkChange]]) -> None:
        self._host = host
        self._write = write
        self.change: LinkChange | None = None
        self.as_before = True
        """Whether the last undo restored every place; not if the text was imported again since."""

    def make(self) -> Future[LinkChange]:
        """Start the write."""
        return _then(self._write(), self._made)

    def take_back(self) -> Future[bool]:
        """Start the write that takes the decision back, and removes the person added for it."""
        assert self.change is not None
        return _then(self._host.library.links.undo(self.change), self._taken_back)

    def _made(self, change: LinkChange) -> None:
        self.change = change

    def _taken_back(self, as_before: bool) -> None:  # the write's answer
        self.as_before = as_before

    def undone(self) -> str:
        """Return the sentence for an undo."""
        if self.as_before:
            return "Undone."
        return "The decision is forgotten. The text was imported since, so the next import asks again."


def _then(write: Future[T], act: Callable[[T], None]) -> Future[T]:
    """Call `act` with the answer of a write that succeeds, before anybody who waits for the write goes on."""

    def done(future: Future[T]) -> None:
        if future.exception() is None:
            act(future.result())

    write.add_done_callback(done)
    return write


class NameDecisions:
    """Controller: decides about uncertain and unknown names.

    `decided` is called after a decision was stored.
    """

    def __init__(self, host: Host, lists: ReviewLists, stack: UndoStack, decided: Callable[[], None]) -> None:
        self._host = host
        self._lists = lists
        self._stack = stack
        self._decided = decided

    def action_always(self) -> None:
        """Decide that the name always means the chosen person; of an unknown name, ask who it is."""
        library = self._host.library
        if mention := self._lists.mention():
            figure = mention.candidates[self._lists.person][0]
            said = f"{sanitise_line(mention.surface)} is always {library.figures.name_of(figure)}"
            self._decide(lambda: library.links.always(mention.edition, mention.surface, figure), said)
        elif name := self._lists.suggestion():
            self._host.start(self._ask_who(name, self._lists.spot()))

    def action_here(self) -> None:
        """Decide that the name means the chosen person at this place."""
        if mention := self._lists.mention():
            self._here(mention.candidates[self._lists.person][0])

    def action_nobody(self) -> None:
        """Decide that the name means nobody at this place."""
        self._here("")

    def _here(self, figure: str) -> None:
        library = self._host.library
        if mention := self._lists.mention():
            whom = library.figures.name_of(figure) if figure else "nobody"
            self._decide(
                lambda: library.links.here(mention.edition, mention.passage, mention.start, mention.end, figure),
                f"{sanitise_line(mention.surface)} is {whom} here",
            )

    def action_never(self) -> None:
        """Decide that the name never means the chosen person; of an unknown name, that it is not a person's."""
        library = self._host.library
        if mention := self._lists.mention():
            figure = mention.candidates[self._lists.person][0]
            said = f"{sanitise_line(mention.surface)} is never {library.figures.name_of(figure)}"
            self._decide(lambda: library.links.never(mention.edition, mention.surface, figure), said)
        elif name := self._lists.suggestion():
            said = f"{sanitise_line(name.name)} is not a person"
            self._decide(lambda: library.links.never(name.edition, name.surface), said)

    async def _ask_who(self, name: NameSuggestion, where: ShowToReview) -> None:
        """Ask which of the figures an unknown name means."""
        library = self._host.library
        typed = await self._host.ask(Prompt(f"Who is {sanitise_line(name.name)}", "any spelling of a name"))
        if not typed or not typed.strip():
            return
        found = await to_thread(self._matching, typed.strip())
        figures = [figure for key in found if (figure := library.figures.by_key(key))]
        if not figures:
            self._host.inform("Nobody among the figures has that name; p adds a person.")
            return
        index = await self._host.ask(Choice("Who is meant", [(figure.name, figure.one_line) for figure in figures]))
        if index is not None:
            figure = figures[index]
            write = _NameWrite(self._host, lambda: library.links.always(name.edition, name.surface, figure.key))
            await self._store(write, where, f"{sanitise_line(name.name)} is always {figure.name}")

    def _matching(self, typed: str) -> list[str]:
        return [match.figure for match in self._host.finder.find(typed, limit=MOST_MATCHES)]

    def action_add(self) -> None:
        """Add a person with the unknown name."""
        if name := self._lists.suggestion():
            self._host.start(self._add(name, self._lists.spot()))

    async def _add(self, name: NameSuggestion, where: ShowToReview) -> None:
        from serge_tui.dialogs.figure_form.adding import adding_form
        from serge_tui.dialogs.figure_form.drafts import adding_draft

        library = self._host.library
        kept = adding_draft(self._host)
        answer = await self._host.ask(await adding_form(self._host, name.name, kept))
        if answer is not None:
            values = {"name": name.name, **answer.stored}
            write = _NameWrite(self._host, lambda: library.links.add_person(name.edition, name.surface, values))
            said = f"{sanitise_line(values['name'])} is among the figures now, as yours"
            await self._store(write, where, said, people_changed=True, kept=kept)

    def _decide(self, start: Callable[[], Future[LinkChange]], said: str) -> None:
        self._host.start(self._store(_NameWrite(self._host, start), self._lists.spot(), said))

    async def _store(
        self,
        write: _NameWrite,
        where: ShowToReview,
        said: str,
        *,
        people_changed: bool = False,
        kept: KeptDraft | None = None,
    ) -> None:
        future = write.make()
        if kept is not None:
            kept.stored(future)
        if not await self._host.write_succeeded(future):
            return
        self._stack.push(
            Decision(said, write.take_back, write.make, where=where, undone=write.undone, people_changed=people_changed)
        )
        if people_changed:
            self._host.data_changed()
        self._decided()
        settled = write.change.settled if write.change else 0
        self._host.inform(f"{said}.{f' {settled} places are settled.' if settled > 1 else ''}")


class QuotationDecisions:
    """Controller: accepts, edits and rejects quotations from reviews. `decided` is called after each decision."""

    def __init__(self, host: Host, lists: ReviewLists, stack: UndoStack, decided: Callable[[], None]) -> None:
        self._host = host
        self._lists = lists
        self._stack = stack
        self._decided = decided

    def accept(self) -> None:
        """Accept the quotation as it is."""
        if found := self._lists.quotation():
            self._decide(lambda: self._host.library.candidates.accept(found), [found], "Quotation accepted")

    def reject(self) -> None:
        """Reject the quotation: it is not offered again."""
        if found := self._lists.quotation():
            self._decide(lambda: self._host.library.candidates.reject(found), [found], "Quotation rejected")

    def reject_known(self) -> None:
        """Reject every quotation that the study pack has already, in one step."""
        if self._lists.kind != "found":
            return
        known = [found for found in self._lists.found if found.quotation]
        if known:
            said = f"{counted(len(known), 'quotation')} rejected"
            self._decide(lambda: self._host.library.candidates.reject_all(known), known, said)
        else:
            self._host.inform("The study pack has none of these quotations.")

    def edit(self) -> None:
        """Accept the quotation with other words or pages."""
        if found := self._lists.quotation():
            self._host.start(self._edit(found, self._lists.spot()))

    async def _edit(self, found: Candidate, where: ShowToReview) -> None:
        begun = sanitise_line(found.text)
        words = await self._host.ask(Prompt("Words", "as in the book", begun))
        if not words:
            return
        pages = await self._host.ask(Prompt("Pages", "119-120", found.pages))
        if pages is None:
            return
        # The prompt has one line: unchanged words keep their paragraphs.
        text = found.text if words == begun else words

        def write() -> Future[None]:
            return self._host.library.candidates.edit(
                found, text=text, pages=pages, speaker=found.speaker, about=found.about
            )

        await self._store(write, [found], where, "Quotation accepted with your changes")

    def _decide(self, write: Callable[[], Future[None]], about: list[Candidate], said: str) -> None:
        self._host.start(self._store(write, about, self._lists.spot(), said))

    async def _store(
        self, write: Callable[[], Future[None]], about: list[Candidate], where: ShowToReview, said: str
    ) -> None:
        if not await self._host.write_succeeded(write()):
            return
        keys = [found.key for found in about]
        undone = f"{counted(len(keys), 'quotation')} to review again."
        reopen = self._host.library.candidates.reopen
        self._stack.push(Decision(said, lambda: reopen(*keys), write, where=where, undone=lambda: undone))
        self._decided()
        self._host.inform(f"{said}.")
