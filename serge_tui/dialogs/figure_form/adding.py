"""The form in which somebody is added who is not among the figures yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.text import sanitise_line
from serge_tui.dialogs.figure_form.fields import form_fields
from serge_tui.dialogs.figure_form.screen import FigureForm
from serge_tui.dialogs.figure_form.ties import ties_of, whom

if TYPE_CHECKING:
    from db.models import Figure
    from serge_tui.dialogs.figure_form.ties import Ties
    from serge_tui.host import Host


def adding_form(host: Host, name: str = "") -> FigureForm:
    """An empty form, with a name filled in that the answer has only if it was changed."""
    ties = ties_by_name(host, None, sealed=False)
    fields = form_fields(None, {}, ties, sealed=False)
    fields = [replace(field, value=sanitise_line(name)) if field.name == "name" else field for field in fields]
    return FigureForm("Add somebody", "figure:", fields, {}, ties)


def ties_by_name(host: Host, figure: Figure | None, *, sealed: bool) -> Ties:
    """The ties of a figure, with others found by any spelling of their names."""
    people = host.library.figures.names()

    def named(name: str) -> str:
        return whom(name, people, lambda typed: [match.name for match in host.finder.find(typed, limit=3)])

    return ties_of(figure, named, sealed=sealed)
