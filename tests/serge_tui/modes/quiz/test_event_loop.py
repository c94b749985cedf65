"""The event loop never waits for the database during a round, another connection's lock or not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.serge_tui.event_loop import no_waiting_on_this_thread
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.quiz.test_quiz import played, quiz, right_key, wrong_key

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library


async def test_a_round_goes_on_while_another_program_holds_the_write_lock(library: Library, database: Path) -> None:
    library.settings.set("quiz.brings_forward", True).result()
    async with quiz(library) as (pilot, screen):
        with closing(sqlite3.connect(database, isolation_level=None)) as other, no_waiting_on_this_thread() as waits:
            other.execute("begin immediate")
            total = played(screen).total
            for number in range(total):
                await pilot.press(wrong_key(screen) if number % 2 else right_key(screen), "space")
            assert played(screen).current is None
            await pilot.press("s", "g", "p")
            await until(pilot, lambda: pilot.app.current_mode == "progress")
            other.execute("rollback")
            await settle(pilot)
        assert waits == []
    assert library.settings.get("quiz.round", "-") == ""
