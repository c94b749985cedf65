"""The nouns: what a query returns. Plain frozen dataclasses that know neither SQL nor the screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from db.book import PassageKind, Span
    from db.dates import HistoricalDate

GUIDE_EDITION = "guide"
"""Key of the edition made from the chapter guides of the study pack; it is always there."""

AnnotationKind: TypeAlias = Literal["highlight", "note", "bookmark"]
AnnotationState: TypeAlias = Literal["anchored", "drifted", "orphan"]
ReviewKind: TypeAlias = Literal["answer", "undo"]
Rating: TypeAlias = Literal[1, 2, 3, 4]
SearchKind: TypeAlias = Literal["figure", "passage", "quotation", "note", "event", "chapter"]


# --- texts to read ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edition:
    """A text that can be read: the guide, or an imported book."""

    key: str
    title: str
    author: str
    language: str
    format: str
    source_name: str
    imported_at: str
    words: int
    report: tuple[str, ...]

    @property
    def is_guide(self) -> bool:
        """Whether this is the companion's own guide."""
        return self.key == GUIDE_EDITION


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of an edition. `ordinal` counts from 0 within the edition; `canonical` is 1 to 10 where recognised."""

    edition: str
    ordinal: int
    title: str
    level: int
    canonical: int | None
    first_passage: int
    passages: int
    words: int
    characters: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, heading or stanza; its `ordinal`, from 0 within the edition, and an offset make a place."""

    edition: str
    ordinal: int
    chapter: int
    kind: PassageKind
    level: int
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in an edition: a passage and a character offset in it."""

    edition: str
    passage: int
    offset: int


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote of an edition."""

    edition: str
    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PageLabel:
    """Where a page of the printed book begins in an edition."""

    passage: int
    offset: int
    label: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a passage that names a figure; `confidence` is 0 to 1."""

    edition: str
    passage: int
    start: int
    end: int
    figure: str
    confidence: float


@dataclass(frozen=True, slots=True)
class MentionInContext:
    """A mention with the words around it, the chapter's title and the canonical chapter where recognised."""

    mention: Mention
    before: str
    surface: str
    after: str
    chapter_title: str
    canonical: int | None


# --- the study pack --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer into the bibliography, for one field of one record."""

    field: str
    source: str
    locator: str
    author: str
    title: str
    trust: str

    @property
    def text(self) -> str:
        """As shown: author, title, and where in it."""
        whole = f"{self.author}, {self.title}" if self.author else self.title
        return f"{whole}, {self.locator}" if self.locator else whole


@dataclass(frozen=True, slots=True)
class Alias:
    """Another way to write or call a figure."""

    text: str
    kind: str
    shared: bool


@dataclass(frozen=True, slots=True)
class FigureName:
    """What the finder and the lists need of a figure, all of them at once: names, years, how often named."""

    key: str
    name: str
    sort_name: str
    native_name: str
    one_line: str
    born: HistoricalDate
    died: HistoricalDate
    aliases: tuple[Alias, ...]
    mentions: int = 0

    def years(self, *, sealed: bool) -> str:
        """Life span as shown in lists; `sealed` hides the end."""
        if not self.born.is_known and not self.died.is_known:
            return "▒▒▒▒" if sealed else "?"
        return f"{self.born.short}–{'▒▒▒▒' if sealed else self.died.short}"


@dataclass(frozen=True, slots=True)
class FigureTraits:
    """What lists narrow figures by; `chapters` holds the likely ones too."""

    movements: tuple[str, ...]
    nationalities: tuple[str, ...]
    fate: str
    chapters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """How one figure is related to another: `other` is this figure's `kind`."""

    other: str
    other_name: str
    kind: str
    note: str


@dataclass(frozen=True)
class Figure:
    """A person of the book, whole. Texts are sanitised; an empty string is an unknown."""

    key: str
    name: str
    sort_name: str
    native_name: str
    sex: str
    one_line: str
    life: str
    serge: str
    doubt: str
    in_memoirs: str
    confidence: str
    born: HistoricalDate
    born_place: str
    born_doubt: str
    died: HistoricalDate
    died_place: str
    died_doubt: str
    fate: str
    fate_text: str
    roles: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    movements: tuple[str, ...] = ()
    chapters: tuple[int, ...] = ()
    chapters_likely: tuple[int, ...] = ()
    aliases: tuple[Alias, ...] = ()
    ties: tuple[Tie, ...] = ()
    citations: tuple[Citation, ...] = ()

    @cached_property
    def surname(self) -> str:
        """What a text most often calls them: the part of the sorted name before the comma."""
        return self.sort_name.partition(",")[0]

    def years(self, *, sealed: bool) -> str:
        """Life span as shown on a card; `sealed` hides the end."""
        if not self.born.is_known and not self.died.is_known:
            return "▒▒▒▒" if sealed else "?"
        return f"{self.born.short}–{'▒▒▒▒' if sealed else self.died.short}"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A short quotation, with who speaks, of whom, to whom, and where it stands."""

    key: str
    text: str
    kind: str
    speaker: str | None
    speaker_text: str
    topic: str
    to_text: str
    page: str
    page_1963: str
    chapter: int | None
    chapter_basis: str
    omitted_1963: bool
    wording: str
    year: str
    portrait_of: str | None
    portrait_order: int | None
    doubt: str
    about: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    citations: tuple[Citation, ...] = ()

    def name_of(self, figure: str) -> str:
        """Name of a figure this quotation speaks of, by key."""
        return dict(self.names).get(figure, figure)

    @property
    def spoken_by(self) -> str:
        """Who says it, as shown."""
        return self.name_of(self.speaker) if self.speaker else self.speaker_text

    @property
    def reference(self) -> str:
        """Where it stands, as shown: `p. 323 · chapter 7`; a chapter that is only inferred is marked."""
        parts = []
        if self.page:
            parts.append(f"p. {self.page}" if self.page.isdigit() else f"pp. {self.page}")
        if self.chapter is not None:
            mark = "" if self.chapter_basis == "seen" else "probably "
            parts.append(f"{mark}chapter {self.chapter}")
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class QuotationPlace:
    """Where an edition has a quotation: from a place to a place, with how sure that is (0 to 100)."""

    quotation: str
    edition: str
    passage: int
    start: int
    end_passage: int
    end: int
    score: float
    margin: float


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, in Serge's life or in the history around it."""

    key: str
    date: HistoricalDate
    kind: str
    place: str
    text: str
    chapter: int | None
    doubt: str
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CanonicalChapter:
    """One of the ten chapters of the Memoirs, as the study pack knows it."""

    number: int
    title: str
    title_basis: str
    year_from: str
    year_to: str
    page_start: int | None
    page_start_basis: str
    page_end: int | None
    page_end_basis: str
    places: tuple[str, ...]
    titles: tuple[tuple[str, str, str], ...] = ()
    """Titles in other languages: language, title, how it is known."""

    @property
    def years(self) -> str:
        """`1920–1921`, or what is known of it."""
        if not self.year_from and not self.year_to:
            return ""
        return self.year_from if self.year_from == self.year_to else f"{self.year_from}–{self.year_to}"


@dataclass(frozen=True, slots=True)
class Publication:
    """An edition of the Memoirs in print."""

    key: str
    year: str
    title: str
    language: str
    publisher: str
    place: str
    translator: str
    editor: str
    pages: str
    isbn: str
    cut_or_restored: str
    doubt: str


# --- the reader's own ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an annotation hangs, as in the W3C Web Annotation model: exact text, prefix, suffix and position."""

    edition: str
    passage: int
    start: int
    end_passage: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A highlight, note or bookmark. `target` is a stable key (`figure:trotsky`) when it hangs on no passage.

    `state` tells whether its words still stand where they stood: `anchored`, `drifted` (found again elsewhere), or
    `orphan` (not found; the words are kept). Times are ISO 8601 in UTC; `deleted_at` is empty while it lives.
    """

    key: str
    kind: AnnotationKind
    target: str
    anchor: Anchor | None
    colour: str
    body: str
    state: AnnotationState
    created_at: str
    modified_at: str
    deleted_at: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """One line of the append-only log. An `undo` voids the review whose id is in `voids`.

    `study_day` is the reader's day (ISO date, after the rollover hour); `duration_ms` the time taken in milliseconds.
    """

    id: int
    card: str
    kind: ReviewKind
    rating: Rating | None
    reviewed_at: str
    study_day: str
    duration_ms: int
    given: str = ""
    voids: int | None = None


@dataclass(frozen=True, slots=True)
class CardState:
    """What the log amounts to for one card; days are ISO dates. A card without a stability was never answered."""

    card: str
    stability: float | None = None
    difficulty: float | None = None
    due_day: str | None = None
    last_day: str | None = None
    answers: int = 0
    lapses: int = 0
    suspended: bool = False
    buried_until: str = ""
    flag: int = 0


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """Where the reader is in an edition; `exact` are the words there, to find the place again after a re-import."""

    place: Place
    exact: str
    updated_at: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something found: what it is, its stable key or place, and text with the matched stretches."""

    kind: SearchKind
    key: str
    title: str
    text: str
    matches: tuple[tuple[int, int], ...] = ()
    place: Place | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of everything there is, for Today and for `serge doctor`."""

    figures: int = 0
    quotations: int = 0
    events: int = 0
    chapters: int = 0
    editions: int = 0
    annotations: int = 0
    reviews: int = 0
    orphans: int = 0
    extra: dict[str, int] = field(default_factory=dict)
