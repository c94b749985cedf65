"""Link names in passages to figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.links import fold_surface
from db.models.link import LinkDecisions
from import_scripts.linking.back_matter import BackMatter, find_back_matter
from import_scripts.linking.decided import Settled, allowed, settled_here
from import_scripts.linking.forms import Forms
from import_scripts.linking.identity import LINK, Judge
from import_scripts.linking.scan import Scanner
from import_scripts.linking.suggest import Suggested, suggestions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.book import Book
    from db.models import Figure
    from import_scripts.linking.scan import Scanned

Mentioned = tuple[int, int, int, str, float]
"""Passage, start, end, figure, confidence."""
Question = tuple[int, int, int, str, str, float, str]
"""Passage, start, end, folded surface, figure, confidence, reason."""
_FIGURE: str = "figure:"


@dataclass(slots=True)
class Linked:
    """The result of linking a text; each list is in the order of the text."""

    mentions: list[Mentioned] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    """Uncertain names, one row for each candidate."""
    suggestions: list[Suggested] = field(default_factory=list)
    """Names that are in no glossary, the most likely people first."""
    back_matter: BackMatter = field(default_factory=BackMatter)


class NameLinker:
    """Finds names in passages and decides who is meant. Build it once for a glossary and the reader's decisions."""

    def __init__(self, figures: Iterable[Figure], decisions: LinkDecisions | None = None) -> None:
        self._decisions = decisions or LinkDecisions()
        self._forms = Forms(figures, self._decisions.always)
        self._scanner = Scanner(self._forms)

    def mentions(self, texts: Sequence[str]) -> list[Mentioned]:
        """Return the mentions in passages, in order: passage ordinal, start, end, figure, confidence."""
        return self.link(texts).mentions

    def link_book(self, book: Book) -> Linked:
        """Link a book's passages; links to figures that the book already has (the guide) are kept as they are."""
        blocks = [block for chapter in book.chapters for block in chapter.blocks]
        known = [
            (passage, span.start, span.end, span.target.removeprefix(_FIGURE))
            for passage, block in enumerate(blocks)
            for span in block.spans
            if span.style == "link" and span.target.startswith(_FIGURE)
        ]
        listed = BackMatter() if known else find_back_matter(book)
        return self.link(
            book.texts, chapters=book.chapter_starts, language=book.language, known=known, back_matter=listed
        )

    def link(
        self,
        texts: Sequence[str],
        *,
        chapters: Sequence[tuple[int, int | None]] = (),
        language: str = "",
        known: Iterable[tuple[int, int, int, str]] = (),
        back_matter: BackMatter | None = None,
    ) -> Linked:
        """Link passages.

        `chapters` gives each chapter's first passage, ascending, with the chapter of the Memoirs it was recognised as;
        `language` is a BCP 47 tag; `known` gives passage, start, end and figure of existing links;
        `back_matter` is the book's own index and glossary: not mentions, but evidence of who is meant elsewhere.
        """
        listed = back_matter or BackMatter()
        texts = listed.evidence_texts(texts)
        scanned = self._scanner.scan(texts)
        judge = Judge(scanned, self._forms.people, chapters, language, listed.passages)
        judged = judge.judge()
        settled = [
            Settled(scanned.starts[passage] + start, scanned.starts[passage] + end, figure)
            for passage, start, end, figure in known
            if figure in self._forms.people
        ]
        settled += settled_here(scanned, texts, self._decisions) if self._decisions.here else ()
        taken = sorted((one.start, one.end) for one in settled)
        linked = Linked(back_matter=listed)
        at = 0
        for one in judged:
            while at < len(taken) and taken[at][1] <= one.start:
                at += 1
            if at < len(taken) and taken[at][0] < one.end:
                continue
            candidates = allowed(one, self._decisions, scanned.whole)
            if not candidates:
                continue
            passage, start, end = _place(scanned, one.start, one.end)
            confidence, figure = candidates[0]
            if confidence >= LINK:
                linked.mentions.append((passage, start, end, figure, confidence))
                continue
            surface = fold_surface(scanned.whole[one.start : one.end])
            linked.questions += [
                (passage, start, end, surface, figure, confidence, one.reason) for confidence, figure in candidates
            ]
        for certain in settled:
            if certain.figure in self._forms.people:
                linked.mentions.append((*_place(scanned, certain.start, certain.end), certain.figure, 1.0))
        if settled:
            linked.mentions.sort()
        linked.suggestions = [
            suggested
            for suggested in suggestions(scanned, judge.others, listed)
            if not self._decisions.forbids(suggested[0], "")
        ]
        return linked


def _place(scanned: Scanned, start: int, end: int) -> tuple[int, int, int]:
    passage = scanned.passage(start)
    base = scanned.starts[passage]
    return passage, start - base, end - base
