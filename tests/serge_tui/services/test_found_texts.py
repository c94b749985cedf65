"""Searches beside the app: one at a time, told as they come, stopped with the app."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from db.models.found_text import FoundSearch
from serge_tui.services.found_texts import PortraitSearches, search_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.models.found_text import SearchState


class Searcher:
    """Waits in the middle of each search until it is let go or cancelled."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.begun = threading.Event()
        self.go = threading.Event()

    def run(
        self, editions: Sequence[str], progress: Callable[[str, int, int], None], is_cancelled: Callable[[], bool]
    ) -> list[str]:
        self.asked.append(list(editions))
        for edition in editions:
            progress(edition, 3, 12)
        self.begun.set()
        while not self.go.wait(0.01):
            if is_cancelled():
                return []
        if "broken" in editions:
            raise SergeError("That text is broken.")
        return [f"{edition}: done" for edition in editions]


async def test_one_search_at_a_time_and_each_text_once() -> None:
    searcher = Searcher()
    searches = PortraitSearches(searcher)
    first = asyncio.create_task(searches.run(["reed"]))
    second = asyncio.create_task(searches.run(["reed", "other"]))
    assert await asyncio.to_thread(searcher.begun.wait, 5)
    await asyncio.sleep(0.05)
    assert searcher.asked == [["reed"]]
    assert searches.progress == {"reed": (3, 12), "other": (0, 0)}
    searcher.go.set()
    assert (await first, await second) == (["reed: done"], ["other: done"])
    assert searcher.asked == [["reed"], ["other"]]
    assert searches.progress == {}


async def test_the_end_of_the_app_ends_a_search() -> None:
    searches = PortraitSearches(Searcher())
    running = asyncio.create_task(searches.run(["reed"]))
    await asyncio.sleep(0.05)
    searches.stop()
    assert await asyncio.wait_for(running, 5) == []


async def test_a_search_that_fails_is_over() -> None:
    searcher = Searcher()
    searcher.go.set()
    searches = PortraitSearches(searcher)
    with pytest.raises(SergeError, match="broken"):
        await searches.run(["broken"])
    assert searches.progress == {}


def search(state: SearchState, done: int = 0) -> FoundSearch:
    return FoundSearch("reed", state, "en", "v", 40, done, "")


@pytest.mark.parametrize(
    ("one", "under_way", "line"),
    [
        (None, None, "p looks for portraits and sayings in it"),
        (None, (0, 0), "looking for portraits"),
        (search("searching", 3), (12, 40), "looking for portraits: 12 of 40 chapters"),
        (search("searching", 12), None, "portraits looked for in 12 of 40 chapters · p goes on"),
        (search("no language"), None, "portraits cannot be looked for yet in this language"),
        (search("done", 40), None, "2 portraits and 1 saying found"),
    ],
)
def test_the_line_of_a_text_says_how_far_its_search_is(
    one: FoundSearch | None, under_way: tuple[int, int] | None, line: str
) -> None:
    assert search_line(one, (2, 1), under_way) == line
