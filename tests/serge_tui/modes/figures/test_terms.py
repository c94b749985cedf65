"""Terms and places among the figures: found by name, listed, read, and led to from people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import GUIDE_EDITION
from serge_tui.app import SergeApp
from serge_tui.modes.figures.dossier import load_dossier
from serge_tui.modes.figures.page_content import figure_page
from serge_tui.modes.figures.term_content import load_term_dossier, term_page
from serge_tui.navigation import ReadAt, ShowDeck, ShowEvent, ShowFigure, term_entry, term_of
from serge_tui.services.event_terms import event_terms
from serge_tui.services.find_anything import find_anything
from serge_tui.services.hidden_ends import ALL_SHOWN, hidden_ends
from serge_tui.services.term_finder import find_terms
from tests.serge_tui.helpers import settle
from tests.serge_tui.modes.figures.browsing import SMALL, opened, page_text

if TYPE_CHECKING:
    from db.library import Library
    from serge_tui.widgets.linked_page import Paragraph


def text(paragraphs: list[Paragraph]) -> str:
    return "\n".join(paragraph.text.plain for paragraph in paragraphs)


async def test_a_term_is_found_by_its_name_and_the_list_of_terms_is_a_key_away(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, name="the POUM")
        assert screen.people.rows[0].key == "term:poum"
        await pilot.press("enter")
        await settle(pilot)
        page = page_text(screen)
        assert page.startswith("POUM   Partido Obrero de Unificación Marxista\norganisation · 1935–1980")
        assert "Andrés Nin  1935–1937" in page
        assert screen.shown.key is None
        await pilot.press("e", "a", "equals_sign", "full_stop")
        await settle(pilot)
        assert app.screen is screen
        await pilot.press("escape", "down", "t")
        await settle(pilot)
        screen.listing.use_words("kind:terms")
        await settle(pilot)
        assert len(screen.people.rows) == len(library.terms.names())
        assert {row.mark for row in screen.people.rows} == {"◇"}
        screen.listing.action_terms()
        await settle(pilot)
        assert len(screen.people.rows) == len(library.figures.names())


def test_entries_tell_terms_from_people() -> None:
    assert term_of(term_entry("poum")) == "poum"
    assert term_of("trotsky") is None


def test_where_somebody_stood_is_on_their_page_with_years_and_leads_to_the_term(library: Library) -> None:
    dossier = load_dossier(library, "zinoviev", GUIDE_EDITION)
    assert dossier is not None
    page = figure_page(dossier, ALL_SHOWN)
    assert "say  zee-NOV-yef  Зино́вьев" in text(page)
    line = next(part for part in page if part.target == ShowFigure("term:comintern"))
    assert line.text.plain == "Comintern  1919–1926  president"
    ends = hidden_ends(library, hidden=True)
    hidden = figure_page(dossier, ends)
    assert next(part for part in hidden if part.target == ShowFigure("term:comintern")).text.plain == (
        "Comintern  president"
    )


def test_what_nobody_checked_is_marked_on_the_page(library: Library) -> None:
    dossier = load_dossier(library, "blumkin", GUIDE_EDITION)
    assert dossier is not None
    assert "Left Opposition  until 1929  (?)\n(?) from general knowledge" in text(figure_page(dossier, ALL_SHOWN))


def test_the_page_of_a_term_tells_who_belonged_where_the_text_has_it_and_what_it_rests_on(library: Library) -> None:
    dossier = load_term_dossier(library, "comintern", GUIDE_EDITION)
    assert dossier is not None
    page = term_page(dossier, hidden=False)
    headings = [part.heading for part in page if part.heading]
    assert headings == [
        "Who belonged to it", "Other names", "Chapters of the Memoirs", "Events", "Mentions", "Cards", "Sources",
    ]  # fmt: skip
    places = [part.target for part in page if isinstance(part.target, ReadAt)]
    assert len(places) == min(12, dossier.mention_count)
    assert ShowDeck("kind:term") in [part.target for part in page]
    events = [part.target.key for part in page if isinstance(part.target, ShowEvent)]
    assert events == [event.key for event in event_terms(library).naming("comintern")]
    assert not any(isinstance(part.target, ShowEvent) for part in term_page(dossier, hidden=True))
    assert load_term_dossier(library, "nothing", GUIDE_EDITION) is None


def test_a_term_keeps_its_text_and_years_back_while_ends_are_hidden(library: Library) -> None:
    dossier = load_term_dossier(library, "poum", GUIDE_EDITION)
    assert dossier is not None
    words = text(term_page(dossier, hidden=True))
    assert dossier.term.text not in words
    assert "1935–1937" not in words
    assert "Andrés Nin" in words


def test_a_term_stands_first_where_it_is_named(library: Library) -> None:
    from serge_tui.core.name_finder.names import NameFinder

    finder = NameFinder(library.figures.names(), library.figures.texts())
    answer = find_anything(library, finder, [], "isolator", ends=ALL_SHOWN)
    assert (answer.found[0].kind, answer.found[0].goes_to) == ("term", ShowFigure("term:isolator"))
    assert not [found for found in find_anything(library, finder, [], "Lenin", ends=ALL_SHOWN).found[:1] if
                found.kind == "term"]  # fmt: skip


def test_a_term_is_found_by_its_names_in_other_languages(library: Library) -> None:
    assert find_terms(library, "ПОУМ")[0].figure == "poum"
    assert find_terms(library, "NKWD")[0].figure == "nkvd"
    assert find_terms(library, "zzz") == []


def test_a_person_is_not_taken_for_those_named_after_them(library: Library) -> None:
    assert find_terms(library, "Bukharin") == []
    assert find_terms(library, "r") == []
    assert [match.figure for match in find_terms(library, "Bukharin", sure=False)] == ["right-opposition"]
