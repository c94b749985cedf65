"""An open chapter: its passages with the names, links and page numbers in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Final, TypeVar

from db.models import Mention
from serge_tui.modes.reader.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.library import Library
    from db.models import Chapter, Edition, PageLabel, Passage, TermMention
    from db.models.found_text import FoundMention

T = TypeVar("T", "TermMention", "FoundMention")

FIGURE_LINK: Final = "figure:"
PICTURE_LINK: Final = "picture:"
"""How the target of a link begins that is the caption of a picture; the passage follows."""
NARRATOR: Final = "serge"
"""He is on every page: his name is not underlined and `]p` skips it, though a click on it opens his card."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the text: `target` as in `db.book.Span`; `is_note` for the mark of a note."""

    stretch: Stretch
    target: str
    is_note: bool = False


@dataclass(frozen=True)
class OpenChapter:
    """A chapter with everything in it, in order of the text."""

    edition: Edition
    chapter: Chapter
    passages: tuple[Passage, ...]
    names: tuple[Mention, ...]
    links: tuple[Link, ...]
    pages: tuple[PageLabel, ...] = field(default=())
    terms: tuple[TermMention, ...] = field(default=())
    strangers: tuple[FoundMention, ...] = field(default=())
    """People named who are in no glossary."""

    @property
    def first(self) -> int:
        """Ordinal of the first passage."""
        return self.chapter.first_passage

    @property
    def last(self) -> int:
        """Ordinal of the last passage."""
        return self.chapter.first_passage + max(0, len(self.passages) - 1)

    def passage(self, ordinal: int) -> Passage | None:
        """Return a passage of the chapter by its ordinal in the edition, or None."""
        at = ordinal - self.first
        return self.passages[at] if 0 <= at < len(self.passages) else None

    def length(self, ordinal: int) -> int:
        """Return the number of characters of a passage; 0 if it is not in the chapter."""
        passage = self.passage(ordinal)
        return len(passage.text) if passage else 0

    @cached_property
    def _characters(self) -> list[int]:
        """Characters before each passage, then those of all."""
        return list(accumulate((len(passage.text) for passage in self.passages), initial=0))

    @property
    def characters(self) -> int:
        """Characters of the whole chapter."""
        return self._characters[-1]

    def characters_before(self, place: tuple[int, int]) -> int:
        """Return how many characters of the chapter come before a place."""
        at = max(0, min(place[0] - self.first, len(self.passages)))
        return min(self._characters[at] + (place[1] if at < len(self.passages) else 0), self.characters)

    def name_at(self, place: tuple[int, int]) -> Mention | None:
        """Return the name at a place, or None."""
        return next((name for name in self.names if Stretch.of(name).holds(place)), None)

    def stranger_at(self, place: tuple[int, int]) -> FoundMention | None:
        """Return the name of somebody in no glossary at a place."""
        passage, offset = place
        return next((one for one in self.strangers if one.passage == passage and one.start <= offset < one.end), None)

    def term_at(self, place: tuple[int, int]) -> TermMention | None:
        """Return the term at a place."""
        passage, offset = place
        return next((term for term in self.terms if term.passage == passage and term.start <= offset < term.end), None)

    def link_at(self, place: tuple[int, int]) -> Link | None:
        """Return the link at a place, or None."""
        return next((link for link in self.links if link.stretch.holds(place)), None)

    @cached_property
    def others(self) -> tuple[Mention, ...]:
        """Everybody named but the narrator."""
        return tuple(name for name in self.names if name.figure != NARRATOR)

    def names_in(self, view: Stretch) -> list[Mention]:
        """Return the names, except the narrator's, that begin in a view, in order."""
        return [name for name in self.others if view.holds((name.passage, name.start))]

    def is_linked_by_text(self, name: Mention) -> bool:
        """Return whether the text itself says who is meant, as the guide does."""
        passage = self.passage(name.passage)
        spans = passage.spans if passage else ()
        return any(span.start == name.start and span.target == FIGURE_LINK + name.figure for span in spans)

    def page_at(self, place: tuple[int, int]) -> str:
        """Return the label of the printed page a place is on, if it begins in this chapter; else an empty string."""
        labels = [page.label for page in self.pages if (page.passage, page.offset) <= place]
        return labels[-1] if labels else ""


def open_chapter(library: Library, edition: Edition, chapter: Chapter) -> OpenChapter:
    """Read a chapter with names, links and page marks."""
    passages = tuple(library.passages.of_chapter(edition.key, chapter.ordinal))
    first, last = chapter.first_passage, chapter.first_passage + chapter.passages - 1
    links: list[Link] = []
    linked: list[Mention] = []
    for passage in passages:
        for span in passage.spans:
            if span.style not in {"link", "note"} or not span.target:
                continue
            stretch = Stretch(passage.ordinal, span.start, passage.ordinal, span.end)
            if span.target.startswith(FIGURE_LINK) and span.style == "link":
                figure = span.target.removeprefix(FIGURE_LINK)
                linked.append(Mention(edition.key, passage.ordinal, span.start, span.end, figure, 1.0))
            else:
                links.append(Link(stretch, span.target, span.style == "note"))
    links = with_captions(links, passages, library.pictures.passages(edition.key, first, last))
    strangers, told = library.found_people.mentions(edition.key, first, last)
    found = library.passages.mentions(edition.key, first, last) + told
    names = merged_names(linked, found)
    pages = tuple(library.texts.pages(edition.key, first, last))
    others = free_terms(strangers, names, links)
    terms = free_terms(library.terms.mentions(edition.key, first, last), (*names, *others), links)
    return OpenChapter(edition, chapter, passages, names, tuple(links), pages, terms, others)


def with_captions(links: list[Link], passages: Sequence[Passage], pictured: list[int]) -> list[Link]:
    """Return links in order of the text, with those of passages that have pictures: the whole caption is one.

    A caption that holds links or note marks keeps them: it is a link up to the first of them, if it begins with words.
    """
    if not pictured:
        return links
    first = passages[0].ordinal
    for ordinal in pictured:
        inside = [link.stretch.start for link in links if link.stretch.passage == ordinal]
        end = min([len(passages[ordinal - first].text), *inside])
        if end:
            links.append(Link(Stretch(ordinal, 0, ordinal, end), f"{PICTURE_LINK}{ordinal}"))
    return sorted(links, key=lambda link: link.stretch.begin)


def free_terms(found: list[T], names: Sequence[Mention | FoundMention], links: list[Link]) -> tuple[T, ...]:
    """Return the terms, or names of people in no glossary, that share no character with a name or a link.

    What is there already wins.
    """
    taken: dict[int, list[tuple[int, int]]] = {}
    for name in names:
        taken.setdefault(name.passage, []).append((name.start, name.end))
    for link in links:
        taken.setdefault(link.stretch.passage, []).append((link.stretch.start, link.stretch.end))
    return tuple(
        term
        for term in found
        if not any(term.start < end and start < term.end for start, end in taken.get(term.passage, ()))
    )


def merged_names(sure: list[Mention], found: list[Mention]) -> tuple[Mention, ...]:
    """Return names in order of the text; where two overlap, the one that the text itself links (`sure`)."""
    taken: dict[int, list[Mention]] = {}
    for name in [*sure, *found]:
        others = taken.setdefault(name.passage, [])
        if not any(name.start < other.end and other.start < name.end for other in others):
            others.append(name)
    everything = (name for names in taken.values() for name in names)
    return tuple(sorted(everything, key=lambda name: (name.passage, name.start)))
