"""Addresses of places in a book while it is being read: `document#name`, with a sign in front that no address has."""

from __future__ import annotations

import posixpath
from typing import Final
from urllib.parse import unquote

INSIDE: Final = "\N{SECTION SIGN}"
"""Marks the address of a link within the book while it is not yet a place: `§document#name`."""
BACK: Final = "\N{SECTION SIGN}back:"
"""Marks a link back from a note."""


def resolve(document: str, href: str) -> str:
    """Give the address `document#name` that a relative reference in `document` leads to."""
    path, _, name = href.partition("#")
    path = unquote(path.partition("?")[0])
    target = posixpath.normpath(posixpath.join(posixpath.dirname(document), path)) if path else document
    return f"{target}#{unquote(name)}" if name else target
