"""A sitting with the cards, for tests."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from textual.widgets import Static

from serge_tui.app import SergeApp
from serge_tui.modes.cards.screen import CardsScreen
from serge_tui.navigation import ShowDeck
from tests.serge_tui.helpers import settle

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

    from db.library import Library
    from serge_tui.services.review_session import Desk


@asynccontextmanager
async def sitting(
    library: Library, deck: str = "", size: tuple[int, int] = (100, 40)
) -> AsyncIterator[tuple[Pilot[None], CardsScreen]]:
    """The app with the cards laid out."""
    app = SergeApp(library, start=ShowDeck(deck))
    async with app.run_test(size=size) as pilot:
        screen = await settled(pilot)
        yield pilot, screen


async def settled(pilot: Pilot[None]) -> CardsScreen:
    """Wait until the desk is built; gives the screen."""
    await settle(pilot)
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, CardsScreen)
    return screen


def desk_of(screen: CardsScreen) -> Desk:
    """The desk of a screen."""
    assert screen.desk is not None
    return screen.desk


def in_hand(screen: CardsScreen) -> str:
    """Key of the card in hand."""
    card = desk_of(screen).card
    assert card is not None
    return card.key


def text_of(screen: CardsScreen, selector: str) -> str:
    """What a part of the screen says."""
    return str(screen.query_one(selector, Static).render())


async def answer(pilot: Pilot[None], *ratings: str) -> None:
    """Turn and grade, several times."""
    for rating in ratings:
        await pilot.press("space", rating)
