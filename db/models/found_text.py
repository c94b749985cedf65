"""What was found in an imported text, how far the search has come, and the reader's decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

FoundKind: TypeAlias = Literal["portrait", "saying"]
FoundState: TypeAlias = Literal["kept", "skipped", "rejected"]
SearchState: TypeAlias = Literal["searching", "done", "no language"]


@dataclass(frozen=True, slots=True)
class FoundSearch:
    """How far the search of an edition has come. `version` names the weights, word lists and pack it was made with."""

    edition: str
    state: SearchState
    language: str
    version: str
    chapters: int
    chapters_done: int
    updated_at: str


@dataclass(frozen=True, slots=True)
class Found:
    """A pen portrait or a saying found in an edition.

    `key` is made of the letters of the whole sentence (of all the words spoken, for a saying), so that a twin, and the
    same words in another edition, have the same one. `figure` is the person's key in the study pack, or empty; `name`
    is their name there or in the text, `I` for the author. `how` tells how the text names them. `score` is from 0 to 1;
    `is_card` says that it may become a card, `is_sure` that the engine would put it into the deck unasked. `long` are
    first and last place of the run around it: passage, start, end passage, end. `quotation` is the pack's quotation
    that stands in the same place, or empty.
    """

    edition: str
    kind: FoundKind
    passage: int
    start: int
    end_passage: int
    end: int
    long: tuple[int, int, int, int]
    chapter: int
    key: str
    text: str
    sentence: str
    figure: str
    name: str
    addressee: str
    how: str
    score: float
    is_card: bool
    is_sure: bool
    quotation: str = ""


@dataclass(frozen=True, slots=True)
class OwnPortrait:
    """A portrait in a text of the reader's that the reader has kept, with the titles of text and chapter.

    `lit` is its stretch.
    """

    edition: str
    figure: str
    name: str
    text: str
    lit: tuple[int, int, int, int]
    title: str
    chapter: str


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody an edition names who is in no glossary, and where they are named first."""

    edition: str
    name: str
    mentions: int
    passage: int
    start: int


@dataclass(frozen=True, slots=True)
class FoundMention:
    """Where an edition names somebody who is in no glossary."""

    edition: str
    passage: int
    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class FoundDecision:
    """The reader's decision on something found; it holds the words, so that it stays valid without the text.

    `card` is the key of the card: at first `key`, another one once another person was chosen. `text` are the words to
    learn, as found or as trimmed; `prefix` and `suffix` stand around the sentence.
    """

    key: str
    kind: FoundKind
    state: FoundState
    card: str
    text: str
    sentence: str
    prefix: str
    suffix: str
    language: str
    figure: str
    name: str
    addressee: str
    edition: str
    decided_at: str = ""
