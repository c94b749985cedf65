"""Every highlight colour comes from the one list: a key, a background on the page and in both themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models.annotation import HIGHLIGHT_COLOURS
from serge_tui.app import SergeApp
from serge_tui.commands.reader import COLOUR_KEYS, COLOURS, letters_of
from serge_tui.modes.reader.widgets.page_styling import colour_style, sign_style
from serge_tui.themes import OWN_THEMES
from tests.serge_tui.modes.reader.reading import reader, start

if TYPE_CHECKING:
    from db.library import Library


def test_each_colour_has_its_first_letter_as_its_key() -> None:
    assert COLOUR_KEYS == {"a": "amber", "r": "red", "g": "green", "b": "blue", "v": "violet"}
    assert [command.keys for command in COLOURS] == ["H a", "H r", "H g", "H b", "H v"]


def test_a_colour_whose_letter_is_taken_gets_its_next_one() -> None:
    assert letters_of(["green", "grey", "red"]) == {"g": "green", "r": "grey", "e": "red"}
    with pytest.raises(ValueError, match="every letter of aa is taken"):
        letters_of(["amber", "aa"])


@given(st.lists(st.sampled_from(["amber", "ochre", "teal", "pink", "grey", "rose", "blue"]), unique=True))
def test_letters_are_each_colours_own(names: list[str]) -> None:
    letters = letters_of(names)
    assert list(letters.values()) == names
    assert all(letter in name for letter, name in letters.items())


async def test_the_page_and_both_themes_have_every_colour(library: Library) -> None:
    for theme in OWN_THEMES:
        assert {f"highlight-{colour}" for colour in HIGHLIGHT_COLOURS} <= theme.variables.keys()
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        page = reader(pilot).page
        plain = page.get_component_rich_style("page--text").bgcolor
        shown = {colour: page.get_component_rich_style(colour_style(colour)).bgcolor for colour in HIGHLIGHT_COLOURS}
        assert len({*shown.values(), plain}) == len(HIGHLIGHT_COLOURS) + 1
        for colour in HIGHLIGHT_COLOURS:
            assert page.get_component_rich_style(sign_style(colour)).bgcolor == shown[colour]
