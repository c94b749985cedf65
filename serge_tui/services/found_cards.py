"""The cards of what the reader keeps of their own copy, and the places they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.models import GUIDE_EDITION
from serge_tui.core.study.cards.found import KeptWords, found_cards

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.library import Library
    from db.models import Figure
    from db.models.found_text import Found, FoundDecision
    from serge_tui.core.study.card import Card

OWN_COPY: Final = "from your own copy, for your own study"
"""What an export says of words of the reader's own copy."""


def kept_cards(library: Library, figures: Mapping[str, Figure]) -> list[Card]:
    """Return the cards of all that is kept, the first decided first.

    Words that overlap a located quotation of the study pack are asked by the pack's own card.
    """
    titles = {edition.key: edition.title for edition in library.texts.editions() if edition.key != GUIDE_EDITION}
    kept = [
        _words(library, decision, place, titles)
        for decision, place in reversed(library.found.kept())
        if place is None or not place.quotation
    ]
    return found_cards(kept, figures)


def own_copy(reference: str) -> str:
    """Return where a card of the reader's copy comes from, as exports say it."""
    return " · ".join(filter(None, (reference, OWN_COPY)))


def _words(library: Library, decision: FoundDecision, place: Found | None, titles: Mapping[str, str]) -> KeptWords:
    if place is None:
        return KeptWords(decision, decision.sentence, titles.get(decision.edition, ""))
    chapter = library.texts.chapter(place.edition, place.chapter)
    reference = " · ".join(filter(None, (chapter.title if chapter else "", titles.get(place.edition, ""))))
    return KeptWords(decision, _run(library, place), reference, chapter.canonical if chapter else None)


def _run(library: Library, place: Found) -> str:
    """Return the text around what was found: all that is told of the person there."""
    first, start, last, end = place.long
    texts = [passage.text for passage in library.passages.between(place.edition, first, last)]
    if not texts:
        return place.sentence
    texts[-1] = texts[-1][:end]
    texts[0] = texts[0][start:]
    return "\n".join(texts)
