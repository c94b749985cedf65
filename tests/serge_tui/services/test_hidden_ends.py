"""While fates are sealed nothing tells how somebody ended: cards, questions and sheets go by one rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from serge_tui.core.study.cards.registry import KINDS_OF_DEATH
from serge_tui.core.study.deck import ALL, Filter, Progress
from serge_tui.modes.figures.dossier import load_dossier
from serge_tui.modes.figures.page_content import figure_page
from serge_tui.services.card_collection import card_collection
from serge_tui.services.confusions import finder_of
from serge_tui.services.decks import deck_cards
from serge_tui.services.hidden_ends import untold_events
from serge_tui.services.quiz_rounds import make_questions, quiz_material
from serge_tui.services.study_settings import today
from tests.serge_tui.cli.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library
    from serge_tui.core.study.card import Card

SHOT = "bonnot-killed"


def cards_of(library: Library, deck: Filter = ALL, *, sealed: bool | None = None) -> list[Card]:
    return deck_cards(library, card_collection(library), deck, library.study.states(), today(library), sealed=sealed)


def test_no_card_of_an_order_of_events_tells_a_death(library: Library) -> None:
    telling = library.chronicle.telling()
    assert SHOT in telling
    orders = [card for card in cards_of(library) if card.kind == "order"]
    assert orders, "what tells of nobody's end is asked"
    assert not [card.key for card in orders if telling & set(card.events)]
    asked_for = cards_of(library, Filter("Order", kinds=frozenset({"order"})))
    assert asked_for == orders, "a deck of orders does not ask for deaths"


@pytest.mark.parametrize("how", ["setting", "flag"])
def test_unsealed_every_card_comes(library: Library, how: str) -> None:
    if how == "setting":
        library.settings.set("fates_sealed", False).result()
    assert len(cards_of(library, sealed=None if how == "setting" else False)) == len(card_collection(library).cards)


def test_what_was_read_is_told(library: Library) -> None:
    everything = untold_events(library, None)
    read = untold_events(library, Progress(chapters=frozenset({1})))
    assert SHOT in everything - read
    assert read, "later chapters are not read yet"
    assert not untold_events(library, Progress(finished=True))
    library.settings.set("fates_sealed", False).result()
    assert not untold_events(library, None)


@pytest.mark.parametrize("seed", range(6))
def test_no_question_of_dates_tells_a_death(library: Library, seed: int) -> None:
    telling = library.chronicle.telling()
    asked = make_questions(library, finder_of(library), kind="first", seed=seed)
    assert asked
    assert not [question.keys for question in asked if telling & set(question.keys)]


def test_the_material_of_a_quiz_has_every_event_once_fates_are_open(library: Library) -> None:
    finder = finder_of(library)
    assert SHOT not in {event.key for event in quiz_material(library, ALL, finder).events}
    assert SHOT in {event.key for event in quiz_material(library, ALL, finder, sealed=False).events}


def test_a_sheet_and_an_export_tell_deaths_only_when_told_to(database: Path) -> None:
    words = "shot and dies the same day"
    sheet = ("quiz", "--print", "60", "--kind", "first", "--seed", "1")
    assert words not in run(*sheet, database=database).stdout
    assert words in run(*sheet, "--fates", database=database).stdout
    assert words not in run("export", "cards", database=database).stdout
    told = run("export", "cards", "--fates", "--format", "json", database=database).stdout
    assert words in told
    assert all(f'"kind": "{kind}"' in told for kind in KINDS_OF_DEATH)


def test_a_figures_page_tells_nobody_elses_end(library: Library) -> None:
    dossier = load_dossier(library, "trotsky", "guide")
    assert dossier is not None
    shown = {
        sealed: "\n".join(part.text.plain for part in figure_page(dossier, sealed=sealed)) for sealed in (True, False)
    }
    assert "Joffe’s burial" in shown[False]
    assert "Joffe’s burial" not in shown[True]
