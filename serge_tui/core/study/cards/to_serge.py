"""Cards on what somebody was to Serge, how he saw them, and who it is of whom he tells something.

The words are the pack's own, not his: each asks one run of words, chosen by hand in `spans`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import NARRATOR, Card
from serge_tui.core.study.cards.common import CardSources, first_chapter, is_answer, person_hints
from serge_tui.core.study.cards.lines import offered
from serge_tui.core.study.cards.spans import SEEN, TOLD, WAS
from serge_tui.core.study.masking import mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.models import Figure

_SPACES: Final = re.compile(r"\s+")
_CUT: Final = " … "


def serge_cards(sources: CardSources) -> Iterator[Card]:
    """Ask, by name, what somebody was to Serge, and how he saw them."""
    for aspect, question, spans in (
        ("was", "Who was {} to Serge?", WAS),
        ("seen", "How did Serge see {}?", SEEN),
    ):
        for key, span in spans.items():
            figure = sources.by_key.get(key)
            answer = words_of_span(figure, span) if figure is not None else ""
            if figure is None or not answer:
                continue
            yield Card(
                key=f"serge/{key}/{aspect}",
                kind="serge",
                question=question.format(figure.name),
                stimulus="",
                answer=answer,
                figures=(figure.key,),
                chapter=first_chapter(figure),
                siblings=(f"serge:{key}",),
                rivals=sources.rivals.of(key),
                offered=offered(figure, sources),
            )


def told_cards(sources: CardSources) -> Iterator[Card]:
    """Ask of whom Serge tells something: who it is, in our words without the name."""
    for key, span in TOLD.items():
        figure = sources.by_key.get(key.partition("/")[0])
        text = words_of_span(figure, span) if figure is not None else ""
        if figure is None or not text or not is_answer(figure.key):
            continue
        yield Card(
            key=f"told/{key}",
            kind="told",
            question="Of whom does Serge tell this?",
            stimulus=mask(text, [figure]),
            answer=figure.name,
            hints=person_hints(figure),
            answer_figure=figure.key,
            figures=(figure.key,),
            chapter=first_chapter(figure),
            siblings=(f"serge:{figure.key}",),
            rivals=sources.rivals.of(figure.key),
            offered=offered(figure, sources),
        )


def words_of_span(figure: Figure, span: str) -> str:
    """Return the run of words of a figure's text that a span names, as a sentence; empty where it is not there."""
    text = _SPACES.sub(" ", figure.serge).strip()
    start, _, end = span.partition(_CUT)
    at = text.find(start)
    if at < 0:
        return ""
    stop = text.find(end, at + len(start)) + len(end) if end else at + len(start)
    if end and text.find(end, at + len(start)) < 0:
        return ""
    run = text[at:stop]
    closing = "" if run.endswith((".", "!", "?")) else "."
    return f"{run[:1].upper()}{run[1:]}{closing}"


def to_serge(figure: Figure) -> str:
    """Return in a word or two what somebody was to Serge, from their tie with him; empty if they have none."""
    for tie in figure.ties:
        if tie.other == NARRATOR:
            return tie.note if tie.kind == "kin" and tie.note else f"{tie.kind}: {tie.note}" if tie.note else tie.kind
    return ""
