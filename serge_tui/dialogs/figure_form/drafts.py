"""What is being written in the form of a figure, kept as a draft and opened again in the same form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.text import sanitise_line
from serge_tui.dialogs.figure_form.adding import adding_form, correcting_form
from serge_tui.dialogs.kept_draft import KeptDraft

if TYPE_CHECKING:
    from db.models import Figure
    from db.models.draft import Draft
    from serge_tui.dialogs.figure_form.screen import FigureForm
    from serge_tui.host import Host

# No field of the form has these names: they say where the text belongs.
_FIGURE, _HIDE_ENDS = ":figure", ":hide_ends"


def adding_draft(host: Host, resumed: Draft | None = None) -> KeptDraft:
    """Return the draft of somebody who is being added."""
    return KeptDraft(host, "correction", "", {_FIGURE: "", _HIDE_ENDS: ""}, resumed)


def correcting_draft(host: Host, figure: Figure, *, hide_ends: bool, resumed: Draft | None = None) -> KeptDraft:
    """Return the draft of a correction; `hide_ends` is whether the form leaves out how the life ended."""
    place = {_FIGURE: figure.key, _HIDE_ENDS: "yes" if hide_ends else ""}
    return KeptDraft(host, "correction", sanitise_line(figure.name), place, resumed)


async def resume(host: Host, draft: Draft) -> tuple[FigureForm, Figure | None, KeptDraft]:
    """Return the form with a draft in it, the figure, None for somebody new or who is gone, and the draft."""
    figure = host.library.figures.by_key(key) if (key := draft.fields.get(_FIGURE, "")) else None
    if figure is None:
        kept = adding_draft(host, draft)
        return await adding_form(host, kept=kept), None, kept
    hide_ends = bool(draft.fields.get(_HIDE_ENDS))
    kept = correcting_draft(host, figure, hide_ends=hide_ends, resumed=draft)
    return await correcting_form(host, figure, hide_ends=hide_ends, kept=kept), figure, kept
