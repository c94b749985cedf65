"""The facets of the list of figures, ready to be shown, and the filters a reader keeps under the number keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.vocabulary import FATES
from serge_tui.figures.filters import FACETS, SORT_TITLES, SORTS, YES_NO, Facet, FigureFilter, split_words
from serge_tui.widgets.facet_list import FacetValue, FacetView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.figures.catalogue import Catalogue

FACET_TITLES: Final[dict[Facet, str]] = {
    "movement": "Movement", "nationality": "Nationality", "ended": "Ended", "chapter": "Chapter",
    "met": "Met so far", "portrait": "Portrait", "noted": "Noted",
}  # fmt: skip
SAVED: Final = "saved"
"""Name of the row of filters kept under the number keys."""
FIRST_SAVED: Final = (
    "1 met:yes sort:appearance",
    "2 portrait:yes sort:mentions",
    "3 noted:yes",
    "4 met:no sort:appearance",
)
"""Filters under the first keys until the reader keeps others there."""


def value_title(facet: Facet, value: str) -> str:
    """A value as shown."""
    if facet == "ended":
        return FATES.get(value, value)
    if facet == "movement":
        return value.replace("-", " ")
    return value


def facet_views(catalogue: Catalogue, chosen: FigureFilter, saved: Sequence[str], *, sealed: bool) -> list[FacetView]:
    """Every facet with its values and how many figures each would leave."""
    sorts = tuple(FacetValue(sort, SORT_TITLES[sort]) for sort in SORTS if not (sealed and sort == "death"))
    views = [FacetView("sort", "Order", sorts, chosen.sort, always=True)]
    for facet in FACETS:
        hidden = sealed and facet == "ended"
        values = (
            ()
            if hidden
            else tuple(
                FacetValue(value, value_title(facet, value), count) for value, count in catalogue.counts(chosen, facet)
            )
        )
        views.append(FacetView(facet, FACET_TITLES[facet], values, chosen.value(facet), sealed=hidden))
    kept = tuple(FacetValue(key, f"{key}  {spoken(words)}") for key, words in kept_filters(saved).items())
    views.append(FacetView(SAVED, "Kept", kept, nothing=f"{len(kept)} under keys"))
    return views


def kept_filters(saved: Sequence[str]) -> dict[str, str]:
    """Filters by the number key they are under, from `1 met:yes`, `2 …`; an entry without words empties its key."""
    found: dict[str, str] = {}
    for entry in (*FIRST_SAVED, *saved):
        key, _, words = entry.partition(" ")
        if len(key) == 1 and key in "123456789":
            found[key] = words
    return {key: found[key] for key in sorted(found) if found[key]}


def keep_filter(saved: Sequence[str], key: str, words: str) -> list[str]:
    """The saved filters with one more under a key."""
    return [*(entry for entry in saved if not entry.startswith(f"{key} ")), f"{key} {words}"]


def spoken(words: str) -> str:
    """A filter in words a person would use: `bolshevik · chapter 4 · most named first`."""
    query, chosen = split_words(words)
    parts = [f'"{query}"'] if query else []
    for facet in FACETS:
        value = chosen.value(facet)
        if value and facet in YES_NO:
            title = FACET_TITLES[facet].lower()
            parts.append(title if value == "yes" else f"not {title}" if facet != "portrait" else "without portrait")
        elif value:
            parts.append(f"chapter {value}" if facet == "chapter" else value_title(facet, value))
    if chosen.sort != "name":
        parts.append(SORT_TITLES[chosen.sort])
    return " · ".join(parts)
