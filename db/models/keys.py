"""Fixed keys, and the names of kinds and states."""

from __future__ import annotations

from typing import Literal, TypeAlias

GUIDE_EDITION = "guide"
"""Key of the edition made from the chapter guides of the study pack; it always exists."""

AnnotationKind: TypeAlias = Literal["highlight", "note", "bookmark"]
AnnotationState: TypeAlias = Literal["anchored", "drifted", "orphan"]
ReviewKind: TypeAlias = Literal["answer", "undo", "quiz", "forget"]
Rating: TypeAlias = Literal[1, 2, 3, 4]
SearchKind: TypeAlias = Literal["figure", "passage", "quotation", "note", "event", "chapter"]
