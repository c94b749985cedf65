"""The terms of the book found by any spelling: one finder a library, made anew when the pack has changed."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from db.text import fold

if TYPE_CHECKING:
    from db.library import Library
    from serge_tui.core.name_finder.match import Match
    from serge_tui.core.name_finder.names import NameFinder

_SURE = 60.0
"""Points from which on a term is named by all that was typed."""
_MOST = 8
_NAMED = frozenset({"name", "alias", "other spelling"})
_FEWEST = 3
"""Letters that name a term: beside people, one or two mean a person."""

_finders: WeakKeyDictionary[Library, tuple[str, NameFinder]] = WeakKeyDictionary()
_lock = Lock()


def find_terms(library: Library, query: str, *, sure: bool = True, limit: int = _MOST) -> list[Match]:
    """Return the terms that a query names, best first; `sure` leaves out those that it may only mean.

    The first call makes the finder: ask in a thread.
    """
    from serge_tui.core.name_finder.names import NameFinder

    with _lock:
        stamp = library.chronicle.stamp()
        known = _finders.get(library)
        if known is None or known[0] != stamp:
            known = _finders[library] = (stamp, NameFinder(library.terms.names()))
        found = known[1].find(query, limit=limit)
    return [match for match in found if not sure or _is_named(match, fold(query))]


def _is_named(match: Match, query: str) -> bool:
    """Return whether a query names a term: by its name, if only begun, or by the whole of another name.

    *Bukharin* is not meant by *Bukharinists*.
    """
    if len(query) < _FEWEST or match.score < _SURE or match.reason not in _NAMED:
        return False
    return match.alias == match.name or fold(match.alias) == query
