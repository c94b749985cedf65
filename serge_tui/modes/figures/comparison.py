"""Two figures side by side: what they have to do with each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from db.text import sanitise_line
from serge_tui.modes.figures.facets import value_title

if TYPE_CHECKING:
    from serge_tui.modes.figures.dossier import Dossier


def comparison_head(one: Dossier, other: Dossier, *, sealed: bool) -> Content:
    """What the two have to do with each other, in one line or two."""
    parts = []
    for tie in one.figure.ties:
        if tie.other == other.figure.key and not (sealed and tie.kind in {"killer", "victim"}):
            note = f" ({tie.note})" if tie.note and not sealed else ""
            parts.append(f"{one.figure.name} is {other.figure.name}'s {tie.kind}{note}")
    shared = next((count for key, _, count in one.company if key == other.figure.key), 0)
    if shared:
        parts.append("named in one passage together" if shared == 1 else f"named together in {shared} passages")
    movements = [value_title("movement", value) for value in one.figure.movements if value in other.figure.movements]
    nations = [value for value in one.figure.nationalities if value in other.figure.nationalities]
    parts += [f"both {', '.join(common)}" for common in (movements, nations) if common]
    chapters = sorted(
        {*one.figure.chapters, *one.figure.chapters_likely} & {*other.figure.chapters, *other.figure.chapters_likely}
    )
    if chapters:
        parts.append(f"both in chapter{'s' if len(chapters) > 1 else ''} {', '.join(map(str, chapters))}")
    return Content(sanitise_line("; ".join(parts) or "Nothing here ties the two together")) + Content(".")
