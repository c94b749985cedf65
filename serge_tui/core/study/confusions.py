"""Find which people are confused, and make the side-by-side card that helps. All of it follows from the review log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import CONTRAST, GAP, Card
from serge_tui.core.study.chronology import shuffled
from serge_tui.core.study.clauses import content_stems
from serge_tui.core.study.masking import mask
from serge_tui.core.study.scheduling import AGAIN, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from db.models import Figure, Review
    from serge_tui.core.study.grading import Identifier

MIX_UPS: Final = 2
"""Times two people were taken for each other before they are shown side by side."""
RETIRES: Final = 3
"""Right answers after which a side-by-side card is no longer asked."""
FIGURE: Final = "figure:"
"""Before a figure's key in `given`: chosen from a list, not typed."""


@dataclass(frozen=True, slots=True)
class MixUp:
    """One mix-up: on a study day, `taken_for` was named although `figure` was right."""

    figure: str
    taken_for: str
    day: str

    @property
    def pair(self) -> tuple[str, str]:
        """Both, in a fixed order."""
        return (min(self.figure, self.taken_for), max(self.figure, self.taken_for))


@dataclass(frozen=True, slots=True)
class Confusion:
    """One person taken for another: how often, and on which study day last."""

    figure: str
    taken_for: str
    times: int
    last_day: str


def count_confusions(log: Sequence[Review], cards: Iterable[Card], finder: Identifier) -> list[Confusion]:
    """Count confusions in failed answers (`given` in the log), the most frequent first."""
    times: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], str] = {}
    for item in _walk(standing(log), cards, finder):
        if isinstance(item, MixUp):
            times[item.figure, item.taken_for] += 1
            last[item.figure, item.taken_for] = item.day
    return [
        Confusion(figure, taken, count, last[figure, taken])
        for (figure, taken), count in sorted(times.items(), key=lambda entry: (-entry[1], entry[0]))
    ]


def contrast_cards(
    log: Sequence[Review], cards: Sequence[Card], figures: Mapping[str, Figure], finder: Identifier
) -> list[Card]:
    """Return a card for each pair mixed up twice, until it was right three times; after new mix-ups it comes back."""
    mixed: Counter[tuple[str, str]] = Counter()
    right: Counter[str] = Counter()
    for item in _walk(standing(log), cards, finder):
        if isinstance(item, MixUp):
            mixed[item.pair] += 1
            continue
        right[item] += 1
        if right[item] == RETIRES:
            right[item] = 0
            for pair in [pair for pair in mixed if contrast_key(*pair) == item]:
                del mixed[pair]
    made = [
        _contrast(figures[one], figures[other], cards)
        for (one, other), times in sorted(mixed.items())
        if times >= MIX_UPS and one in figures and other in figures
    ]
    return [card for card in made if card is not None]


def contrast_key(one: str, other: str) -> str:
    """Return the key of the card that shows two people side by side."""
    return f"{CONTRAST}{min(one, other)}+{max(one, other)}"


def _walk(log: Iterable[Review], cards: Iterable[Card], finder: Identifier) -> Iterator[MixUp | str]:
    """Yield mix-ups, and keys of side-by-side cards that were right, in the order of the log."""
    targets = {card.key: card.answer_figure for card in cards if card.answer_figure}
    named: dict[str, str] = {}
    for review in log:
        if review.card.startswith(CONTRAST):
            if review.rating != AGAIN:
                yield review.card
            continue
        target = targets.get(review.card)
        if review.rating != AGAIN or not target or not review.given:
            continue
        if review.given not in named:
            named[review.given] = figure_meant(review.given, finder)
        if named[review.given] not in ("", target):
            yield MixUp(target, named[review.given], review.study_day)


def figure_meant(given: str, finder: Identifier) -> str:
    """Return the key of the figure an answer names; empty if that is not clear."""
    if given.startswith(FIGURE):
        return given.removeprefix(FIGURE)
    found = finder.identify(given)
    return found.best.figure if found.verdict == "accepted" and found.best is not None else ""


def _contrast(one: Figure, other: Figure, cards: Sequence[Card]) -> Card | None:
    """Make a card of two descriptions with the names taken out, asking which is whose."""
    key = contrast_key(one.key, other.key)
    order = shuffled([one.key, other.key], key)
    by_key = {one.key: one, other.key: other}
    strokes = [_stroke(by_key[figure], cards, (one, other)) for figure in order]
    if not all(strokes):
        return None
    named = [by_key[figure].name for figure in order]
    return Card(
        key=key,
        kind="contrast",
        question=f"One is {one.name}, the other {other.name}: which is which?",
        stimulus="\n".join(f"{letter}. {stroke}" for letter, stroke in zip("AB", strokes, strict=True)),
        answer="\n".join(f"{letter}. {name}" for letter, name in zip("AB", named, strict=True)),
        note=f"You have taken them for each other. {one.name}: {one.one_line} {other.name}: {other.one_line}",
        figures=(one.key, other.key),
        siblings=(key,),
    )


def _stroke(figure: Figure, cards: Sequence[Card], both: tuple[Figure, Figure]) -> str:
    """Return Serge's words on somebody if there are any, else the one line or the roles, with names taken out."""
    for card in cards:
        if card.kind == "portrait" and card.answer_figure == figure.key:
            return mask(card.stimulus, both)
    line = mask(figure.one_line, both)
    return line if len(content_stems(line.replace(GAP, " "))) >= 2 else mask(", ".join(figure.roles), both)
