"""Who is named in the same chapters: a graph of people, for graph programs."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args
from xml.sax.saxutils import escape, quoteattr

from db.text import sanitise_line
from serge_tui.core.export.table import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

GraphFormat: TypeAlias = Literal["dot", "graphml", "csv"]
GRAPH_FORMATS: Final[tuple[GraphFormat, ...]] = get_args(GraphFormat)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the graph; `died` is None if it is unknown or hidden."""

    key: str
    name: str
    born: int | None = None
    died: int | None = None
    movements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two people named in the same chapters, and in how many passages both are."""

    first: str
    second: str
    chapters: tuple[int, ...]
    passages: int = 0


def meetings(
    chapters: Mapping[int, Iterable[str]], passages: Iterable[Iterable[str]] = (), least: int = 1
) -> list[Meeting]:
    """Return every pair that is named in at least `least` chapters together, those with most chapters first.

    Args:
        chapters: The keys of those named in each chapter, by its number.
        passages: The keys of those named in each passage.
        least: How many chapters a pair must share.
    """
    shared: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number in sorted(chapters):
        for pair in combinations(sorted(set(chapters[number])), 2):
            shared[pair].append(number)
    together = Counter(pair for keys in passages for pair in combinations(sorted(set(keys)), 2))
    found = [
        Meeting(first, second, tuple(numbers), together[first, second])
        for (first, second), numbers in shared.items()
        if len(numbers) >= least
    ]
    return sorted(found, key=lambda one: (-len(one.chapters), -one.passages, one.first, one.second))


def graph_text(people: Sequence[Person], found: Sequence[Meeting], form: GraphFormat) -> str:
    """Write the graph; only people who meet somebody are in it."""
    met = {key for one in found for key in (one.first, one.second)}
    present = [person for person in people if person.key in met]
    match form:
        case "dot":
            return _dot(present, found)
        case "graphml":
            return _graphml(present, found)
        case "csv":
            return _csv(present, found)


def _dot(people: Sequence[Person], found: Sequence[Meeting]) -> str:
    """DOT (https://graphviz.org/doc/info/lang.html): in a quoted string only quotes and backslashes are escaped."""
    lines = ["graph serge {", "  node [shape=box];"]
    lines += [f"  {_quoted(person.key)} [label={_quoted(person.name)}];" for person in people]
    lines += [
        f"  {_quoted(one.first)} -- {_quoted(one.second)}"
        f" [weight={len(one.chapters)}, label={_quoted(_numbers(one.chapters))}, passages={one.passages}];"
        for one in found
    ]
    return "\n".join([*lines, "}", ""])


def _quoted(text: str) -> str:
    escaped = sanitise_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _graphml(people: Sequence[Person], found: Sequence[Meeting]) -> str:
    """GraphML (http://graphml.graphdrawing.org/specification.html)."""
    keys = [
        ("name", "node", "string"), ("born", "node", "int"), ("died", "node", "int"), ("movements", "node", "string"),
        ("weight", "edge", "int"), ("chapters", "edge", "string"), ("passages", "edge", "int"),
    ]  # fmt: skip
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [f'  <key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>' for name, of, kind in keys]
    lines.append('  <graph id="serge" edgedefault="undirected">')
    for person in people:
        data = _data(name=person.name, born=person.born, died=person.died, movements="; ".join(person.movements))
        lines.append(f"    <node id={quoteattr(person.key)}>{data}</node>")
    for one in found:
        data = _data(weight=len(one.chapters), chapters=_numbers(one.chapters), passages=one.passages)
        lines.append(f"    <edge source={quoteattr(one.first)} target={quoteattr(one.second)}>{data}</edge>")
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def _data(**values: object) -> str:
    return "".join(
        f'<data key="{name}">{escape(sanitise_line(str(value)))}</data>'
        for name, value in values.items()
        if value not in (None, "")
    )


def _csv(people: Sequence[Person], found: Sequence[Meeting]) -> str:
    """A list of edges as Gephi and Cytoscape import it."""
    names = {person.key: person.name for person in people}
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["Source", "Target", "Type", "Weight", "Chapters", "Passages", "SourceName", "TargetName"])
    for one in found:
        rows.writerow([one.first, one.second, "Undirected", len(one.chapters), _numbers(one.chapters), one.passages,
                       harmless(names.get(one.first, one.first)),
                       harmless(names.get(one.second, one.second))])  # fmt: skip
    return out.getvalue()


def _numbers(chapters: Iterable[int]) -> str:
    return " ".join(map(str, chapters))
