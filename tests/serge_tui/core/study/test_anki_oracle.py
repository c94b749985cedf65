"""Anki's own importer as the judge: importing twice updates the text and keeps the schedule. Skips without Anki."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from serge_tui.core.study.anki import guid_of, text_export, write_apkg
from tests.serge_tui.core.study.making import card

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from serge_tui.core.study.card import Card

collection = pytest.importorskip("anki.collection")


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Any]:
    opened = collection.Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def answer_one(anki: Any, guid: str) -> int:
    """Give one note's card an interval, as a review would."""
    (note,) = anki.db.list("select id from notes where guid = ?", guid)
    (number,) = anki.card_ids_of_note(note)
    anki.db.execute("update cards set ivl = 42, type = 2, queue = 2, reps = 3 where id = ?", number)
    return int(number)


def test_text_imported_twice_updates_and_keeps_the_schedule(anki: Any, cards: list[Card], tmp_path: Path) -> None:
    path = tmp_path / "serge.txt"
    for changed in (False, True):
        deck = [cards[0].edited("Corrected?", "Corrected."), *cards[1:]] if changed else cards
        path.write_text(text_export(deck), encoding="utf-8")
        metadata = anki.get_csv_metadata(str(path), None)
        anki.import_csv(collection.ImportCsvRequest(path=str(path), metadata=metadata))
        assert anki.note_count() == len(cards)
        if not changed:
            number = answer_one(anki, guid_of(cards[0].key))
    kept = anki.get_card(number)
    assert kept.ivl == 42
    assert "Corrected?" in kept.note().fields[0]


def test_a_package_imported_twice_updates_and_keeps_the_schedule(anki: Any, tmp_path: Path) -> None:
    pytest.importorskip("genanki")
    deck = [card("who/a"), card("who/b")]
    options = collection.ImportAnkiPackageOptions(with_scheduling=False)
    for stamp in (1_700_000_000.0, 1_800_000_000.0):
        path = tmp_path / f"{stamp}.apkg"
        write_apkg(deck, path, timestamp=stamp)
        anki.import_anki_package(collection.ImportAnkiPackageRequest(package_path=str(path), options=options))
        assert anki.note_count() == 2
        if stamp < 1_750_000_000:
            number = answer_one(anki, guid_of("who/a"))
            deck[0] = deck[0].edited("Corrected?", "Corrected.")
    kept = anki.get_card(number)
    assert kept.ivl == 42
    assert "Corrected?" in kept.note()["Front"]
