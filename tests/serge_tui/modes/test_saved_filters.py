"""Filters under the number keys: the controller that Figures and Notes share, without a screen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

from serge_tui.modes.saved_filters import SavedFilters

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from concurrent.futures import Future

    from db.library import Library
    from serge_tui.host import Host


class FakeHost:
    """A host that answers dialogs from a list, and a list with a filter."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.said: list[str] = []
        self.answers: list[object] = []
        self.works = True
        self.present = ""
        self.key = ""
        self.changes = 0
        self.started: list[Coroutine[Any, Any, None]] = []
        self.filters = SavedFilters(
            cast("Host", self), "test_filters", ("1 met:yes", "2 noted:yes"),
            present=lambda: self.present, apply=self.use, pressed=lambda: self.key,
            describe=lambda words: f"<{words}>", changed=self.count,
        )  # fmt: skip

    def use(self, words: str) -> None:
        self.present = words

    def count(self) -> None:
        self.changes += 1

    def inform(self, sentence: str) -> None:
        self.said.append(sentence)

    async def write_succeeded(self, future: Future[Any]) -> bool:
        await asyncio.wrap_future(future)
        return self.works

    async def ask(self, _dialog: object) -> object:
        return self.answers.pop(0)

    def start(self, work: Coroutine[Any, Any, None], *, opens: bool = True) -> None:
        assert opens
        self.started.append(work)

    async def save(self, key: str, words: str) -> None:
        self.key, self.present = key, words
        await self.filters.action_save()


async def test_a_number_brings_its_filter_back_and_zero_shows_everything(library: Library) -> None:
    fake = FakeHost(library)
    fake.filters.action_use("2")
    assert (fake.present, fake.said) == ("noted:yes", ["2: <noted:yes>"])
    fake.filters.action_use("0")
    assert fake.present == ""
    fake.filters.action_use("9")
    assert fake.said[-1] == "No filter is saved under 9. Press m 9 to save the present one."


async def test_the_present_filter_is_saved_and_an_empty_one_frees_its_key(library: Library) -> None:
    fake = FakeHost(library)
    await fake.save("7", "ch:4")
    assert fake.filters.by_key["7"].words == "ch:4"
    assert fake.changes == 1
    await fake.save("7", "")
    assert "7" not in fake.filters.by_key
    await fake.save("1", "")
    assert "1" not in fake.filters.by_key
    await fake.save("8", "")
    assert fake.said[-1] == "There is no filter to save. Narrow the list first."
    await fake.save("x", "ch:4")
    assert fake.said[-1] == "Filters are saved under 1 to 9."


async def test_a_failed_write_says_nothing_was_saved(library: Library) -> None:
    fake = FakeHost(library)
    fake.works = False
    await fake.save("7", "ch:4")
    assert (fake.said, fake.changes) == ([], 0)


async def test_a_filter_is_named_and_keeps_its_words(library: Library) -> None:
    fake = FakeHost(library)
    fake.answers = ["My people", None]
    for _ in range(2):
        fake.filters.rename("1")
        await fake.started.pop()
    assert (fake.filters.by_key["1"].words, fake.filters.by_key["1"].name) == ("met:yes", "My people")
    fake.filters.action_use("1")
    assert fake.said == ["1: My people"]


async def test_a_filter_is_chosen_from_a_list(library: Library) -> None:
    fake = FakeHost(library)
    fake.answers = [1, None]
    for _ in range(2):
        fake.filters.action_choose()
        await fake.started.pop()
    assert fake.present == "noted:yes"
    for key in "12":
        await fake.filters.remove(key)
    fake.filters.action_choose()
    await fake.started.pop()
    assert fake.said[-1] == "No filter is saved. Press m and a number to save the present one."
