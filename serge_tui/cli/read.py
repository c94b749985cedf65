"""`serge read`: open the app at a chapter or a printed page, or print the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from db.errors import SergeError
from serge_tui.cli.completion import complete_chapter, complete_edition

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library
    from serge_tui.navigation import Destination


@click.command("read", short_help="Open the reader at a chapter or a printed page.")
@click.argument("chapter", required=False, shell_complete=complete_chapter)
@click.option("--page", metavar="PAGE", help="Page of the printed book (New York Review Books, 2012).")
@click.option(
    "--edition",
    metavar="KEY",
    help="The edition to open; the one read last if left out.",
    shell_complete=complete_edition,
)
@click.option("--plain", is_flag=True, help="Print the text instead of opening the reader; changes nothing.")
@click.option("--from", "begin", metavar="PLACE", help="With --plain: from a paragraph (12), a share (50%), or `here`.")
@click.option("--names", is_flag=True, help="With --plain: names in [brackets], and who these people are at the end.")
@click.option(
    "--width", type=click.IntRange(0, 1000), metavar="N",
    help="With --plain: characters a line; 0 for a line a paragraph, as in pipes if left out.",
)  # fmt: skip
@click.pass_obj
def read_command(
    path: Path, chapter: str | None, page: str | None, edition: str | None, plain: bool, begin: str | None,
    names: bool, width: int | None,
) -> None:  # fmt: skip
    """Open the reader at a chapter (by number), at a printed page, or where you left an edition.

    Without a copy of the book, --page sets the page you have reached in print; Today, people and cards follow it.

    \b
    Examples:
      serge read 4
      serge read --page 218
      serge read --edition memoirs-of-a-revolutionary-epub
      serge read 4 --plain --names | less
      serge read 4 --plain --from 50% --width 72
    """
    if not plain and (begin is not None or names or width is not None):
        raise SergeError("--from, --names and --width are for --plain: give that too.")
    from serge_tui.cli.common import open_library

    if plain:
        from serge_tui.cli.plain_read import PlainReading, print_plain

        with open_library(path) as library:
            _need_edition(library, edition)
            print_plain(library, PlainReading(chapter, page, edition, begin, names, width))
        return
    from serge_tui.cli.open_app import open_app

    with open_library(path) as library:
        destination = _place(library, chapter, page, edition)
    open_app(path, destination)


def _place(library: Library, chapter: str | None, page: str | None, edition: str | None) -> Destination:
    from db.models import Place
    from serge_tui.navigation import ReadAt, ShowMode
    from serge_tui.services.locators import find_chapter, find_page, is_on_paper
    from serge_tui.services.paper import read_on_paper

    _need_edition(library, edition)
    if page is not None:
        place = find_page(library, page, edition)
        if is_on_paper(library, place) and page.isdecimal():
            read_on_paper(library, int(page)).result()
        return ReadAt(place)
    if chapter is not None:
        return ReadAt(find_chapter(library, chapter, edition))
    if edition is not None:
        position = library.texts.position(edition)
        return ReadAt(position.place if position is not None else Place(edition, 0, 0))
    return ShowMode("reader")


def _need_edition(library: Library, edition: str | None) -> None:
    """Raise SergeError if an edition is asked for that is not here."""
    if edition is not None and library.texts.edition(edition) is None:
        known = ", ".join(known.key for known in library.texts.editions())
        raise SergeError(f'there is no edition "{edition}"; there are: {known}.')
