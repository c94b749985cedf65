"""The process that looks for portraits for the app: a request on standard input, lines of JSON on standard output."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from serge_tui.cli.child_process import tell
from serge_tui.services.found_texts import search_sentence

if TYPE_CHECKING:
    from db.library import Library

_NICE: Final = 10
"""How far the process stands back behind the reader's keys."""


def main() -> None:
    """Search the texts that standard input names; the last line has the sentence of an error, or an empty one."""
    request = json.load(sys.stdin)
    with suppress(AttributeError, OSError):
        os.nice(_NICE)
    error = ""
    try:
        _search_all(Path(request["database"]), request["editions"])
    except SergeError as raised:
        error = str(raised)
    tell({"end": error})


def _search_all(database: Path, editions: list[str]) -> None:
    from db.library import Library

    with Library.open(database) as library:
        for edition in editions:
            _search(library, edition)


def _search(library: Library, edition: str) -> None:
    from import_scripts.found_search import search_edition

    text = library.texts.edition(edition)
    if text is None:
        return
    done = search_edition(library, edition, lambda chapter, chapters: tell({"progress": [edition, chapter, chapters]}))
    tell({"found": search_sentence(library, done, text.title)})


if __name__ == "__main__":
    main()
