"""Cards that ask what a term of the book is: an organisation, a word of the time, a place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import Card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.models import Term
    from serge_tui.core.study.cards.common import CardSources

_WITHOUT_ARTICLE: Final = re.compile(
    r"(?:L’|La |Le |Les )|(?:Austrian Social Democracy|Clarté|Inprekorr|RAPP|Socialismo y Libertad|World Literature)$"
)
"""Titles of papers and houses, and names in other languages: *What was Clarté?*, but *What was the POUM?*"""
_PEOPLE: Final = re.compile(r"(?:[a-z]{2,}(?:ists?|iks|ites|aries)|Whites|Brothers|Guards)$")
"""Organisations named after their members: *Who were the Mensheviks?*"""


def term_cards(sources: CardSources) -> Iterator[Card]:
    """Ask what each term is; its one line is the answer, and its text, with what is not certain, teaches."""
    for term in sources.terms:
        if not term.one_line:
            continue
        yield Card(
            key=f"term/{term.key}",
            kind="term",
            question=question(term),
            stimulus="",
            answer=term.one_line,
            hints=(term.native_name,) if term.native_name not in {"", term.name} else (),
            note="\n\n".join(part for part in (term.text, f"? {term.doubt}" if term.doubt else "") if part),
            chapter=min((*term.chapters, *term.chapters_likely), default=None),
            year=term.start.year,
            siblings=(f"term:{term.key}",),
            offered="read",
        )


def question(term: Term) -> str:
    """Return the question about a term, in words that fit its kind."""
    match term.kind:
        case "organisation" if _WITHOUT_ARTICLE.match(term.name):
            return f"What was {term.name}?"
        case "organisation" if _PEOPLE.search(term.name):
            return f"Who were the {term.name}?"
        case "organisation":
            return f"What was the {term.name}?"
        case "place":
            return f"Why does {term.name} matter in this book?"
        case _:
            return f"What is meant by “{term.name}”?"
