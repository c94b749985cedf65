"""The reader's word on who is meant: a wrong link taken away or turned to somebody else; and people together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from db.models import Place
from db.text import sanitise_line
from serge_tui.modes.reader.annotations import Annotating
from serge_tui.modes.reader.citation import chapter_words
from serge_tui.modes.reader.shared_scenes import Meeting, meetings
from serge_tui.modes.reader.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from db.link_changes import LinkChange


class Naming(Annotating):
    """Corrections of links, and people together."""

    def __init__(self) -> None:
        super().__init__()
        self._meetings: list[Meeting] = []

    # --- who is meant ------------------------------------------------------------------------------------------------

    def action_wrong_name(self) -> None:
        """Say who a name means: the one on the card or lit, or the selected words."""
        from serge_tui.dialogs.choice import Choice

        selected = self.selected()
        if selected is not None and selected.passage == selected.end_passage:
            self._ask_who(selected)
            return
        name = self.name_here()
        if name is None or self.opened is None:
            self.host.inform("Nobody is named here. Select the words first: v.")
            return
        self.show_lit(Stretch.of(name))
        if self.opened.is_linked_by_text(name):
            self.host.inform("The guide itself says who is meant here.")
            return
        words = self.page.words_of(Stretch.of(name))
        who = self.host.library.figures.name_of(name.figure)
        rows = [
            ("Somebody else", "say who, for this place"),
            (f"Not {who}", "at this place, nobody of the glossary"),
            (f"“{words}” never means {who}", "anywhere in this text"),
        ]
        links, edition = self.host.library.links, name.edition

        async def chosen(index: int | None) -> None:
            if index == 0:
                self._ask_who(Stretch.of(name))
            elif index == 1:
                await self._decide(links.here(edition, name.passage, name.start, name.end, ""), "Not linked here")
            elif index == 2:
                await self._decide(links.never(edition, words, name.figure), f"Never {who} any more")

        self.app.push_screen(Choice(f"“{words}” is {who}", rows), chosen)

    def _ask_who(self, stretch: Stretch) -> None:
        from serge_tui.dialogs.prompt import Prompt

        def typed(text: str | None) -> None:
            if text and text.strip():
                self._find_people([text], lambda found: self._choose_among(found[0], stretch))

        self.app.push_screen(Prompt("Who", "any spelling of the name"), typed)

    def _choose_among(self, keys: list[str], stretch: Stretch) -> None:
        from serge_tui.dialogs.choice import Choice

        if not keys:
            self.host.inform("Nobody of that name is in the glossary.")
            return
        figures = [figure for key in keys[:8] if (figure := self.host.library.figures.by_key(key))]

        async def chosen(index: int | None) -> None:
            if index is not None:
                link = self.host.library.links.here(
                    self.edition, stretch.passage, stretch.start, stretch.end, figures[index].key
                )
                self.action_stop_selecting()
                await self._decide(link, f"Here it is {figures[index].name}")

        self.app.push_screen(Choice("Who is meant", [(f.name, f.one_line) for f in figures]), chosen)

    async def _decide(self, future: Future[LinkChange], said: str) -> None:
        """Store a decision and show the text with it; an undo leaves the names as they were."""
        if not await self.host.write_succeeded(future):
            return
        change = future.result()
        self.can_undo("the link", lambda: self.host.library.links.undo(change))
        self.read_again()
        self.host.inform(f"{sanitise_line(said)}. The next import keeps to it.")

    # --- together ----------------------------------------------------------------------------------------------------

    def action_together(self) -> None:
        """Ask for two or three people and list where they are together."""
        from serge_tui.dialogs.prompt import Prompt

        facts = self.card.facts if self.card.has_class("-shown") else None
        begun = f"{facts.name}, " if facts else ""

        def typed(text: str | None) -> None:
            names = [name for name in (text or "").split(",") if name.strip()]
            if len(names) < 2:
                if text is not None:
                    self.host.inform("Two or three names, with commas between.")
                return
            self._find_people(names[:3], self._show_together)

        self.app.push_screen(Prompt("Together", "two or three names, with commas", begun), typed)

    @work(thread=True, exclusive=True, group="people")
    def _find_people(self, names: list[str], then: Callable[[list[list[str]]], None]) -> None:
        """Who may be meant by each name, best first; the finder may have to be built, so in a thread."""
        finder = self.host.finder
        found = [[match.figure for match in finder.find(name.strip(), limit=8)] for name in names]
        self.app.call_from_thread(then, found)

    def _show_together(self, found: list[list[str]]) -> None:
        from serge_tui.dialogs.choice import Choice

        library = self.host.library
        if not all(found):
            self.host.inform("One of them is not in the glossary.")
            return
        keys = [matches[0] for matches in found]
        names = " and ".join(library.figures.name_of(key) for key in keys)
        self._meetings = meetings([library.passages.mentions_of(key, self.edition) for key in keys])
        if not self._meetings:
            self.host.inform(f"{names} are nowhere together in this text.")
            return
        rows = [self._meeting_row(meeting) for meeting in self._meetings]

        def chosen(index: int | None) -> None:
            if index is not None:
                self._go_to_meeting(self._meetings[index])

        self.app.push_screen(Choice(f"{names} · {len(rows)}", rows), chosen)

    def _meeting_row(self, meeting: Meeting) -> tuple[str, str]:
        library = self.host.library
        passage, start, end = meeting.mentions[0]
        found = library.passages.at(self.edition, passage)
        words = found.text[max(0, start - 20) : end + 60] if found else ""
        return chapter_words(library.texts.chapter_of(self.edition, passage)), f"…{words}…"

    def action_meeting(self, forward: bool) -> None:
        """Go to the next passage where they are together."""
        if not self._meetings:
            self.action_together()
            return
        items = [(self._stretch_of(meeting), meeting) for meeting in self._meetings]
        meeting = self.beside(items, forward=forward)
        if meeting is None:
            self.host.inform("They are not together again." if forward else "This is where they are first together.")
        else:
            self._go_to_meeting(meeting)

    def _go_to_meeting(self, meeting: Meeting) -> None:
        stretch = self._stretch_of(meeting)
        self.leave_here()
        self.open_place(Place(self.edition, *stretch.begin), lit=stretch)

    @staticmethod
    def _stretch_of(meeting: Meeting) -> Stretch:
        return Stretch(*meeting.mentions[0][:2], meeting.mentions[-1][0], meeting.mentions[-1][2])
