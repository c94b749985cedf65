"""Highlights of other readers become annotations: read, matched to an edition, placed by their words, stored once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from db.anchoring import TextIndex, make_anchor, reanchor
from db.book import Book
from db.clock import utc_now
from db.errors import SergeError
from db.models import Anchor, Annotation
from db.store import edition_key
from db.text import fold, sanitise_line
from import_scripts.highlights.detect import read_highlights
from import_scripts.highlights.record import Highlight, HighlightFile, key_of
from import_scripts.highlights.serge_notes import import_own, is_own_export
from import_scripts.locating.quotations import locate_text
from import_scripts.locating.words import WordIndex

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from db.library import Library

_SAME_TITLE: Final = 88.0
_SAMPLE: Final = 12
"""Highlights of a book with an unknown title that are looked for in each edition."""
_ENOUGH_PLACED: Final = 0.5
_BOOKMARK_CHARACTERS: Final = 60


@dataclass(slots=True)
class ImportedHighlights:
    """What came of importing one file.

    `added` are new annotations, of which `placed` hang on their words and `orphans` are kept with theirs; `known` were
    there already; `merged` were versions of one another; `editions` are those that annotations were placed in.
    """

    source: str
    found: int = 0
    added: int = 0
    known: int = 0
    placed: int = 0
    orphans: int = 0
    merged: int = 0
    editions: tuple[str, ...] = ()
    report: list[str] = field(default_factory=list)


def import_highlights(
    library: Library, path: Path, *, edition: str | None = None, progress: Callable[[str, float], None] | None = None
) -> ImportedHighlights:
    """Read highlights and store those that are not there yet, each anchored in an imported edition by its words.

    Without `edition` each book's is found by title, or by where its highlights stand. Raises SergeError when the file
    cannot be read or there is no such edition.
    """
    report = progress or _quiet
    report("Reading", 0.0)
    if edition is not None and library.texts.edition(edition) is None:
        raise SergeError(f"There is no edition “{sanitise_line(edition)}”; `serge editions` lists them.")
    if not path.is_dir() and is_own_export(path):
        return _own(library, path)
    file = read_highlights(path)
    report("Placing", 0.3)
    done = ImportedHighlights(file.source, len(file.highlights) + file.merged, merged=file.merged, report=file.report)
    annotations = _placed(file, _Placer(library), edition)
    report("Storing", 0.9)
    added = set(library.annotations.add_all(annotations).result())
    new = [annotation for annotation in annotations if annotation.key in added]
    done.added, done.known = len(new), len(annotations) - len(new)
    done.orphans = sum(annotation.state == "orphan" for annotation in new)
    done.placed = len(new) - done.orphans
    done.editions = tuple(
        dict.fromkeys(one.anchor.edition for one in new if one.anchor is not None and one.state != "orphan")
    )
    report("Done", 1.0)
    return done


class _Placer:
    """Finds the edition that a book is, and the words of a highlight in it; each text is indexed once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._words: dict[str, WordIndex] = {}
        self._folded: dict[str, TextIndex] = {}
        self._editions = library.texts.editions()

    def edition_of(self, title: str, author: str, highlights: list[Highlight]) -> str | None:
        """The imported edition that a book is: by its title, else by where its highlights stand."""
        from rapidfuzz import fuzz

        wanted, by = fold(title), fold(author)
        likely = [
            edition.key
            for edition in self._editions
            if not edition.is_guide
            and wanted
            and fuzz.token_set_ratio(wanted, fold(edition.title)) >= _SAME_TITLE
            and (not by or not edition.author or fuzz.token_set_ratio(by, fold(edition.author)) >= _SAME_TITLE / 2)
        ]
        if len(likely) == 1:
            return likely[0]
        sample = [highlight for highlight in highlights if len(highlight.text) > 20][:_SAMPLE]
        counts = {
            key: sum(locate_text(highlight.text, self.index(key)) is not None for highlight in sample)
            for key in likely or [edition.key for edition in self._editions if not edition.is_guide]
        }
        best = max(counts, key=lambda key: counts[key], default=None)
        if best is not None and sample and counts[best] >= _ENOUGH_PLACED * len(sample):
            return best
        return likely[0] if likely else None

    def index(self, edition: str) -> WordIndex:
        """The words of an edition."""
        if edition not in self._words:
            self._words[edition] = WordIndex(self._library.passages.texts(edition))
        return self._words[edition]

    def anchor(self, highlight: Highlight, edition: str) -> tuple[Anchor, bool]:
        """Where a highlight hangs, and whether its words were found."""
        index = self.index(edition)
        found = locate_text(highlight.text, index)
        if found is None and highlight.chapter:
            within = self._words_of_chapter(edition, highlight.chapter)
            found = locate_text(highlight.text, index, within) if within is not None else None
        if found is not None:
            return make_anchor(edition, index.texts, 0, *index.place(found.first, found.last)), True
        if highlight.kind == "bookmark" and (chapter := self._chapter(edition, highlight.chapter)) is not None:
            text = index.texts[chapter]
            return make_anchor(edition, index.texts, 0, chapter, 0, chapter, min(len(text), _BOOKMARK_CHARACTERS)), True
        kept = Anchor(edition, 0, 0, 0, 0, highlight.text or highlight.note, highlight.prefix, highlight.suffix)
        if highlight.text and (highlight.prefix or highlight.suffix):
            moved = reanchor(kept, "orphan", self._text_index(edition))
            return moved.anchor, moved.state != "orphan"
        return kept, False

    def _text_index(self, edition: str) -> TextIndex:
        if edition not in self._folded:
            self._folded[edition] = TextIndex(self.index(edition).texts)
        return self._folded[edition]

    def _chapter(self, edition: str, title: str) -> int | None:
        """First passage of the chapter with a title."""
        wanted = fold(title)
        chapters = self._library.texts.chapters(edition) if wanted else []
        return next((chapter.first_passage for chapter in chapters if fold(chapter.title) == wanted), None)

    def _words_of_chapter(self, edition: str, title: str) -> range | None:
        wanted = fold(title)
        index = self.index(edition)
        for chapter in self._library.texts.chapters(edition):
            if fold(chapter.title) == wanted:
                first = chapter.first_passage
                return range(index.first_word(first), index.first_word(first + chapter.passages))
        return None


def _placed(file: HighlightFile, placer: _Placer, edition: str | None) -> list[Annotation]:
    books: defaultdict[tuple[str, str], list[Highlight]] = defaultdict(list)
    for highlight in file.highlights:
        books[highlight.book, highlight.author].append(highlight)
    annotations: dict[str, Annotation] = {}
    for (title, author), highlights in books.items():
        chosen = edition or placer.edition_of(title, author, highlights)
        for highlight in highlights:
            if chosen is not None:
                anchor, is_placed = placer.anchor(highlight, chosen)
            else:
                words = highlight.text or highlight.note
                key = _absent(title, highlight.format)
                anchor, is_placed = Anchor(key, 0, 0, 0, 0, words, highlight.prefix, highlight.suffix), False
            created = highlight.created_at or utc_now()
            annotation = Annotation(
                key_of(highlight), highlight.kind, "", anchor, highlight.colour, highlight.note,
                "anchored" if is_placed else "orphan", created, highlight.modified_at or created, tags=highlight.tags,
            )  # fmt: skip
            annotations.setdefault(annotation.key, annotation)
    return list(annotations.values())


def _absent(title: str, file_format: str) -> str:
    """The key an edition that is not here would have, so that its highlights are found when it is imported."""
    return edition_key(Book(title or "untitled", [], format=file_format or "epub"))


def _own(library: Library, path: Path) -> ImportedHighlights:
    """Our own export: as it was, by its keys."""
    notes = import_own(library, path)
    found = notes.new + notes.changed + notes.known
    return ImportedHighlights("serge", found, notes.new, notes.known, notes.new, report=list(notes.report))


def _quiet(_stage: str, _share: float) -> None:
    """Report to nobody."""
