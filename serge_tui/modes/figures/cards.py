"""How well a figure's cards are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.text import sanitise_line

if TYPE_CHECKING:
    from db.library import Library


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card of a figure: what it asks, its words, and how it stands (`new`, `holds 84 %`, `due`, `set aside`)."""

    kind: str
    words: str
    standing: str
    telling: bool


def card_lines(library: Library, key: str) -> list[CardLine]:
    """The cards a figure is the answer to or is named in, those asked before first.

    The first call of a session makes all cards, which takes about half a second: in a thread worker.
    """
    from serge_tui.core.study.cards.registry import CARD_TITLES
    from serge_tui.core.study.scheduling import is_due, retrievability
    from serge_tui.services.card_collection import card_collection
    from serge_tui.services.hidden_ends import hidden_ends, may_be_asked
    from serge_tui.services.study_settings import study_settings, today

    day, decay = today(library), study_settings(library).scheduling.decay
    states, ends = library.study.states(), hidden_ends(library)
    lines: list[tuple[int, CardLine]] = []
    for card in card_collection(library).cards.values():
        if key != card.answer_figure and key not in card.figures:
            continue
        state = states.get(card.key)
        if state is None or state.stability is None:
            rank, standing = 2, "new"
        elif state.suspended:
            rank, standing = 3, "set aside"
        elif is_due(state, day):
            rank, standing = 0, "due"
        else:
            rank, standing = 1, f"holds {retrievability(state, day, decay):.0%}"
        asked = f"{card.question} {'; '.join(card.choices)}" if card.choices else card.question
        words = sanitise_line(card.stimulus or asked)
        lines.append((rank, CardLine(CARD_TITLES[card.kind], words, standing, not may_be_asked(card, ends))))
    return [line for _, line in sorted(lines, key=lambda ranked: ranked[0])]
