"""Who was still alive when something happened."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.chronology import told
from serge_tui.core.study.masking import names
from serge_tui.core.study.quiz.balance import Draw, drawn, weights
from serge_tui.core.study.quiz.distractors import are_of_an_age
from serge_tui.core.study.quiz.question import FEWEST, Material, Question
from serge_tui.core.study.rivals import likeness

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date
    from random import Random

    from db.models import Event, Figure

_LIVED: Final = timedelta(days=366)
_GROWN: Final = timedelta(days=20 * 366)
_YEARS: Final = 25
"""Years before and after an event within which the dead and the survivor died: longer ago everybody knows it."""
_FIT: Final = 30
"""Dead people who must be like a survivor: of a few, each would be there too often."""
_SURVIVORS: Final = 6
"""People who can be the survivor of one event: those who are it least often elsewhere."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """An event, with everybody who can be its survivor and who of the dead would fit beside them."""

    event: Event
    draws: tuple[Draw, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Every event that can be asked about, and weights for drawing the dead."""

    moments: tuple[_Moment, ...]
    wrong: Mapping[str, float]


def ask_alive(material: Material, random: Random, used: set[str]) -> Question | None:
    """Who of three was still alive when something happened."""
    moments = [moment for moment in _plan(material).moments if f"event:{moment.event.key}" not in used]
    random.shuffle(moments)
    for moment in moments:
        question = _question_at(moment, material, random, used)
        if question is not None:
            used |= {f"event:{moment.event.key}", question.keys[question.right]}
            return question
    return None


def all_alive(material: Material, random: Random) -> Iterator[Question]:
    """Yield a question for every event and everybody who can be its survivor."""
    for moment in _plan(material).moments:
        for draw in moment.draws:
            others = {one.right for one in moment.draws if one is not draw}
            question = _question_at(moment, material, random, others)
            if question is not None:
                yield question


def _question_at(moment: _Moment, material: Material, random: Random, used: Collection[str]) -> Question | None:
    """Return a question about one event, with a survivor who is not in `used`; None where there is none."""
    event, plan = moment.event, _plan(material)
    draws = [draw for draw in moment.draws if draw.right not in used]
    if not draws:
        return None
    draw = random.choice(draws)
    keys = [draw.right, *material.people.unlike_names(draw.right, drawn(draw, plan.wrong, FEWEST - 1, random))]
    random.shuffle(keys)
    figures = [material.people.figures[key] for key in keys]
    return Question(
        kind="alive",
        question="Which of these people was still alive when this happened?",
        stimulus=_told(event),
        context="",
        options=tuple(figure.name for figure in figures),
        keys=tuple(keys),
        right=keys.index(draw.right),
        passage="; ".join(f"{figure.name} died {figure.died.long}" for figure in figures) + ".",
        reference=f"chapter {event.chapter}" if event.chapter else "",
        event=event.key,
    )


def _plan(material: Material) -> _Plan:
    if "alive" not in material.asked:
        material.asked["alive"] = _planned(material)
    plan = material.asked["alive"]
    assert isinstance(plan, _Plan)
    return plan


def _planned(material: Material) -> _Plan:
    """Find what can be asked; nobody is a wrong option much oftener than their right answers call for."""
    people = [figure for figure in material.lived if "tsarist" not in figure.movements]
    right: Counter[str] = Counter()
    moments = []
    for event in material.datable:
        if event.kind == "history":
            moment = _moment(event, people, right)
            if moment.draws:
                moments.append(moment)
                right.update(draw.right for draw in moment.draws)
    return _Plan(tuple(moments), weights([draw for moment in moments for draw in moment.draws], FEWEST - 1))


def _moment(event: Event, people: Sequence[Figure], right: Mapping[str, int]) -> _Moment:
    start = event.date.earliest
    assert start is not None
    there = {key for key, _ in event.people}
    sentence = _told(event)
    grown = [f for f in people if f.key not in there and f.born.latest and f.born.latest + _GROWN < start]
    dead = [f for f in grown if _died_before(f, start) and not names(sentence, f)]
    alive = [f for f in grown if len(dead) >= _FIT and _outlived(f, start) and not names(sentence, f)]
    alive.sort(key=lambda figure: right.get(figure.key, 0))
    draws: list[Draw] = []
    for survivor in alive:
        like = [f.key for f in dead if are_of_an_age(survivor, f) and likeness(survivor, f) and f.name != survivor.name]
        if len(like) >= _FIT:
            draws.append(Draw(survivor.key, dict.fromkeys(like, 1.0)))
        if len(draws) == _SURVIVORS:
            break
    return _Moment(event, tuple(draws))


def _told(event: Event) -> str:
    return f"{event.date.long}: {told(event)}."


def _outlived(figure: Figure, moment: date) -> bool:
    """Return whether somebody certainly lived more than a year longer, and not so long that everybody knows."""
    died = figure.died.earliest
    return died is not None and moment + _LIVED < died < moment + _YEARS * _LIVED


def _died_before(figure: Figure, moment: date) -> bool:
    """Return whether somebody had certainly died by then, and not so long before that everybody knows."""
    died = figure.died.latest
    return died is not None and moment - _YEARS * _LIVED < died < moment - _LIVED / 2
