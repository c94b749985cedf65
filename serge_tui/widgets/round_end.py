"""The end of a round: the score, and every miss with what was right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from db.text import sanitise_line
from serge_tui.widgets.linked_page import Paragraph

if TYPE_CHECKING:
    from serge_tui.study.rounds import Round


def round_page(played: Round, seed: int) -> list[Paragraph]:
    """Paragraphs for the end of a round; each miss leads to its question."""
    page = [Paragraph(Content.styled(_headline(played), "bold $primary"))]
    misses = played.misses
    if not misses:
        page.append(Paragraph(Content("Nothing was missed."), gap=1))
    else:
        page.append(
            Paragraph(Content.styled("Missed; Enter opens the passage, s sends them to the cards", "$muted"), gap=1)
        )
    for given in misses:
        question = given.question
        cue = sanitise_line(question.stimulus or question.question)
        chosen = f"  (you said {sanitise_line(question.options[given.chosen])})" if given.chosen is not None else ""
        words = Content.styled(sanitise_line(question.answer), "bold") + Content.styled(chosen, "$muted")
        page.append(Paragraph(words, question, gap=1, hang=2))
        page.append(Paragraph(Content.styled(cue, "italic $muted").truncate(150, ellipsis=True), indent=2))
    page.append(Paragraph(Content.styled(f"Round {seed}; n begins another.", "$faint"), gap=1))
    return page


def _headline(played: Round) -> str:
    if played.players == 1:
        return f"{played.score()} of {played.total} right."
    one, two = played.score(0), played.score(1)
    score = f"First reader {one}, second reader {two}."
    if played.winner is None:
        return f"{score} A draw."
    return f"{score} The {('first', 'second')[played.winner]} reader wins."
