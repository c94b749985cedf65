"""The weights and how they are measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from import_scripts.found.features import NAMES
from import_scripts.found.fit import THRESHOLD, fit, left_out, main, read
from import_scripts.found.portraits import WEIGHTS, shipped_weights
from import_scripts.found.scoring import main as print_figures
from import_scripts.found.scoring import score, wilson

LABELS = sorted((Path(__file__).parent / "labels").glob("*.json"))


def test_the_shipped_weights_are_those_that_the_labels_give() -> None:
    shipped = json.loads(WEIGHTS.read_text("utf-8"))
    books = read(LABELS)
    measured = left_out(books)
    for name, right, total in measured.rows():
        then, of = shipped["book_left_out"][name]  # a glossary that has grown may move a few
        assert right / total == pytest.approx(then / of, abs=0.05), name
    assert shipped["threshold"] == THRESHOLD
    fitted = fit([row for book in books for row in book.rows])
    assert list(shipped["weights"].values()) == pytest.approx(fitted, abs=0.2)
    assert list(shipped["weights"]) == list(NAMES)


def test_a_weight_stays_at_its_prior_without_labels_and_moves_with_them() -> None:
    at = NAMES.index("looks")
    row = [1.0 if number in {0, at} else 0.0 for number in range(len(NAMES))]
    assert fit([(row, 1.0, 1.0)] * 200)[at] > fit([(row, 0.0, 1.0)] * 200)[at]


def test_chapters_set_aside_are_measured_and_not_fitted_on(capsys: pytest.CaptureFixture[str]) -> None:
    berkman = next(path for path in LABELS if path.stem == "berkman")
    books = read([berkman], {"berkman/chapter-6"})
    assert books[0].aside == ("chapter-6",)
    assert "chapter-6" not in books[0].fitted
    main([str(berkman), "--aside", "berkman/chapter-6"])
    assert "Chapters set aside:" in capsys.readouterr().out


@given(st.integers(0, 300), st.integers(1, 300))
def test_an_interval_holds_its_share(right: int, total: int) -> None:
    right = min(right, total)
    low, high = wilson(right, total)
    assert low - 1e-9 <= right / total <= high + 1e-9 <= 1 + 2e-9


LABEL: dict[str, Any] = {
    "book": "x",
    "chapters": ["one"],
    "aliases": {"Lvov": ["Prince Lvov"], "Madame Lvov": []},
    "portraits": [
        {
            "chapter": "one",
            "person": "Lvov",
            "strength": 3,
            "best": {"start": 0, "end": 50},
            "long": {"start": 0, "end": 90},
        }
    ],
    "ignore": [{"chapter": "one", "start": 200, "end": 300}],
    "utterances": [
        {"chapter": "one", "parts": [{"start": 400, "end": 440}], "speaker": "Lvov", "named": True},
        {"chapter": "one", "parts": [{"start": 500, "end": 540}], "speaker": "I", "named": False},
    ],
    "not_utterances": [{"chapter": "one", "start": 600, "end": 610}],
}


def test_what_is_right_wrong_and_ignored() -> None:
    rows = [
        {"chapter": "one", "start": 0, "end": 40, "person": "Prince Lvov", "score": 0.9},
        {"chapter": "one", "start": 210, "end": 260, "person": "Orlov", "score": 0.8},
        {"chapter": "one", "start": 320, "end": 360, "person": "Orlov", "score": 0.7},
    ]
    said = [
        {"chapter": "one", "start": 401, "speaker": "Prince Lvov", "card": True, "deck": True},
        {"chapter": "one", "start": 600, "speaker": "Orlov", "card": True, "deck": False},
    ]
    counts = score(LABEL, {"portraits": rows, "utterances": said})
    assert (counts.portraits, counts.portraits_right, counts.portraits_right_person) == (2, 1, 1)
    assert (counts.labels_found, counts.strong_found, counts.best, counts.best_right) == (1, 1, 2, 1)
    assert (counts.quotes, counts.quotes_found, counts.named, counts.named_right) == (2, 1, 2, 1)
    assert (counts.cards, counts.cards_right, counts.unasked, counts.unasked_right) == (2, 1, 1, 1)


def test_a_last_name_of_two_people_tells_neither() -> None:
    row = {"chapter": "one", "start": 0, "end": 40, "person": "Anna Lvov", "score": 0.9}
    counts = score(LABEL, {"portraits": [row]})
    assert (counts.portraits_right, counts.portraits_right_person) == (1, 0)


def test_the_figures_are_printed_with_counts_and_intervals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels, found = tmp_path / "labels.json", tmp_path / "found.json"
    labels.write_text(json.dumps(LABEL), "utf-8")
    found.write_text(json.dumps({"portraits": [], "utterances": []}), "utf-8")
    print_figures([str(labels), str(found)])
    assert "portraits, recall                                       0.00     0 of 1" in capsys.readouterr().out


def test_the_weights_that_ship_are_read() -> None:
    assert shipped_weights().threshold == THRESHOLD
