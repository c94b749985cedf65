"""Decisions on portraits and sayings found in the reader's copy: stored at once, undone one by one."""

from __future__ import annotations

from asyncio import to_thread
from functools import partial
from typing import TYPE_CHECKING, Final

from db.found_store import letters_of
from db.text import fold, sanitise_line
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.prompt import Prompt
from serge_tui.modes.notes.review_decisions import MOST_MATCHES, Decision

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from db.models.found_text import Found, FoundDecision, FoundState
    from serge_tui.host import Host
    from serge_tui.modes.notes.review_lists import ReviewLists
    from serge_tui.services.undo import UndoStack

_SAID: Final[dict[FoundState, str]] = {
    "kept": "Kept", "skipped": "Skipped; it is not asked about again", "rejected": "Rejected; it is not shown again",
}  # fmt: skip


class CopyDecisions:
    """Controller: keeps, skips, rejects, trims what was found, or gives it to another person.

    `decided` is called after each decision.
    """

    def __init__(self, host: Host, lists: ReviewLists, stack: UndoStack, decided: Callable[[], None]) -> None:
        self._host = host
        self._lists = lists
        self._stack = stack
        self._decided = decided

    def keep(self) -> None:
        """Keep what was found as it is."""
        self._decide("kept")

    def action_skip(self) -> None:
        """Leave it out of the cards; it still shows on the person's page."""
        self._decide("skipped")

    def reject(self) -> None:
        """Say that it is no portrait, or not said by them: it is not shown again."""
        self._decide("rejected")

    def trim(self) -> None:
        """Keep it with fewer words."""
        if found := self._lists.in_copy():
            self._host.start(self._trim(found))

    def give_to_another(self) -> None:
        """Keep it as another person's."""
        if found := self._lists.in_copy():
            self._host.start(self._give_to_another(found))

    async def _trim(self, found: Found) -> None:
        begun = sanitise_line(found.text)
        words = await self._host.ask(Prompt("Best words", "a part of what stands there", begun))
        if words is None or not words.strip():
            return
        if letters_of(words) not in letters_of(found.text):
            self._host.report_error("These words do not stand there one after the other; cut at the beginning or end.")
            return
        await self._store(found, "kept", "Kept with these words", text=found.text if words == begun else words)

    async def _give_to_another(self, found: Found) -> None:
        asked = "Whose portrait is it" if found.kind == "portrait" else "Who says it"
        typed = await self._host.ask(Prompt(asked, "any spelling of a name"))
        if not typed or not (name := sanitise_line(typed).strip()):
            return
        people = await to_thread(self._people, name, found.edition)
        index = await self._host.ask(Choice("Who is meant", [(label, line) for label, line, _ in people]))
        if index is not None:
            label, _, figure = people[index]
            await self._store(found, "kept", f"Kept, as {label}", person=(figure, label))

    def _people(self, typed: str, edition: str) -> list[tuple[str, str, str]]:
        """Return people of the study pack and of the text with about this name: name, one line, key or nothing."""
        library = self._host.library
        people = [
            (figure.name, figure.one_line, figure.key)
            for match in self._host.finder.find(typed, limit=MOST_MATCHES)
            if (figure := library.figures.by_key(match.figure))
        ]
        wanted = fold(typed)
        named = [person.name for person in library.found.people(edition) if wanted in fold(person.name)]
        people += [(name, "named in the text, not in the study pack", "") for name in named[:MOST_MATCHES]]
        if wanted not in {fold(name) for name, _, _ in people}:
            people.append((typed, "somebody else, under this name", ""))
        return people

    def _decide(self, state: FoundState) -> None:
        if found := self._lists.in_copy():
            self._host.start(self._store(found, state, _SAID[state]))

    async def _store(
        self, found: Found, state: FoundState, said: str, *, text: str | None = None,
        person: tuple[str, str] | None = None,
    ) -> None:  # fmt: skip
        library, where = self._host.library, self._lists.spot()
        before = library.found.decision(found.key)

        def write() -> Future[FoundDecision]:
            return library.found.decide(found, state, text=text, person=person)

        if not await self._host.write_succeeded(write()):
            return
        undo = partial(library.found.restore, found.key, before)
        self._stack.push(Decision(said, undo, write, where=where, undone=lambda: "To review again."))
        self._decided()
        self._host.inform(f"{said}; u undoes it.")
