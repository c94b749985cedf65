"""A card: one fact, asked one way. Its key is stable; everything else is an attribute that may be corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

NARRATOR: Final = "serge"
"""Key of the figure who tells the book: never the answer to "who says this?"."""

GAP: Final = "▁▁▁▁"
"""Shown in place of a name or word that was taken out."""
CONTRAST: Final = "contrast/"
"""Start of the keys of side-by-side cards."""

CardKind: TypeAlias = str
"""Name of a kind of card, as stored in decks and keys; `cards.registry` lists the kinds."""
Offer: TypeAlias = Literal["always", "read", "wish"]
"""When a deck that names no kind, person or words brings a new card: always; once what it is about was read; never."""


@dataclass(frozen=True, slots=True)
class Card:
    """One fact to be remembered.

    Attributes:
        question: The sentence asked.
        stimulus: The words it is asked about; names of the answer are replaced by `GAP`.
        context: Year and occasion.
        choices: Options of the question; the answer is one of them, or their order.
        hints: Shown one by one.
        clauses: The stimulus in pieces, the rarest detail first, for portraits that build up.
        answer_figure: The person who is the answer, if it is a name.
        figures: Everybody the card is about.
        siblings: Cards that share one of these words are not asked on the same day.
        rivals: Figures; a card whose answer is one of them is not asked soon before or after.
        requires: Key of a card that must be known for a week first.
        offered: When it comes as a new card; a card answered before always comes back.
    """

    key: str
    kind: CardKind
    question: str
    stimulus: str
    answer: str
    context: str = ""
    choices: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    note: str = ""
    reference: str = ""
    quotation: str = ""
    answer_figure: str = ""
    figures: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    annotation: str = ""
    found: str = ""
    """Key of the words found in the reader's own copy that it asks about: these leave the library only by wish."""
    chapter: int | None = None
    chapters: tuple[int, ...] = ()
    year: int | None = None
    siblings: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    requires: str = ""
    offered: Offer = "always"
    accepted: tuple[str, ...] = ()
    """Other ways to write an answer that is not a figure's name."""
    is_edited: bool = False
    """Whether the reader reworded it."""

    @property
    def shown(self) -> str:
        """Everything on the front except the options; it must not give the answer away."""
        return "\n".join(part for part in (self.question, self.context, self.stimulus) if part)

    @property
    def can_be_typed(self) -> bool:
        """Whether the answer can be typed and graded: a name, a missing word, or a short answer of the reader's."""
        named = bool(self.answer_figure or self.accepted)
        return named or self.kind == "cloze" or (self.kind == "own" and len(self.answer) <= 40)

    def edited(self, question: str, answer: str) -> Card:
        """Return the card as the reader reworded it: one text for each side; key and schedule stay."""
        return replace(self, question=question, stimulus="", clauses=(), answer=answer, accepted=(), is_edited=True)
