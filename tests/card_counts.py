"""Count the cards of the study pack: `python -m tests.card_counts`, or twenty of a kind to read: `… KIND [SEED]`.

Printed are the cards of each kind, those that a deck of all kinds brings by itself (and those that come once a passage
was read, or on wish), how many people are the answer or the subject, who has most, and whom the Memoirs are seen to
name who has fewer than two cards.
"""

from __future__ import annotations

import sys
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import NARRATOR
from serge_tui.core.study.cards.deck_builder import make_cards
from serge_tui.core.study.cards.registry import CARD_TITLES
from serge_tui.core.study.introduction import IN_THE_BOOKS_WORDS, in_order
from tests.study_pack import study_pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.core.study.card import Card

FIRST: Final = 300
_READ: Final = 20
_MOST_NAMED: Final = 8


def all_cards() -> list[Card]:
    """Return every card of the study pack."""
    pack = study_pack()
    return make_cards(pack.quotations, pack.figures, pack.events, pack.terms, pack.chapters)


def of_person(cards: Sequence[Card]) -> Counter[str]:
    """Count for each person the cards that ask for them by name, or ask about nobody else."""
    counted: Counter[str] = Counter()
    for card in cards:
        if card.answer_figure:
            counted[card.answer_figure] += 1
        elif len(card.figures) == 1:
            counted[card.figures[0]] += 1
    return counted


def lacking(cards: Sequence[Card]) -> list[str]:
    """Return who is seen in the Memoirs and has fewer than two cards, whatever has to happen first."""
    counted = of_person([card for card in cards if card.offered != "wish"])
    people = (figure for figure in study_pack().figures if figure.in_memoirs == "seen" and figure.key != NARRATOR)
    return [f"{figure.name} ({counted[figure.key]})" for figure in people if counted[figure.key] < 2]


def report(cards: Sequence[Card]) -> str:
    """Return the counts as text."""
    kinds = {kind: Counter(card.offered for card in cards if card.kind == kind) for kind in CARD_TITLES}
    lines = [f"{'kind':10}{'by itself':>10}{'once read':>10}{'on wish':>9}{'all':>6}"]
    for kind, counts in kinds.items():
        if counts:
            lines.append(f"{kind:10}{counts['always']:10}{counts['read']:10}{counts['wish']:9}{sum(counts.values()):6}")
    total = Counter(card.offered for card in cards)
    lines.append(f"{'all':10}{total['always']:10}{total['read']:10}{total['wish']:9}{len(cards):6}")
    offered = [card for card in cards if card.offered != "wish" and card.kind != "term"]
    asked = [card for card in cards if card.offered == "always"]
    people = of_person(asked)
    named = {figure.key: figure.name for figure in study_pack().figures}
    words = sum(card.kind in IN_THE_BOOKS_WORDS for card in in_order(asked)[:FIRST])
    lines += [
        "",
        f"By itself or once read, without terms: {len(offered)}.",
        f"People asked for or about by itself: {len(people)}; most: "
        + ", ".join(f"{named[key]} {n} ({n / len(asked):.1%})" for key, n in people.most_common(_MOST_NAMED)),
        f"Portraits and sayings among the first {FIRST} new cards: {words}.",
        f"Seen in the Memoirs, fewer than two cards: {', '.join(lacking(cards)) or 'nobody'}.",
    ]
    return "\n".join(lines)


def sample(cards: Sequence[Card], kind: str, seed: int) -> str:
    """Return twenty cards of a kind, drawn by a seed, as text to be read."""
    of_kind = [card for card in cards if card.kind == kind]
    drawn = Random(f"{kind}/{seed}").sample(of_kind, min(_READ, len(of_kind)))  # to be read
    return "\n\n".join(
        f"{card.key}  ({card.offered})\n{card.shown}"
        + "".join(f"\n  - {choice}" for choice in card.choices)
        + f"\n=> {card.answer}"
        + (f"\nhints: {' | '.join(card.hints)}" if card.hints else "")
        for card in drawn
    )


def main(arguments: Sequence[str]) -> None:
    """Print the counts, or twenty cards of a kind."""
    cards = all_cards()
    if arguments:
        print(sample(cards, arguments[0], int(arguments[1]) if len(arguments) > 1 else 1))
    else:
        print(report(cards))


if __name__ == "__main__":
    main(sys.argv[1:])
