"""Cards as a hand uses them: what the keys offer, typing, taking back, bringing back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from db.library import Library
from db.models import CardState
from serge_tui.core.study.deck import ALL, Filter
from serge_tui.dialogs.choice import Choice
from serge_tui.navigation import ShowNote
from serge_tui.services.card_collection import card_collection
from serge_tui.services.learned_spellings import own_spellings
from serge_tui.services.review_session import ReviewSession
from serge_tui.services.study_settings import today
from serge_tui.widgets.card_face import filled
from serge_tui.widgets.grades import Grades
from serge_tui.widgets.key_line import KeyLine
from tests.serge_tui.helpers import until
from tests.serge_tui.modes.cards.reviewing import answer, in_hand, review_screen, session_of, settled, text_of
from tests.serge_tui.modes.cards.test_card_writing import write
from tests.serge_tui.services.answering import answer_on

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from serge_tui.modes.cards.screen import CardsScreen


def offered(screen: CardsScreen) -> str:
    """The bottom line's keys with their words."""
    return str(screen.query_one(KeyLine).render())


async def type_in(pilot: Pilot[None], words: str) -> None:
    """Type an answer, and Enter."""
    assert isinstance(pilot.app.focused, Input)
    pilot.app.focused.value = words
    await pilot.press("enter")
    await pilot.pause()


async def test_no_key_is_offered_while_the_cards_are_laid_out(library: Library) -> None:
    async with review_screen(library) as (_, screen):
        screen.view.show_nothing("")
        assert [command.id for command in screen.query_one(KeyLine).commands] == ["app.help"]


async def test_the_bottom_line_names_the_grade_of_space_and_only_ways_that_lead_somewhere(library: Library) -> None:
    async with review_screen(library, "portraits") as (pilot, screen):
        await pilot.press("space")
        assert "Space gives Good" in offered(screen)
        assert "Enter passage" in offered(screen)
        await pilot.press("n")
        await write(pilot, "Mine?", "Yes")
        await settled(pilot)
        assert screen.query_one("#card-answer").display, "a card that was turned stays turned"


async def test_while_an_answer_is_typed_the_keys_offered_are_no_letters(library: Library) -> None:
    library.settings.set("cards.typed", True).result()
    async with review_screen(library, "portraits") as (pilot, screen):
        assert "Ctrl+Z undo" in offered(screen)
        assert "Enter answer" in offered(screen)
        assert "Space" not in offered(screen)
        await pilot.press("escape")
        await pilot.pause()
        assert "u undo" in offered(screen)
        assert "Enter type" in offered(screen)


async def test_the_help_names_keys_as_they_stand_on_a_keyboard(library: Library) -> None:
    async with review_screen(library) as (_, screen):
        labels = {command.id: command.label() for command in screen.COMMAND_SET}
        assert (labels["cards.suspend"], labels["cards.bury"], labels["cards.more"]) == ("@", "-", "+")


async def test_a_hint_is_still_there_after_an_undo(library: Library) -> None:
    async with review_screen(library, "portraits") as (pilot, screen):
        await pilot.press("h", "space", "3", "u")
        assert "hint:" in text_of(screen, "#card-question")
        assert "Undone: the answer Good" in text_of(screen, "#card-message")
        await pilot.press("space")
        assert screen.query_one(Grades).suggested == 2


async def test_with_two_grades_what_was_known_after_a_hint_is_hard(library: Library) -> None:
    library.settings.set("cards.two_grades", True).result()
    async with review_screen(library, "portraits") as (pilot, screen):
        await pilot.press("h", "space")
        assert "▸2 Known" in str(screen.query_one(Grades).render())
        assert "Space gives Known" in offered(screen)
        await pilot.press("2")
        library.study.wait()
        last = library.study.last_answer()
        assert last is not None
        assert last.rating == 2


async def test_a_turned_card_that_is_reworded_stays_turned_and_is_not_graded_unseen(library: Library) -> None:
    async with review_screen(library, "portraits") as (pilot, screen):
        card = session_of(screen).card
        assert card is not None
        await pilot.press("space", "e")
        await write(pilot, "Mine?", "My answer")
        assert "My answer" in text_of(screen, "#card-answer")
        assert screen.query_one("#card-answer").display
        assert card.context in text_of(screen, "#card-question"), "what places it is not lost"
        await pilot.press("u")
        assert card.answer in text_of(screen, "#card-answer")
        assert screen.query_one(Grades).display


async def test_a_name_of_several_asks_which_before_the_card_is_turned(library: Library) -> None:
    library.settings.set("cards.typed", True).result()
    card = next(
        c for c in card_collection(library).cards.values() if c.answer_figure == "lev-kibalchich" and c.can_be_typed
    )
    async with review_screen(library, Filter("one", text="Leonid Kibalchich").to_json()) as (pilot, screen):
        assert session_of(screen).card == card
        await type_in(pilot, "Kibalchich")
        assert "more than one person" in text_of(screen, "#card-message")
        assert not screen.query_one("#card-answer").display
        await type_in(pilot, "Leonid Kibalchich")
        assert "Right." in text_of(screen, "#card-answer")
        assert screen.query_one(Grades).suggested == 3


async def test_i_was_right_is_no_spelling_where_it_is_somebody_elses_name(library: Library) -> None:
    library.settings.set("cards.typed", True).result()
    async with review_screen(library, "portraits") as (pilot, screen):
        await type_in(pilot, "Leon Trotsky")
        assert "o I was right" in offered(screen)
        await pilot.press("o")
        library.study.wait()
        library.writer.run(lambda _: None)
        assert own_spellings(library) == {}
        last = library.study.last_answer()
        assert last is not None
        assert last.rating == 3


async def test_undo_of_i_was_right_forgets_the_spelling(library: Library) -> None:
    library.settings.set("cards.typed", True).result()
    async with review_screen(library, "portraits") as (pilot, screen):
        key = in_hand(screen)
        await type_in(pilot, "Zzyzx")
        await pilot.press("o")
        library.writer.run(lambda _: None)
        assert own_spellings(library) != {}
        await pilot.press("ctrl+z")
        library.writer.run(lambda _: None)
        assert own_spellings(library) == {}
        assert in_hand(screen) == key
        assert library.study.last_answer() is None


async def test_what_was_suspended_is_brought_back_after_a_restart(database: Path) -> None:
    with Library.open(database) as library:
        async with review_screen(library) as (pilot, screen):
            suspended = in_hand(screen)
            await pilot.press("at")
            library.study.wait()
    with Library.open(database) as again:
        async with review_screen(again) as (pilot, screen):
            assert in_hand(screen) != suspended
            await pilot.press("b")
            await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
            await pilot.press("enter")
            await until(pilot, lambda: not isinstance(pilot.app.screen, Choice))
            library.study.wait()
            assert not again.study.state(suspended).suspended
            await pilot.press("b")
            assert "Nothing is buried or suspended" in text_of(screen, "#card-message")


async def test_undo_reaches_a_flag_and_an_answer_of_the_deck_before(library: Library) -> None:
    async with review_screen(library, "portraits") as (pilot, screen):
        answered = in_hand(screen)
        await answer(pilot, "3")
        flagged = in_hand(screen)
        await pilot.press("f")
        screen.deck.choose(Filter("Chapter 9", chapters=frozenset({9})))
        await settled(pilot)
        assert in_hand(screen) not in (answered, flagged)
        await pilot.press("u")
        assert in_hand(screen) == flagged
        assert library.study.state(flagged).flag == 0
        await pilot.press("u")
        assert in_hand(screen) == answered


async def test_settings_closed_leave_a_turned_card_as_it_lies(library: Library) -> None:
    async with review_screen(library, "portraits") as (pilot, screen):
        await answer(pilot, "3")
        key = in_hand(screen)
        await pilot.press("space", "s", "escape")
        await settled(pilot)
        assert in_hand(screen) == key
        assert screen.query_one("#card-answer").display


def test_five_more_still_stand_after_a_restart(library: Library) -> None:
    session = ReviewSession(library, ALL)
    while session.card is not None:
        session.reviewer.reveal()
        session.grade(3, 1)
    session.allow_more(5).result()
    assert session.reviewer.remaining.new == 5
    assert ReviewSession(library, ALL).reviewer.remaining.new == 5


async def test_a_card_made_of_nothing_leads_to_its_note(library: Library) -> None:
    from serge_tui.services.card_passages import place_of_card

    async with review_screen(library) as (pilot, screen):
        await pilot.press("n")
        await write(pilot, "Mine?", "Yes")
        await settled(pilot)
        card = session_of(screen).card
        assert card is not None
        assert place_of_card(library, card) == ShowNote(card.annotation)


async def test_the_end_says_how_the_exam_stands(library: Library) -> None:
    library.settings.set("cards.exam_day", "2999-01-01").result()
    library.settings.set("cards.exam_deck", "chapter 9").result()
    async with review_screen(library) as (pilot, screen):
        while session_of(screen).card is not None:
            await answer(pilot, "3")
        assert "Exam:" in text_of(screen, "#card-question")


async def test_the_end_says_what_waits_beyond_the_limit_and_how_to_ask_it(library: Library) -> None:
    library.settings.set("cards.new_per_day", 1).result()
    async with review_screen(library, "chapter 9") as (pilot, screen):
        await answer(pilot, "3")
        waiting = session_of(screen).reviewer.new_waiting
        assert waiting > 1
        assert f"{waiting} new cards left in this deck; +" in text_of(screen, "#card-question")
        assert "Done for today: Chapter 9" in text_of(screen, "#card-kind")
        assert "+ five more" in offered(screen)
    async with review_screen(library, "my own") as (_, screen):
        assert "+ five more" not in offered(screen)


async def test_a_deck_is_gone_through_and_nothing_is_written_down(library: Library) -> None:
    async with review_screen(library, "chapter 9") as (pilot, screen):
        await answer(pilot, "3")
        written = len(list(library.study.log()))
        states = library.study.states()
        await pilot.press("r")
        assert "to go" in screen.query_one(KeyLine).status
        first = in_hand(screen)
        asked = 0
        await pilot.press("space")
        assert " d" not in str(screen.query_one(Grades).render()), "no days are promised"
        await pilot.press("3")
        await pilot.press("u")
        assert in_hand(screen) == first
        while session_of(screen).card is not None and asked < 300:
            asked += 1
            await answer(pilot, "3")
        assert asked == len(session_of(screen).reviewer._cards)
        assert "Nothing was recorded" in text_of(screen, "#card-kind")
        library.study.wait()
        assert len(list(library.study.log())) == written
        assert library.study.states() == states
        await pilot.press("escape")
        await settled(pilot)
        assert pilot.app.current_mode == "cards", "Esc ends the practice and stays"
        assert not session_of(screen).practising


@pytest.mark.parametrize(
    ("stimulus", "words", "pieces"),
    [
        ("▁▁▁▁ borrowed.", "The Tsar borrowed.", [("The Tsar", True), (" borrowed.", False)]),
        ("… met ▁▁▁▁ …", "met Boe", [("… ", False), ("met ", False), ("Boe", True), (" …", False)]),
        ("the same", "the same", [("the same", False)]),
        ("▁▁▁▁ and more", "other words", None),
        ("", "words", None),
    ],
)
def test_a_gap_is_filled_from_the_words_in_full(
    stimulus: str, words: str, pieces: list[tuple[str, bool]] | None
) -> None:
    assert filled(stimulus, words) == pieces


def test_what_is_still_to_come_counts_one_of_each_pair_of_siblings(library: Library) -> None:
    library.settings.set("cards.new_per_day", 50).result()
    session = ReviewSession(library, Filter("Chapter 1", chapters=frozenset({1})))
    promised = session.reviewer.remaining.total
    came = 0
    while session.card is not None:
        came += 1
        session.reviewer.reveal()
        session.grade(3, 1)
    assert came == promised


def test_a_suspended_card_whose_source_is_gone_can_be_named(library: Library) -> None:
    library.study.set_state(CardState("who/gone", suspended=True)).result()
    session = ReviewSession(library, ALL)
    assert [card.key for card, _ in session.put_away()] == ["who/gone"]


async def test_the_most_important_keys_stay_in_a_small_window(library: Library) -> None:
    library.settings.set("cards.typed", True).result()
    async with review_screen(library, "portraits", size=(80, 24)) as (pilot, screen):
        await type_in(pilot, "Nobody of that name")
        screen.set_status("12 due · 10 new · 2 again")
        line = screen.query_one(KeyLine).render().plain
        for key in ("Space Again", "o I was right", "Enter passage", "u undo"):
            assert key in line, line


async def test_a_card_whose_source_is_gone_says_so_at_its_head(library: Library) -> None:
    answer_on(library, "who/no-longer-there", today(library) - timedelta(days=9), 3)
    async with review_screen(library) as (_, screen):
        assert in_hand(screen) == "who/no-longer-there"
        assert text_of(screen, "#card-kind") == "Its source is gone"
