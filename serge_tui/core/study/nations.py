"""Which nation a text speaks of, so that a question cannot be answered by it alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

_LANDS: Final[dict[str, tuple[str, ...]]] = {
    "America": ("American",),
    "Austria": ("Austrian",),
    "Barcelona": ("Spanish", "Catalan"),
    "Belgium": ("Belgian",),
    "Bulgaria": ("Bulgarian",),
    "Catalonia": ("Spanish", "Catalan"),
    "France": ("French",),
    "Georgia": ("Georgian",),
    "Germany": ("German",),
    "Holland": ("Dutch",),
    "Hungary": ("Hungarian",),
    "Italy": ("Italian",),
    "Mexico": ("Mexican",),
    "Poland": ("Polish",),
    "Romania": ("Romanian",),
    "Rumanian": ("Romanian",),
    "Spain": ("Spanish", "Catalan"),
    "Spaniard": ("Spanish", "Catalan"),
    "Spanish": ("Spanish", "Catalan"),
    "Catalan": ("Spanish", "Catalan"),
    "Switzerland": ("Swiss",),
    "Ukraine": ("Ukrainian",),
    "United States": ("American",),
}
"""Words that tell a nation otherwise than by its own name, and whose they are."""


def nations_told(text: str, own: Collection[str]) -> frozenset[str]:
    """Nationalities that a text tells of somebody who has the nationalities `own`: all who could be meant by its words.

    Empty where it speaks of no nation of theirs: the *Russian Revolution* says nothing of a German.
    """
    found: set[str] = set()
    words = {**{nation: (nation,) for nation in own}, **_LANDS}
    for word, nations in words.items():
        if set(nations) & set(own) and re.search(rf"\b{re.escape(word)}s?\b", text):
            found.update(nations)
    return frozenset(found)
