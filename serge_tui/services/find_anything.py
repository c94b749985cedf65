"""Find anything: what every kind of thing answers to a query, in one ranked list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from db.chronicle import HIDDEN_EVENT
from db.dates import HistoricalDate
from serge_tui.core.name_finder.anything import merged, name_strength, strength
from serge_tui.navigation import Destination, ReadAt, ShowEvent, ShowFigure, ShowNote, ShowQuotation, term_entry
from serge_tui.services.term_finder import find_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Future

    from db.library import Library
    from db.models import SearchHit
    from serge_tui.core.name_finder.match import Match
    from serge_tui.core.name_finder.names import NameFinder
    from serge_tui.services.hidden_ends import HiddenEnds

Kind: TypeAlias = Literal[
    "person", "term", "passage", "quotation", "note", "event", "chapter", "command", "search", "try"
]
KINDS: Final[tuple[Kind, ...]] = ("person", "term", "passage", "quotation", "note", "event", "chapter", "command")
KIND_PLURALS: Final[dict[Kind, str]] = {
    "person": "people", "term": "terms", "passage": "passages", "quotation": "quotations", "note": "notes",
    "event": "events", "chapter": "chapters", "command": "commands", "search": "searches", "try": "examples",
}  # fmt: skip
MOST_OF_A_KIND: Final = 60
MOST_REMEMBERED: Final = 20
_NAMED: Final = frozenset({"name", "alias", "other spelling"})
_SURE: Final = 60.0
"""Points from which on somebody is named by all that was typed; below, a word of it is nothing of theirs."""
EXAMPLES: Final = (
    ("Sinowjew", "somebody, in any spelling"),
    ("the Old Man", "or by what they were called"),
    ('"black market"', "words in this order"),
    ("kronstadt -ice", "without a word"),
    ("lenin near kronstadt", "near each other; near/3 for at most three words between"),
    ("chapter 4", "a chapter; ch4 too"),
    ("February 1921", "what happened then"),
    ("theme", "something to be done"),
)
_GUESSED: Final = 0.4
"""What is left of the strength of what answers only to a guess at the words: below whoever is described by them."""
_HIDDEN_STRENGTH: Final = 2.0
"""What tells nothing stands last."""


class FindableCommand(Protocol):
    """What is needed of a command to find it: `Command` is one."""

    @property
    def title(self) -> str:
        """Its name, verb first."""

    @property
    def help(self) -> str:
        """A sentence on what it does."""

    @property
    def palette(self) -> bool:
        """Whether it is offered by name."""

    def label(self) -> str:
        """Its keys as shown to a person."""


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the list. `lit` are the matches in `text` to highlight, `title_lit` those in `title`.

    Where it leads is a destination, for a command the command, and for a search other words to look for.
    """

    kind: Kind
    title: str
    text: str
    score: float
    goes_to: Destination | FindableCommand | str
    lit: tuple[tuple[int, int], ...] = ()
    title_lit: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The results, best first, and a sentence if the search was for something other than the typed words.

    `others` are other searches that the reader may have meant; each has results.
    """

    found: tuple[Found, ...] = ()
    note: str = ""
    others: tuple[str, ...] = ()


def find_anything(
    library: Library,
    finder: NameFinder,
    commands: Iterable[FindableCommand],
    query: str,
    *,
    ends: HiddenEnds,
    most: int = MOST_OF_A_KIND,
) -> Answer:
    """Ask every kind, for so many of each at most. Some ten milliseconds in a long text: in a thread worker."""
    query = query.strip()
    if not query:
        return Answer()
    matches = finder.find(query, limit=20)
    lines = library.figures.one_lines(match.figure for match in matches)
    people = [_person(match, query, lines.get(match.figure, ""), hidden=ends.of(match.figure)) for match in matches]
    terms = _terms(library, query)
    told = _told(library, query, ends, most)
    run = _commands(commands, query)
    if told or run or terms or any(match.reason in _NAMED and match.score >= _SURE for match in matches):
        return Answer(tuple(merged([*people, *terms, *told, *run])))
    guessed, instead, others = _meant(library, query, ends, most)
    if not guessed:
        return Answer(tuple(people))
    note = f"Nothing {'else ' if people else ''}says {query}; {'the rest' if people else 'this'} is for {instead}."
    return Answer(tuple(merged([*people, *guessed])), note, others)


def begin_with(library: Library) -> list[Found]:
    """What an empty box offers: the last searches, then examples."""
    earlier = remembered(library)
    return [
        *(Found("search", query, "", 0.0, query) for query in earlier),
        *(Found("try", query, why, 0.0, query) for query, why in EXAMPLES if query not in earlier),
    ]


def remembered(library: Library) -> list[str]:
    """The last searches, the latest first."""
    return [str(query) for query in library.settings.get("searches", list[str]())]


def remember(library: Library, query: str, *, forget: bool = False) -> Future[None] | None:
    """Keep a search that led somewhere as the latest, or `forget` it; None where that changes nothing."""
    earlier = remembered(library)
    others = [other for other in earlier if other != query]
    now = others if forget else [query, *others][:MOST_REMEMBERED]
    return None if now == earlier else library.settings.set("searches", now)


def _told(
    library: Library, query: str, ends: HiddenEnds, most: int, passages: Sequence[SearchHit] | None = None
) -> list[Found]:
    """Everything that has the words; `passages` where these were looked for already."""
    search = library.search
    kinds = (search.quotations, search.notes, search.events, search.chapters)
    said = search.saying(query, limit=most).hits if passages is None else passages
    found = _hits(library, said, query, ends)
    return [*found, *(found for kind in kinds for found in _hits(library, kind(query, MOST_OF_A_KIND), query, ends))]


def _meant(library: Library, query: str, ends: HiddenEnds, most: int) -> tuple[list[Found], str, tuple[str, ...]]:
    """What answers when nothing has the words as typed, which words it has instead, and what else may be meant."""
    passages = library.search.meant(query, limit=most)
    answers = []
    for reading in passages.readings:
        said = passages.hits if passages.instead == reading else ()
        if told := _told(library, reading, ends, most, said):
            answers.append((reading, told))
        elif reading in passages.others:
            answers.append((reading, []))
    if answers and answers[0][1]:
        instead, told = answers[0]
        others = tuple(reading for reading, _ in answers[1:4])
    else:
        instead, told, others = passages.instead, _hits(library, passages.hits, query, ends), ()
    return [replace(found, score=_GUESSED * found.score) for found in told], instead, others


def _terms(library: Library, query: str) -> list[Found]:
    """The terms that are named by all that was typed, each with its one line."""
    found = []
    for match in find_terms(library, query):
        term = library.terms.by_key(match.figure)
        if term is None:
            continue
        goes_to = ShowFigure(term_entry(term.key))
        lit = _runs(match.positions)
        if match.alias == match.name:
            found.append(Found("term", match.name, term.one_line, name_strength(match), goes_to, title_lit=lit))
        else:
            text = f"{match.alias} · {term.one_line}"
            found.append(Found("term", match.name, text, name_strength(match), goes_to, lit))
    return found


def _person(match: Match, query: str, one_line: str, *, hidden: bool) -> Found:
    told = match.reason == "description"
    lit = _runs(match.positions)
    score = name_strength(match)
    goes_to = ShowFigure(match.figure, "" if told else query)
    if told and hidden:
        # What is told of somebody tells the end too: only that it matched is said.
        return Found("person", match.name, one_line, score, goes_to)
    if match.alias == match.name:
        return Found("person", match.name, one_line, score, goes_to, title_lit=lit)
    text = f"{match.alias} · {one_line}" if one_line and not told else match.alias
    return Found("person", match.name, text, score, goes_to, lit)


def _runs(positions: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Offsets of letters as stretches."""
    runs: list[tuple[int, int]] = []
    for at in positions:
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return tuple(runs)


def _hits(library: Library, hits: Sequence[SearchHit], query: str, ends: HiddenEnds) -> list[Found]:
    from db.query import parse_query, stretches

    terms = parse_query(query).terms
    found = []
    for rank, hit in enumerate(hits):
        kind: Kind = "person" if hit.kind == "figure" else hit.kind
        score = strength(kind, rank, hit.title if kind == "chapter" else "", query)
        destination = _destination(hit)
        if hit.kind == "event":
            title = HistoricalDate.parse(hit.title).long
            hidden = hit.key in ends.events
            text, lit = (HIDDEN_EVENT, ()) if hidden else (hit.text, hit.matches)
            score = _HIDDEN_STRENGTH if hidden else score
            found.append(Found(kind, title, text, score, destination, lit, stretches(title, terms)))
        elif hit.kind == "chapter":
            found.append(Found(kind, hit.title, hit.text, score, destination, title_lit=hit.matches))
        elif hit.kind == "quotation":
            lit = stretches(hit.title, terms)
            if hit.key in ends.quotations:
                found.append(Found(kind, hit.title, HIDDEN_EVENT, _HIDDEN_STRENGTH, destination, (), lit))
            else:
                found.append(Found(kind, hit.title, hit.text, score, destination, hit.matches, lit))
        elif hit.kind == "passage" and _tells_an_end(library, hit, ends):
            found.append(Found(kind, hit.title, HIDDEN_EVENT, _HIDDEN_STRENGTH, destination))
        else:
            found.append(Found(kind, hit.title, hit.text, score, destination, hit.matches))
    return found


def _tells_an_end(library: Library, hit: SearchHit, ends: HiddenEnds) -> bool:
    """Return whether a passage would tell an end that is hidden."""
    if hit.place is None or not ends.died:
        return False
    edition, ordinal = hit.place.edition, hit.place.passage
    passage = library.passages.at(edition, ordinal)
    return passage is not None and bool(
        ends.told_by(passage.text, library.passages.mentions(edition, ordinal, ordinal))
    )


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


def _commands(commands: Iterable[FindableCommand], query: str) -> list[Found]:
    from db.query import parse_query, stretches

    asked = parse_query(query)
    if not asked:
        return []
    found = []
    for command in commands:
        if command.palette and asked.matches(f"{command.title} {command.help}"):
            lit = stretches(command.title, asked.terms)
            score = strength("command", 0, command.title, query)
            keys = f"{command.help}  {command.label()}".strip()
            found.append(Found("command", command.title, keys, score, command, title_lit=lit))
    return found
