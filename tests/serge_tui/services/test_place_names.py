"""What places are called on the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from serge_tui.navigation import ShowFigure, term_entry
from serge_tui.services.place_names import name_of_place

if TYPE_CHECKING:
    from db.library import Library


@pytest.mark.parametrize(
    ("entry", "name"),
    [("zinoviev", "Grigory Zinoviev"), (term_entry("smolny"), "Smolny"), (term_entry("gone"), "Figures")],
)
def test_people_and_terms_by_their_names(library: Library, entry: str, name: str) -> None:
    assert name_of_place(library, ShowFigure(entry)) == name
