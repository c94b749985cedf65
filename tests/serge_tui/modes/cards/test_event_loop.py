"""The event loop never waits for the database during a review session, another connection's lock or not."""

from __future__ import annotations

import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from serge_tui.core.study.deck import Filter
from serge_tui.services.study_settings import today
from tests.serge_tui.event_loop import no_waiting_on_this_thread
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.cards.reviewing import answer, in_hand, review_screen, session_of, settled

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library


def test_the_guard_catches_a_wait_on_this_thread_and_no_other(library: Library) -> None:
    with no_waiting_on_this_thread() as waits:
        with pytest.raises(AssertionError, match="event loop"):
            library.study.wait()
        with pytest.raises(AssertionError, match="event loop"):
            Future[None]().result()
        with ThreadPoolExecutor(1) as pool:
            pool.submit(library.study.wait)
    assert waits[:2] == ["Study.wait", "Future.result"]


async def test_nothing_in_a_session_waits_on_the_event_loop(library: Library) -> None:
    async with review_screen(library) as (pilot, screen):
        with no_waiting_on_this_thread() as waits:
            await answer(pilot, "3", "1", "4")
            await pilot.press("u", "minus", "u", "at", "f", "h")
            while session_of(screen).card is not None:
                await answer(pilot, "3")
            await pilot.press("plus")
            await answer(pilot, "3")
            await pilot.press("r")
            await until(pilot, lambda: session_of(screen).practising)
            await answer(pilot, "3", "1")
            await pilot.press("u", "escape")
            await until(pilot, lambda: not session_of(screen).practising)
            screen.deck.choose(Filter("Chapter 9", chapters=frozenset({9})))
            await until(pilot, lambda: session_of(screen).deck.name == "Chapter 9")
            for _ in range(12):
                await pilot.press("u")
            await settle(pilot)
            await pilot.press("g", "t")
            await until(pilot, lambda: pilot.app.current_mode == "today")
            await pilot.press("g", "c")
            await until(pilot, lambda: pilot.app.current_mode == "cards")
            await settle(pilot)
        assert waits == []


async def test_a_whole_session_goes_on_while_another_program_holds_the_write_lock(
    library: Library, database: Path
) -> None:
    async with review_screen(library) as (pilot, screen):
        first = in_hand(screen)
        with closing(sqlite3.connect(database, isolation_level=None)) as other, no_waiting_on_this_thread() as waits:
            other.execute("begin immediate")
            await answer(pilot, "3", "3", "1")
            buried = in_hand(screen)
            await pilot.press("minus")
            assert in_hand(screen) != buried
            await pilot.press("u")
            assert in_hand(screen) == buried
            await pilot.press("u", "u", "u")
            assert in_hand(screen) == first, "answers that are not stored yet can be undone"
            await answer(pilot, "4")
            assert library.study.last_answer() is None, "nothing was written meanwhile"
            other.execute("rollback")
            await settled(pilot)
        assert waits == []
    assert [(review.card, review.rating) for review in library.study.log()] == [(first, 4)]
    assert library.study.state(buried).buried_until == ""
    assert library.study.state(first).last_day == today(library).isoformat()


async def test_an_answer_that_could_not_be_stored_is_told_and_the_card_comes_again(
    library: Library, database: Path
) -> None:
    async with review_screen(library) as (pilot, screen):
        card = in_hand(screen)
        with closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("create trigger full before insert on review begin select raise(abort, 'no room'); end")
            await answer(pilot, "3")
            assert in_hand(await settled(pilot)) == card
            other.execute("drop trigger full")
        await answer(pilot, "3")
        assert in_hand(await settled(pilot)) != card
    assert [review.card for review in library.study.log()] == [card]
