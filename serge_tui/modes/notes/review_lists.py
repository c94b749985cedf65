"""The lists of To review: what was found in the reader's copy, uncertain and unknown names, quotations from reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypeVar

from serge_tui.navigation import ShowToReview

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.library import Library
    from db.models.candidate import Candidate
    from db.models.found_text import Found
    from db.models.link import NameSuggestion, UncertainMention

T = TypeVar("T")
ListKind: TypeAlias = Literal["copy", "uncertain", "suggested", "found"]
LIST_KINDS: Final[tuple[ListKind, ...]] = ("copy", "uncertain", "suggested", "found")
AT_A_TIME: Final = 10
"""Portraits and sayings listed at once."""


class ReviewLists:
    """Which list is open, what it holds, and the row under the cursor.

    `cursor` returns the list's cursor; each list remembers its own while another one is open.
    """

    def __init__(self, library: Library, cursor: Callable[[], int]) -> None:
        self._library = library
        self._cursor = cursor
        self.kind: ListKind = LIST_KINDS[0]
        self.copy: list[Found] = []
        self._copy_count = 0
        self.uncertain: list[UncertainMention] = []
        self.suggested: list[NameSuggestion] = []
        self.found: list[Candidate] = []
        self.person = 0
        """The chosen one of the people that an uncertain name may mean."""
        self._cursors: dict[ListKind, int] = dict.fromkeys(LIST_KINDS, 0)

    def read(self) -> None:
        """Read all lists but what was found in the reader's copy."""
        links = self._library.links
        editions = [edition.key for edition in self._library.texts.editions()]
        self.uncertain = [mention for key in editions for mention in links.uncertain(key)]
        self.suggested = [name for key in editions for name in links.suggestions(key)]
        # Quotations that the study pack has already come last: they are hardly news.
        self.found = sorted(self._library.candidates.all("open"), key=lambda one: bool(one.quotation))

    def read_copy(self) -> None:
        """Read what was found in the reader's copy, best first, ten at a time; call it in a thread."""
        undecided = self._library.found.undecided()
        self._copy_count, self.copy = len(undecided), undecided[:AT_A_TIME]

    def count(self, kind: ListKind) -> int:
        """Return how many rows a list has in all, which may be more than are listed at once."""
        if kind == "copy":
            return self._copy_count
        if kind != "uncertain":
            return len(self.suggested if kind == "suggested" else self.found)
        return sum(self._library.links.count(edition.key) for edition in self._library.texts.editions())

    def rows(self) -> list[tuple[str, str]]:
        """Return the open list's rows: words and a detail."""
        match self.kind:
            case "copy":
                return [(f"“{one.text}”" if one.kind == "saying" else one.text, one.name) for one in self.copy]
            case "uncertain":
                name_of = self._library.figures.name_of
                return [(mention.surface, name_of(mention.candidates[0][0]) + "?") for mention in self.uncertain]
            case "suggested":
                return [(name.name, f"{name.occurrences} times") for name in self.suggested]
            case "found":
                return [(quotation.text, _detail(quotation)) for quotation in self.found]

    # --- the open list -----------------------------------------------------------------------------------------------

    def open_first(self) -> None:
        """Open the first list that has rows."""
        self.kind = next((kind for kind in LIST_KINDS if self.count(kind)), LIST_KINDS[0])

    def turn(self, step: int) -> None:
        """Open the next list, or the one before with -1."""
        self.kind = LIST_KINDS[(LIST_KINDS.index(self.kind) + step) % len(LIST_KINDS)]

    @property
    def remembered_cursor(self) -> int:
        """The cursor of the open list."""
        return self._cursors[self.kind]

    def moved(self) -> None:
        """Remember where the cursor is now."""
        if self._cursors[self.kind] != self._cursor():
            self._cursors[self.kind] = self._cursor()
            self.person = 0

    def spot(self) -> ShowToReview:
        """Return the open list, and the row under the cursor by its identity and its number."""
        at = self._cursor()
        identities = self._identities()
        return ShowToReview(self.kind, identities[at] if 0 <= at < len(identities) else (), at)

    def go_to(self, spot: ShowToReview) -> None:
        """Open a list at a row; if the row is gone, at the same number."""
        self.kind = next((kind for kind in LIST_KINDS if kind == spot.kind), self.kind)
        identities = self._identities()
        self._cursors[self.kind] = (
            identities.index(spot.row) if spot.row in identities else min(spot.index, len(identities) - 1)
        )

    def _identities(self) -> list[tuple[object, ...]]:
        match self.kind:
            case "copy":
                return [(one.key,) for one in self.copy]
            case "uncertain":
                return [(one.edition, one.passage, one.start) for one in self.uncertain]
            case "suggested":
                return [(one.edition, one.name) for one in self.suggested]
            case "found":
                return [(one.key,) for one in self.found]

    # --- the row under the cursor ------------------------------------------------------------------------------------

    def in_copy(self) -> Found | None:
        """Return the portrait or saying under the cursor."""
        return self._under_cursor("copy", self.copy)

    def mention(self) -> UncertainMention | None:
        """Return the uncertain name under the cursor."""
        return self._under_cursor("uncertain", self.uncertain)

    def suggestion(self) -> NameSuggestion | None:
        """Return the unknown name under the cursor."""
        return self._under_cursor("suggested", self.suggested)

    def quotation(self) -> Candidate | None:
        """Return the quotation under the cursor."""
        return self._under_cursor("found", self.found)

    def _under_cursor(self, kind: ListKind, items: list[T]) -> T | None:
        at = self._cursor()
        return items[at] if self.kind == kind and 0 <= at < len(items) else None


def _detail(quotation: Candidate) -> str:
    page = f"p. {quotation.pages}" if quotation.pages else quotation.source
    return f"{page} · in the study pack" if quotation.quotation else page
