"""Large databases to measure on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import CardState
from import_scripts.pipeline import import_book, prepare
from tests.benchmarks.generate import make_epub

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


def big_database(folder: Path, *, words: int = 250_000, reviews: int = 0) -> Path:
    """Make a database with the study pack, a generated edition, and a log of answers."""
    from db.library import Library

    path = folder / "big.db"
    prepare(path)
    book = folder / "big.epub"
    make_epub(book, words, seed=1)
    with Library.open(path) as library:
        import_book(library, book)

        def answer(connection: sqlite3.Connection) -> None:
            for number in range(reviews):
                card = f"who/card-{number % 500}"
                connection.execute(
                    "insert into review (card, kind, rating, reviewed_at, study_day, duration_ms, given)"
                    " values (?, 'answer', 3, '2026-01-01T00:00:00+00:00', date('2025-01-01', ?), 4000, '')",
                    [card, f"+{number // 20} days"],
                )

        library.writer.run(answer)
        library.study.replace_states(
            CardState(f"who/card-{number}", 20.0, 5.0, "2026-06-01", "2026-01-01", reviews // 500)
            for number in range(500 if reviews else 0)
        ).result()
    return path
