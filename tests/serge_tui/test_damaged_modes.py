"""A damaged part of the file: the mode that needs it says so and stays open, and the other modes work."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Static

from db.annotations import new_annotation
from db.errors import DamagedDatabaseError
from db.library import Library
from serge_tui.app import SergeApp
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.test_damaged_pages import destroy

if TYPE_CHECKING:
    from textual.pilot import Pilot

PACKAGE = Path(__file__).resolve().parent.parent.parent / "serge_tui"
MODES = {"f3": "reader", "f4": "figures", "f5": "cards", "f6": "quiz", "f7": "notes", "f8": "years", "f9": "progress"}


def damage_shown(pilot: Pilot[None]) -> str:
    """The sentence that the open mode shows about damage; empty if it shows none."""
    notice = pilot.app.screen_stack[0].query_one("#damage", Static)
    return str(notice.content) if notice.display else ""


@pytest.mark.parametrize(
    ("table", "key", "title"), [("event", "f8", "Years"), ("annotation", "f7", "Notes"), ("passage", "f3", "Read")]
)
async def test_a_mode_says_what_is_damaged_and_the_others_open(
    database: Path, table: str, key: str, title: str
) -> None:
    with Library.open(database) as library:
        library.annotations.save(new_annotation("note", body="mine")).result()
    destroy(database, table)
    with Library.open(database) as library:
        app = SergeApp(library)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            await pilot.press(key)
            await until(pilot, lambda: title in damage_shown(pilot))
            assert str(database) in damage_shown(pilot)
            assert "`serge doctor --repair`" in damage_shown(pilot)
            for other, mode in MODES.items():
                await pilot.press(other, "j", "enter", "escape")
                await settle(pilot)
                assert app.current_mode is not None
                app.action_go(mode)
                await settle(pilot)
                assert app.current_mode == mode
            assert app.is_running


async def test_a_thread_that_meets_damage_says_so(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def gather(*_: object) -> None:
        raise DamagedDatabaseError("serge.db is damaged; `serge doctor --repair` saves what is yours.")

    monkeypatch.setattr("serge_tui.modes.progress.report.gather", gather)
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9")
        await until(pilot, lambda: "Progress cannot be shown whole. serge.db is damaged" in damage_shown(pilot))
        await pilot.press("f2")
        await until(pilot, lambda: app.current_mode == "today")


def test_every_worker_and_every_handler_tells_errors() -> None:
    plain = re.compile(r"^from textual import .*\b(on|work)\b|\btextual\.(on|work)\(", re.MULTILINE)
    screens = re.compile(r"^class \w+\((Modal)?Screen\b", re.MULTILINE)
    found = []
    for file in PACKAGE.rglob("*.py"):
        text = file.read_text("utf-8")
        if file.name != "handlers.py" and (plain.search(text) or screens.search(text)):
            found.append(file.name)
    assert not found


def test_every_worker_started_by_hand_tells_errors() -> None:
    started = [
        (file.name, line.strip())
        for file in PACKAGE.rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if ".run_worker(" in line
    ]
    assert started
    assert not [one for one in started if not re.search(r"run_worker\((tell_errors\(|work\b|search\b)", one[1])]
