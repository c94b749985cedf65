"""A card as it lies on the table: its question, its hints, and its answer once it is turned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db.text import sanitise
from serge_tui.study.card import KIND_TITLES
from serge_tui.widgets.portrait import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from serge_tui.study.card import Card

_LETTERS = "abcdefgh"


def question_content(card: Card, stimulus: str, hints: Sequence[str] = ()) -> Content:
    """Question, the words it is about, options by letter, what places it, and the hints shown so far."""
    parts = [Content.styled(sanitise(card.question), "bold")]
    if stimulus:
        words = quoted(stimulus) if card.quotation else sanitise(stimulus)
        parts.append(Content.styled(words, "italic" if card.quotation else ""))
    if card.choices:
        parts.append(
            Content("\n").join(
                Content.styled(f"{_LETTERS[number]}  ", "bold $primary") + Content(sanitise(choice))
                for number, choice in enumerate(card.choices)
            )
        )
    if card.context:
        parts.append(Content.styled(sanitise(card.context), "$muted"))
    if hints:
        parts.append(Content("\n").join(Content.styled(f"hint: {sanitise(hint)}", "$secondary") for hint in hints))
    return Content("\n\n").join(parts)


def answer_content(card: Card, *, years: str = "", verdict: str = "", advice: str = "") -> Content:
    """The answer, the words in full, and where they stand. `years` is the span of the person named; `advice` helps
    with a card that will not stick.
    """
    answer = Content.styled(sanitise(card.answer), "bold $primary")
    if years:
        answer += Content.styled(f"   {sanitise(years)}", "$muted")
    parts = [answer]
    if verdict:
        parts.append(Content.styled(sanitise(verdict), "$warning"))
    if card.note and card.note != card.answer:
        words = quoted(card.note) if card.quotation else sanitise(card.note)
        parts.append(Content.styled(words, "italic $muted" if card.quotation else "$muted"))
    if card.reference:
        parts.append(Content.styled(f"— {sanitise(card.reference)}", "$muted"))
    if advice:
        parts.append(Content.styled(sanitise(advice), "$warning"))
    return Content("\n\n").join(parts)


class CardFace(VerticalScroll, can_focus=False):
    """One card. It scrolls when a long answer does not fit."""

    DEFAULT_CSS = """
    CardFace { height: 1fr; }
    CardFace > Static { height: auto; }
    """

    def compose(self) -> ComposeResult:
        """Kind, question, a rule, answer."""
        yield Static("", id="card-kind", markup=False)
        yield Static("", id="card-question", markup=False)
        yield Static("", id="card-answer", markup=False)

    def show_question(self, card: Card, stimulus: str, hints: Sequence[str] = (), *, flagged: bool = False) -> None:
        """Show a card's question side."""
        kind = Content.styled(KIND_TITLES[card.kind], "$muted")
        if flagged:
            kind += Content.styled("   ⚑ flagged", "$accent")
        self.query_one("#card-kind", Static).update(kind)
        self.query_one("#card-question", Static).update(question_content(card, stimulus, hints))
        self.query_one("#card-answer", Static).display = False

    def show_answer(self, card: Card, *, years: str = "", verdict: str = "", advice: str = "") -> None:
        """Turn it."""
        answer = self.query_one("#card-answer", Static)
        answer.update(answer_content(card, years=years, verdict=verdict, advice=advice))
        answer.display = True
        self.call_after_refresh(self.scroll_end, animate=False)

    def show_text(self, head: str, body: Content) -> None:
        """Show a page of text instead of a card: the end of a sitting, or why there is nothing to ask."""
        self.query_one("#card-kind", Static).update(Content.styled(sanitise(head), "bold $primary"))
        self.query_one("#card-question", Static).update(body)
        self.query_one("#card-answer", Static).display = False
        self.scroll_home(animate=False)
