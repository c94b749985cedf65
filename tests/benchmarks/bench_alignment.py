"""Two editions put in step: how long it takes, and how good it is on a real pair of texts.

The pair is Reed's book as an EPUB and as plain text, beside the checkout; without it only the time is measured. What is
right is known from a comparison word by word (longest common subsequence), of which the aligner is told nothing when
it goes by names and numbers alone, as it would with two languages.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from db.text import fold
from serge_tui.core.typesetting.align import Marked, align, anchors
from tests.benchmarks.generate import chapters
from tests.benchmarks.report import Row, milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterator

BOOKS: Final = Path(__file__).resolve().parents[3] / "shared" / "samples" / "books"
SECOND: Final = 1_000.0
PASSAGES: Final = 1_000

Links = set[tuple[int, int]]


def rows() -> Iterator[Row]:
    """Measure the time for 1,000 passages against 1,000, and the quality on the real pair."""
    texts = [" ".join(part.words) for chapter in chapters(110_000, 3) for part in chapter.paragraphs][:PASSAGES]
    plain = milliseconds(lambda: [anchors(text) for text in texts], 3)
    yield Row("anchors of 1,000 passages", f"{plain:.0f} ms")
    for what, kinds in (("all anchors", "@#~"), ("names and numbers", "@#"), ("lengths alone", "")):
        side = [told(text, kinds) for text in texts]
        taken = milliseconds(partial(align, side, side[:300] + side[350:] + side[:50]), 3)
        yield Row(f"1,000 x 1,000 by {what}", f"{taken:.0f} ms", "", "1,000 ms", taken <= SECOND)
    if BOOKS.is_dir():
        yield from quality()


def told(text: str, kinds: str) -> Marked:
    """Give a passage with those of its anchors whose kind is among `kinds`."""
    return text, frozenset(anchor for anchor in anchors(text) if anchor[0] in kinds)


def quality() -> Iterator[Row]:
    """Measure links found and missed, and how many passages lead to a right one."""
    pairs = [(left, right, known_links(left, right)) for left, right in real_pairs()]
    passages = sum(len(left) for left, _, _ in pairs)
    yield Row(f"real pair: {len(pairs)} chapters, {passages} passages", "")
    for what, kinds in (("all anchors", "@#~"), ("names and numbers", "@#"), ("lengths alone", "")):
        for worse, lacking in (("", 0.0), (", a tenth lacking", 0.1)):
            yield measure(f"by {what}{worse}", pairs, kinds, lacking)


def measure(what: str, pairs: list[tuple[list[str], list[str], Links]], kinds: str, lacking: float) -> Row:
    """Align every chapter and count; `lacking` leaves out that part of the right side, and a block of the left."""
    chance = random.Random(4)
    right_links = found_links = known_count = landed = passages = 0
    start = perf_counter()
    for left, right, known in pairs:
        begin = chance.randrange(len(left))
        gone = range(begin, begin + round(len(left) * lacking))
        here = [i for i in range(len(left)) if i not in gone]
        there = [j for j in range(len(right)) if chance.random() >= lacking]
        groups = align([told(left[i], kinds) for i in here], [told(right[j], kinds) for j in there])
        found = {(here[i], there[j]) for group in groups for i in group.left for j in group.right}
        wanted = {(i, j) for i, j in known if i in set(here) and j in set(there)}
        right_links += len(found & wanted)
        found_links += len(found)
        known_count += len(wanted)
        passages += len({i for i, _ in wanted})
        landed += len({i for i, _ in wanted & found})
    taken = (perf_counter() - start) * 1_000
    precision, recall = right_links / found_links, right_links / known_count
    return Row(
        f"  right passage found {what}",
        f"{landed / passages:.2%}",
        f"precision {precision:.1%}, recall {recall:.1%}",
        f"{taken:.0f} ms in all",
    )


def real_pairs() -> Iterator[tuple[list[str], list[str]]]:
    """Yield the chapters that both editions of Reed's book have, by their numbers."""
    from import_scripts.formats.book_file import read_book

    epub = read_book(BOOKS / "john-reed_ten-days-that-shook-the-world.epub")
    text = read_book(BOOKS / "reed_ten_days_utf8.txt")
    others = {_key(chapter.title): chapter for chapter in text.chapters}
    for chapter in epub.chapters:
        other = others.get(_key(chapter.title))
        if other is not None and len(other.blocks) > 10:
            yield [block.text for block in chapter.blocks], [block.text for block in other.blocks]


def _key(title: str) -> str:
    return re.sub(r"\W+", "", re.sub("^chapter ", "", fold(title)))


def known_links(left: list[str], right: list[str]) -> Links:
    """Find passages that have at least half the words of the shorter in common, word for word and in order."""
    from rapidfuzz.distance import LCSseq

    sides = [
        [(word, at) for at, text in enumerate(side) for word in re.findall("[a-z]+", fold(text))]
        for side in (left, right)
    ]
    sizes = [Counter(at for _, at in side) for side in sides]
    words = [[word for word, _ in side] for side in sides]
    common: Counter[tuple[int, int]] = Counter()
    for block in LCSseq.opcodes(words[0], words[1]):
        if block.tag == "equal":
            for step in range(block.src_end - block.src_start):
                common[sides[0][block.src_start + step][1], sides[1][block.dest_start + step][1]] += 1
    return {(i, j) for (i, j), count in common.items() if count >= 0.5 * min(sizes[0][i], sizes[1][j])}
