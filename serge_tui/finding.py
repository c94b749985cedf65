"""Find anything: what every kind of thing answers to a query, in one ranked list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from db.dates import HistoricalDate
from serge_tui.finder.anything import merged, name_strength, strength
from serge_tui.navigation import Destination, ReadAt, ShowEvent, ShowFigure, ShowNote, ShowQuotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.library import Library
    from db.models import SearchHit
    from db.search import PassageAnswer
    from serge_tui.commands import Command
    from serge_tui.finder.match import Match
    from serge_tui.finder.names import NameFinder

Kind: TypeAlias = Literal["person", "passage", "quotation", "note", "event", "chapter", "command"]
KINDS: Final[tuple[Kind, ...]] = ("person", "passage", "quotation", "note", "event", "chapter", "command")
KIND_PLURALS: Final[dict[Kind, str]] = {
    "person": "people", "passage": "passages", "quotation": "quotations", "note": "notes", "event": "events",
    "chapter": "chapters", "command": "commands",
}  # fmt: skip
MOST_OF_A_KIND: Final = 60


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the list. `lit` are the matched stretches of `text`, `title_lit` those of `title`.

    Where it leads is a destination or, for a command, its action.
    """

    kind: Kind
    title: str
    text: str
    score: float
    goes_to: Destination | Command
    lit: tuple[tuple[int, int], ...] = ()
    title_lit: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, best first, and a sentence when something else than what was typed had to be looked for."""

    found: tuple[Found, ...] = ()
    note: str = ""


def find_anything(
    library: Library, finder: NameFinder, commands: Iterable[Command], query: str, *, sealed: bool
) -> Answer:
    """Ask every kind. Some ten milliseconds in a long text: in a thread worker."""
    query = query.strip()
    if not query:
        return Answer()
    matches = finder.find(query, limit=20)
    lines = library.figures.one_lines(match.figure for match in matches)
    people = [_person(match, query, lines.get(match.figure, ""), sealed=sealed) for match in matches]
    passages = library.search.forgiving(query, limit=MOST_OF_A_KIND)
    told = [*([] if passages.instead else _hits(passages.hits, query)), *_told(library, query)]
    run = _commands(commands, query)
    note = ""
    if not (people or told or run):
        told, note = _meant(library, query, passages)
    return Answer(tuple(merged([*people, *told, *run])), note)


def _told(library: Library, query: str) -> list[Found]:
    """Everything but passages that holds the words."""
    search = library.search
    kinds = (search.quotations, search.notes, search.events, search.chapters)
    return [found for kind in kinds for found in _hits(kind(query, MOST_OF_A_KIND), query)]


def _meant(library: Library, query: str, passages: PassageAnswer) -> tuple[list[Found], str]:
    """What answers when nothing has the words as typed, with the sentence that says so."""
    readings = passages.readings
    for reading in readings:
        told = _told(library, reading)
        if passages.instead == reading:
            told = [*_hits(passages.hits, reading), *told]
        if told:
            others = [other for other in readings if other != reading][:3]
            more = f" Or did you mean {' or '.join(others)}?" if others else ""
            return told, f"Nothing says {query}; this is for {reading}.{more}"
    if passages.hits:
        return _hits(passages.hits, query), f"Nothing says {query}; this is for {passages.instead}."
    return [], ""


def _person(match: Match, query: str, one_line: str, *, sealed: bool) -> Found:
    told = match.reason == "description"
    lit = tuple((at, at + 1) for at in match.positions)
    score = name_strength(match)
    goes_to = ShowFigure(match.figure, "" if told else query)
    if told and sealed:
        # What is told of somebody tells the end too: only that it matched is said.
        return Found("person", match.name, one_line, score, goes_to)
    if match.alias == match.name:
        return Found("person", match.name, one_line, score, goes_to, title_lit=lit)
    text = f"{match.alias} · {one_line}" if one_line and not told else match.alias
    return Found("person", match.name, text, score, goes_to, lit)


def _hits(hits: Sequence[SearchHit], query: str) -> list[Found]:
    found = []
    for rank, hit in enumerate(hits):
        kind: Kind = "person" if hit.kind == "figure" else hit.kind
        score = strength(kind, rank, hit.title if kind == "chapter" else "", query)
        destination = _destination(hit)
        if hit.kind == "event":
            title = HistoricalDate.parse(hit.title).long
            found.append(Found(kind, title, hit.text, score, destination, hit.matches))
        elif hit.kind == "chapter":
            found.append(Found(kind, hit.title, hit.text, score, destination, title_lit=hit.matches))
        else:
            found.append(Found(kind, hit.title, hit.text, score, destination, hit.matches))
    return found


def _destination(hit: SearchHit) -> Destination:
    match hit.kind:
        case "quotation":
            return ShowQuotation(hit.key)
        case "note":
            return ShowNote(hit.key)
        case "event":
            return ShowEvent(hit.key)
        case "figure":
            return ShowFigure(hit.key)
        case _:
            assert hit.place is not None
            place = hit.place
            if hit.kind == "chapter" or not hit.matches:
                return ReadAt(place)
            first, last = hit.matches[0]
            return ReadAt(place, (place.passage, place.offset, place.passage, place.offset + last - first))


def _commands(commands: Iterable[Command], query: str) -> list[Found]:
    from db.query import parse_query, stretches

    asked = parse_query(query)
    found = []
    for command in commands:
        if command.palette and asked.matches(f"{command.title} {command.help}"):
            lit = stretches(command.title, asked.terms)
            score = strength("command", 0, command.title, query)
            keys = f"{command.help}  {command.label()}".strip()
            found.append(Found("command", command.title, keys, score, command, title_lit=lit))
    return found
