"""The pages of the site, put together from `docs/`, from documents beside it and from the program itself.

A page in `docs/` can be read where it is. Where it has a line `<!-- made from the program: NAME -->`, the site shows
there what `reference.py` makes. Links to documents that are no page of the site become plain words.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.site import reference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT: Final = Path(__file__).resolve().parents[2]
DOCS: Final = ROOT / "docs"
PARTS: Final[Mapping[str, Callable[[], str]]] = {
    "keys": reference.keys,
    "settings": reference.settings,
    "commands": reference.command_line,
    "tables": reference.tables,
}
MADE: Final[Mapping[str, Callable[[], str]]] = {"db/content/pages/getting-the-book.md": reference.getting_the_book}
"""Pages made whole, by the file of this checkout that a link to them names."""
BESIDE: Final = ("ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
"""Documents outside `docs/` that are pages of the site."""
COPIED: Final = ("pictures", "schemas")
_PART: Final = re.compile(r"^<!-- made from the program: (\w+) -->$", re.MULTILINE)
LINK: Final = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
_CODE: Final = re.compile(r"(^```.*?^```$|`[^`\n]*`)", re.MULTILINE | re.DOTALL)


def sources() -> dict[str, str]:
    """Return the path in the site of every file that becomes a page, by its path in the checkout."""
    written = {path.relative_to(ROOT).as_posix(): path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    return written | {name: Path(name).name.lower() for name in (*MADE, *BESIDE)}


def stage(folder: Path) -> None:
    """Write every page of the site, with pictures and schemas, into an empty folder."""
    pages = sources()
    for source, page in pages.items():
        made = MADE.get(source)
        text = made() if made is not None else (ROOT / source).read_text("utf-8")
        text = _PART.sub(lambda found: PARTS[found[1]](), text)
        target = folder / page
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(relinked(text, source, pages), "utf-8")
    for name in COPIED:
        shutil.copytree(DOCS / name, folder / name)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return a text with its prose changed, and its code as it is."""
    return "".join(part if at % 2 else change(part) for at, part in enumerate(_CODE.split(text)))


def relinked(text: str, source: str, pages: Mapping[str, str]) -> str:
    """Return the text of a file with its links as they are from its page in the site."""

    def change(found: re.Match[str]) -> str:
        picture, words, target = found.groups()
        path, _, anchor = target.partition("#")
        if not path or "://" in path or path.startswith("mailto:"):
            return found[0]
        named = os.path.normpath(os.path.join(os.path.dirname(source), path))  # noqa: PTH118, PTH120  no file is meant
        inside = named.removeprefix("docs/")
        if named in pages:
            inside = pages[named]
        elif not named.startswith(tuple(f"docs/{name}/" for name in COPIED)):
            return words if (ROOT / named).exists() else found[0]
        there = os.path.relpath(inside, os.path.dirname(pages[source]) or ".")  # noqa: PTH120
        return f"{picture}[{words}]({there}{'#' if anchor else ''}{anchor})"

    return outside_code(text, lambda part: LINK.sub(change, part))
