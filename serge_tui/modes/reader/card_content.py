"""What the card of a person may say at a line of the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.ends import names_a_death
from db.models import Place
from db.passages import words_around
from serge_tui.modes.reader.citation import chapter_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.library import Library
    from db.models import Figure, Membership, Mention, Quotation
    from db.models.found_text import Found
    from serge_tui.services.hidden_ends import HiddenEnds


AROUND: Final = 55
"""Characters shown on each side of an earlier mention: about two lines of the card."""


@dataclass(frozen=True, slots=True)
class Met:
    """An earlier mention: where it is, and its words in their context."""

    where: str
    before: str
    name: str
    after: str


_MOST_STOOD: Final = 3
"""Organisations that a card names."""


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A person as far as the text has told up to a line. An empty string is not known, or not told yet."""

    key: str
    name: str
    years: str
    one_line: str
    words: Quotation | None
    words_later: bool
    """Serge draws them only further on."""
    last_seen: str
    first: str
    next: str
    count: str
    life: str
    serge: str
    fate: str
    stroke: str = ""
    """After Serge, in our words; for people of whom the pack quotes nothing."""
    found: Found | None = None
    """The best portrait found in this text, as far as it may be told."""
    say: str = ""
    """How to say the name."""
    stood: str = ""
    """Where they stood in the years of this chapter, else at any time, with years."""
    notes: int = 0
    """Number of the reader's notes that are on them, or link to them."""
    met: Met | None = None
    """Where they were named before, outside this paragraph."""
    unfolded: bool = False
    """Whether the reader asked for everything, doubts too."""


def card_facts(
    library: Library, figure: Figure, here: Mention, told: tuple[int, int], *, ends: HiddenEnds, unfolded: bool
) -> CardFacts:
    """Return what is told of a figure up to the place `told`; `here` is their present mention.

    While ends are hidden, words and mentions that come later are left out, and the end of the life unless it has been
    told; `unfolded` gives life and fate nevertheless, because the reader asked.
    """
    edition = here.edition
    mentions = library.passages.mentions_of(figure.key, edition)
    place = (here.passage, here.start)
    before = [mention for mention in mentions if (mention.passage, mention.start) < place]
    after = [mention for mention in mentions if (mention.passage, mention.start) > place]
    ends_hidden = ends.switched_on
    words, later = words_told(library, figure.key, here.edition, told, ends)
    hidden = ends.of(figure.key) and not unfolded
    key = f"figure:{figure.key}"
    notes = {note.key for note in (*library.annotations.on(key), *library.annotations.linking_to(key))}
    return CardFacts(
        key=figure.key,
        name=figure.name,
        years=figure.years(hidden=hidden),
        one_line=figure.one_line,
        words=words,
        words_later=later,
        last_seen=_return(library, before, here),
        first="here" if not before else _where(library, before[0], here),
        next=_where(library, after[0], here) if after else "",
        count=_count(len(mentions), len(before) + 1, hidden=ends_hidden),
        life=figure.life if unfolded else "",
        serge=figure.serge if unfolded else "",
        fate=figure.fate_text if not hidden else "",
        stroke=_stroke_told(library, figure, edition, told, hidden=ends_hidden and not unfolded)
        if words is None and not later
        else "",
        found=_found_stroke(library, figure.key, edition, told, words, hidden=hidden),
        say=said.say if (said := library.terms.pronunciation_of(figure.key)) else "",
        stood="" if hidden else _stood(library, figure.key, here),
        notes=len(notes),
        met=_met(library, before, here, ends),
        unfolded=unfolded,
    )


def _met(library: Library, before: Sequence[Mention], here: Mention, ends: HiddenEnds) -> Met | None:
    """Return the last mention before this paragraph; none whose words may tell an end that is hidden."""
    for mention in reversed(before):
        if mention.passage == here.passage:
            continue
        passage = library.passages.at(mention.edition, mention.passage)
        if passage is None or (ends.switched_on and names_a_death(passage.text)):
            return None
        around = words_around(passage.text, mention.start, mention.end, AROUND)
        return Met(_where(library, mention, here), around[0], passage.text[mention.start : mention.end], around[1])
    return None


def _stood(library: Library, figure: str, here: Mention) -> str:
    """Return where somebody stood in the years of the chapter of `here`; if that is not known, at any time."""
    belonged = library.terms.memberships_of(figure)
    if not belonged:
        return ""
    names = {term.key: term.name for term in library.terms.all("organisation")}
    chapter = library.texts.chapter_of(here.edition, here.passage)
    number = chapter.canonical if chapter else None
    canonical = next((one for one in library.chronicle.chapters() if one.number == number), None)
    years = (canonical.year_from, canonical.year_to) if canonical else ("", "")
    then = [one for one in belonged if _overlaps(one, *years)] if all(map(str.isdecimal, years)) else []
    shown = [one for one in then or belonged if one.term in names][:_MOST_STOOD]
    return "; ".join(f"{names[one.term]} {one.years}".rstrip() + " (?)" * one.is_unchecked for one in shown)


def _overlaps(membership: Membership, first: str, last: str) -> bool:
    """Return whether a membership is known to fall within some years."""
    start, end = membership.start.year, membership.end.year
    if start is None and end is None:
        return False
    return (start is None or start <= int(last)) and (end is None or end >= int(first))


def _stroke_told(library: Library, figure: Figure, edition: str, told: tuple[int, int], *, hidden: bool) -> str:
    """How Serge draws a figure, in our words; with `hidden` only from the first chapter that shows them."""
    numbers = (*figure.chapters, *figure.chapters_likely)
    if not hidden or not numbers:
        return figure.stroke
    chapter = library.texts.chapter_of(edition, told[0])
    number = (chapter.canonical if chapter else None) or 0
    return figure.stroke if min(numbers) <= number else ""


def _found_stroke(
    library: Library, figure: str, edition: str, told: tuple[int, int], words: Quotation | None, *, hidden: bool
) -> Found | None:
    """Return the best portrait of a figure found in the open text, other than `words`, which stand there already.

    With `hidden` only what stands before `told` and speaks of no death.
    """
    return next(
        (
            one
            for one in library.found.of_figure(figure, edition)
            if one.kind == "portrait"
            and not (one.quotation and words is not None and one.quotation == words.key)
            and not (hidden and ((one.passage, one.start) > told or names_a_death(one.sentence)))
        ),
        None,
    )


def words_told(
    library: Library, figure: str, edition: str, told: tuple[int, int], ends: HiddenEnds
) -> tuple[Quotation | None, bool]:
    """Return Serge's words on a figure, a portrait if there is one; and whether all his words come later.

    A quotation is told if it comes before `told` in the edition or, if it was not found there, is from a chapter no
    later than this one. One of the present chapter comes before an older one.
    """
    quotations = library.quotations.about(figure)
    if not ends.switched_on:
        return (quotations[0] if quotations else None), False
    places = {place.quotation: (place.passage, place.start) for place in library.quotations.places(edition)}
    chapter = library.texts.chapter_of(edition, told[0])
    number = (chapter.canonical if chapter else None) or 0
    known = [
        quotation
        for quotation in quotations
        if quotation.key not in ends.quotations
        and (places[quotation.key] <= told if quotation.key in places else 0 < (quotation.chapter or 99) <= number)
    ]
    known.sort(key=lambda quotation: (quotation.kind != "portrait", quotation.chapter != number))
    return (known[0] if known else None), bool(quotations) and not known


def place_words(library: Library, mention: Mention) -> str:
    """Return where a mention is, in words: chapter, and printed page if known."""
    chapter = library.texts.chapter_of(mention.edition, mention.passage)
    page = library.texts.page_at(Place(mention.edition, mention.passage, mention.start))
    return chapter_words(chapter) + (f", p. {page}" if page else "")


def _where(library: Library, mention: Mention, here: Mention) -> str:
    """Return the same as `place_words`, shorter for a place nearby."""
    if mention.passage == here.passage:
        return "in this paragraph"
    one, other = (library.texts.chapter_of(m.edition, m.passage) for m in (mention, here))
    return "in this chapter" if one == other else place_words(library, mention)


def _return(library: Library, before: Sequence[Mention], here: Mention) -> str:
    """Return where somebody who comes back in this chapter was last named; empty if it was in this chapter."""
    if not before:
        return ""
    then = library.texts.chapter_of(here.edition, before[-1].passage)
    now = library.texts.chapter_of(here.edition, here.passage)
    return place_words(library, before[-1]) if then != now else ""


def _count(whole: int, so_far: int, *, hidden: bool) -> str:
    if hidden:
        return "named once so far" if so_far <= 1 else f"named {so_far} times so far"
    return "named once" if whole == 1 else f"{so_far} of {whole} mentions"
