"""Evidence from the whole text: who is named in full, who was named last, which names are also words."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from import_scripts.linking.context import (
    KIN_AFTER,
    KIN_BEFORE,
    commands_before,
    given_numbers,
    is_womans,
    party_beside,
    used_like,
)
from import_scripts.linking.forms import Kind
from import_scripts.linking.lexicon import DEMONYMS, ORDINARY_ANYWHERE, ORDINARY_WORDS, WOMEN
from import_scripts.linking.scan import READ_DIFFERENTLY
from import_scripts.linking.tokens import fold_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from import_scripts.linking.context import Left
    from import_scripts.linking.forms import Bearer, Person
    from import_scripts.linking.scan import Found, Scanned

NEAR_PASSAGES: Final = 3
_WITHIN_PASSAGES: Final = 40
_SHORT_WORD: Final = 6
_MENTIONS_TO_ONE_DOUBT: Final = 4
"""A wrong party makes a surname doubtful, unless the surname occurs at least so many times as often."""
_BARE_TO_ONE_OTHER: Final = 3
_PLACES_TO_ONE_PERSON: Final = 2
_LEAST_PLACES: Final = 2
_KIN_CHARACTERS: Final = 36
_CAPITALS_TO_ONE_WORD: Final = 4
"""A name in lower case counts as a word, unless it has a capital more than so many times as often."""


@dataclass(slots=True)
class Case:
    """An occurrence that is being decided."""

    found: Found
    left: Left
    bearers: tuple[Bearer, ...]
    passage: int
    chapter: int
    confirmed: bool = False
    """A matching given name or initials come before the surname."""
    other: bool = False
    """A given name or initials before it match nobody of that name: somebody else is meant."""


@dataclass(slots=True)
class _Memory:
    in_full: dict[str, int] = field(default_factory=dict)
    """How often each figure is named in full, in the whole text."""
    by_surname: dict[str, int] = field(default_factory=dict)
    last: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)
    """Chapter and figure: the passage in which it was last named, and where in the whole text."""
    others: dict[str, list[int]] = field(default_factory=dict)
    """Folded surnames, and where the text uses them for somebody else."""
    kin: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Folded surnames, and given names of wives and other women of the family."""
    listed_others: set[str] = field(default_factory=set)
    """Folded surnames that belong to somebody else in the book's own index or glossary."""
    last_other: dict[tuple[int, str], int] = field(default_factory=dict)
    """Chapter and folded surname: the passage where somebody else of that surname was named last."""
    bare: dict[str, list[int]] = field(default_factory=dict)
    """Folded surnames, and where they are used for nobody else."""
    uses: dict[str, list[int]] = field(default_factory=dict)
    """How often a folded name stands within a sentence and at its start."""
    contradicted: dict[str, int] = field(default_factory=dict)
    """How often a figure's surname is beside a party that the figure never belonged to."""
    places: dict[str, list[int]] = field(default_factory=dict)
    """How often a folded name is used like a place's and like a person's."""


class Evidence:
    """Evidence that is gathered in a first pass over all occurrences and used in a second."""

    def __init__(
        self,
        scanned: Scanned,
        people: Mapping[str, Person],
        chapters: Sequence[tuple[int, int | None]],
        language: str,
        back_matter: frozenset[int] = frozenset(),
    ) -> None:
        self._scanned = scanned
        self._back_matter = back_matter
        self._people = people
        self._chapter_starts = [first for first, _ in chapters] or [0]
        self._canonical = [canonical for _, canonical in chapters] or [None]
        self._german = language.lower().startswith("de")
        self._ordinary = ORDINARY_WORDS.get(language[:2].lower(), frozenset()) | ORDINARY_ANYWHERE
        self._memory = _Memory()
        self._lower_case: dict[str, int] = {}
        self._ordinary_here: dict[str, bool] = {}
        self._bearers_of: defaultdict[int, set[str]] = defaultdict(set)
        for person in people.values():
            for number in person.given:
                self._bearers_of[number].add(person.key)

    def chapter_of(self, passage: int) -> int:
        """Return the ordinal of the chapter of a passage."""
        return bisect_right(self._chapter_starts, passage) - 1

    # --- gathering ---------------------------------------------------------------------------------------------------

    def note(self, case: Case) -> None:
        """Record what an occurrence proves by itself."""
        memory, found = self._memory, case.found
        folded = fold_word(found.surface)
        listed = self.is_listed(case)
        if found.words == 1 and not listed:
            uses = memory.uses.setdefault(folded, [0, 0])
            uses[case.left.sentence_start] += 1
            if not case.confirmed and not case.other:
                memory.bare.setdefault(folded, []).append(found.start)
                like = used_like(self._scanned.whole, found.start, found.end, case.left)
                if like:
                    memory.places.setdefault(folded, [0, 0])[like == "person"] += 1
        if case.other:
            if listed:
                memory.listed_others.add(folded)
            elif self._is_woman_of_the_family(case):
                memory.kin[folded].update(case.left.given)
            else:
                memory.others.setdefault(folded, []).append(found.start)
            return
        if len(case.bearers) != 1 or found.penalty > READ_DIFFERENTLY:
            return
        bearer = case.bearers[0]
        if case.confirmed or bearer.kind <= Kind.FULL:
            memory.in_full[bearer.figure] = memory.in_full.get(bearer.figure, 0) + 1
        elif bearer.kind is Kind.SURNAME and not bearer.shared:
            memory.by_surname[bearer.figure] = memory.by_surname.get(bearer.figure, 0) + 1
            if self.party_contradicts(bearer.figure, found):
                memory.contradicted[bearer.figure] = memory.contradicted.get(bearer.figure, 0) + 1

    def named(self, figure: str, case: Case) -> None:
        """Record that a figure was named here."""
        self._memory.last[case.chapter, figure] = case.passage, case.found.start

    def other_named(self, case: Case) -> None:
        """Record that somebody else of a figure's surname was named here; his wife does not count."""
        folded = fold_word(case.found.surface)
        if not self._is_woman_of_the_family(case):
            self._memory.last_other[case.chapter, folded] = case.passage

    # --- asking ------------------------------------------------------------------------------------------------------

    def is_named_in_full(self, figure: str) -> bool:
        """Return whether the text names a figure in full anywhere."""
        return figure in self._memory.in_full

    def is_known(self, figure: str) -> bool:
        """Return whether the text names a figure with certainty anywhere."""
        return figure in self._memory.in_full or figure in self._memory.by_surname

    def is_doubted(self, figure: str) -> bool:
        """Return whether somebody of that surname belongs to a party that the figure never belonged to.

        One such place among many is no evidence about the others.
        """
        contradicted = self._memory.contradicted.get(figure, 0)
        return contradicted * _MENTIONS_TO_ONE_DOUBT > self._memory.by_surname.get(figure, 0)

    def is_borne_by_others(self, case: Case) -> bool:
        """Return whether somebody else has that surname, so that the surname alone may mean them.

        It may not if the surname alone came first and is much more frequent, except in a few passages after the other
        person's name.
        """
        folded = fold_word(case.found.surface)
        others, bare = self._memory.others.get(folded, []), self._memory.bare.get(folded, [])
        if not others:
            return False
        if not bare or bare[0] > others[0] or len(others) * _BARE_TO_ONE_OTHER > len(bare):
            return True
        last = self._memory.last_other.get((case.chapter, folded))
        return last is not None and case.passage - last <= NEAR_PASSAGES

    def is_listed(self, case: Case) -> bool:
        """Return whether an occurrence is in the book's index or glossary: it is evidence, not a mention."""
        return case.passage in self._back_matter

    def is_listed_as_another(self, figure: str, surface: str) -> bool:
        """Return whether the book's index or glossary has the surname for somebody else only."""
        return fold_word(surface) in self._memory.listed_others and figure not in self._memory.in_full

    def is_place(self, surface: str) -> bool:
        """Return whether the text uses a name for a town and never for a person."""
        places, people = self._memory.places.get(fold_word(surface), (0, 0))
        return places > people * _PLACES_TO_ONE_PERSON and places >= _LEAST_PLACES

    def _is_woman_of_the_family(self, case: Case) -> bool:
        """Return whether somebody of a man's surname is his wife, mother, sister or daughter: *Lisa Zorin*."""
        figures = [self._people[bearer.figure] for bearer in case.bearers]
        if any(person.sex != "m" for person in figures):
            return False
        if case.left.title in WOMEN or bool(set(case.left.given) & self._memory.kin[fold_word(case.found.surface)]):
            return True
        whole, start, end = self._scanned.whole, case.left.start, case.found.end
        if KIN_BEFORE.search(whole[max(0, start - _KIN_CHARACTERS) : start]) or KIN_AFTER.match(whole, end):
            return True
        return any(is_womans(given) for given in case.left.given)

    def party_contradicts(self, figure: str, found: Found) -> bool:
        """Return whether a party or office beside a name does not match a figure."""
        person = self._people[figure]
        if not person.is_soldier and commands_before(self._scanned.whole, found.start):
            return True
        allowed = party_beside(self._scanned.whole, found.start, found.end)
        return allowed is not None and not allowed & person.movements

    def lately(self, figure: str, case: Case, *, near: float, within: float) -> float:
        """Return a bonus if a figure was named shortly before in the same chapter."""
        last = self._memory.last.get((case.chapter, figure))
        if last is None:
            return 0.0
        distance = case.passage - last[0]
        return near if distance <= NEAR_PASSAGES else within if distance <= _WITHIN_PASSAGES else within / 2

    def is_own_chapter(self, figure: str, case: Case) -> bool:
        """Return whether a figure belongs to this chapter of the Memoirs."""
        return self._canonical[case.chapter] in self._people[figure].chapters

    def is_tied_to_somebody(self, figure: str) -> bool:
        """Return whether anybody related to a figure is named with certainty in this text."""
        return any(self.is_known(other) for other in self._people[figure].ties)

    def is_tied_nearby(self, figure: str, case: Case) -> bool:
        """Return whether somebody related to a figure was named shortly before."""
        last = self._memory.last
        return any(
            case.passage - last.get((case.chapter, other), (-1000, 0))[0] <= NEAR_PASSAGES
            for other in self._people[figure].ties
        )

    def last_named(self, figures: Iterable[str], case: Case) -> str:
        """Return which of several figures the chapter named last; empty if none."""
        last = {figure: self._memory.last.get((case.chapter, figure)) for figure in figures}
        return max((at, figure) for figure, at in last.items() if at is not None)[1] if any(last.values()) else ""

    def is_sole_bearer(self, figure: str, given_name: str) -> bool:
        """Return whether nobody else in the glossary has a given name, in any language."""
        return all(self._bearers_of[number] == {figure} for number in given_numbers(given_name))

    # --- names that are words ----------------------------------------------------------------------------------------

    def is_ordinary(self, surface: str, form: str) -> bool:
        """Return whether a name is also an ordinary word, judged by this text; `form` is the pack's spelling."""
        folded = fold_word(surface)
        known = self._ordinary_here.get(folded)
        if known is None:
            if self._german or form in DEMONYMS:
                known = form in self._ordinary
            elif form in self._ordinary:
                within, at_start = self._memory.uses.get(folded, (0, 0))
                known = self._is_mostly_a_word(surface) or at_start > within
            else:
                known = len(folded) <= _SHORT_WORD and self._is_mostly_a_word(surface)
            self._ordinary_here[folded] = known
        return known

    def is_word(self, form: str) -> bool:
        """Return whether a form is an ordinary word, independently of this text."""
        return form in self._ordinary

    def lower_case_count(self, surface: str) -> int:
        """Return how often a word occurs in this text without a capital."""
        count = self._lower_case.get(surface)
        if count is None:
            count = self._lower_case[surface] = self._scanned.lower_case_count(surface)
        return count

    def _is_mostly_a_word(self, surface: str) -> bool:
        small = self.lower_case_count(surface)
        if small == 0:
            return False
        capital = sum(found.surface == surface for found in self._scanned.found)
        return small * _CAPITALS_TO_ONE_WORD >= capital
