"""Keys that come faster than what they open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, TextArea

from db.annotations import new_annotation
from serge_tui.app import SergeApp
from serge_tui.dialogs.deck_chooser import DeckChooser
from serge_tui.dialogs.help import HelpScreen
from serge_tui.modes.cards.screen import CardsScreen
from serge_tui.modes.figures.screen import FiguresScreen
from serge_tui.modes.quiz.screen import QuizScreen
from serge_tui.navigation import ShowFigure, ShowMode
from serge_tui.services.decks import saved_decks
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.reader.reading import start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.pilot import Pilot

    from db.library import Library
    from serge_tui.navigation import Destination


def send(app: SergeApp, keys: Iterable[str]) -> None:
    """Send keys one right after another, as a terminal does when several were typed at once."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else {"space": " "}.get(key)))


async def all_given(pilot: Pilot[None], app: SergeApp) -> None:
    """Wait until every key has been given on, and what follows from it is there."""
    await until(pilot, lambda: app.keys.is_idle)
    await settle(pilot)


def mode(name: str) -> Callable[[Library], Destination]:
    return lambda _library: ShowMode(name)  # type: ignore[arg-type]  # the names are those of the modes


TYPED: dict[str, tuple[Callable[[Library], Destination], tuple[str, ...]]] = {
    "find anything": (mode("today"), ("slash",)),
    "find anything in read": (start, ("slash",)),
    "find anything in figures": (lambda _library: ShowFigure("zinoviev"), ("slash",)),
    "the palette": (mode("today"), ("ctrl+p",)),
    "search in the text": (start, ("s",)),
    "go to a place": (start, ("colon",)),
    "people together": (start, ("T",)),
    "a note in read": (start, ("v", "w", "a")),
    "a note in notes": (mode("notes"), ("a",)),
    "a note about somebody": (mode("notes"), ("A",)),
    "a note on a figure": (lambda _library: ShowFigure("zinoviev"), ("a",)),
    "colour names": (mode("notes"), ("C",)),
    "a card": (mode("cards"), ("n",)),
    "another wording": (mode("cards"), ("e",)),
    "figures": (mode("today"), ("g", "f")),
    "a figure corrected": (lambda _library: ShowFigure("zinoviev"), ("e",)),
    "a figure added": (mode("figures"), ("escape", "A")),
    "years narrowed": (mode("today"), ("g", "y", "i")),
    "notes filtered": (mode("today"), ("g", "n", "f")),
}


def text_of(app: SergeApp) -> str:
    focused = app.focused
    if isinstance(focused, TextArea):
        return focused.text
    return focused.value if isinstance(focused, Input) else ""


@pytest.mark.parametrize("name", TYPED)
async def test_letters_typed_right_after_the_key_stand_in_what_it_opens(library: Library, name: str) -> None:
    at, keys = TYPED[name]
    app = SergeApp(library, start=at(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        send(app, [*keys, "x", "y", "z"])
        await until(pilot, lambda: "xyz" in text_of(app))
        # What searches for the words ends before the app does.
        await settle(pilot)


MOVED = {
    "settings": (mode("today"), ("comma", "down")),
    "decks": (mode("cards"), ("d",)),
    "decks for the quiz": (mode("quiz"), ("d",)),
    "today": (mode("figures"), ("f2",)),
    "a highlight": (start, ("v", "w", "enter")),
}


@pytest.mark.parametrize("name", MOVED)
async def test_movement_right_after_the_key_moves_in_what_it_opens(library: Library, name: str) -> None:
    at, keys = MOVED[name]
    app = SergeApp(library, start=at(library))

    async def row_after(steps: Sequence[str]) -> int | None:
        send(app, [*keys, *steps])
        await all_given(pilot, app)
        assert isinstance(app.focused, OptionList)
        row = app.focused.highlighted
        if len(app.screen_stack) > 1:
            await pilot.press("escape")
            await until(pilot, lambda: len(app.screen_stack) == 1)
        return row

    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        first = await row_after(()) or 0
        assert await row_after(("down",)) == first + 1


async def test_a_page_down_right_after_the_key_scrolls_the_help(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("reader"))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        send(app, ["f1", "space"])
        await all_given(pilot, app)
        assert isinstance(app.screen, HelpScreen)
        await until(pilot, lambda: app.screen.query_one(VerticalScroll).scroll_offset.y > 0)


async def test_moving_and_choosing_right_after_typing_choose_from_what_was_found(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("f4", *"tro")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, FiguresScreen)
        second = screen.listing.keys[1]
        await pilot.press("f2")
        await settle(pilot)
        app.screen_stack[0].set_focus(None)
        send(app, ["g", "f", *["backspace"] * 3, *"tro", "down", "enter"])
        await until(pilot, lambda: screen.shown.open_key == second)


async def test_the_answer_is_revealed_once_the_cards_are_read_but_nothing_is_graded_unseen(library: Library) -> None:
    for keys in (("space",), ("space", "3"), ("space", "space"), ("space", "minus"), ("3", "space", "at")):
        app = SergeApp(library)
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            send(app, ["g", "c", *keys])
            await all_given(pilot, app)
            screen = app.screen
            assert isinstance(screen, CardsScreen)
            session = screen.review.session
            assert session is not None
            assert session.reviewer.phase == "answer"
            assert not session.reviewer.answers
            send(app, ["3", "space"])
            await all_given(pilot, app)
            assert session.reviewer.phase == "answer"
            assert len(session.reviewer.answers) == 1
            await pilot.press("u")
            await settle(pilot)
            library.study.wait()


async def test_a_deck_just_chosen_takes_the_keys_that_follow(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("cards"))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, CardsScreen)
        before = screen.review.session
        assert before is not None
        send(app, ["d", "down", "enter", "space"])
        await all_given(pilot, app)
        after = screen.review.session
        assert after is not None
        assert after is not before
        assert before.reviewer.phase == "question"
        assert after.reviewer.phase == "answer"


async def test_a_question_is_not_answered_before_it_is_there(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("quiz"))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        send(app, ["space", "1", "0"])
        await all_given(pilot, app)
        assert screen.play.round is not None
        assert screen.play.outcome is None
        send(app, ["0"])
        await all_given(pilot, app)
        assert screen.play.outcome is not None


async def test_the_first_key_of_all_may_answer_what_is_seen(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("quiz"))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        screen.play.begin(7)
        await until(pilot, lambda: screen.play.is_under_way)
        await settle(pilot)
        await pilot.press("0")
        await until(pilot, lambda: screen.play.outcome is not None)


async def test_a_mode_opened_by_the_mouse_takes_a_deletion_at_once(library: Library) -> None:
    library.annotations.save(new_annotation("note", body="snow")).result()
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.action_go("notes")
        await until(pilot, lambda: app.current_mode == "notes")
        await settle(pilot)
        await pilot.press("d")
        await until(pilot, lambda: not library.annotations.all())


async def test_nothing_is_deleted_before_it_is_seen(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("a", *"snow")
        await pilot.press("ctrl+s")
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        send(app, ["g", "n", "d"])
        await all_given(pilot, app)
        assert app.current_mode == "notes"
        assert [note.body for note in library.annotations.all()] == ["snow"]
        send(app, ["d"])
        await all_given(pilot, app)
        await until(pilot, lambda: not library.annotations.all())


async def test_esc_ends_the_waiting_for_what_is_read(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        send(app, ["g", "c", "escape"])
        await all_given(pilot, app)
        assert app.current_mode == "today"


async def test_a_deck_is_not_deleted_before_the_list_is_seen(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("cards"))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        send(app, ["d", "i", *"kind:portrait", "enter"])
        await until(pilot, lambda: len(app.screen_stack) == 1 and bool(saved_decks(library)))
        await settle(pilot)
        send(app, ["d", "delete"])
        await all_given(pilot, app)
        assert isinstance(app.screen, DeckChooser)
        assert saved_decks(library)
        send(app, ["delete"])
        await until(pilot, lambda: not saved_decks(library))
