"""Cards made from the study pack. Few good ones: what would be ambiguous, trivial or a riddle is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import Card, CardKind
from serge_tui.core.study.cards.alive import alive_cards
from serge_tui.core.study.cards.attributions import line_cards
from serge_tui.core.study.cards.cloze import cloze_cards
from serge_tui.core.study.cards.common import Makers, is_answer
from serge_tui.core.study.cards.order import order_cards
from serge_tui.core.study.cards.portraits import feature_cards, portrait_cards
from serge_tui.core.study.clauses import content_stems, gives_away

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.models import Event, Figure, Quotation

__all__ = ["Card", "CardKind", "make_cards"]

_VIOLENT: Final = frozenset(
    "shot murdered suicide camp-or-prison killed-in-fighting executed executed-by-nazis disappeared".split()
)
_LAST: Final = 99
"""Where cards without a chapter come: after the book."""


def make_cards(quotations: Sequence[Quotation], figures: Sequence[Figure], events: Sequence[Event]) -> list[Card]:
    """Every card the study pack yields, in the order of the book; each key once."""
    makers = Makers(quotations, figures, events)
    cards: dict[str, Card] = {}
    for card in _all(makers):
        cards.setdefault(card.key, card)
    return sorted(cards.values(), key=lambda card: card.chapter if card.chapter is not None else _LAST)


def _all(makers: Makers) -> Iterator[Card]:
    for quotation in makers.quotations:
        yield from portrait_cards(quotation, makers)
        yield from feature_cards(quotation, makers)
        yield from line_cards(quotation, makers)
    yield from cloze_cards(makers)
    yield from _fates(makers)
    yield from order_cards(makers.events)
    yield from alive_cards(makers)


def _fates(makers: Makers) -> Iterator[Card]:
    """Violent ends of people the book is seen to name and the pack has words of or an event with."""
    for figure in makers.figures:
        if not is_answer(figure.key) or figure.fate not in _VIOLENT or figure.key not in makers.met:
            continue
        if figure.confidence != "high" or figure.in_memoirs != "seen" or len(content_stems(figure.fate_text)) < 2:
            continue
        year = figure.died.short if figure.died.is_exact_year else ""
        cue = figure.one_line.rstrip(".")
        yield Card(
            key=f"fate/{figure.key}",
            kind="fate",
            question=f"What became of {figure.name}?",
            stimulus="",
            answer=f"{figure.fate_text} ({figure.died.long})"
            if year and year not in figure.fate_text
            else figure.fate_text,
            context=cue if not gives_away(cue, figure.fate_text) else "",
            note="As outside sources have it; these are not Serge’s words.",
            figures=(figure.key,),
            chapter=max((*figure.chapters, *figure.chapters_likely), default=None),
            year=figure.died.year,
            siblings=(f"fate:{figure.key}",),
            rivals=makers.rivals.of(figure.key),
        )
