"""Cards at a hundred thousand with a million answers: the next card, and the page of figures."""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from db.library import Library
from import_scripts.pipeline import prepare
from serge_tui.app import SergeApp
from serge_tui.core.study.deck import ALL
from serge_tui.modes.cards.screen import CardsScreen
from serge_tui.modes.progress.report import gather
from serge_tui.navigation import ShowDeck
from serge_tui.services.card_collection import CardCollection, card_collection
from serge_tui.services.confusions import finder_of
from serge_tui.services.review_session import ReviewSession
from serge_tui.services.study_settings import today
from tests.benchmarks.report import Row, milliseconds

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import date

CARDS: Final = 100_000
REVIEWS: Final = 1_000_000
FRAME: Final = 16.0
PAGE: Final = 200.0
ANSWERS: Final = 40


def many_cards(library: Library, count: int = CARDS) -> CardCollection:
    """The box of the pack, with its cards again and again under other keys."""
    box = card_collection(library)
    made = list(box.cards.values())
    for number in range(count - len(made)):
        card = made[number % len(made)]
        again = f"{card.key}~{number}"
        box.cards[again] = replace(card, key=again, siblings=(again,), requires="")
    return box


def fill(library: Library, cards: list[str], day: date, reviews: int = REVIEWS) -> None:
    """Write a state for nine cards of ten, and a log of a million answers over three years."""
    chance = random.Random(1)

    def write(connection: sqlite3.Connection) -> None:
        connection.executemany(
            "insert into card_state values (?, ?, ?, ?, ?, ?, ?, 0, '', 0)",
            (
                (
                    card, chance.uniform(3, 300), chance.uniform(2, 9),
                    (day + timedelta(days=chance.randrange(-3, 300))).isoformat(),
                    (day - timedelta(days=chance.randrange(1, 60))).isoformat(),
                    reviews // len(known), chance.randrange(3),
                )
                for card in known
            ),
        )  # fmt: skip
        connection.executemany(
            "insert into review (card, kind, rating, reviewed_at, study_day, duration_ms, given)"
            " values (?, 'answer', ?, '2026-01-01T00:00:00+00:00', ?, ?, '')",
            (
                (
                    known[number % len(known)], chance.choice((1, 3, 3, 3, 4)),
                    (day - timedelta(days=1095 - 1095 * number // reviews)).isoformat(),
                    chance.randrange(2_000, 20_000),
                )
                for number in range(reviews)
            ),
        )  # fmt: skip

    known = cards[: len(cards) * 9 // 10]
    library.writer.run(write)


def rows() -> Iterator[Row]:
    """Measure."""
    for cards, reviews in ((5_000, 50_000), (CARDS, REVIEWS)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "study.db"
            prepare(path)
            with Library.open(path) as library:
                box = many_cards(library, cards)
                fill(library, list(box.cards), today(library), reviews)
                library.settings.set("cards.reviews_per_day", 10_000).result()
                if cards == CARDS:
                    with patch("serge_tui.services.review_session.card_collection", lambda _, box=box: box):
                        yield from _session_loaded(library)
                        yield from _app(library)
                finder = finder_of(library)
                taken = milliseconds(lambda: gather(library, finder, box), 5)  # noqa: B023  called at once
                yield Row(
                    f"the page of figures, {cards:,} cards, {reviews:,} answers",
                    f"{taken:.0f} ms", "", f"{PAGE:.0f} ms", taken <= PAGE,
                )  # fmt: skip


def _session_loaded(library: Library) -> Iterator[Row]:
    start = time.perf_counter()
    session = ReviewSession(library, ALL)
    yield Row("a session loaded (in a thread), 100,000 cards", f"{1000 * (time.perf_counter() - start):.0f} ms")
    taken = []
    for number in range(ANSWERS):
        start = time.perf_counter()
        session.reviewer.reveal()
        _ = session.reviewer.intervals()
        session.grade(1 if number % 7 == 0 else 3, 5_000)
        _ = session.reviewer.remaining
        taken.append(1000 * (time.perf_counter() - start))
    yield Row(
        "next card, 100,000 cards and 1,000,000 answers",
        f"{median(taken):.1f} ms", f"worst of {ANSWERS}: {max(taken):.1f} ms", f"{FRAME:.0f} ms",
        median(taken) <= FRAME,
    )  # fmt: skip
    library.study.wait()


def _app(library: Library) -> Iterator[Row]:
    taken = asyncio.run(_keys(library))
    yield Row(
        "the same in the app: a grade to the next question drawn",
        f"{median(taken):.1f} ms", f"worst of {len(taken)}: {max(taken):.1f} ms", "", None,
    )  # fmt: skip


async def _keys(library: Library) -> list[float]:
    app = SergeApp(library, start=ShowDeck())
    taken = []
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, CardsScreen)
        for _ in range(ANSWERS):
            await pilot.press("space")
            start = time.perf_counter()
            screen.review.action_grade(3)
            taken.append(1000 * (time.perf_counter() - start))
            await pilot.pause()
    return taken
