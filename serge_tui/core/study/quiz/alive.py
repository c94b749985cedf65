"""Who was still alive when something happened."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.chronology import told
from serge_tui.core.study.masking import names
from serge_tui.core.study.quiz.question import FEWEST, Material, Question

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from db.models import Figure

_LIVED: Final = timedelta(days=366)
_GROWN: Final = timedelta(days=20 * 366)


def ask_alive(material: Material, random: Random, used: set[str]) -> Question | None:
    """Who of three was still alive when something happened."""
    events = [
        event
        for event in material.datable
        if event.kind == "history" and f"event:{event.key}" not in used and event.date.earliest is not None
    ]
    random.shuffle(events)
    people = [figure for figure in material.met if "tsarist" not in figure.movements]
    for event in events:
        moment = event.date.earliest
        assert moment is not None
        there = {key for key, _ in event.people}
        grown = [f for f in people if f.key not in there and f.born.latest and f.born.latest + _GROWN < moment]
        alive = [
            f
            for f in grown
            if f.key not in used and f.died.earliest and moment + _LIVED < f.died.earliest < moment + 12 * _LIVED
        ]
        random.shuffle(alive)
        for survivor in alive:
            if names(told(event), survivor):
                continue
            stimulus = f"{event.date.long}: {told(event)}."
            barred = set(material.people.figures) - {f.key for f in grown if _died_before(f, moment)}
            others = material.people.distractors(survivor.key, FEWEST - 1, random, barred=barred, text=stimulus)
            if len(others) < FEWEST - 1:
                continue
            keys = [survivor.key, *others]
            random.shuffle(keys)
            used |= {f"event:{event.key}", survivor.key}
            figures = [material.people.figures[key] for key in keys]
            return Question(
                kind="alive",
                question="Which of these people was still alive when this happened?",
                stimulus=stimulus,
                context="",
                options=tuple(figure.name for figure in figures),
                keys=tuple(keys),
                right=keys.index(survivor.key),
                passage="; ".join(f"{figure.name} died {figure.died.long}" for figure in figures) + ".",
                reference=f"chapter {event.chapter}" if event.chapter else "",
                event=event.key,
            )
    return None


def _died_before(figure: Figure, moment: date) -> bool:
    """Whether somebody had certainly died by then, and not so long before that everybody knows."""
    died = figure.died.latest
    return died is not None and moment - 12 * _LIVED < died < moment - _LIVED / 2
