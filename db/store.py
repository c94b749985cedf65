"""Storing derived data: a whole edition or the whole study pack, replaced inside the caller's one transaction.

What belongs to the reader is never touched here but for one thing: annotations, the reading position and what was read
of a replaced edition are looked for in its new text, in the same transaction, so that no moment exists at which they
hang on the wrong words.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, astuple, dataclass, field, replace
from typing import TYPE_CHECKING, Final

from db.anchoring import TextIndex, reanchor, relocate
from db.annotations import select as select_annotations
from db.book import IMPORTER_VERSION
from db.chapter_corrections import settle_chapters, starts_of, to_column
from db.clock import utc_now
from db.edition_corrections import told_title
from db.found_store import forget_found
from db.models import FIGURE_COLUMNS, FIGURE_FIELDS, GUIDE_EDITION, Anchor
from db.overlay import apply_all as apply_corrections
from db.passage_alignment import PassageAlignment
from db.pictures import insert_pictures
from db.reading import find_read_again
from db.search_index import add_to_index, remove_from_index
from db.text import fold, folded_for_index

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from db.anchoring import Reanchored
    from db.book import Book
    from db.chapter_corrections import ChapterStart
    from db.models import AnnotationState, ContentPage, Event, Figure, Publication, Quotation
    from db.pack import Matter, Pack, ReceptionPoint, Work

_PACK_TABLES: Final = (
    "term_chapter", "term_alias", "membership", "pronunciation", "content_page", "term",
    "citation", "rating", "reception_point", "work", "publication", "matter", "event_figure", "event",
    "quotation_figure", "quotation", "tie", "alias", "figure_chapter_basis", "figure_chapter",
    "figure_movement", "figure_nationality", "figure_role", "figure", "canonical_title", "canonical_chapter", "source",
)  # fmt: skip

_FINDINGS: Final = ("term_mention", "name_suggestion", "link_question", "quotation_place", "mention")


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """What came of storing an edition; the counts are of the reader's annotations in it."""

    key: str
    replaced: bool
    kept: int = 0
    drifted: int = 0
    orphaned: int = 0


@dataclass(slots=True)
class EditionFindings:
    """What was found in a text before it is stored: names and quotations, with passages as ordinals."""

    mentions: list[tuple[int, int, int, str, float]] = field(default_factory=list)
    """Passage, start, end, figure, confidence."""
    places: list[tuple[str, int, int, int, int, float, float]] = field(default_factory=list)
    """Quotation, passage, start, end passage, end, score, margin."""
    questions: list[tuple[int, int, int, str, str, float, str]] = field(default_factory=list)
    """Uncertain names: passage, start, end, folded surface, figure, confidence, reason."""
    suggestions: list[tuple[str, str, int, int, int, int]] = field(default_factory=list)
    """Names in no glossary: folded surface, name, occurrences, first passage, start, end."""
    terms: list[tuple[int, int, int, str]] = field(default_factory=list)
    """Terms and places: passage, start, end, term."""


def edition_key(book: Book) -> str:
    """The stable key of an edition: its title and format, so that the same book imported again is the same edition."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(book.title)).strip("-")[:60].strip("-") or "untitled"
    return f"{slug}-{book.format or 'text'}"


def replace_edition(
    connection: sqlite3.Connection,
    key: str,
    book: Book,
    digest: str,
    findings: EditionFindings,
    file_chapters: Sequence[ChapterStart] = (),
) -> StoredEdition:
    """Store an edition in place of the one with the same key, and find the reader's annotations in the new text.

    `file_chapters` are the chapters in the file, where the reader has marked others (`db.chapter_corrections`).
    """
    replaced = connection.execute("select 1 from edition where key = ?", [key]).fetchone() is not None
    earlier = _annotated_text(connection, key)
    remove_edition(connection, key)
    connection.execute(
        "insert into edition (key, title, author, language, format, source_name, identifier, digest, imported_at,"
        " words, report, importer, file_title, file_chapters) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            key, told_title(connection, key) or book.title, book.author, book.language, book.format, book.source_name,
            book.identifier, digest, utc_now(), book.words, json.dumps(book.report, ensure_ascii=False),
            IMPORTER_VERSION, book.title, to_column(file_chapters or starts_of(book)),
        ],
    )  # fmt: skip
    texts = _insert_text(connection, key, book)
    _insert_findings(connection, key, findings)
    settle_chapters(connection, key, texts)
    return _find_readers_things(connection, StoredEdition(key, replaced), texts, earlier)


def replace_findings(connection: sqlite3.Connection, key: str, findings: EditionFindings) -> None:
    """Store what was found in an edition's text in place of what was found before; the text stays as it is."""
    for table in _FINDINGS:
        connection.execute(f"delete from {table} where edition = ?", [key])
    _insert_findings(connection, key, findings)


def remove_edition(connection: sqlite3.Connection, key: str) -> None:
    """Remove an edition's derived data; what the reader wrote in it stays."""
    remove_from_index(connection, key)
    forget_found(connection, key)
    for table in (*_FINDINGS, "picture_place", "picture", "page_mark", "note", "passage", "chapter"):
        connection.execute(f"delete from {table} where edition = ?", [key])
    connection.execute("delete from edition where key = ?", [key])


def replace_pack(connection: sqlite3.Connection, pack: Pack, guide_findings: EditionFindings) -> None:
    """Store the study pack in place of the one before. Mentions and places of what is gone go with it."""
    connection.execute("pragma defer_foreign_keys = on")
    for table in _PACK_TABLES:
        connection.execute(f"delete from {table}")
    _insert(connection, "source", map(asdict, pack.sources))
    for chapter in pack.chapters:
        columns = asdict(chapter)
        del columns["titles"]
        _insert(connection, "canonical_chapter", [columns | {"places": "\n".join(chapter.places)}])
        connection.executemany(
            "insert into canonical_title values (?, ?, ?, ?)",
            ((chapter.number, *title) for title in chapter.titles),
        )
    _insert_figures(connection, pack.figures)
    _insert_quotations(connection, pack.quotations)
    _insert_events(connection, pack.events)
    _insert(connection, "matter", _in_order(pack.matter))
    _insert(connection, "publication", _in_order(pack.publications))
    _insert(connection, "work", _in_order(pack.works))
    _insert(connection, "reception_point", _in_order(pack.reception))
    connection.executemany("insert into rating values (?, ?)", pack.ratings)
    _insert_terms(connection, pack)
    positions: dict[tuple[str, str], int] = {}
    for pointer in pack.pointers:
        position = positions[pointer.record, pointer.field] = positions.get((pointer.record, pointer.field), -1) + 1
        connection.execute(
            "insert into citation values (?, ?, ?, ?, ?)",
            [pointer.record, pointer.field, position, pointer.source, pointer.locator],
        )
    apply_corrections(connection)
    connection.execute("delete from mention where figure not in (select key from figure)")
    connection.execute("delete from link_question where figure not in (select key from figure)")
    connection.execute("delete from term_mention where term not in (select key from term)")
    connection.execute("delete from quotation_place where quotation not in (select key from quotation)")
    if pack.guide is not None:
        replace_edition(connection, GUIDE_EDITION, pack.guide, pack.stamp, guide_findings)
    set_build(connection, "pack", pack.stamp)


def set_build(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Record how derived data were made, so that a later start can see whether they are out of date."""
    connection.execute("insert or replace into build values (?, ?)", [name, value])


def get_build(connection: sqlite3.Connection, name: str) -> str:
    """Read what `set_build` noted; empty if nothing."""
    row = connection.execute("select value from build where name = ?", [name]).fetchone()
    return str(row[0]) if row else ""


def _insert_findings(connection: sqlite3.Connection, key: str, findings: EditionFindings) -> None:
    connection.executemany(
        "insert or ignore into mention values (?, ?, ?, ?, ?, ?)",
        ((key, *mention) for mention in findings.mentions),
    )
    connection.executemany(
        "insert into quotation_place values (?, ?, ?, ?, ?, ?, ?, ?)",
        ((place[0], key, *place[1:]) for place in findings.places),
    )
    connection.executemany(
        "insert or ignore into link_question values (?, ?, ?, ?, ?, ?, ?, ?)",
        ((key, *question) for question in findings.questions),
    )
    connection.executemany(
        "insert or ignore into term_mention values (?, ?, ?, ?, ?)",
        ((key, *mention) for mention in findings.terms),
    )
    connection.executemany(
        "insert or ignore into name_suggestion values (?, ?, ?, ?, ?, ?, ?)",
        ((key, *suggestion) for suggestion in findings.suggestions),
    )


def _insert_text(connection: sqlite3.Connection, key: str, book: Book) -> list[str]:
    texts: list[str] = []
    passages: list[tuple[str, int, int, str, int, str, str, str | None]] = []
    pages: list[tuple[str, int, int, str]] = []
    for ordinal, chapter in enumerate(book.chapters):
        first = len(texts)
        words = characters = 0
        for block in chapter.blocks:
            spans = (
                json.dumps([astuple(span) for span in block.spans], ensure_ascii=False, separators=(",", ":"))
                if block.spans
                else "[]"
            )
            pages.extend((key, len(texts), mark.offset, mark.label) for mark in block.pages)
            passages.append(
                (key, len(texts), ordinal, block.kind, block.level, block.text, spans, folded_for_index(block.text))
            )
            texts.append(block.text)
            words += len(block.text.split())
            characters += len(block.text)
        connection.execute(
            "insert into chapter values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                key, ordinal, chapter.title, chapter.level, chapter.canonical, first, len(texts) - first,
                words, characters,
            ],
        )  # fmt: skip
    connection.executemany(
        "insert into passage (edition, ordinal, chapter, kind, level, text, spans, folded)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        passages,
    )
    add_to_index(connection, key)
    insert_pictures(connection, key, book)
    connection.executemany("insert or ignore into page_mark values (?, ?, ?, ?)", pages)
    connection.executemany(
        "insert or ignore into note values (?, ?, ?, ?, ?)",
        ((key, note.key, position, note.label, note.text) for position, note in enumerate(book.notes)),
    )
    return texts


def _annotated_text(connection: sqlite3.Connection, key: str) -> list[str]:
    """Return the passages of an edition that the reader has written in; empty if they have not."""
    if connection.execute("select 1 from annotation where edition = ? limit 1", [key]).fetchone() is None:
        return []
    rows = connection.execute("select text from passage where edition = ? order by ordinal", [key])
    return [str(text) for (text,) in rows]


def _find_readers_things(
    connection: sqlite3.Connection, stored: StoredEdition, texts: Sequence[str], earlier: Sequence[str]
) -> StoredEdition:
    """Find annotations and the reading position of an edition in its new text; `earlier` is the text before."""
    kept = drifted = orphaned = 0
    made: list[TextIndex] = []

    def index() -> TextIndex:
        """The new text, made ready once it is needed."""
        if not made:
            made.append(TextIndex(texts))
        return made[0]

    alignment = PassageAlignment(earlier, texts) if earlier and list(earlier) != list(texts) else None
    for annotation in select_annotations(connection, "edition = ?", [stored.key]):
        assert annotation.anchor is not None
        moved = _moved(annotation.anchor, annotation.state, index(), alignment)
        kept += moved.state == "anchored"
        drifted += moved.state == "drifted"
        orphaned += moved.state == "orphan"
        if (moved.anchor, moved.state) != (annotation.anchor, annotation.state):
            anchor = moved.anchor
            connection.execute(
                "update annotation set passage = ?, start = ?, end_passage = ?, end = ?, state = ? where key = ?",
                [anchor.passage, anchor.start, anchor.end_passage, anchor.end, moved.state, annotation.key],
            )
    position = connection.execute(
        "select passage, offset, exact from position where edition = ?", [stored.key]
    ).fetchone()
    if position is not None:
        passage, offset, exact = position
        anchor = Anchor(stored.key, passage, offset, passage, offset + len(exact), exact)
        passage, offset = relocate(anchor, index())
        connection.execute(
            "update position set passage = ?, offset = ? where edition = ?", [passage, offset, stored.key]
        )
    find_read_again(connection, stored.key, index)
    return StoredEdition(stored.key, stored.replaced, kept, drifted, orphaned)


def _moved(anchor: Anchor, state: AnnotationState, index: TextIndex, alignment: PassageAlignment | None) -> Reanchored:
    """Find an anchor's words again: first in the passage that its own has become."""
    there = alignment.later(anchor.passage) if alignment is not None and state != "orphan" else None
    if there is not None and there != anchor.passage:
        by = there - anchor.passage
        moved = reanchor(replace(anchor, passage=there, end_passage=anchor.end_passage + by), state, index)
        if moved.state == "anchored":
            return replace(moved, state="drifted")
    return reanchor(anchor, state, index)


def _in_order(
    records: Iterable[ContentPage | Matter | Publication | ReceptionPoint | Work],
) -> Iterator[dict[str, object]]:
    for position, record in enumerate(records):
        yield asdict(record) | {"position": position}


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Insert rows by the names of their columns, the same in every row."""
    rows = list(rows)
    if rows:
        columns = list(rows[0])
        connection.executemany(
            f"insert into {table} ({', '.join(columns)}) values ({', '.join(f':{name}' for name in columns)})", rows
        )


def _figure_row(figure: Figure) -> dict[str, object]:
    """Return the columns of a figure; a date has another one for its year."""
    row: dict[str, object] = {"key": figure.key}
    for known in FIGURE_COLUMNS:
        value = getattr(figure, known.name)
        if known.kind == "date":
            row |= {known.name: value.text, f"{known.name}_year": value.year}
        else:
            row[known.name] = value
    return row


def _insert_figures(connection: sqlite3.Connection, figures: Iterable[Figure]) -> None:
    figures = list(figures)
    _insert(connection, "figure", map(_figure_row, figures))
    for known in FIGURE_FIELDS:
        if known.kind == "list":
            _insert(
                connection,
                known.table,
                (
                    {"figure": f.key, "position": position, known.column: value}
                    for f in figures
                    for position, value in enumerate(getattr(f, known.name))
                ),
            )
    connection.executemany(
        "insert into figure_chapter values (?, ?, ?)",
        (
            (f.key, chapter, basis)
            for f in figures
            for basis, chapters in (("seen", f.chapters), ("likely", f.chapters_likely))
            for chapter in chapters
        ),
    )
    connection.executemany(
        "insert into figure_chapter_basis values (?, ?, ?)",
        ((f.key, chapter, basis) for f in figures for chapter, basis in f.chapter_bases),
    )
    connection.executemany(
        "insert into alias values (?, ?, ?, ?, ?)",
        (
            (f.key, position, alias.text, alias.kind, int(alias.shared))
            for f in figures
            for position, alias in enumerate(f.aliases)
        ),
    )
    connection.executemany(
        "insert into tie values (?, ?, ?, ?)",
        ((f.key, tie.other, tie.kind, tie.note) for f in figures for tie in f.ties),
    )


def _insert_terms(connection: sqlite3.Connection, pack: Pack) -> None:
    connection.executemany(
        f"insert into term values ({', '.join('?' * 9)})",
        (
            (t.key, t.kind, t.name, t.native_name, t.one_line, t.text, t.start.text, t.end.text, t.doubt)
            for t in pack.terms
        ),
    )
    connection.executemany(
        "insert into term_alias values (?, ?, ?, ?, ?)",
        (
            (t.key, position, alias.text, alias.language, int(alias.shared))
            for t in pack.terms
            for position, alias in enumerate(t.aliases)
        ),
    )
    connection.executemany(
        "insert into term_chapter values (?, ?, ?)",
        (
            (t.key, chapter, basis)
            for t in pack.terms
            for basis, chapters in (("seen", t.chapters), ("likely", t.chapters_likely))
            for chapter in chapters
        ),
    )
    connection.executemany(
        f"insert into membership values ({', '.join('?' * 7)})",
        (
            (position, m.figure, m.term, m.start.text, m.end.text, m.role, m.doubt)
            for position, m in enumerate(pack.memberships)
        ),
    )
    connection.executemany("insert into pronunciation values (?, ?, ?)", map(astuple, pack.pronunciations))
    _insert(connection, "content_page", _in_order(pack.pages))


def _insert_quotations(connection: sqlite3.Connection, quotations: Iterable[Quotation]) -> None:
    for q in quotations:
        page = re.match(r"\d+", q.page)
        columns = asdict(q)
        for elsewhere in ("about", "to", "names", "citations", "work_title"):
            del columns[elsewhere]
        _insert(connection, "quotation", [columns | {"page_first": int(page.group()) if page else None}])
        connection.executemany(
            "insert into quotation_figure values (?, ?, ?, ?)",
            (
                (q.key, figure, role, position)
                for role, figures in (("about", q.about), ("to", q.to))
                for position, figure in enumerate(figures)
            ),
        )


def _insert_events(connection: sqlite3.Connection, events: Iterable[Event]) -> None:
    for e in events:
        sort_date = e.date.earliest.isoformat() if e.date.earliest else "9999"
        columns = asdict(e)
        del columns["people"]
        date = {"date": e.date.text, "sort_date": sort_date, "year": e.date.year}
        _insert(connection, "event", [columns | date])
        connection.executemany(
            "insert into event_figure values (?, ?, ?)",
            ((e.key, figure, position) for position, (figure, _) in enumerate(e.people)),
        )
