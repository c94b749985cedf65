"""Measure what was found against labels: `python -m import_scripts.found.scoring LABELS PREDICTIONS [...]`.

Labels have the form told in docs/found.md; predictions are what `python -m import_scripts.found --json` prints. Several
pairs of files are counted together. A portrait is right when half of it lies in a labelled run or it covers 40 % of a
labelled stroke; one inside a stretch that the labels ignore counts neither way. A label is found when 40 % of its
stroke is covered. A saying belongs to the label whose first part it begins with, give or take two characters.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import defaultdict
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

BEST: Final = 50
_SLACK: Final = (0, 1, -1, 2, -2)
_ARTICLE: Final = re.compile(
    r"^(?:the|an?|my|our|le|la|les|un|une|des|mon|ma|mes|notre|nos|son|sa|el|los|las|una|mi|su|nuestro|ce|cet|cette|don|do[ñn]a|d\.|m\.|mr\.?|mrs\.?"
    r"|mme|madame|monsieur|mademoiselle|mlle|se[ñn]or|se[ñn]ora|sr\.|tante|oncle|tatan|tonton)\s+|^l'",
    re.IGNORECASE,
)


def wilson(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """Return the 95 % confidence interval of a share (Wilson 1927)."""
    if not total:
        return 0.0, 1.0
    share = right / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


@dataclass
class Counts:
    """What was counted; counts of several books are added up."""

    portraits: int = 0
    portraits_right: int = 0
    portraits_right_person: int = 0
    labels: int = 0
    labels_found: int = 0
    labels_found_person: int = 0
    strong: int = 0
    strong_found: int = 0
    best: int = 0
    best_right: int = 0
    quotes: int = 0
    quotes_found: int = 0
    named: int = 0
    named_right: int = 0
    named_labels: int = 0
    named_found: int = 0
    cards: int = 0
    cards_right: int = 0
    cards_found: int = 0
    unasked: int = 0
    unasked_right: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def rows(self) -> list[tuple[str, int, int]]:
        """Return what is reported: name, how many right, of how many."""
        return [
            ("portraits, precision", self.portraits_right, self.portraits),
            ("portraits, recall", self.labels_found, self.labels),
            ("portraits of strength 3 found", self.strong_found, self.strong),
            ("right person, of portraits that are right", self.portraits_right_person, self.portraits_right),
            (f"best {BEST} of a book: a portrait of the right person", self.best_right, self.best),
            ("quoted speech located", self.quotes_found, self.quotes),
            ("named speakers, precision", self.named_right, self.named),
            ("named speakers, recall", self.named_found, self.named_labels),
            ("sayings that become cards, precision", self.cards_right, self.cards),
            ("sayings that become cards, recall", self.cards_found, self.named_labels),
            ("put into the deck unasked: right", self.unasked_right, self.unasked),
        ]

    def report(self) -> str:
        """Return a table: name, share, counts, 95 % confidence interval."""
        lines = []
        for name, right, total in self.rows():
            low, high = wilson(right, total)
            share = f"{right / total:.2f}" if total else " -  "
            lines.append(f"{name:<55} {share}  {right:>4} of {total:<4}  ({low:.2f}-{high:.2f})")
        return "\n".join(lines)


class Names:
    """Compares names with those of the labels; a last name shared by two people tells neither."""

    def __init__(self, labels: dict[str, Any]) -> None:
        self._aliases: dict[str, list[str]] = labels["aliases"]
        self._full: defaultdict[str, set[str]] = defaultdict(set)
        self._last: defaultdict[str, set[str]] = defaultdict(set)
        people = {*(one["person"] for one in labels["portraits"]), *self._aliases}
        for person in people | {one["speaker"] for one in labels["utterances"] if one["speaker"]}:
            for name in (person, *self._aliases.get(person, [])):
                if bare := _bare(name):
                    self._full[bare].add(person)
                    self._last[bare.split()[-1]].add(person)

    def same(self, label: str | None, found: str | None) -> bool:
        """Whether a found name means the person of a label."""
        if not label or not found:
            return False
        names = (label, *self._aliases.get(label, []))
        if found.lower() in {name.lower() for name in names}:
            return True
        bare = _bare(found)
        if bare in {_bare(name) for name in names} and len(self._full[bare]) == 1:
            return True
        last = bare.split()[-1] if bare else ""
        return bool(last) and self._last.get(last) == {label}


def _bare(name: str) -> str:
    name = fold(name.replace("’", "'").replace("\u00a0", " ")).strip()
    while True:
        shorter = _ARTICLE.sub("", name).strip()
        if shorter == name or not shorter:
            return name
        name = shorter


def score(labels: dict[str, Any], predictions: dict[str, Any], chapters: Collection[str] | None = None) -> Counts:
    """Return the counts of one book, of some chapters alone when they are given."""
    wanted = set(labels["chapters"] if chapters is None else chapters)
    names = Names(labels)
    counts = Counts()
    _score_portraits(labels, predictions, wanted, names, counts)
    _score_sayings(labels, predictions, wanted, names, counts)
    return counts


def _of(rows: Sequence[dict[str, Any]], chapters: set[str]) -> list[dict[str, Any]]:
    return [one for one in rows if one["chapter"] in chapters]


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> int:
    return max(0, int(min(one["end"], other["end"])) - int(max(one["start"], other["start"])))


def covers(found: dict[str, Any], stroke: dict[str, Any]) -> bool:
    """Whether a found portrait covers 40 % of a labelled stroke."""
    return _overlap(found, stroke) >= 0.4 * int(stroke["end"] - stroke["start"])


def matches(found: dict[str, Any], label: dict[str, Any]) -> bool:
    """Whether a found portrait is a right answer to a label of its chapter."""
    half = 2 * _overlap(found, label["long"]) >= found["end"] - found["start"]
    return found["chapter"] == label["chapter"] and (half or covers(found, label["best"]))


def ignored(found: dict[str, Any], labels: dict[str, Any]) -> bool:
    """Whether half of a found portrait lies in a stretch that the labels ignore."""
    length = found["end"] - found["start"]
    return any(one["chapter"] == found["chapter"] and 2 * _overlap(found, one) >= length for one in labels["ignore"])


def _score_portraits(
    labels: dict[str, Any], predictions: dict[str, Any], chapters: set[str], names: Names, counts: Counts
) -> None:
    gold = _of(labels["portraits"], chapters)
    found: set[int] = set()
    found_person: set[int] = set()
    rows = sorted(_of(predictions.get("portraits", []), chapters), key=lambda one: -float(one.get("score", 0)))
    for row in rows:
        right = [at for at, label in enumerate(gold) if matches(row, label)]
        if not right and ignored(row, labels):
            continue
        person = any(names.same(gold[at]["person"], row.get("person")) for at in right)
        counts.portraits += 1
        counts.portraits_right += bool(right)
        counts.portraits_right_person += person
        if counts.best < BEST:
            counts.best += 1
            counts.best_right += person
        for at in right:
            if covers(row, gold[at]["best"]):
                found.add(at)
                if names.same(gold[at]["person"], row.get("person")):
                    found_person.add(at)
    counts.labels += len(gold)
    counts.labels_found += len(found)
    counts.labels_found_person += len(found_person)
    counts.strong += sum(label["strength"] == 3 for label in gold)
    counts.strong_found += sum(gold[at]["strength"] == 3 for at in found)


def is_named(speaker: str | None) -> bool:
    """Whether a speaker is somebody with a name: not the author, not a role."""
    return bool(speaker) and speaker != "I" and str(speaker)[0].isupper()


def _score_sayings(
    labels: dict[str, Any], predictions: dict[str, Any], chapters: set[str], names: Names, counts: Counts
) -> None:
    rows = {(row["chapter"], row["start"]): row for row in predictions.get("utterances", [])}

    def at(chapter: str, start: int) -> dict[str, Any] | None:
        return next((rows[chapter, start + by] for by in _SLACK if (chapter, start + by) in rows), None)

    for label in _of(labels["utterances"], chapters):
        here = [row for part in label["parts"] if (row := at(label["chapter"], part["start"]))]
        counts.quotes += 1
        counts.quotes_found += bool(here)
        row = next((row for row in here if row.get("speaker")), None)
        right = row is not None and names.same(label["speaker"], row["speaker"])
        counts.named_labels += label["named"]
        counts.named_found += label["named"] and right
        _count(row, counts, right=right)
        counts.cards_found += bool(row and row.get("card") and right and label["named"])
    for label in _of(labels["not_utterances"], chapters):
        _count(at(label["chapter"], label["start"]), counts, right=False)


def _count(row: dict[str, Any] | None, counts: Counts, *, right: bool) -> None:
    if row is None or not is_named(row.get("speaker")):
        return
    counts.named += 1
    counts.named_right += right
    counts.cards += bool(row.get("card"))
    counts.cards_right += bool(row.get("card")) and right
    counts.unasked += bool(row.get("deck"))
    counts.unasked_right += bool(row.get("deck")) and right


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of pairs of label and prediction files."""
    parser = argparse.ArgumentParser(prog="python -m import_scripts.found.scoring", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="LABELS PREDICTIONS")
    parser.add_argument("--chapters", nargs="+", help="count these chapters only")
    given = parser.parse_args(arguments)
    if len(given.files) % 2:
        parser.error("Give a predictions file after each label file.")
    total = Counts()
    for labels, predictions in zip(given.files[::2], given.files[1::2], strict=True):
        read = [json.loads(path.read_text("utf-8")) for path in (labels, predictions)]
        total += score(read[0], read[1], given.chapters)
    print(total.report())


if __name__ == "__main__":
    main()
