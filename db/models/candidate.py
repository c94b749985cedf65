"""Quotations found in reviews and articles, for the reader to accept, edit or reject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

CandidateState: TypeAlias = Literal["open", "accepted", "edited", "rejected"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quotation found in a document.

    `key` is derived from its words, so that the same quotation found again is the same candidate. `pages` is the
    citation as written (`119-120`; several are separated by commas); `speaker` a figure's key, empty for the author;
    `about` the keys of the figures it is about; `context` the words around it in the document; `quotation` the curated
    quotation that has the same words, if any. `text`, `pages`, `speaker` and `about` are the reader's where
    `state` is `edited`.
    """

    key: str
    source: str
    position: int
    text: str
    pages: str
    speaker: str
    about: tuple[str, ...]
    context: str = ""
    quotation: str = ""
    language: str = ""
    state: CandidateState = "open"
    decided_at: str = ""
