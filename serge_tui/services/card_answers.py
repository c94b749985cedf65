"""What is shown beside the answer of a card, read from the library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.models import GUIDE_EDITION
from serge_tui.core.study.teaching import Teaching, contrast, in_serges_life
from serge_tui.services.locators import preferred_editions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.library import Library
    from db.models import Figure
    from serge_tui.core.study.card import Card
    from serge_tui.services.hidden_ends import HiddenEnds

_MOST: Final = 160
"""Characters shown before and after a quotation."""
_SPACES: Final = re.compile(r"\s+")


def teaching(
    library: Library, card: Card, figures: Mapping[str, Figure], ends: HiddenEnds, taken_for: str = ""
) -> Teaching:
    """Return what the answer of a card teaches.

    Args:
        library: The open library; the words around a quotation are read from the edition read last.
        card: The card that was turned.
        figures: Everybody, by key.
        ends: Whose ends are hidden.
        taken_for: The figure that was answered instead, if any.
    """
    before, after = surroundings(library, card.quotation) if card.quotation else ("", "")
    figure = figures.get(card.answer_figure)
    if figure is None:
        return Teaching(before=before, after=after)

    def may_tell(text: str, whose: Figure) -> bool:
        return not ends.tells(text, [whose.key])

    other = figures.get(taken_for)
    return Teaching(
        one_line=figure.one_line if figure.one_line not in (card.stimulus, card.answer) else "",
        in_serges_life=in_serges_life(figure, lambda text: may_tell(text, figure)),
        contrast=contrast(figure, other, may_tell) if other is not None and other is not figure else None,
        before=before,
        after=after,
    )


def surroundings(library: Library, quotation: str) -> tuple[str, str]:
    """Return the words just before and after a quotation in the reader's own edition; empty where it is in none."""
    for edition in preferred_editions(library):
        if edition == GUIDE_EDITION:
            continue
        place = library.quotations.place_in(quotation, edition)
        if place is None:
            continue
        passages = {known.ordinal: known.text for known in library.passages.between(
            edition, place.passage, place.end_passage)}  # fmt: skip
        first, last = passages.get(place.passage, ""), passages.get(place.end_passage, "")
        before = _SPACES.sub(" ", first[max(0, place.start - _MOST) : place.start])
        after = _SPACES.sub(" ", last[place.end : place.end + _MOST])
        return _from_a_word(before, place.start > _MOST), _to_a_word(after, len(last) > place.end + _MOST)
    return "", ""


def _from_a_word(text: str, is_cut: bool) -> str:
    return f"… {text.partition(' ')[2]}" if is_cut else text


def _to_a_word(text: str, is_cut: bool) -> str:
    return f"{text.rpartition(' ')[0]} …" if is_cut else text
