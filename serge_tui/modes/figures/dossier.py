"""Everything the database knows of one figure, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.corrections import Correction
    from db.library import Library
    from db.models import (
        Annotation,
        Chapter,
        Event,
        Figure,
        Membership,
        MentionInContext,
        Place,
        Pronunciation,
        Quotation,
    )
    from db.models.found_text import Found

MENTIONS_AT_FIRST = 12
"""Mentions shown before the reader asks for all of them."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A figure with all that hangs on them. `edition` is the text the mentions are taken from."""

    figure: Figure
    edition: str
    edition_title: str
    portraits: tuple[Quotation, ...]
    said_of: tuple[Quotation, ...]
    sayings: tuple[Quotation, ...]
    chapters: tuple[Chapter, ...]
    by_chapter: dict[int, int]
    mentions: tuple[MentionInContext, ...]
    mention_count: int
    company: tuple[tuple[str, str, int], ...]
    """Key, name, passages shared, of those named in the same passages."""
    events: tuple[Event, ...]
    notes: tuple[Annotation, ...]
    corrections: dict[str, Correction]
    """What is the reader's own word, by field."""
    added: bool
    """Whether the figure is the reader's and not the pack's."""

    pronunciation: Pronunciation | None = None
    memberships: tuple[tuple[str, Membership], ...] = ()
    """The name of each organisation they belonged to, and when."""

    found: tuple[Found, ...] = ()
    """Portraits and sayings found in the edition, best first."""
    reached: Place | None = None
    """How far the reader has come in the edition; None where it was not begun."""

    @property
    def reached_chapter(self) -> int | None:
        """The chapter of the Memoirs that the reader is in, if known."""
        if self.reached is None:
            return None
        begun = [known for known in self.chapters if known.first_passage <= self.reached.passage]
        return next((known.canonical for known in reversed(begun) if known.canonical is not None), None)

    def is_own(self, *fields: str) -> bool:
        """Whether any of some fields has the reader's value."""
        return not self.added and any(field in self.corrections for field in fields)


def load_dossier(library: Library, key: str, edition: str, *, all_mentions: bool = False) -> Dossier | None:
    """Read a figure's dossier; None when nobody has the key. Every query goes by an index."""
    figure = library.figures.by_key(key)
    if figure is None:
        return None
    about = library.quotations.about(key)
    known = library.texts.edition(edition)
    position = library.texts.position(edition)
    reached = [place for place in (position and position.place, library.reading.furthest(edition)) if place]
    by_chapter = library.passages.mentions_by_chapter(key, edition)
    return Dossier(
        figure=figure,
        edition=edition,
        edition_title=known.title if known else "",
        portraits=tuple(quotation for quotation in about if quotation.kind == "portrait"),
        said_of=tuple(quotation for quotation in about if quotation.kind != "portrait"),
        sayings=tuple(library.quotations.by_speaker(key)),
        chapters=tuple(library.texts.chapters(edition)),
        by_chapter=by_chapter,
        mentions=tuple(library.passages.mentions_in_context(key, edition, -1 if all_mentions else MENTIONS_AT_FIRST)),
        mention_count=sum(by_chapter.values()),
        company=tuple(library.passages.company_of(key, edition)),
        events=tuple(library.chronicle.events_of(key)),
        notes=(
            *library.annotations.on(f"figure:{key}"),
            *(note for note in library.annotations.linking_to(f"figure:{key}") if note.target != f"figure:{key}"),
        ),
        corrections=library.corrections.of(f"figure:{key}"),
        added=library.corrections.is_added(key),
        pronunciation=library.terms.pronunciation_of(key),
        memberships=_memberships(library, key),
        found=tuple(library.found.of_figure(key, edition)),
        reached=max(reached, key=lambda place: (place.passage, place.offset), default=None),
    )


def _memberships(library: Library, figure: str) -> tuple[tuple[str, Membership], ...]:
    """Return what somebody belonged to, with the name of each organisation; those that are not known are left out."""
    belonged = library.terms.memberships_of(figure)
    names = {term.key: term.name for term in library.terms.all("organisation")} if belonged else {}
    return tuple((names[one.term], one) for one in belonged if one.term in names)
