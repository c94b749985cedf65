"""Find quotations with their pages in a review or article, and offer them as candidates.

`python -m import_scripts.reviews.review FILE` prints the quotations of a file. The study pack is not changed.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.candidates import candidate_key, replace_candidates
from db.models.candidate import Candidate
from db.text import fold, sanitise_line
from import_scripts.formats.book_file import read_book
from import_scripts.linking.linker import NameLinker
from import_scripts.locating.words import plain_words
from import_scripts.reviews.attribution import Attribution, Named, announces_another, attribute, is_of_another, topic_of
from import_scripts.reviews.citations import PageCitation, citations_in, citations_of_notes, main_year_of
from import_scripts.reviews.stretches import LEAST_WORDS, Stretch, find_stretches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from db.book import Block, BookNote
    from db.library import Library
    from db.models import Figure, Quotation

_BEHIND: Final = 12
"""Largest distance in characters between a quotation and its citation."""
_MARK_BEHIND: Final = 3
"""Largest distance in characters between a quotation and the mark of its footnote."""
_CONTEXT_CHARACTERS: Final = 160
_CITES: Final = 5
"""From this number of citations on, even three words in quotation marks are likely to be a quotation."""
_LEAST_WORDS_UNCITED: Final = 5
_TELLING_LETTERS: Final = 40
_MOST_PASSAGES: Final = 20_000
"""From this number of passages on, a document is not a review, and only words in quotation marks are read."""
_LEADS: Final = re.compile(r"[:,]\s*[\"'\u2018\u201c\u201e\u00ab]?\s*$")
"""The end of a lead: a colon or a comma before the opening mark."""
_GAP: Final = re.compile(r"\[[^\]]*\]|\u2026|\.{3}")
_SHOWN: Final = 90
_LONGEST: Final = 4_000
"""Largest length of a candidate in characters; anything longer is not a quotation."""
_STOP_WORDS: Final = {
    "en": "the of and to in that was is with for it as not", "fr": "le la les des et une dans que pour est au qui sur",
    "es": "el la los las de y que en una por con no al su se esta", "it": "il che di e la un per non con della una è",
    "de": "der die und das nicht ein ich mit den von zu", "pt": "o que de e uma os para com não em da do",
    "ru": "и в не на что с он как это по но", "nl": "de het een en van dat niet te is op",
    "el": "και το της του να με από για στην τον",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Review:
    """The quotations of a document, in order."""

    title: str
    source: str
    candidates: list[Candidate]

    @property
    def pages(self) -> int:
        """The number of candidates with a page."""
        return sum(bool(candidate.pages) for candidate in self.candidates)


@dataclass(frozen=True, slots=True)
class ImportedReview:
    """Result of importing one document; `known` counts quotations that are already in the study pack."""

    source: str
    found: int
    new: int
    with_page: int
    known: int


def read_review(path: Path, figures: Iterable[Figure], quotations: Iterable[Quotation] = ()) -> Review:
    """Read a document in any format of books, and find its quotations.

    `quotations` are those of the study pack. They show which paragraphs without quotation marks are quoted, and which
    candidates are known.

    Raises:
        SergeError: The file cannot be read.
    """
    book = read_book(path)
    blocks = [block for chapter in book.chapters for block in chapter.blocks]
    source = sanitise_line(path.name)
    found = candidates_in(blocks, source, figures, list(quotations), book.notes)
    return Review(book.title or source, source, found)


def candidates_in(
    blocks: Sequence[Block],
    source: str,
    figures: Iterable[Figure],
    quotations: Sequence[Quotation] = (),
    notes: Sequence[BookNote] = (),
) -> list[Candidate]:
    """Return the quotations in passages, with page, speaker and subject as far as the document gives them.

    `notes` are the document's footnotes, which may cite the pages.
    """
    texts = [block.text for block in blocks]
    curated = [(quotation.key, " ".join(plain_words(quotation.text))) for quotation in quotations]
    known = _known_words(texts, quotations)
    named: defaultdict[int, list[Named]] = defaultdict(list)
    for passage, start, end, figure, _ in NameLinker(figures).mentions(texts):
        named[passage].append(Named(start, end, figure))
    year = main_year_of(texts)
    citations = [citations_in(text, year) for text in texts]
    noted = citations_of_notes(notes, year)
    cites = sum(not citation.loose for found in citations for citation in found) + len(noted) >= _CITES
    stretches = find_stretches(blocks, known, least_words=LEAST_WORDS if cites else _LEAST_WORDS_UNCITED)
    by_passage: defaultdict[int, list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        by_passage[stretch.passage].append(stretch)
    pages = _pages_of(by_passage, citations, texts) | _pages_of_notes(stretches, blocks, noted)
    found: dict[str, Candidate] = {}
    before = Attribution()
    for stretch in stretches:
        citation = pages[stretch]
        text, names = texts[stretch.passage], named[stretch.passage]
        if stretch is by_passage[stretch.passage][0]:
            announced = _announces(texts, stretch)
            before = topic_of(texts[stretch.passage - 1], named[stretch.passage - 1]) if announced else Attribution()
        marks = [(other.start, other.end) for other in by_passage[stretch.passage] if other.kind == "marked"]
        attribution = before = attribute(stretch, text, names, marks, before)
        if (citation is not None and citation.other) or (citation is None and is_of_another(stretch, text)):
            continue
        if citation is None and _announces(texts, stretch) and announces_another(texts[stretch.passage - 1]):
            continue
        words = text[stretch.start : stretch.end][:_LONGEST]
        key = candidate_key(words)
        found.setdefault(
            key,
            Candidate(
                key, source, len(found), words, citation.pages if citation else "", attribution.speaker,
                attribution.about, _context(text, stretch), _same_as(words, curated), language_of(words),
            ),
        )  # fmt: skip
    return list(found.values())


def import_review(library: Library, path: Path, progress: Callable[[str, float], None] | None = None) -> ImportedReview:
    """Read a review and store its quotations as candidates; importing the file again replaces them.

    Raises SergeError when the file cannot be read.
    """
    if progress is not None:
        progress("Reading", 0.0)
    figures = library.figures.all()
    review = read_review(path, figures, library.quotations.all())
    if progress is not None:
        progress("Storing", 0.8)
    new = library.writer.run(lambda connection: replace_candidates(connection, review.source, review.candidates))
    if progress is not None:
        progress("Done", 1.0)
    known = sum(bool(candidate.quotation) for candidate in review.candidates)
    return ImportedReview(review.source, len(review.candidates), new, review.pages, known)


def _known_words(texts: Sequence[str], quotations: Sequence[Quotation]) -> dict[int, int]:
    """Return the passages that contain quotations of the study pack, and how many characters these take."""
    if len(texts) > _MOST_PASSAGES:
        return {}
    wanted = {
        words
        for quotation in quotations
        for part in _GAP.split(quotation.text)
        if len(words := " ".join(plain_words(part))) >= _TELLING_LETTERS
    }
    known: dict[int, int] = {}
    for passage, text in enumerate(texts):
        plain = " ".join(plain_words(text))
        if letters := sum(len(words) for words in wanted if words in plain):
            known[passage] = letters
    return known


def _pages_of(
    by_passage: dict[int, list[Stretch]], citations: Sequence[Sequence[PageCitation]], texts: Sequence[str]
) -> dict[Stretch, PageCitation | None]:
    """Return the citation of each stretch.

    Some documents cite after each quotation. Others name the page first; it then applies until the next page or the
    end of the paragraph, and to a quotation that the paragraph announces with a colon.
    """
    behind: dict[Stretch, PageCitation] = {}
    brackets = 0
    for passage, stretches in by_passage.items():
        brackets += sum(not citation.loose for citation in citations[passage])
        for stretch in stretches:
            for citation in citations[passage]:
                between = texts[passage][stretch.outer_end : citation.start]
                if (
                    not citation.loose
                    and 0 <= citation.start - stretch.outer_end <= _BEHIND
                    and not between.strip(" .,;")
                ):
                    behind[stretch] = citation
    cites_behind = 2 * len(behind) > brackets
    claimed = set(behind.values())
    pages: dict[Stretch, PageCitation | None] = {}
    for passage, stretches in by_passage.items():
        for stretch in stretches:
            before = [citation for citation in citations[passage] if citation.end <= stretch.start]
            if stretch in behind:
                pages[stretch] = behind[stretch]
            elif before and not before[-1].loose and before[-1] not in claimed and _leads(texts, stretch, before[-1]):
                pages[stretch] = before[-1]
            elif before and (before[-1].loose or not cites_behind):
                used = before[-1].loose and texts[passage][before[-1].end : stretch.start].count(".") > 0
                pages[stretch] = None if used else before[-1]
            elif not before and not cites_behind and passage and _announces(texts, stretch) and citations[passage - 1]:
                pages[stretch] = citations[passage - 1][-1]
            else:
                pages[stretch] = None
    return pages


def _leads(texts: Sequence[str], stretch: Stretch, citation: PageCitation) -> bool:
    """Return whether a citation is in the lead to a quotation: *On the last page (p. 447) he looks back:*."""
    lead = texts[stretch.passage][citation.end : stretch.start]
    return not re.search(r"[.!?;\u201d\u00bb\u2019]", lead[:-1]) and bool(_LEADS.search(lead))


def _pages_of_notes(
    stretches: Sequence[Stretch], blocks: Sequence[Block], noted: Mapping[str, PageCitation]
) -> dict[Stretch, PageCitation]:
    """Return what the footnote whose mark stands right behind a quotation cites."""
    found: dict[Stretch, PageCitation] = {}
    for stretch in stretches:
        for span in blocks[stretch.passage].spans:
            behind = span.start - stretch.outer_end
            if span.style == "note" and span.target in noted and 0 <= behind <= _MARK_BEHIND:
                found[stretch] = noted[span.target]
                break
    return found


def _announces(texts: Sequence[str], stretch: Stretch) -> bool:
    """Return whether the passage before announces this stretch, which begins a passage."""
    return stretch.passage > 0 and stretch.start <= 2 and texts[stretch.passage - 1].rstrip().endswith(":")


def _context(text: str, stretch: Stretch) -> str:
    before = text[max(0, stretch.start - _CONTEXT_CHARACTERS) : stretch.start]
    after = text[stretch.end : stretch.end + _CONTEXT_CHARACTERS]
    if stretch.start > _CONTEXT_CHARACTERS:
        before = "\u2026" + before.partition(" ")[2]
    if stretch.end + _CONTEXT_CHARACTERS < len(text):
        after = after.rpartition(" ")[0] + "\u2026"
    return f"{before}\u2026{after}" if stretch.kind == "marked" else ""


def _same_as(words: str, curated: Sequence[tuple[str, str]]) -> str:
    """Return the quotation of the study pack with the same words, or most of them."""
    plain = " ".join(plain_words(words))
    best = ""
    share = 0.0
    for key, text in curated:
        if plain in text or text in plain:
            alike = min(len(plain), len(text)) / max(len(plain), len(text), 1)
            if alike > share:
                best, share = key, alike
    return best


def language_of(text: str) -> str:
    """Return the language of a few sentences by their commonest words, as in BCP 47; empty if unknown."""
    words = fold(text).split()
    counts = sorted(
        ((sum(word in stops for word in words), language) for language, stops in _FOLDED_STOP_WORDS.items()),
        reverse=True,
    )
    (most, language), (second, _), *_ = counts
    return language if most >= 2 and most > second else ""


_FOLDED_STOP_WORDS: Final = {language: frozenset(fold(words).split()) for language, words in _STOP_WORDS.items()}


def main(arguments: Sequence[str]) -> None:
    """Print the quotations of files."""
    from import_scripts.pack import load_pack

    pack = load_pack()
    for name in arguments:
        review = read_review(Path(name), pack.figures, pack.quotations)
        print(f"{review.source}: {len(review.candidates)} quotations, {review.pages} with a page")
        for candidate in review.candidates:
            who = f"{candidate.speaker}: " if candidate.speaker else ""
            about = f" [{', '.join(candidate.about)}]" if candidate.about else ""
            pages = f" p. {candidate.pages}" if candidate.pages else ""
            shown = re.sub(r"\s+", " ", candidate.text)
            if len(shown) > _SHOWN:
                shown = shown[:_SHOWN] + "\u2026"
            print(f"  {who}{shown}{about}{pages}")


if __name__ == "__main__":
    main(sys.argv[1:])
