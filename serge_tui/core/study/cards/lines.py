"""Cards on the one line that says who somebody is: from the line to the name, and from the name to the line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import GAP, Card, Offer
from serge_tui.core.study.cards.common import CardSources, first_chapter, initials, is_answer
from serge_tui.core.study.clauses import content_stems, gives_away
from serge_tui.core.study.masking import mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.models import Figure

_PARENTHESIS: Final = re.compile(r"\(([^)]*)\)")
"""What tells two of one name apart: *Semyonov (Petrograd Cheka)*."""
_FEWEST: Final = 2
"""Telling words that a line must have."""
_SHARED: Final = 0.8
"""Share of a line's telling words from which another person's description fits it too."""


def line_cards(sources: CardSources) -> Iterator[Card]:
    """Ask who a line describes: everybody seen in the Memoirs or quoted, and the likely ones once they are met."""
    for figure in sources.figures:
        cue = cue_of(figure, sources)
        if not cue:
            continue
        yield Card(
            key=f"line/{figure.key}",
            kind="line",
            question="Who is this?",
            stimulus=cue,
            answer=figure.name,
            hints=(*_more(figure, cue), initials(figure.name)),
            answer_figure=figure.key,
            figures=(figure.key,),
            chapter=first_chapter(figure),
            siblings=(f"line:{figure.key}",),
            rivals=sources.rivals.of(figure.key),
            offered=offered(figure, sources),
        )


def name_cards(sources: CardSources) -> Iterator[Card]:
    """Ask who somebody was, by name; on wish, because it is the same fact the other way round."""
    for figure in sources.figures:
        if not cue_of(figure, sources):
            continue
        yield Card(
            key=f"name/{figure.key}",
            kind="name",
            question=f"Who was {figure.name}?",
            stimulus="",
            answer=figure.one_line,
            figures=(figure.key,),
            chapter=first_chapter(figure),
            siblings=(f"line:{figure.key}",),
            rivals=sources.rivals.of(figure.key),
            requires=f"line/{figure.key}",
            offered="wish",
        )


def offered(figure: Figure, sources: CardSources) -> Offer:
    """Return when a card on somebody is offered: those not known to be in the Memoirs, once they are met there."""
    return "always" if figure.in_memoirs == "seen" or figure.key in sources.spoken_of else "read"


def cue_of(figure: Figure, sources: CardSources) -> str:
    """Return the one line without the name; empty if it says too little, names its answer, or fits somebody else."""
    if not is_answer(figure.key) or (figure.in_memoirs == "context" and figure.key not in sources.spoken_of):
        return ""
    line = mask(figure.one_line, [figure])
    telling = content_stems(line)
    if GAP in line or len(telling) < _FEWEST or gives_away(line, " ".join(_PARENTHESIS.findall(figure.name))):
        return ""
    for other in sources.figures:
        if other.key != figure.key and len(telling & sources.described(other.key)) >= _SHARED * len(telling):
            return ""
    return line


def _more(figure: Figure, cue: str) -> tuple[str, ...]:
    """Return what else places somebody: nationality and roles that the line does not have."""
    known = content_stems(cue)
    pieces = [*figure.nationalities, *figure.roles]
    new = [piece for piece in pieces if not content_stems(piece) <= known and GAP not in mask(piece, [figure])]
    return (", ".join(new),) if new else ()
