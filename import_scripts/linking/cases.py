"""Oblique cases: from a declined Russian name to what its dictionary form may be."""

from __future__ import annotations

import re
from typing import Final

_CASES: Final = tuple(
    (ending, tuple(base.split("|")))
    for ending, base in (
        ("ого", "ии|ыи|ои"), ("его", "ии"), ("ому", "ии|ыи|ои"), ("ему", "ии"), ("ыми", "|ыи"), ("ими", "ии|"),
        ("ои", "ая|а"), ("ую", "ая"), ("ых", "|ыи"), ("их", "ии"), ("ым", "|ыи"), ("им", "ии"), ("ом", "|ии|ыи"),
        ("ем", "ь||и"), ("еи", "я|а"), ("ею", "я"), ("ою", "а"), ("ия", "ии"), ("ию", "ии|ия"), ("ии", "ия"),
        ("а", ""), ("у", "|а"), ("е", "|а|и"), ("ы", "|а"), ("и", "|а|я|ь"), ("я", "ь|и"), ("ю", "ь|и|я"),
    )
)  # fmt: skip
"""Endings of surnames and given names in the oblique cases, folded, and what the nominative has instead."""
_CYRILLIC: Final = re.compile("[а-я]")
_SHORTEST_STEM: Final = 2


def is_cyrillic(folded: str) -> bool:
    """Whether a folded word is written in Cyrillic."""
    return _CYRILLIC.search(folded) is not None


def nominatives(folded: str) -> tuple[str, ...]:
    """What a folded Cyrillic word may be the oblique case of; not all of them are words."""
    return tuple(
        dict.fromkeys(
            folded[: -len(ending)] + base
            for ending, bases in _CASES
            if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST_STEM
            for base in bases
        )
    )
