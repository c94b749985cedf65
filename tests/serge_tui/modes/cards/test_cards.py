"""Cards: a whole review_screen, undo, a kill in the middle, the passage and back, decks, typed answers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, Static

from db.library import Library
from db.models import Place
from serge_tui.app import SergeApp
from serge_tui.core.study.deck import Filter
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.deck_chooser import DeckChooser
from serge_tui.navigation import ReadAt, ShowFigure
from serge_tui.services.decks import deck_named, saved_decks
from serge_tui.services.hidden_ends import hidden_ends
from serge_tui.services.learned_spellings import own_spellings
from serge_tui.services.study_settings import today
from serge_tui.widgets.grades import Grades
from serge_tui.widgets.key_line import KeyLine
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.cards.reviewing import answer, in_hand, review_screen, session_of, settled, text_of
from tests.serge_tui.services.answering import answer_on

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from db.models import Rating


async def test_a_question_shows_no_answer_and_space_turns_it(library: Library) -> None:
    async with review_screen(library) as (pilot, screen):
        card = session_of(screen).card
        assert card is not None
        assert card.question in text_of(screen, "#card-question")
        assert not screen.query_one("#card-answer").display
        assert not screen.query_one(Grades).display
        await pilot.press("space")
        assert card.answer in text_of(screen, "#card-answer")
        assert screen.query_one(Grades).display


async def test_the_interval_on_the_button_is_the_interval_given(library: Library) -> None:
    async with review_screen(library) as (pilot, screen):
        ratings: tuple[Rating, ...] = (4, 3, 2)
        for rating in ratings:
            key = in_hand(screen)
            await pilot.press("space")
            promised = screen.query_one(Grades).intervals[rating]
            assert f"{promised} d" in str(screen.query_one(Grades).render())
            await pilot.press(str(rating))
            library.study.wait()
            state = library.study.state(key)
            assert state.due_day is not None
            assert (state.due_day > today(library).isoformat()) is True
            from datetime import date, timedelta

            assert date.fromisoformat(state.due_day) == today(library) + timedelta(days=promised)


async def test_number_keys_do_nothing_before_the_card_is_turned(library: Library) -> None:
    async with review_screen(library) as (pilot, screen):
        key = in_hand(screen)
        await pilot.press("1", "2", "3", "4")
        assert in_hand(screen) == key
        assert library.study.last_answer() is None


async def test_undo_goes_back_to_the_first_answer_even_after_the_end(library: Library) -> None:
    async with review_screen(library) as (pilot, screen):
        asked = []
        while session_of(screen).card is not None:
            asked.append(in_hand(screen))
            await answer(pilot, "3")
        assert len(asked) == session_of(screen).settings.new_per_day
        assert "Done for today" in text_of(screen, "#card-kind")
        for key in reversed(asked):
            await pilot.press("u")
            assert in_hand(screen) == key
        library.study.wait()
        assert library.study.last_answer() is None
        assert library.study.state(asked[0]).answers == 0
        assert len(list(library.study.log())) == 0
        await pilot.press("u")
        assert in_hand(screen) == asked[0]


async def test_a_kill_in_the_middle_loses_nothing_and_the_next_start_goes_on(database: Path) -> None:
    with Library.open(database) as library:
        async with review_screen(library) as (pilot, screen):
            await answer(pilot, "3", "1", "4")
            following = in_hand(screen)
            failed = session_of(screen).reviewer.remaining.failed
            library.study.wait()
    with Library.open(database) as again:
        assert len(again.study.answers_on(today(again).isoformat())) == 3
        async with review_screen(again) as (pilot, screen):
            assert in_hand(screen) == following
            assert session_of(screen).reviewer.remaining.failed == failed == 1
            await pilot.press("u", "u")
            library.study.wait()
            assert len(again.study.answers_on(today(again).isoformat())) == 1


async def test_a_failed_card_comes_back_within_the_review_screen(library: Library) -> None:
    async with review_screen(library) as (pilot, screen):
        failed = in_hand(screen)
        await answer(pilot, "1")
        seen: list[str] = []
        while session_of(screen).card is not None and len(seen) < 30:
            seen.append(in_hand(screen))
            await answer(pilot, "3")
        assert failed in seen


async def test_enter_opens_the_passage_and_escape_comes_back_to_the_turned_card(library: Library) -> None:
    async with review_screen(library, "portraits") as (pilot, screen):
        await answer(pilot, "3")
        key = in_hand(screen)
        await pilot.press("enter")
        assert screen.query_one("#card-answer").display, "the first Enter turns the card"
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.current_mode == "reader")
        await pilot.press("escape")
        await pilot.pause()
        if pilot.app.current_mode == "reader":  # the first Esc may put out the light
            await pilot.press("escape")
        await until(pilot, lambda: pilot.app.current_mode == "cards")
        assert in_hand(screen) == key
        assert screen.query_one("#card-answer").display
        await pilot.press("3")
        assert in_hand(screen) != key


async def test_the_passage_of_a_quotation_is_lit_in_the_edition_that_has_it(library: Library) -> None:
    from serge_tui.services.card_passages import find_words

    quotation = next(q for q in library.quotations.all() if library.quotations.place_in(q.key, "guide") is None)
    passage = library.passages.at("guide", 3)
    assert passage is not None

    def write(connection: sqlite3.Connection) -> None:
        connection.execute("insert into quotation_place values (?, 'guide', 3, 0, 3, 5, 100.0, 50.0)", [quotation.key])

    library.writer.run(write)
    assert find_words(library, quotation.key, [], None) == ReadAt(Place("guide", 3, 0), lit=(3, 0, 3, 5))


async def test_the_person_of_the_answer_opens_only_once_the_card_is_turned(library: Library) -> None:
    async with review_screen(library, "portraits") as (pilot, screen):
        await pilot.press("x")
        assert pilot.app.current_mode == "cards"
        card = session_of(screen).card
        assert card is not None
        await pilot.press("space", "x")
        await until(pilot, lambda: pilot.app.current_mode == "figures")
        app = pilot.app
        assert isinstance(app, SergeApp)
        assert app.mode_screen is not None
        destination = app.mode_screen.spot().destination
        assert isinstance(destination, ShowFigure)
        assert destination.key == card.answer_figure


async def test_bury_suspend_and_flag_are_stored_and_undone(library: Library) -> None:
    async with review_screen(library) as (pilot, screen):
        flagged = in_hand(screen)
        await pilot.press("f")
        buried = in_hand(screen)
        assert buried == flagged
        await pilot.press("minus")
        suspended = in_hand(screen)
        await pilot.press("at")
        library.study.wait()
        assert library.study.state(flagged).flag == 1
        assert library.study.state(buried).buried_until == today(library).isoformat()
        assert library.study.state(suspended).suspended
        await pilot.press("u", "u", "u")
        library.study.wait()
        assert in_hand(screen) == flagged
        assert library.study.state(flagged).flag == 0
        assert not library.study.state(suspended).suspended


async def test_the_deck_chooser_narrows_the_cards_and_is_remembered(database: Path) -> None:
    with Library.open(database) as library:
        async with review_screen(library) as (pilot, screen):
            await pilot.press("d")
            await pilot.pause()
            assert isinstance(pilot.app.screen, DeckChooser)
            await pilot.press("j", "enter")
            assert session_of(await settled(pilot)).deck.name == "Portraits"
            library.writer.run(lambda _: None)
    with Library.open(database) as again:
        async with review_screen(again) as (_, screen):
            assert session_of(screen).deck.name == "Portraits"


async def test_a_deck_of_words_is_made_kept_and_dropped(library: Library) -> None:
    async with review_screen(library) as (pilot, _):
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DeckChooser))
        await pilot.press("i")
        pilot.app.screen.query_one(Input).value = "Kronstadt"
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, DeckChooser))
        session = session_of(await settled(pilot))
        assert session.deck.words == ("Kronstadt",)
        assert session.card is not None
        assert "kronstadt" in f"{session.card.shown} {session.card.answer} {session.card.note}".lower()
        assert [deck.name for deck in saved_decks(library)] == ["Kronstadt"]
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DeckChooser))
        await pilot.press("delete")
        await until(pilot, lambda: saved_decks(library) == [])
        await pilot.press("u")
        await until(pilot, lambda: [deck.name for deck in saved_decks(library)] == ["Kronstadt"])
        await pilot.press("ctrl+y")
        await until(pilot, lambda: saved_decks(library) == [])


async def test_a_deck_of_terms_takes_a_name_is_completed_and_written_anew(library: Library) -> None:
    async with review_screen(library) as (pilot, _):
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DeckChooser))
        chooser = pilot.app.screen
        box = chooser.query_one(Input)
        await pilot.press("i", *"kind:por")
        assert box.suggester is not None
        assert await box.suggester.get_suggestion(box.value) == "kind:portrait"
        box.value = "rogues = chapter:44"
        await pilot.press("enter")
        await settle(pilot)
        assert "chapter:1 to chapter:10" in str(chooser.query_one("#deck-keys", Static).render())
        assert saved_decks(library) == []
        box.value = "rogues = chapter:4 kind:portrait -person:Sinowjew"
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, DeckChooser))
        deck = session_of(await settled(pilot)).deck
        assert deck == deck_named(library, "Rogues")
        assert deck.without == (Filter(figures=frozenset({"zinoviev"})),)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DeckChooser))
        await pilot.press("i")
        assert pilot.app.screen.query_one(Input).value == "rogues = chapter:4 kind:portrait -person:zinoviev"
        pilot.app.screen.query_one(Input).value = "rogues = chapter:5 kind:portrait"
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, DeckChooser))
        assert [(known.name, known.chapters) for known in saved_decks(library)] == [("rogues", frozenset({5}))]


@pytest.mark.parametrize(("typed", "rating"), [("right", 3), ("wrong", 1)])
async def test_a_typed_answer_is_judged_and_space_gives_the_grade_it_earned(
    library: Library, typed: str, rating: int
) -> None:
    library.settings.set("cards.typed", True).result()
    async with review_screen(library, "portraits") as (pilot, screen):
        card = session_of(screen).card
        assert card is not None
        assert isinstance(pilot.app.focused, Input)
        pilot.app.focused.value = card.answer if typed == "right" else "Leon Trotsky"
        await pilot.press("enter")
        await pilot.pause()
        assert screen.query_one(Grades).suggested == rating
        await pilot.press("space")
        library.study.wait()
        last = library.study.last_answer()
        assert last is not None
        assert (last.card, last.rating) == (card.key, rating)
        assert last.given == (card.answer if typed == "right" else "Leon Trotsky")


async def test_i_was_right_remembers_the_spelling(library: Library) -> None:
    library.settings.set("cards.typed", True).result()
    async with review_screen(library, "portraits") as (pilot, screen):
        card = session_of(screen).card
        assert card is not None
        assert isinstance(pilot.app.focused, Input)
        pilot.app.focused.value = "Zzyzx"
        await pilot.press("enter")
        await pilot.pause()
        assert "You typed “Zzyzx”" in text_of(screen, "#card-answer")
        await pilot.press("o")
        library.study.wait()
        library.writer.run(lambda _: None)
        assert own_spellings(library) == {"zzyzx": card.answer_figure}
        named = {name.key: [alias.text for alias in name.aliases] for name in library.figures.names()}
        assert "Zzyzx" in named[card.answer_figure]
        last = library.study.last_answer()
        assert last is not None
        assert last.rating == 3


async def test_escape_leaves_the_box_and_enter_goes_back_into_it(library: Library) -> None:
    library.settings.set("cards.typed", True).result()
    async with review_screen(library, "portraits") as (pilot, screen):
        box = screen.query_one(Input)
        assert box.has_focus
        await pilot.press("l", "escape")
        assert pilot.app.current_mode == "cards"
        assert screen.focused is None
        await pilot.press("enter")
        assert box.has_focus
        await pilot.press("ctrl+t")
        assert "hint:" in text_of(screen, "#card-question")
        assert box.value == "l"


async def test_a_hint_makes_hard_the_suggestion(library: Library) -> None:
    async with review_screen(library, "portraits") as (pilot, screen):
        await pilot.press("h")
        assert "hint:" in text_of(screen, "#card-question")
        await pilot.press("space")
        assert screen.query_one(Grades).suggested == 2


async def test_a_card_answered_in_another_window_is_not_answered_twice(library: Library, database: Path) -> None:
    async with review_screen(library) as (pilot, screen):
        key = in_hand(screen)
        with Library.open(database) as other:
            from serge_tui.services.review_session import ReviewSession

            elsewhere = ReviewSession(other, session_of(screen).deck)
            assert elsewhere.card is not None
            assert elsewhere.card.key == key
            elsewhere.reviewer.reveal()
            future = elsewhere.grade(3, 1000)
            assert future is not None
            future.result()
        await answer(pilot, "1")
        assert in_hand(await settled(pilot)) != key
        assert [review.rating for review in library.study.history(key)] == [3]


async def test_five_more_after_the_end(library: Library) -> None:
    async with review_screen(library) as (pilot, screen):
        while session_of(screen).card is not None:
            await answer(pilot, "3")
        await pilot.press("plus")
        assert session_of(screen).card is not None
        assert "5 new" in screen.query_one(KeyLine).status


async def test_an_empty_deck_says_so(library: Library) -> None:
    async with review_screen(library, "lately wrong") as (_, screen):
        assert "Nothing to ask" in text_of(screen, "#card-kind")


@pytest.mark.usefixtures("ends_hidden")
async def test_cards_of_deaths_stay_away_while_fates_are_sealed(library: Library) -> None:
    async with review_screen(library) as (_, screen):
        ends = hidden_ends(library)
        asked = [session_of(screen).collection.cards[key] for key in session_of(screen).reviewer._cards]
        deaths = [card for card in asked if card.kind in {"fate", "alive"}]
        # Those of whom the history before 1906 has told the end may be asked.
        assert [
            card.key for card in deaths if any(map(ends.of, filter(None, (card.answer_figure, *card.figures))))
        ] == []


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_it_is_usable_at_every_size(library: Library, size: tuple[int, int]) -> None:
    async with review_screen(library, size=size) as (pilot, screen):
        await pilot.press("space")
        grades = screen.query_one(Grades)
        assert grades.region.height == 2
        assert grades.region.bottom < size[1]
        assert "Easy" in str(grades.render())


async def test_in_a_high_window_box_and_grades_stand_right_below_the_card(library: Library) -> None:
    library.settings.set("cards.typed", True).result()
    async with review_screen(library, "portraits", size=(200, 60)) as (pilot, screen):
        question = screen.query_one("#card-question").region.bottom
        assert 0 <= screen.query_one(Input).region.y - question <= 3
        await pilot.press("enter")
        await settle(pilot)
        answer_ends = screen.query_one("#card-answer").region.bottom
        assert 0 <= screen.query_one(Grades).region.y - answer_ends <= 3


async def test_undo_asks_before_it_goes_beyond_today_and_redo_goes_forward_again(library: Library) -> None:
    library.settings.set("cards.typed", True).result()
    key = "who/istrati-omelette"
    for ago in (3, 2):
        answer_on(library, key, today(library) - timedelta(days=ago), 3)
    async with review_screen(library) as (pilot, screen):
        await until(pilot, lambda: not screen.review.is_reading)
        await pilot.press("escape", "space", "3")
        await until(pilot, lambda: len(session_of(screen).reviewer.answers) == 1)
        library.study.wait()
        answered = library.study.last_answer()
        assert answered is not None
        await pilot.press("escape", "u")
        await until(pilot, lambda: library.study.last_answer() != answered)
        assert in_hand(screen) == answered.card
        assert not screen.view.answer_box.is_in_use, "the next key is a command and no letter of an answer"
        await pilot.press("u")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
        assert "The last answer is from" in str(pilot.app.screen.query_one(".heading", Static).visual)
        await pilot.press("escape")
        await settle(pilot)
        assert len(library.study.history(key)) == 2
        await pilot.press("u")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
        await pilot.press("k", "enter")
        await until(pilot, lambda: len(library.study.history(key)) == 1)
        await settle(pilot)
        await pilot.press("u")
        await until(pilot, lambda: not library.study.history(key))  # it asks once
        assert screen.view.answer_box.value == ""
        await pilot.press("ctrl+y", "ctrl+y")
        await until(pilot, lambda: len(library.study.history(key)) == 2)
        await pilot.press("ctrl+y")
        await until(pilot, lambda: len(session_of(screen).reviewer.answers) == 1)
        library.study.wait()
        again = library.study.last_answer()
        assert again is not None
        assert (again.card, again.rating, again.study_day) == (answered.card, 3, answered.study_day)
        await pilot.press("ctrl+y")
        assert "There is nothing to redo." in text_of(screen, "#card-message")
