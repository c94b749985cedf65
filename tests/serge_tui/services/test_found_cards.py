"""What the reader keeps of their copy becomes cards, which lead back to its place and leave only by wish."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from import_scripts.found_search import search_edition
from import_scripts.pipeline import import_book
from serge_tui.navigation import ReadAt
from serge_tui.services.card_collection import card_collection
from serge_tui.services.card_passages import place_of_card
from serge_tui.services.decks import deck_cards, deck_named
from serge_tui.services.study_settings import today
from tests.serge_tui.cli.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library
    from serge_tui.core.study.card import Card

MARKOV = "Ivan Markov was a lean, gentle old printer with a grey beard, tired eyes and inky thumbs."
TEXT = f"""CHAPTER I

Snow fell on the town, and it was said that nobody had come to the station for two days.

{MARKOV}

“We shall see about that tomorrow morning,” said Ivan Markov.
"""


@pytest.fixture
def edition(library: Library, tmp_path: Path) -> str:
    path = tmp_path / "small.txt"
    path.write_text(TEXT, "utf-8")
    key = import_book(library, path).edition.key
    search_edition(library, key, lambda _done, _chapters: None)
    return key


def cards(library: Library) -> dict[str, Card]:
    return {card.kind: card for card in card_collection(library).cards.values() if card.found}


def test_what_is_kept_becomes_a_card_and_leads_to_its_place(library: Library, edition: str) -> None:
    assert cards(library) == {}
    portrait, saying = library.found.of_edition(edition, "portrait")[0], library.found.of_edition(edition, "saying")[0]
    kept = library.found.decide(portrait, "kept").result()
    library.found.decide(saying, "skipped").result()
    (card,) = cards(library).values()
    assert (card.key, card.answer) == (f"portrait/{kept.card}", "Ivan Markov")
    assert "Markov" not in card.shown
    assert card.note == MARKOV
    assert card.reference.endswith("small")
    place = place_of_card(library, card)
    assert isinstance(place, ReadAt)
    assert place.lit == (portrait.passage, portrait.start, portrait.end_passage, portrait.end)
    collection = card_collection(library)
    asked = deck_cards(library, collection, deck_named(library, "kind:portrait"), {}, today(library))
    assert card in asked


def test_another_person_and_other_words_are_asked_at_once_and_undo_brings_the_card_back(
    library: Library, edition: str
) -> None:
    portrait = library.found.of_edition(edition, "portrait")[0]
    before = library.found.decide(portrait, "kept").result()
    first = cards(library)["portrait"]
    library.found.decide(portrait, "kept", person=("trotsky", "Leon Trotsky")).result()
    other = cards(library)["portrait"]
    assert (other.answer, other.answer_figure) == ("Leon Trotsky", "trotsky")
    assert other.key != first.key
    library.found.restore(portrait.key, before).result()
    assert cards(library)["portrait"] == first
    library.found.restore(portrait.key, None).result()
    assert cards(library) == {}


def test_what_stands_where_a_quotation_of_the_pack_stands_is_asked_by_the_packs_card(
    library: Library, edition: str
) -> None:
    portrait = library.found.of_edition(edition, "portrait")[0]
    library.found.decide(portrait, "kept").result()
    pack = library.quotations.all()[0].key
    row = [pack, edition, portrait.passage, portrait.start, portrait.end_passage, portrait.end, 1.0, 1.0]
    library.writer.run(lambda c: c.execute("insert into quotation_place values (?, ?, ?, ?, ?, ?, ?, ?)", row))
    assert cards(library) == {}


def test_an_export_leaves_cards_of_the_readers_copy_out_unless_asked(library: Library, edition: str) -> None:
    library.found.decide(library.found.of_edition(edition, "portrait")[0], "kept").result()
    left_out = run("export", "cards", "--format", "json", database=library.path)
    assert "1 card from your own copy left out" in left_out.stderr
    assert "inky thumbs" not in left_out.stdout
    included = run("export", "cards", "--format", "json", "--with-my-copy", database=library.path)
    (card,) = [one for one in json.loads(included.stdout) if one["found"]]
    assert card["reference"].endswith("from your own copy, for your own study")
