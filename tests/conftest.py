"""Fixtures shared by all tests."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.study_pack import study_pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.library import Library
    from db.models import CanonicalChapter, Event, Figure, Quotation, Term
    from db.pack import Pack
    from serge_tui.core.study.card import Card

# What these tests ask has nothing to do with time, and on a busy machine anything takes long now and then.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of real books and highlight files beside the checkout; the test skips without it."""
    folder = CHECKOUT.parent / "shared"
    if not (folder / "samples").is_dir():
        pytest.skip("no ../shared beside the checkout")
    return folder


@pytest.fixture(scope="session")
def samples(shared: Path) -> Path:
    """Folder of the sample files in `shared`."""
    return shared / "samples"


@pytest.fixture(scope="session", autouse=True)
def cards_made_once() -> Iterator[None]:
    """Make the cards of equal records once a session: about every second test of a screen needs them.

    Tests of `make_cards` import it before this fixture runs, so they call the real one.
    """
    from serge_tui.core.study.cards import deck_builder

    made: dict[tuple[tuple[object, ...], ...], tuple[Card, ...]] = {}

    def make_cards(
        quotations: Sequence[Quotation],
        figures: Sequence[Figure],
        events: Sequence[Event],
        terms: Sequence[Term] = (),
        chapters: Sequence[CanonicalChapter] = (),
    ) -> list[Card]:
        if not figures:  # a test of its own kinds of cards, which no other may see
            return original(quotations, figures, events, terms, chapters)
        made_from = (tuple(quotations), tuple(figures), tuple(events), tuple(terms), tuple(chapters))
        if made_from not in made:
            made[made_from] = tuple(original(quotations, figures, events, terms, chapters))
        return list(made[made_from])

    original = deck_builder.make_cards
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(deck_builder, "make_cards", make_cards)
        yield


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The study pack of the checkout, read once a session."""
    return study_pack()


@pytest.fixture(scope="session")
def built_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the whole study pack, made once a session; never opened by a test itself."""
    from import_scripts.pipeline import prepare

    path = tmp_path_factory.mktemp("built") / "serge.db"
    prepare(path)
    return path


@pytest.fixture
def database(built_database: Path, tmp_path: Path) -> Path:
    """A fresh copy of the built database."""
    path = tmp_path / "serge.db"
    shutil.copy(built_database, path)
    return path


@pytest.fixture
def library(database: Path) -> Iterator[Library]:
    """An open library on a fresh copy of the built database."""
    from db.library import Library

    with Library.open(database) as library:
        yield library


@pytest.fixture
def ends_hidden(database: Path) -> None:
    """The reader has hidden how lives end; give it before `library` opens the database."""
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("insert or replace into setting values ('fates_sealed', 'true')")
