"""The form in which a reader corrects or adds a figure: its fields, and what of it has to be stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.models import FIGURE_FIELDS
from db.overlay import FIGURE_DATES
from db.text import sanitise_line
from serge_tui.dialogs.figure_form.ties import TIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.corrections import Correction
    from db.models import Figure, FigureField
    from serge_tui.dialogs.figure_form.ties import Ties

ALSO: Final = "also"
"""Name of the field that holds the reader's own spellings."""
NOT_CALLED: Final = "not_called"
"""Name of the field that holds spellings of the pack the reader took away."""
_SEPARATOR: Final = ";"


@dataclass(frozen=True, slots=True)
class FormField:
    """A line of the form. `own`: its value is the reader's; `telling`: it says how a life ended.

    `several` values are in one line with semicolons between them; `long` is a text of several lines.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    own: bool = False
    several: bool = False
    long: bool = False
    telling: bool = False


_NOT_CALLED: Final = FormField(NOT_CALLED, "Not called", hint="a spelling here that is wrong", several=True)


def _rows_of(known: FigureField) -> tuple[FormField, ...]:
    """Return the rows of the form for a declared field of a figure."""
    if known.kind == "aliases":
        return FormField(ALSO, known.label, hint="Zinovief; the Old Man = nickname", several=True), _NOT_CALLED
    several = known.kind == "list"
    return (FormField(known.name, known.label, "", known.hint, False, several, known.long, known.telling),)


_FIELDS: Final = tuple(row for known in FIGURE_FIELDS if known.label for row in _rows_of(known))


def form_fields(
    figure: Figure | None, corrections: Mapping[str, Correction], ties: Ties | None = None, *, hide_ends: bool
) -> list[FormField]:
    """Fields of the form as they stand; empty ones for somebody new. What tells the end is left out while hide_ends.

    Without `ties` there is no field for them.
    """
    return [
        FormField(
            field.name,
            field.label,
            ties.text if field.name == TIES and ties is not None else _value(field, figure, corrections),
            field.hint,
            _is_own(field, corrections),
            field.several,
            field.long,
            field.telling,
        )
        for field in _FIELDS
        if not (hide_ends and field.telling) and not (field.name == TIES and ties is None)
    ]


def _is_own(field: FormField, corrections: Mapping[str, Correction]) -> bool:
    match field.name:
        case "also" | "not_called" as name:
            return any(
                key.startswith("alias:") and bool(correction.value) == (name == ALSO)
                for key, correction in corrections.items()
            )
        case "ties":
            return any(key.startswith("tie:") for key in corrections)
        case name:
            return name in corrections


def _value(field: FormField, figure: Figure | None, corrections: Mapping[str, Correction]) -> str:
    if figure is None or field.name == TIES:
        return ""
    match field.name:
        case "also":
            own = {
                name.removeprefix("alias:"): correction.value
                for name, correction in corrections.items()
                if name.startswith("alias:") and correction.value
            }
            parts = [text if kind == "spelling" else f"{text} = {kind}" for text, kind in own.items()]
            return f"{_SEPARATOR} ".join(parts)
        case "not_called":
            gone = [name for name, known in corrections.items() if name.startswith("alias:") and not known.value]
            return f"{_SEPARATOR} ".join(name.removeprefix("alias:") for name in gone)
        case name if name in FIGURE_DATES:
            return str(getattr(figure, name).text)
        case "chapters":
            return " ".join(map(str, figure.chapters))
        case name if field.several:
            return f"{_SEPARATOR} ".join(getattr(figure, name))
        case name:
            return str(getattr(figure, name))


def changes(
    fields: list[FormField],
    typed: Mapping[str, str],
    corrections: Mapping[str, Correction],
    ties: Ties | None = None,
) -> tuple[dict[str, str], list[str]]:
    """Return what to store and which corrections to revert, from the values in the form.

    A field that was emptied gives the pack's word back. Raises SergeError when a tie cannot be understood.
    """
    stored: dict[str, str] = {}
    back: list[str] = []
    for field in fields:
        value = typed.get(field.name, "").strip()
        if field.name == TIES:
            if ties is not None and value != field.value.strip():
                changed, taken_back = ties.changes(value, corrections)
                stored |= changed
                back += taken_back
        elif field.name == NOT_CALLED:
            gone = [f"alias:{part}" for part in _parts(value)]
            stored |= {name: "" for name in gone if _differs(name, "", corrections)}
            back += [
                name
                for name, correction in corrections.items()
                if name.startswith("alias:") and not correction.value and name not in gone
            ]
        elif field.name == ALSO:
            spellings = _spellings(value)
            stored |= {name: kind for name, kind in spellings.items() if _differs(name, kind, corrections)}
            back += [
                name
                for name, correction in corrections.items()
                if name.startswith("alias:") and correction.value and name not in spellings
            ]
        elif value != field.value:
            if value:
                stored[field.name] = "\n".join(_parts(value)) if field.several else value
            elif field.name in corrections:
                back.append(field.name)
    return stored, back


def _parts(value: str) -> list[str]:
    return [part for piece in value.split(_SEPARATOR) if (part := sanitise_line(piece))]


def _spellings(value: str) -> dict[str, str]:
    """`Zinovief; the Old Man = nickname` as fields and their values."""
    found = {}
    for part in _parts(value):
        text, equals, kind = part.rpartition(" = ")
        found[f"alias:{text if equals else part}"] = kind if equals else "spelling"
    return found


def _differs(name: str, value: str, corrections: Mapping[str, Correction]) -> bool:
    return name not in corrections or corrections[name].value != value
