"""Apply the reader's decisions on names to what the linker found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.links import fold_surface, surroundings_of
from import_scripts.linking.tokens import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.models.link import LinkDecisions
    from import_scripts.linking.identity import Judged
    from import_scripts.linking.scan import Scanned


@dataclass(frozen=True, slots=True)
class Settled:
    """A stretch of the whole text whose meaning the reader decided; no figure means nobody in the pack."""

    start: int
    end: int
    figure: str


def allowed(judged: Judged, decisions: LinkDecisions, whole: str) -> list[tuple[float, str]]:
    """Return the candidates that the reader did not rule out for this name."""
    if not decisions.never:
        return judged.candidates
    surfaces = {fold_surface(whole[judged.start : judged.end]), fold_surface(judged.found.surface)}
    return [
        (confidence, figure)
        for confidence, figure in judged.candidates
        if not any(decisions.forbids(surface, figure) for surface in surfaces)
    ]


def settled_here(scanned: Scanned, texts: Sequence[str], decisions: LinkDecisions) -> Iterator[Settled]:
    """Find the places that the reader decided one by one, by the words around them."""
    for surface in dict.fromkeys(surface for surface, _ in decisions.here):
        pattern = re.compile(rf"(?:\W|[{INVISIBLE}]|_){{1,3}}".join(map(_loosely, surface.split())), re.IGNORECASE)
        for match in pattern.finditer(scanned.whole):
            passage = scanned.passage(match.start())
            base = scanned.starts[passage]
            digest = surroundings_of(texts[passage], match.start() - base, match.end() - base)
            figure = decisions.here.get((surface, digest))
            if figure is not None:
                yield Settled(match.start(), match.end(), figure)


def _loosely(word: str) -> str:
    """Return a pattern that matches a word whatever its accents and invisible characters."""
    return f"[{INVISIBLE}]*".join(
        re.escape(letter) if not letter.isascii() or not letter.isalpha() else f"[{letter}{_ACCENTED.get(letter, '')}]"
        for letter in word
    )


_ACCENTED = {
    "a": "àáâãäåā", "c": "çćč", "d": "ď", "e": "èéêëēěę", "g": "ğ", "i": "ìíîïī", "l": "ł", "n": "ñńň", "o": "òóôõöøō",
    "r": "ř", "s": "śšş", "t": "ťţ", "u": "ùúûüūů", "y": "ýÿ", "z": "źžż",
}  # fmt: skip
