"""Quiz: a round by number keys, typed names, a duel, the passage and back, misses to the cards, and no schedule."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, Static

from db.models import CardState
from serge_tui.app import SergeApp
from serge_tui.modes.quiz.screen import QuizScreen
from serge_tui.navigation import BeginRound, ShowMode
from serge_tui.services.card_collection import card_collection
from serge_tui.services.card_passages import find_words
from serge_tui.services.review_session import SENT, ReviewSession
from serge_tui.services.study_settings import today
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.linked_page import LinkedPage
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.pilot import Pilot

    from db.library import Library
    from serge_tui.core.study.quiz.question import Question
    from serge_tui.core.study.quiz.rounds import Round


@asynccontextmanager
async def quiz(
    library: Library, *, begin: bool = True, size: tuple[int, int] = (100, 40)
) -> AsyncIterator[tuple[Pilot[None], QuizScreen]]:
    """The quiz, with a round of a fixed seed begun."""
    app = SergeApp(library, start=ShowMode("quiz"))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, QuizScreen))
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        await settle(pilot)
        if begin:
            screen.play.begin(7)
            await settle(pilot)
        yield pilot, screen


def played(screen: QuizScreen) -> Round:
    assert screen.play.round is not None
    return screen.play.round


def right_key(screen: QuizScreen) -> str:
    question = played(screen).current
    assert question is not None
    return str(question.right + 1)


def wrong_key(screen: QuizScreen) -> str:
    question = played(screen).current
    assert question is not None
    return str((question.right + 1) % len(question.options) + 1)


def text_of(screen: QuizScreen, selector: str) -> str:
    return str(screen.query_one(selector, Static).render())


async def test_a_right_answer_counts_and_shows_the_passage(library: Library) -> None:
    async with quiz(library) as (pilot, screen):
        question = played(screen).current
        assert question is not None
        assert question.question in text_of(screen, "#quiz-question")
        shown = " ".join(text_of(screen, "#quiz-options").split())
        assert all(option in shown for option in question.options)
        await pilot.press(right_key(screen))
        assert played(screen).score() == 1
        assert "Right." in text_of(screen, "#quiz-outcome")
        assert question.passage[:30] in text_of(screen, "#quiz-outcome")
        await pilot.press(right_key(screen))
        assert len(played(screen).given) == 1, "keys mean nothing until one goes on"
        await pilot.press("space")
        assert played(screen).current is not question


async def test_score_and_streak_stand_in_the_line_below(library: Library) -> None:
    async with quiz(library) as (pilot, screen):
        for _ in range(3):
            await pilot.press(right_key(screen), "space")
        assert screen.query_one(KeyLine).status == "4 of 10 · 3 right · 3 in a row"
        await pilot.press("0", "space")
        assert screen.query_one(KeyLine).status == "5 of 10 · 3 right"


async def test_enter_after_an_answer_opens_the_passage_and_the_round_goes_on(library: Library) -> None:
    async with quiz(library) as (pilot, screen):
        await answer_until(pilot, screen, lambda question: has_a_place(library, question))
        await pilot.press("0", "enter")
        await until(pilot, lambda: pilot.app.current_mode == "reader")
        app = pilot.app
        assert isinstance(app, SergeApp)
        app.action_go_back()
        await until(pilot, lambda: pilot.app.current_mode == "quiz")
        assert screen.play.outcome is not None
        before = len(played(screen).given)
        await pilot.press("space", right_key(screen))
        assert len(played(screen).given) == before + 1


async def test_enter_says_so_when_no_text_here_has_the_passage(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with quiz(library) as (pilot, screen):
        await answer_until(
            pilot, screen, lambda question: bool(question.quotation) and not has_a_place(library, question)
        )
        said: list[str] = []
        monkeypatch.setattr(pilot.app, "inform", said.append)
        await pilot.press("0", "enter")
        assert said == ["No text here has this passage."]
        assert pilot.app.current_mode == "quiz"


def has_a_place(library: Library, question: Question) -> bool:
    """Tell whether Enter can open the passage of a question about a quotation."""
    quotation = library.quotations.by_key(question.quotation)
    figures = question.keys[question.right : question.right + 1]
    return quotation is not None and find_words(library, quotation.key, figures, quotation.chapter) is not None


async def answer_until(pilot: Pilot[None], screen: QuizScreen, wanted: Callable[[Question], bool]) -> None:
    """Pass over the questions of the round, and of more rounds, until one is as wanted."""
    for seed in range(8, 20):
        while (question := played(screen).current) is not None and not wanted(question):
            await pilot.press("0", "space")
        if question is not None:
            return
        screen.play.begin(seed)
        await until(pilot, lambda: screen.play.round is not None and screen.play.round.current is not None)
        await settle(pilot)
    raise AssertionError("a dozen rounds have no such question")


async def play_to_the_end(pilot: Pilot[None], screen: QuizScreen, wrong: int) -> None:
    for number in range(played(screen).total):
        await pilot.press(wrong_key(screen) if number < wrong else right_key(screen), "space")


async def test_misses_are_reviewed_and_go_to_the_cards_with_one_key(library: Library) -> None:
    async with quiz(library) as (pilot, screen):
        questions = list(played(screen)._questions)
        await play_to_the_end(pilot, screen, wrong=6)
        end = "\n".join(line.text.plain for line in screen.query_one(LinkedPage)._lines)
        assert "4 of 10 right" in end
        for given in played(screen).misses:
            assert given.question.answer[:25] in end
        await pilot.press("s")
        library.writer.run(lambda _: None)
        missed = [given.question.card for given in played(screen).misses if given.question.card]
        assert library.settings.get(SENT, list[str]()) == missed
        session = ReviewSession(library)
        assert session.card is not None
        assert session.card.key == missed[0]
        assert len(questions) == 10


async def test_the_quiz_leaves_every_state_and_the_log_of_answers_alone(library: Library) -> None:
    session = ReviewSession(library)
    for _ in range(3):
        session.reviewer.reveal()
        future = session.grade(3, 100)
        assert future is not None
        future.result()
    states = library.study.states()
    async with quiz(library) as (pilot, screen):
        await play_to_the_end(pilot, screen, wrong=10)
        library.writer.run(lambda _: None)
        assert library.study.states() == states
        assert len(list(library.study.log())) == 3


async def test_wrong_choices_go_into_the_ledger_of_confusions(library: Library) -> None:
    async with quiz(library) as (pilot, screen):
        await play_to_the_end(pilot, screen, wrong=10)
        library.writer.run(lambda _: None)
        taken = [given.taken_for for given in played(screen).misses if given.taken_for]
        assert [review.given for review in library.study.told_apart()] == [f"figure:{key}" for key in taken]
        from serge_tui.services.confusions import confusions, finder_of

        found = confusions(library, card_collection(library), finder_of(library))
        assert {entry.taken_for for entry in found} == set(taken)


async def test_a_miss_brings_a_known_card_forward_only_when_the_reader_wants_it(library: Library) -> None:
    day = today(library).isoformat()
    async with quiz(library) as (pilot, screen):
        cards = [question.card for question in played(screen)._questions if question.card]
        far = [CardState(card, 30.0, 5.0, "2999-01-01", day, 1) for card in cards]
        library.study.replace_states(far).result()
        await play_to_the_end(pilot, screen, wrong=10)
        library.writer.run(lambda _: None)
        assert {library.study.state(card).due_day for card in cards} == {"2999-01-01"}
        library.settings.set("quiz.brings_forward", True).result()
        await pilot.press("n")
        await settle(pilot)
        await play_to_the_end(pilot, screen, wrong=10)
        library.writer.run(lambda _: None)
        missed = {given.question.card for given in played(screen).misses} & set(cards)
        assert {library.study.state(card).due_day for card in missed} <= {day}


async def test_a_typed_name_in_another_spelling_is_right(library: Library) -> None:
    library.settings.set("quiz.typed", True).result()
    async with quiz(library, begin=False) as (pilot, screen):
        screen.plan.kind = "portrait"
        screen.play.begin(3)
        await settle(pilot)
        question = played(screen).current
        assert question is not None
        assert not screen.query_one("#quiz-options").display
        box = screen.query_one(Input)
        assert box.has_focus
        box.value = question.answer.upper()
        await pilot.press("enter")
        assert played(screen).score() == 1
        await pilot.press("space")
        await pilot.press("enter")
        assert played(screen).given[-1].chosen is None


async def test_a_wrong_typed_name_is_said_back_and_stands_in_the_review(library: Library) -> None:
    library.settings.set("quiz.typed", True).result()
    async with quiz(library, begin=False) as (pilot, screen):
        screen.plan.kind = "portrait"
        screen.play.begin(3)
        await settle(pilot)
        question = played(screen).current
        assert question is not None
        wrong = next(key for key in ("nin", "gramsci") if key not in question.keys)
        screen.query_one(Input).value = card_collection(library).figures[wrong].name
        await pilot.press("enter")
        given = played(screen).given[0]
        assert (given.chosen, given.named, given.taken_for) == (None, wrong, wrong)
        assert f"you typed {card_collection(library).figures[wrong].name}. It is" in text_of(screen, "#quiz-outcome")
        assert not screen.query_one("#quiz-options").display, "options nobody saw explain nothing"
        for _ in range(played(screen).total):
            await pilot.press("space", "enter")
        end = "\n".join(line.text.plain for line in screen.query_one(LinkedPage)._lines)
        assert f"you said: {card_collection(library).figures[wrong].name}" in end


async def test_options_that_are_not_shown_cannot_be_chosen(library: Library) -> None:
    library.settings.set("quiz.typed", True).result()
    async with quiz(library, begin=False) as (pilot, screen):
        screen.plan.kind = "portrait"
        screen.play.begin(3)
        await settle(pilot)
        await pilot.press("escape", "1")
        assert not played(screen).given
        await pilot.press("i", "1")
        assert len(played(screen).given) == 1


async def test_a_round_left_in_the_middle_goes_on(library: Library) -> None:
    async with quiz(library) as (pilot, screen):
        await pilot.press(wrong_key(screen), "space", right_key(screen))
        before = played(screen)
        library.writer.run(lambda _: None)
    async with quiz(library, begin=False) as (pilot, screen):
        assert played(screen).given == before.given
        assert played(screen).current == before.current
        assert played(screen).seed == 7
        await pilot.press("m", "p")
        assert len(played(screen).given) == 2, "no key but z throws a round away"
        await pilot.press("z")
        library.writer.run(lambda _: None)
    async with quiz(library, begin=False) as (pilot, screen):
        assert screen.play.round is None


async def test_a_question_of_dates_leads_to_its_event(library: Library) -> None:
    async with quiz(library, begin=False) as (pilot, screen):
        screen.plan.kind = "first"
        screen.play.begin(1)
        await settle(pilot)
        await pilot.press("0", "enter")
        await until(pilot, lambda: pilot.app.current_mode == "years")
        from serge_tui.modes.years.screen import YearsScreen
        from serge_tui.navigation import ShowEvent

        assert isinstance(pilot.app.screen, YearsScreen)
        shown = pilot.app.screen.spot().destination
        assert isinstance(shown, ShowEvent)
        assert shown.key == played(screen).given[0].question.event


async def test_what_is_said_of_each_kind_is_a_sentence(library: Library) -> None:
    async with quiz(library, begin=False) as (pilot, screen):
        for kind, wanted in (("first", "No. This came first: "), ("who", "No. It is ")):
            screen.plan.kind = kind
            screen.play.begin(1)
            await settle(pilot)
            await pilot.press(wrong_key(screen))
            outcome = text_of(screen, "#quiz-outcome").partition("\n")[0]
            assert outcome.startswith(wanted)
            assert outcome.endswith(".")
            assert not outcome.endswith("..")
            await pilot.press("z")


async def test_the_command_line_sets_deck_kind_and_seed(library: Library) -> None:
    asked = []
    for _ in range(2):
        app = SergeApp(library, start=BeginRound("chapter 4", "portrait", 5))
        async with app.run_test(size=(100, 40)) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen))
            await settle(pilot)
            assert isinstance(app.screen, QuizScreen)
            asked.append(list(played(app.screen)._questions))
            await pilot.press("z")
            library.writer.run(lambda _: None)
    assert asked[0] == asked[1]
    assert {question.kind for question in asked[0]} == {"portrait"}
    assert all("chapter 4" in question.reference for question in asked[0])


@pytest.mark.usefixtures("ends_hidden")
async def test_who_was_alive_is_asked_while_fates_are_sealed_only_where_the_reader_says_so(library: Library) -> None:
    app = SergeApp(library, start=BeginRound(kind="alive", seed=5))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen))
        await settle(pilot)
        assert isinstance(app.screen, QuizScreen)
        assert {question.kind for question in played(app.screen)._questions} == {"alive"}
        await pilot.press("z", "m")
        assert app.screen.plan.kind != "alive"


async def test_a_deck_the_command_line_does_not_know_is_one_sentence(library: Library) -> None:
    app = SergeApp(library, start=BeginRound("chapter four"))
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, QuizScreen))
        await settle(pilot)
        assert any("there is no deck" in notification.message for notification in app._notifications)


async def test_the_first_page_and_the_footer_say_the_same(library: Library) -> None:
    async with quiz(library, begin=False) as (_, screen):
        footer = {command.id: command.footer for command in screen.query_one(KeyLine).commands}
        assert footer["quiz.go-on"] == "begin"


async def test_a_duel_alternates_and_names_a_winner(library: Library) -> None:
    async with quiz(library, begin=False) as (pilot, screen):
        await pilot.press("p")
        screen.play.begin(11)
        await settle(pilot)
        assert "first reader’s turn" in screen.query_one(KeyLine).status
        for number in range(played(screen).total):
            await pilot.press(right_key(screen) if number % 2 else "0", "space")
        assert played(screen).winner == 1
        assert screen.query_one(KeyLine).status == "0 : 5"


@pytest.mark.usefixtures("ends_hidden")
async def test_the_same_seed_asks_the_same(library: Library) -> None:
    async with quiz(library) as (pilot, screen):
        first = list(played(screen)._questions)
        screen.play.begin(7)
        await settle(pilot)
        assert played(screen)._questions == first
        assert not any(question.kind == "alive" for question in first), "fates are hidden"


async def test_an_empty_deck_is_one_sentence(library: Library) -> None:
    from serge_tui.core.study.deck import LATELY_WRONG

    async with quiz(library, begin=False) as (pilot, screen):
        screen.plan.deck = LATELY_WRONG
        screen.play.begin(1)
        await settle(pilot)
        assert screen.play.round is None
        assert any("nothing to ask" in notification.message for notification in pilot.app._notifications)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_every_size_shows_all_options(library: Library, size: tuple[int, int]) -> None:
    async with quiz(library, size=size) as (_, screen):
        assert screen.query_one("#quiz-options").region.bottom < size[1]


async def test_in_a_high_window_the_box_stands_right_below_its_question(library: Library) -> None:
    library.settings.set("quiz.typed", True).result()
    async with quiz(library, begin=False, size=(200, 60)) as (pilot, screen):
        screen.plan.kind = "portrait"
        screen.play.begin(3)
        await settle(pilot)
        box = screen.query_one(Input)
        question = max(line.region.bottom for line in screen.query("QuizFace > Static") if line.display)
        assert 0 <= box.region.y - question <= 3
