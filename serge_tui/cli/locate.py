"""`serge locate`: find a half-remembered sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from db.errors import SergeError
from db.models import Place
from db.text import sanitise_line
from serge_tui.cli.common import need_words, open_library, say, say_json
from serge_tui.cli.completion import complete_edition

if TYPE_CHECKING:
    from pathlib import Path


@click.command("locate", short_help="Find a half-remembered sentence.")
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--edition", metavar="KEY", help="Only this edition.", shell_complete=complete_edition)
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="Most places to show.")
@click.option("--json", "as_json", is_flag=True, help="Print the places as JSON.")
@click.pass_obj
def locate_command(path: Path, words: tuple[str, ...], edition: str | None, limit: int, as_json: bool) -> None:
    """Find a half-remembered sentence, even with words missing, misspelt or in another order.

    Exit code 1 if nothing similar is found.

    \b
    Examples:
      serge locate "broken eggs but where is the omelette"
    """
    from import_scripts.locating.recall import Rarity, locate_words
    from import_scripts.locating.words import WordIndex

    text = " ".join(words)
    need_words(text, "locate")
    found = []
    with open_library(path) as library:
        if edition is not None and library.texts.edition(edition) is None:
            known = ", ".join(known.key for known in library.texts.editions())
            raise SergeError(f'there is no edition "{edition}"; there are: {known}.')
        editions = [one for one in library.texts.editions() if edition in (None, one.key)]
        # All are read twice: a word weighs the same in each, and the words of all would fill the memory.
        rarity = Rarity(text)
        for known_edition in editions:
            rarity.add(WordIndex(library.passages.texts(known_edition.key)))
        for known_edition in editions:
            for place in locate_words(text, library.passages.texts(known_edition.key), limit=limit, rarity=rarity):
                chapter = library.texts.chapter_of(known_edition.key, place.passage)
                page = library.texts.page_at(Place(known_edition.key, place.passage, place.start))
                found.append((place, known_edition, chapter.title if chapter else "", page))
    found.sort(key=lambda item: -item[0].score)
    found = found[:limit]
    if as_json:
        say_json(
            [
                {
                    "edition": book.key, "chapter": title, "page": page, "passage": place.passage,
                    "start": place.start, "end_passage": place.end_passage, "end": place.end,
                    "score": round(place.score, 1), "exact": place.exact, "text": place.surface,
                }
                for place, book, title, page in found
            ]
        )  # fmt: skip
    else:
        for place, book, title, page in found:
            where = ", ".join(part for part in (book.title, title, f"p. {page}" if page else "") if part)
            say(f"{place.score:3.0f}  {sanitise_line(where)}")
            say(f"     {sanitise_line(f'{place.before} »{place.surface}« {place.after}')}")
        if not found:
            say(f"Nothing similar to {sanitise_line(text)} found.")
    if not found:
        raise SystemExit(1)
