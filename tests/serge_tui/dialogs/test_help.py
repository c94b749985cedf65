from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.containers import VerticalScroll

from serge_tui.app import SergeApp
from serge_tui.commands import Command
from serge_tui.dialogs.help import HelpScreen, HelpText, sentence_of
from tests.serge_tui.helpers import until

if TYPE_CHECKING:
    from db.library import Library


def test_a_sentence_that_says_the_title_again_stands_alone() -> None:
    assert sentence_of(Command("x", "j", "Line down", "x", "One line down.")) == "One line down."
    assert sentence_of(Command("x", "q", "Quit", "x", "The same again.")) == "Quit. The same again."
    assert sentence_of(Command("x", "q", "Quit", "x")) == "Quit"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_keys_stand_in_a_column_and_sentences_beside_them(library: Library, size: tuple[int, int]) -> None:
    app = SergeApp(library)
    async with app.run_test(size=size) as pilot:
        await pilot.press("f3", "question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        text = app.screen.query_one(HelpText)
        lines = text.render().plain.split("\n")
        assert len(lines) == text.size.height
        assert max(map(len, lines)) <= text.size.width
        column = next(line.index("Go one line down.") for line in lines if line.startswith("  j "))
        # Whatever goes on over a line's end goes on in the same column.
        assert all(line[:column].strip() == "" or line[column - 1] == " " for line in lines if line.startswith("  "))


async def test_the_reading_keys_move_in_the_help_too(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3", "question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        scroll = app.screen.query_one(VerticalScroll)
        tops = []
        for key in ("space", "j", "k", "G", "g"):
            await pilot.press(key)
            await pilot.pause()
            tops.append(scroll.scroll_offset.y)
        page, down, up, end, start = tops
        assert 0 < page == up < down < end
        assert start == 0


async def test_where_one_was_stays_to_be_seen_behind_a_dialog(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3", "question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        assert app.screen.styles.background.a < 1
