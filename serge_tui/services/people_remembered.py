"""What the reader remembers of people today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.core.study.acquaintance import memories_of_people
from serge_tui.services.card_collection import card_collection
from serge_tui.services.study_settings import study_settings, today

if TYPE_CHECKING:
    from db.library import Library
    from serge_tui.core.study.acquaintance import Memory


def people_remembered(library: Library) -> dict[str, Memory]:
    """Return what is remembered today of each person who was asked; it may take long: call it in a thread."""
    scheduling = study_settings(library).scheduling
    cards = card_collection(library).cards.values()
    return memories_of_people(cards, library.study.states(), today(library), scheduling.retention, scheduling.decay)
