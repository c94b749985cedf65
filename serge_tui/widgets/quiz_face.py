"""A question of the quiz, its options, and what was right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from db.text import sanitise
from serge_tui.widgets.portrait import quoted

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from serge_tui.study.quiz import Question
    from serge_tui.study.rounds import Given


def question_content(question: Question) -> Content:
    """The sentence asked, the words it is about, what places them."""
    parts = [Content.styled(sanitise(question.question), "bold")]
    if question.stimulus:
        words = sanitise(question.stimulus)
        parts.append(Content.styled(quoted(words), "italic") if question.quotation else Content(words))
    if question.context:
        parts.append(Content.styled(sanitise(question.context), "$muted"))
    return Content("\n\n").join(parts)


def options_content(question: Question, given: Given | None = None) -> Content:
    """Options by number, each a click; once answered, ✓ on the right one and ✗ on a wrong choice."""
    lines = []
    for number, option in enumerate(question.options):
        mark, style = " ", ""
        if given is not None and number == question.right:
            mark, style = "✓", "bold $success"
        elif given is not None and number == given.chosen:
            mark, style = "✗", "$error"
        line = Content.styled(f"{mark} {number + 1}  ", "bold $primary") + Content.styled(sanitise(option), style)
        lines.append(line if given is not None else _clickable(line, number))
    if given is None:
        lines.append(_clickable(Content.styled("  0  I don’t know", "$muted"), -1))
    return Content("\n").join(lines)


def _clickable(line: Content, number: int) -> Content:
    return line.stylize(Style.from_meta({"@click": f"choose({number})"}))


def outcome_content(given: Given, *, typed: str = "") -> Content:
    """Whether it was right, the words in full, and where they stand."""
    question = given.question
    if given.right:
        verdict = Content.styled("Right.", "bold $success")
    elif given.chosen is None and not typed:
        verdict = Content.styled(f"It is {sanitise(question.answer)}", "bold")
    else:
        verdict = Content.styled(f"No. It is {sanitise(question.answer)}", "bold $error")
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

    def compose(self) -> ComposeResult:
        """Question, options, outcome."""
        yield Static("", id="quiz-question", markup=False)
        yield Options("", id="quiz-options", markup=False)
        yield Static("", id="quiz-outcome", markup=False)

    def ask(self, question: Question, *, options: bool = True) -> None:
        """Show a question; without `options` the name is to be typed."""
        self.query_one("#quiz-question", Static).update(question_content(question))
        shown = self.query_one("#quiz-options", Static)
        shown.update(options_content(question) if options else "")
        shown.display = options
        self.query_one("#quiz-outcome").display = False
        self.scroll_home(animate=False)

    def tell(self, given: Given, *, typed: str = "") -> None:
        """Show what was right, and the passage."""
        options = self.query_one("#quiz-options", Static)
        options.update(options_content(given.question, given))
        options.display = True
        outcome = self.query_one("#quiz-outcome", Static)
        outcome.update(outcome_content(given, typed=typed))
        outcome.display = True
        self.call_after_refresh(self.scroll_end, animate=False)

    def show_text(self, text: Content) -> None:
        """Show a page of text: before a round, or while it is made."""
        self.query_one("#quiz-question", Static).update(text)
        self.query_one("#quiz-options").display = False
        self.query_one("#quiz-outcome").display = False


class Options(Static):
    """The list of options; knows which was clicked."""

    def action_choose(self, number: int) -> None:
        """Tell which option was clicked; -1 for none."""
        self.post_message(QuizFace.Chosen(number if number >= 0 else None))
