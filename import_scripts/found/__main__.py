"""Find portraits and sayings in plain-text files: `python -m import_scripts.found TEXT… --json`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from import_scripts.found.door import TextError, find, read_texts, why_nothing
from import_scripts.found.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is found in the texts, read in order as one book; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m import_scripts.found",
        description="Find pen portraits and sayings in plain text. A block is a paragraph, a blank line parts them.",
    )
    parser.add_argument("texts", nargs="+", type=Path, metavar="TEXT", help="the chapters of a book, in order")
    parser.add_argument("--json", action="store_true", help="print everything found as JSON")
    parser.add_argument("--people", type=Path, metavar="NAMES", help="a file of names that the text uses, one a line")
    parser.add_argument(
        "--language", default="en", help="language of the text; word lists exist for: " + ", ".join(LANGUAGES)
    )
    given = parser.parse_args(arguments)
    try:
        texts = read_texts(given.texts)
        people = read_texts([given.people])[0][1].splitlines() if given.people else []
    except TextError as error:
        print(error, file=sys.stderr)
        return 1
    found = find(texts, [name.strip() for name in people if name.strip()], given.language)
    nothing = why_nothing(texts, given.language)
    if given.json:
        if nothing:
            print(nothing, file=sys.stderr)
        json.dump(found, sys.stdout, ensure_ascii=False)
        print()
    else:
        print(nothing or summary(found))
    return 0


def summary(found: dict[str, list[dict[str, object]]]) -> str:
    """Return one line that says what was found."""
    people = len({one["person"] for one in found["portraits"]})
    cards = sum(bool(one["card"]) for one in found["utterances"])
    spoken = len(found["utterances"])
    if not found["portraits"] and not spoken:
        return "No portraits and no sayings found."
    portraits = len(found["portraits"])
    return f"Portraits: {portraits}, of {people} people. Sayings: {spoken}, {cards} of them with a sure speaker."


if __name__ == "__main__":
    sys.exit(main())
