"""The name finder: normalise -> candidates -> score -> explain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.text import fold, fold_with_map
from serge_tui.finder.match import Identification, Match, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.models import FigureName

ACCEPT = 75.0
MARGIN = 4.0


class NameFinder:
    """Finds figures by any spelling. Built once from all names; asked with each key."""

    def __init__(
        self,
        figures: Sequence[FigureName],
        texts: Mapping[str, str] | None = None,
        *,
        met: Mapping[str, int] | None = None,
    ) -> None:
        self._figures = {figure.key: figure for figure in figures}
        self._texts = {key: fold(text) for key, text in (texts or {}).items()}
        self._met = dict(met or {})
        self._names: list[tuple[str, str, tuple[str, ...]]] = []
        for figure in figures:
            spellings = dict.fromkeys(
                [figure.name, figure.native_name, *(alias.text for alias in figure.aliases)]
            )
            for spelling in spellings:
                if spelling:
                    self._names.append((figure.key, spelling, tuple(_tokens(spelling))))

    def find(self, query: str, *, limit: int = 50) -> list[Match]:
        """Rank the figures that answer `query` while it is being typed: the last word counts as a prefix."""
        wanted = _tokens(query)
        if not wanted:
            return []
        best: dict[str, Match] = {}
        for key, spelling, tokens in self._names:
            score = _score(wanted, tokens)
            if score > 0 and (key not in best or best[key].score < score):
                reason: Reason = "name" if spelling == self._figures[key].name else "alias"
                best[key] = Match(
                    key, self._figures[key].name, score, spelling, _lit(spelling, wanted), reason
                )
        return sorted(best.values(), key=self._rank)[:limit]

    def identify(self, query: str) -> Identification:
        """Decide who is meant by a whole answer."""
        matches = self.find(query, limit=6)
        if not matches or matches[0].score < ACCEPT:
            return Identification(query, "nobody", None, tuple(matches), "Nobody here has that name.")
        best, *others = matches
        near = [other for other in others if best.score - other.score < MARGIN]
        if near:
            names = " or ".join(match.name for match in [best, *near][:3])
            return Identification(query, "ambiguous", best, tuple(others), f"This may be {names}.")
        return Identification(query, "accepted", best, tuple(others), f"{best.alias} is {best.name}.")

    def _rank(self, match: Match) -> tuple[float, int, int, str, str]:
        figure = self._figures[match.figure]
        return (
            -match.score,
            -figure.mentions,
            -self._met.get(match.figure, 0),
            figure.sort_name,
            match.figure,
        )


def _tokens(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in fold(text).replace("'", "")).split()


def _score(wanted: list[str], tokens: tuple[str, ...]) -> float:
    from rapidfuzz.distance import OSA

    total = 0.0
    for word in wanted:
        total += max(
            (
                1.0
                if word == token
                else 0.9
                if token.startswith(word)
                else (ratio if (ratio := OSA.normalized_similarity(word, token)) >= 0.7 else 0.0)
                for token in tokens
            ),
            default=0.0,
        )
    share = total / len(wanted)
    return round(100 * share * (1 - 0.02 * max(0, len(tokens) - len(wanted))), 2) if share > 0.7 else 0.0


def _lit(spelling: str, wanted: list[str]) -> tuple[int, ...]:
    folded, origin = fold_with_map(spelling)
    lit: set[int] = set()
    for word in wanted:
        at = folded.find(word)
        if at >= 0:
            lit.update(origin[at : at + len(word)])
    return tuple(sorted(lit))
