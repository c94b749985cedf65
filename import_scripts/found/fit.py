"""Fit the weights of the portrait score: `python -m import_scripts.found.fit LABELS… [--write]`.

Each LABELS is a labelled book (a JSON file with its texts in `text/<book>/` beside it, in the form of docs/found.md).
The score is a logistic regression. A ridge penalty holds each weight near its prior, and Newton's method finds the
minimum: some 70 weights on a few thousand sentences need no library. Printed are the figures with each *book* left out
in turn, since chapters of one book share names and style, and with `--aside BOOK/CHAPTER` those of chapters that no
weight was fitted on.
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from import_scripts.found.book import ReadBook, read_book
from import_scripts.found.door import as_predictions
from import_scripts.found.features import NAMES, PRIORS, chapter_features
from import_scripts.found.glossary import glossary_mentions
from import_scripts.found.portraits import WEIGHTS, Weights
from import_scripts.found.scoring import Counts, score
from import_scripts.pack import load_pack

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Row = tuple[list[float], float, float]
"""Features, label (0 or 1), weight."""


def read_labels(path: Path, language: str = "en") -> tuple[dict[str, Any], ReadBook]:
    """Return a label file and its book, read."""
    labels = json.loads(path.read_text("utf-8"))
    folder = path.parent / "text" / labels["book"]
    texts = [(name, (folder / f"{name}.txt").read_text("utf-8")) for name in labels["chapters"]]
    language = labels.get("language", language)
    known = glossary_mentions([text for _, text in texts], load_pack().figures, language)
    return labels, read_book(texts, language, known)


def rows_of(labels: dict[str, Any], book: ReadBook, chapters: Sequence[str] | None = None) -> list[Row]:
    """Return a row for each sentence: a portrait counts by its strength, an ignored stretch not at all."""
    rows: list[Row] = []
    for chapter in (one for one in book.chapters if chapters is None or one.name in chapters):
        portraits = [one for one in labels["portraits"] if one["chapter"] == chapter.name]
        ignored = [one for one in labels["ignore"] if one["chapter"] == chapter.name]
        for scene, values in zip(chapter.scenes, chapter_features(chapter, book.words), strict=True):
            start, end = scene.sentence.start, scene.sentence.end
            best = [
                one
                for one in portraits
                if _overlap(start, end, one["best"])
                >= 0.5 * min(end - start, one["best"]["end"] - one["best"]["start"])
            ]
            if best:
                rows.append((values, 1.0, 0.6 + 0.4 * max(one["strength"] for one in best)))
            elif any(_overlap(start, end, one["long"]) >= 0.5 * (end - start) for one in portraits):
                rows.append((values, 1.0, 0.5))
            elif not any(_overlap(start, end, one) >= 0.5 * (end - start) for one in ignored):
                rows.append((values, 0.0, 1.0))
    return rows


def _overlap(start: int, end: int, span: dict[str, int]) -> int:
    return max(0, min(end, span["end"]) - max(start, span["start"]))


def fit(rows: Sequence[Row], penalty: float = 8.0, steps: int = 12) -> tuple[float, ...]:
    """Return the weights of a logistic regression with a ridge penalty, by Newton's method (Bishop 2006, 4.3.3)."""
    size = len(NAMES)
    prior = list(PRIORS.values())
    weights = list(prior)
    for _ in range(steps):
        gradient = [0.0] * size
        hessian = [[0.0] * size for _ in range(size)]
        for values, label, importance in rows:
            present = [(at, value) for at, value in enumerate(values) if value]
            margin = sum(value * weights[at] for at, value in present)
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, margin))))
            error, curve = (chance - label) * importance, max(1e-6, chance * (1 - chance)) * importance
            for number, (at, value) in enumerate(present):
                gradient[at] += error * value
                row = hessian[at]
                for other, factor in present[number:]:
                    row[other] += curve * value * factor
        for at in range(size):
            ridge = penalty if at else 0.01
            gradient[at] += ridge * (weights[at] - prior[at])
            hessian[at][at] += ridge
            for other in range(at):
                hessian[at][other] = hessian[other][at]
        step = _solved(hessian, gradient)
        # A whole step may overshoot where most sentences are far from the prior: halve it until the loss falls.
        before = _loss(rows, weights, prior, penalty)
        for _ in range(12):
            tried = [weight - change for weight, change in zip(weights, step, strict=True)]
            if _loss(rows, tried, prior, penalty) <= before:
                break
            step = [change / 2 for change in step]
        weights = tried
        if max(map(abs, step)) < 1e-4:
            break
    return tuple(weights)


def _loss(rows: Sequence[Row], weights: Sequence[float], prior: Sequence[float], penalty: float) -> float:
    """Return what `fit` makes small: the surprise at the labels and the distance from the prior."""
    loss = 0.0
    for values, label, importance in rows:
        margin = sum(value * weight for value, weight in zip(values, weights, strict=True) if value)
        margin = max(-30.0, min(30.0, margin))
        loss += importance * (math.log1p(math.exp(-abs(margin))) + max(margin, 0.0) - label * margin)
    for at, (weight, expected) in enumerate(zip(weights, prior, strict=True)):
        loss += 0.5 * (penalty if at else 0.01) * (weight - expected) ** 2
    return loss


def _solved(matrix: list[list[float]], values: list[float]) -> list[float]:
    """Solve a system of linear equations by elimination with row exchange."""
    size = len(values)
    rows = [[*row, value] for row, value in zip(matrix, values, strict=True)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for below in range(at + 1, size):
            factor = rows[below][at] / rows[at][at]
            if factor:
                rows[below] = [value - factor * above for value, above in zip(rows[below], rows[at], strict=True)]
    solved = [0.0] * size
    for at in reversed(range(size)):
        rest = sum(rows[at][other] * solved[other] for other in range(at + 1, size))
        solved[at] = (rows[at][size] - rest) / rows[at][at]
    return solved


THRESHOLD: Final = 0.25
"""Score from which a sentence counts as a portrait; chosen with each book left out in turn."""


@dataclass(frozen=True)
class Labelled:
    """A labelled book: its labels, its text as read, and the chapters that weights may be fitted on."""

    labels: dict[str, Any]
    book: ReadBook
    fitted: tuple[str, ...]
    aside: tuple[str, ...]

    @property
    def rows(self) -> list[Row]:
        """Return the sentences to fit on."""
        return rows_of(self.labels, self.book, self.fitted)

    def counts(self, weights: Weights, chapters: Collection[str]) -> Counts:
        """Return what was found in some of its chapters, counted against the labels."""
        return score(self.labels, as_predictions(self.book, weights), chapters)


def read(paths: Sequence[Path], aside: Collection[str] = ()) -> list[Labelled]:
    """Read labelled books; `aside` names chapters ("goldman/chapter-5") that nothing is fitted on."""
    books = []
    for path in paths:
        labels, book = read_labels(path)
        chapters = labels["chapters"]
        kept = tuple(name for name in chapters if f"{labels['book']}/{name}" in aside)
        books.append(Labelled(labels, book, tuple(name for name in chapters if name not in kept), kept))
    return books


def left_out(books: Sequence[Labelled]) -> Counts:
    """Return the figures of each book's chapters with weights fitted on the other books alone, added up."""
    rows = [book.rows for book in books]
    total = Counts()
    for at, book in enumerate(books):
        others = [row for other, found in enumerate(rows) if other != at for row in found]
        total += book.counts(Weights(fit(others), THRESHOLD), book.fitted)
    return total


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit weights, print how well they do, and write them when asked to."""
    parser = argparse.ArgumentParser(
        prog="python -m import_scripts.found.fit", description="Fit the weights of the portrait score and measure them."
    )
    parser.add_argument("labels", nargs="+", type=Path)
    parser.add_argument(
        "--aside", nargs="*", default=[], metavar="BOOK/CHAPTER", help="measure on these, do not fit on them"
    )
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS.name}")
    given = parser.parse_args(arguments)
    books = read(given.labels, given.aside)
    outside = left_out(books)
    print("Each book left out in turn:", outside.report(), sep="\n")
    weights = Weights(fit([row for book in books for row in book.rows]), THRESHOLD)
    if given.aside:
        total = Counts()
        for book in books:
            total += book.counts(weights, book.aside)
        print("\nChapters set aside:", total.report(), sep="\n")
    if given.write:
        WEIGHTS.write_text(json.dumps(_file(books, weights, outside), ensure_ascii=False, indent=1) + "\n", "utf-8")


def _file(books: Sequence[Labelled], weights: Weights, measured: Counts) -> dict[str, Any]:
    return {
        "fitted_on": [f"{book.labels['book']}/{name}" for book in books for name in book.fitted],
        "book_left_out": {name: [right, total] for name, right, total in measured.rows()},
        "threshold": weights.threshold,
        "weights": {name: round(value, 4) for name, value in zip(NAMES, weights.values, strict=True)},
    }


if __name__ == "__main__":
    main()
