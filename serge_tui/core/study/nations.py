"""Find the nations a text mentions, so that a question cannot be answered by nationality alone."""

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
"""Words that show a nation without being its name, with that nation."""


def nations_told(text: str, own: Collection[str]) -> frozenset[str]:
    """Return the nationalities a text suggests for somebody of the nationalities `own`: all that its words may mean.

    Empty if it mentions no nation of theirs: the *Russian Revolution* says nothing about a German.
    """
    found: set[str] = set()
    words = {**{nation: (nation,) for nation in own}, **_LANDS}
    for word, nations in words.items():
        if set(nations) & set(own) and re.search(rf"\b{re.escape(word)}s?\b", text):
            found.update(nations)
    return frozenset(found)
