"""The open text is removed from the library, and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.navigation import ReadAt
from tests.db.helpers import book
from tests.serge_tui.helpers import settle
from tests.serge_tui.modes.reader.reading import reader

if TYPE_CHECKING:
    from db.library import Library


async def test_removing_the_open_text_does_not_make_the_guide_what_is_read(library: Library) -> None:
    text = book([f"It snowed on day {day}." for day in range(200)], title="A small book")
    library.writer.run(lambda c: replace_edition(c, "small", text, "d", EditionFindings()))
    app = SergeApp(library, start=ReadAt(Place("small", 120, 0)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = reader(pilot)
        library.removed_texts.remove("small").result()
        screen.refresh_data()
        await settle(pilot)
        assert screen.text.edition == "guide"
        library.removed_texts.restore("small").result()
        screen.refresh_data()
        await settle(pilot)
        assert screen.text.edition == "small", "what is brought back is on the page again"
        assert screen.text.here().passage == 120
    position = library.texts.last_position()
    assert position is not None
    assert (position.place.edition, position.place.passage) == ("small", 120)


async def test_who_reads_on_in_the_guide_stays_there(library: Library) -> None:
    text = book([f"It snowed on day {day}." for day in range(200)], title="A small book")
    library.writer.run(lambda c: replace_edition(c, "small", text, "d", EditionFindings()))
    app = SergeApp(library, start=ReadAt(Place("small", 120, 0)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = reader(pilot)
        library.removed_texts.remove("small").result()
        screen.refresh_data()
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        library.removed_texts.restore("small").result()
        screen.refresh_data()
        await settle(pilot)
        assert screen.text.edition == "guide"
    position = library.texts.last_position()
    assert position is not None
    assert position.place.edition == "guide"
