"""`serge stats`, `serge quiz --print`, `serge export cards` and `reviews`, `serge doctor --replay`."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from db.library import Library
from serge_tui.services.card_collection import card_collection
from serge_tui.services.study_settings import today
from tests.serge_tui.cli.test_cli import run
from tests.serge_tui.services.answering import spoil, study_some

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def studied(database: Path) -> Path:
    """A database with some days of answers; its first card is known."""
    with Library.open(database) as library:
        study_some(library, list(card_collection(library).cards)[:12], today(library))
    return database


def test_stats_tell_the_same_as_the_log(studied: Path) -> None:
    told = json.loads(run("stats", "--json", database=studied).stdout)
    with Library.open(studied) as library:
        log = list(library.study.log())
    learning = told["learning"]
    assert learning["answers"] == len(log)
    assert learning["days"] == len({review.study_day for review in log})
    assert sum(day["answers"] for day in learning["calendar"]) == len(log)
    assert 0 < learning["retention"]["share"] < 1
    plain = run("stats", database=studied).stdout
    assert f"Answers   {len(log)} on" in plain


@pytest.mark.usefixtures("ends_hidden")
def test_a_sheet_is_the_same_for_the_same_seed_and_keeps_fates_sealed(database: Path) -> None:
    one, again = (run("quiz", "--print", "12", "--seed", "4", database=database) for _ in range(2))
    assert one.returncode == 0
    assert one.stdout == again.stdout
    assert one.stdout.count("**") >= 24
    assert "still alive" not in one.stdout
    other = run("quiz", "--print", "12", "--seed", "5", database=database)
    assert other.stdout != one.stdout
    asked = run("quiz", "--print", "3", "--seed", "4", "--kind", "alive", database=database).stdout
    assert "still alive" in asked


def test_a_sheet_in_json_names_what_is_right(database: Path) -> None:
    sheet = json.loads(run("quiz", "--print", "5", "--seed", "4", "--format", "json", database=database).stdout)
    assert len(sheet["questions"]) == 5
    assert all(0 <= question["right"] < len(question["options"]) for question in sheet["questions"])


@pytest.mark.usefixtures("ends_hidden")
def test_the_cards_of_a_chapter_go_to_anki_with_stable_ids(database: Path) -> None:
    first, second = (run("export", "cards", "--deck", "chapter 7", database=database).stdout for _ in range(2))
    assert first == second
    lines = [line for line in first.splitlines() if not line.startswith("#")]
    rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter="\t"))
    assert len(rows) > 10
    assert len({row[0] for row in rows}) == len(rows)
    assert all("chapter-07" in row[3] or "order" in row[3] or "pair" in row[3] for row in rows)
    assert not any("serge::fate" in row[3] for row in rows)
    with_fates = run("export", "cards", "--fates", database=database).stdout
    assert "serge::fate" in with_fates


def test_a_package_without_a_name_is_one_sentence(database: Path) -> None:
    result = run("export", "cards", "--format", "apkg", database=database)
    assert result.returncode == 1
    assert "name it with -o" in result.stderr
    assert "Traceback" not in result.stderr


def test_answers_are_exported_as_csv_and_json(studied: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", "reviews", database=studied).stdout)))
    reviews = json.loads(run("export", "reviews", "--format", "json", database=studied).stdout)["reviews"]
    assert len(rows) == len(reviews) > 12
    assert [row["card"] for row in rows] == [review["card"] for review in reviews]


def test_the_doctor_replays_the_log_and_sets_right_what_differs(studied: Path) -> None:
    sound = run("doctor", "--replay", database=studied)
    assert sound.returncode == 0
    assert "Every card agrees with the log." in sound.stdout
    with Library.open(studied) as library:
        card = next(iter(library.study.states()))
        spoil(library, card)
    found = run("doctor", "--replay", database=studied)
    assert found.returncode == 1
    assert card in found.stdout
    assert run("doctor", "--replay", "--repair", database=studied).returncode == 0
    assert run("doctor", "--replay", database=studied).returncode == 0


def test_decks_are_terms_on_the_command_line(database: Path) -> None:
    cards = ("export", "cards", "--format", "json", "--deck")
    found = json.loads(run(*cards, "chapter:4 kind:portrait -person:Lenin", database=database).stdout)
    assert found
    assert {card["kind"] for card in found} == {"portrait"}
    assert not any("lenin" in card["figures"] for card in found)
    sheet = run("quiz", "--print", "3", "--format", "json", "--deck", "kind:who chapter:4", database=database)
    assert {question["kind"] for question in json.loads(sheet.stdout)["questions"]} == {"who"}
    wrong = run(*cards, "shelf:4", database=database)
    assert wrong.returncode == 1
    assert 'no term "shelf:"' in wrong.stderr
    assert "kind:portrait" in wrong.stderr


def test_an_unknown_deck_is_one_sentence(database: Path) -> None:
    result = run("quiz", "--print", "5", "--deck", "nonsense", database=database)
    assert result.returncode == 1
    assert "there is no deck" in result.stderr


def test_a_dossier_tells_all_of_one_person_and_hides_what_is_hidden(database: Path, tmp_path: Path) -> None:
    told = run("export", "dossier", "Sobelsohn", database=database).stdout
    assert "# Karl Radek" in told
    for heading in ("## Portrait", "## Life", "## Ties", "## Fate", "## Sources"):
        assert heading in told
    assert "[[" not in told, "there is no page to link to"
    with Library.open(database) as library:
        library.settings.set("fates_sealed", True).result()
    assert "## Fate" not in run("export", "dossier", "radek", database=database).stdout
    assert "## Fate" in run("export", "dossier", "radek", "--fates", database=database).stdout
    book = tmp_path / "book.txt"
    book.write_text("CHAPTER I\n\nThe wind fell and Radek laughed.\n")
    run("import", str(book), database=database)
    alone = run("export", "dossier", "radek", database=database).stdout
    assert "- CHAPTER I: 1" in alone
    assert "The wind" not in alone, "words of the copy are not ours to pass on"
    assert (
        "  - The wind fell and Radek laughed."
        in run("export", "dossier", "radek", "--with-my-copy", database=database).stdout
    )
    unknown = run("export", "dossier", "Qqxyz", "-o", str(tmp_path / "x.md"), database=database)
    assert unknown.returncode == 1
    assert not (tmp_path / "x.md").exists()
