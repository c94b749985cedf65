"""After an upgrade the app renews the index for searching by itself, and searches meanwhile."""

from __future__ import annotations

import shutil
from collections import namedtuple
from typing import TYPE_CHECKING

from serge_tui.app import SergeApp
from tests.db.upgraded import leave_as_upgraded
from tests.serge_tui.helpers import until

if TYPE_CHECKING:
    import pytest

    from db.library import Library

_Usage = namedtuple("_Usage", "total used free")


async def test_the_app_renews_the_index_beside_itself(library: Library) -> None:
    library.writer.run(leave_as_upgraded)
    assert not library.search_index.is_whole
    assert library.search.passages("Kronstadt")
    async with SergeApp(library).run_test() as pilot:
        await until(pilot, lambda: library.search_index.is_whole)
    assert library.search.passages("Kronstadt")


async def test_a_full_disk_is_one_sentence(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.writer.run(leave_as_upgraded)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: _Usage(10**9, 10**9, 1_000))
    told: list[str] = []
    app = SergeApp(library)
    monkeypatch.setattr(app, "report_error", told.append)
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(told))
    assert "The earlier index is used until then." in told[0]
    assert library.search.passages("Kronstadt")
