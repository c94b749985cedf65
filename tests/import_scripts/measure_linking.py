"""Precision and recall of the name linker on the labelled texts: `python -m tests.import_scripts.measure_linking`.

With `-v` every miss and every wrong mention is shown with the words around it. `reed-later.tsv` was labelled with the
others but is kept out of tuning.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from import_scripts.formats.book_file import read_book
from import_scripts.linking.linker import NameLinker
from import_scripts.pack import load_pack
from tests.conftest import CHECKOUT
from tests.import_scripts.labelled import LABELS, Label, LetterIndex, read_labels, without_note_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from db.models import Figure

NAME_LABELS = ("reed.tsv", "ransome.tsv", "review-names.tsv", "reed-later.tsv")
SAMPLES = CHECKOUT.parent / "shared" / "samples"


@dataclass(slots=True)
class Tally:
    """What was found of what there is."""

    labels: int = 0
    found: int = 0
    mentions: int = 0
    right: int = 0
    exact: int = 0

    @property
    def precision(self) -> float:
        """Share of the mentions that are right."""
        return self.right / self.mentions if self.mentions else 1.0

    @property
    def recall(self) -> float:
        """Share of the labels that were found."""
        return self.found / self.labels if self.labels else 1.0

    def add(self, other: Tally) -> None:
        """Count another text in."""
        self.labels += other.labels
        self.found += other.found
        self.mentions += other.mentions
        self.right += other.right
        self.exact += other.exact


@dataclass(slots=True)
class Measured:
    """One labelled text, measured."""

    name: str
    tally: Tally
    stretches: int
    missing_stretches: int
    out_of_glossary: int
    seconds: float
    words: int
    faults: list[str]


def measure(path: Path, figures: Sequence[Figure], samples: Path) -> Measured:
    """Link a labelled text and compare."""
    labelled = read_labels(path)
    book = read_book(samples / labelled.sample)
    texts = book.texts
    linker = NameLinker(figures)
    start = time.perf_counter()
    mentions = linker.mentions(texts)
    seconds = time.perf_counter() - start
    index = LetterIndex(without_note_marks(book))
    placed = [
        (index.letter(passage, first), index.letter(passage, end), figure, passage, first, end)
        for passage, first, end, figure, _ in mentions
    ]
    begins = index.find(labelled.stretches)
    known = {figure.key for figure in figures}
    tally, faults, outside = Tally(), [], 0
    for stretch in labelled.stretches:
        if stretch.digest not in begins:
            continue
        base = begins[stretch.digest]
        labels = [label for label in stretch.labels if label.figure in known]
        outside += len(stretch.labels) - len(labels)
        inside = [mention for mention in placed if base <= mention[0] < base + stretch.letters]
        for label in labels:
            if label.optional:
                continue
            tally.labels += 1
            same = [m for m in inside if m[2] == label.figure and _overlap(m, base, label)]
            tally.found += bool(same)
            tally.exact += any((m[0], m[1]) == (base + label.start, base + label.start + label.length) for m in same)
            if not same:
                at = base + label.start
                around = index.stream[max(0, at - 25) : at + label.length + 15]
                faults.append(f"missed  {label.figure:20} …{around}…")
        for mention in inside:
            over = [label for label in stretch.labels if _overlap(mention, base, label)]
            if any(label.optional and label.figure == mention[2] for label in over):
                continue
            tally.mentions += 1
            if any(label.figure == mention[2] for label in over):
                tally.right += 1
            else:
                _, _, figure, passage, first, end = mention
                text = texts[passage]
                faults.append(
                    f"wrong   {figure:20} …{text[max(0, first - 40) : first]}[{text[first:end]}]{text[end : end + 25]}…"
                )
    return Measured(
        path.stem, tally, len(labelled.stretches), len(labelled.stretches) - len(begins), outside, seconds,
        sum(len(text.split()) for text in texts), faults,
    )  # fmt: skip


def _overlap(mention: tuple[int, int, str, int, int, int], base: int, label: Label) -> bool:
    return mention[0] < base + label.start + label.length and base + label.start < mention[1]


def report(measured: Iterable[Measured], *, verbose: bool) -> str:
    """A table for the eyes."""
    lines = [f"{'text':14} {'labels':>7} {'precision':>10} {'recall':>8} {'exact':>7} {'words':>8} {'seconds':>8}"]
    whole = Tally()
    for one in measured:
        whole.add(one.tally)
        lines.append(
            f"{one.name:14} {one.tally.labels:7} {one.tally.precision:10.4f} {one.tally.recall:8.4f}"
            f" {one.tally.exact / max(1, one.tally.labels):7.3f} {one.words:8,} {one.seconds:8.3f}"
            + (f"  {one.missing_stretches} of {one.stretches} stretches not found" if one.missing_stretches else "")
            + (f"  {one.out_of_glossary} labels of people not in the glossary" if one.out_of_glossary else "")
        )
        if verbose:
            lines += [f"    {fault}" for fault in one.faults]
    lines.append(f"{'all':14} {whole.labels:7} {whole.precision:10.4f} {whole.recall:8.4f}")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    figures = load_pack().figures
    results = [measure(LABELS / name, figures, SAMPLES) for name in NAME_LABELS]
    print(report(results, verbose="-v" in sys.argv))


if __name__ == "__main__":
    main()
