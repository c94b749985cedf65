"""What an answer teaches beside itself: who it is, where in Serge's life, and what tells two people apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.cards.to_serge import to_serge

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.models import Figure

_LONGEST: Final = 120
_BREAK: Final = re.compile(r"[;,] ")
_SHORTEST: Final = 16


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two people side by side after a miss: a name and what tells them apart, for each."""

    asked: tuple[str, str]
    answered: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Teaching:
    """What is shown beside an answer; what is not known is empty."""

    one_line: str = ""
    in_serges_life: str = ""
    contrast: Contrast | None = None
    before: str = ""
    """The words before the quotation in the reader's edition, and `after` those behind it."""
    after: str = ""


NOTHING: Final = Teaching()
"""An answer that teaches nothing beside itself."""


def in_serges_life(figure: Figure, may_tell: Callable[[str], bool]) -> str:
    """Return where somebody comes into Serge's life: what they were to him, and the chapters that name them.

    `may_tell` returns whether a text may be shown, while ends are hidden.
    """
    tie = to_serge(figure)
    parts = [f"to Serge: {tie}"] if tie and may_tell(tie) else []
    if figure.chapters:
        numbers = ", ".join(map(str, figure.chapters))
        parts.append(f"chapter{'s' if len(figure.chapters) > 1 else ''} {numbers}")
    line = " · ".join(parts)
    return f"{line[:1].upper()}{line[1:]}"


def contrast(asked: Figure, answered: Figure, may_tell: Callable[[str, Figure], bool]) -> Contrast:
    """Return two people side by side: how Serge draws them where he draws both, else who they were."""
    strokes = [figure.stroke for figure in (asked, answered)]
    drawn = all(strokes) and may_tell(asked.stroke, asked) and may_tell(answered.stroke, answered)
    texts = strokes if drawn else [asked.one_line, answered.one_line]
    return Contrast((asked.name, shortened(texts[0])), (answered.name, shortened(texts[1])))


def shortened(text: str, most: int = _LONGEST) -> str:
    """Return a sentence, or its first clauses where it is long."""
    line = text.rstrip(".")
    if len(line) <= most:
        return line
    ends = [match.start() for match in _BREAK.finditer(line) if match.start() <= most]
    return line[: ends[-1]] if ends else f"{line[:most].rpartition(' ')[0]} …"


def clause_on(figure: Figure) -> str:
    """Return in a clause who somebody was, for a wrong choice."""
    line = figure.one_line.rstrip(".")
    first = next((m.start() for m in _BREAK.finditer(line) if m.start() >= _SHORTEST), len(line))
    return line[:first]
