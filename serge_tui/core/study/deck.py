"""Decks: filters that choose cards."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from db.errors import SergeError
from db.text import fold
from serge_tui.core.study.card import CONTRAST, NARRATOR, Card, CardKind
from serge_tui.core.study.scheduling import AGAIN, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from db.models import CardState, Review

ABOUT_PEOPLE: Final = frozenset({"line", "name", "serge", "told", "drawing", "tie", "apart"})
"""Kinds that ask about people, whatever the passage: they come once everybody they name has been met."""
LATELY: Final = 14
"""Days that "lately" covers."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What the reader has read so far in one edition. For a reader without an edition, use None instead.

    Attributes:
        quotations: Quotations that have been read, by key.
        located: All quotations that were found in the edition.
        figures: Figures named in a passage that was read.
        chapters: Canonical chapters read to the end.
        year: Latest year that these chapters reach.
        finished: Whether the whole book was read.
    """

    quotations: frozenset[str] = frozenset()
    located: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    chapters: frozenset[int] = frozenset()
    year: int | None = None
    finished: bool = False

    def __or__(self, other: Progress) -> Progress:
        """Return what was read in either of two ways: in a file, or on paper."""
        years = [year for year in (self.year, other.year) if year is not None]
        return Progress(
            quotations=self.quotations | other.quotations,
            located=self.located | other.located,
            figures=self.figures | other.figures,
            chapters=self.chapters | other.chapters,
            year=max(years, default=None),
            finished=self.finished or other.finished,
        )


def is_met(card: Card, progress: Progress) -> bool:
    """Return whether the passage a card comes from has been read.

    If the edition does not have a card's quotation, its chapter must have been read. Cards about a death wait until
    the book has reached the year of it.
    """
    if progress.finished or card.kind in ("own", "contrast") or card.found:
        return True
    if card.kind in ABOUT_PEOPLE:
        return set(card.figures) <= progress.figures | {NARRATOR}
    if card.kind in ("fate", "alive", "end"):
        in_time = card.year is not None and progress.year is not None and card.year <= progress.year
        return in_time and set(card.figures) <= progress.figures
    if card.kind in ("order", "pair"):
        return bool(card.chapters) and set(card.chapters) <= progress.chapters
    if card.quotation in progress.located:
        return card.quotation in progress.quotations
    return card.chapter in progress.chapters


def is_offered(card: Card, progress: Progress | None) -> bool:
    """Return whether a card comes as a new one without being asked for: not a reverse, nor one of a passage unread."""
    if card.offered == "read":
        return progress is not None and is_met(card, progress)
    return card.offered == "always"


@dataclass(frozen=True, slots=True)
class Filter:
    """A deck. A card must pass every condition that is set; without conditions, every card passes.

    Attributes:
        name: Name shown to the reader.
        kinds: Only these kinds of card.
        chapters: Only these canonical chapters.
        figures: Only cards about one of these figures, by key.
        text: Only cards with these words in question, answer or note.
        as_far_as_read: Only cards whose passage has been read.
        wrong_within: Only cards failed in the last so many days; 0 for no limit.
        flagged: Only flagged cards.
        never_asked: Only new cards.
        words: More words, each as `text`.
        without: Cards that pass one of these filters are excluded.
    """

    name: str = ""
    kinds: frozenset[CardKind] = field(default_factory=frozenset)
    chapters: frozenset[int] = field(default_factory=frozenset)
    figures: frozenset[str] = field(default_factory=frozenset)
    text: str = ""
    as_far_as_read: bool = False
    wrong_within: int = 0
    flagged: bool = False
    never_asked: bool = False
    words: tuple[str, ...] = ()
    without: tuple[Filter, ...] = ()

    @property
    def looks_back(self) -> int:
        """Days of the review log that this filter needs."""
        return max([self.wrong_within, *(one.looks_back for one in self.without)])

    def to_json(self) -> str:
        """Return the filter as JSON, for storing."""
        return json.dumps(self.values(), ensure_ascii=False, sort_keys=True)

    def values(self) -> dict[str, object]:
        """Return the conditions that are set, as JSON values."""
        values: dict[str, object] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if value != item.default and value:
                values[item.name] = sorted(value) if isinstance(value, frozenset) else value
        if self.without:
            values["without"] = [one.values() for one in self.without]
        return values

    @classmethod
    def from_json(cls, text: str) -> Filter:
        """Read a filter saved with `to_json`.

        Raises:
            SergeError: The text is not a saved filter, or is one of a later version.
        """
        try:
            return cls._of(json.loads(text))
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise SergeError("The saved deck cannot be read: save it again.") from error

    @classmethod
    def _of(cls, values: dict[str, Any]) -> Filter:
        from serge_tui.core.study.cards.registry import (
            CARD_TITLES,
        )  # imported here: most callers never read a saved deck

        kinds = {kind for kind in CARD_TITLES if kind in values.get("kinds", [])}
        chosen = cls(
            name=str(values.get("name", "")),
            kinds=frozenset(kinds),
            chapters=frozenset(int(chapter) for chapter in values.get("chapters", [])),
            figures=frozenset(str(figure) for figure in values.get("figures", [])),
            text=str(values.get("text", "")),
            as_far_as_read=bool(values.get("as_far_as_read", False)),
            wrong_within=int(values.get("wrong_within", 0)),
            flagged=bool(values.get("flagged", False)),
            never_asked=bool(values.get("never_asked", False)),
            words=tuple(str(word) for word in values.get("words", [])),
            without=tuple(cls._of(one) for one in values.get("without", [])),
        )
        if not set(values) <= {item.name for item in fields(cls)} or not set(values.get("kinds", [])) <= kinds:
            raise SergeError("The saved deck has parts that this version does not know: save it again.")
        return chosen


ALL: Final = Filter("All")
AS_FAR_AS_READ: Final = Filter("As far as I have read", as_far_as_read=True)
PORTRAITS: Final = Filter("Portraits", kinds=frozenset({"portrait", "feature"}))
WHO_SAID_WHAT: Final = Filter("Who said what", kinds=frozenset({"who", "about", "to"}))
MY_OWN: Final = Filter("My own", kinds=frozenset({"own"}))
LATELY_WRONG: Final = Filter("Lately wrong", wrong_within=LATELY)
DECKS: Final = (AS_FAR_AS_READ, ALL, PORTRAITS, WHO_SAID_WHAT, MY_OWN, LATELY_WRONG)


def of_chapter(chapter: int) -> Filter:
    """Return the deck of one canonical chapter."""
    return Filter(f"Chapter {chapter}", chapters=frozenset({chapter}))


def of_figure(figure: str, name: str = "") -> Filter:
    """Return the deck of one figure."""
    return Filter(name or figure, figures=frozenset({figure}))


def select(
    cards: Iterable[Card],
    chosen: Filter = ALL,
    *,
    progress: Progress | None = None,
    states: Mapping[str, CardState] | None = None,
    log: Sequence[Review] = (),
    day: date | None = None,
) -> list[Card]:
    """Return the cards of a deck, in the order given.

    Args:
        cards: All cards.
        chosen: The deck.
        progress: What has been read; with None, every card counts as read.
        states: States by card, for flags and new cards.
        log: Answers, for cards failed lately.
        day: The study day, for cards failed lately.
    """
    holds = _test(chosen, progress, states or {}, log, day)
    return [card for card in cards if holds(card)]


def _test(
    chosen: Filter, progress: Progress | None, states: Mapping[str, CardState], log: Sequence[Review], day: date | None
) -> Callable[[Card], bool]:
    """Return a function that returns whether a card is in the deck."""
    wrong = lately_wrong(log, day, chosen.wrong_within) if chosen.wrong_within and day else set()
    wanted = [fold(words) for words in (chosen.text, *chosen.words) if words]
    barring = [_test(one, progress, states, log, day) for one in chosen.without]
    asks = bool(chosen.kinds or chosen.figures or wanted or chosen.wrong_within or chosen.flagged)

    def holds(card: Card) -> bool:
        state = states.get(card.key)
        return bool(
            (asks or state is not None or is_offered(card, progress))
            and (not chosen.kinds or card.kind in chosen.kinds)
            and (not chosen.chapters or card.chapter in chosen.chapters or set(card.chapters) & chosen.chapters)
            and (not chosen.figures or set(card.figures) & chosen.figures)
            and (not chosen.as_far_as_read or progress is None or is_met(card, progress))
            and (not chosen.wrong_within or card.key in wrong)
            and (not chosen.flagged or (state is not None and state.flag))
            and (not chosen.never_asked or state is None or state.stability is None)
            and (not wanted or _says(card, wanted))
            and not any(bars(card) for bars in barring)
        )

    return holds


def _says(card: Card, wanted: Sequence[str]) -> bool:
    whole = fold(f"{card.shown}\n{card.answer}\n{card.note}")
    return all(words in whole for words in wanted)


def lately_wrong(log: Sequence[Review], day: date, days: int = LATELY) -> set[str]:
    """Return the cards that were failed in the last `days` days."""
    since = (day - timedelta(days=days)).isoformat()
    return {review.card for review in standing(log) if review.rating == AGAIN and review.study_day > since}


def vanished(cards: Iterable[Card], states: Mapping[str, CardState]) -> list[str]:
    """Return keys of cards that were learned but can no longer be made, because their source is gone.

    They are shown to the reader, who suspends or keeps them; they are never dropped. Side-by-side cards are left out:
    they come and go with the reader's mix-ups.
    """
    there = {card.key for card in cards}
    return sorted(
        key
        for key, state in states.items()
        if key not in there and state.answers and not state.suspended and not key.startswith(CONTRAST)
    )


def with_edits(cards: Iterable[Card], edits: Mapping[str, tuple[str, str]]) -> list[Card]:
    """Return the cards, with the reader's own wording (question, answer) if there is one."""
    return [card.edited(*edits[card.key]) if card.key in edits else card for card in cards]
