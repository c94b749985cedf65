"""A reader's files as an earlier version left them, opened with this one: nothing moved, nothing is called otherwise.

`reader-m008.tar.xz` was made by the program itself as it was when its newest migration was `m008_stretch_read`: a
database (without the study pack), `keys.toml`, the folder in which two machines met, and in `expected.json` what that
program read out of them. It is never made again: newer names would prove nothing.
"""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from db.library import Library
from db.sync import sync
from import_scripts.pipeline import prepare
from serge_tui.commands.key_checks import key_faults
from serge_tui.commands.keymap import OLD_IDS, load_keymap
from serge_tui.core.study.anki import guid_of
from serge_tui.services.card_collection import card_collection
from serge_tui.services.decks import chosen_deck, deck_named, saved_decks
from serge_tui.services.replay import compare_with_log, replay_cards
from serge_tui.services.saved_filters import read_filters
from serge_tui.services.study_settings import study_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ARCHIVE = Path(__file__).resolve().parent / "fixtures" / "reader-m008.tar.xz"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("earlier")
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    prepare(folder / "serge.db")
    return folder


@pytest.fixture(scope="module")
def earlier(folder: Path) -> Iterator[Library]:
    with Library.open(folder / "serge.db") as library:
        yield library


@pytest.fixture(scope="module")
def expected(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "expected.json").read_text("utf-8"))
    return found


def log_of(library: Library) -> list[list[object]]:
    return [[r.card, r.rating, r.reviewed_at, r.study_day, r.duration_ms, r.given] for r in library.study.log()]


def test_every_answer_and_every_schedule_is_the_same(earlier: Library, expected: dict[str, Any]) -> None:
    assert log_of(earlier) == expected["log"]
    states = {
        key: [
            s.stability, s.difficulty, s.due_day, s.last_day, s.answers, s.lapses, s.suspended, s.buried_until, s.flag,
        ]
        for key, s in earlier.study.states().items()
    }  # fmt: skip
    assert states == expected["states"]
    assert any(state[6] for state in states.values())
    assert any(state[8] for state in states.values())
    assert compare_with_log(earlier).different == {}


def test_cards_have_their_keys_and_guids(earlier: Library, expected: dict[str, Any]) -> None:
    cards = card_collection(earlier).cards
    assert sorted(key for key in cards if key.startswith("own/")) == expected["own"]
    assert [key for key in expected["states"] if key not in cards] == []
    assert {key: guid_of(key) for key in expected["guids"]} == expected["guids"]


def test_settings_mean_what_they_meant(earlier: Library, expected: dict[str, Any]) -> None:
    assert expected["settings"].items() <= earlier.settings.all().items()
    study = study_settings(earlier)
    assert (study.new_per_day, study.retention, study.rollover_hour) == (12, 0.87, 3)
    assert study.easy_days == {0, 5}
    assert study.quiz_brings_forward


def test_saved_decks_and_filters_are_under_their_names_and_keys(earlier: Library, expected: dict[str, Any]) -> None:
    decks = saved_decks(earlier)
    assert [[deck.name, deck.to_json()] for deck in decks] == expected["decks"]
    assert chosen_deck(earlier) == decks[2] == deck_named(earlier, "Northern")
    figures = read_filters(earlier.settings.get("figure_filters", list[str]()))
    assert {key: (kept.words, kept.name) for key, kept in figures.items()} == {
        "1": ("met:no", ""),
        "5": ("#poet sort:name", "poets"),
    }
    notes = read_filters(earlier.settings.get("notes.filters", list[str]()))
    assert (notes["2"].words, notes["2"].name) == ("#doubt colour:amber", "to ask")


def test_notes_corrections_decisions_and_places_are_the_same(earlier: Library, expected: dict[str, Any]) -> None:
    notes = sorted(
        [a.key, a.kind, a.target, a.colour, a.body, sorted(a.tags), a.anchor.exact if a.anchor else "", a.state,
         a.created_at]
        for a in earlier.annotations.all()
    )  # fmt: skip
    assert notes == expected["notes"]
    assert sorted(a.body for a in earlier.annotations.bin()) == expected["bin"] == ["thrown away"]
    assert sorted([c.record, c.field, c.value] for c in earlier.corrections.all()) == expected["corrections"]
    decisions = sorted([c.key, c.state, c.text, c.pages] for c in earlier.candidates.all())
    assert decisions == expected["decisions"]
    edition, passage, offset = expected["position"]
    position = earlier.texts.position(edition)
    assert position is not None
    assert (position.place.passage, position.place.offset) == (passage, offset)
    read = [[list(one) for one in earlier.reading.intervals(edition, chapter)] for chapter in range(3)]
    assert read == expected["read"]
    radek = earlier.figures.by_key("radek")
    assert radek is not None
    assert radek.one_line == "Mine."


def test_keys_are_understood_and_none_is_called_wrong(folder: Path, expected: dict[str, Any]) -> None:
    keymap, complaints = load_keymap(folder / "keys.toml")
    assert keymap == {OLD_IDS.get(name, name): keys for name, keys in expected["keys"].items()}
    assert len(complaints) == sum(name in OLD_IDS for name in expected["keys"])
    assert all("is now" in sentence for sentence in complaints)
    # A command that was renamed is named in one sentence, and its key still works; nothing else is complained of.
    assert [fault for fault in key_faults(folder / "keys.toml") if "is now" not in fault] == []


def test_a_folder_of_two_machines_is_read_and_the_newcomer_comes_to_the_same(
    folder: Path, expected: dict[str, Any], database: Path
) -> None:
    with Library.open(database) as newcomer:
        done = sync(newcomer, folder / "shared")
        replay_cards(newcomer, done.cards)
        assert done.warnings == ()
        bodies = {note[4] for note in expected["notes"]} | {"from the other machine"}
        assert {note.body for note in newcomer.annotations.all()} == bodies
        theirs = sorted(line for line in log_of(newcomer) if line in expected["log"])
        assert theirs == sorted(expected["log"])
        assert len(log_of(newcomer)) == len(expected["log"]) + 1
        assert compare_with_log(newcomer).different == {}
