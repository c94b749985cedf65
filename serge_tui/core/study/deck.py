"""Decks: filters that choose cards."""

from __future__ import annotations

import json
import operator
import re
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from db.errors import SergeError
from db.models import CardState
from db.text import fold
from serge_tui.core.study.card import CONTRAST, NARRATOR, Card, CardKind
from serge_tui.core.study.scheduling import AGAIN, is_due, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from db.models import Review

ABOUT_PEOPLE: Final = frozenset({"line", "name", "serge", "told", "drawing", "tie", "apart"})
"""Kinds that ask about people, whatever the passage: they come once everybody they name has been met."""
LATELY: Final = 14
"""Days that "lately" covers."""
LIMITED: Final = ("stability", "difficulty", "lapses", "answers")
"""Figures of a card's state that a deck may limit."""
_SIGNS: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_LIMIT: Final = re.compile(rf"({'|'.join(LIMITED)})([<>]=?)(\d{{1,5}}(?:\.\d{{1,3}})?)")


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
        suspended: Only suspended cards.
        buried: Only cards buried today.
        due: Only cards due today.
        rated_within: Only cards answered in the last so many days; 0 for no limit.
        added_within: Only cards made by the reader, or asked for the first time, in the last so many days.
        answers: Only cards whose answer is one of these figures, by key, or has these words.
        tags: Only cards with one of these tags; an empty one stands for cards without any.
        flags: Only cards with one of these flags, 1 to 7.
        limits: Only cards whose figures keep within all of these, written as `stability<10`.
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
    suspended: bool = False
    buried: bool = False
    due: bool = False
    rated_within: int = 0
    added_within: int = 0
    answers: frozenset[str] = field(default_factory=frozenset)
    tags: frozenset[str] = field(default_factory=frozenset)
    flags: frozenset[int] = field(default_factory=frozenset)
    limits: tuple[str, ...] = ()
    without: tuple[Filter, ...] = ()

    @property
    def looks_back(self) -> int:
        """Days of the review log that this filter needs."""
        return max([self.wrong_within, self.rated_within, *(one.looks_back for one in self.without)])

    @property
    def adds_back(self) -> int:
        """Days for which this filter needs to know when cards were added."""
        return max([self.added_within, *(one.adds_back for one in self.without)])

    @property
    def asks_for_tags(self) -> bool:
        """Whether this filter needs the tags of cards."""
        return bool(self.tags) or any(one.asks_for_tags for one in self.without)

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
            suspended=bool(values.get("suspended", False)),
            buried=bool(values.get("buried", False)),
            due=bool(values.get("due", False)),
            rated_within=int(values.get("rated_within", 0)),
            added_within=int(values.get("added_within", 0)),
            answers=frozenset(str(answer) for answer in values.get("answers", [])),
            tags=frozenset(str(tag) for tag in values.get("tags", [])),
            flags=frozenset(int(flag) for flag in values.get("flags", [])),
            limits=tuple(str(limit) for limit in values.get("limits", [])),
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
    tags: Mapping[str, Collection[str]] | None = None,
    added: Mapping[str, str] | None = None,
    texts: dict[str, str] | None = None,
    offered_only: bool = True,
) -> list[Card]:
    """Return the cards of a deck, in the order given.

    Args:
        cards: All cards.
        chosen: The deck.
        progress: What has been read; with None, every card counts as read.
        states: States by card, for flags, figures of memory and new cards.
        log: Answers, for cards failed or answered lately.
        day: The study day, for whatever depends on it.
        tags: The reader's tags by card.
        added: The study day on which cards were added, those of the last days at least.
        texts: The folded words of cards by key; those that are missing are added. Whoever searches again keeps it.
        offered_only: Leave out cards that come on wish only, unless the deck asks for them or they were asked before.
    """
    known = _Known(progress, states or {}, log, day, tags or {}, added or {}, {} if texts is None else texts)
    holds = _test(chosen, known)
    if offered_only and not _asks(chosen):
        cards = [card for card in cards if card.key in known.states or is_offered(card, progress)]
    return [card for card in cards if holds(card)]


def _asks(chosen: Filter) -> bool:
    """Return whether a deck names what it wants, so that cards on wish are in it too."""
    words = chosen.text or chosen.words or chosen.answers
    return bool(chosen.kinds or chosen.figures or words or chosen.wrong_within or chosen.flagged or chosen.flags)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of cards besides themselves."""

    progress: Progress | None
    states: Mapping[str, CardState]
    log: Sequence[Review]
    day: date | None
    tags: Mapping[str, Collection[str]]
    added: Mapping[str, str]
    texts: dict[str, str]

    def since(self, days: int) -> str:
        """Return the study day after which the last `days` begin; after all of them without a day."""
        return (self.day - timedelta(days=days)).isoformat() if self.day is not None else "9999"


def _test(chosen: Filter, known: _Known) -> Callable[[Card], bool]:
    """Return a function that returns whether a card is in the deck: every test of a condition that is set."""
    barring = [_test(one, known) for one in chosen.without]
    tests = [*_tests_of_cards(chosen, known), *_tests_of_states(chosen, known), *_tests_of_days(chosen, known)]

    def holds(card: Card) -> bool:
        return all(test(card) for test in tests) and not any(bars(card) for bars in barring)

    return holds


def _tests_of_cards(chosen: Filter, known: _Known) -> Iterator[Callable[[Card], bool]]:
    """Yield the tests of what a card is and says."""
    kinds, chapters, figures, progress = chosen.kinds, chosen.chapters, chosen.figures, known.progress
    if kinds:
        yield lambda card: card.kind in kinds
    if chapters:
        yield lambda card: card.chapter in chapters or bool(set(card.chapters) & chapters)
    if figures:
        yield lambda card: bool(set(card.figures) & figures)
    if chosen.as_far_as_read and progress is not None:
        yield lambda card: is_met(card, progress)
    if answers := chosen.answers:
        texts = [fold(answer.replace("_", " ")) for answer in answers]
        yield lambda card: card.answer_figure in answers or _contains(fold(card.answer), texts)
    if wanted := [fold(words) for words in (chosen.text, *chosen.words) if words]:
        yield lambda card: _says(card, wanted, known.texts)


def _tests_of_states(chosen: Filter, known: _Known) -> Iterator[Callable[[Card], bool]]:
    """Yield the tests of where a card stands: its flag, its tags, its figures."""
    states, today = known.states, known.since(0)
    empty = CardState("")

    def of(card: Card) -> CardState:
        return states.get(card.key, empty)

    if chosen.flagged:
        yield lambda card: bool(of(card).flag)
    if flags := chosen.flags:
        yield lambda card: of(card).flag in flags
    if chosen.never_asked:
        yield lambda card: of(card).stability is None
    if chosen.suspended:
        yield lambda card: of(card).suspended
    if chosen.buried:
        yield lambda card: of(card).buried_until >= today
    if chosen.due and known.day is not None:
        day = known.day
        yield lambda card: is_due(of(card), day)
    if wanted := {fold(tag) for tag in chosen.tags}:
        folded = {card: {fold(tag) for tag in tags} or {""} for card, tags in known.tags.items()}
        yield lambda card: bool(wanted & folded.get(card.key, {""}))
    for limit in chosen.limits:
        yield _keeps_within(limit, of)


def _tests_of_days(chosen: Filter, known: _Known) -> Iterator[Callable[[Card], bool]]:
    """Yield the tests of when a card was answered and added."""
    if chosen.wrong_within and known.day is not None:
        wrong = lately_wrong(known.log, known.day, chosen.wrong_within)
        yield lambda card: card.key in wrong
    if chosen.rated_within:
        since = known.since(chosen.rated_within)
        rated = {review.card for review in standing(known.log) if review.study_day > since}
        yield lambda card: card.key in rated
    if chosen.added_within:
        begin, added = known.since(chosen.added_within), known.added
        yield lambda card: added.get(card.key, "") > begin


def _keeps_within(limit: str, of: Callable[[Card], CardState]) -> Callable[[Card], bool]:
    """Return the test that a limit such as `stability<10` stands for; a card without such a figure fails it."""
    name, sign, number = read_limit(limit)
    compare = _SIGNS[sign]

    def keeps(card: Card) -> bool:
        figure: float | None = getattr(of(card), name)
        return figure is not None and compare(figure, number)

    return keeps


def read_limit(limit: str) -> tuple[str, str, float]:
    """Return name, sign and number of a limit such as `stability<10`. Raises SergeError if it is none."""
    found = _LIMIT.fullmatch(limit)
    if found is None:
        raise SergeError(
            f'"{limit}" is not a term: write {", ".join(LIMITED[:-1])} or {LIMITED[-1]}, then < or >, then a number,'
            " such as stability<10."
        )
    return found[1], found[2], float(found[3])


def _contains(text: str, texts: Sequence[str]) -> bool:
    return any(words in text for words in texts if words)


def _says(card: Card, wanted: Sequence[str], texts: dict[str, str]) -> bool:
    whole = texts.get(card.key)
    if whole is None:
        whole = texts[card.key] = fold(f"{card.shown}\n{card.answer}\n{card.note}")
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
