"""How often somebody is offered: as often as they are right, so that no option is likelier for being famous.

Whoever draws wrong options from those most alike gives the famous away: they are alike to many, and right in a few
questions only, or right in many and wrong in none. Here each person has a weight, found so that over all questions of
a kind they are a wrong option about as often as their right answers call for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

_ROUNDS: Final = 25
_SLACK: Final = 0.018
"""Share of the questions in which somebody who is never right may be a wrong option; a few are needed to fill up."""
_UNDER: Final = 0.85
"""Share of the wrong options that right answers call for which is aimed at: chance adds to it."""
_STEP: Final = 0.7
_TINY: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Draw:
    """One question to draw wrong options for: who is right, and how well each other would fit (more is likelier)."""

    right: str
    fit: Mapping[str, float]


def weights(draws: Sequence[Draw], count: int) -> dict[str, float]:
    """Return a weight for everybody who can be a wrong option, for drawing `count` of them for each question."""
    right = Counter(draw.right for draw in draws)
    slack = _SLACK * max(1, len(draws))
    people = {key for draw in draws for key in draw.fit}
    target = {key: _UNDER * count * right[key] + slack for key in people}
    weight = dict(target)
    for _ in range(_ROUNDS):
        offered = dict.fromkeys(people, slack)
        for draw in draws:
            for key, share in shares(draw, weight, count).items():
                offered[key] += share
        weight = {key: max(_TINY, weight[key] * (target[key] / offered[key]) ** _STEP) for key in people}
    return weight


def shares(draw: Draw, weight: Mapping[str, float], count: int) -> dict[str, float]:
    """Return how likely each person is to be among `count` wrong options of a question; nobody more than surely."""
    left = {key: weight.get(key, _TINY) * fit for key, fit in draw.fit.items()}
    certain: dict[str, float] = {}
    while left and len(certain) < count:
        total, room = sum(left.values()), count - len(certain)
        sure = [key for key, value in left.items() if value * room >= total]
        if not sure:
            return certain | {key: value * room / total for key, value in left.items()}
        for key in sure[:room]:
            certain[key] = 1.0
            del left[key]
    return certain | dict.fromkeys(left, 0.0)


def drawn(draw: Draw, weight: Mapping[str, float], count: int, random: Random) -> list[str]:
    """Draw up to `count` different wrong options, each as likely as `shares` says."""
    chosen: list[str] = []
    likely = list(shares(draw, weight, count).items())
    random.shuffle(likely)
    # Systematic sampling: one number decides, and each person is taken exactly as often as their share.
    at, reached = random.random(), 0.0
    for key, share in likely:
        reached += share
        if reached > at + len(chosen) and len(chosen) < count:
            chosen.append(key)
    if len(chosen) < count:
        chosen += [key for key, _ in sorted(likely, key=lambda one: -one[1]) if key not in chosen][
            : count - len(chosen)
        ]
    return chosen
