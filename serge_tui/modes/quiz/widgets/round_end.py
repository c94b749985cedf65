"""The end of a round: the score, and every miss with what was right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from db.text import sanitise_line
from serge_tui.widgets.linked_page import Paragraph
from serge_tui.widgets.portrait import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from serge_tui.core.study.quiz.question import Question
    from serge_tui.core.study.quiz.rounds import Given, Round


def round_page(played: Round, names: Mapping[str, str]) -> list[Paragraph]:
    """Paragraphs for the end of a round; each miss leads to its question. `names` are those of figures by key."""
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
        chosen = _said(played, given, names)
        words = Content.styled(sanitise_line(question.answer), "bold") + Content.styled(chosen, "$muted")
        page.append(Paragraph(words, question, gap=1, hang=2))
        page.append(Paragraph(_passage(question), indent=2))
    page.append(
        Paragraph(
            Content.styled(f"Round {played.seed}; n begins another, d and m change what is asked.", "$faint"), gap=1
        )
    )
    return page


def _passage(question: Question) -> Content:
    """The words in full, as far as they go in two lines, and where they stand."""
    words = sanitise_line(question.passage.replace("\n", " "))
    shown = Content.styled(quoted(words) if question.quotation else words, "italic $muted").truncate(150, ellipsis=True)
    return shown + Content.styled(f"  {sanitise_line(question.reference)}", "$faint")


def _said(played: Round, given: Given, names: Mapping[str, str]) -> str:
    """Return the wrong answer, and in a duel who gave it."""
    who = "you" if played.players == 1 else f"the {('first', 'second')[given.player]} reader"
    if given.is_unknown:
        return "" if played.players == 1 else f"  ({who} did not know)"
    said = names.get(given.named, given.named) if given.chosen is None else given.question.options[given.chosen]
    return f"  ({who} said: {sanitise_line(said).rstrip('.')})"


def _headline(played: Round) -> str:
    if played.players == 1:
        return f"{played.score()} of {played.total} right."
    one, two = played.score(0), played.score(1)
    score = f"First reader {one}, second reader {two}."
    if played.winner is None:
        return f"{score} A draw."
    return f"{score} The {('first', 'second')[played.winner]} reader wins."
