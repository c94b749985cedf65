"""Events and terms: which term an event names, and which events a term is named in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from serge_tui.core.terms_in_text import TermNames, english_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.library import Library
    from db.models import Event, Term


@dataclass(frozen=True, slots=True)
class EventTerms:
    """Events in order of time, and for each the keys of the terms that its text and place name."""

    events: tuple[Event, ...]
    terms: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    """Names of the terms by key."""

    def of(self, event: str) -> tuple[tuple[str, str], ...]:
        """Return key and name of each term of an event."""
        return tuple((key, self.names[key]) for key in self.terms.get(event, ()))

    def naming(self, term: str) -> tuple[Event, ...]:
        """Return the events that name a term."""
        return tuple(event for event in self.events if term in self.terms[event.key])


def event_terms(library: Library) -> EventTerms:
    """Read all events and terms, and find these in those: a few hundred short texts."""
    terms = library.terms.all()
    finder = TermNames(terms)
    events = tuple(library.chronicle.events())
    return EventTerms(
        events,
        {event.key: finder.found_in(f"{event.text} {event.place}") for event in events},
        {term.key: term.name for term in terms},
    )


def events_naming(library: Library, term: Term) -> tuple[Event, ...]:
    """Return the events that name one term, by date: a query for the few that have its words."""
    names = english_names(term)
    finder = TermNames([term])
    written = {*names, *(name.replace("'", "’") for name in names), *(name.replace("’", "'") for name in names)}
    events = library.chronicle.events_with(sorted(written))
    return tuple(event for event in events if finder.found_in(f"{event.text} {event.place}"))
