"""The panel beside the page: who is in view, in the chapter, in the book, as far as it has been read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from db.models import Place
from serge_tui.modes.reader.widgets.people_list import PeopleView, Person
from serge_tui.services.reading_progress import people_met

if TYPE_CHECKING:
    from db.models import FigureName
    from serge_tui.host import Host
    from serge_tui.modes.reader.frame import Frame
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.people import People
    from serge_tui.modes.reader.stretch import Stretch
    from serge_tui.modes.reader.widgets.page import PageView
    from serge_tui.modes.reader.widgets.people_list import PeopleList
    from serge_tui.services.hidden_ends import HiddenEnds


class PeoplePanel:
    """Lists the people in view, in the chapter and in the book, and goes to the one who is chosen."""

    def __init__(
        self, page: PageView, text: OpenedText, people: People, rows: PeopleList, frame: Frame, host: Host
    ) -> None:
        self._page, self._text, self._people = page, text, people
        self._rows, self._frame, self._host = rows, frame, host
        self._names: tuple[str, dict[str, FigureName]] = ("", {})
        text.place_moved.add(self.place_moved)

    def place_moved(self, _view: Stretch) -> None:
        """Follow the page."""
        if self._rows.display:
            self.fill()

    def action_toggle(self) -> None:
        """Open or close the panel."""
        self._rows.display = not self._rows.display
        if self._rows.display:
            self.fill()

    def action_enter(self) -> None:
        """Go into the panel to choose somebody."""
        if not self._rows.display:
            self.action_toggle()
        self._rows.focus()

    def person_chosen(self, index: int) -> None:
        """Show the person of a row at their nearest mention: in view, else before this line, else after it."""
        figure, view, opened = self._rows.person_at(index), self._page.view(), self._text.opened
        if figure is None or opened is None or view is None:
            return
        self._frame.focus_page()
        in_view = next((name for name in opened.names_in(view) if name.figure == figure), None)
        if in_view is not None:
            self._people.open_card(in_view)
            return
        passages, here = self._host.library.passages, Place(self._text.edition, *view.begin)
        found = passages.next_mention(figure, here, forward=False) or passages.next_mention(figure, here)
        if found is not None:
            self._people.go_to_mention(found)

    def fill(self) -> None:
        """List the people in view, in the chapter, in the book."""
        view, opened = self._page.view(), self._text.opened
        if opened is None or view is None:
            return
        hidden, ends = self._host.fates_hidden, self._people.ends_here()
        counts = Counter(name.figure for name in opened.names_in(view))
        told = [name for name in opened.others if not hidden or (name.passage, name.start) < view.stop]
        chapter = Counter(name.figure for name in told if name.figure not in counts)
        names = self._names_by_key()
        met = people_met(self._host.library) if hidden else {key for key, name in names.items() if name.mentions}
        met -= counts.keys() | chapter.keys()
        in_book = sorted((names[key].sort_name, key) for key in met if key in names)
        self._rows.show(
            PeopleView(
                self._persons(counts, ends),
                self._persons(chapter, ends),
                self._persons(Counter({key: names[key].mentions for _, key in in_book}), ends),
                "Met so far" if hidden else "In the book",
            )
        )

    def _persons(self, times: Counter[str], ends: HiddenEnds) -> tuple[Person, ...]:
        names = self._names_by_key()
        return tuple(
            # A hidden end takes room that the name needs.
            Person(key, names[key].name, names[key].years(hidden=ends.of(key)).rstrip("▒"), count)
            for key, count in times.items()
            if key in names
        )

    def _names_by_key(self) -> dict[str, FigureName]:
        """Return everybody's name and years by key, read once for an edition."""
        edition = self._text.edition
        if self._names[0] != edition or not self._names[1]:
            self._names = (edition, {name.key: name for name in self._host.library.figures.names(edition)})
        return self._names[1]

    def forget_names(self) -> None:
        """Read names again when they are next needed."""
        self._names = ("", {})
