"""Two figures side by side: chosen one after the other, then shown together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from db.models import GUIDE_EDITION
from db.text import sanitise_line
from serge_tui.core.wording import counted
from serge_tui.modes.figures.dossier import load_dossier
from serge_tui.modes.figures.facets import value_title
from serge_tui.navigation import SideBySide

if TYPE_CHECKING:
    from collections.abc import Callable

    from serge_tui.host import Host
    from serge_tui.modes.figures.dossier import Dossier
    from serge_tui.modes.figures.listing import FigureListing
    from serge_tui.services.hidden_ends import HiddenEnds


class Comparison:
    """Controller: the first figure chosen for a comparison, and the screen that shows both.

    Args:
        host: The app.
        listing: The list, for the edition that mentions are taken from.
        shown_key: Return the key of the figure that commands are about.
    """

    def __init__(
        self,
        host: Host,
        listing: FigureListing,
        shown_key: Callable[[], str | None],
    ) -> None:
        self._host = host
        self._listing = listing
        self._shown_key = shown_key
        self._first: str | None = None
        self.left_at: SideBySide | None = None
        """The comparison as it was when a line in it was followed, while the way back is being remembered."""

    def action_choose(self) -> None:
        """Choose a figure to compare; with a second one, show both."""
        key = self._shown_key()
        if key is None:
            return
        name = self._host.library.figures.name_of(key)
        if self._first is None:
            self._first = key
            self._host.inform(f"{name} is chosen. Press = on another figure to compare them.")
        elif self._first == key:
            self._first = None
            self._host.inform(f"{name} is no longer chosen for a comparison.")
        else:
            self.show(SideBySide(self._first, key))
            self._first = None

    def show(self, view: SideBySide) -> None:
        """Show two figures side by side."""
        self._host.start(self._show(view))

    async def _show(self, view: SideBySide) -> None:
        from serge_tui.modes.figures.compare_screen import CompareScreen

        catalogue = self._listing.catalogue
        edition = catalogue.edition if catalogue is not None else GUIDE_EDITION
        one, other = (load_dossier(self._host.library, key, edition) for key in (view.one, view.other))
        if one is None or other is None:
            return
        screen = CompareScreen(one, other, view, ends=self._host.ends)
        destination = await self._host.ask(screen)
        if destination is not None:
            self.left_at = screen.left_at
            self._host.go_to(destination)
            self.left_at = None


def comparison_head(one: Dossier, other: Dossier, ends: HiddenEnds) -> Content:
    """Return what two figures have in common, in a line or two, without anything that gives away a hidden end."""
    parts = []
    hidden = ends.of(one.figure.key) or ends.of(other.figure.key)
    for tie in one.figure.ties:
        if tie.other == other.figure.key and not (hidden and tie.kind in {"killer", "victim"}):
            note = f" ({tie.note})" if tie.note and not hidden else ""
            parts.append(f"{one.figure.name} is {other.figure.name}'s {tie.kind}{note}")
    shared = next((count for key, _, count in one.company if key == other.figure.key), 0)
    if shared:
        parts.append(f"named together in {'one passage' if shared == 1 else counted(shared, 'passage')}")
    movements = [value_title("movement", value) for value in one.figure.movements if value in other.figure.movements]
    nations = [value for value in one.figure.nationalities if value in other.figure.nationalities]
    parts += [f"both {', '.join(common)}" for common in (movements, nations) if common]
    chapters = sorted(
        {*one.figure.chapters, *one.figure.chapters_likely} & {*other.figure.chapters, *other.figure.chapters_likely}
    )
    if chapters:
        parts.append(f"both in chapter{'s' if len(chapters) > 1 else ''} {', '.join(map(str, chapters))}")
    return Content(sanitise_line("; ".join(parts) or "Nothing known connects the two")) + Content(".")
