"""One person in Markdown: portrait, life, ties, mentions, notes. For a dossier, and for a page of a vault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.text import sanitise_line
from serge_tui.core.export.markdown import entry, escaped, escaped_inside, front_matter, markdown_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from serge_tui.core.export.note_record import NoteRecord


@dataclass(frozen=True, slots=True)
class RelatedPerson:
    """Somebody this person is tied to: what they are to this one, and a note on it."""

    kind: str
    key: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class ChapterMentions:
    """How often a chapter of a text names somebody, with some of the places; `number` is one of the Memoirs."""

    text_title: str
    title: str
    number: int | None
    count: int
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person with all that is to be written of them; what is hidden is not in it."""

    key: str
    name: str
    native_name: str
    years: str
    born: str
    died: str
    one_line: str
    also_called: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    movements: tuple[str, ...] = ()
    chapters: tuple[int, ...] = ()
    stroke: str = ""
    portraits: tuple[tuple[str, str], ...] = ()
    """Serge's words and where they stand; the same for what is said of them and what they say."""
    said_of: tuple[tuple[str, str], ...] = ()
    sayings: tuple[tuple[str, str], ...] = ()
    life: str = ""
    to_serge: str = ""
    fate: str = ""
    ties: tuple[RelatedPerson, ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    mentions: tuple[ChapterMentions, ...] = ()
    notes: tuple[NoteRecord, ...] = ()
    """Notes of the reader's on this person."""
    sources: tuple[str, ...] = ()


def person_markdown(
    person: PersonRecord,
    *,
    person_link: Callable[[str, str], str] = lambda _, name: escaped_inside(name),
    chapter_link: Callable[[int, str], str] = lambda _, title: escaped_inside(title),
    backlinks: Sequence[str] = (),
    with_notes: bool = True,
) -> str:
    """Return a person's page: front matter, and a section for each thing that is known.

    Args:
        person: Whom it is about.
        person_link: How a person is written, by key and name.
        chapter_link: How a chapter of the Memoirs is written, by number and title.
        backlinks: Pages that link to this one, as links.
        with_notes: Whether the reader's notes on the person are written out here.
    """
    return "\n\n".join(
        [
            front_matter(_facts(person)),
            f"# {escaped(sanitise_line(person.name))}",
            *_sections(person, person_link, chapter_link),
            *(["## Notes", *(entry(note) for note in person.notes)] if with_notes and person.notes else []),
            *(["## Linked from", "\n".join(f"- {link}" for link in backlinks)] if backlinks else []),
            *(["## Sources", "\n".join(f"- {escaped_inside(source)}" for source in person.sources)]
              if person.sources else []),
        ]
    ) + "\n"  # fmt: skip


def _facts(person: PersonRecord) -> dict[str, object]:
    return {
        "serge": f"figure:{person.key}", "kind": "person", "aliases": list(person.also_called),
        "born": person.born, "died": person.died, "nationality": list(person.nationalities),
        "movements": list(person.movements), "chapters": list(person.chapters),
        "tags": ["person", *sorted({markdown_tag(movement) for movement in person.movements})],
    }  # fmt: skip


def _sections(
    person: PersonRecord, person_link: Callable[[str, str], str], chapter_link: Callable[[int, str], str]
) -> Iterator[str]:
    facts = (person.years, person.native_name if person.native_name != person.name else "", ", ".join(person.roles))
    if line := " · ".join(escaped_inside(fact) for fact in facts if fact):
        yield line
    if person.one_line:
        yield escaped(person.one_line)
    if person.portraits or person.stroke:
        yield "## Portrait"
        yield from map(_quoted, person.portraits)
        if person.stroke:
            yield f"{escaped(person.stroke)} *(after Serge, in our words)*"
    for heading, text in (("Life", person.life), ("To Serge", person.to_serge), ("Fate", person.fate)):
        if text:
            yield f"## {heading}"
            yield "\n\n".join(escaped(part) for part in text.split("\n\n"))
    if person.ties:
        yield "## Ties"
        yield "\n".join(
            f"- {escaped_inside(tie.kind)}: {person_link(tie.key, tie.name)}"
            + (f" ({escaped_inside(tie.note)})" if tie.note else "")
            for tie in person.ties
        )
    for heading, quotations in (("Said of them", person.said_of), ("What they say", person.sayings)):
        if quotations:
            yield f"## {heading}"
            yield from map(_quoted, quotations)
    if person.events:
        yield "## Events"
        yield "\n".join(f"- {escaped_inside(date)}: {escaped_inside(text)}" for date, text in person.events)
    if person.mentions:
        yield f"## Mentions in {escaped_inside(person.mentions[0].text_title)}"
        yield "\n".join(_mentions(chapter, chapter_link) for chapter in person.mentions)
    if person.chapters:
        yield "## Chapters"
        yield "\n".join(f"- {chapter_link(number, f'Chapter {number}')}" for number in person.chapters)


def _mentions(chapter: ChapterMentions, link: Callable[[int, str], str]) -> str:
    where = link(chapter.number, chapter.title) if chapter.number is not None else escaped_inside(chapter.title)
    lines = [f"- {where}: {chapter.count}"]
    return "\n".join([*lines, *(f"  - {escaped_inside(context)}" for context in chapter.contexts)])


def _quoted(quotation: tuple[str, str]) -> str:
    words, reference = quotation
    lines = [f"> {line}" for line in escaped(words).split("\n")]
    return "\n".join([*lines, *([">", f"> — {escaped_inside(reference)}"] if reference else [])])
