"""Progress: the page in every size, and the way to a chapter's cards and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from serge_tui.app import SergeApp
from serge_tui.modes.cards.screen import CardsScreen
from serge_tui.modes.progress.screen import ProgressScreen
from serge_tui.navigation import ShowMode
from serge_tui.services.card_collection import card_collection
from serge_tui.services.study_settings import today
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.services.answering import study_some

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library


async def shown(pilot: Pilot[None]) -> str:
    """The whole page, once it has been counted."""
    await until(pilot, lambda: isinstance(pilot.app.screen, ProgressScreen))
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, ProgressScreen)
    return "\n".join(line.text.plain for page in (screen.page, screen.side) for line in page._lines)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_before_the_first_answer_it_says_how_to_begin(library: Library, size: tuple[int, int]) -> None:
    app = SergeApp(library, start=ShowMode("progress"))
    async with app.run_test(size=size) as pilot:
        page = await shown(pilot)
        assert "Nothing to show yet" in page
        assert "What will be here" in page
        assert "·" * 5 not in page, "no empty bars"
        assert all(len(line) <= size[0] for line in page.splitlines())


async def test_enter_on_a_chapter_reviews_its_cards_and_escape_comes_back(library: Library) -> None:
    cards = [card.key for card in card_collection(library).cards.values() if card.chapter == 4][:8]
    study_some(library, cards, today(library))
    app = SergeApp(library, start=ShowMode("progress"))
    async with app.run_test(size=(100, 60)) as pilot:
        page = await shown(pilot)
        assert "knew" in page
        assert "4 Danger from Within" in page
        screen = app.screen
        assert isinstance(screen, ProgressScreen)
        number = next(n for n, p in enumerate(screen.page._paragraphs) if "Danger from Within" in p.text.plain)
        screen.page.post_message(screen.page.Followed(screen.page, screen.page._paragraphs[number].target))
        await until(pilot, lambda: app.current_mode == "cards")
        await settle(pilot)
        cards_screen = app.screen
        assert isinstance(cards_screen, CardsScreen)
        assert cards_screen.review.session is not None
        assert cards_screen.review.session.deck.chapters == {4}
        assert library.settings.get("cards.deck", "") == "", "a visit does not change the deck that was chosen"
        await pilot.press("escape")
        await until(pilot, lambda: app.current_mode == "progress")
        await settle(pilot)


async def test_it_counts_anew_on_every_visit(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("progress"))
    async with app.run_test(size=(100, 60)) as pilot:
        assert "Nothing to show yet" in await shown(pilot)
        app.action_go("cards")
        await until(pilot, lambda: app.current_mode == "cards")
        await settle(pilot)
        await pilot.press("space", "3")
        app.action_go("progress")
        await until(pilot, lambda: app.current_mode == "progress")
        assert "1 answer on 1 day" in await shown(pilot)


async def test_in_a_wide_window_reading_is_beside_what_is_known_and_keys_go_there(library: Library) -> None:
    study_some(library, list(card_collection(library).cards)[:40], today(library), days=10)
    app = SergeApp(library, start=ShowMode("progress"))
    async with app.run_test(size=(120, 40)) as pilot:
        await shown(pilot)
        screen = app.screen
        assert isinstance(screen, ProgressScreen)
        await until(pilot, lambda: screen.side.has_class("-shown"))
        left, right = ("\n".join(line.text.plain for line in page._lines) for page in (screen.page, screen.side))
        assert "What you know" in left
        assert "Days studied" in right
        assert "Days studied" not in left
        await pilot.press("l")
        assert screen.side.has_focus
        await pilot.press("h")
        assert screen.page.has_focus
        await pilot.press("l")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not screen.side.has_class("-shown"))
        assert screen.page.has_focus
        assert "Days studied" in "\n".join(line.text.plain for line in screen.page._lines)


async def test_chapters_that_were_not_begun_are_counted_not_listed(library: Library) -> None:
    cards = [card.key for card in card_collection(library).cards.values() if card.chapter == 4][:8]
    study_some(library, cards, today(library))
    app = SergeApp(library, start=ShowMode("progress"))
    async with app.run_test(size=(100, 60)) as pilot:
        page = await shown(pilot)
        assert "Danger from Within" in page
        assert "World Without Possible Escape" not in page
        assert "9 chapters not begun" in " ".join(page.split())
