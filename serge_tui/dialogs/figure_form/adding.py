"""The form of a figure, filled in for correcting one or empty for adding one."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import replace
from typing import TYPE_CHECKING

from db.text import sanitise_line
from serge_tui.dialogs.figure_form.fields import form_fields
from serge_tui.dialogs.figure_form.screen import FigureForm
from serge_tui.dialogs.figure_form.ties import ties_of, whom

if TYPE_CHECKING:
    from db.models import Figure
    from serge_tui.dialogs.figure_form.ties import Ties
    from serge_tui.dialogs.kept_draft import KeptDraft
    from serge_tui.host import Host


async def adding_form(host: Host, name: str = "", kept: KeptDraft | None = None) -> FigureForm:
    """Return an empty form. A `name` filled in is part of the answer only if the reader changes it."""
    await to_thread(lambda: host.finder)  # ties are found by name as the form is saved
    ties = ties_by_name(host, None, hide_ends=False)
    fields = form_fields(None, {}, ties, hide_ends=False)
    fields = [replace(field, value=sanitise_line(name)) if field.name == "name" else field for field in fields]
    return FigureForm("Add somebody", "figure:", fields, {}, ties, kept)


async def correcting_form(host: Host, figure: Figure, *, hide_ends: bool, kept: KeptDraft | None = None) -> FigureForm:
    """Return the form of a figure as it is now; `hide_ends` leaves out the fields that say how the life ended."""
    record = f"figure:{figure.key}"
    corrections = host.library.corrections.of(record)
    await to_thread(lambda: host.finder)
    ties = ties_by_name(host, figure, hide_ends=hide_ends)
    fields = form_fields(figure, corrections, ties, hide_ends=hide_ends)
    return FigureForm(f"Correct {figure.name}", record, fields, corrections, ties, kept)


def ties_by_name(host: Host, figure: Figure | None, *, hide_ends: bool) -> Ties:
    """Return the ties of a figure; other people are found by any spelling of their names."""
    people = host.library.figures.names()

    def named(name: str) -> str:
        return whom(name, people, lambda typed: [match.name for match in host.finder.find(typed, limit=3)])

    return ties_of(figure, named, hide_ends=hide_ends)
