"""The page beside the years: the event or year under the cursor, and who was alive then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from db.chronicle import HIDDEN_EVENT
from db.text import sanitise, sanitise_line
from db.vocabulary import FATES
from serge_tui.modes.years.chronology import MARKS, EventRow, GapRow, Row, last_year_of
from serge_tui.navigation import ReadAt, ShowFigure, term_entry
from serge_tui.widgets.linked_page import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.models import Citation, Place
    from serge_tui.modes.years.people import Lifespan, Living
    from serge_tui.services.hidden_ends import HiddenEnds

_KINDS = {"life": "Serge’s life", "history": "the world around him"}


def year_page(
    row: Row,
    living: Living,
    *,
    ends: HiddenEnds,
    everybody: bool,
    chapters: Mapping[int, tuple[str, Place | None]],
    citations: tuple[Citation, ...] = (),
    terms: tuple[tuple[str, str], ...] = (),
    party: str = "",
) -> list[Paragraph]:
    """Return the paragraphs of the page about a row.

    Args:
        row: A year or an event.
        living: Who was alive in that year.
        ends: Whose ends are hidden.
        everybody: Whether `living` holds everybody in the book, or only people met so far.
        chapters: Title and place of each chapter, by number.
        citations: Sources of the event.
        terms: Key and name of each term that the event names.
        party: The organisation whose people `living` holds; empty if it holds others too.
    """
    paragraphs: list[Paragraph] = []
    if isinstance(row, EventRow):
        paragraphs += _event(row, chapters, citations, terms)
    elif isinstance(row, GapRow):
        paragraphs.append(_heading(f"{row.year}–{row.last}"))  # a dash between years
        words = "The study pack has no event of these years. Enter shows them one by one."
        paragraphs.append(Paragraph(Content.styled(words, "$muted")))
    else:
        paragraphs.append(_heading(str(row.year)))
        if row.age is not None:
            paragraphs.append(Paragraph(Content(f"Serge is {row.age}." if row.age else "Serge is a newborn.")))
    paragraphs += _people(last_year_of(row), living, ends, everybody=everybody, party=party)
    return paragraphs


def _event(
    row: EventRow,
    chapters: Mapping[int, tuple[str, Place | None]],
    citations: tuple[Citation, ...],
    terms: tuple[tuple[str, str], ...],
) -> Iterator[Paragraph]:
    event = row.event
    if row.hidden:
        yield _heading(event.date.long)
        yield Paragraph(Content.styled(HIDDEN_EVENT, "$faint"))
        yield Paragraph(Content.styled(". shows it here.", "$muted"), gap=1)
        return
    yield _heading(f"{event.date.long}{f' · {event.place}' if event.place else ''}")
    yield Paragraph(Content.styled(f"{MARKS[event.kind]} {_KINDS[event.kind]}", "$muted"))
    doubt = Content.styled(sanitise(event.doubt), "$muted") if event.doubt else None
    yield Paragraph(Content(sanitise(event.text)), gap=1, unfolds=doubt)
    gap = 1
    for key, name in event.people:
        yield Paragraph(Content("→ ") + Content(sanitise_line(name)), ShowFigure(key), gap=gap, hang=2)
        gap = 0
    for key, name in terms:
        line = Content("→ ") + Content.styled(sanitise_line(name), "italic")
        yield Paragraph(line, ShowFigure(term_entry(key)), gap=gap, hang=2)
        gap = 0
    if event.chapter is not None and event.chapter in chapters:
        title, place = chapters[event.chapter]
        words = Content(f"→ Chapter {event.chapter} · {sanitise_line(title)}")
        yield Paragraph(words, ReadAt(place) if place is not None else None, gap=gap, hang=2)
    if citations:
        sources = "; ".join(dict.fromkeys(sanitise_line(citation.text) for citation in citations))
        yield Paragraph(Content.styled("Sources", "$faint"), gap=1, unfolds=Content.styled(sources, "$muted"))


def _people(year: int, living: Living, ends: HiddenEnds, *, everybody: bool, party: str) -> Iterator[Paragraph]:
    whom = "Of everybody in the book" if everybody else "Of the people you have met"
    aside = ""
    if party:
        whom, aside = "Of its people that year", f" · {party}"
    if not living.born:
        yield _heading(f"Alive in {year}{aside}", gap=2)
        more = "" if everybody else " m shows everybody."
        yield Paragraph(Content.styled(f"{whom}, nobody yet.{more}", "$muted"))
        return
    untold = [life for life in living.born if ends.of(life.key)]
    dying, alive, dead = (
        [life for life in lives if not ends.of(life.key)]
        for lives in (living.died_this_year, living.alive, living.dead)
    )
    if dying:
        yield _heading(f"Died in {year}", gap=2)
        yield from (_person(life, year, hidden=False, end=True) for life in dying)
    if alive or dead or not untold:
        yield _heading(f"Alive in {year}{aside}", gap=2)
        yield Paragraph(Content.styled(f"{whom}, {len(alive)}; already dead, {len(dead)}.", "$muted"))
        yield from (_person(life, year, hidden=False) for life in alive)
    if untold:
        yield _heading(f"Born by {year}{aside}", gap=2)
        told = f"{whom}, {len(untold)} whose end has not been told yet. . shows who still lived."
        yield Paragraph(Content.styled(told, "$muted"))
        yield from (_person(life, year, hidden=True) for life in untold)


def _person(life: Lifespan, year: int, *, hidden: bool, end: bool = False) -> Paragraph:
    age = year - life.born
    text = Content(sanitise_line(life.name))
    if end:
        text += Content.styled(f"  {FATES.get(life.fate) or sanitise_line(life.fate)}, about {age}", "$muted")
    elif hidden:
        text += Content.styled(f"  born {life.born}" if age else "  born this year", "$muted")
    else:
        unknown = "" if life.died is not None else ", end unknown"
        text += Content.styled(f"  {age}{unknown}" if age else "  born this year", "$muted")
    return Paragraph(text, ShowFigure(life.key), indent=2, hang=2, in_column=True)


def _heading(text: str, gap: int = 0) -> Paragraph:
    return Paragraph(Content.styled(sanitise_line(text), "bold $primary"), heading=text, gap=gap)
