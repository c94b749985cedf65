"""Fixed keys, and the names of kinds and states."""

from __future__ import annotations

from typing import Literal, TypeAlias

GUIDE_EDITION = "guide"
"""Key of the edition made from the chapter guides of the study pack; it always exists."""

DEFAULT_MODEL = "fsrs-6"
"""Name of the model of memory with its published parameters; with a reader's own it is followed by a digest of them."""

AnnotationKind: TypeAlias = Literal["highlight", "note", "bookmark"]
AnnotationState: TypeAlias = Literal["anchored", "drifted", "orphan"]
ReviewKind: TypeAlias = Literal["answer", "undo", "quiz", "forget"]
Rating: TypeAlias = Literal[1, 2, 3, 4]
SearchKind: TypeAlias = Literal["figure", "passage", "quotation", "note", "event", "chapter"]
