"""Export annotations as an Org file: a heading for each, facts in a property drawer, words in a quote block.

A note is Markdown, so it is in a source block, which Org leaves unchanged.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from db.text import sanitise, sanitise_line
from serge_tui.core.export.markdown import LOOSE
from serge_tui.core.export.note_record import heading_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from serge_tui.core.export.note_record import NoteRecord

# The Org manual's own escape character (https://orgmode.org/manual/Escape-Character.html).
_STOP: Final = "\u200b"
_MARKUP: Final = re.compile(r"([*/_=~+\[<\\^@#{$])(?=\S)")
_BLOCK_START: Final = re.compile(r"^(?=[ \t]*(?:[|:%*#+-]|\w{1,3}[.)]|[A-Z]+:))", re.MULTILINE)
_CODE_COMMA: Final = re.compile(r"^([ \t]*)(?=,*(?:\*|#\+))", re.MULTILINE)
_TAG: Final = re.compile(r"[^\w@#%]+")


def to_org(records: Iterable[NoteRecord]) -> str:
    """Write annotations in the order given."""
    records = list(records)
    parts = [f"#+TITLE: {sanitise_line(heading_for(records))}", "#+STARTUP: overview"]
    for title, of_text in groupby(records, key=lambda item: item.edition_title or LOOSE):
        parts.append(f"* {org_escaped(sanitise_line(title))}")
        for chapter, items in groupby(of_text, key=lambda item: item.chapter):
            level = "**"
            if chapter:
                parts.append(f"** {org_escaped(sanitise_line(chapter))}")
                level = "***"
            parts.extend(_entry(item, level) for item in items)
    return "\n".join(parts) + "\n"


def org_escaped(text: str) -> str:
    """Escape text so that Org finds no markup in it; only invisible characters are added."""
    return _BLOCK_START.sub(_STOP, _MARKUP.sub(rf"\1{_STOP}", sanitise(text)))


def org_tag(tag: str) -> str:
    """Return a tag that Org reads: letters, digits, `_`, `@`, `#` and `%`."""
    return _TAG.sub("_", tag).strip("_") or "tag"


def _entry(item: NoteRecord, level: str) -> str:
    annotation = item.annotation
    heading = sanitise_line(item.words or item.target_name or annotation.body or annotation.kind)
    heading = heading if len(heading) <= 60 else heading[:59].rstrip() + "…"
    tags = f" :{':'.join(dict.fromkeys(map(org_tag, annotation.tags)))}:" if annotation.tags else ""
    facts = {
        "ID": annotation.key, "KIND": annotation.kind, "COLOUR": annotation.colour, "PAGE": item.page,
        "CREATED": annotation.created_at, "TAGS_AS_WRITTEN": ", ".join(annotation.tags),
        "CITATION": str(item.citation or ""),
        "STATE": "orphan" if annotation.state == "orphan" else "",
    }  # fmt: skip
    lines = [f"{level} {org_escaped(heading)}{tags}", ":PROPERTIES:"]
    lines += [f":{name}: {sanitise_line(value)}" for name, value in facts.items() if value]
    lines.append(":END:")
    if item.words:
        lines += ["#+begin_quote", org_escaped(item.words), "#+end_quote"]
    elif item.target_name:
        lines.append(org_escaped(item.target_name))
    if annotation.body:
        lines += ["#+begin_src markdown", _CODE_COMMA.sub(r"\1,", sanitise(annotation.body)), "#+end_src"]
    return "\n".join(lines)
