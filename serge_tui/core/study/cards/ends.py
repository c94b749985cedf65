"""Cards that tell how somebody ended and ask who it was."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import GAP, Card
from serge_tui.core.study.cards.common import CardSources, is_answer, latest_chapter, person_hints
from serge_tui.core.study.clauses import content_stems
from serge_tui.core.study.masking import mask

if TYPE_CHECKING:
    from collections.abc import Iterator

_RARE: Final = 3
"""Ends that may share a word which still counts as telling."""
_FEWEST: Final = 2
"""Telling words that an end must have for itself: *shot after the first Moscow trial* is the end of many."""
_LIKE_OTHERS: Final = frozenset(
    "akhmatova body dahlem mesnil pilnyak poretsky preobrazhensky ramishvili sedgwick sokolovskaya".split()
)
"""People whose end, as the pack words it, could well be somebody else’s."""
_PALE: Final = re.compile(r"^(?:\d{4}|paris|moscow|mexico|new|york|petrograd|leningrad|berlin|rome)$")


def end_cards(sources: CardSources) -> Iterator[Card]:
    """Ask whose end something was, with its year, where it can be nobody else's."""
    ends = {f.key: content_stems(f.fate_text) for f in sources.figures if f.fate_text}
    common = Counter(stem for stems in ends.values() for stem in stems)
    for figure in sources.figures:
        if not is_answer(figure.key) or figure.key in _LIKE_OTHERS or figure.key not in ends:
            continue
        if figure.in_memoirs != "seen" and figure.key not in sources.spoken_of:
            continue
        cue = mask(figure.fate_text, [figure])
        telling = {s for s in content_stems(cue) if common[s] <= _RARE and not _PALE.match(s)}
        if len(telling) < _FEWEST or GAP in cue or not figure.died.is_exact_year:
            continue
        yield Card(
            key=f"end/{figure.key}",
            kind="end",
            question="Whose end was this?",
            stimulus=cue,
            answer=figure.name,
            context=figure.died.short if figure.died.short not in cue else "",
            hints=person_hints(figure),
            note="As outside sources have it; these are not Serge’s words.",
            answer_figure=figure.key,
            figures=(figure.key,),
            chapter=latest_chapter(figure),
            year=figure.died.year,
            siblings=(f"fate:{figure.key}",),
            rivals=sources.rivals.of(figure.key),
        )
