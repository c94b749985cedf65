"""The whole study pack, its cards and its finder, loaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.models import FigureName
from serge_tui.core.name_finder.names import NameFinder
from serge_tui.core.study.cards.deck_builder import make_cards
from serge_tui.core.study.quiz.question import Material

if TYPE_CHECKING:
    from db.models import Figure
    from db.pack import Pack
    from serge_tui.core.study.card import Card


@pytest.fixture(scope="session")
def cards(pack: Pack) -> list[Card]:
    return make_cards(pack.quotations, pack.figures, pack.events, pack.terms, pack.chapters)


@pytest.fixture(scope="session")
def figures(pack: Pack) -> dict[str, Figure]:
    return {figure.key: figure for figure in pack.figures}


@pytest.fixture(scope="session")
def finder(pack: Pack) -> NameFinder:
    return NameFinder(
        [
            FigureName(f.key, f.name, f.sort_name, f.native_name, f.one_line, f.born, f.died, f.aliases)
            for f in pack.figures
        ]
    )


@pytest.fixture(scope="session")
def material(pack: Pack, cards: list[Card]) -> Material:
    return Material(cards, pack.figures, pack.quotations, pack.events)
