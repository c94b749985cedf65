"""Fixtures shared by all tests."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.library import Library

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
