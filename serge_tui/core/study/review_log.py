"""The review log, out and in: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Final

from db.models import Review
from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS: Final = tuple(field.name for field in fields(Review))
_FORMULA: Final = tuple("=+-@\t\r")


def to_csv(log: Iterable[Review]) -> str:
    """One line a review, with a head; text that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for review in log:
        row = asdict(review)
        given = sanitise_line(review.given)
        row["given"] = f"'{given}" if given.startswith(_FORMULA) else given
        writer.writerow("" if row[name] is None else row[name] for name in COLUMNS)
    return out.getvalue()


def to_json(log: Iterable[Review]) -> str:
    """An object with the list of reviews, as they are stored."""
    return json.dumps(
        {"format": "serge-reviews", "version": 1, "reviews": [asdict(r) for r in log]}, ensure_ascii=False, indent=1
    )
