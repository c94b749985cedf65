"""Print the highlights found in a file: every reader of highlights runs alone with this."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import SergeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from import_scripts.highlights.record import HighlightFile


def summary(file: HighlightFile) -> Iterator[str]:
    """Yield one line for the file, one for each highlight, and the report."""
    yield f"{file.source}: {len(file.highlights)} highlights, {file.merged} merged"
    for one in file.highlights:
        note = f" ({one.note})" if one.note else ""
        text = " ".join(one.text.split())
        yield f"  {one.book}: {one.kind} {one.page or one.location or ''} {text[:80]}{note[:80]}"
    yield from file.report


def run(read: Callable[[Path], HighlightFile]) -> None:
    """Read each file named on the command line and print what it holds; exit with 1 and one sentence on failure."""
    if len(sys.argv) < 2 or sys.argv[1] in {"-h", "--help"}:
        sys.exit("Give one or more files to read.")
    with contextlib.suppress(BrokenPipeError):  # `… | head` is no error
        for name in sys.argv[1:]:
            try:
                file = read(Path(name))
            except SergeError as error:
                sys.exit(str(error))
            for line in summary(file):
                sys.stdout.write(line + "\n")
