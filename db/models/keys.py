"""Fixed keys, and the words that kinds and states are told by."""

from __future__ import annotations

from typing import Literal, TypeAlias

GUIDE_EDITION = "guide"
"""Key of the edition made from the chapter guides of the study pack; it is always there."""

AnnotationKind: TypeAlias = Literal["highlight", "note", "bookmark"]
AnnotationState: TypeAlias = Literal["anchored", "drifted", "orphan"]
ReviewKind: TypeAlias = Literal["answer", "undo", "quiz"]
Rating: TypeAlias = Literal[1, 2, 3, 4]
SearchKind: TypeAlias = Literal["figure", "passage", "quotation", "note", "event", "chapter"]
