"""The name finder: normalise -> candidates -> score -> explain.

A score starts at 100 and loses what each typed word costs (`vocabulary`), what a word that fits nothing costs, and what
it costs that only a given name or a nickname's word was typed. Ties go to the figure with more mentions, then to the
one met last.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from db.names import reading
from serge_tui.finder.described import Descriptions
from serge_tui.finder.explain import explain
from serge_tui.finder.match import Closeness, Identification, Judgement, Match
from serge_tui.finder.register import ANCHORS, IS_PATRONYMIC, Register, whole_key
from serge_tui.finder.vocabulary import Hit, Role, Way, allowed_edits
from serge_tui.finder.words import ARTICLES, TITLES, Word, in_latin, query_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from db.models import FigureName

STRANGER_COST: Final = 40.0
"""A typed word that is nothing of the figure: *Sergei* for Lev Kamenev."""
ASIDE_COST: Final = 8.0
"""A typed word that is said of the figure (*poet*), or a patronymic where the pack has none."""
GIVEN_ONLY_COST: Final = 25.0
UNANCHORED_COST: Final = 12.0
"""How much surer a given name must be than a surname, for one word that may be either."""
PART_COST: Final = 6.0
"""Half of a compound surname."""
NOT_WHOLE_COST: Final = 3.0
"""What was typed is not all of any one spelling."""
ALIAS_COST: Final = 2.0
DESCRIBED_SCORE: Final = 55.0
LOWEST: Final = 25.0
SPREAD: Final = 45.0
"""Nobody this far below the best is listed."""
MARGIN: Final = 4.0
"""Points by which the best must lead to be taken without asking."""
LETTERS_PER_EDIT: Final = 6
"""Letters typed for each slip that is forgiven without asking."""


Part: TypeAlias = tuple[int, Role, Hit]
"""What a typed word is of a figure: the number of the name's word, its role, and how they came together."""


@dataclass(frozen=True, slots=True)
class Found:
    """A figure under consideration: what of it each typed word is (None: nothing), and the sum."""

    figure: int
    score: float
    words: tuple[Part | None, ...]
    whole: bool
    """Exactly one of its spellings, no more and no less."""
    anchored: bool
    strangers: int
    """Typed words that are nothing of the figure."""

    @property
    def edits(self) -> int:
        """Slips in all words together."""
        return sum(word[2].edits for word in self.words if word)

    @property
    def unsure(self) -> bool:
        """Whether something is only begun, or only sounds alike."""
        return any(word[2].way in {Way.BEGINS, Way.SOUND} for word in self.words if word)


class NameFinder:
    """Finds figures by any spelling. Built once from all names; asked with each key.

    `texts` maps keys to what is written of a figure, for descriptions. `met` maps keys to a number that grows with
    how lately the reader met them. Both may be left out. Not to be shared between threads while it answers.
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
        self._met = dict(met or {})
        self._numbers = {entry.key: number for number, entry in enumerate(self._register.entries)}
        self._answers: OrderedDict[tuple[str, bool], list[Found]] = OrderedDict()

    def prepare(self) -> None:
        """Build now, perhaps in a worker, what would otherwise be built at the first key that needs it."""
        self._register.vocabulary.prepare()
        self._descriptions.prepare()

    def find(self, query: str, *, limit: int = 50) -> list[Match]:
        """Rank the figures that answer `query` while it is being typed: the last word may be a beginning."""
        typed = query_words(query)
        found = self._ranked(query, typing=not query.endswith((" ", ".")))[:limit]
        matches = [self._match(one, typed) for one in found]
        if len(matches) < limit and (not found or found[0].score < 100 - PART_COST - NOT_WHOLE_COST - 1):
            matches.extend(self._described(typed, {one.figure for one in found}, limit - len(matches)))
        return matches

    def identify(self, query: str, *, among: Collection[str] | None = None) -> Identification:
        """Decide who is meant by a whole answer; `among` keeps to some figures, by key."""
        typed = query_words(query)
        found = self._among(self._ranked(query, typing=False), among)
        if not found or found[0].strangers or not found[0].anchored:
            begun = self._among(self._ranked(query, typing=True), among)
            if begun and (not found or begun[0].score > found[0].score + MARGIN):
                found = begun
        matches = [self._match(one, typed) for one in found[:6]]
        if not found or found[0].strangers or not self._is_enough(found[0], typed):
            matches.extend(self._described(typed, {one.figure for one in found}, 6 - len(matches), among))
            if not matches:
                return Identification(query, "nobody", None, (), "Nobody here is called that.")
            if not found or found[0].strangers:
                reason = f"Nobody here is called that; the nearest is {matches[0].name}."
                return Identification(query, "nobody", None, tuple(matches), reason)
            best, *others = matches
            return Identification(query, "ambiguous", best, tuple(others), f"Perhaps {best.name} is meant.")
        best, *others = matches
        rivals = [one for one in found[1:] if found[0].score - one.score < MARGIN and not one.strangers]
        if rivals and not (found[0].whole and not any(one.whole for one in rivals)):
            names = [best.name, *(self._register.entries[one.figure].name for one in rivals[:3])]
            reason = f"This may be {', '.join(names[:-1])} or {names[-1]}."
            return Identification(query, "ambiguous", best, tuple(others), reason)
        return Identification(query, "accepted", best, tuple(others), f"{best.alias} is {best.name}.")

    def judge(self, answer: str, target: str, *, rivals: Collection[str] | None = None) -> Judgement:
        """Judge a typed answer to "who is it?" where `target` is right.

        *right*: one of their names by any spelling; an exact hit in anybody's names decides first. *close*: a slip
        or two, and strictly nearer to them than to anyone else of `rivals` (everybody, when not given). *wrong*:
        anything else, with whom it names where it names somebody.
        """
        number = self._numbers.get(target)
        found = self._ranked(answer, typing=False)
        if number is None or not found:
            return Judgement("wrong", None, None)
        typed = query_words(answer)
        wanted = next((one for one in found if one.figure == number), None)
        keys = set(rivals) if rivals is not None else None
        others = [
            one
            for one in found
            if one.figure != number
            and not one.strangers
            and (one.whole or keys is None or self._register.entries[one.figure].key in keys)
        ]
        nearest = others[0] if others else None
        meant = self._match(nearest, typed) if nearest is not None and nearest.anchored else None
        if wanted is None or wanted.strangers or not (wanted.anchored or wanted.whole):
            return Judgement("wrong", self._match(wanted, typed) if wanted else None, meant)
        match = self._match(wanted, typed)
        if nearest is not None and nearest.score > wanted.score:
            return Judgement("wrong", match, meant)
        clean = not wanted.edits and not wanted.unsure
        if clean:
            return Judgement("right", match, None)
        alone = nearest is None or nearest.score < wanted.score
        begun = any(word[2].way is Way.BEGINS for word in wanted.words if word)
        grade: Closeness = "close" if alone and not begun else "wrong"
        return Judgement(grade, match, None if grade == "close" else meant)

    # --- candidates and scores ---------------------------------------------------------------------------------------

    def _ranked(self, query: str, *, typing: bool) -> list[Found]:
        key = (query, typing)
        known = self._answers.get(key)
        if known is not None:
            self._answers.move_to_end(key)
            return known
        found = self._search(query_words(query), typing=typing)
        if not found or found[0].strangers:
            latin = in_latin(query)
            if latin is not None:
                found = _better(found, self._search(query_words(latin), typing=typing))
        self._answers[key] = found
        if len(self._answers) > 64:
            self._answers.popitem(last=False)
        return found

    def _search(self, typed: list[Word], *, typing: bool) -> list[Found]:
        if not typed:
            return []
        found = self._score(typed, typing=typing, deep=False)
        if not found or found[0].strangers or not found[0].anchored:
            if len(typed) > 1:
                found = _better(found, self._score(typed, typing=typing, deep=True))
            if not found or found[0].strangers or not found[0].anchored:
                if len(typed) == 1 and found:
                    found = _better(found, self._score(typed, typing=typing, deep=True))
                for joined in _joined(typed):
                    found = _better(found, self._score(joined, typing=typing, deep=False))
        return found

    def _score(self, typed: list[Word], *, typing: bool, deep: bool) -> list[Found]:
        vocabulary = self._register.vocabulary
        last = len(typed) - 1
        optional = [word.folded in TITLES or word.folded in ARTICLES for word in typed]
        if all(is_optional or word.is_initial for is_optional, word in zip(optional, typed, strict=True)):
            optional = [False] * len(typed)
        hits = [
            self._by_figure(word, vocabulary.hits(word, typing=typing and at == last, deep=deep), later=at > 0)
            for at, word in enumerate(typed)
        ]
        whole = self._register.spelt.get(whole_key(word.folded for word in typed), set())
        figures = set().union(*hits)
        if len(hits) > 1:
            required = [set(hit) for hit, is_optional in zip(hits, optional, strict=True) if not is_optional]
            everything = set.intersection(*required) if required else set()
            figures = everything or figures
        found = [self._sum(figure, typed, hits, optional, figure in whole) for figure in figures]
        best = max((one.score for one in found), default=0.0)
        lowest = max(LOWEST, best - SPREAD)
        return sorted((one for one in found if one.score >= lowest), key=self._order)

    def _by_figure(self, word: Word, hits: Mapping[int, Hit], *, later: bool) -> dict[int, Part]:
        """The best that a typed word is of each figure; `later`: another word stands before it."""
        bearers = self._register.vocabulary.bearers
        found: dict[int, Part] = {}
        prices: dict[int, float] = {}
        for number, hit in hits.items():
            for figure, role in bearers[number].items():
                cost = _cost(hit, role, word, later=later)
                if cost is None:
                    continue
                price = cost if role in ANCHORS else cost + UNANCHORED_COST
                if figure not in prices or price < prices[figure]:
                    prices[figure] = price
                    found[figure] = (number, role, hit if cost == hit.cost else replace(hit, cost=cost))
        return found

    def _sum(
        self,
        figure: int,
        typed: list[Word],
        hits: Sequence[Mapping[int, Part]],
        optional: Sequence[bool],
        whole: bool,
    ) -> Found:
        entry = self._register.entries[figure]
        words = _apart([hit.get(figure) for hit in hits], typed)
        cost = 0.0
        strangers = 0
        parts = 0
        anchored = False
        for at, word in enumerate(words):
            if word is not None:
                cost += word[2].cost
                anchored = anchored or word[1] in ANCHORS
                parts += word[1] is Role.PART
            elif not optional[at]:
                aside = self._is_aside(figure, entry.has_patronymic, typed[at])
                cost += ASIDE_COST if aside else STRANGER_COST
                strangers += not aside
        if whole:
            return Found(figure, 100.0, words, True, True, 0)
        if not anchored:
            numbers = {word[0] for word in words if word is not None}
            if any(phrase <= numbers for phrase in entry.phrases):
                anchored = True
            else:
                cost += GIVEN_ONLY_COST
        elif parts and parts < entry.surname_parts:
            cost += PART_COST
        return Found(figure, max(0.0, 100.0 - NOT_WHOLE_COST - cost), words, False, anchored, strangers)

    def _is_aside(self, figure: int, has_patronymic: bool, word: Word) -> bool:
        if word.folded in self._register.vocabulary.ids:
            return False
        if not has_patronymic and IS_PATRONYMIC.fullmatch(reading(word.marked)):
            return True
        return figure in self._descriptions.saying(word.folded)

    def _order(self, found: Found) -> tuple[float, int, int, str, str]:
        entry = self._register.entries[found.figure]
        met = self._met.get(entry.key, 0)
        return (-found.score, -entry.mentions, -met, entry.sort_name, entry.key)

    def _among(self, found: list[Found], keys: Collection[str] | None) -> list[Found]:
        if keys is None:
            return found
        return [one for one in found if self._register.entries[one.figure].key in keys]

    def _is_enough(self, found: Found, typed: list[Word]) -> bool:
        """Whether somebody may be taken without asking, if nobody else is near."""
        if found.whole:
            return True
        if not found.anchored or found.unsure or found.strangers:
            return False
        letters = sum(len(word.folded) for word in typed)
        if found.edits * LETTERS_PER_EDIT > letters:
            return False
        return all(
            word is None or word[2].edits <= max(0, allowed_edits(len(one.folded)) - (len(one.folded) < 4))
            for word, one in zip(found.words, typed, strict=False)
        )

    # --- explanations ------------------------------------------------------------------------------------------------

    def _match(self, found: Found, typed: list[Word]) -> Match:
        entry = self._register.entries[found.figure]
        alias, positions, reason = explain(entry, self._register.vocabulary, found.words, typed, found.whole)
        return Match(entry.key, entry.name, round(found.score, 2), alias, positions, reason)

    def _described(
        self, typed: list[Word], without: Collection[int], limit: int, among: Collection[str] | None = None
    ) -> list[Match]:
        wanted = [word.folded for word in typed if word.folded not in ARTICLES and word.folded not in TITLES]
        if limit < 1 or not any(len(word) > 3 for word in wanted):
            return []
        matches = []
        for one in self._descriptions.find(wanted, typing=True):
            entry = self._register.entries[one.figure]
            if one.figure in without or (among is not None and entry.key not in among):
                continue
            shown, lit = self._descriptions.snippet(one.figure, wanted)
            score = round(DESCRIBED_SCORE * one.likeness, 2)
            matches.append(
                (
                    -score,
                    -entry.mentions,
                    entry.sort_name,
                    Match(entry.key, entry.name, score, shown, lit, "description"),
                )
            )
            if len(matches) >= limit:
                break
        return [match for *_order, match in sorted(matches, key=lambda item: item[:3])]


def _cost(hit: Hit, role: Role, word: Word, *, later: bool) -> float | None:
    """What a hit costs in a role, or None where it cannot be: an initial is no surname, another numeral no slip."""
    match role:
        case Role.SURNAME | Role.PART | Role.PHRASE:
            return None if hit.way in _FOR_GIVEN else hit.cost
        case Role.ALIAS | Role.BORROWED:
            return None if hit.way in _FOR_GIVEN else hit.cost + ALIAS_COST
        case Role.RULER:
            return None if hit.way is Way.INITIAL else hit.cost + ALIAS_COST
        case Role.GIVEN:
            if hit.way is Way.INITIAL and later:
                return hit.cost + 1
            return 0.7 * hit.cost if hit.way is Way.NEAR else hit.cost
        case Role.PATRONYMIC:
            if hit.way is Way.INITIAL and not later:
                return hit.cost + 1
            return 0.7 * hit.cost if hit.way is Way.NEAR else hit.cost
        case Role.NUMERAL:
            return hit.cost if hit.way is Way.SAME else None
        case Role.JOINED:
            slip = hit.way is Way.NEAR and hit.edits < 2
            begun = hit.way is Way.BEGINS and len(word.folded) > 7
            return hit.cost if slip or begun or hit.way in {Way.SAME, Way.READ} else None


_FOR_GIVEN: Final = frozenset({Way.GIVEN, Way.INITIAL})


def _apart(
    words: Sequence[Part | None], typed: Sequence[Word]
) -> tuple[Part | None, ...]:
    """Let two different typed words not both be the same word of a name: the better fit keeps it."""
    if len(words) < 2:
        return tuple(words)
    kept = list(words)
    holders: dict[int, int] = {}
    for at, word in enumerate(words):
        if word is None:
            continue
        holder = holders.setdefault(word[0], at)
        if holder == at or (typed[holder].folded == typed[at].folded and not typed[at].is_initial):
            continue
        other = words[holder]
        if other is not None and word[2].cost < other[2].cost:
            kept[holder] = None
            holders[word[0]] = at
        else:
            kept[at] = None
    return tuple(kept)


def _joined(typed: list[Word]) -> Iterable[list[Word]]:
    """The typed words with two neighbours written as one (*Mac Donald*, *de Boe*)."""
    for at in range(len(typed) - 1):
        one, other = typed[at], typed[at + 1]
        word = Word(one.folded + other.folded, one.marked + other.marked, one.start, other.end)
        yield [*typed[:at], word, *typed[at + 2 :]]


def _better(one: list[Found], other: list[Found]) -> list[Found]:
    if not one or not other:
        return one or other
    return other if other[0].score > one[0].score else one
