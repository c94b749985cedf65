"""A quiz on paper, with an answer key on a page of its own: for a reading group."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.core.study.quiz.question import Question

OPTIONS: Final = 4
"""Options of a question on paper, where there are as many: nobody's learning shapes a sheet for a group."""
_LETTERS: Final = "abcde"
_TITLE: Final = "Who is who in the Memoirs of a Revolutionary"
_STYLE: Final = """
body { font: 11.5pt/1.4 Georgia, serif; max-width: 42em; margin: 2em auto; padding: 0 1em; }
li.q { margin: 0 0 1.1em; break-inside: avoid; } .c { color: #555; font-style: italic; }
blockquote { margin: .3em 1.2em; } ol.o { list-style: lower-alpha; margin: .3em 0; } .k { break-before: page; }
.key li { margin-bottom: .5em; } .key .p { color: #333; font-size: .92em; }
"""


def markdown_sheet(questions: Sequence[Question], seed: int, about: str = "") -> str:
    """The sheet in Markdown. `seed` is its number, `about` the deck it was drawn from, if not everything."""
    lines = [f"# {_TITLE.replace('Memoirs of a Revolutionary', '*Memoirs of a Revolutionary*')}", ""]
    lines += [
        f"{_plain(_head(questions, seed, about))}",
        "",
        "Name: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_",
        "",
    ]
    key = ["---", "", f"# Answers to sheet {seed}", ""]
    for number, question in enumerate(questions, start=1):
        context = f" ({_plain(question.context)})" if question.context else ""
        lines += [f"**{number}. {_plain(question.question)}**{context}", ""]
        if question.stimulus:
            lines += [f"> {_plain(question.stimulus)}", ""]
        lines += [f"- {_LETTERS[place]}) {_plain(option)}" for place, option in enumerate(question.options)]
        lines.append("")
        reference = f" ({_plain(question.reference)})" if question.reference else ""
        words = "\n".join(f"    - {_plain(line)}" for line in _words(question))
        key.append(f"{number}. **{_letter(question)})** {_plain(question.answer)}{reference}\n{words}")
    return "\n".join([*lines, *key, ""])


def html_sheet(questions: Sequence[Question], seed: int, about: str = "") -> str:
    """The sheet as one HTML file without scripts, to be printed from a browser: the key begins a page."""
    asked = []
    answers = []
    for question in questions:
        context = f' <span class="c">({escape(question.context)})</span>' if question.context else ""
        stimulus = f"<blockquote>{escape(question.stimulus)}</blockquote>" if question.stimulus else ""
        options = "".join(f"<li>{escape(option)}</li>" for option in question.options)
        asked.append(
            f'<li class="q"><b>{escape(question.question)}</b>{context}{stimulus}<ol class="o">{options}</ol></li>'
        )
        reference = f' <span class="c">({escape(question.reference)})</span>' if question.reference else ""
        words = "<br>".join(escape(line) for line in _words(question))
        answers.append(
            f'<li><b>{_letter(question)})</b> {escape(question.answer)}{reference}<div class="p">{words}</div></li>'
        )
    return "\n".join(
        [
            f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{_TITLE}: sheet {seed}</title>',
            f"<style>{_STYLE}</style></head><body>",
            f"<h1>{_TITLE}</h1>\n<p>{escape(_head(questions, seed, about))}</p>\n<p>Name: ________________</p>",
            f"<ol>\n{chr(10).join(asked)}\n</ol>",
            f'<h1 class="k">Answers to sheet {seed}</h1>\n<ol class="key">\n{chr(10).join(answers)}\n</ol>',
            "</body></html>\n",
        ]
    )


def _head(questions: Sequence[Question], seed: int, about: str) -> str:
    """What the sheet is, in a sentence or two."""
    count = f"{len(questions)} questions" if len(questions) != 1 else "1 question"
    drawn = f" from {about}" if about else ""
    return f"Sheet {seed}: {count}{drawn}. In each list one answer is right."


def _letter(question: Question) -> str:
    return _LETTERS[question.right]


def _words(question: Question) -> list[str]:
    """What the key shows: the words in full, or the dates one a line."""
    if question.quotation:
        inner = question.passage.replace("“", "‘").replace("”", "’")
        return [f"“{inner}”"]
    return question.passage.split("\n")


def _plain(text: str) -> str:
    """Text that Markdown leaves alone."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>#" else char for char in text)
