"""The name finder: normalise -> candidates -> score -> explain.

`words` and `reading` normalise; `register` and `vocabulary` give candidates; `ranking` scores; `decision` says whether
the first may be accepted; `explain` shows why. `docs/finder.md` gives the reasons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from serge_tui.core.name_finder.decision import SHORT, is_begun, is_enough, is_offered, rivals
from serge_tui.core.name_finder.described import Descriptions
from serge_tui.core.name_finder.explain import explain
from serge_tui.core.name_finder.match import Identification, Judgement, Match
from serge_tui.core.name_finder.ranking import Found, Ranking
from serge_tui.core.name_finder.register import Register
from serge_tui.core.name_finder.strangers import stranger_readings
from serge_tui.core.name_finder.vocabulary import BEGINS_COST, Way
from serge_tui.core.name_finder.words import ARTICLES, TITLES, query_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from db.models import FigureName

DESCRIBED_SCORE: Final = 55.0
"""For a figure whose texts have every word of the query: below anybody who is named."""
CERTAIN: Final = 90.0
"""From this score on nobody is looked for by description."""
ALTERNATIVES: Final = 5


class NameFinder:
    """Finds figures by any spelling. Built once from all names; queried at each key.

    `texts` maps keys to texts about a figure, for descriptions. `met` maps keys to a number that is higher the more
    recently the reader met them. Both are optional. `prepare` may run in a worker; call the other methods from one
    thread.
    """

    def __init__(
        self,
        figures: Sequence[FigureName],
        texts: Mapping[str, str] | None = None,
        *,
        met: Mapping[str, int] | None = None,
    ) -> None:
        self._register = Register.of(figures)
        self._descriptions = Descriptions.of((figure.key for figure in figures), texts or {})
        self._ranking = Ranking(self._register, self._descriptions, dict(met or {}))
        self._numbers = {entry.key: number for number, entry in enumerate(self._register.entries)}

    def prepare(self) -> None:
        """Build everything now, perhaps in a worker, instead of at the first key that needs it."""
        self._register.vocabulary.prepare()
        self._descriptions.prepare()
        stranger_readings()

    def find(self, query: str, *, limit: int = 50) -> list[Match]:
        """Rank the figures that match `query` while it is being typed: the last word may be incomplete."""
        found = self._ranking.ranked(query, typing=not query.endswith((" ", ".")))[:limit]
        matches = [self._match(one) for one in found]
        if len(matches) < limit and (not found or found[0].score < CERTAIN):
            matches.extend(self._described(query, {one.figure for one in found}, limit - len(matches)))
        return matches

    def identify(self, query: str, *, among: Collection[str] | None = None) -> Identification:
        """Decide who is meant by a complete answer; `among` limits it to some figures, by key."""
        found = self._among(self._ranking.ranked(query, typing=False), among)
        if not found or not is_enough(found[0], self._register):
            return self._doubt(query, found, among)
        best, *others = [self._match(one) for one in found[: 1 + ALTERNATIVES]]
        near = rivals(found, self._register) or self._begun_instead(query, found[0], among)
        if near:
            names = [best.name, *(self._register.entries[one.figure].name for one in near[:3])]
            reason = f"This may be {', '.join(names[:-1])} or {names[-1]}."
            return Identification(query, "ambiguous", best, tuple(others), reason)
        reason = best.name if best.alias == best.name else f"{best.alias} is {best.name}"
        return Identification(query, "accepted", best, tuple(others), f"{reason}.")

    def grade_typed(self, answer: str, target: str, *, among: Collection[str] | None = None) -> Judgement:
        """Judge a typed answer to "who is it?" where the figure `target` is right.

        *right*: one of their names in any spelling, if it names no other figure of `among` (default: all) better; an
        exact match with anybody's name decides first. *close*: a slip or two, and strictly nearer to them than to
        anybody else. *wrong*: anything else, with the figure it names, if any.
        """
        number = self._numbers.get(target)
        found = self._ranking.ranked(answer, typing=False)
        wanted = next((one for one in found if one.figure == number), None)
        entries = self._register.entries
        others = [
            one
            for one in found
            if one is not wanted and one.is_sound and (one.whole or among is None or entries[one.figure].key in among)
        ]
        meant = self._match(others[0]) if others else None
        match = self._match(wanted) if wanted is not None else None
        if wanted is None or not wanted.is_sound or wanted.has(Way.BEGINS):
            return Judgement("wrong", match, meant)
        lead = wanted.score - others[0].score if others else wanted.score
        if lead >= 0 and not wanted.has(Way.NEAR, Way.SOUND):
            return Judgement("right", match, None)
        return Judgement("close", match, None) if lead > 0 else Judgement("wrong", match, meant)

    def _begun_instead(self, query: str, best: Found, among: Collection[str] | None) -> list[Found]:
        """Return others whose names begin exactly with the query, when the best match is only similar to it."""
        if best.whole or not (best.edits or (best.has(Way.READ) and len(query) <= SHORT)):
            return []
        begun = self._among(self._ranking.ranked(query, typing=True), among)
        return [
            one
            for one in begun
            if one.figure != best.figure
            and one.is_sound
            and any(part and part[2].way is Way.BEGINS and part[2].cost <= BEGINS_COST for part in one.parts)
        ]

    def _doubt(self, query: str, found: list[Found], among: Collection[str] | None) -> Identification:
        """Return the sentence for when nobody is accepted: who may be meant, or that nobody is called that."""
        found = [one for one in found if is_offered(one)]
        begun = [one for one in self._among(self._ranking.ranked(query, typing=True), among) if is_offered(one)]
        if begun and begun[0].is_sound and (not found or begun[0].score > found[0].score):
            found = begun
            if is_begun(begun, self._register):
                best, *others = [self._match(one) for one in begun[: 1 + ALTERNATIVES]]
                reason = f"Only {best.name} begins like that."
                return Identification(query, "accepted", best, tuple(others), reason)
        matches = [self._match(one) for one in found[: 1 + ALTERNATIVES]]
        missing = 1 + ALTERNATIVES - len(matches)
        matches.extend(self._described(query, {one.figure for one in found}, missing, among))
        if not matches:
            return Identification(query, "nobody", None, (), "Nobody here is called that.")
        best, *others = matches
        if not found:
            reason = f"Nobody here is called that; the words occur in the text on {best.name}."
            return Identification(query, "nobody", None, tuple(matches), reason)
        if found[0].strangers:
            reason = f"Nobody here is called that; the nearest is {best.name}."
            return Identification(query, "nobody", None, tuple(matches), reason)
        if best.reason == "spelling close":
            reason = f"Nobody here is called that; perhaps {best.name} is meant."
            return Identification(query, "ambiguous", best, tuple(others), reason)
        return Identification(query, "ambiguous", best, tuple(others), f"Perhaps {best.name} is meant.")

    def _among(self, found: list[Found], keys: Collection[str] | None) -> list[Found]:
        if keys is None:
            return found
        return [one for one in found if self._register.entries[one.figure].key in keys]

    def _match(self, found: Found) -> Match:
        entry = self._register.entries[found.figure]
        alias, positions, reason = explain(entry, self._register.vocabulary, found)
        return Match(entry.key, entry.name, round(found.score, 2), alias, positions, reason)

    def _described(
        self, query: str, without: Collection[int], limit: int, among: Collection[str] | None = None
    ) -> list[Match]:
        typed = [word.folded for word in query_words(query)]
        wanted = [word for word in typed if word not in ARTICLES and word not in TITLES]
        if limit < 1 or not any(len(word) > 3 for word in wanted):
            return []
        found = [
            one
            for one in self._descriptions.find(wanted, typing=True)
            if one.figure not in without and (among is None or self._register.entries[one.figure].key in among)
        ]
        found.sort(key=lambda one: (-one.likeness, self._ranking.order(one.figure)))
        matches = []
        for one in found[:limit]:
            entry = self._register.entries[one.figure]
            shown, lit = self._descriptions.snippet(one.figure, wanted)
            score = round(DESCRIBED_SCORE * one.likeness, 2)
            matches.append(Match(entry.key, entry.name, score, shown, lit, "description"))
        return matches
