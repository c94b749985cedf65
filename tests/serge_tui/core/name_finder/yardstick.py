"""How well people are found: the labelled queries put to the finder and to two plain ways, in one run.

    python -m tests.serge_tui.core.name_finder.yardstick            the table
    python -m tests.serge_tui.core.name_finder.yardstick --part tune|held
    python -m tests.serge_tui.core.name_finder.yardstick --misses   what went wrong in the part that may be looked at

*first*: a figure that may stand first stands first. *in 3*: it is among the first three. *taken*: it was accepted
without asking. *false*: somebody was accepted who is not meant, as a share of all queries of the row.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from db.text import fold
from serge_tui.core.name_finder.names import NameFinder
from tests.serge_tui.core.name_finder.pack import load

if TYPE_CHECKING:
    from db.models import FigureName

QUERIES = Path(__file__).resolve().parent / "queries.tsv"


@dataclass(frozen=True)
class Labelled:
    """A query, whom it may mean (nobody, when empty), what kind of query it is, and its part."""

    query: str
    expected: frozenset[str]
    kind: str
    part: str


@dataclass(frozen=True)
class Answer:
    """The first three figures in order, and the one accepted without asking."""

    first: tuple[str, ...]
    accepted: str | None


Way = Callable[[str], Answer]


@dataclass
class Tally:
    """Counts over queries for somebody (`asked`) and for all (`queries`)."""

    queries: int = 0
    asked: int = 0
    first: int = 0
    in_three: int = 0
    taken: int = 0
    false: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, labelled: Labelled, answer: Answer) -> None:
        """Count one answer."""
        self.queries += 1
        if answer.accepted is not None and answer.accepted not in labelled.expected:
            self.false += 1
            self.misses.append(f"FALSE {labelled.query!r} taken for {answer.accepted} ({labelled.kind})")
        if not labelled.expected:
            return
        self.asked += 1
        self.taken += answer.accepted in labelled.expected
        self.in_three += bool(labelled.expected.intersection(answer.first[:3]))
        if labelled.expected.intersection(answer.first[:1]):
            self.first += 1
        else:
            wanted = "|".join(sorted(labelled.expected))
            self.misses.append(f"{labelled.query!r} wants {wanted}, got {list(answer.first)} ({labelled.kind})")

    def share(self, what: str) -> float:
        """`first`, `in_three` and `taken` in per cent of those asked, `false` in per cent of all."""
        of = self.queries if what == "false" else self.asked
        return 100 * int(getattr(self, what)) / of if of else 0.0

    def row(self) -> str:
        """As printed."""
        if not self.asked:
            return f"{'':24}{self.share('false'):8.1f}"
        return "".join(f"{self.share(what):8.1f}" for what in ("first", "in_three", "taken", "false"))


def labelled(part: str | None = None) -> list[Labelled]:
    """The committed queries, of one part or all."""
    rows = [line.split("\t") for line in QUERIES.read_text("utf-8").splitlines()]
    return [
        Labelled(query, frozenset() if expected[0] in "-!" else frozenset(expected.split("|")), kind, of)
        for query, expected, kind, of in rows
        if part in (None, of)
    ]


def measure(way: Way, queries: Sequence[Labelled]) -> dict[str, Tally]:
    """Tallies by kind, and over all of them under the name `all`."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for query in queries:
        answer = way(query.query)
        tallies[query.kind].add(query, answer)
        tallies["all"].add(query, answer)
    return tallies


def by_finder(figures: Sequence[FigureName], texts: Mapping[str, str]) -> Way:
    """What is measured: the list while typing, and the decision on the whole."""
    finder = NameFinder(figures, texts)

    def ask(query: str) -> Answer:
        found = finder.find(query, limit=3)
        meant = finder.identify(query)
        accepted = meant.best.figure if meant.accepted and meant.best else None
        return Answer(tuple(match.figure for match in found), accepted)

    return ask


def by_wratio(figures: Sequence[FigureName], cutoff: float = 85.0) -> Way:
    """Plain rapidfuzz: the best `WRatio` over all spellings, taken from `cutoff` on when nobody else is level."""
    from rapidfuzz import fuzz, process

    spellings = [(fold(text), figure.key) for figure in figures for text in _spellings(figure)]
    texts = [text for text, _key in spellings]

    def ask(query: str) -> Answer:
        scores: dict[str, float] = {}
        for _text, score, at in process.extract(fold(query), texts, scorer=fuzz.WRatio, limit=12):
            scores.setdefault(spellings[at][1], score)
        ranked = list(scores)
        sure = ranked and scores[ranked[0]] >= cutoff
        alone = len(ranked) < 2 or scores[ranked[1]] < scores[ranked[0]] if ranked else False
        return Answer(tuple(ranked[:3]), ranked[0] if sure and alone else None)

    return ask


def by_fts(figures: Sequence[FigureName], texts: Mapping[str, str]) -> Way:
    """Plain SQLite: every word as a prefix in FTS5 over names and texts, names weighing ten times; one hit is taken."""
    base = sqlite3.connect(":memory:")
    base.execute(
        "create virtual table f using fts5(key unindexed, names, texts, tokenize='unicode61 remove_diacritics 2')"
    )
    base.executemany(
        "insert into f values (?, ?, ?)",
        [(figure.key, " ".join(_spellings(figure)), texts.get(figure.key, "")) for figure in figures],
    )

    def ask(query: str) -> Answer:
        words = "".join(char if char.isalnum() else " " for char in query).split()
        if not words:
            return Answer((), None)
        match = " ".join(f'"{word}"*' for word in words)
        rows = base.execute("select key from f where f match ? order by bm25(f, 0, 10, 1) limit 3", [match]).fetchall()
        found = tuple(str(row[0]) for row in rows)
        return Answer(found, found[0] if len(found) == 1 else None)

    return ask


def _spellings(figure: FigureName) -> Iterator[str]:
    yield figure.name
    yield from filter(None, [figure.native_name])
    yield from (alias.text for alias in figure.aliases)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--part", choices=["tune", "held"])
    options.add_argument("--misses", action="store_true")
    options.add_argument("--only", action="store_true", help="without the two plain ways")
    chosen = options.parse_args()
    figures, texts = load()
    queries = labelled("tune" if chosen.misses else chosen.part)
    ways = {"finder": by_finder(figures, texts)}
    if not (chosen.misses or chosen.only):
        ways |= {"WRatio": by_wratio(figures), "FTS5": by_fts(figures, texts)}
    results: dict[str, dict[str, Tally]] = {}
    spent: dict[str, float] = {}
    for name, way in ways.items():
        started = perf_counter()
        results[name] = measure(way, queries)
        spent[name] = 1000 * (perf_counter() - started) / len(queries)
    if chosen.misses:
        sys.stdout.write("\n".join(results["finder"]["all"].misses) + "\n")
    out = [f"{len(queries)} queries, {len(figures)} figures, part: {chosen.part or 'all'}".ljust(52)]
    out.append(f"{'':46}" + "".join(f"{name + f' ({spent[name]:.1f} ms)':>32}" for name in ways))
    out.append(f"{'':38}{'queries':>8}" + f"{'first':>8}{'in 3':>8}{'taken':>8}{'false':>8}" * len(ways))
    kinds = sorted(results["finder"], key=lambda kind: (kind == "all", kind))
    out.extend(
        f"{kind:38}{results['finder'][kind].queries:8}" + "".join(results[name][kind].row() for name in ways)
        for kind in kinds
    )
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
