"""Reading on paper: a page in print sets the place, and people, cards and hidden ends follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from db.models import GUIDE_EDITION
from serge_tui.cli.read import _place
from serge_tui.core.study.deck import AS_FAR_AS_READ
from serge_tui.navigation import ReadAt
from serge_tui.services.card_collection import card_collection
from serge_tui.services.decks import chosen_deck, deck_cards
from serge_tui.services.hidden_ends import hidden_ends
from serge_tui.services.locators import find_page
from serge_tui.services.paper import page_in_chapters, progress_on_paper, read_on_paper
from serge_tui.services.reading_progress import people_met, reading_progress
from serge_tui.services.study_settings import today

if TYPE_CHECKING:
    from db.library import Library


def test_a_page_is_in_the_chapter_that_has_it(library: Library) -> None:
    for chapter in library.chronicle.chapters():
        for number in (chapter.page_start, chapter.page_end):
            assert number is not None
            page = page_in_chapters(library, number)
            assert (page.chapter, page.first, page.last) == (chapter.number, chapter.page_start, chapter.page_end)


@pytest.mark.parametrize("number", [-1, 0, 10**9])
def test_a_page_outside_the_book_is_said_to_be_outside(library: Library, number: int) -> None:
    with pytest.raises(SergeError, match="the Memoirs go from page"):
        page_in_chapters(library, number)


def test_the_place_moves_on_with_the_page(library: Library) -> None:
    page = page_in_chapters(library, 218)
    places = [find_page(library, str(number)) for number in range(page.first, page.last + 1)]
    assert {place.edition for place in places} == {GUIDE_EDITION}
    assert [place.passage for place in places] == sorted(place.passage for place in places)
    chapter = library.texts.canonical(GUIDE_EDITION, page.chapter)
    assert chapter is not None
    assert places[0].passage == chapter.first_passage
    assert chapter.first_passage <= places[-1].passage < chapter.first_passage + chapter.passages


def test_the_example_of_the_readme_works_on_a_fresh_database(library: Library) -> None:
    destination = _place(library, None, "218", None)
    assert isinstance(destination, ReadAt)
    assert destination.place.edition == GUIDE_EDITION
    assert library.settings.get("paper_page", 0) == 218


def test_a_roman_page_without_a_mark_says_so(library: Library) -> None:
    with pytest.raises(SergeError, match="no edition here has a mark for page xii"):
        find_page(library, "xii")


def test_people_cards_and_ends_follow_the_page(library: Library) -> None:
    assert reading_progress(library) is None
    assert people_met(library) == set()
    read_on_paper(library, 218).result()
    progress = reading_progress(library)
    assert progress is not None
    assert progress.chapters == {1, 2, 3, 4}
    assert progress.year == 1921
    assert not progress.finished
    assert people_met(library) == progress.figures
    assert chosen_deck(library) == AS_FAR_AS_READ
    collection = card_collection(library)
    cards = deck_cards(library, collection, AS_FAR_AS_READ, {}, today(library))
    assert cards
    assert len(cards) < len(collection.cards)
    assert all(card.chapter is None or card.chapter <= 5 for card in cards if card.quotation)
    ends = hidden_ends(library, hidden=True)
    assert not ends.of("kropotkin"), "he died in a chapter read on paper"
    assert ends.of("zinoviev")


def test_more_is_met_with_each_page_and_all_at_the_end(library: Library) -> None:
    before = progress_on_paper(library, 3)
    for number in range(4, 448, 37):
        now = progress_on_paper(library, number)
        assert before.quotations <= now.quotations
        assert before.figures <= now.figures
        assert before.chapters <= now.chapters
        before = now
    assert progress_on_paper(library, 447).finished


def test_near_a_page_are_its_quotations_and_people(library: Library) -> None:
    near = library.paper.near(page_in_chapters(library, 218))
    assert near.people
    assert len({key for key, _, _ in near.people}) == len(near.people)
    assert all(abs(int(known.page.partition("-")[0].partition("–")[0]) - 218) <= 4 for known in near.quotations)


def test_page_0_ends_reading_on_paper(library: Library) -> None:
    read_on_paper(library, 218).result()
    read_on_paper(library, 0).result()
    assert reading_progress(library) is None
