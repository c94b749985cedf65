"""A card on the screen: its question, its hints, and its answer once it is turned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db.text import sanitise, sanitise_line
from serge_tui.core.study.card import GAP
from serge_tui.core.study.cards.registry import CARD_TITLES
from serge_tui.core.study.teaching import NOTHING
from serge_tui.widgets.portrait import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from serge_tui.core.study.card import Card
    from serge_tui.core.study.teaching import Contrast, Teaching

_LETTERS = "abcdefgh"


def filled(stimulus: str, words: str) -> list[tuple[str, bool]] | None:
    """The stimulus with its gaps filled from the words in full, in pieces, each with whether it was a gap; None where
    these are other words.
    """
    core = stimulus.strip(" …")
    pieces = core.split(GAP)
    found = re.fullmatch("(.+?)".join(re.escape(piece) for piece in pieces), words.strip(" …"), re.DOTALL)
    if not core or found is None:
        return None
    before, _, after = stimulus.partition(core)
    filling = [*found.groups(), ""]
    parts = [
        (part, gap) for piece, word in zip(pieces, filling, strict=True) for part, gap in ((piece, False), (word, True))
    ]
    return [(text, gap) for text, gap in ((before, False), *parts, (after, False)) if text]


def _words_filled(card: Card, stimulus: str) -> Content | None:
    pieces = filled(stimulus, card.note) if card.quotation and stimulus else None
    if pieces is None:
        return None
    clean = [(sanitise(text), gap) for text, gap in pieces]
    whole = "".join(text for text, _ in clean)
    opening, closing = ("", "") if whole.startswith("“") else ("“", "”")
    lit = [Content.styled(text, "italic bold $primary" if gap else "italic") for text, gap in clean]
    return Content("").join([Content.styled(opening, "italic"), *lit, Content.styled(closing, "italic")])


def question_content(card: Card, stimulus: str, hints: Sequence[str] = (), *, turned: bool = False) -> Content:
    """Question, the words it is about, options by letter, what places it, and the hints shown so far. Once the card
    is turned its gaps are filled, where the words in full are those of the question.
    """
    parts = [Content.styled(sanitise(card.question), "bold")]
    if turned and (full := _words_filled(card, stimulus)) is not None:
        parts.append(full)
    elif stimulus:
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


def answer_content(
    card: Card,
    *,
    stimulus: str = "",
    years: str = "",
    verdict: str = "",
    right: bool = False,
    advice: str = "",
    teaching: Teaching = NOTHING,
) -> Content:
    """The answer and who that is, the words in full where the question does not have them by now, and where they
    stand. `years` is the span of the person named; `verdict` what became of a typed answer; `teaching` what else the
    answer teaches; `advice` helps with a card that will not stick.
    """
    answer = Content.styled(sanitise(card.answer), "bold $primary")
    if years:
        answer += Content.styled(f"   {sanitise(years)}", "$muted")
    about = [Content(sanitise_line(teaching.one_line))] if teaching.one_line else []
    if teaching.in_serges_life:
        about.append(Content.styled(sanitise_line(teaching.in_serges_life), "$muted"))
    parts = [Content("\n").join([answer, *about])]
    if verdict:
        parts.append(Content.styled(sanitise(verdict), "$success" if right else "$warning"))
    if teaching.contrast is not None:
        parts.append(_contrast_content(teaching.contrast))
    if teaching.before or teaching.after:
        parts.append(_in_surrounding(card, teaching))
    shown_whole = bool(teaching.before or teaching.after)
    if card.note and card.note != card.answer and not shown_whole and _words_filled(card, stimulus) is None:
        words = quoted(card.note) if card.quotation else sanitise(card.note)
        parts.append(Content.styled(words, "italic $muted" if card.quotation else "$muted"))
    if card.reference:
        parts.append(Content.styled(f"— {sanitise(card.reference)}", "$muted"))
    if advice:
        parts.append(Content.styled(sanitise(advice), "$warning"))
    return Content("\n\n").join(parts)


def _contrast_content(contrast: Contrast) -> Content:
    """Who was asked for and who was answered, side by side, each with what tells them apart."""
    lines = [
        Content.styled(f"{label} ", "$muted") + Content.styled(sanitise_line(name), "bold")
        + Content(f"  {sanitise_line(stroke)}")
        for label, (name, stroke) in (("asked:", contrast.asked), ("yours:", contrast.answered))
    ]  # fmt: skip
    return Content("\n").join(lines)


def _in_surrounding(card: Card, teaching: Teaching) -> Content:
    """The words of a card as they stand in the reader's edition, highlighted among those around them."""
    return (
        Content.styled(sanitise(teaching.before), "$muted")
        + Content.styled(sanitise(card.note), "italic")
        + Content.styled(sanitise(teaching.after), "$muted")
    )


def first_words(card: Card, most: int = 44) -> str:
    """What a card asks, in few words, for a list."""
    words = sanitise_line(card.stimulus or card.question)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


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

    def show_question(
        self, card: Card, stimulus: str, hints: Sequence[str] = (), *, flagged: bool = False, turned: bool = False
    ) -> None:
        """Show a card's question; if it is `turned`, the answer stays below."""
        kind = Content.styled(CARD_TITLES[card.kind], "$muted")
        if flagged:
            kind += Content.styled("   ⚑ flagged", "$accent")
        self.query_one("#card-kind", Static).update(kind)
        self.query_one("#card-question", Static).update(question_content(card, stimulus, hints, turned=turned))
        self.query_one("#card-answer", Static).display = turned

    def show_answer(self, content: Content) -> None:
        """Turn it: `answer_content` has what to show."""
        answer = self.query_one("#card-answer", Static)
        answer.update(content)
        answer.display = True
        self.call_after_refresh(self.scroll_end, animate=False)

    def show_text(self, head: str, body: Content) -> None:
        """Show a page of text instead of a card: the end of a session, or why there is nothing to ask."""
        self.query_one("#card-kind", Static).update(Content.styled(sanitise(head), "bold $primary"))
        self.query_one("#card-question", Static).update(body)
        self.query_one("#card-answer", Static).display = False
        self.scroll_home(animate=False)
