"""Candidates: every distinct word of all names, and how near a typed word is to it.

All names are indexed by their distinct words. A typed word is looked up in steps, the surest first; a later step is
tried only if the earlier ones fail: the same letters; the same reading (another romanisation); the same given name in
another language; a beginning; one or two edits away (optimal string alignment, in letters and in readings); the same
sound.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from db.given_names import given_names, names_of
from db.names import beginnings, reading, readings, sound
from serge_tui.core.name_finder.words import NUMERAL, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Role(IntEnum):
    """The role of a word in a name; the lower one is kept if it has several."""

    SURNAME = 0
    ALIAS = 1
    """A name of one word, or the last word of an alias that has none of the surnames."""
    BORROWED = 2
    """The last word of a pen, cover or married name."""
    PART = 3
    """One part of a compound surname."""
    RULER = 4
    """A ruler's name, which a numeral completes."""
    GIVEN = 5
    PATRONYMIC = 6
    PHRASE = 7
    """A word of a nickname or description (*Old*, *Red*)."""
    NUMERAL = 8
    JOINED = 9
    """A whole name written as one word."""


class Way(IntEnum):
    """How a typed word matches a word of a name, the surest first."""

    SAME = 0
    READ = 1
    GIVEN = 2
    INITIAL = 3
    BEGINS = 4
    NEAR = 5
    SOUND = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a name that a typed word may mean: how it matches, its cost in points of a hundred, and its edits."""

    cost: float
    way: Way
    edits: int = 0


READ_COST: Final = 2.0
RARE_COST: Final = 2.0
"""For each point that a reading's sounds are rarer than the commonest."""
UNFINISHED_COST: Final = 5.0
"""For reading three or four letters as a whole name while somebody may still be typing."""
GIVEN_COST: Final = 3.0
INITIAL_COST: Final = 3.0
BEGINS_COST: Final = 6.0
NEAR_COST: Final = 6.0
EDIT_COST: Final = 90.0
"""For the whole word wrong; an edit costs its share of the letters."""
FIRST_LETTER_COST: Final = 4.0
SOUND_COST: Final = 28.0
SURE: Final = 8.0
"""Hits up to this cost make guessing at slips needless."""

MANY: Final = 8_000
"""Words from which on a slip in a first letter is not looked for: it would cost a tenth of a frame each time."""

Buckets = dict[tuple[int, str], tuple[list[str], list[int]]]
"""Strings and their numbers by length, and among very many by first letter too."""


def allowed_edits(length: int) -> int:
    """Return how many slips a word of that many letters may have; measured on 52 people and 127 variants."""
    return 0 if length < 3 else 1 if length < 6 else 2 if length < 10 else 3


@dataclass
class Vocabulary:
    """The distinct words of all names, with the figures that have them and in which role."""

    words: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    bearers: list[dict[int, Role]] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    _reads: list[str] = field(default_factory=list)
    _by_reading: dict[str, list[int]] = field(default_factory=dict)
    _sorted: list[tuple[str, int]] = field(default_factory=list)
    _sorted_reads: list[tuple[str, int]] = field(default_factory=list)
    _lengths: Buckets = field(default_factory=dict)
    _read_lengths: Buckets = field(default_factory=dict)
    _sounds: dict[str, list[int]] = field(default_factory=dict)
    _known: dict[tuple[str, str, bool, bool, bool], dict[int, Hit]] = field(default_factory=dict)

    def add(self, folded: str, marked: str) -> int:
        """Return the number of a word, adding it if it is new."""
        number = self.ids.get(folded)
        if number is None:
            number = self.ids[folded] = len(self.words)
            self.words.append(folded)
            self.marked.append(marked)
            self.bearers.append({})
        return number

    def bear(self, word: int, figure: int, role: Role) -> None:
        """Record that a figure has a word in a role."""
        bearers = self.bearers[word]
        known = bearers.get(figure)
        if known is None or role < known:
            bearers[figure] = role

    def hits(self, word: Word, *, typing: bool, deep: bool = False) -> dict[int, Hit]:
        """Return the words of names that a typed word may mean.

        `typing`: it may be incomplete. `deep`: look for slips even if it surely matches something. Answers are cached,
        so that another letter or word costs only itself.
        """
        key = (word.folded, word.marked, word.is_initial, typing, deep)
        known = self._known.get(key)
        if known is None:
            if len(self._known) > 512:
                self._known.clear()
            known = self._known[key] = self._look(word, typing=typing, deep=deep)
        return known

    def prepare(self) -> None:
        """Build the indexes now instead of at first use. Takes some tens of milliseconds."""
        self._order()
        self._measure()
        self._hear()

    # --- steps -------------------------------------------------------------------------------------------------------

    def _look(self, word: Word, *, typing: bool, deep: bool) -> dict[int, Hit]:
        found: dict[int, Hit] = {}
        same = self.ids.get(word.folded)
        if same is not None:
            found[same] = Hit(0.0, Way.SAME)
        if NUMERAL.fullmatch(word.folded) and len(word.folded) > 1 and (same is not None or not typing):
            return found
        if word.is_initial and not typing:
            self._initial(word, found)
            return found
        if len(word.folded) > 1:
            self._read(word, found, extra=UNFINISHED_COST if typing and len(word.folded) < 5 else 0.0)
            self._given(word, found)
        if typing:
            self._begin(word, found)
        if deep or not any(hit.cost <= SURE for hit in found.values()):
            self._near(word, found)
            if typing:
                self._near_beginnings(word, found)
            if not found:
                self._sound(word, found)
        return found

    def _read(self, word: Word, found: dict[int, Hit], *, extra: float) -> None:
        self._read_all()
        for read, cost in readings(word.marked):
            for number in self._by_reading.get(read, ()):
                # Read whole and begun in the same letters, it is finished but for the spelling: *Reis*, Reiss.
                unfinished = 0.0 if self.words[number].startswith(word.folded) else extra
                _keep(found, number, Hit(READ_COST + RARE_COST * cost + unfinished, Way.READ))

    def _given(self, word: Word, found: dict[int, Hit]) -> None:
        for name in names_of(given_names(word.folded, reading(word.marked))):
            number = self.ids.get(name)
            if number is not None:
                _keep(found, number, Hit(GIVEN_COST, Way.GIVEN))
            for other in self._by_reading.get(reading(name), ()):
                _keep(found, other, Hit(GIVEN_COST + 1, Way.GIVEN))

    def _initial(self, word: Word, found: dict[int, Hit]) -> None:
        self._order()
        initial = Hit(INITIAL_COST, Way.INITIAL)
        for number in _starting(self._sorted, word.folded):
            found.setdefault(number, initial)
        for start in sorted({read for read, _cost in readings(word.marked) if read}):
            for number in _starting(self._sorted_reads, start):
                found.setdefault(number, initial)

    def _begin(self, word: Word, found: dict[int, Hit]) -> None:
        self._order()
        begun = Hit(BEGINS_COST, Way.BEGINS)
        for number in _starting(self._sorted, word.folded):
            found.setdefault(number, begun)
        if len(word.folded) > 2:
            for read, cost in beginnings(word.marked):
                if len(read) > 2 and (word.folded.isascii() or len(read) >= len(word.folded) - 1):
                    begun = Hit(BEGINS_COST + READ_COST + RARE_COST * cost, Way.BEGINS)
                    for number in _starting(self._sorted_reads, read):
                        _keep(found, number, begun)

    def _near(self, word: Word, found: dict[int, Hit]) -> None:
        self._measure()
        edits = allowed_edits(len(word.folded))
        if not edits:
            return
        for number, distance in _within(word.folded, self._lengths, edits):
            self._slip(word, number, distance, self.words[number][0] != word.folded[0], found)
        for read, cost in readings(word.marked)[:2]:
            if len(read) > 2 and cost < 2:
                for number, distance in _within(read, self._read_lengths, min(edits, allowed_edits(len(read)))):
                    first = self._reads[number][:1] != read[0]
                    self._slip(word, number, max(1, distance), first, found, extra=1.0 + cost)

    def _near_beginnings(self, word: Word, found: dict[int, Hit]) -> None:
        """Find slips in an incomplete word: one, or two in a longer word, compared with beginnings of similar length.

        Compares only words that start with its first or second letter: the first is the least often wrong.
        """
        length = len(word.folded)
        edits = 0 if length < 4 else 1 if length < 8 else 2
        if not edits:
            return
        self._order()
        for first in dict.fromkeys(word.folded[:2]):
            numbers = [number for number in _starting(self._sorted, first) if len(self.words[number]) > length - 1]
            for size in range(length - 1, length + 2):
                starts = [self.words[number][:size] for number in numbers]
                for at, distance in _near_ones(word.folded, starts, edits):
                    other = first != word.folded[0]
                    self._slip(word, numbers[at], max(1, distance), other, found, extra=BEGINS_COST)

    def _sound(self, word: Word, found: dict[int, Hit]) -> None:
        from rapidfuzz.distance import OSA

        self._hear()
        read = reading(word.marked)
        heard = sound(read)
        if len(heard) < 3:
            return
        for number in self._sounds.get(heard, ()):
            likeness = OSA.normalized_similarity(read, self._reads[number])
            if likeness >= 0.5:
                _keep(found, number, Hit(SOUND_COST + 30 * (1 - likeness), Way.SOUND))

    def _slip(
        self, word: Word, number: int, edits: int, first: bool, found: dict[int, Hit], extra: float = 0.0
    ) -> None:
        if NUMERAL.fullmatch(self.words[number]):
            return
        cost = NEAR_COST + EDIT_COST * edits / max(len(word.folded), 3) + extra + (FIRST_LETTER_COST if first else 0)
        _keep(found, number, Hit(cost, Way.NEAR, edits))

    # --- what is made when first needed ------------------------------------------------------------------------------

    # Each is put in place whole, so that a worker may prepare while a key is answered.

    def _read_all(self) -> None:
        if self._reads:
            return
        reads = [reading(text) for text in self.marked]
        by_reading: dict[str, list[int]] = {}
        for number, text in enumerate(self.marked):
            for read, _cost in readings(text) if "ё" in text else ((reads[number], 0),):
                by_reading.setdefault(read, []).append(number)
        self._by_reading, self._reads = by_reading, reads

    def _order(self) -> None:
        if self._sorted:
            return
        self._read_all()
        self._sorted_reads = sorted((text, number) for number, text in enumerate(self._reads))
        self._sorted = sorted((text, number) for number, text in enumerate(self.words))

    def _measure(self) -> None:
        if self._lengths:
            return
        self._read_all()
        self._read_lengths = _bucket(self._reads)
        self._lengths = _bucket(self.words)

    def _hear(self) -> None:
        if self._sounds:
            return
        self._read_all()
        sounds: dict[str, list[int]] = {}
        for number, read in enumerate(self._reads):
            sounds.setdefault(sound(read), []).append(number)
        self._sounds = sounds

    def reading_of(self, number: int) -> str:
        """Return the most likely reading of a word of a name."""
        self._read_all()
        return self._reads[number]


def _keep(found: dict[int, Hit], number: int, hit: Hit) -> None:
    known = found.get(number)
    if known is None or hit.cost < known.cost:
        found[number] = hit


def _starting(ordered: Sequence[tuple[str, int]], start: str) -> Iterable[int]:
    first = bisect_left(ordered, (start, -1))
    last = bisect_left(ordered, (start + "\U0010ffff", -1), first)
    return (number for _text, number in ordered[first:last])


def _bucket(texts: Sequence[str]) -> Buckets:
    buckets: Buckets = {}
    many = len(texts) > MANY
    for number, text in enumerate(texts):
        strings, numbers = buckets.setdefault((len(text), text[:1] if many else ""), ([], []))
        strings.append(text)
        numbers.append(number)
    return buckets


def _within(text: str, buckets: Buckets, edits: int) -> Iterable[tuple[int, int]]:
    """Return the numbers and distances of strings within so many edits; only possible lengths are compared."""
    for length in range(len(text) - edits, len(text) + edits + 1):
        for first in dict.fromkeys(("", *text[:2])):
            bucket = buckets.get((length, first))
            if bucket is not None:
                strings, numbers = bucket
                for at, distance in _near_ones(text, strings, edits):
                    yield numbers[at], distance


def _near_ones(text: str, strings: Sequence[str], edits: int) -> Iterable[tuple[int, int]]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(text, strings, scorer=OSA.distance, score_cutoff=edits, limit=None)
    return ((at, int(distance)) for _string, distance, at in found)
