"""The shape of the content files, field by field, as `docs/content.md` describes it.

Decoded with msgspec: an unknown field, a missing one or one of the wrong kind is refused with the field's name.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

Text = Annotated[str, Meta(min_length=1)]
ChapterNumber = Annotated[int, Meta(ge=1, le=10)]


class Record(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What all records have in common."""

    sources: list[Text] = []
    doubt: str = ""


class AliasRecord(Struct, forbid_unknown_fields=True, frozen=True):
    """`[[alias]]` of a figure."""

    text: Text
    kind: Text
    shared: bool = False


class TieRecord(Struct, forbid_unknown_fields=True, frozen=True):
    """`[[tie]]` of a figure."""

    to: Text
    kind: Text
    note: str = ""


class BirthRecord(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`[born]` of a figure."""

    date: Text
    place: str = ""
    doubt: str = ""
    note: str = ""


class DeathRecord(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`[died]` of a figure."""

    date: Text
    how: Text
    place: str = ""
    fate: str = ""
    doubt: str = ""
    note: str = ""


class FigureRecord(Record, frozen=True, kw_only=True):
    """`figures/KEY.toml`."""

    name: Text
    sort: Text
    sex: Text
    nationality: list[Text]
    roles: list[Text]
    movements: list[Text]
    in_memoirs: Text
    confidence: Text
    one_line: Text
    life: Text
    born: BirthRecord
    died: DeathRecord
    native: str = ""
    serge: str = ""
    serge_sources: list[Text] = []
    stroke: str = ""
    stroke_sources: list[Text] = []
    chapters: list[ChapterNumber] = []
    chapters_likely: list[ChapterNumber] = []
    alias: list[AliasRecord] = []
    tie: list[TieRecord] = []


class QuotationRecord(Record, frozen=True, kw_only=True):
    """`[KEY]` in `quotations/*.toml`."""

    text: Text
    kind: Text
    topic: Text
    speaker: str = ""
    speaker_text: str = ""
    about: list[Text] = []
    to: list[Text] = []
    to_text: str = ""
    page: str = ""
    page_1963: str = ""
    chapter: ChapterNumber | None = None
    chapter_basis: str = ""
    omitted_1963: bool = False
    wording: str = ""
    year: str = ""
    portrait_of: str = ""
    order: int | None = None
    work: str = ""
    own_translation: bool = False
    note: str = ""


class TermRecord(Record, frozen=True, kw_only=True):
    """`[KEY]` in `terms/*.toml`."""

    name: Text
    kind: Text
    one_line: Text
    text: Text
    native: str = ""
    start: Text = "unknown"
    end: Text = "unknown"
    chapters: list[ChapterNumber] = []
    chapters_likely: list[ChapterNumber] = []
    aliases: dict[str, list[Text]] = {}
    shared: list[Text] = []


class MembershipRecord(Record, frozen=True, kw_only=True):
    """`[[membership]]` in `memberships.toml`."""

    figure: Text
    term: Text
    start: Text = "unknown"
    end: Text = "unknown"
    role: str = ""


class PronunciationRecord(Record, frozen=True, kw_only=True):
    """`[FIGURE]` in `pronunciation.toml`."""

    say: Text
    stressed: str = ""


class PageRecord(Record, frozen=True, kw_only=True):
    """The head of `pages/*.md`."""

    title: Text
    order: int


class EventRecord(Record, frozen=True, kw_only=True):
    """`[[event]]` in `events.toml`."""

    key: Text
    date: Text
    kind: Text
    text: Text
    place: str = ""
    people: list[Text] = []
    chapter: ChapterNumber | None = None


class YearsRecord(Struct, forbid_unknown_fields=True, frozen=True, rename={"from_": "from"}):
    """`[years]` of a chapter guide."""

    from_: str = ""
    to: str = ""


class PagesRecord(Struct, forbid_unknown_fields=True, frozen=True):
    """`[pages]` of a chapter guide: of the 2012 edition."""

    start: int | None = None
    start_basis: str = ""
    end: int | None = None
    end_basis: str = ""


class PlacesRecord(Struct, forbid_unknown_fields=True, frozen=True):
    """`[places]` of a chapter guide."""

    names: list[Text] = []


class ChapterRecord(Record, frozen=True, kw_only=True):
    """The head of `chapters/NN-….md`."""

    number: ChapterNumber
    title: Text
    title_basis: Text
    titles: dict[str, str] = {}
    titles_basis: dict[str, str] = {}
    years: YearsRecord = YearsRecord()
    pages: PagesRecord = PagesRecord()
    places: PlacesRecord = PlacesRecord()


class PublicationRecord(Record, frozen=True, kw_only=True):
    """`[[publication]]` in `publications.toml`."""

    key: Text
    title: Text
    language: Text
    year: str = ""
    publisher: str = ""
    place: str = ""
    translator: str = ""
    editor: str = ""
    pages: str = ""
    isbn: str = ""
    cut_or_restored: str = ""
    note: str = ""


class WorkRecord(Record, frozen=True, kw_only=True):
    """`[[work]]` in `works.toml`."""

    key: Text
    title: Text
    kind: Text
    title_original: str = ""
    language: str = ""
    written: str = ""
    published: str = ""
    text: str = ""


class ReceptionRecord(Record, frozen=True, kw_only=True):
    """`[[point]]` in `reception.toml`."""

    key: Text
    stance: Text
    topic: Text
    text: Text
    by: str = ""


class MatterRecord(Record, frozen=True, kw_only=True):
    """`[[item]]` in `front-and-back-matter.toml`."""

    key: Text
    title: Text
    place: Text
    by: str = ""
    pages: str = ""
    note: str = ""


class SourceRecord(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """`[ID]` in `sources.toml`."""

    title: Text
    kind: Text
    trust: Text
    author: str = ""
    publisher: str = ""
    year: str = ""
    note: str = ""
    url: str = ""
