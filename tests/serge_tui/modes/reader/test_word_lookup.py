"""Selected words looked up with a program of the reader's, and what it prints over the page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Static

from db.models import Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.dialogs.program_output import ProgramOutput
from serge_tui.navigation import ReadAt
from serge_tui.paths import programs_file
from serge_tui.services.lookup_command import store_command
from tests.db.helpers import book
from tests.serge_tui.helpers import settle
from tests.serge_tui.modes.reader.reading import reader, top_line

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot

    from db.library import Library

PRINTS = r"import sys; print('\x1b[2J[red]', sys.argv[1], *range(60), sep='\n')"


async def shown(pilot: Pilot[None]) -> str:
    """What the program has printed, once it has."""
    dialog = pilot.app.screen
    assert isinstance(dialog, ProgramOutput)
    await settle(pilot)
    return str(dialog.query_one("#output", Static).content)


async def test_words_are_looked_up_over_the_page(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    text = book(["Isolator was their word for it. Nobody wrote home."], title="A small book")
    library.writer.run(lambda c: replace_edition(c, "small", text, "d", EditionFindings()))
    app = SergeApp(library, start=ReadAt(Place("small", 0, 0)))
    told: list[str] = []
    monkeypatch.setattr(app, "inform", told.append)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = reader(pilot)
        line = top_line(screen)

        await pilot.press("v", "v", "d")
        await settle(pilot)
        assert app.screen is screen, "no program is set"
        assert 'serge config set lookup_command "dict {}"' in told[-1]

        store_command(programs_file(), f'{sys.executable} -c "{PRINTS}" {{}}')
        await pilot.press("v", "v", "d")
        printed = await shown(pilot)
        assert str(app.screen.query_one("#output-words", Static).content) == "Isolator"
        assert printed.splitlines()[:3] == ["\ufffd[2J[red]", "Isolator", "0"]
        await pilot.press("G")
        assert app.screen.query_one(VerticalScroll).scroll_y > 0
        await pilot.press("escape")
        assert app.screen is screen
        assert not screen.selection.is_active
        assert top_line(screen) == line

        await pilot.press("d")  # nothing is selected: it asks
        await settle(pilot)
        await pilot.press(*"NEP", "enter")
        assert "\nNEP\n" in await shown(pilot)
        await pilot.press("q")

        store_command(programs_file(), f"{sys.executable} -c \"raise SystemExit('no such word')\"")
        await pilot.press("v", "v", "enter")
        await settle(pilot)
        await pilot.press(*["j"] * 7)
        await pilot.press("enter")
        assert "found nothing: no such word" in await shown(pilot)
