"""Export annotations as Markdown: a heading for each text and chapter, the words as a quotation, the note below.

Also as one file for each chapter, with the front matter that Obsidian and Logseq read.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from db.note_links import target_of
from db.text import fold, sanitise, sanitise_line
from serge_tui.core.export.note_record import heading_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from serge_tui.core.export.citations import Citation
    from serge_tui.core.export.note_record import NoteRecord

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~&$=^])")
_BLOCK_START: Final = re.compile(r"^([-+]|\d{1,9}(?=[.)]))")
_TAG: Final = re.compile(r"[^\w/-]+")
_LINK: Final = re.compile(r"\[\[([^\[\]|\n]{1,80})\]\]")
LOOSE: Final = "On people and things"


def to_markdown(records: Iterable[NoteRecord]) -> str:
    """Write annotations in the order given. Words from books are escaped; notes are the reader's own Markdown."""
    records = list(records)
    parts = [f"# {escaped(sanitise_line(heading_for(records)))}"]
    for title, of_text in groupby(records, key=lambda item: item.edition_title or LOOSE):
        parts.append(f"## {escaped(title)}")
        for chapter, items in groupby(of_text, key=lambda item: item.chapter):
            if chapter:
                parts.append(f"### {escaped(chapter)}")
            parts.extend(_entry(item) for item in items)
    return "\n\n".join(parts) + "\n"


def by_chapter(records: Iterable[NoteRecord]) -> dict[str, str]:
    """Return the name and text of one file for each chapter. Names have only plain letters, digits and hyphens."""
    files: dict[str, list[NoteRecord]] = {}
    titles: dict[str, str] = {}
    owners: dict[tuple[str, int], str] = {}
    for item in records:
        anchor = item.annotation.anchor
        place = (anchor.edition if anchor else "", item.chapter_ordinal)
        if place not in owners:
            name = _file_name(item)
            number = 2
            while f"{name}.md" in files:
                name, number = f"{_file_name(item)}-{number}", number + 1
            owners[place] = f"{name}.md"
            titles[owners[place]] = item.chapter or item.edition_title or LOOSE
        files.setdefault(owners[place], []).append(item)
    return {name: _chapter_file(titles[name], items) for name, items in files.items()}


def escaped(text: str) -> str:
    """Escape text so that Markdown shows it unchanged, at the beginning of a line too."""
    return "\n".join(
        _BLOCK_START.sub(_escaped_start, _SPECIAL.sub(r"\\\1", line.strip())) for line in sanitise(text).split("\n")
    )


def escaped_inside(text: str) -> str:
    """Escape text so that Markdown shows it unchanged, on one line and not at its beginning."""
    return _SPECIAL.sub(r"\\\1", " ".join(sanitise(text).split("\n")))


def with_links(body: str, names: Mapping[str, str]) -> str:
    """Write a note's links as `[[trotsky|Leon Trotsky]]`, so that they are clear in other programs."""

    def linked(found: re.Match[str]) -> str:
        name = sanitise_line(names.get(target_of(found[1]), "")).replace("[", "(").replace("]", ")").replace("|", "/")
        return f"[[{found[1]}|{name}]]" if name else found[0]

    return _LINK.sub(linked, body)


def markdown_tag(tag: str) -> str:
    """Return a tag that Obsidian and Logseq read: letters, digits, `-`, `_` and `/`."""
    return _TAG.sub("-", tag).strip("-") or "tag"


def _escaped_start(found: re.Match[str]) -> str:
    # A number's dot is what makes a list of it: `1\.`; the dot itself stands after what was matched.
    return f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}"


def _entry(item: NoteRecord) -> str:
    annotation = item.annotation
    lines: list[str] = []
    if item.words:
        lines += [f"> {line}" for line in escaped(item.words).split("\n")]
        source = _cited(item.citation) if item.citation else escaped(f"p. {item.page}") if item.page else ""
        where = " · ".join(part for part in (source, annotation.colour) if part)
        if where:
            lines += [">", f"> — {where}"]
    elif item.target_name:
        lines.append(f"**{escaped(sanitise_line(item.target_name))}**")
    if annotation.body:
        lines += ["", sanitise(annotation.body)]
    if annotation.tags:
        lines += ["", " ".join(f"#{markdown_tag(tag)}" for tag in annotation.tags)]
    if annotation.state == "orphan":
        lines += ["", "*(These words were not found in the text as it is now.)*"]
    return "\n".join(lines)


def _cited(citation: Citation) -> str:
    if citation.is_key:
        return str(citation)
    before, title, after = map(escaped_inside, (citation.before, citation.title, citation.after))
    return f"{before}*{title}*{after}"


def _chapter_file(title: str, items: list[NoteRecord]) -> str:
    first = items[0]
    tags = sorted({markdown_tag(tag) for item in items for tag in item.annotation.tags})
    facts: dict[str, object] = {"title": title, "book": first.edition_title, "author": first.author}
    if first.chapter_number is not None:
        facts |= {"chapter": first.chapter_number, "aliases": [f"ch{first.chapter_number}"]}
    facts |= {"tags": tags, "updated": max(item.annotation.modified_at for item in items)[:10]}
    # JSON is YAML (https://yaml.org/spec/1.2.2/, chapter 1.3), and quotes whatever a title holds.
    head = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items() if value]
    body = "\n\n".join(_entry(item) for item in items)
    return "\n".join(["---", *head, "---", "", f"# {escaped(sanitise_line(title))}", "", body, ""])


def _file_name(item: NoteRecord) -> str:
    title = re.sub(r"[^\w]+", "-", fold(item.chapter or item.edition_title or LOOSE)).strip("-")[:60].strip("-")
    number = f"{item.chapter_number:02}-" if item.chapter and item.chapter_number is not None else ""
    return f"{number}{title or 'notes'}"
