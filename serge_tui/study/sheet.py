"""A quiz on paper: questions in Markdown with an answer key, for a reading group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.study.quiz import QUESTION_KINDS, Quizmaster

if TYPE_CHECKING:
    from collections.abc import Collection

    from serge_tui.study.quiz import Material, QuestionKind


def print_sheet(material: Material, count: int, seed: int, kinds: Collection[QuestionKind] = QUESTION_KINDS) -> str:
    """A sheet of questions in Markdown, with the answer key on its own page."""
    questions = Quizmaster(material).questions(count, seed, kinds)
    lines = ["# Who is who in the *Memoirs of a Revolutionary*", "", f"Sheet {seed}, {len(questions)} questions.", ""]
    key = ["---", "", f"# Answers to sheet {seed}", ""]
    for number, question in enumerate(questions, start=1):
        lines.append(
            f"**{number}. {_plain(question.question)}**"
            + (f" ({_plain(question.context)})" if question.context else "")
        )
        lines.append("")
        if question.stimulus:
            lines += [f"> {_plain(question.stimulus)}", ""]
        lines += [f"- {'abcde'[place]}) {_plain(option)}" for place, option in enumerate(question.options)]
        lines.append("")
        reference = f" ({question.reference})" if question.reference else ""
        passage = f" “{_plain(question.passage)}”" if question.quotation else f" {_plain(question.passage)}"
        key.append(
            f"{number}. **{'abcde'[question.right]}) {_plain(question.answer)}**{reference}{passage}".replace(
                "\n", "; "
            )
        )
    return "\n".join([*lines, *key, ""])


def _plain(text: str) -> str:
    """Text that Markdown leaves alone."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#" else char for char in text)
