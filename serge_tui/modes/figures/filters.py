"""Facets and order of the list of figures: a value that can be written as words, kept under a key, and come back to."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final, Literal, TypeAlias

Facet: TypeAlias = Literal["kind", "movement", "nationality", "ended", "chapter", "met", "portrait", "noted"]
Sort: TypeAlias = Literal["name", "mentions", "birth", "death", "appearance"]

FACETS: Final[tuple[Facet, ...]] = ("movement", "nationality", "ended", "chapter", "met", "portrait", "noted", "kind")
SORTS: Final[tuple[Sort, ...]] = ("name", "mentions", "birth", "death", "appearance")
SORT_TITLES: Final[dict[Sort, str]] = {
    "name": "by name",
    "mentions": "most named first",
    "birth": "by birth",
    "death": "by death",
    "appearance": "as they appear",
}
PERSON: Final = "person"
TERMS: Final = "terms"
"""Values of the facet *kind*: people, whom the list shows where nothing else is chosen; every term."""
YES_NO: Final = frozenset({"met", "portrait", "noted"})
"""Facets whose values are `yes` and `no`."""


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """The filters of the list (an empty string if not set) and its order."""

    kind: str = ""
    movement: str = ""
    nationality: str = ""
    ended: str = ""
    chapter: str = ""
    met: str = ""
    portrait: str = ""
    noted: str = ""
    sort: Sort = "name"

    def value(self, facet: Facet) -> str:
        """The value of a facet; empty when it does not narrow."""
        return str(getattr(self, facet))

    def with_word(self, name: str, value: str) -> FigureFilter:
        """The same with another value of one facet, or of `sort`."""
        return replace(self, **{name: value})  # type: ignore[arg-type]  # the values come from the vocabularies

    def without_ends(self) -> FigureFilter:
        """The same without filters that would give away how somebody ended."""
        return replace(self, ended="", sort="birth" if self.sort == "death" else self.sort)

    @property
    def narrows(self) -> bool:
        """Whether any facet is set."""
        return any(self.value(facet) for facet in FACETS)

    @property
    def words(self) -> str:
        """Written as words: `movement:bolshevik chapter:4 sort:mentions`; empty for the plain list."""
        parts = [f"{facet}:{self.value(facet)}" for facet in FACETS if self.value(facet)]
        if self.sort != "name":
            parts.append(f"sort:{self.sort}")
        return " ".join(parts)


def split_words(text: str) -> tuple[str, FigureFilter]:
    """Take facet words out of a query: what is left to be found, and the filter. Unknown words stay in the query."""
    known = {field.name for field in fields(FigureFilter)}
    rest: list[str] = []
    found: dict[str, str] = {}
    for word in text.split(" "):
        name, colon, value = word.partition(":")
        if colon and value and name in known and (name != "sort" or value in SORTS):
            found[name] = value
        else:
            rest.append(word)
    return " ".join(rest).strip(), FigureFilter(**found)  # type: ignore[arg-type]  # the names are its fields


def join_words(query: str, chosen: FigureFilter) -> str:
    """The opposite of `split_words`."""
    return " ".join(part for part in (query, chosen.words) if part)
