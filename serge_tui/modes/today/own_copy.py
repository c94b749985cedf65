"""What the reader's own copy gives to Today: the portrait of the day, and a text in which none were looked for yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from textual.content import Content

from db.ends import ENDS_HIDDEN
from db.models import Place
from db.text import sanitise, sanitise_line
from serge_tui.modes.today.view import TodayEntry, TodayView
from serge_tui.navigation import Destination, ReadAt, ShowFigure

if TYPE_CHECKING:
    from collections.abc import Collection

    from db.library import Library

LOOK_FOR_PORTRAITS: Final = "today.look-for-portraits"
HEADING: Final = "Portrait of the day, from your own copy"


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """Today with what the reader's copy gives to it.

    `portrait_leads_to` is where the portrait of the day leads if it is from the copy; `unsearched` are keys of texts.
    """

    view: TodayView
    portrait_leads_to: Destination | None = None
    unsearched: tuple[str, ...] = ()


def with_own_copy(library: Library, view: TodayView, number: int, commands: Collection[str] = ()) -> OwnCopy:
    """Return what Today shows with the reader's copy: a few queries by key, for the first paint waits for it.

    Args:
        library: The open database.
        view: Today without it.
        number: Number of the day; it chooses the portrait.
        commands: Ids of known commands.
    """
    unsearched = library.today.unsearched()
    if unsearched and LOOK_FOR_PORTRAITS in commands:
        titles = " · ".join(title for _, title in unsearched)
        entry = TodayEntry("Find its portraits", f"people drawn in {titles}", LOOK_FOR_PORTRAITS)
        view = replace(view, entries=(*view.entries, entry))
    keys = tuple(key for key, _ in unsearched)
    untold: Collection[str] = ()
    if library.settings.get(ENDS_HIDDEN, False):
        from serge_tui.services.hidden_ends import hidden_ends

        untold = hidden_ends(library).died.keys()
    own = library.today.own_portrait(number, untold)
    if own is None:
        return OwnCopy(view, None, keys)
    where = f"{own.title}, {own.chapter}" if own.chapter else own.title
    portrait = Content("\n").join(
        [
            Content.styled(sanitise_line(own.name), "bold $primary"), Content(""), Content(f"“{sanitise(own.text)}”"),
            Content.styled(sanitise_line(where), "$muted"),
        ]
    )  # fmt: skip
    leads_to = ShowFigure(own.figure) if own.figure else ReadAt(Place(own.edition, own.lit[0], own.lit[1]), own.lit)
    return OwnCopy(replace(view, heading=HEADING, portrait=portrait, figure=own.figure), leads_to, keys)
