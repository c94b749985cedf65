"""Questions at the end of a chapter: the cards of what was just read that were never answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from db.reading import merged
from serge_tui.core.study.card import NARRATOR
from serge_tui.core.study.cards.registry import KINDS_OF_DEATH
from serge_tui.core.study.deck import ABOUT_PEOPLE, ALL, is_offered
from serge_tui.core.study.scheduling import holds_a_week, standing
from serge_tui.services.card_collection import card_collection
from serge_tui.services.hidden_ends import told_cards
from serge_tui.services.reading_progress import told_so_far
from serge_tui.services.study_settings import today

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from concurrent.futures import Future

    from db.library import Library
    from db.models import CardState, Chapter
    from db.reading import Interval
    from serge_tui.core.study.card import Card

_NOT_ASKED: Final = KINDS_OF_DEATH | {"contrast", "chapter", "own"}
"""Kinds that say nothing of the chapter just read, or whose answer is that one reads it."""
ASKED_BEFORE: Final = "reader.asked_before"
"""Setting: keys of cards asked before their chapters were read, the latest first: they come first at the end."""
_KEPT: Final = 60
"""Keys that are kept of them."""
_UNREAD: Final = 0.1
"""Share of a chapter up to which it counts as not begun."""
_WHOLE: Final = (0, 2**31)
MOST: Final = 3
"""Questions on a chapter in a day."""
READ: Final = 0.8
"""Share of a chapter that must have been read for questions on the chapter as a whole."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a chapter: intervals of its characters, and the characters before each passage."""

    first: int
    before: Sequence[int]
    intervals: Sequence[Interval]

    def holds(self, passage: int, start: int, end_passage: int, end: int) -> bool:
        """Return whether a stretch of the chapter was read from its first word to its last."""
        if not (self.first <= passage and end_passage - self.first < len(self.before) - 1):
            return False
        begin, stop = self.before[passage - self.first] + start, self.before[end_passage - self.first] + end
        return any(known <= begin and stop <= until for known, until in self.intervals)

    @property
    def is_whole(self) -> bool:
        """Whether the chapter was read, but for what was leafed over."""
        return sum(stop - begin for begin, stop in self.intervals) >= READ * self.before[-1]


def questions_on(library: Library, chapter: Chapter, in_view: Interval) -> list[str]:
    """Return the keys of the cards to be asked at the end of a chapter, three at most; none once three were answered
    today.

    Reads much: only in a thread.

    Args:
        library: The open library.
        chapter: The chapter whose end is on the screen.
        in_view: What is on the screen, in characters of the chapter: it counts as read.
    """
    collection, day = card_collection(library), today(library)
    states, log = library.study.states(), standing(library.study.answers_since(day.isoformat()))
    cards = told_cards(library, cards_read(library, collection.cards.values(), chapter, in_view), ALL)
    before = library.settings.get(ASKED_BEFORE, list[str]())
    cards.sort(key=lambda card: card.key not in before)
    answers: dict[str, int] = {}
    for review in log:
        answers[review.card] = answers.get(review.card, 0) + 1
    first_today = [card for card in cards if card.key in answers and states[card.key].answers <= answers[card.key]]
    asked = [collection.cards[key] for key in answers if key in collection.cards]
    return chosen(cards, states, day.isoformat(), asked=asked, most=MOST - len(first_today), known=collection.cards)


def questions_before(library: Library, chapter: Chapter) -> list[str]:
    """Return the keys of the cards to be practised before a chapter is read, three at most; none if it was begun.

    Reads much: only in a thread.
    """
    reading = library.reading.chapters(chapter.edition).get(chapter.ordinal)
    if chapter.canonical is None or (reading is not None and reading.share > _UNREAD):
        return []
    return questions_on(library, chapter, _WHOLE)


def keep_asked(library: Library, keys: Sequence[str]) -> Future[None]:
    """Store which cards were asked before a chapter, so that its end asks the same."""
    kept = library.settings.get(ASKED_BEFORE, list[str]())
    return library.settings.set(ASKED_BEFORE, list(dict.fromkeys([*keys, *kept]))[:_KEPT])


def cards_read(library: Library, cards: Iterable[Card], chapter: Chapter, in_view: Interval) -> list[Card]:
    """Return the cards of what was read of a chapter: its sayings, then people and scenes in turn.

    Cards on deaths are left out, those that come on wish, and words of the book that this text does not have.
    """
    passages = library.passages.of_chapter(chapter.edition, chapter.ordinal)
    before = list(accumulate((len(passage.text) for passage in passages), initial=0))
    intervals = merged([*library.reading.intervals(chapter.edition, chapter.ordinal), in_view], before[-1])
    read = _Read(chapter.first_passage, before, intervals)
    last = chapter.first_passage + chapter.passages - 1
    said = set[str]()
    for found in library.quotations.places(chapter.edition):
        if read.holds(found.passage, found.start, found.end_passage, found.end):
            said.add(found.quotation)
    named = {
        one.figure
        for one in library.passages.mentions(chapter.edition, chapter.first_passage, last)
        if read.holds(one.passage, one.start, one.passage, one.end)
    }
    progress = told_so_far(library)

    def is_told(card: Card) -> bool:
        if card.kind in _NOT_ASKED or card.offered == "wish":
            return False
        if chapter.canonical is None and not card.quotation:
            return False  # what the cards tell of people is told by the Memoirs, not by another book or a foreword
        if card.kind in ABOUT_PEOPLE:
            return bool(card.answer_figure) and {card.answer_figure, *card.figures} <= named | {NARRATOR}
        if card.quotation:
            return card.quotation in said
        return card.chapter == chapter.canonical and read.is_whole and is_offered(card, progress)

    told = [card for card in cards if is_told(card)]
    return [card for card in told if card.quotation] + by_turns(card for card in told if not card.quotation)


def by_turns(cards: Iterable[Card]) -> list[Card]:
    """Return cards with their kinds in turn, those of a kind in the order given."""
    count = Counter[str]()
    places: list[tuple[int, Card]] = []
    for card in cards:
        places.append((count[card.kind], card))
        count[card.kind] += 1
    return [card for _, card in sorted(places, key=lambda entry: entry[0])]


def chosen(
    cards: Iterable[Card],
    states: Mapping[str, CardState],
    day: str,
    *,
    asked: Collection[Card],
    most: int,
    known: Mapping[str, Card],
) -> list[str]:
    """Return the first cards that were never answered and may be asked today, by key: `most` of them.

    No two are siblings or ask for the same person. `asked` are the cards answered today;
    `known` is every card there is.
    """
    words = {word for card in asked for word in card.siblings}
    people = {card.answer_figure for card in asked} - {""}
    keys = list[str]()
    for card in cards:
        if len(keys) >= most:
            break
        state = states.get(card.key)
        if state is not None and (state.stability is not None or state.suspended or state.buried_until >= day):
            continue
        if words.intersection(card.siblings) or card.answer_figure in people:
            continue
        if card.requires in known and not holds_a_week(states.get(card.requires)):
            continue
        words.update(card.siblings)
        people.update({card.answer_figure} - {""})
        keys.append(card.key)
    return keys
