"""How lives end: whose end is hidden, because nothing has told it yet. Every screen, card and command asks here.

Ends are shown unless the reader hides them. Then an end is hidden until it has been told: by a chapter or a passage
that was read, by a card that was answered, by its year (before 1906, or one the reader has reached), or because the
reader asked for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from db.ends import ENDS_ASKED_FOR, ENDS_HIDDEN, deaths_told, names_a_death, sentences
from serge_tui.core.study.card import NARRATOR
from serge_tui.core.study.cards.registry import KINDS_OF_DEATH
from serge_tui.services.reading_progress import told_so_far

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from concurrent.futures import Future

    from db.dates import HistoricalDate
    from db.library import Library
    from db.models import Event, Figure, Mention, Quotation
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.deck import Filter, Progress

FIRST_YEAR: Final = 1906
"""The Memoirs begin here; who died before is history to them, and not hidden."""
MOST_ASKED_FOR: Final = 5000
"""Figures whose end the reader asked for that are remembered, the latest ones."""
_YEAR: Final = re.compile(r"\b(?:18|19)\d\d\b")


@dataclass(frozen=True, slots=True)
class HiddenEnds:
    """Whose ends are hidden, and which records would tell one of them.

    `died` has the year of death, if known, of each figure whose end is hidden; `events` and `quotations` would tell
    one of them, `read` are quotations and `answered` cards that the reader knows; `year` is the last year that lives
    are shown up to.
    """

    switched_on: bool = False
    died: Mapping[str, int | None] = field(default_factory=dict)
    events: frozenset[str] = frozenset()
    quotations: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    year: int = FIRST_YEAR - 1

    def of(self, figure: str) -> bool:
        """Return whether the end of a figure is hidden."""
        return figure in self.died

    def tells(self, text: str, figures: Iterable[str]) -> bool:
        """Return whether a text about some figures would tell an end that is hidden."""
        hidden = [figure for figure in figures if figure in self.died]
        if not hidden:
            return False
        years = {str(self.died[figure]) for figure in hidden if self.died[figure] is not None}
        return names_a_death(text) or not years.isdisjoint(_YEAR.findall(text))

    def told_by(self, text: str, mentions: Iterable[Mention]) -> frozenset[str]:
        """Return those whose end is hidden although a text on the screen tells it; `mentions` are all its names."""
        names = [(mention.start, mention.end, mention.figure) for mention in mentions]
        return frozenset(deaths_told(text, names) & self.died.keys())

    def without(self, figures: Iterable[str]) -> HiddenEnds:
        """Return the same with the ends of some figures shown."""
        told = set(figures)
        return replace(self, died={key: year for key, year in self.died.items() if key not in told})

    def untelling(self, text: str, figure: str) -> tuple[str, bool]:
        """Return a text on a figure without the sentences that tell a hidden end, and whether any was left out."""
        if not self.tells(text, [figure]):
            return text, False
        kept = [
            " ".join(sentence for sentence in sentences(part) if not self.tells(sentence, [figure]))
            for part in text.split("\n\n")
        ]
        return "\n\n".join(part for part in kept if part), True

    def life(self, figure: Figure) -> tuple[str, bool]:
        """Return the life of a figure as far as it may be told, and whether there is more."""
        if not self.of(figure.key):
            return figure.life, False
        told: list[str] = []
        for paragraph in figure.life.split("\n\n"):
            kept: list[str] = []
            for sentence in sentences(paragraph):
                years = [int(year) for year in _YEAR.findall(sentence)]
                if names_a_death(sentence) or any(year > self.year for year in years):
                    return "\n\n".join([*told, *([" ".join(kept)] if kept else [])]), True
                kept.append(sentence)
            told.append(" ".join(kept))
        return "\n\n".join(told), True


ALL_SHOWN: Final = HiddenEnds()
"""Nothing is hidden."""

_known: WeakKeyDictionary[Library, tuple[str, HiddenEnds]] = WeakKeyDictionary()
_tellings: WeakKeyDictionary[Library, _Tellings] = WeakKeyDictionary()
_lock = Lock()


def ends_are_hidden(library: Library) -> bool:
    """Return whether the reader has ends hidden."""
    return library.settings.get(ENDS_HIDDEN, False)


def hidden_ends(library: Library, *, hidden: bool | None = None) -> HiddenEnds:
    """Return whose ends are hidden. `hidden` overrides the setting, here and below.

    While nothing is hidden this is one look at the settings; else some milliseconds after each change of what has
    been read or answered, and nothing in between.
    """
    if not (ends_are_hidden(library) if hidden is None else hidden):
        return ALL_SHOWN
    with _lock:
        stamp = library.ends.stamp()
        known = _known.get(library)
        if known is None or known[0] != stamp:
            known = _known[library] = (stamp, _find(library))
        return known[1]


@dataclass(frozen=True, slots=True)
class _Tellings:
    """What the study pack tells of ends, whatever has been read: made once for a pack."""

    stamp: str
    died: Mapping[str, HistoricalDate]
    quotations: tuple[tuple[Quotation, _Told], ...]
    events: tuple[tuple[Event, _Told], ...]

    @classmethod
    def of(cls, library: Library, stamp: str) -> _Tellings:
        died = {name.key: name.died for name in library.figures.names() if name.key != NARRATOR}
        years = {key: date.year for key, date in died.items()}
        reaches = {known.number: _year(known.year_to) for known in library.chronicle.chapters()}
        return cls(
            stamp,
            died,
            tuple((known, _told_by_quotation(known, years, reaches)) for known in library.quotations.all()),
            tuple((event, _told_by_event(event, years)) for event in library.chronicle.events()),
        )


def _find(library: Library) -> HiddenEnds:
    progress = told_so_far(library)
    if progress.finished:
        return HiddenEnds(switched_on=True)
    stamp = library.chronicle.stamp()
    pack = _tellings.get(library)
    if pack is None or pack.stamp != stamp:
        pack = _tellings[library] = _Tellings.of(library, stamp)
    year = max(FIRST_YEAR - 1, progress.year or 0)
    asked = library.ends.asked_cards()
    answered = _Answered.of(asked)
    told = {key for key, date in pack.died.items() if date.latest is not None and date.latest.year <= year}
    told |= answered.figures | set(library.settings.get(ENDS_ASKED_FOR, list[str]()))
    told |= library.ends.told_in_what_was_read()
    known: set[str] = set()
    """Quotations and events that the reader knows: they are not hidden, and tell what they tell."""
    for quotation, ends in pack.quotations:
        if quotation.key in answered.quotations or is_quotation_told(quotation, progress):
            known.add(quotation.key)
            told |= ends.surely
    for event, ends in pack.events:
        is_old = event.date.year is not None and event.date.year < FIRST_YEAR
        if is_old or event.chapter in progress.chapters or event.key in answered.events:
            known.add(event.key)
            told |= ends.surely
    hidden = {key: date.year for key, date in pack.died.items() if key not in told}

    def untold(records: Iterable[tuple[Quotation | Event, _Told]]) -> frozenset[str]:
        return frozenset(
            one.key for one, ends in records if one.key not in known and not hidden.keys().isdisjoint(ends.perhaps)
        )

    return HiddenEnds(
        switched_on=True,
        died=hidden,
        events=untold(pack.events),
        quotations=untold(pack.quotations),
        answered=frozenset(asked),
        read=frozenset(quotation.key for quotation, _ in pack.quotations if quotation.key in known),
        year=year,
    )


def is_quotation_told(quotation: Quotation, progress: Progress) -> bool:
    """Return whether the reader has come past the words of a quotation."""
    if quotation.key in progress.located:
        return quotation.key in progress.quotations
    return quotation.key in progress.quotations or quotation.chapter in progress.chapters


@dataclass(frozen=True, slots=True)
class _Told:
    """Figures whose end a record tells: `perhaps` is reason enough to hide it, `surely` to count the end as told."""

    perhaps: frozenset[str] = frozenset()
    surely: frozenset[str] = frozenset()


def _told_by_quotation(
    quotation: Quotation, died: Mapping[str, int | None], reaches: Mapping[int, int | None]
) -> _Told:
    """Return whose end a quotation may tell, if it speaks of a death: of those it is about, to or by.

    It surely tells the end of the one person it is about, or of those who had died when it was said.
    """
    if not names_a_death(f"{quotation.text}\n{quotation.topic}\n{quotation.doubt}\n{quotation.to_text}"):
        return _Told()
    subjects = {figure for figure in (*quotation.about, quotation.portrait_of) if figure and figure in died}
    others = {figure for figure in (*quotation.to, quotation.speaker) if figure and figure in died}
    reach = max(_year(quotation.year) or 0, reaches.get(quotation.chapter or 0) or 0)
    sure = {key for key in subjects if (died[key] or 9999) <= reach} or (subjects if len(subjects) == 1 else set())
    return _Told(frozenset(subjects | others), frozenset(sure))


def _told_by_event(event: Event, died: Mapping[str, int | None]) -> _Told:
    """Return whose end an event may tell: of the people who died in its year or before, by the years in `died`.

    An event that speaks of a death which is nobody's of these may tell of each of its people.
    """
    people = {figure for figure, _ in event.people if figure in died}
    year = event.date.year
    ended = frozenset(key for key in people if year is not None and (died[key] or 9999) <= year)
    return _Told(ended or frozenset(people if names_a_death(event.text) else ()), ended)


def _year(text: str) -> int | None:
    return int(text[:4]) if text[:4].isdigit() else None


@dataclass(frozen=True, slots=True)
class _Answered:
    """What the cards that were answered are about, from their keys: figures, quotations, events."""

    figures: frozenset[str]
    quotations: frozenset[str]
    events: frozenset[str]

    @classmethod
    def of(cls, cards: Iterable[str]) -> _Answered:
        figures, quotations, events = set[str](), set[str](), set[str]()
        for card in cards:
            kind, _, rest = card.partition("/")
            match kind:
                case "fate" | "end":
                    figures.add(rest)
                case "alive":
                    event, _, survivor = rest.partition("/")
                    events.add(event)
                    figures.add(survivor)
                case "order" | "pair":
                    events.update(rest.split("+"))
                case "place":
                    events.add(rest)
                case "chapter" if rest.startswith("event/"):
                    events.add(rest.removeprefix("event/"))
                case "line" | "name" | "serge" | "told" | "drawing" | "tie" | "apart" | "term":
                    pass
                case _:
                    quotations.add(rest.partition("/")[0])
        return cls(frozenset(figures), frozenset(quotations), frozenset(events))


# --- the switch, and what the reader asks for -------------------------------------------------------------------------


def ask_for_end(library: Library, figure: str, *, shown: bool) -> Future[None]:
    """Remember that the reader asked for the end of a figure, or no longer wants it shown."""
    asked = [key for key in library.settings.get(ENDS_ASKED_FOR, list[str]()) if key != figure]
    if shown:
        asked.append(figure)
    return library.settings.set(ENDS_ASKED_FOR, asked[-MOST_ASKED_FOR:])


def asked_for_end(library: Library, figure: str) -> bool:
    """Return whether the reader asked for the end of a figure."""
    return figure in library.settings.get(ENDS_ASKED_FOR, list[str]())


# --- cards and questions ----------------------------------------------------------------------------------------------


def untold_events(library: Library, *, hidden: bool | None = None) -> frozenset[str]:
    """Return the events to leave out, because they tell an end that is hidden."""
    return hidden_ends(library, hidden=hidden).events


def told_cards(library: Library, cards: Iterable[Card], deck: Filter, *, hidden: bool | None = None) -> list[Card]:
    """Return the cards that may be asked: none that tells a hidden end, unless the deck asks for deaths."""
    ends = hidden_ends(library, hidden=hidden)
    if not ends.died or deck.kinds & KINDS_OF_DEATH:
        return list(cards)
    return [card for card in cards if may_be_asked(card, ends)]


def may_be_asked(card: Card, ends: HiddenEnds) -> bool:
    """Return whether a card tells no end that is hidden, neither by its question nor by its answer."""
    if card.kind == "own" or card.key in ends.answered:
        return True
    figures = {*card.figures, *((card.answer_figure,) if card.answer_figure else ())}
    if card.kind in KINDS_OF_DEATH and not ends.died.keys().isdisjoint(figures):
        return False
    if card.quotation in ends.quotations or not ends.events.isdisjoint(card.events):
        return False
    if card.quotation in ends.read:
        return True
    words = (card.question, card.stimulus, card.context, card.answer, card.note, *card.hints)
    return not any(names_a_death(text) for text in words if text) or ends.died.keys().isdisjoint(figures)
