"""`serge found`: look for portraits and sayings in the reader's texts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from db.errors import SergeError
from serge_tui.cli.common import open_library, progress_bar, say, say_json
from serge_tui.cli.completion import complete_edition
from serge_tui.services.found_texts import search_sentence

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library
    from db.models.found_text import FoundSearch


@click.command("found", short_help="Find portraits and sayings in your copy of a book.")
@click.argument("edition", required=False, shell_complete=complete_edition)
@click.option("--again", is_flag=True, help="Search again, even if nothing has changed since.")
@click.option("--json", "as_json", is_flag=True, help="Print everything found as JSON.")
@click.pass_obj
def found_command(path: Path, edition: str | None, *, again: bool, as_json: bool) -> None:
    """Find pen portraits and sayings in a text of yours, or in all of them.

    What is found waits in your library; what you decide on it is kept when a text is searched or imported again. Only
    English texts can be searched so far.

    \b
    Examples:
      serge found
      serge found memoirs-of-a-revolutionary-epub
      serge found --json > found.json
    """
    from db.models import GUIDE_EDITION

    with open_library(path) as library:
        texts = {one.key: one.title for one in library.texts.editions() if one.key != GUIDE_EDITION}
        if edition is not None and edition not in texts:
            known = ", ".join(texts) or "none yet; `serge import FILE` adds one"
            raise SergeError(f'there is no text of yours "{edition}"; there are: {known}.')
        if not texts:
            raise SergeError("there is no text of yours to search; `serge import FILE` adds one.")
        chosen = [edition] if edition is not None else list(texts)
        for key in chosen:
            done = _search(library, key, texts[key], again=again)
            if not as_json:
                say(search_sentence(library, done, texts[key]))
        if as_json:
            say_json([asdict(one) for key in chosen for one in library.found.of_edition(key)])


def _search(library: Library, key: str, title: str, *, again: bool) -> FoundSearch:
    from import_scripts.found_search import search_edition

    with progress_bar(title[:24]) as report:
        return search_edition(
            library, key, lambda done, chapters: report("Looking for portraits", done / max(1, chapters)), again=again
        )
