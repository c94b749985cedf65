"""Merge hits of every kind into one ranked list: people, passages, quotations, notes, events, chapters, commands.

Each kind has its own measure (the name finder's points, FTS5's bm25, or only an order), so hits are compared by
*strength*: for a name how surely it is meant; for anything else the weight of its kind, less for each place down its
own list, more if its title is the query. The best hit of every kind is on the first screen, so that forty passages that
say *Kronstadt* do not hide the one event and the one chapter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from db.text import fold
from serge_tui.core.name_finder.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from serge_tui.core.name_finder.match import Match

KINDS: Final = ("person", "term", "chapter", "note", "quotation", "event", "passage", "command")
"""In the order in which equals stand: what is fewer and nearer to the reader first."""
_WEIGHTS: Final = dict(zip(KINDS, (0.0, 0.0, 60.0, 55.0, 50.0, 45.0, 40.0, 35.0), strict=True))
_HOW_SURE: Final = {"spelling close": 0.45, "sounds like": 0.42, "description": 0.4}
"""What is left of a name's points that does not stand as it was typed: below a thing that does."""
_PLACE: Final = 0.4
"""Lost with each place down a kind's own list."""
_TITLE_IS: Final = 40.0
_TITLE_BEGINS: Final = 12.0
_TITLE_HAS: Final = 6.0
SCREEN: Final = 12
"""Lines seen at once in a small terminal."""


class Hit(Protocol):
    """Something found, of a kind, with a title and a strength."""

    @property
    def kind(self) -> str:
        """One of `KINDS`."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def score(self) -> float:
        """Its strength, 0 to 100."""


H = TypeVar("H", bound=Hit)


def name_strength(match: Match) -> float:
    """Return the strength of a figure: the finder's points if the name is as typed."""
    return match.score * _HOW_SURE.get(match.reason, 1.0)


def strength(kind: str, place: int, title: str = "", query: str = "") -> float:
    """Return the strength of any other hit; `place` is its place in the order of its kind, from 0."""
    return max(1.0, _WEIGHTS.get(kind, 0.0) - _PLACE * place + _title_gain(title, query))


def merged(hits: Iterable[H], *, screen: int = SCREEN) -> list[H]:
    """Return all hits, strongest first, with the best of every kind among the first `screen`.

    The order is total: equal hits are sorted by kind, then in the order given.
    """
    kind_order = {kind: at for at, kind in enumerate(KINDS)}
    ranked = sorted(hits, key=lambda hit: (-hit.score, kind_order.get(hit.kind, len(KINDS))))
    best: dict[str, int] = {}
    for at, hit in enumerate(ranked):
        best.setdefault(hit.kind, at)
    late = [at for at in best.values() if at >= screen]
    if not late or len(best) > screen:
        return ranked
    held = set(best.values())
    # The weakest of the first screen that are not the best of their kind make room.
    yielding = [at for at in range(screen - 1, -1, -1) if at not in held][: len(late)]
    shown = [at for at in range(screen) if at not in yielding] + late
    return [ranked[at] for at in shown] + [ranked[at] for at in range(len(ranked)) if at not in set(shown)]


def _title_gain(title: str, query: str) -> float:
    if not title or not query:
        return 0.0
    called, wanted = fold(title), fold(query)
    if called == wanted:
        return _TITLE_IS
    if called.startswith(wanted):
        return _TITLE_BEGINS
    asked = {word.folded for word in words(query)}
    return _TITLE_HAS if asked and asked <= {word.folded for word in words(title)} else 0.0
