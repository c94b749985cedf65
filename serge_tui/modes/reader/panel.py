"""The people panel: who is in view, in the chapter, in the book, as far as it has been read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from textual import on

from db.models import Place
from serge_tui.modes.reader.people import People
from serge_tui.modes.reader.widgets.people_panel import PeoplePanel, PeopleView, Person
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from db.models import FigureName


class Panel(People):
    """The people panel."""

    def __init__(self) -> None:
        super().__init__()
        self._index: tuple[str, dict[str, FigureName]] = ("", {})

    @property
    def panel(self) -> PeoplePanel:
        """The panel beside the page."""
        return self.query_one(PeoplePanel)

    def on_page_view_moved(self) -> None:
        """Let the panel follow."""
        super().on_page_view_moved()
        if self.panel.display:
            self.fill_panel()

    def action_panel(self) -> None:
        """Open or close the panel."""
        self.panel.display = not self.panel.display
        if self.panel.display:
            self.fill_panel()

    def action_into_panel(self) -> None:
        """Go into the panel to choose somebody."""
        if not self.panel.display:
            self.action_panel()
        self.panel.focus()

    @on(RowList.Chosen)
    def _person_chosen(self, message: RowList.Chosen) -> None:
        """Show the person where they are named nearest: in view, else before this line, else after it."""
        if message.rows is not self.panel:
            return
        figure = self.panel.person_at(message.index)
        view = self.page.view()
        if figure is None or self.opened is None or view is None:
            return
        self.set_focus(None)
        in_view = next((name for name in self.opened.names_in(view) if name.figure == figure), None)
        if in_view is not None:
            self.open_card(in_view)
            return
        passages, here = self.host.library.passages, Place(self.edition, *view.begin)
        found = passages.next_mention(figure, here, forward=False) or passages.next_mention(figure, here)
        if found is not None:
            self.leave_here()
            self.go_to_mention(found)

    def fill_panel(self) -> None:
        """Show who is in view, in the chapter, in the book."""
        view = self.page.view()
        if self.opened is None or view is None:
            return
        sealed = self.host.fates_hidden
        counts = Counter(name.figure for name in self.opened.names_in(view))
        told = [name for name in self.opened.others if not sealed or (name.passage, name.start) < view.stop]
        chapter = Counter(name.figure for name in told if name.figure not in counts)
        people = self.figure_names()
        if sealed:
            # Whom this text names up to here, and whom it named where more of it was read already.
            library, line = self.host.library, Place(self.edition, *view.stop)
            met = library.passages.people_met(line) | library.reading.people_met(self.edition)
        else:
            met = {key for key, name in people.items() if name.mentions}
        met -= counts.keys() | chapter.keys()
        in_book = sorted((people[key].sort_name, key) for key in met if key in people)
        self.panel.show(
            PeopleView(
                self._people(counts, sealed=sealed),
                self._people(chapter, sealed=sealed),
                self._people(Counter({key: people[key].mentions for _, key in in_book}), sealed=sealed),
                "Met so far" if sealed else "In the book",
            )
        )

    def _people(self, times: Counter[str], *, sealed: bool) -> tuple[Person, ...]:
        names = self.figure_names()
        return tuple(
            # A sealed end takes room that the name needs.
            Person(key, names[key].name, names[key].years(sealed=sealed).rstrip("▒"), count)
            for key, count in times.items()
            if key in names
        )

    def figure_names(self) -> dict[str, FigureName]:
        """Everybody's name and years by key, read once for an edition."""
        if self._index[0] != self.edition or not self._index[1]:
            names = self.host.library.figures.names(self.edition)
            self._index = (self.edition, {name.key: name for name in names})
        return self._index[1]

    def forget_names(self) -> None:
        """Read names again when next needed."""
        self._index = ("", {})
