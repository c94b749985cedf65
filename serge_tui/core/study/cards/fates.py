"""Cards that ask what became of somebody: violent deaths, according to outside sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import Card
from serge_tui.core.study.cards.common import CardSources, is_answer
from serge_tui.core.study.clauses import content_stems, gives_away

if TYPE_CHECKING:
    from collections.abc import Iterator

_VIOLENT: Final = frozenset(
    "shot murdered suicide camp-or-prison killed-in-fighting executed executed-by-nazis disappeared".split()
)


def fate_cards(sources: CardSources) -> Iterator[Card]:
    """Ask about violent deaths of people who are in the book."""
    for figure in sources.figures:
        if not is_answer(figure.key) or figure.fate not in _VIOLENT:
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
            rivals=sources.rivals.of(figure.key),
        )
