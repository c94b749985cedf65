"""The log, out as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json

from db.models import Review
from serge_tui.core.study.review_log import COLUMNS, to_csv, to_json
from tests.serge_tui.core.study.making import review

LOG = [
    review(1, "who/a", 3, "2024-01-01", given="=HYPERLINK(1)\n\x1b[2J"),
    Review(2, "who/a", "undo", None, "", "2024-01-01", 0, "", 1),
]


def test_csv_has_a_head_and_a_line_a_review() -> None:
    head, first, second = csv.reader(io.StringIO(to_csv(LOG)))
    assert tuple(head) == COLUMNS
    assert dict(zip(head, first, strict=True))["rating"] == "3"
    assert dict(zip(head, second, strict=True)) | {"voids": "1", "rating": ""} == dict(zip(head, second, strict=True))


def test_what_was_typed_is_harmless_in_a_spreadsheet_and_a_terminal() -> None:
    given = next(csv.DictReader(io.StringIO(to_csv(LOG))))["given"]
    assert given.startswith("'=")
    assert "\x1b" not in given
    assert "\n" not in given


def test_json_brings_back_the_reviews() -> None:
    whole = json.loads(to_json(LOG))
    assert (whole["format"], whole["version"]) == ("serge-reviews", 1)
    assert [Review(**line) for line in whole["reviews"]] == LOG
