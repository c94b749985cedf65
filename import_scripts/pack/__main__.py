"""Check the content files: `python -m import_scripts.pack [FOLDER]`. Exit code 1 and every fault, or a count."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from import_scripts.pack import CONTENT, PackError, checked_pack


def main(arguments: list[str] | None = None) -> int:
    """Check a folder of content files and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m import_scripts.pack", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CONTENT, help="the content folder")
    parser.add_argument("--check", action="store_true", help="only check (which is all this does)")
    folder = parser.parse_args(arguments).folder
    try:
        pack = checked_pack(folder)
    except PackError as error:
        print(error, file=sys.stderr)
        return 1
    print(
        f"{len(pack.figures)} figures, {len(pack.quotations)} quotations, {len(pack.events)} events,"
        f" {len(pack.terms)} terms, {len(pack.memberships)} memberships, {len(pack.pronunciations)} pronunciations,"
        f" {len(pack.pages)} pages, {len(pack.chapters)} chapters, {len(pack.publications)} publications,"
        f" {len(pack.sources)} sources: no faults."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
