"""Addresses of places in a book while it is being read: `document#name`, with a sign in front that no address has."""

from __future__ import annotations

import posixpath
from typing import Final
from urllib.parse import unquote

from import_scripts.input.archive import one_form

INSIDE: Final = "\N{SECTION SIGN}"
"""Marks the address of a link within the book while it is not yet a place: `§document#name`."""
BACK: Final = "\N{SECTION SIGN}back:"
"""Marks a link back from a note."""


def resolve(document: str, href: str) -> str:
    """Return the address `document#name` that a relative reference in `document` leads to, names in one form."""
    path, _, name = href.partition("#")
    path = path.partition("?")[0].replace("\\", "/")
    document = one_form(document)
    target = one_form(posixpath.join(posixpath.dirname(document), path)) if path else document
    return f"{target}#{unquote(name)}" if name else target
