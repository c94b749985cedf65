"""What a case is, and ways to make its file."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.import_scripts.making import CONTAINER, make_epub

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

GOOD: Final = "<h1>One</h1><p>The words that can be read.</p>"
TEXT: Final = "The words that can be read."
EITHER: Final = "|"
"""Given as `refused`: the file may be refused or read, as long as it is done soundly."""


@dataclass(frozen=True, slots=True)
class Case:
    """A file and what must come of it."""

    name: str
    make: Callable[[Path], object]
    refused: str = ""
    told: str = ""
    text: str = ""
    absent: str = ""


def write(content: bytes | str) -> Callable[[Path], object]:
    """Make a file of these bytes."""
    data = content.encode() if isinstance(content, str) else content
    return lambda path: path.write_bytes(data)


def epub(
    documents: Mapping[str, str] | str,
    *,
    container: str | None = CONTAINER,
    package: str | None = None,
    stored: bool = False,
    others: Mapping[str, str | bytes] | None = None,
) -> Callable[[Path], object]:
    """Make an EPUB of documents, or of one, with other files beside them."""
    held = {"one.xhtml": documents} if isinstance(documents, str) else dict(documents)
    return lambda path: make_epub(path, held, others=others, container=container, package=package, stored=stored)


def changed(make: Callable[[Path], object], change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    """Make a file and change its bytes."""

    def made(path: Path) -> None:
        make(path)
        path.write_bytes(change(path.read_bytes()))

    return made


def archive(entries: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> Callable[[Path], object]:
    """Make an archive that is what its entries are."""

    def made(path: Path) -> None:
        with zipfile.ZipFile(path, "w", method) as file:
            for name, content in entries.items():
                file.writestr(name, content)

    return made
