"""`serge who` and `serge search`: look something up without opening the app."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from db.errors import SergeError
from db.text import sanitise, sanitise_line
from serge_tui.cli.common import need_words, open_library, say, say_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.library import Library
    from db.models import SearchHit
    from serge_tui.finder.match import Identification


@click.command("who")
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@click.option("--fates", is_flag=True, help="Show how lives ended even while fates are sealed in the app.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line: query, id, name, score, alternatives.")
@click.pass_obj
def who_command(path: Path, names: tuple[str, ...], fates: bool, as_json: bool) -> None:
    """Say who somebody is, by whatever spelling. `serge who -` reads names from standard input, one a line.

    Exit code 1 when a name is nobody's.

    \b
    Examples:
      serge who Sinowjew
      serge who "the Old Man" Koba
      cut -f1 names.tsv | serge who --json -
    """
    from serge_tui.finder.names import NameFinder

    need_words("".join(names), "who")
    unknown = 0
    with open_library(path) as library:
        finder = NameFinder(library.figures.names(), library.figures.texts())
        sealed = not fates and library.settings.get("fates_sealed", True)
        for name in _names(names):
            found = finder.identify(name)
            unknown += found.best is None
            if as_json:
                say_json(_identified(found), indent=None)
            else:
                _tell(library, found, sealed=sealed)
    if unknown:
        raise SystemExit(1)


def _names(names: tuple[str, ...]) -> Iterator[str]:
    if names == ("-",):
        for line in sys.stdin:
            if line.strip():
                yield line.strip()
    else:
        yield from names


def _identified(found: Identification) -> dict[str, object]:
    best = found.best if found.accepted else None
    others = found.alternatives if best is not None or found.best is None else (found.best, *found.alternatives)
    return {
        "query": found.query,
        "id": best.figure if best else None,
        "name": best.name if best else None,
        "score": round(best.score, 1) if best else 0.0,
        "alternatives": [{"id": match.figure, "name": match.name, "score": round(match.score, 1)} for match in others],
    }


def _tell(library: Library, found: Identification, *, sealed: bool) -> None:
    query = sanitise_line(found.query)
    if found.best is None or not found.accepted:
        say(f"{query}: {found.reason}")
        near = [match for match in (found.best, *found.alternatives) if match is not None]
        for match in near[:6]:
            figure = library.figures.by_key(match.figure)
            say(f"  {match.name}" + (f" ({figure.years(sealed=sealed)}), {figure.one_line}" if figure else ""))
        return
    figure = library.figures.by_key(found.best.figure)
    if figure is None:
        return
    native = f"  {figure.native_name}" if figure.native_name and figure.native_name != figure.name else ""
    say(f"{figure.name} ({figure.years(sealed=sealed)}){native}")
    say(f"  {figure.one_line}")
    portraits = [quotation for quotation in library.quotations.about(figure.key) if quotation.kind == "portrait"]
    for quotation in portraits[:1]:
        reference = f" ({quotation.reference})" if quotation.reference else ""
        say(f"  Serge: “{quotation.text}”{reference}")
    if found.alternatives:
        say(f"  near: {', '.join(match.name for match in found.alternatives[:4])}")


@click.command("search")
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--edition", metavar="KEY", help="Only this edition.")
@click.option("--chapter", type=click.IntRange(1), help="Only this chapter of the edition, by its number.")
@click.option("--figure", metavar="NAME", help="Only passages that name this person.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many at most.")
@click.option("--json", "as_json", is_flag=True, help="Print the hits as JSON.")
@click.pass_obj
def search_command(
    path: Path,
    words: tuple[str, ...],
    edition: str | None,
    chapter: int | None,
    figure: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find words in every edition, quotation, event and note. "…" is a phrase, -word leaves out.

    Exit code 1 when nothing is found.

    \b
    Examples:
      serge search Kronstadt
      serge search --figure Lenin Kronstadt
      serge search -- '"black market"' -Lenin
    """
    if chapter is not None and edition is None:
        raise SergeError("--chapter counts within one edition, so it needs --edition as well.")
    from db.search import Within

    text = " ".join(words)
    need_words(text, "search")
    with open_library(path) as library:
        if edition is not None and library.texts.edition(edition) is None:
            known = ", ".join(known.key for known in library.texts.editions())
            raise SergeError(f'there is no edition "{edition}"; there are: {known}.')
        who = _figure(library, figure) if figure else None
        within = Within(edition, None if chapter is None else chapter - 1, who)
        answer = library.search.forgiving(text, within, limit=limit)
        hits = list(answer.hits)
        if edition is None and who is None:
            for more in (library.search.quotations, library.search.notes, library.search.events):
                hits += more(text, max(0, limit - len(hits)))
    if as_json:
        say_json([_hit(hit) for hit in hits])
    else:
        if answer.instead and hits:
            say(f"Nothing has {sanitise_line(text)}; this has {sanitise_line(answer.instead)}:")
        for hit in hits:
            say(f"{hit.kind:<9} {sanitise_line(hit.title)}  [{hit.key}]")
            say(f"          {_marked(hit)}")
        if not hits:
            say(f"Nothing found for {sanitise_line(text)}.")
    if not hits:
        raise SystemExit(1)


def _figure(library: Library, name: str) -> str:
    from serge_tui.finder.names import NameFinder

    found = NameFinder(library.figures.names()).identify(name)
    if found.best is None or not found.accepted:
        raise SergeError(f'"{sanitise_line(name)}" is nobody, or more than one; `serge who` shows who is near.')
    return found.best.figure


def _marked(hit: SearchHit) -> str:
    """The excerpt with matches in guillemets: plain text has no other way to show them."""
    pieces, last = [], 0
    for start, end in hit.matches:
        pieces += [hit.text[last:start], "»", hit.text[start:end], "«"]
        last = end
    return " ".join(sanitise("".join([*pieces, hit.text[last:]])).split())


def _hit(hit: SearchHit) -> dict[str, object]:
    place = hit.place
    return {
        "kind": hit.kind,
        "key": hit.key,
        "title": hit.title,
        "text": hit.text,
        "matches": [list(match) for match in hit.matches],
        "place": {"edition": place.edition, "passage": place.passage, "offset": place.offset} if place else None,
    }
