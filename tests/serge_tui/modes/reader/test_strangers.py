"""People in no glossary are underlined in Read, and a click, Enter or a letter shows what the text says of them."""

from __future__ import annotations

from asyncio import to_thread
from typing import TYPE_CHECKING

from db.models import Mention, Place
from serge_tui.app import SergeApp
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.modes.reader.widgets.peek import stranger_content
from serge_tui.navigation import ReadAt
from serge_tui.services.reading_settings import STRANGERS
from tests.db.test_found_people import TEXTS, bring, person
from tests.serge_tui.event_loop import no_waiting_on_this_thread
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from db.library import Library


def underlined(screen: ReaderScreen) -> set[str]:
    opened = screen.text.opened
    assert opened is not None
    return {layer.style for layer in screen.names.layers(opened) if layer.stretches}


async def test_they_are_underlined_and_a_letter_opens_what_the_text_says(library: Library) -> None:
    bring(library)
    app = SergeApp(library, start=ReadAt(Place("book", 0, 0)))
    with no_waiting_on_this_thread():
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, ReaderScreen) and app.screen.text.opened is not None)
            screen = app.screen
            assert isinstance(screen, ReaderScreen)
            await settle(pilot)
            assert underlined(screen) == {"page--stranger"}
            await pilot.press("f", "a")
            await until(pilot, lambda: screen.peek.is_open)
            await pilot.press("escape")
            await until(pilot, lambda: not screen.peek.is_open)
            assert screen.text.lit is not None
            await pilot.press("enter")
            await until(pilot, lambda: screen.peek.is_open)
            await pilot.press("escape")
            await to_thread(library.settings.set(STRANGERS, False).result)
            screen.names.follow()
            assert underlined(screen) == set()
            screen.links.place_pressed((0, 3), in_margin=False)
            await settle(pilot)
            assert not screen.peek.is_open


def test_the_card_tells_only_what_may_be_told(library: Library) -> None:
    bring(library)
    told = library.found_people.told(person(library, "Ivan Markov"))
    whole = stranger_content(told, None).plain
    assert TEXTS[0] in whole
    assert "in no glossary · named once" in whole
    assert TEXTS[0] in stranger_content(told, (0, 50)).plain
    assert TEXTS[0] not in stranger_content(told, (-1, 0)).plain


def test_merged_with_a_figure_a_name_is_that_figures(library: Library) -> None:
    bring(library)
    people = library.found_people
    people.say(person(library, "Markov"), figure="trotsky").result()
    people.say(person(library, "Riga"), nobody=True).result()
    others, figures = people.mentions("book", 0, 2)
    assert [(one.name, one.passage) for one in others] == [("Ivan Markov", 0), ("Orlov", 2)]
    assert figures == [Mention("book", 1, 0, 6, "trotsky", 1.0)]
