"""Move random highlights from one text of a book to another and count where they land.

    python -m tests.db.measure_anchoring FROM TO [HIGHLIGHTS]

The truth is found without the code under test: the words of both texts are laid beside one another by runs of six words
that stand once in each, and a highlight's first and last word must be found in such runs. A highlight that has no
counterpart by that measure ought to be an orphan.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.anchoring import TextIndex, make_anchor, reanchor
from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.book import Book

_WORD: Final = re.compile(r"\w+")
RUN: Final = 6
_LONG: Final = 60
SLACK: Final = 3
"""Words by which a highlight may begin or end elsewhere and still be right: the texts differ in their very words."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of moving highlights."""

    right: int
    wrong: int
    orphaned: int
    orphaned_rightly: int
    wrong_ones: tuple[str, ...]

    @property
    def movable(self) -> int:
        """Highlights that have a counterpart in the other text."""
        return self.right + self.wrong + self.orphaned


@dataclass(frozen=True, slots=True)
class _Words:
    """Every word of a text with its passage and offsets."""

    folded: list[str]
    places: list[tuple[int, int, int]]

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Words:
        folded, places = [], []
        for ordinal, text in enumerate(texts):
            for match in _WORD.finditer(text):
                folded.append(fold(match.group()))
                places.append((ordinal, match.start(), match.end()))
        return cls(folded, places)

    def near(self, passage: int, offset: int) -> int:
        """Index of the word at or after a place."""
        low, high = 0, len(self.places)
        while low < high:
            middle = (low + high) // 2
            if (self.places[middle][0], self.places[middle][2]) <= (passage, offset):
                low = middle + 1
            else:
                high = middle
        return low


def counterparts(one: _Words, other: _Words) -> dict[int, int]:
    """For word indices of one text, the index of the same word in the other, by runs that stand once in each."""

    def unique_runs(words: list[str]) -> dict[tuple[str, ...], int]:
        runs = [tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]
        counts = Counter(runs)
        return {run: i for i, run in enumerate(runs) if counts[run] == 1}

    there = unique_runs(other.folded)
    found: dict[int, int] = {}
    for run, i in unique_runs(one.folded).items():
        if (j := there.get(run)) is not None:
            for step in range(RUN):
                found[i + step] = j + step
    return found


def texts_of(book: Book) -> list[str]:
    """The passages of a book."""
    return [block.text for chapter in book.chapters for block in chapter.blocks]


def move(one: Sequence[str], other: Sequence[str], number: int = 500, seed: int = 1) -> Tally:
    """Move random highlights of 3 to 40 words from one text to the other."""
    chance = random.Random(seed)
    here, there = _Words.of(one), _Words.of(other)
    truth = counterparts(here, there)
    index = TextIndex(other)
    right = wrong = orphaned = rightly = 0
    wrong_ones = []
    for _ in range(number):
        while True:
            first = chance.randrange(len(here.places) - 45)
            last = first + chance.randint(2, 39)
            if here.places[first][0] == here.places[last][0]:
                break
        passage, start, _ = here.places[first]
        _, _, end = here.places[last]
        anchor = make_anchor("a", one, 0, passage, start, passage, end)
        found = reanchor(anchor, "anchored", index)
        true_first, true_last = truth.get(first), truth.get(last)
        has_counterpart = true_first is not None and true_last is not None and true_last >= true_first
        if found.state == "orphan":
            orphaned += has_counterpart
            rightly += not has_counterpart
            continue
        landed_first = there.near(found.anchor.passage, found.anchor.start)
        landed_last = there.near(found.anchor.end_passage, found.anchor.end - 1)
        near_first = true_first is None or abs(landed_first - true_first) <= SLACK
        near_last = true_last is None or abs(landed_last - true_last) <= SLACK
        if near_first and near_last:
            right += 1
        else:
            wrong += 1
            wrong_ones.append(anchor.exact)
    return Tally(right, wrong, orphaned, rightly, tuple(wrong_ones))


def cut(texts: Sequence[str], number: int = 100, seed: int = 1, *, longer: bool = False) -> Tally:
    """Move a highlight of 25 to 50 words from each of `number` long passages to a text that lacks a stretch of it.

    The stretch is a fifth to nearly half of the words, inside the highlight. With `longer`, the texts change places:
    the highlight lacks what the text has. A highlight moved to its own first and last word is right.
    """
    chance = random.Random(seed)
    shortened, taken = list(texts), []
    long = [passage for passage, text in enumerate(texts) if len(_WORD.findall(text)) >= _LONG]
    for passage in sorted(chance.sample(long, min(number, len(long)))):
        text = texts[passage]
        words = list(_WORD.finditer(text))
        length = chance.randint(25, 50)
        first = chance.randrange(len(words) - length)
        gone = int(length * chance.uniform(0.2, 0.45))
        from_word = first + chance.randint(5, length - gone - 5)
        begin, end = words[from_word].start(), words[from_word + gone].start()
        shortened[passage] = text[:begin] + text[end:]
        start, stop = words[first].start(), words[first + length - 1].end()
        taken.append((passage, start, stop, end - begin))
    source, target = (shortened, list(texts)) if longer else (list(texts), shortened)
    index = TextIndex(target)
    right = orphaned = 0
    wrong_ones = []
    for passage, start, stop, less in taken:
        here, there = (stop - less, stop) if longer else (stop, stop - less)
        anchor = make_anchor("a", source, 0, passage, start, passage, here)
        found = reanchor(anchor, "anchored", index)
        place = found.anchor
        if found.state == "orphan":
            orphaned += 1
        elif (place.passage, place.start, place.end_passage, place.end) == (passage, start, passage, there):
            right += 1
        else:
            wrong_ones.append(f"{anchor.exact}\n      -> {target[place.passage][place.start : place.end]}")
    return Tally(right, len(wrong_ones), orphaned, 0, tuple(wrong_ones))


def gone(texts: Sequence[str], number: int = 100, seed: int = 1) -> list[str]:
    """Highlights of 20 to 50 words that were taken somewhere though the passage they stand in is gone."""
    chance = random.Random(seed)
    long = [passage for passage, text in enumerate(texts) if len(_WORD.findall(text)) >= _LONG]
    chosen = sorted(chance.sample(long, min(number, len(long))))
    index = TextIndex(["" if passage in chosen else text for passage, text in enumerate(texts)])
    taken = []
    for passage in chosen:
        words = list(_WORD.finditer(texts[passage]))
        length = chance.randint(20, 50)
        first = chance.randrange(len(words) - length)
        start, stop = words[first].start(), words[first + length - 1].end()
        anchor = make_anchor("a", texts, 0, passage, start, passage, stop)
        if reanchor(anchor, "anchored", index).state != "orphan":
            taken.append(anchor.exact)
    return taken


def lookalikes(one: Sequence[str], other: Sequence[str], number: int = 500, seed: int = 1) -> list[str]:
    """Highlights of two to six words that were taken somewhere though the passage of the other text they stand in is
    gone; of `number` whose words stand elsewhere in it too.
    """
    chance = random.Random(seed)
    here, there = _Words.of(one), _Words.of(other)
    truth = counterparts(here, there)
    index = TextIndex([text if ordinal % 2 else "" for ordinal, text in enumerate(other)])
    taken = []
    while number:
        first = chance.randrange(len(here.places) - 8)
        last = first + chance.randint(1, 5)
        true_first, true_last = truth.get(first), truth.get(last)
        if here.places[first][0] != here.places[last][0] or true_first is None or true_last is None:
            continue
        passage, start, _ = here.places[first]
        anchor = make_anchor("a", one, 0, passage, start, passage, here.places[last][2])
        if any(there.places[word][0] % 2 for word in (true_first, true_last)) or not index.exact(fold(anchor.exact)):
            continue
        number -= 1
        if reanchor(anchor, "anchored", index).state != "orphan":
            taken.append(anchor.exact)
    return taken


def main(arguments: list[str]) -> None:
    """Print the tally."""
    from import_scripts.formats.book_file import read_book

    one, other = (texts_of(read_book(Path(name))) for name in arguments[:2])
    number = int(arguments[2]) if len(arguments) > 2 else 500
    tally = move(one, other, number)
    print(f"{number} highlights: {tally.right} right, {tally.wrong} wrong, {tally.orphaned} orphaned wrongly,")
    print(f"{tally.orphaned_rightly} orphaned that have no counterpart; right of those movable:", end=" ")
    print(f"{100 * tally.right / max(1, tally.movable):.1f} %")
    for words in tally.wrong_ones:
        print(f"  wrong: {words[:100]}")
    for longer, what in ((False, "with a stretch cut from the text"), (True, "with a stretch added in the text")):
        done = cut(other, number, longer=longer)
        print(f"{done.movable} long ones {what}: {done.right} right, {done.wrong} wrong, {done.orphaned} orphaned")
    print(f"{number} long ones whose own passage is gone: {len(gone(other, number))} taken elsewhere")
    print(f"{number} short ones whose own passage is gone: {len(lookalikes(one, other, number))} taken elsewhere")


if __name__ == "__main__":
    main(sys.argv[1:])
