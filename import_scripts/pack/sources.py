"""Sites that the pack may not cite: copies of encyclopaedias and of books, and sites that share files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from import_scripts.pack.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.pack import Pack

_FORBIDDEN: Final = (
    "libking", "litres", "rulit", "royallib", "coollib", "litmir", "twirpx", "libgen", "z-lib", "vdoc", "scribd",
    "ebin", "dokumen", "epdf", "docslib", "pdfcoffee", "studfile", "booksonline", "bookreadfree", "wiki7", "wikiple",
    "abcdef", "qaz", "infogalactic", "wikizero", "profilpelajar",
)  # fmt: skip
"""Words in the names of hosts that copy encyclopaedias, or that share books without permission."""
_COPY: Final = re.compile(r"\b(copy of|copies of an?|web copy|a copy|, copy)\b", re.IGNORECASE)


def source_faults(pack: Pack) -> Iterator[Fault]:
    """Find sources that are copies: the original work must be cited."""
    for source in pack.sources:
        for text, field in ((source.key, "key"), (source.url, "url")):
            host = re.split(r"[^a-z0-9]+", text.casefold().split("//")[-1].partition("/")[0])
            if word := next((word for word in _FORBIDDEN if word in host), ""):
                yield Fault("sources.toml", source.key, field, f'"{word}" shares copies: cite the work itself')
        if match := _COPY.search(source.title):
            yield Fault(
                "sources.toml", source.key, "title", f'"{match[0].strip(", ")}": cite the work itself, not a copy'
            )
