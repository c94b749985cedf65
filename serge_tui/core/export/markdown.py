"""Export annotations as Markdown: a heading for each text and chapter, the words as a quotation, the note below.

Also as one file for each chapter, with the front matter that Obsidian and Logseq read.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from db.text import fold, sanitise, sanitise_line
from serge_tui.core.export.note_record import heading_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from serge_tui.core.export.citations import Citation
    from serge_tui.core.export.note_record import NoteRecord

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~&$=^])")
_BLOCK_START: Final = re.compile(r"^([-+]|\d{1,9}(?=[.)]))")
_TAG: Final = re.compile(r"[^\w/-]+")
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
            parts.extend(entry(item) for item in items)
    return "\n\n".join(parts) + "\n"


def records_by_chapter(records: Iterable[NoteRecord]) -> dict[str, list[NoteRecord]]:
    """Return the notes of each chapter of each text, by the name of its file without the ending."""
    files: dict[str, list[NoteRecord]] = {}
    owners: dict[tuple[str, int], str] = {}
    for item in records:
        anchor = item.annotation.anchor
        place = (anchor.edition if anchor else "", item.chapter_ordinal)
        if place not in owners:
            stem = file_stem(item.chapter or item.edition_title or LOOSE, item.chapter_number if item.chapter else None)
            name, number = stem, 2
            while name in files:
                name, number = f"{stem}-{number}", number + 1
            owners[place] = name
        files.setdefault(owners[place], []).append(item)
    return files


def escaped(text: str) -> str:
    """Escape text so that Markdown shows it unchanged, at the beginning of a line too."""
    return "\n".join(
        _BLOCK_START.sub(_escaped_start, _SPECIAL.sub(r"\\\1", line.strip())) for line in sanitise(text).split("\n")
    )


def escaped_inside(text: str) -> str:
    """Escape text so that Markdown shows it unchanged, on one line and not at its beginning."""
    return _SPECIAL.sub(r"\\\1", " ".join(sanitise(text).split("\n")))


def markdown_tag(tag: str) -> str:
    """Return a tag that Obsidian and Logseq read: letters, digits, `-`, `_` and `/`."""
    return _TAG.sub("-", tag).strip("-") or "tag"


def _escaped_start(found: re.Match[str]) -> str:
    # A number's dot is what makes a list of it: `1\.`; the dot itself stands after what was matched.
    return f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}"


def entry(item: NoteRecord) -> str:
    """Return a note with its words as a quotation, where they stand, and its tags."""
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


def chapter_file(items: list[NoteRecord], more: Sequence[str] = ()) -> str:
    """Return the page of a chapter: front matter, a heading that names the book, the notes, and further sections.

    There is no `title` in the front matter: to Logseq that would be another name of the page, and links would miss it.
    """
    first = items[0]
    title = first.chapter or first.edition_title or LOOSE
    tags = sorted({markdown_tag(tag) for item in items for tag in item.annotation.tags})
    facts: dict[str, object] = {"kind": "chapter", "heading": title, "book": first.edition_title,
                                "author": first.author}  # fmt: skip
    if first.chapter_number is not None:
        facts |= {"chapter": first.chapter_number, "aliases": [f"ch{first.chapter_number}"]}
    facts |= {"tags": tags, "updated": max(item.annotation.modified_at for item in items)[:10]}
    book = f" ({escaped_inside(sanitise_line(first.edition_title))})" if first.chapter and first.edition_title else ""
    heading = f"# {escaped(sanitise_line(title))}{book}"
    return "\n\n".join([front_matter(facts), heading, *(entry(item) for item in items), *more]) + "\n"


def front_matter(facts: Mapping[str, object]) -> str:
    """Return YAML front matter of the facts that are not empty.

    JSON is YAML (https://yaml.org/spec/1.2.2/, chapter 1.3), and quotes whatever a title holds.
    """
    head = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items() if value]
    return "\n".join(["---", *head, "---"])


def file_stem(title: str, number: int | None) -> str:
    """Return the name of a chapter's file without its ending: plain letters, digits and hyphens."""
    words = re.sub(r"[^\w]+", "-", fold(title)).strip("-")[:60].strip("-")
    return f"{number:02}-{words or 'notes'}" if number is not None else words or "notes"
