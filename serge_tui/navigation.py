"""Where one can be in the program, and the way back. Pure: screens turn these into what is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from db.models import Place

Mode: TypeAlias = Literal["today", "reader", "figures", "cards", "quiz", "notes", "years", "progress"]
LONGEST_TRAIL: Final = 200
_TERM: Final = "term:"


def term_entry(term: str) -> str:
    """Return the key under which Figures shows a term, as `ShowFigure` and the list have it."""
    return f"{_TERM}{term}"


def term_of(entry: str) -> str | None:
    """Return the key of the term that an entry of Figures stands for; None for a person."""
    return entry.removeprefix(_TERM) if entry.startswith(_TERM) else None


@dataclass(frozen=True, slots=True)
class ReadAt:
    """A place in an edition, with the stretch to highlight (passage and offset to passage and offset), if any.

    `line_in_view` keeps the place on the same line of the screen when one comes back to it.
    """

    place: Place
    lit: tuple[int, int, int, int] | None = None
    line_in_view: int | None = None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two figures by their keys, which `side` has the focus, how far each was scrolled, and the line under the cursor.

    `opened` says that both ends are shown there.
    """

    one: str
    other: str
    side: int = 0
    scrolls: tuple[int, int] = (0, 0)
    link: object = None
    opened: bool = False


@dataclass(frozen=True, slots=True)
class ShowFigure:
    """A figure's page; None is the list with whatever was typed.

    `scroll` is how far the page, or without a key the list, was scrolled; `line` is the key chosen in the list.
    `query` holds the typed text and the filters of the list as words (`movement:bolshevik sort:birth`).
    `link` is where the line of the page under the cursor leads, None where there is no cursor; `in_list` says that the
    list had the keys and not the box; `beside` that two were compared over it.
    """

    key: str | None = None
    query: str = ""
    scroll: int = 0
    line: str = ""
    link: object = None
    in_list: bool = False
    beside: SideBySide | None = None


@dataclass(frozen=True, slots=True)
class ShowQuotation:
    """A quotation, in its passage if an edition has it, else in the guide."""

    key: str


@dataclass(frozen=True, slots=True)
class ShowNote:
    """An annotation in the notes."""

    key: str | None = None


@dataclass(frozen=True, slots=True)
class ShowToReview:
    """To review, over the notes: a list, and a row by its identity, else by its number."""

    kind: str = ""
    row: tuple[object, ...] = ()
    index: int = 0


@dataclass(frozen=True, slots=True)
class ShowEvent:
    """An event, or a year, in the years."""

    key: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ShowDeck:
    """The cards, narrowed to a deck by the name of its filter."""

    deck: str = ""


@dataclass(frozen=True, slots=True)
class BeginRound:
    """The quiz with a deck by name, a kind of question (empty: a mix), and a round begun where a seed is given."""

    deck: str = ""
    kind: str = ""
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class ShowMode:
    """A mode as it was left."""

    mode: Mode


Destination: TypeAlias = (
    ReadAt | ShowFigure | ShowQuotation | ShowNote | ShowToReview | ShowEvent | ShowDeck | BeginRound | ShowMode
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Exactly where the reader was: the mode, and what its screen needs to be there again."""

    mode: Mode
    destination: Destination


def mode_of(destination: Destination) -> Mode:
    """The mode a destination is shown in."""
    match destination:
        case ReadAt() | ShowQuotation():
            return "reader"
        case ShowFigure():
            return "figures"
        case ShowNote() | ShowToReview():
            return "notes"
        case ShowEvent():
            return "years"
        case ShowDeck():
            return "cards"
        case BeginRound():
            return "quiz"
        case ShowMode(mode):
            return mode


@dataclass(slots=True)
class Trail:
    """Places visited, to go back and forward as in a browser.

    `leave` takes the present spot before going to a new one; `back` and `forward` take the present spot and return the
    one to go to.
    """

    _behind: list[Spot] = field(default_factory=list)
    _ahead: list[Spot] = field(default_factory=list)

    def leave(self, spot: Spot) -> None:
        """Remember a spot before going somewhere new. The same spot twice in a row counts once."""
        self._ahead.clear()
        if not self._behind or self._behind[-1] != spot:
            self._behind.append(spot)
        del self._behind[:-LONGEST_TRAIL]

    def back(self, here: Spot) -> Spot | None:
        """Where one came from; None at the beginning."""
        if not self._behind:
            return None
        self._ahead.append(here)
        return self._behind.pop()

    def forward(self, here: Spot) -> Spot | None:
        """Where one went back from; None at the end."""
        if not self._ahead:
            return None
        self._behind.append(here)
        return self._ahead.pop()

    @property
    def can_go_back(self) -> bool:
        """Whether there is a spot to go back to."""
        return bool(self._behind)
