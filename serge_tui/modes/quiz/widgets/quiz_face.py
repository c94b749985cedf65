"""A question of the quiz, its options, and what was right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from db.text import sanitise, sanitise_line
from serge_tui.core.study.quiz.registry import BY_KIND
from serge_tui.widgets.portrait import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from serge_tui.core.study.quiz.question import Question
    from serge_tui.core.study.quiz.rounds import Given

_HANG: Final = 5
"""Cells before the words of an option: its mark and number."""


def question_content(question: Question) -> Content:
    """The sentence asked, the words it is about, what places them."""
    parts = [Content.styled(sanitise(question.question), "bold")]
    if question.stimulus:
        words = sanitise(question.stimulus)
        parts.append(Content.styled(quoted(words), "italic") if question.quotation else Content(words))
    if question.context:
        parts.append(Content.styled(sanitise(question.context), "$muted"))
    return Content("\n\n").join(parts)


def options_content(question: Question, given: Given | None = None, width: int = 76) -> Content:
    """Options by number, each a click; once answered, ✓ on the right one, ✗ on a wrong choice, and who the
    others are. Long ones hang.
    """
    lines = []
    for number, option in enumerate(question.options):
        mark, style = " ", ""
        if given is not None and number == question.right:
            mark, style = "✓", "bold $success"
        elif given is not None and number == given.chosen:
            mark, style = "✗", "$error"
        shown = Content.styled(sanitise(option), style)
        if given is not None and number != question.right and number < len(question.clauses):
            shown += Content.styled(f"  {sanitise_line(question.clauses[number])}", "$muted")
        words = shown.wrap(max(20, width - _HANG))
        lead = Content.styled(f"{mark} {number + 1}  ", "bold $primary")
        whole = Content("\n").join(
            lead + line if not n else Content(" " * _HANG) + line for n, line in enumerate(words)
        )
        lines.append(whole if given is not None else _clickable(whole, number))
    if given is None:
        lines.append(_clickable(Content.styled("  0  I don’t know", "$muted"), -1))
    return Content("\n").join(lines)


def _clickable(line: Content, number: int) -> Content:
    return line.stylize(Style.from_meta({"@click": f"choose({number})"}))


def outcome_content(given: Given, *, typed: str = "") -> Content:
    """Whether it was right, the words in full, and where they stand. `typed` is the name that was typed, if any."""
    question = given.question
    answer = sanitise(question.answer).rstrip(".")
    known = BY_KIND.get(question.kind)
    right = (known.outcome if known else "It is {}.").format(answer)
    if given.right:
        verdict = Content.styled(f"Right. {right}" if typed else "Right.", "bold $success")
    elif given.is_unknown:
        verdict = Content.styled(right, "bold")
    else:
        named = f"you typed {sanitise_line(typed)}. " if typed else ""
        verdict = Content.styled(f"No: {named}{right}" if named else f"No. {right}", "bold $error")
    parts = [verdict]
    if question.passage:
        words = sanitise(question.passage)
        parts.append(Content.styled(quoted(words), "italic") if question.quotation else Content(words))
    if question.reference:
        parts.append(Content.styled(f"— {sanitise(question.reference)}", "$muted"))
    return Content("\n\n").join(parts)


class QuizFace(VerticalScroll, can_focus=False):
    """One question at a time."""

    DEFAULT_CSS = """
    QuizFace { height: 1fr; }
    QuizFace > Static { height: auto; }
    """

    @dataclass
    class Chosen(Message):
        """An option was clicked; None for "I don't know"."""

        option: int | None

    def __init__(self) -> None:
        super().__init__()
        self._draw: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """Question, options, outcome."""
        yield Static("", id="quiz-question", markup=False)
        yield Options("", id="quiz-options", markup=False)
        yield Static("", id="quiz-outcome", markup=False)

    def on_resize(self) -> None:
        """Break the options for the new width."""
        if self._draw is not None:
            self._draw()

    @property
    def _measure(self) -> int:
        """Cells in a line; before the first layout the narrowest that may come."""
        return self.query_one("#quiz-question").size.width or 54

    def ask(self, question: Question, *, options: bool = True) -> None:
        """Show a question; without `options` the name is to be typed."""
        self.query_one("#quiz-question", Static).update(question_content(question))
        shown = self.query_one("#quiz-options", Static)
        self._draw = lambda: shown.update(options_content(question, width=self._measure) if options else "")
        self._draw()
        shown.display = options
        self.query_one("#quiz-outcome").display = False
        self.scroll_home(animate=False)

    def show_outcome(self, given: Given, *, typed: str = "") -> None:
        """Show what was right, and the passage; the options too, where they were there to choose from."""
        options = self.query_one("#quiz-options", Static)
        self._draw = lambda: options.update(options_content(given.question, given, self._measure))
        self._draw()
        options.display = not typed
        outcome = self.query_one("#quiz-outcome", Static)
        outcome.update(outcome_content(given, typed=typed))
        outcome.display = True
        self.call_after_refresh(self.scroll_end, animate=False)

    def show_text(self, text: Content) -> None:
        """Show a page of text: before a round, or while it is made."""
        self._draw = None
        self.query_one("#quiz-question", Static).update(text)
        self.query_one("#quiz-options").display = False
        self.query_one("#quiz-outcome").display = False


class Options(Static):
    """The list of options; knows which was clicked."""

    def action_choose(self, number: int) -> None:
        """Post which option was clicked; -1 for none."""
        self.post_message(QuizFace.Chosen(number if number >= 0 else None))
