"""The reader's own cards: a highlight or note with the tag `card`.

In the note's text, a line of three dashes separates question and answer, and `{{words}}` mark a gap. A note with
neither is the answer, and its highlighted words are the question. A highlight without a note becomes a card once a gap
is chosen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.text import sanitise
from serge_tui.core.study.card import GAP, Card

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.models import Annotation

CARD_TAG: Final = "card"
_PARTING: Final = re.compile(r"^\s*-{3,}\s*$", re.MULTILINE)
_GAP: Final = re.compile(r"\{\{(?:c\d+::)?([^{}\n]+?)(?:::[^{}\n]*)?\}\}")


def annotation_cards(annotations: Iterable[Annotation]) -> list[Card]:
    """Return the cards of all annotations tagged `card` and not deleted; several gaps give several cards."""
    return [card for a in annotations if CARD_TAG in a.tags and not a.deleted_at for card in cards_of(a)]


def cards_of(annotation: Annotation) -> Iterator[Card]:
    """Yield the cards of an annotation; none if it has no answer."""
    body = sanitise(annotation.body).strip()
    words = sanitise(annotation.anchor.exact).strip() if annotation.anchor else ""
    parts = _PARTING.split(body, maxsplit=1)
    if len(parts) == 2 and parts[0].strip() and parts[1].strip():
        yield _card(annotation, "", parts[0].strip(), "", parts[1].strip(), words)
        return
    gaps = list(_GAP.finditer(body))
    for number, gap in enumerate(gaps, start=1):
        before, after = _GAP.sub(r"\1", body[: gap.start()]), _GAP.sub(r"\1", body[gap.end() :])
        suffix = f"/{number}" if number > 1 else ""
        yield _card(annotation, suffix, "What is missing?", f"{before}{GAP}{after}", gap[1].strip(), words)
    if not gaps and body and words:
        yield _card(annotation, "", "What did you note here?", words, body, "")


def draft(annotation: Annotation) -> tuple[str, str]:
    """Return question and answer to begin with when an annotation becomes a card."""
    card = next(cards_of(annotation), None)
    if card is not None:
        return "\n\n".join(part for part in (card.question, card.stimulus) if part), card.answer
    return (sanitise(annotation.anchor.exact) if annotation.anchor else ""), sanitise(annotation.body)


def body_of(question: str, answer: str) -> str:
    """Return the note's text for a question and an answer."""
    return f"{question.strip()}\n---\n{answer.strip()}"


def body_with_gap(text: str, start: int, end: int) -> str:
    """Return the note's text for a sentence with a gap between two offsets."""
    return f"{text[:start]}{{{{{text[start:end]}}}}}{text[end:]}"


def _card(annotation: Annotation, suffix: str, question: str, stimulus: str, answer: str, note: str) -> Card:
    target = annotation.target.removeprefix("figure:") if annotation.target.startswith("figure:") else ""
    return Card(
        key=f"own/{annotation.key}{suffix}",
        kind="own",
        question=question,
        stimulus=stimulus,
        answer=answer,
        note=note,
        figures=(target,) if target else (),
        annotation=annotation.key,
        siblings=(f"own:{annotation.key}",),
    )
