"""`serge doctor --content`: counts the contents of the study pack and lists its gaps."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from serge_tui.cli.common import open_library, say, say_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from db.library import Library


def tell_content(path: Path, *, as_json: bool) -> None:
    """Print the report."""
    with open_library(path) as library:
        report = content_report(library)
    if as_json:
        say_json(report)
        return
    for title, values in report.items():
        say(title)
        for name, value in values.items():
            say(f"  {name:<34} {value}")


def content_report(library: Library) -> dict[str, dict[str, object]]:
    """Return counts by kind, by confidence and by chapter, and of figures and quotations that lack something."""
    counts = library.chronicle.counts()
    figures = library.figures.all()
    quotations = library.quotations.all()
    events = library.chronicle.events()
    terms = library.terms.all()
    with_portrait = library.figures.with_portrait()
    by_chapter: dict[str, object] = {}
    for number in [*range(1, 11), None]:
        people = sum(number in (*figure.chapters, *figure.chapters_likely) for figure in figures)
        said = sum(quotation.chapter == number for quotation in quotations)
        happened = sum(event.chapter == number for event in events)
        label = "no chapter known" if number is None else f"chapter {number}"
        by_chapter[label] = f"{people} figures, {said} quotations, {happened} events"
    return {
        "Counts": {
            "figures": counts.figures,
            "quotations": counts.quotations,
            "events": counts.events,
            "chapters": counts.chapters,
            "terms": len(terms),
            "pages": len(library.terms.pages()),
            "publications": len(library.chronicle.publications()),
        },
        "Figures by how they are known to be in the Memoirs": _counted(figure.in_memoirs for figure in figures),
        "Figures by confidence in their dates": _counted(figure.confidence for figure in figures),
        "Figures that lack something": {
            "a portrait by Serge": sum(figure.key not in with_portrait for figure in figures),
            "a word on what they were to Serge": sum(not figure.serge for figure in figures),
            "a life of 60 words": sum(len(figure.life.split()) < 60 for figure in figures),
            "a year of birth": sum(not figure.born.is_known for figure in figures),
            "a year of death": sum(not figure.died.is_known for figure in figures),
            "and are marked as doubtful": sum(bool(figure.doubt) for figure in figures),
        },
        "Quotations by kind": _counted(quotation.kind for quotation in quotations),
        "Quotations that lack something": {
            "a page of the 2012 edition": sum(not quotation.page for quotation in quotations),
            "a chapter": sum(quotation.chapter is None for quotation in quotations),
            "and are marked as doubtful": sum(bool(quotation.doubt) for quotation in quotations),
        },
        "Terms by kind": _counted(term.kind for term in terms),
        "By chapter": by_chapter,
    }


def _counted(values: Iterable[str]) -> dict[str, object]:
    return dict(Counter(values).most_common())
