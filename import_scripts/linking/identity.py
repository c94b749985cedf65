"""Decide who is meant by each occurrence of a name, and with what confidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from import_scripts.linking.context import (
    capital_follows,
    commands_before,
    given_numbers,
    left_of,
    names_a_thing,
    part_of_an_epithet,
    proves_nothing,
    quoted_title,
    sex_of,
)
from import_scripts.linking.evidence import Case, Evidence
from import_scripts.linking.forms import Kind
from import_scripts.linking.lexicon import COMMON_SURNAMES, DEMONYMS, MEN, SPEAKING, WOMEN
from import_scripts.linking.scan import MISSPELT, READ_DIFFERENTLY
from import_scripts.linking.tokens import fold_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from import_scripts.linking.forms import Bearer, Person
    from import_scripts.linking.scan import Found, Scanned

LINK: Final = 0.6
"""The lowest confidence at which a name is linked."""
ASK: Final = 0.4
"""The lowest confidence at which the reader is asked."""

_BASE: Final = {
    Kind.DECIDED: 1.0, Kind.FULL: 0.98, Kind.SURNAME: 0.93, Kind.BIRTH: 0.45, Kind.EPITHET: 0.45, Kind.PATRONYMIC: 0.5,
    Kind.PEN: 0.35, Kind.NICKNAME: 0.4, Kind.COVER: 0.05, Kind.GIVEN: 0.1,
}  # fmt: skip
"""The confidence of each kind of form by itself."""
_CONFIRMED: Final = 0.97
_SURNAME_AT_MOST: Final = 0.93
_NAMESAKES: Final = 0.25
"""People whose confidence differs by less than this are treated as namesakes."""
_BESIDE_CHARACTERS: Final = 80
_SECOND_NAMES: Final = (Kind.BIRTH, Kind.EPITHET, Kind.PEN, Kind.NICKNAME, Kind.COVER)
"""What may join a name to the usual one: *Ulyanov (Lenin)*, *Siegfried and Gottlieb*."""
_SELDOM: Final = 2
"""The most times a misspelling may occur; a word that occurs more often is a different word."""
_MOST_CANDIDATES: Final = 3


@dataclass(slots=True)
class Judged:
    """An occurrence with its candidates and their confidence, the best first."""

    start: int
    end: int
    found: Found
    candidates: list[tuple[float, str]]
    reason: str = ""


class Judge:
    """Decides who is meant by the occurrences in one text.

    `chapters` gives for each chapter its first passage and the chapter of the Memoirs it was recognised as; `language`
    is the language of the text.
    `back_matter` gives the passages of an index or a glossary: their full names are evidence, not mentions.
    """

    def __init__(
        self,
        scanned: Scanned,
        people: Mapping[str, Person],
        chapters: Sequence[tuple[int, int | None]] = (),
        language: str = "",
        back_matter: frozenset[int] = frozenset(),
    ) -> None:
        self._whole = scanned.whole
        self._scanned = scanned
        self._people = people
        self._evidence = Evidence(scanned, people, chapters, language, back_matter)
        self.others: list[Case] = []
        """Return the occurrences of a glossary surname that mean somebody else."""

    def judge(self) -> list[Judged]:
        """Decide every occurrence, in the order of the text."""
        cases = [self._open(found) for found in self._scanned.found]
        for case in cases:
            self._evidence.note(case)
        judged: list[Judged] = []
        for number, case in enumerate(cases):
            if self._evidence.is_listed(case):
                continue
            if case.other:
                self.others.append(case)
                self._evidence.other_named(case)
                continue
            verdict = self._decide(case, cases, number)
            if verdict is None:
                continue
            while judged and judged[-1].end > verdict.start:
                judged.pop()
            judged.append(verdict)
            if verdict.candidates[0][0] >= LINK:
                self._evidence.named(verdict.candidates[0][1], case)
        return judged

    # --- first pass: the words before a name -------------------------------------------------------------------------

    def _open(self, found: Found) -> Case:
        passage = self._scanned.passage(found.start)
        names = frozenset[str]().union(*(self._people[bearer.figure].words for bearer in found.bearers)) - {found.form}
        left = left_of(self._whole, found.start, names)
        decided = tuple(bearer for bearer in found.bearers if bearer.kind is Kind.DECIDED)
        case = Case(found, left, decided or found.bearers, passage, self._evidence.chapter_of(passage))
        if decided:
            return case
        if found.words == 1 and (left.given or left.initials):
            self._weigh_first_names(case)
        if left.title in WOMEN and all(self._people[b.figure].sex == "m" for b in case.bearers):
            case.other = found.words == 1 and any(bearer.kind <= Kind.BIRTH for bearer in case.bearers)
        if left.title and (sex := sex_of(left.title)) and len(case.bearers) > 1:
            case.bearers = tuple(b for b in case.bearers if self._people[b.figure].sex in (sex, "")) or case.bearers
        return case

    def _weigh_first_names(self, case: Case) -> None:
        """Keep the bearers that fit the given names and initials before a surname, if any fits."""
        left = case.left
        telling = [word for word in left.given if not proves_nothing(word)]
        if not telling and not left.initials:
            case.confirmed = any(word in self._people[b.figure].words for b in case.bearers for word in left.given)
            return
        # Reporters often get the patronymic wrong: with a rare surname the first initial is enough.
        rare = case.found.form not in COMMON_SURNAMES
        initials = {fold_word(initial)[:1] for initial in (left.initials[:1] if rare else left.initials)}
        fitting = tuple(
            bearer
            for bearer in case.bearers
            if bearer.kind is not Kind.GIVEN
            and initials <= (person := self._people[bearer.figure]).initials
            and all(word in person.words or given_numbers(word) & person.given for word in telling)
        )
        if len(fitting) > 1 and left.initials == ("M",):  # Monsieur as likely as a name
            fitting = tuple(bearer for bearer in fitting if self._people[bearer.figure].sex != "f") or fitting
        case.confirmed = bool(fitting)
        case.other = not fitting and any(bearer.kind <= Kind.BIRTH for bearer in case.bearers)
        case.bearers = fitting or case.bearers

    # --- second pass -------------------------------------------------------------------------------------------------

    def _decide(self, case: Case, cases: Sequence[Case], number: int) -> Judged | None:
        bearers = [bearer for bearer in case.bearers if self._is_possible(bearer, case)]
        if not bearers:
            return None
        scored = [(self._confidence(bearer, case, alone=len(bearers) == 1), bearer) for bearer in bearers]
        scored = self._among_namesakes(sorted(scored, key=_best_first), case)
        beside = self._beside(case, cases, number)
        candidates = [
            (
                min(0.99, confidence + 0.25)
                if bearer.figure in beside and bearer.kind in _SECOND_NAMES
                else confidence,
                bearer,
            )
            for confidence, bearer in scored
        ]
        candidates = [item for item in sorted(candidates, key=_best_first) if item[0] >= ASK][:_MOST_CANDIDATES]
        if not candidates:
            return None
        best = candidates[0][1]
        start = case.left.start if case.confirmed else case.found.start
        if best.article:
            start = _start_of_article(self._whole, start, best.article)
        return Judged(
            start, case.found.end, case.found, [(round(value, 3), bearer.figure) for value, bearer in candidates],
            "" if candidates[0][0] >= LINK else _reason(best.kind, len(candidates)),
        )  # fmt: skip

    def _is_possible(self, bearer: Bearer, case: Case) -> bool:
        """Return whether a reading is possible at all."""
        found, left = case.found, case.left
        if bearer.kind is Kind.DECIDED:
            return True
        if bearer.article and left.determiner != bearer.article:
            return False
        if found.words > 1 and bearer.kind is Kind.FULL and given_numbers(found.form):
            return not capital_follows(self._whole, found.end)  # Dr Albert, but not Dr Albert Einstein
        if found.words > 1 or case.confirmed:
            return True
        is_given = bearer.kind >= Kind.NICKNAME or bool(given_numbers(found.surface))
        if is_given and capital_follows(self._whole, found.end):
            return False
        is_word = bearer.kind in _SECOND_NAMES and self._evidence.is_word(found.form)
        if is_word and part_of_an_epithet(self._whole, found.start, found.end):
            return False
        if bearer.kind >= Kind.COVER and (left.determiner or proves_nothing(fold_word(found.surface))):
            return False
        return found.penalty < READ_DIFFERENTLY or self._evidence.lower_case_count(found.surface) == 0

    def _confidence(self, bearer: Bearer, case: Case, *, alone: bool) -> float:
        found, evidence, figure = case.found, self._evidence, bearer.figure
        if case.confirmed and bearer.kind <= Kind.BIRTH:
            return _CONFIRMED - found.penalty
        confidence = _BASE[bearer.kind] - found.penalty
        if bearer.kind <= Kind.FULL:
            return confidence
        if bearer.kind is Kind.SURNAME:
            confidence = self._of_surname_alone(confidence, figure, case)
        elif bearer.kind is Kind.GIVEN:
            confidence += evidence.lately(figure, case, near=0.54, within=0.32)
            if alone and evidence.is_sole_bearer(figure, found.surface):
                confidence += 0.2 * evidence.is_named_in_full(figure) + 0.35 * evidence.is_own_chapter(figure, case)
                confidence += 0.2 * evidence.is_tied_to_somebody(figure)
        else:
            confidence += self._of_other_name(bearer, case, alone=alone)
        if bearer.shared and alone:
            confidence -= 0.2
        if found.penalty >= MISSPELT:
            seldom = self._whole.count(found.surface) <= _SELDOM
            confidence = min(confidence, 0.5 if evidence.is_known(figure) and seldom else 0.2)
        elif found.penalty > READ_DIFFERENTLY and not evidence.is_known(figure):
            confidence -= 0.2
        elif case.left.determiner and not alone and found.surface.endswith("s") and bearer.kind is Kind.SURNAME:
            confidence -= 0.4  # the Russakovs: the family, not one of them
        confidence += 0.05 * bool(case.left.title)
        return confidence - 0.5 * quoted_title(self._whole, found.start, found.end)

    def _of_other_name(self, bearer: Bearer, case: Case, *, alone: bool) -> float:
        """Return the evidence for a nickname, a birth name, a pen name or a patronymic."""
        evidence, figure = self._evidence, bearer.figure
        more = evidence.lately(figure, case, near=0.1, within=0.05)
        if evidence.is_known(figure):
            more += 0.35
        else:
            more += 0.3 * evidence.is_own_chapter(figure, case) + 0.2 * (alone and evidence.is_tied_to_somebody(figure))
        return more - 0.25 * (
            bearer.kind is not Kind.COVER and evidence.is_ordinary(case.found.surface, case.found.form)
        )

    def _of_surname_alone(self, confidence: float, figure: str, case: Case) -> float:
        """Return the evidence for and against a surname without a given name."""
        found, left, evidence = case.found, case.left, self._evidence
        in_full, own_chapter = evidence.is_named_in_full(figure), evidence.is_own_chapter(figure, case)
        if found.words == 1 and found.form in COMMON_SURNAMES:
            confidence += -0.42 + 0.3 * in_full + 0.25 * own_chapter + 0.12 * bool(left.title)
            confidence += 0.1 * evidence.is_tied_nearby(figure, case)
        if found.words == 1 and evidence.is_ordinary(found.surface, found.form):
            confidence += -0.4 + 0.3 * in_full + 0.1 * own_chapter + 0.3 * bool(left.title)
            confidence += 0.15 * (SPEAKING.match(self._whole, found.end) is not None)
            confidence -= 0.3 * bool(left.determiner)
            confidence -= 0.25 * (left.sentence_start and found.form not in DEMONYMS)
        confidence = min(confidence, _SURNAME_AT_MOST)
        if evidence.is_borne_by_others(case):
            confidence -= 0.12 if in_full else 0.45
        if names_a_thing(self._whole, found.end, named_with_article=bool(left.determiner)):
            confidence -= 0.6
        if not in_full and (evidence.is_place(found.surface) or evidence.is_listed_as_another(figure, found.surface)):
            confidence -= 0.6
        if left.determiner and found.form in MEN:
            confidence -= 0.5  # the Baron
        if evidence.party_contradicts(figure, found) or (evidence.is_doubted(figure) and not in_full):
            confidence -= 0.45
            confidence -= 0.15 * commands_before(self._whole, found.start)
        return confidence

    def _among_namesakes(self, scored: list[tuple[float, Bearer]], case: Case) -> list[tuple[float, Bearer]]:
        """Weigh several bearers of one name: who was named last, who is in the chapter, who has friends in the book."""
        if len(scored) < 2 or scored[0][0] - scored[1][0] >= _NAMESAKES:
            return scored
        best = scored[0][0]
        last = self._evidence.last_named((bearer.figure for _, bearer in scored), case)
        weights = {
            bearer.figure: self._evidence.lately(bearer.figure, case, near=3.0, within=2.0)
            + 0.9 * (bearer.figure == last)
            + 1.0 * self._evidence.is_named_in_full(bearer.figure)
            + 0.8 * self._evidence.is_own_chapter(bearer.figure, case)
            + 0.8 * self._evidence.is_tied_to_somebody(bearer.figure)
            for confidence, bearer in scored
            if best - confidence < _NAMESAKES
        }
        first, second, *_ = sorted(weights.values(), reverse=True)
        lead = first - second
        shares = {
            figure: 0.3 if weight < first else 0.78 + min(0.14, 0.07 * lead) if lead >= 0.8 else 0.5
            for figure, weight in weights.items()
        }
        return [(confidence * shares.get(bearer.figure, 0.3), bearer) for confidence, bearer in scored]

    def _beside(self, case: Case, cases: Sequence[Case], number: int) -> set[str]:
        """Return the figures that a name next to this one may also mean: *Siegfried and Gottlieb*."""
        figures: set[str] = set()
        for other in (*cases[max(0, number - 2) : number], *cases[number + 1 : number + 3]):
            apart = max(other.found.start - case.found.end, case.found.start - other.found.end)
            if apart <= _BESIDE_CHARACTERS and other.found.surface != case.found.surface and not other.other:
                figures.update(bearer.figure for bearer in other.bearers if bearer.kind in (*_SECOND_NAMES, Kind.FULL))
        return figures


def _best_first(item: tuple[float, Bearer]) -> tuple[float, int, str]:
    return -item[0], item[1].kind, item[1].figure


def _start_of_article(whole: str, start: int, article: str) -> int:
    first = max(0, start - len(article) - 2)
    at = whole[first:start].lower().rfind(article)
    return first + at if at >= 0 else start


def _reason(kind: Kind, candidates: int) -> str:
    """Return in a few words why a name is uncertain, for the list of names to review."""
    if candidates > 1:
        return "several people bear this name"
    return {
        Kind.SURNAME: "a surname that others bear, or a word",
        Kind.GIVEN: "a given name alone",
        Kind.COVER: "a cover name",
    }.get(kind, "another name of theirs")
