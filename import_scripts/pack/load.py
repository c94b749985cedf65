"""Read the content files into one `db.pack.Pack`."""

from __future__ import annotations

import hashlib
import tomllib
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from db.book import Block, Book, BookChapter, Span
from db.dates import HistoricalDate
from db.models import (
    FIGURE_FIELDS,
    Alias,
    CanonicalChapter,
    ContentPage,
    Event,
    Figure,
    Membership,
    Pronunciation,
    Publication,
    Quotation,
    Term,
    TermAlias,
    Tie,
)
from db.pack import Matter, Pack, Pointer, ReceptionPoint, Source, Work
from db.text import sanitise
from import_scripts.pack import records
from import_scripts.pack.chapters import with_derived_chapters
from import_scripts.pack.faults import Fault, PackError
from import_scripts.pack.guide import blocks_of, split_head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from db.models import FigureField

CONTENT: Final = Path(__file__).resolve().parent.parent.parent / "db" / "content"
GUIDE_TITLE: Final = "A guide to the Memoirs of a Revolutionary"
R = TypeVar("R", bound=msgspec.Struct)


def content_files(folder: Path = CONTENT) -> list[Path]:
    """Return every file of the study pack, in a fixed order."""
    return sorted([*folder.rglob("*.toml"), *folder.rglob("*.md")])


def stamp_of(folder: Path = CONTENT) -> str:
    """Return a short name for the state of the files, from names, sizes and times; quick enough for every start."""
    digest = hashlib.blake2b(digest_size=12)
    for path in content_files(folder):
        status = path.stat()
        digest.update(f"{path.relative_to(folder)}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def load_pack(folder: Path = CONTENT, progress: Callable[[float], None] | None = None) -> Pack:
    """Read the whole study pack.

    Raises PackError with every fault of form, each with file, record and field. `import_scripts.pack.check` checks the
    records against each other.
    """
    return _Loader(folder, progress).load()


class _Loader:
    def __init__(self, folder: Path, progress: Callable[[float], None] | None) -> None:
        self.folder = folder
        self.progress = progress
        self.faults: list[Fault] = []
        self.pack = Pack(stamp_of(folder))

    def load(self) -> Pack:
        figure_files = sorted((self.folder / "figures").glob("*.toml"))
        for number, path in enumerate(figure_files):
            data = self._read(path)
            if data is not None and (record := self._convert(path, "", data, records.FigureRecord)):
                self._figure(path, record)
            if self.progress is not None:
                self.progress(0.8 * (number + 1) / len(figure_files))
        for path in sorted((self.folder / "quotations").glob("*.toml")):
            for key, data in (self._read(path) or {}).items():
                if quotation := self._convert(path, key, data, records.QuotationRecord):
                    self._quotation(key, quotation)
        for path in sorted((self.folder / "terms").glob("*.toml")):
            for key, data in (self._read(path) or {}).items():
                if term := self._convert(path, key, data, records.TermRecord):
                    self._term(path.relative_to(self.folder).as_posix(), key, term)
        self._tables("memberships.toml", "membership", records.MembershipRecord, self._membership)
        for key, data in (self._read(self.folder / "pronunciation.toml") or {}).items():
            if said := self._convert(self.folder / "pronunciation.toml", key, data, records.PronunciationRecord):
                self.pack.pronunciations.append(Pronunciation(key, said.say, said.stressed))
                self._pointers(f"figure:{key}", "say", said.sources)
        self._tables("events.toml", "event", records.EventRecord, self._event)
        self._tables("publications.toml", "publication", records.PublicationRecord, self._publication)
        self._tables("works.toml", "work", records.WorkRecord, self._work)
        self._tables("reception.toml", "point", records.ReceptionRecord, self._point)
        self._tables("front-and-back-matter.toml", "item", records.MatterRecord, self._matter)
        self._ratings()
        for key, data in (self._read(self.folder / "sources.toml") or {}).items():
            if source := self._convert(self.folder / "sources.toml", key, data, records.SourceRecord):
                self.pack.sources.append(Source(key, **_strings(source)))
        self._chapters()
        self._pages()
        if self.faults:
            raise PackError(self.faults)
        self.pack.figures = with_derived_chapters(self.pack)
        if self.progress is not None:
            self.progress(1.0)
        return self.pack

    # --- records ---------------------------------------------------------------------------------------------------

    def _figure(self, path: Path, record: records.FigureRecord) -> None:
        key, name = path.stem, path.relative_to(self.folder).as_posix()
        self.pack.figures.append(
            Figure(
                key=key,
                chapters=tuple(record.chapters),
                chapters_likely=tuple(number for number in record.chapters_likely if number not in record.chapters),
                aliases=tuple(Alias(sanitise(a.text), a.kind, a.shared) for a in record.alias),
                ties=tuple(Tie(tie.to, "", tie.kind, tie.note) for tie in record.tie),
                **{
                    known.name: self._figure_field(name, record, known)
                    for known in FIGURE_FIELDS
                    if known.kind in {"text", "date", "list"}
                },
            )
        )
        self._pointers(f"figure:{key}", "life", record.sources)
        self._pointers(f"figure:{key}", "serge", record.serge_sources)
        self._pointers(f"figure:{key}", "stroke", record.stroke_sources)

    def _figure_field(self, file: str, record: records.FigureRecord, known: FigureField) -> Any:
        """Return the value of a declared field of a figure."""
        paths = known.pack or (known.name,)
        values = [attrgetter(path)(record) for path in paths]
        match known.kind:
            case "date":
                return self._date(file, "", paths[0], values[0])
            case "list":
                return tuple(values[0])
            case _:
                return _paragraphs(values[0]) if known.long else _joined(*values)

    def _quotation(self, key: str, record: records.QuotationRecord) -> None:
        self.pack.quotations.append(
            Quotation(
                key, " ".join(record.text.split()), record.kind, record.speaker or None, record.speaker_text,
                record.topic, record.to_text, record.page, record.page_1963, record.chapter, record.chapter_basis,
                record.omitted_1963, record.wording, record.year, record.portrait_of or None, record.order,
                _joined(record.doubt, record.note), tuple(record.about), tuple(record.to),
                work=record.work, own_translation=record.own_translation,
            )
        )  # fmt: skip
        self._pointers(f"quote:{key}", "", record.sources)

    def _term(self, file: str, key: str, record: records.TermRecord) -> None:
        shared = set(record.shared)
        self.pack.terms.append(
            Term(
                key, record.kind, record.name, record.native, record.one_line, _paragraphs(record.text),
                self._date(file, key, "start", record.start), self._date(file, key, "end", record.end), record.doubt,
                aliases=tuple(
                    TermAlias(sanitise(text), language, text in shared)
                    for language, texts in record.aliases.items()
                    for text in texts
                ),
                chapters=tuple(record.chapters),
                chapters_likely=tuple(number for number in record.chapters_likely if number not in record.chapters),
            )
        )  # fmt: skip
        self._pointers(f"term:{key}", "", record.sources)

    def _membership(self, name: str, record: records.MembershipRecord) -> None:
        label = f"{record.figure} in {record.term}"
        self.pack.memberships.append(
            Membership(
                record.figure, record.term, self._date(name, label, "start", record.start),
                self._date(name, label, "end", record.end), record.role, record.doubt,
            )
        )  # fmt: skip
        self._pointers(f"membership:{record.figure}:{record.term}", "", record.sources)

    def _event(self, name: str, record: records.EventRecord) -> None:
        date = self._date(name, record.key, "date", record.date)
        people = tuple((person, "") for person in dict.fromkeys(record.people))
        self.pack.events.append(
            Event(record.key, date, record.kind, record.place, record.text, record.chapter, record.doubt, people)
        )
        self._pointers(f"event:{record.key}", "", record.sources)

    def _publication(self, _name: str, record: records.PublicationRecord) -> None:
        self.pack.publications.append(
            Publication(
                record.key, record.year, record.title, record.language, record.publisher, record.place,
                record.translator, record.editor, record.pages, record.isbn, record.cut_or_restored,
                _joined(record.doubt, record.note),
            )
        )  # fmt: skip
        self._pointers(f"publication:{record.key}", "", record.sources)

    def _work(self, _name: str, record: records.WorkRecord) -> None:
        self.pack.works.append(
            Work(
                record.key, record.title, record.title_original, record.language, record.written, record.published,
                record.kind, record.text, record.doubt,
            )
        )  # fmt: skip
        self._pointers(f"work:{record.key}", "", record.sources)

    def _point(self, _name: str, record: records.ReceptionRecord) -> None:
        self.pack.reception.append(ReceptionPoint(record.key, record.stance, record.topic, record.text, record.by))
        self._pointers(f"reception:{record.key}", "", record.sources)

    def _matter(self, _name: str, record: records.MatterRecord) -> None:
        self.pack.matter.append(
            Matter(record.key, record.title, record.by, record.place, record.pages, _joined(record.doubt, record.note))
        )
        self._pointers(f"matter:{record.key}", "", record.sources)

    def _ratings(self) -> None:
        path = self.folder / "reception.toml"
        for name, value in ((self._read(path) or {}).get("ratings") or {}).items():
            shown = ", ".join(f"{k}: {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
            self.pack.ratings.append((name, shown))

    def _chapters(self) -> None:
        guide = Book(GUIDE_TITLE, [], author="Serge", language="en", format="guide", source_name="study pack")
        for path in sorted((self.folder / "chapters").glob("*.md")):
            name = path.relative_to(self.folder).as_posix()
            try:
                head, body = split_head(path.read_text("utf-8"))
                blocks = blocks_of(sanitise(body))
                data = tomllib.loads(head)
            except (ValueError, UnicodeDecodeError) as error:
                self.faults.append(Fault(name, "", "", str(error)))
                continue
            record = self._convert(path, "", data, records.ChapterRecord)
            if record is None:
                continue
            self.pack.chapters.append(
                CanonicalChapter(
                    record.number, record.title, record.title_basis, record.years.from_, record.years.to,
                    record.pages.start, record.pages.start_basis, record.pages.end, record.pages.end_basis,
                    tuple(record.places.names),
                    tuple((lang, title, record.titles_basis.get(lang, "")) for lang, title in record.titles.items()),
                )
            )  # fmt: skip
            self._pointers(f"chapter:{record.number}", "", record.sources)
            opening = _opening(self.pack.chapters[-1])
            guide.chapters.append(BookChapter(record.title, [*opening, *blocks], canonical=record.number))
        self.pack.guide = guide

    def _pages(self) -> None:
        found: list[tuple[int, ContentPage]] = []
        for path in sorted((self.folder / "pages").glob("*.md")):
            try:
                head, body = split_head(path.read_text("utf-8"))
                text = sanitise(body).strip()
                blocks_of(text)
                data = tomllib.loads(head)
            except (ValueError, UnicodeDecodeError) as error:
                self.faults.append(Fault(path.relative_to(self.folder).as_posix(), "", "", str(error)))
                continue
            if record := self._convert(path, "", data, records.PageRecord):
                found.append((record.order, ContentPage(path.stem, record.title, text)))
                self._pointers(f"page:{path.stem}", "", record.sources)
        self.pack.pages.extend(page for _, page in sorted(found, key=lambda numbered: numbered[0]))

    # --- help --------------------------------------------------------------------------------------------------------

    def _tables(self, name: str, table: str, kind: type[R], add: Callable[[str, R], None]) -> None:
        """Read a file that holds one array of tables."""
        path = self.folder / name
        for number, data in enumerate((self._read(path) or {}).get(table, []), 1):
            label = str(data.get("key", f"number {number}")) if isinstance(data, dict) else f"number {number}"
            if record := self._convert(path, label, data, kind):
                add(name, record)

    def _read(self, path: Path) -> dict[str, Any] | None:
        name = path.relative_to(self.folder).as_posix()
        try:
            return tomllib.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            self.faults.append(Fault(name, "", "", "the file is missing"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.faults.append(Fault(name, "", "", f"cannot be read: {error}"))
        return None

    def _convert(self, path: Path, record: str, data: object, kind: type[R]) -> R | None:
        try:
            return msgspec.convert(data, kind)
        except msgspec.ValidationError as error:
            what, _, field = str(error).partition(" - at `$.")
            self.faults.append(
                Fault(path.relative_to(self.folder).as_posix(), record, field.rstrip("`"), what.replace("`", '"'))
            )
            return None

    def _date(self, file: str, record: str, field: str, text: str) -> HistoricalDate:
        try:
            return HistoricalDate.parse(text)
        except ValueError as error:
            self.faults.append(Fault(file, record, field, str(error)))
            return HistoricalDate.parse("unknown")

    def _pointers(self, record: str, field: str, pointers: Iterable[str]) -> None:
        for pointer in dict.fromkeys(pointers):
            source, _, locator = pointer.partition(":")
            self.pack.pointers.append(Pointer(record, field, source.strip(), locator.strip()))


def _opening(chapter: CanonicalChapter) -> list[Block]:
    """Return the heading of a guide: the chapter's title, then its years and places."""
    blocks = [Block(chapter.title, "heading", level=1)]
    if line := " · ".join(part for part in (chapter.years, ", ".join(chapter.places)) if part):
        blocks.append(Block(line, spans=[Span(0, len(line), "em")]))
    return blocks


def _paragraphs(text: str) -> str:
    """Join lines; blank lines still end a paragraph."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _strings(record: msgspec.Struct) -> dict[str, str]:
    return {name: str(value) for name, value in msgspec.structs.asdict(record).items()}
