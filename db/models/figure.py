"""A person of the book."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from db.wording import life_span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.dates import HistoricalDate
    from db.models.citation import Citation


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

    def years(self, *, hidden: bool) -> str:
        """Life span as shown in lists; `hidden` hides the end."""
        return life_span(self.born, self.died, hidden=hidden)


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


FieldPart: TypeAlias = Literal["", "Names", "Fate"]
FieldKind: TypeAlias = Literal["text", "date", "list", "chapters", "aliases", "ties"]


@dataclass(frozen=True, slots=True)
class FigureField:
    """What every room needs to know of one field of a figure: the study pack, the database, corrections, form, page.

    This is the one place a field is declared. The pack's reader, the store, the queries, the corrections laid over the
    pack, the form and the page all work from it.
    """

    kind: FieldKind = "text"
    """How it is stored: a text column, a date with a column for its year, or rows of a table of its own."""
    name: str = ""
    """Name of the attribute, the column and the correction; filled in from the attribute."""
    pack: tuple[str, ...] = ()
    """Where it is in the pack's record (`born.place`); several texts are joined. The field's own name if empty."""
    title: str = ""
    """What the page calls it among the reader's corrections ("the birthplace")."""
    correctable: bool = True
    label: str = ""
    """Its label in the form; a field without one is not in the form."""
    hint: str = ""
    """An example shown in the form while the field is empty."""
    long: bool = False
    """Whether it is a text of several paragraphs."""
    telling: bool = False
    """Whether it says how a life ended, so that it is hidden while ends are."""
    table: str = ""
    """Table of the values of a `list`."""
    column: str = ""
    """Column of the values in that table."""
    part: FieldPart = ""
    """Heading of the page under which a line with the label and the value is shown; fields set by hand have none."""

    def declared(self) -> Mapping[str, FigureField]:
        """Return the declaration as the metadata of a dataclass field."""
        return {"figure": self}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A person of the book, whole. Texts are sanitised; an empty string is an unknown.

    Fields are in the order of the form. To add one, declare it here, with a column of the same name (see
    `docs/content.md`) and a line in the pack's record.
    """

    key: str
    name: str = field(metadata=FigureField(title="the name", label="Name").declared())
    sort_name: str = field(metadata=FigureField(pack=("sort",)).declared())
    native_name: str = field(
        metadata=FigureField(pack=("native",), title="the name in their script", label="In their script").declared()
    )
    aliases: tuple[Alias, ...] = field(default=(), metadata=FigureField("aliases", label="Also called").declared())
    one_line: str = field(
        metadata=FigureField(
            title="the one line", label="In one line", hint="who they are, no fate, at most 90 characters"
        ).declared()
    )
    sex: str = field(metadata=FigureField(title="the sex", label="Sex", hint="m or f").declared())
    born: HistoricalDate = field(
        metadata=FigureField(
            "date", pack=("born.date",), title="the birth", label="Born", hint="1883-09-23, 1883, about 1890, unknown"
        ).declared()
    )
    born_place: str = field(
        metadata=FigureField(pack=("born.place",), title="the birthplace", label="Born at").declared()
    )
    born_doubt: str = field(metadata=FigureField(pack=("born.doubt", "born.note"), correctable=False).declared())
    roles: tuple[str, ...] = field(
        default=(),
        metadata=FigureField(
            "list", title="the roles", label="Roles", hint="poet; commissar", table="figure_role", column="role"
        ).declared(),
    )
    nationalities: tuple[str, ...] = field(
        default=(),
        metadata=FigureField(
            "list", pack=("nationality",), title="the nationality", label="Nationality", hint="Russian; French",
            table="figure_nationality", column="nationality",
        ).declared(),
    )  # fmt: skip
    movements: tuple[str, ...] = field(
        default=(),
        metadata=FigureField(
            "list", title="the movements", label="Movements", hint="bolshevik; left-opposition",
            table="figure_movement", column="movement",
        ).declared(),
    )  # fmt: skip
    chapters: tuple[int, ...] = field(
        default=(), metadata=FigureField("chapters", title="the chapters", label="Chapters", hint="3 4 9").declared()
    )
    ties: tuple[Tie, ...] = field(
        default=(),
        metadata=FigureField(
            "ties", label="Related", hint="comrade Maxim Gorky = what is to be said of it; a line for each", long=True
        ).declared(),
    )
    serge: str = field(metadata=FigureField(title="what Serge made of them", label="To Serge", long=True).declared())
    life: str = field(metadata=FigureField(title="the life", label="Life", long=True, telling=True).declared())
    died: HistoricalDate = field(
        metadata=FigureField(
            "date", pack=("died.date",), title="the death", label="Died", hint="1936-08-25, 1937 or 1938, unknown",
            telling=True,
        ).declared()
    )  # fmt: skip
    died_place: str = field(
        metadata=FigureField(pack=("died.place",), title="the place of death", label="Died at", telling=True).declared()
    )
    died_doubt: str = field(metadata=FigureField(pack=("died.doubt", "died.note"), correctable=False).declared())
    fate: str = field(
        metadata=FigureField(
            pack=("died.how",), title="how they ended", label="How", hint="natural, shot, camp-or-prison …",
            telling=True,
        ).declared()
    )  # fmt: skip
    fate_text: str = field(
        metadata=FigureField(pack=("died.fate",), title="their end", label="Their end", telling=True).declared()
    )
    doubt: str = field(metadata=FigureField().declared())
    stroke: str = field(default="", metadata=FigureField(correctable=False).declared())
    """One sentence after Serge's drawing of them, in our own words."""
    in_memoirs: str = field(metadata=FigureField(correctable=False).declared())
    confidence: str = field(metadata=FigureField(correctable=False).declared())
    chapters_likely: tuple[int, ...] = ()
    citations: tuple[Citation, ...] = ()
    chapter_bases: tuple[tuple[int, str], ...] = ()
    """What each chapter rests on, in words: "a source, the guide"."""

    @cached_property
    def surname(self) -> str:
        """What a text most often calls them: the part of the sorted name before the comma."""
        return self.sort_name.partition(",")[0]

    def years(self, *, hidden: bool) -> str:
        """Life span as shown on a card; `hidden` hides the end."""
        return life_span(self.born, self.died, hidden=hidden)


FIGURE_FIELDS: Final = tuple(
    replace(declared["figure"], name=known.name) for known in fields(Figure) if "figure" in (declared := known.metadata)
)
"""Every declared field of a figure, in the order of the form."""
FIGURE_COLUMNS: Final = tuple(known for known in FIGURE_FIELDS if known.kind in {"text", "date"})
"""Fields that are columns of the table `figure`."""
