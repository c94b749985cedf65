"""Passages where two or three people are together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.models import Place
from serge_tui.modes.reader.citation import chapter_words
from serge_tui.modes.reader.meetings import Meeting, meetings
from serge_tui.modes.reader.name_lookup import figures_named
from serge_tui.modes.reader.stretch import Stretch

if TYPE_CHECKING:
    from serge_tui.host import Host
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.people import People

MOST_PEOPLE: Final = 3


class SharedScenes:
    """Asks for two or three people, lists the passages that name them all, and goes from one to the next."""

    def __init__(self, text: OpenedText, people: People, host: Host) -> None:
        self._text, self._people, self._host = text, people, host
        self._meetings: list[Meeting] = []

    def action_search(self) -> None:
        """Ask for two or three people and list where they are together."""
        self._host.start(self._ask())

    async def _ask(self) -> None:
        from serge_tui.dialogs.choice import Choice
        from serge_tui.dialogs.prompt import Prompt

        facts = self._people.shown
        begun = f"{facts.name}, " if facts else ""
        typed = await self._host.ask(Prompt("Together", "two or three names, with commas", begun))
        if typed is None:
            return
        names = [name for name in typed.split(",") if name.strip()][:MOST_PEOPLE]
        if len(names) < 2:
            self._host.inform("Type two or three names, with commas between.")
            return
        found = await figures_named(self._host, names)
        if not all(found):
            self._host.inform("One of them is not in the glossary.")
            return
        library, edition = self._host.library, self._text.edition
        keys = [matches[0] for matches in found]
        together = " and ".join(library.figures.name_of(key) for key in keys)
        self._meetings = meetings([library.passages.mentions_of(key, edition) for key in keys])
        if not self._meetings:
            self._host.inform(f"{together} are nowhere together in this text.")
            return
        rows = [self._row(meeting) for meeting in self._meetings]
        chosen = await self._host.ask(Choice(f"{together} · {len(rows)}", rows))
        if chosen is not None:
            self._go_to(self._meetings[chosen])

    def _row(self, meeting: Meeting) -> tuple[str, str]:
        library, edition = self._host.library, self._text.edition
        passage, start, end = meeting.mentions[0]
        found = library.passages.at(edition, passage)
        words = found.text[max(0, start - 20) : end + 60] if found else ""
        return chapter_words(library.texts.chapter_of(edition, passage)), f"…{words}…"

    def action_next(self, forward: bool) -> None:
        """Go to the next passage where they are together, or the one before."""
        if not self._meetings:
            self.action_search()
            return
        items = [(_stretch_of(meeting), meeting) for meeting in self._meetings]
        meeting = self._text.beside(items, forward=forward)
        if meeting is None:
            self._host.inform("They are not together again." if forward else "This is where they are first together.")
        else:
            self._go_to(meeting)

    def _go_to(self, meeting: Meeting) -> None:
        stretch = _stretch_of(meeting)
        self._text.go_to(Place(self._text.edition, *stretch.begin), lit=stretch)


def _stretch_of(meeting: Meeting) -> Stretch:
    return Stretch(*meeting.mentions[0][:2], meeting.mentions[-1][0], meeting.mentions[-1][2])
