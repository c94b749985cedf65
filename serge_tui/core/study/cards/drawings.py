"""Cards on Serge's portraits in our own words, of people of whom the pack cannot quote one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import GAP, Card
from serge_tui.core.study.cards.common import (
    CardSources,
    first_chapter,
    is_answer,
    person_hints,
    tells_office,
    trimmed,
)
from serge_tui.core.study.clauses import content_stems
from serge_tui.core.study.masking import mask

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEWEST: Final = 4
"""Telling words that must be left."""


def drawing_cards(sources: CardSources) -> Iterator[Card]:
    """Ask whom Serge draws, in our words, where there is no portrait of his to ask about."""
    for figure in sources.figures:
        if not figure.stroke or not is_answer(figure.key) or sources.portraits.get(figure.key):
            continue
        cue = mask(figure.stroke, [figure])
        if len(content_stems(cue.replace(GAP, " "))) < _FEWEST or tells_office(cue, figure):
            continue
        yield Card(
            key=f"drawing/{figure.key}",
            kind="drawing",
            question="Whom does Serge draw like this? (The words are ours.)",
            stimulus=trimmed(cue),
            answer=figure.name,
            hints=person_hints(figure),
            answer_figure=figure.key,
            figures=(figure.key,),
            chapter=first_chapter(figure),
            siblings=(f"serge:{figure.key}",),
            rivals=sources.rivals.of(figure.key),
            offered="always" if figure.in_memoirs == "seen" or figure.key in sources.spoken_of else "wish",
        )
