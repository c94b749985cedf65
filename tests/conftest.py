"""Fixtures shared by all tests."""

from __future__ import annotations

import contextlib
import fcntl
import gc
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from textual.css.parse import parse as parse_styles

from tests.snapshots import UPDATE, Snapshots, snapshots_of
from tests.study_pack import study_pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.css.model import RuleSet
    from textual.css.tokenizer import Token
    from textual.css.types import CSSLocation

    from db.library import Library
    from db.models import CanonicalChapter, Event, Figure, Quotation, Term
    from db.pack import Pack
    from serge_tui.core.study.card import Card

# What these tests ask has nothing to do with time, and on a busy machine anything takes long now and then.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")

CHECKOUT = Path(__file__).resolve().parent.parent

GARBAGE_LOOKED_FOR_AFTER = (20_000, 10, 10)
"""Objects made, and rounds, until garbage is collected: with Python's 700 it takes a sixth of the suite's time."""

STYLES_OF_APPS = 8
"""Apps whose theme is known by its object; the theme of one before them is compared by its values."""


def pytest_collection_finish() -> None:
    """Let the garbage collector look less often, and never again at what was imported to find the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_LOOKED_FOR_AFTER)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option to accept the screens as they are."""
    parser.addoption(UPDATE, action="store_true", help="accept the screens as they are as right")


@pytest.fixture
def snap_compare(request: pytest.FixtureRequest) -> Snapshots:
    """Compare the screen of an app with the accepted picture of this test."""
    return snapshots_of(request)


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


@pytest.fixture(scope="session", autouse=True)
def styles_parsed_once() -> Iterator[None]:
    """Parse each style sheet once a session for the same theme: every app parses some twenty at its start."""
    parsed: dict[tuple[object, ...], list[RuleSet]] = {}
    known: dict[int, tuple[object, str]] = {}

    def parse(
        scope: str,
        css: str,
        read_from: CSSLocation,
        variables: dict[str, str] | None = None,
        variable_tokens: dict[str, list[Token]] | None = None,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
    ) -> list[RuleSet]:
        if id(variable_tokens) not in known:  # the last few are held, so that no others can have their id
            named = {name: [token.value for token in tokens] for name, tokens in (variable_tokens or {}).items()}
            known[id(variable_tokens)] = variable_tokens, repr(named)
            if len(known) > STYLES_OF_APPS:
                del known[next(iter(known))]
        made_from = scope, css, read_from, repr(variables), known[id(variable_tokens)][1], is_default_rules, tie_breaker
        if made_from not in parsed:
            parsed[made_from] = list(
                parse_styles(scope, css, read_from, variables, variable_tokens, is_default_rules, tie_breaker)
            )
        return parsed[made_from]

    with pytest.MonkeyPatch.context() as patches:
        patches.setattr("textual.css.stylesheet.parse", parse)
        yield


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The study pack of the checkout, read once a session."""
    return study_pack()


@pytest.fixture(scope="session")
def built_database(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A database with the whole study pack, made once for all workers; never opened by a test itself."""
    from import_scripts.pipeline import prepare

    own = tmp_path_factory.getbasetemp()
    is_worker = hasattr(request.config, "workerinput")
    folder = (own.parent if is_worker else own) / "built"  # workers have their folders in one of the run
    folder.mkdir(exist_ok=True)
    path = folder / "serge.db"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a second worker waits here until the first has made it
        if not path.exists():
            unfinished = folder / "unfinished.db"
            prepare(unfinished)
            unfinished.rename(path)
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
