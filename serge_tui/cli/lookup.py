"""`serge who` and `serge search`: look something up without opening the app."""

from __future__ import annotations

import shutil
import sys
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from db import vocabulary
from db.errors import SergeError
from db.text import fold, sanitise, sanitise_line
from serge_tui.cli.common import need_words, open_library, say, say_json, say_status
from serge_tui.cli.completion import complete_edition, complete_person
from serge_tui.navigation import ReadAt, ShowEvent, ShowFigure, ShowNote, ShowQuotation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.library import Library
    from db.models import Place
    from serge_tui.core.name_finder.match import Identification
    from serge_tui.services.find_anything import Found
    from serge_tui.services.hidden_ends import HiddenEnds

_EXACT: Final = 100.0
_NEAR: Final = 30.0
"""Largest difference in score at which another match is mentioned."""


@click.command("who", short_help="Say who somebody is, or what a term or place is.")
@click.argument("names", nargs=-1, required=True, metavar="NAME…", shell_complete=complete_person)
@click.option("--fates", is_flag=True, help="Show how lives ended, even if that is hidden in the app.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array: query, id, name, score, alternatives.")
@click.option(
    "--json-lines", "as_lines", is_flag=True, help="The same objects, one a line, each as soon as it is found."
)
@click.pass_obj
def who_command(path: Path, names: tuple[str, ...], fates: bool, as_json: bool, as_lines: bool) -> None:
    """Say who somebody is, or what a term or place is, in any spelling.

    With -, names are read from standard input, one a line.

    Exit code 1 if a name is not known.

    \b
    Examples:
      serge who Sinowjew
      serge who "the Old Man" Koba
      serge who POUM Smolny
      cut -f1 names.tsv | serge who --json-lines -
    """
    from serge_tui.core.name_finder.names import NameFinder
    from serge_tui.services.hidden_ends import hidden_ends

    need_words("".join(names), "who")
    unknown = 0
    identified: list[dict[str, object]] = []
    with open_library(path) as library:
        finder = NameFinder(library.figures.names(), library.figures.texts())
        terms = _TermFinder(library)
        teller = _Teller(library, hidden_ends(library, hidden=False if fates else None))
        several = len(names) > 1 or "-" in names
        for name in _names(names):
            found = finder.identify(name)
            what = terms.meant(found)
            unknown += what is None and _is_unknown(found)
            if as_json or as_lines:
                identified.append(_identified(found if what is None else what, term=what is not None))
                if as_lines:
                    say_json(identified.pop(), indent=None)
            elif what is not None:
                teller.tell_term(what, several=several)
            else:
                teller.tell(found, several=several)
    if as_json and not as_lines:
        say_json(identified)
    if unknown:
        raise SystemExit(1)


def _names(names: tuple[str, ...]) -> Iterator[str]:
    """Yield the names asked for, without blank ones; `-` means the lines of standard input."""
    for given in names:
        for name in sys.stdin if given == "-" else (given,):
            if name.strip():
                yield name.strip()


class _TermFinder:
    """Finds the term that a query names: exactly first, then in any spelling."""

    def __init__(self, library: Library) -> None:
        from serge_tui.core.name_finder.names import NameFinder

        names = library.terms.names()
        self._finder = NameFinder(names)
        self._exact = {fold(text): name for name in names for text in [*(a.text for a in name.aliases), name.name]}

    def meant(self, person: Identification) -> Identification | None:
        """Return the term that is meant, or None if there is none, or a person matches at least as well."""
        from serge_tui.core.name_finder.match import Identification, Match

        score = person.best.score if person.best is not None and person.accepted else 0.0
        exact = self._exact.get(fold(person.query))
        if exact is not None and score < _EXACT:
            best = Match(exact.key, exact.name, _EXACT, person.query, (), "name")
            return Identification(person.query, "accepted", best, (), f"{exact.name}.")
        found = self._finder.identify(person.query)
        return found if found.best is not None and found.accepted and found.best.score > score else None


def _is_unknown(found: Identification) -> bool:
    """Return whether nobody is called that: no figure, or none but one whose name is spelt in a like way."""
    return found.best is None or (not found.accepted and found.best.reason == "spelling close")


def _identified(found: Identification, *, term: bool) -> dict[str, object]:
    best = found.best if found.accepted else None
    prefix = "term:" if term else ""
    others = found.alternatives if best is not None or found.best is None else (found.best, *found.alternatives)
    return {
        "query": found.query,
        "id": f"{prefix}{best.figure}" if best else None,
        "name": best.name if best else None,
        "score": round(best.score, 1) if best else 0.0,
        "alternatives": [
            {"id": f"{prefix}{match.figure}", "name": match.name, "score": round(match.score, 1)} for match in others
        ],
    }


class _Teller:
    """Prints who somebody is; the lines of each figure are made once."""

    def __init__(self, library: Library, ends: HiddenEnds) -> None:
        self._library = library
        self._ends = ends
        self._heads: dict[str, str] = {}
        self._bodies: dict[str, str] = {}

    def tell(self, found: Identification, *, several: bool) -> None:
        """Print who was found. With `several` names, repeat each query before its answer."""
        query = sanitise_line(found.query)
        best = found.best
        if best is None or not found.accepted:
            say(f"{query}: {found.reason}")
            near = [match for match in (best, *found.alternatives) if match is not None]
            for match in near[:6]:
                figure = self._library.figures.by_key(match.figure)
                years = f" ({figure.years(hidden=self._ends.of(figure.key))}), {figure.one_line}" if figure else ""
                say(f"  {match.name}{years}")
            return
        if best.figure not in self._heads and not self._make(best.figure):
            return
        asked = f"{query}: " if several and query.casefold() != best.name.casefold() else ""
        say(asked + self._heads[best.figure])
        say(self._bodies[best.figure])
        names = [match.name for match in found.alternatives[:4] if best.score - match.score <= _NEAR]
        if names:
            say(f"  near: {', '.join(names)}")

    def tell_term(self, found: Identification, *, several: bool) -> None:
        """Print what a term or place is."""
        assert found.best is not None
        term = self._library.terms.by_key(found.best.figure)
        if term is None:
            return
        query = sanitise_line(found.query)
        asked = f"{query}: " if several and query.casefold() != term.name.casefold() else ""
        years = f", {term.years}" if term.years else ""
        native = f"  {term.native_name}" if term.native_name and term.native_name != term.name else ""
        say(f"{asked}{term.name} ({term.kind}{years}){native}")
        say(f"  {term.one_line}")
        say(textwrap.fill(term.text, max(40, min(shutil.get_terminal_size().columns, 100)), initial_indent="  ",
                          subsequent_indent="  "))  # fmt: skip
        if term.doubt:
            say(f"  ? {term.doubt}")

    def _make(self, key: str) -> bool:
        figure = self._library.figures.by_key(key)
        if figure is None:
            return False
        native = f"  {figure.native_name}" if figure.native_name and figure.native_name != figure.name else ""
        self._heads[key] = f"{figure.name} ({figure.years(hidden=self._ends.of(key))}){native}"
        lines = [f"  {figure.one_line}"]
        if said := self._library.terms.pronunciation_of(key):
            lines.append(f"  say: {said.say}  {said.stressed}  (stress after a model, not a dictionary)")
        # The year somebody left an organisation may give away how they ended.
        if not self._ends.of(key) and (belonged := self._library.terms.memberships_of(key)):
            names = {term.key: term.name for term in self._library.terms.all("organisation")}
            shown = [one for one in belonged if one.term in names]
            stood = [f"{names[one.term]} {one.years}".strip() + " (?)" * one.is_unchecked for one in shown]
            lines.append(f"  belonged to: {'; '.join(stood)}")
            if any(one.is_unchecked for one in shown):
                lines.append(f"  (?) {vocabulary.UNCHECKED.lower()}")
        about = self._library.quotations.about(key)
        portraits = (one for one in about if one.kind == "portrait" and one.key not in self._ends.quotations)
        if portrait := next(portraits, None):
            reference = f" ({portrait.reference})" if portrait.reference else ""
            lines.append(f"  Serge: “{portrait.text}”{reference}")
        self._bodies[key] = "\n".join(lines)
        return True


@click.command("search", short_help="Find people, passages, quotations, notes and events.")
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--edition", metavar="KEY", help="Only passages of this edition.", shell_complete=complete_edition)
@click.option("--chapter", type=click.IntRange(1), help="Only this chapter of the edition, by number.")
@click.option("--figure", metavar="NAME", help="Only passages that name this person.", shell_complete=complete_person)
@click.option("--fates", is_flag=True, help="Show how lives ended, even if that is hidden in the app.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Most results to show.")
@click.option("--json", "as_json", is_flag=True, help="Print the hits as JSON.")
@click.pass_obj
def search_command(
    path: Path,
    words: tuple[str, ...],
    edition: str | None,
    chapter: int | None,
    figure: str | None,
    fates: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Find people, passages, quotations, notes, events and chapters. "…" is a phrase, -word excludes, a near b.

    With --edition, --chapter or --figure, only passages are searched. Exit code 1 if nothing is found.

    \b
    Examples:
      serge search Kronstadt
      serge search --figure Lenin Kronstadt
      serge search 'lenin near/5 kronstadt'
      serge search -- '"black market"' -Lenin
    """
    if chapter is not None and edition is None:
        raise SergeError("--chapter is the number of a chapter in one edition: give --edition too.")
    from db.query import parse_query

    text = " ".join(words)
    need_words(text, "search")
    if not parse_query(text):
        raise SergeError(f"there is no word to look for in {sanitise_line(text)} (-word only excludes).")
    with open_library(path) as library:
        if edition is None and figure is None:
            hits, note = _everywhere(library, text, limit, fates=fates)
        else:
            hits, note = _in_passages(library, text, limit, edition, chapter, figure)
    if note and hits:
        # On standard error: a program that reads the hits must not take it for one.
        say_status(note)
    if as_json:
        say_json([hit.record() for hit in hits])
    else:
        for hit in hits:
            hit.tell()
        if not hits:
            say(f"Nothing found for {sanitise_line(text)}.")
    if not hits:
        raise SystemExit(1)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A hit as it is printed."""

    kind: str
    key: str
    title: str
    text: str
    matches: tuple[tuple[int, int], ...]
    place: Place | None = None

    def record(self) -> dict[str, object]:
        """Return the hit as JSON values."""
        place = self.place
        return {
            "kind": self.kind,
            "key": self.key,
            "title": self.title,
            "text": self.text,
            "matches": [list(match) for match in self.matches],
            "place": {"edition": place.edition, "passage": place.passage, "offset": place.offset} if place else None,
        }

    def tell(self) -> None:
        """Print a title line and the text, wrapped if standard output is a terminal."""
        say(f"{self.kind:<9} {sanitise_line(self.title)}  [{self.key}]")
        if marked := self._marked():
            width = shutil.get_terminal_size().columns - 1 if sys.stdout.isatty() else 0
            indent = " " * 10
            say(textwrap.fill(marked, max(40, width), initial_indent=indent, subsequent_indent=indent)
                if width else indent + marked)  # fmt: skip

    def _marked(self) -> str:
        """Return the text with matches in guillemets, as plain text has no highlighting."""
        pieces, last = [], 0
        for start, end in self.matches:
            pieces += [self.text[last:start], "»", self.text[start:end], "«"]
            last = end
        return " ".join(sanitise("".join([*pieces, self.text[last:]])).split())


def _everywhere(library: Library, text: str, limit: int, *, fates: bool) -> tuple[list[_Hit], str]:
    """Return what Find anything finds, in its order, and a sentence if it searched for other words instead."""
    from serge_tui.core.name_finder.names import NameFinder
    from serge_tui.services.find_anything import find_anything
    from serge_tui.services.hidden_ends import hidden_ends

    finder = NameFinder(library.figures.names(), library.figures.texts())
    ends = hidden_ends(library, hidden=False if fates else None)
    answer = find_anything(library, finder, (), text, ends=ends, most=limit)
    hits = []
    for found in answer.found[:limit]:
        key, place = _whereabouts(found)
        hits.append(_Hit(found.kind, key, found.title, found.text, found.lit, place))
    others = f" Or did you mean {' or '.join(answer.others)}?" if answer.others else ""
    return hits, answer.note + others


def _whereabouts(found: Found) -> tuple[str, Place | None]:
    match found.goes_to:
        case ReadAt(place):
            return f"{place.edition}:{place.passage}", place
        case ShowFigure(key) | ShowQuotation(key) | ShowNote(key) | ShowEvent(key):
            return key or "", None
        case _:
            return "", None


def _in_passages(
    library: Library, text: str, limit: int, edition: str | None, chapter: int | None, figure: str | None
) -> tuple[list[_Hit], str]:
    """Return passages of an edition or a chapter, or passages that name a figure; and a sentence as above."""
    from db.search import Within

    if edition is not None:
        if library.texts.edition(edition) is None:
            known = ", ".join(known.key for known in library.texts.editions())
            raise SergeError(f'there is no edition "{edition}"; there are: {known}.')
        chapters = len(library.texts.chapters(edition))
        if chapter is not None and chapter > chapters:
            raise SergeError(f"there is no chapter {chapter} in {edition}; it has {chapters}.")
    who = _figure(library, figure) if figure else None
    within = Within(edition, None if chapter is None else chapter - 1, who)
    answer = library.search.forgiving(text, within, limit=limit)
    note = f"Nothing has {text}; this has {answer.instead}." if answer.instead else ""
    hits = [_Hit(hit.kind, hit.key, hit.title, hit.text, hit.matches, hit.place) for hit in answer.hits]
    return hits, note


def _figure(library: Library, name: str) -> str:
    from serge_tui.core.name_finder.names import NameFinder

    found = NameFinder(library.figures.names()).identify(name)
    if found.best is None or not found.accepted:
        reason = found.reason[:1].lower() + found.reason[1:].rstrip(".")
        raise SergeError(f'--figure "{sanitise_line(name)}": {reason}; `serge who` tells more.')
    return found.best.figure
