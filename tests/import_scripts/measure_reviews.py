"""How many quotations and pages the review importer finds: `python -m tests.import_scripts.measure_reviews`.

With `-v` every miss is shown. *marked* are between quotation marks, *block* are paragraphs of their own, most of them
without any mark in these files. A quotation counts as found when candidates cover most of it; its page, when the
candidate has just the pages of the key; its figure, when the candidate is about, or spoken by, somebody the key names.
`alone` reads the files without the curated quotations, which tell unmarked paragraphs that are quoted.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from import_scripts.formats.book_file import read_book
from import_scripts.pack import load_pack
from import_scripts.reviews.review import read_review
from tests.conftest import CHECKOUT
from tests.import_scripts.labelled import LABELS, LetterIndex, digest_of

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES = CHECKOUT.parent / "shared" / "samples"
_MOST = 0.6


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quotation of the key: first letter, letters, kind, pages, speaker, about."""

    start: int
    letters: int
    kind: str
    pages: str
    figures: frozenset[str]
    optional: bool


@dataclass(slots=True)
class Key:
    """The key of one document."""

    sample: str
    letters: int
    digest: str
    wanted: list[Wanted] = field(default_factory=list)


@dataclass(slots=True)
class Counted:
    """What was found of a document."""

    name: str
    wanted: dict[str, int] = field(default_factory=lambda: {"marked": 0, "block": 0})
    found: dict[str, int] = field(default_factory=lambda: {"marked": 0, "block": 0})
    pages: int = 0
    pages_right: int = 0
    pages_wrong: int = 0
    figures: int = 0
    figures_right: int = 0
    candidates: int = 0
    needless: int = 0
    faults: list[str] = field(default_factory=list)


def read_keys(path: Path = LABELS / "reviews.tsv") -> list[Key]:
    """Read the hand-made key."""
    keys: list[Key] = []
    for line in path.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        first, *rest = line.split("\t")
        if first == "text":
            keys.append(Key(rest[0], int(rest[1]), rest[2]))
            continue
        letters, kind, pages, speaker, about = (*rest, "", "")[:5]
        figures = frozenset(filter(None, [speaker, *about.split(",")]))
        keys[-1].wanted.append(
            Wanted(int(first), int(letters), kind.removeprefix("?"), pages, figures, kind.startswith("?"))
        )
    return keys


def count(key: Key, samples: Path, *, alone: bool = False) -> Counted:
    """Read a document and compare."""
    pack = load_pack()
    path = samples / key.sample
    index = LetterIndex(read_book(path).texts)
    assert digest_of(index.stream) == key.digest
    review = read_review(path, pack.figures, () if alone else pack.quotations)
    counted = Counted(path.name, candidates=len(review.candidates))
    placed = []
    for candidate in review.candidates:
        letters = "".join(filter(str.isalpha, candidate.text))
        placed.append((index.stream.find(letters), len(letters), candidate))
    used: set[str] = set()
    for wanted in key.wanted:
        over = [
            (min(at + length, wanted.start + wanted.letters) - max(at, wanted.start), candidate)
            for at, length, candidate in placed
            if at < wanted.start + wanted.letters and wanted.start < at + length
        ]
        used.update(candidate.key for _, candidate in over)
        if wanted.optional:
            continue
        counted.wanted[wanted.kind] += 1
        if sum(shared for shared, _ in over) < _MOST * wanted.letters:
            counted.faults.append(f"missed   {wanted.kind:7} {index.stream[wanted.start : wanted.start + 60]}")
            counted.pages += bool(wanted.pages)
            counted.figures += bool(wanted.figures)
            continue
        counted.found[wanted.kind] += 1
        best = max(over, key=lambda item: item[0])[1]
        beginning = index.stream[wanted.start : wanted.start + 40]
        if wanted.pages:
            counted.pages += 1
            counted.pages_right += best.pages == wanted.pages
        if best.pages != wanted.pages:
            counted.pages_wrong += bool(best.pages)
            counted.faults.append(f"page     {best.pages or '-':12} for {wanted.pages or '-':12} {beginning}")
        who = frozenset([*best.about, *filter(None, [best.speaker])])
        if wanted.figures:
            counted.figures += 1
            counted.figures_right += bool(who & wanted.figures)
        if not (who & wanted.figures) and (who or wanted.figures):
            counted.faults.append(
                f"figure   {', '.join(sorted(who)) or '-'} for {', '.join(sorted(wanted.figures)) or '-'}: {beginning}"
            )
    counted.needless = sum(candidate.key not in used for _, _, candidate in placed)
    counted.faults += [f"needless {candidate.text[:80]}" for _, _, candidate in placed if candidate.key not in used]
    return counted


def main() -> None:
    """Print the table."""
    print(f"{'document':40} {'marked':>9} {'block':>7} {'pages':>9} {'wrong':>6} {'figures':>9} {'needless':>9}")
    for alone in (False, True):
        for key in read_keys():
            one = count(key, SAMPLES, alone=alone)
            blocks = f"{one.found['block']:3}/{one.wanted['block']:<3}"
            print(
                f"{one.name + (' (alone)' if alone else ''):40} {one.found['marked']:4}/{one.wanted['marked']:<4}"
                f" {blocks} {one.pages_right:4}/{one.pages:<4} {one.pages_wrong:6}"
                f" {one.figures_right:4}/{one.figures:<4} {one.needless:4}/{one.candidates:<4}"
            )
            if "-v" in sys.argv and not alone:
                print("\n".join(f"    {fault}" for fault in one.faults))


if __name__ == "__main__":
    main()
