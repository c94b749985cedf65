"""The facets of the list of figures, ready to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.vocabulary import FATES
from serge_tui.modes.figures.filters import FACETS, SORT_TITLES, SORTS, Facet, FigureFilter, split_words
from serge_tui.modes.figures.saved_filters import SAVED
from serge_tui.modes.figures.widgets.facet_list import FacetValue, FacetView

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from serge_tui.modes.figures.catalogue import Catalogue
    from serge_tui.services.saved_filters import SavedFilter

FACET_TITLES: Final[dict[Facet, str]] = {
    "kind": "Show", "movement": "Movement", "nationality": "Nationality", "ended": "Ended", "chapter": "Chapter",
    "met": "Met so far", "portrait": "Portrait", "noted": "Noted",
}  # fmt: skip
_MOVEMENTS: Final = {
    "anarchist-individualist": "individualist anarchist", "anti-stalinist-left": "anti-Stalinist left",
    "arts-and-letters": "arts and letters", "bolshevik": "Bolshevik", "cheka-gpu": "Cheka and GPU",
    "christian": "Christian", "comintern": "Comintern", "democratic-centralist": "Democratic Centralist",
    "far-right": "far right", "kronstadt-1921": "Kronstadt 1921", "left-communist": "Left Communist",
    "left-opposition": "Left Opposition", "left-sr": "Left SR", "makhnovist": "Makhnovist",
    "menshevik": "Menshevik", "orenburg-deportee": "deported to Orenburg", "peoples-will": "People's Will",
    "political-red-cross": "Political Red Cross", "poum": "POUM", "provisional-government": "Provisional Government",
    "red-army": "Red Army", "rescue-network": "rescue network", "resistance": "Resistance",
    "revolutionary-syndicalist": "revolutionary syndicalist", "right-opposition": "Right Opposition",
    "serge-family": "Serge's family", "social-democrat": "social democrat",
    "socialist-revolutionary": "Socialist Revolutionary", "soviet-diplomacy": "Soviet diplomacy",
    "stalinist": "Stalinist", "trotskyist": "Trotskyist", "white": "White",
    "workers-opposition": "Workers' Opposition", "zinovievist": "Zinovievist",
}  # fmt: skip
"""Movements that are not written as the study pack's word for them."""
_KINDS: Final = {
    "person": "people", "terms": "terms and places", "organisation": "organisations", "term": "words of the time",
    "place": "places",
}  # fmt: skip
_YES_AND_NO: Final[dict[str, dict[str, str]]] = {
    "met": {"yes": "met so far", "no": "not met yet"},
    "portrait": {"yes": "with portrait", "no": "without portrait"},
    "noted": {"yes": "noted", "no": "not noted"},
}


def value_title(facet: Facet, value: str) -> str:
    """A value as shown."""
    if facet == "ended":
        return FATES.get(value, value)
    if facet == "kind":
        return _KINDS.get(value, value)
    if facet == "movement":
        return _MOVEMENTS.get(value, value)
    if facet == "chapter":
        return f"chapter {value}"
    return _YES_AND_NO.get(facet, {}).get(value, value)


def facet_views(
    catalogue: Catalogue,
    chosen: FigureFilter,
    saved: Mapping[str, SavedFilter],
    *,
    hide_ends: bool,
    among: Collection[str] | None = None,
) -> list[FacetView]:
    """Every facet with its values and how many figures each would leave, of everybody or `among` those found."""
    sorts = tuple(FacetValue(sort, SORT_TITLES[sort]) for sort in SORTS if not (hide_ends and sort == "death"))
    views = [FacetView("sort", "Order", sorts, chosen.sort, always=True)]
    for facet in FACETS:
        hidden = hide_ends and facet == "ended"
        values = (
            ()
            if hidden
            else tuple(
                FacetValue(value, _title(catalogue, facet, value), count)
                for value, count in catalogue.counts(chosen, facet, among)
            )
        )
        views.append(FacetView(facet, FACET_TITLES[facet], values, chosen.value(facet), hidden=hidden))
    own = tuple(FacetValue(key, f"{key} {one.name or spoken(one.words)}") for key, one in saved.items())
    views.append(FacetView(SAVED, "Saved", own, nothing=f"{len(own)} under keys", own=True))
    return views


def _title(catalogue: Catalogue, facet: Facet, value: str) -> str:
    if facet == "chapter" and (title := catalogue.chapter_titles.get(value)):
        return f"{value} {title}"
    return value_title(facet, value)


def spoken(words: str) -> str:
    """A filter in words a person would use: `bolshevik · chapter 4 · most named first`."""
    query, chosen = split_words(words)
    parts = [f'"{query}"'] if query else []
    for facet in FACETS:
        value = chosen.value(facet)
        if value:
            parts.append(value_title(facet, value))
    if chosen.sort != "name":
        parts.append(SORT_TITLES[chosen.sort])
    return " · ".join(parts)
