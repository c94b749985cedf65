"""A review session on the screen, for tests."""

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
    from serge_tui.services.review_session import ReviewSession


@asynccontextmanager
async def review_screen(
    library: Library, deck: str = "", size: tuple[int, int] = (100, 40)
) -> AsyncIterator[tuple[Pilot[None], CardsScreen]]:
    """Open the app in Cards, with the session read."""
    app = SergeApp(library, start=ShowDeck(deck))
    async with app.run_test(size=size) as pilot:
        screen = await settled(pilot)
        yield pilot, screen


async def settled(pilot: Pilot[None]) -> CardsScreen:
    """Wait until the session is read; return the screen."""
    await settle(pilot)
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, CardsScreen)
    return screen


def session_of(screen: CardsScreen) -> ReviewSession:
    """The session of a screen."""
    assert screen.review.session is not None
    return screen.review.session


def in_hand(screen: CardsScreen) -> str:
    """Key of the card in hand."""
    card = session_of(screen).card
    assert card is not None
    return card.key


def text_of(screen: CardsScreen, selector: str) -> str:
    """What a part of the screen says."""
    return str(screen.query_one(selector, Static).render())


async def answer(pilot: Pilot[None], *ratings: str) -> None:
    """Turn and grade, several times."""
    for rating in ratings:
        await pilot.press("space", rating)
