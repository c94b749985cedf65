"""People in no glossary: a list, a card of what the text says, passages; name, merge, take away, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from serge_tui.app import SergeApp
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.people_of_book import PeopleOfBookDialog
from serge_tui.dialogs.prompt import Prompt
from serge_tui.modes.reader.screen import ReaderScreen
from tests.db.test_found_people import TEXTS, bring
from tests.serge_tui.event_loop import no_waiting_on_this_thread
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library


def names(screen: PeopleOfBookDialog) -> list[str]:
    return [person.name for person in screen.rows.people]


async def opened(pilot: Pilot[None], people: int) -> PeopleOfBookDialog:
    """Open the list, and wait until it has so many people."""
    await settle(pilot)
    await pilot.press("g", "b")
    await until(pilot, lambda: isinstance(pilot.app.screen, PeopleOfBookDialog))
    screen = pilot.app.screen
    assert isinstance(screen, PeopleOfBookDialog)
    await until(pilot, lambda: len(screen.rows.people) == people and not screen.keys_must_wait)
    await settle(pilot)
    return screen


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_the_card_leads_to_its_passages(library: Library, size: tuple[int, int]) -> None:
    bring(library)
    app = SergeApp(library)
    with no_waiting_on_this_thread():
        async with app.run_test(size=size) as pilot:
            screen = await opened(pilot, 4)
            assert names(screen)[0] == "Ivan Markov"
            shown = "\n".join(screen.card.render_line(y).text for y in range(screen.card.size.height))
            assert TEXTS[0] in shown
            assert "named 1 time" in shown or "named once" in shown
            await pilot.press("enter", "enter")
            await until(pilot, lambda: isinstance(app.screen, ReaderScreen) and app.screen.text.lit is not None)
            assert isinstance(app.screen, ReaderScreen)
            assert app.screen.text.lit == (0, 0, 0, len(TEXTS[0]))


async def test_a_name_is_given_merged_taken_away_and_undone(library: Library) -> None:
    bring(library)
    app = SergeApp(library)
    with no_waiting_on_this_thread():
        async with app.run_test(size=(120, 40)) as pilot:
            screen = await opened(pilot, 4)
            await pilot.press("end", "x")
            await until(pilot, lambda: names(screen) == ["Ivan Markov", "Markov", "Orlov"])
            await pilot.press("home", "j", "w")
            await until(pilot, lambda: isinstance(app.screen, Prompt))
            await pilot.press(*"ivan", "enter")
            await until(pilot, lambda: isinstance(app.screen, Choice))
            choice = app.screen
            assert isinstance(choice, Choice)
            at = [str(choice.rows.get_option_at_index(n).prompt) for n in range(choice.rows.option_count)]
            choice.rows.highlighted = next(n for n, row in enumerate(at) if row.startswith("Ivan Markov"))
            await pilot.press("enter")
            await until(pilot, lambda: names(screen) == ["Ivan Markov", "Orlov"])
            await pilot.press("end", "n")
            await until(pilot, lambda: isinstance(app.screen, Prompt))
            app.screen.query_one(Input).value = "Peter Orlov"
            await pilot.press("enter")
            await until(pilot, lambda: names(screen) == ["Ivan Markov", "Peter Orlov"])
            for expected in (["Ivan Markov", "Orlov"], ["Ivan Markov", "Markov", "Orlov"]):
                await pilot.press("u")
                await until(pilot, lambda wanted=expected: names(screen) == wanted)  # type: ignore[misc]
            await pilot.press("U")
            await until(pilot, lambda: names(screen) == ["Ivan Markov", "Orlov"])


async def test_a_name_is_typed_and_escape_leaves_step_by_step(library: Library) -> None:
    bring(library)
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, 4)
        await pilot.press("i", *"orl")
        await until(pilot, lambda: names(screen) == ["Orlov"])
        await pilot.press(*"ov")  # orlov; then a slip
        await pilot.press("backspace", "f")
        await until(pilot, lambda: names(screen) == ["Orlov"])
        await pilot.press("enter", "escape")
        await until(pilot, lambda: screen.rows.has_focus)
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, PeopleOfBookDialog))


async def test_without_people_it_says_where_to_look_for_them(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, 0)
        assert "p in the library (L) looks for people" in screen.rows.nothing
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, PeopleOfBookDialog))


def test_merged_with_a_figure_their_strokes_stand_on_its_page(library: Library) -> None:
    bring(library)
    person = next(one for one in library.found_people.all("book") if one.name == "Ivan Markov")
    assert library.found.of_figure("trotsky", "book") == []
    library.found_people.say(person, figure="trotsky").result()
    assert [one.text for one in library.found.of_figure("trotsky", "book")] == [TEXTS[0]]
