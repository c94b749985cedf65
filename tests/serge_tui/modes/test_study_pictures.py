"""Cards, quiz, years and progress as they look: made-up material, so that no correction of the study pack changes a
picture.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from db.annotations import new_annotation
from db.models import DayStudied
from serge_tui.app import SergeApp
from serge_tui.core.study.card import Card
from serge_tui.core.study.cards.annotation import CARD_TAG, body_of
from serge_tui.core.study.confusions import Confusion
from serge_tui.core.study.deck import MY_OWN
from serge_tui.core.study.leeches import Leech
from serge_tui.core.study.quiz.question import Question
from serge_tui.core.study.statistics import Coming, Hard, Held, MonthRecalled, Retention, Statistics
from serge_tui.modes.cards.screen import CardsScreen
from serge_tui.modes.progress.report import ChapterRead, Gathered, ReadingDone
from serge_tui.modes.quiz.screen import QuizScreen
from serge_tui.navigation import ShowDeck, ShowEvent, ShowMode
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from textual.pilot import Pilot

    from db.library import Library

DAY = date(2026, 5, 12)
SIZES = [("petrograd", (80, 24)), ("samizdat", (120, 30))]
each_look = pytest.mark.parametrize(("theme", "size"), SIZES, ids=["petrograd-80", "samizdat-120"])


def look(library: Library, theme: str, start: ShowDeck | ShowMode | ShowEvent) -> SergeApp:
    library.settings.set("theme", theme).result()
    return SergeApp(library, start=start)


@each_look
def test_a_turned_card(library: Library, snap_compare: Callable[..., bool], theme: str, size: tuple[int, int]) -> None:
    sides = body_of("Who opened the door that winter, and said nothing?", "A woman in a soldier’s coat")
    # The key decides the fuzz of the intervals on the buttons.
    note = replace(new_annotation("note", body=sides, tags=[CARD_TAG]), key="pictured")
    library.annotations.save(note).result()

    async def turn(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: isinstance(pilot.app.screen, CardsScreen))
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, CardsScreen)
        await until(pilot, lambda: screen.review.session is not None and screen.review.session.deck == MY_OWN)
        await pilot.press("space")
        await settle(pilot)

    assert snap_compare(look(library, theme, ShowDeck("my own")), run_before=turn, terminal_size=size)


QUESTION = Question(
    "who", "Who says this?", "The stoves were cold by nine.", "the winter of the year 3", ("One", "Another", "A third"),
    ("one", "another", "third"), 1, passage="The stoves were cold by nine, and nobody had come for the words.",
    reference="p. 118 · chapter 4", quotation="stoves", card="who/stoves",
)  # fmt: skip


@each_look
def test_a_question_answered_wrongly(
    library: Library,
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
    theme: str,
    size: tuple[int, int],
) -> None:
    monkeypatch.setattr("serge_tui.modes.quiz.play.make_questions", lambda *_, **__: [QUESTION, QUESTION])

    async def answer(pilot: Pilot[None]) -> None:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, QuizScreen)
        screen.play.begin(7)
        await until(pilot, lambda: screen.play.is_under_way)
        await settle(pilot)
        await pilot.press("3")
        await until(pilot, lambda: screen.play.outcome is not None)
        await settle(pilot)

    assert snap_compare(look(library, theme, ShowMode("quiz")), run_before=answer, terminal_size=size)


@each_look
def test_the_years(library: Library, snap_compare: Callable[..., bool], theme: str, size: tuple[int, int]) -> None:
    def write(connection: sqlite3.Connection) -> None:
        connection.execute("delete from event_figure")
        connection.execute("delete from event")
        connection.execute("delete from citation where record like 'event:%'")
        connection.executemany(
            "insert into event values (?, ?, ?, ?, ?, ?, ?, ?, '')",
            [
                ("born", "1890-12-30", "1890-12-30", 1890, "life", "Brussels", "Somebody is born.", 1),
                ("snow", "1919-01", "1919-01", 1919, "life", "Petrograd", "He comes in the snow, with little.", 3),
                ("ice", "1919-10-22", "1919-10-22", 1919, "history", "", "The front is at the gates of the city.", 3),
                ("thaw", "about 1920-04", "1920-04", 1920, "history", "", "The ice goes out early.", 3),
            ],
        )
        connection.execute("insert into event_figure values ('snow', 'gorky', 0)")
        connection.execute("delete from mention where passage > 0")

    library.writer.run(write)
    library.reading.add("guide", 0, [(0, 200)]).result()

    async def wait(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: pilot.app.current_mode == "years")
        await settle(pilot)

    assert snap_compare(look(library, theme, ShowEvent("snow")), run_before=wait, terminal_size=size)


def made_up() -> Gathered:
    """Figures of some weeks."""
    days = [(DAY - timedelta(days=ago)).isoformat() for ago in range(60, 0, -1)]
    studied = tuple(DayStudied(day, 3 + n * 7 % 20, 2 + n * 7 % 18, 4.0) for n, day in enumerate(days) if n % 4)
    card = Card("who/stoves", "who", "Who says this?", "The stoves were cold by nine.", "Another")
    return Gathered(
        day=DAY,
        reading=ReadingDone(
            "one", "Book one", (ChapterRead(0, "The Winter", 1, 1.0, 900), ChapterRead(1, "The Thaw", 2, 0.4, 1100)),
            tuple((day, float(n % 5 * 9)) for n, day in enumerate(days)), 900.0,
        ),
        learning=Statistics(
            answers=612, days=len(studied), streak=3, minutes=180.0, seconds_an_answer=17.6,
            retention=Retention(210, 185, 0.9),
            months=(MonthRecalled("2026-03", 140, 119), MonthRecalled("2026-04", 200, 178)),
            forecast=tuple(Coming((DAY + timedelta(days=n)).isoformat(), (n * 5 + 9) % 13) for n in range(30)),
            calendar=studied,
            chapters=(Held("1", 24, 20, 0.93), Held("2", 12, 4, 0.61), Held("3", 9, 0, 0.0)),
            people=(Held("another", 5, 4, 0.95), Held("third", 3, 2, 0.58)),
            hardest=(Hard("who/stoves", 14, 6, 8.1),), confusions=(Confusion("another", "third", 2, days[-1]),),
            counts={"new": 40, "learning": 31, "held": 22, "due": 9, "suspended": 1},
        ),
        leeches=(Leech("who/stoves", 5, ("third",)),),
        cards={card.key: card},
        names={"another": "Another Person", "third": "A Third"},
        chapter_titles={1: "The Winter", 2: "The Thaw", 3: "The Summer"},
    )  # fmt: skip


@pytest.mark.parametrize(("theme", "size"), [("petrograd", (80, 60)), ("samizdat", (60, 20))])
def test_progress(
    library: Library,
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
    theme: str,
    size: tuple[int, int],
) -> None:
    monkeypatch.setattr("serge_tui.modes.progress.report.gather", lambda *_: made_up())

    async def wait(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: pilot.app.current_mode == "progress")
        await settle(pilot)

    assert snap_compare(look(library, theme, ShowMode("progress")), run_before=wait, terminal_size=size)
