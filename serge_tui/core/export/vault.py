"""A vault: a page a person and a page a chapter, with links that resolve in Obsidian and in Logseq.

Both find a page by the name of its file, wherever it is in the vault; Logseq does not know `[[page|words]]`. So a link
is `[[name of the file]]` and nothing else; other words stand before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from db.note_links import target_of
from db.text import sanitise_line
from serge_tui.core.export.markdown import (
    chapter_file,
    escaped,
    escaped_inside,
    file_stem,
    front_matter,
    records_by_chapter,
)
from serge_tui.core.export.person import person_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from serge_tui.core.export.note_record import NoteRecord
    from serge_tui.core.export.person import PersonRecord

PEOPLE: Final = "people"
"""Folder of the pages on people."""
_UNSAFE: Final = re.compile(r'[\\/:*?"<>|#^\[\]\x00-\x1f]+')
_LINK: Final = re.compile(r"\[\[([^\[\]|\n]{1,80})(?:\|([^\[\]\n]{1,200}))?\]\]")
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class GuideChapter:
    """A chapter of the Memoirs from the study pack, for chapters that have no note."""

    number: int
    title: str
    years: str = ""
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Keys of the people in it."""


@dataclass(frozen=True, slots=True)
class _Names:
    """The name of the page of each person and chapter, and what other links lead to."""

    people: Mapping[str, str]
    chapters: Mapping[int, str]
    words: Mapping[str, str] = field(default_factory=dict)

    def person(self, key: str, name: str) -> str:
        """Return a person as a link, or by name where they have no page."""
        page = self.people.get(key)
        return f"[[{page}]]" if page else escaped_inside(sanitise_line(name))

    def chapter(self, number: int, title: str) -> str:
        """Return a chapter as a link, or by its title."""
        page = self.chapters.get(number)
        return f"[[{page}]]" if page else escaped_inside(sanitise_line(title))

    def in_note(self, body: str) -> str:
        """Return a note in which every link leads to a page of the vault, or is words."""

        def linked(found: re.Match[str]) -> str:
            kind, _, key = target_of(found[1]).partition(":")
            words = sanitise_line(found[2] or "").strip()
            page = self.people.get(key) if kind == "figure" else None
            if kind == "chapter" and key.isdecimal():
                page = self.chapters.get(int(key))
            if page is None:
                return words or sanitise_line(self.words.get(target_of(found[1]), found[1]))
            return f"{words} ([[{page}]])" if words and words != page else f"[[{page}]]"

        return _LINK.sub(linked, body)


def vault(
    people: Sequence[PersonRecord],
    chapters: Sequence[GuideChapter],
    records: Iterable[NoteRecord],
    words: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return the text of every file of a vault by its path in it.

    Args:
        people: Who has a page.
        chapters: Chapters of the Memoirs that have a page even if no note is in them.
        records: Notes, in book order.
        words: By stable key, what a link to something without a page is written as.
    """
    pages = records_by_chapter(records)
    numbers: dict[int, str] = {}
    for stem, items in pages.items():
        if items[0].chapter_number is not None and items[0].chapter:
            numbers.setdefault(items[0].chapter_number, stem)
    taken = {stem.casefold() for stem in pages}
    for chapter in chapters:
        if chapter.number not in numbers:
            numbers[chapter.number] = _free(file_stem(chapter.title, chapter.number), taken)
    names = _Names({person.key: _free(page_name(person.name), taken) for person in people}, numbers, words or {})
    backlinks = _backlinks(pages)
    guide = {numbers[chapter.number]: chapter for chapter in chapters}
    files = {}
    for stem, items in pages.items():
        linked = [_linked(item, names) for item in items]
        files[f"{stem}.md"] = chapter_file(linked, _people_of(guide[stem], names) if stem in guide else ())
    for stem, chapter in guide.items():
        files.setdefault(f"{stem}.md", _guide_page(chapter, names))
    for person in people:
        own = replace(person, notes=tuple(_linked(note, names) for note in person.notes))
        files[f"{PEOPLE}/{names.people[person.key]}.md"] = person_markdown(
            own,
            person_link=names.person,
            chapter_link=names.chapter,
            backlinks=[f"[[{stem}]]" for stem in backlinks.get(person.key, ())],
            with_notes=False,  # they stand in the page of what is on people and things, which is linked
        )
    return files


def page_name(name: str) -> str:
    """Return a name as a file and a link may have it, in every program and on every file system."""
    clean = " ".join(_UNSAFE.sub(" ", sanitise_line(name)).split())[:_LONGEST].strip(" .")
    return clean or "Nobody"


def _free(name: str, taken: set[str]) -> str:
    """Return the name, with a number if a page has it already; the names of pages are compared without case."""
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name} {number}", number + 1
    taken.add(free.casefold())
    return free


def _linked(item: NoteRecord, names: _Names) -> NoteRecord:
    body = names.in_note(item.annotation.body)
    kind, _, key = item.annotation.target.partition(":")
    page = names.people.get(key) if kind == "figure" else None
    if page is not None and item.annotation.anchor is None:
        # Instead of the name in bold: so both programs show the note among what links to the person.
        return replace(item, target_name="", annotation=replace(item.annotation, body=f"[[{page}]]\n\n{body}".strip()))
    return replace(item, annotation=replace(item.annotation, body=body))


def _backlinks(pages: Mapping[str, Sequence[NoteRecord]]) -> dict[str, dict[str, None]]:
    """Return the pages whose notes are on a person or link to them, by the person's key."""
    found: dict[str, dict[str, None]] = {}
    for stem, items in pages.items():
        for item in items:
            targets = [item.annotation.target, *(target_of(link[1]) for link in _LINK.finditer(item.annotation.body))]
            for target in targets:
                kind, _, key = target.partition(":")
                if kind == "figure":
                    found.setdefault(key, {}).setdefault(stem)
    return found


def _people_of(chapter: GuideChapter, names: _Names) -> list[str]:
    links = sorted(names.person(key, key) for key in chapter.people if key in names.people)
    return ["## People", "\n".join(f"- {link}" for link in links)] if links else []


def _guide_page(chapter: GuideChapter, names: _Names) -> str:
    facts: dict[str, object] = {"kind": "chapter", "heading": chapter.title, "book": "Memoirs of a Revolutionary",
                                "chapter": chapter.number, "aliases": [f"ch{chapter.number}"]}  # fmt: skip
    line = " · ".join(escaped_inside(part) for part in (chapter.years, ", ".join(chapter.places)) if part)
    heading = f"# {escaped(chapter.title)} (Memoirs of a Revolutionary)"
    return "\n\n".join([front_matter(facts), heading, *([line] if line else []), *_people_of(chapter, names)]) + "\n"
