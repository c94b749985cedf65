"""Annotations as Markdown: one heading a text, one a chapter, the words as a quotation, the note under it."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from serge_tui.export.described import Described

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")


def to_markdown(described: Iterable[Described]) -> str:
    """Write annotations in the order given. Words from books are escaped; notes are the reader's own Markdown."""
    parts = ["# Notes on the Memoirs of a Revolutionary"]
    for title, of_text in groupby(described, key=lambda item: item.edition_title or "On people and things"):
        parts.append(f"## {escaped(title)}")
        for chapter, items in groupby(of_text, key=lambda item: item.chapter):
            if chapter:
                parts.append(f"### {escaped(chapter)}")
            parts.extend(_entry(item) for item in items)
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Write text so that Markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)


def _entry(item: Described) -> str:
    annotation = item.annotation
    lines: list[str] = []
    if annotation.anchor is not None and annotation.anchor.exact:
        lines += [f"> {escaped(line)}" for line in annotation.anchor.exact.splitlines()]
        where = ", ".join(part for part in (f"p. {item.page}" if item.page else "", annotation.colour) if part)
        if where:
            lines += [">", f"> — {where}"]
    elif item.target_name:
        lines.append(f"**{escaped(item.target_name)}**")
    if annotation.body:
        lines += ["", annotation.body]
    if annotation.tags:
        lines += ["", " ".join(f"#{tag}" for tag in annotation.tags)]
    if annotation.state == "orphan":
        lines += ["", "*(These words were not found in the text as it is now.)*"]
    return "\n".join(lines)
