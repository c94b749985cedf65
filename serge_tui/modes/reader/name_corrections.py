"""Who a name in the text means, corrected by the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.text import sanitise_line
from serge_tui.modes.reader.name_lookup import figures_named
from serge_tui.modes.reader.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from db.library import Library
    from db.link_changes import LinkChange
    from db.models import Mention
    from serge_tui.host import Host
    from serge_tui.modes.reader.changes import Changes
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.people import People
    from serge_tui.modes.reader.selection import Selection
    from serge_tui.modes.reader.widgets.page import PageView


class NameCorrections:
    """Links a name to somebody else or to nobody, here or everywhere in the text, as one change to undo."""

    def __init__(
        self, page: PageView, text: OpenedText, people: People, selection: Selection, changes: Changes, host: Host
    ) -> None:
        self._page, self._text, self._people = page, text, people
        self._selection, self._changes, self._host = selection, changes, host

    def action_correct(self) -> None:
        """Say who a name means: the name on the card, the highlighted one, or the selected words."""
        selected, opened = self._selection.selected(), self._text.opened
        if selected is not None and selected.passage == selected.end_passage:
            self._host.start(self._ask_who(selected))
            return
        name = self._people.name_here()
        if name is None or opened is None:
            self._host.inform("Nobody is named here. Select the words first: v.")
            return
        self._text.show_lit(Stretch.of(name))
        if opened.is_linked_by_text(name):
            self._host.inform("The guide itself says who is meant here.")
        else:
            self._host.start(self._ask_correction(name))

    async def _ask_correction(self, name: Mention) -> None:
        from serge_tui.dialogs.choice import Choice

        links, words = self._host.library.links, self._page.words_of(Stretch.of(name))
        who = self._host.library.figures.name_of(name.figure)
        rows = [
            ("Somebody else", "say who, for this place"),
            (f"Not {who}", "at this place, nobody of the glossary"),
            (f"“{words}” never means {who}", "anywhere in this text"),
        ]
        match await self._host.ask(Choice(f"“{words}” is {who}", rows)):
            case 0:
                await self._ask_who(Stretch.of(name))
            case 1:
                await self._store(
                    lambda: links.here(name.edition, name.passage, name.start, name.end, ""), "Not linked here"
                )
            case 2:
                await self._store(lambda: links.never(name.edition, words, name.figure), f"Never {who} any more")

    async def _ask_who(self, stretch: Stretch) -> None:
        from serge_tui.dialogs.choice import Choice
        from serge_tui.dialogs.prompt import Prompt

        typed = await self._host.ask(Prompt("Who", "any spelling of the name"))
        if not typed or not typed.strip():
            return
        library, edition = self._host.library, self._text.edition
        (keys,) = await figures_named(self._host, [typed])
        figures = [figure for key in keys if (figure := library.figures.by_key(key))]
        if not figures:
            self._host.inform("Nobody of that name is in the glossary.")
            return
        chosen = await self._host.ask(Choice("Who is meant", [(f.name, f.one_line) for f in figures]))
        if chosen is not None:
            figure = figures[chosen]
            self._selection.action_end()
            await self._store(
                lambda: library.links.here(edition, stretch.passage, stretch.start, stretch.end, figure.key),
                f"Here it is {figure.name}",
            )

    async def _store(self, decide: Callable[[], Future[LinkChange]], said: str) -> None:
        """Store a decision and show the text with it; undo leaves the names as they were."""
        decision = LinkDecision(self._host.library, decide)
        if await self._host.write_succeeded(decision.store()):
            self._changes.stored("the link", decision.undo, decision.store)
            self._text.read_again()
            self._host.inform(f"{sanitise_line(said)}. The next import keeps to it.")


class LinkDecision:
    """A decision on who a name means, with the change it made when it was last stored."""

    def __init__(self, library: Library, decide: Callable[[], Future[LinkChange]]) -> None:
        self._library, self._decide = library, decide
        self._change: LinkChange | None = None

    def store(self) -> Future[LinkChange]:
        """Start the write of the decision."""
        future = self._decide()
        future.add_done_callback(self._stored)
        return future

    def _stored(self, future: Future[LinkChange]) -> None:
        if future.exception() is None:
            self._change = future.result()

    def undo(self) -> Future[bool]:
        """Start the write that takes the stored decision back."""
        assert self._change is not None
        return self._library.links.undo(self._change)
