"""Everybody at once: what the list needs to narrow, count and sort without asking the database again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from db.models import FigureTraits
from db.text import fold
from serge_tui.modes.figures.filters import FACETS, PERSON, TERMS, YES_NO, Facet, FigureFilter, Sort
from serge_tui.navigation import term_entry
from serge_tui.services.locators import preferred_editions
from serge_tui.services.reading_progress import people_met

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from db.library import Library
    from db.models import FigureName, Term


@dataclass(slots=True)
class Catalogue:
    """All figures, and all terms, with what they are known by. `edition` is the text mentions are counted in."""

    edition: str
    names: dict[str, FigureName]
    traits: dict[str, FigureTraits]
    met: set[str] = field(default_factory=set)
    appearance: dict[str, int] = field(default_factory=dict)
    portraits: set[str] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)
    chapter_titles: dict[str, str] = field(default_factory=dict)
    """Titles of the chapters of the Memoirs by their number."""
    terms: dict[str, Term] = field(default_factory=dict)
    """Terms by their entries."""
    _orders: dict[Sort, list[str]] = field(default_factory=dict)

    def values(self, key: str, facet: Facet) -> tuple[str, ...]:
        """The values a figure has in a facet."""
        traits = self.traits[key]
        term = self.terms.get(key)
        if facet == "kind":
            return (PERSON,) if term is None else (TERMS, term.kind)
        if term is not None:
            return tuple(map(str, traits.chapters)) if facet == "chapter" else ()
        match facet:
            case "movement":
                return traits.movements
            case "nationality":
                return traits.nationalities
            case "ended":
                return (traits.fate,)
            case "chapter":
                return tuple(map(str, traits.chapters))
            case "met":
                return ("yes" if key in self.met else "no",)
            case "portrait":
                return ("yes" if key in self.portraits else "no",)
            case "noted":
                return ("yes" if key in self.noted else "no",)

    def narrowed(
        self, keys: Iterable[str], chosen: FigureFilter, *, without: Facet | None = None, every_kind: bool = False
    ) -> list[str]:
        """Those of some entries that have every value chosen, `without` regard to one facet.

        Where no kind is chosen these are people only; with `every_kind`, terms too.
        """
        wanted = [(facet, chosen.value(facet)) for facet in FACETS if chosen.value(facet) and facet != without]
        if not (chosen.kind or every_kind or without == "kind"):
            keys = [key for key in keys if key not in self.terms]
        if not wanted:
            return list(keys)
        return [key for key in keys if all(value in self.values(key, facet) for facet, value in wanted)]

    def counts(self, chosen: FigureFilter, facet: Facet, among: Collection[str] | None = None) -> list[tuple[str, int]]:
        """How many figures each value of a facet would leave, with the other facets as they are, `among` some."""
        found: Counter[str] = Counter()
        for key in self.narrowed(self.names if among is None else among, chosen, without=facet):
            found.update(self.values(key, facet))
        if facet == "chapter":
            return sorted(found.items(), key=lambda item: int(item[0]))
        if facet == "kind":
            return [(kind, found[kind]) for kind in (PERSON, TERMS, "organisation", "term", "place") if found[kind]]
        if facet in YES_NO:
            return sorted(found.items(), reverse=True)
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))

    def order(self, sort: Sort) -> list[str]:
        """Keys of everybody in an order; sorted once."""
        if sort not in self._orders:
            self._orders[sort] = sorted(self.names, key=lambda key: self._rank(key, sort))
        return self._orders[sort]

    def _rank(self, key: str, sort: Sort) -> tuple[int, str, str]:
        name = self.names[key]
        last = 1 << 40
        match sort:
            case "name":
                number = 0
            case "mentions":
                number = -name.mentions
            case "birth":
                number = name.born.earliest.toordinal() if name.born.earliest else last
            case "death":
                number = name.died.earliest.toordinal() if name.died.earliest else last
            case "appearance":
                chapters = self.traits[key].chapters
                number = self.appearance.get(key, last + (min(chapters) if chapters else last))
        return number, fold(name.sort_name), key


def load_catalogue(library: Library) -> Catalogue:
    """Read everybody. Takes about 15 microseconds a figure: in a thread worker."""
    edition = preferred_editions(library)[0]
    terms = {term.key: term for term in library.terms.all()}
    entries = {term_entry(name.key): replace(name, key=term_entry(name.key)) for name in library.terms.names(edition)}
    traits = {
        term_entry(key): FigureTraits((), (), "", tuple(sorted({*term.chapters, *term.chapters_likely})))
        for key, term in terms.items()
    }
    return Catalogue(
        edition,
        {name.key: name for name in library.figures.names(edition)} | entries,
        library.figures.traits() | traits,
        people_met(library),
        library.passages.order_of_appearance(edition),
        library.figures.with_portrait(),
        {target.removeprefix("figure:") for target in library.annotations.targets("figure:")},
        {str(chapter.number): chapter.title for chapter in library.chronicle.chapters()},
        {term_entry(key): term for key, term in terms.items()},
    )
