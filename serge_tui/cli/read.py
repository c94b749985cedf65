"""`serge read`: open the app at a chapter or a printed page."""

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
@click.pass_obj
def read_command(path: Path, chapter: str | None, page: str | None, edition: str | None) -> None:
    """Open the reader at a chapter (by number), at a printed page, or where you left an edition.

    Without a copy of the book, --page sets the page you have reached in print; Today, people and cards follow it.

    \b
    Examples:
      serge read 4
      serge read --page 218
      serge read --edition memoirs-of-a-revolutionary-epub
    """
    from serge_tui.cli.common import open_library
    from serge_tui.cli.open_app import open_app

    with open_library(path) as library:
        destination = _place(library, chapter, page, edition)
    open_app(path, destination)


def _place(library: Library, chapter: str | None, page: str | None, edition: str | None) -> Destination:
    from db.models import Place
    from serge_tui.navigation import ReadAt, ShowMode
    from serge_tui.services.locators import find_chapter, find_page, is_on_paper
    from serge_tui.services.paper import read_on_paper

    if edition is not None and library.texts.edition(edition) is None:
        known = ", ".join(known.key for known in library.texts.editions())
        raise SergeError(f'there is no edition "{edition}"; there are: {known}.')
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
