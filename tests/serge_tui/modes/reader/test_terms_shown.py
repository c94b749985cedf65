"""Terms and places in Read: underlined, opened by their letter or a click, closed again, turned off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import vocabulary
from db.models import TermMention
from serge_tui.app import SergeApp
from serge_tui.modes.reader.chapter import free_terms
from serge_tui.modes.reader.widgets.peek import term_content
from serge_tui.services.reading_settings import TERMS
from tests.serge_tui.helpers import until
from tests.serge_tui.modes.reader.reading import reader, start, top_line

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library


def letter_of_a_term(pilot: Pilot[None]) -> str | None:
    shown = reader(pilot).letters.shown
    return next((letter for letter, thing in shown.items() if isinstance(thing, TermMention)), None)


async def test_a_term_opens_beside_its_line_and_escape_leads_back(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: reader(pilot).text.opened is not None)
        line = top_line(reader(pilot))
        await pilot.press("f")
        letter = letter_of_a_term(pilot)
        assert letter is not None
        mention = reader(pilot).letters.shown[letter]
        assert isinstance(mention, TermMention)
        await pilot.press(letter)
        assert reader(pilot).peek.is_open
        await pilot.press("escape")
        assert not reader(pilot).peek.is_open
        assert top_line(reader(pilot)) == line


async def test_terms_are_turned_off_and_stay_off(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: reader(pilot).text.opened is not None)
        opened = reader(pilot).text.opened
        assert opened is not None
        assert [layer.style for layer in reader(pilot).terms.layers(opened)] == ["page--term"]
        await pilot.press("z", "t")
        assert reader(pilot).terms.layers(opened) == []
        await pilot.press("f")
        assert letter_of_a_term(pilot) is None
        await until(pilot, lambda: library.settings.get(TERMS, True) is False)


def test_with_fates_hidden_a_term_tells_its_one_line_only(library: Library) -> None:
    term = library.terms.by_key("poum")
    assert term is not None
    names = {"nin": "Andrés Nin"}
    hidden = term_content(term, names, hidden=True).plain
    assert term.one_line in hidden
    assert "Andrés Nin" in hidden
    assert "murdered" not in hidden
    assert "Andrés Nin 19" not in hidden
    whole = term_content(term, names, hidden=False).plain
    assert term.text in whole
    assert "Andrés Nin 1935–1937" in whole


def test_what_was_not_checked_is_marked_with_and_without_fates(library: Library) -> None:
    term = library.terms.by_key("left-opposition")
    assert term is not None
    shown = term_content(term, {"blumkin": "Blumkin", "serge": "Serge"}, hidden=False).plain
    assert "Blumkin until 1929 (?)" in shown
    assert "Serge from 1923\n" in shown.replace(", ", "\n")
    assert "(?) from general knowledge, not checked against a source." in shown
    unchecked = next(one for one in library.terms.all() if one.doubt.startswith(vocabulary.UNCHECKED))
    assert f"? {vocabulary.UNCHECKED}" in term_content(unchecked, {}, hidden=True).plain


def test_names_and_links_win_over_terms(library: Library) -> None:
    terms = [TermMention(1, 0, 5, "cheka"), TermMention(1, 10, 15, "gpu")]
    assert free_terms(terms, (), []) == tuple(terms)
