"""A card: one fact, asked one way. Its key is stable; everything else is an attribute that may be corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, TypeAlias

NARRATOR: Final = "serge"
"""Key of the figure who tells the book: never the answer to "who says this?"."""

GAP: Final = "▁▁▁▁"
"""Shown in place of a name or word that was taken out."""
CONTRAST: Final = "contrast/"
"""Start of the keys of side-by-side cards."""

CardKind: TypeAlias = str
"""What is asked, by a name that is stored in decks and keys; `cards.registry` lists the kinds."""


@dataclass(frozen=True, slots=True)
class Card:
    """One fact to be remembered.

    `question` is the sentence asked, `stimulus` the words it is asked about (the answer's names replaced by `GAP`),
    `context` what helps to place it (year, occasion). `choices` are options that belong to the question, where the
    answer is one of them or their order. `hints` come one by one; `clauses` are the stimulus in pieces, the rarest
    detail first, for readers who like a portrait to build up.

    `answer_figure` is the person to be named, where a name is the answer; `figures` everybody the card is about.
    Cards that share a word of `siblings` are not asked on one day; a card is not asked near one whose answer is
    among its `rivals` (keys of figures). `requires` is the key of a card that has to hold for a week first.
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
    chapter: int | None = None
    chapters: tuple[int, ...] = ()
    year: int | None = None
    siblings: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    requires: str = ""
    accepted: tuple[str, ...] = ()
    """Other ways to write the answer, where it is not a figure's name."""
    is_edited: bool = False
    """Whether the wording is the reader's."""

    @property
    def shown(self) -> str:
        """Everything on the question's side except the options: it must not give the answer away."""
        return "\n".join(part for part in (self.question, self.context, self.stimulus) if part)

    @property
    def can_be_typed(self) -> bool:
        """Whether an answer can be typed and graded: a name, or a gap of a word or two."""
        named = bool(self.answer_figure or self.accepted)
        return named or self.kind == "cloze" or (self.kind == "own" and len(self.answer) <= 40)

    def edited(self, question: str, answer: str) -> Card:
        """Return the card as the reader reworded it: one text for each side; key and schedule stay."""
        return replace(self, question=question, stimulus="", clauses=(), answer=answer, accepted=(), is_edited=True)
