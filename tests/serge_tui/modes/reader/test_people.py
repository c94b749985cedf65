"""From every name to its card and back to the same line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.app import SergeApp
from serge_tui.modes.reader.widgets.figure_card import FigureCard
from tests.serge_tui.helpers import settle
from tests.serge_tui.modes.reader.reading import reader, start, top_line

if TYPE_CHECKING:
    from db.library import Library


async def test_card_and_figure_and_twice_escape_lead_back_to_the_line(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("right_square_bracket", "p", "right_square_bracket", "p")
        spot, line = screen.spot(), top_line(screen)
        await pilot.press("x")
        card = screen.query_one(FigureCard)
        assert card.display
        assert card.facts is not None
        await pilot.press("enter")
        await pilot.pause()
        assert app.current_mode == "figures"
        await pilot.press("escape")
        await pilot.pause()
        assert app.current_mode == "reader"
        assert top_line(screen) == line
        await pilot.press("escape")
        assert not card.display
        assert top_line(screen) == line
        assert screen.spot() == spot


async def test_enter_with_nothing_highlighted_goes_nowhere(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        spot = screen.spot()
        await pilot.press("enter")
        await pilot.pause()
        assert not screen.query_one(FigureCard).display
        assert not screen.note_box.display
        assert screen.spot() == spot


async def test_letters_lead_to_the_name_they_stand_on(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        assert screen.text.opened is not None
        view = screen.page.view()
        assert view is not None
        names = screen.text.opened.names_in(view)
        await pilot.press("f")
        letter = next(letter for letter, thing in screen.letters.shown.items() if thing == names[0])
        await pilot.press(letter)
        card = screen.query_one(FigureCard)
        assert card.facts is not None
        assert card.facts.key == names[0].figure


async def test_names_are_underlined_every_time_once_a_page_or_never(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        page = reader(pilot).page

        def underlined() -> int:
            strips = [page.render_line(y) for y in range(page.size.height)]
            return sum(bool(segment.style and segment.style.underline) for strip in strips for segment in strip)

        counts = [underlined()]
        for _ in range(4):
            await pilot.press("z", "n")
            await settle(pilot)
            counts.append(underlined())
        every, first, fading, never, again = counts
        assert fading == every, "nobody was asked yet"
        assert never == 0
        assert 0 < first <= every
        assert again == every


async def test_people_are_walked_where_they_are_together(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("T", *"trotzky, sinowjew", "enter")
        await settle(pilot)
        await pilot.press("enter")
        await pilot.pause()
        seen = set()
        for _ in range(3):
            assert screen.text.lit is not None
            words = screen.page.words_of(screen.text.lit)
            assert "Trotsky" in words
            assert "Zinoviev" in words
            seen.add(screen.text.lit)
            await pilot.press("right_square_bracket", "t")
            await pilot.pause()
        assert len(seen) == 3
