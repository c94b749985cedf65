"""Cards, quiz, years and progress draw hostile text as plain visible letters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.dates import HistoricalDate
from db.models import Event
from db.text import sanitise
from serge_tui.core.study.card import Card
from serge_tui.core.study.quiz.question import Question
from serge_tui.core.study.quiz.rounds import Round
from serge_tui.modes.progress.page_content import progress_page
from serge_tui.modes.progress.report import gather
from serge_tui.modes.quiz.widgets.quiz_face import options_content, outcome_content
from serge_tui.modes.quiz.widgets.quiz_face import question_content as quiz_question
from serge_tui.modes.quiz.widgets.round_end import round_page
from serge_tui.modes.years.chronology import EventRow
from serge_tui.modes.years.page_content import year_page
from serge_tui.modes.years.people import Lifespan, Living
from serge_tui.modes.years.widgets.year_list import YearList
from serge_tui.services.card_collection import card_collection
from serge_tui.services.confusions import finder_of
from serge_tui.services.hidden_ends import ALL_SHOWN
from serge_tui.widgets.card_face import answer_content, question_content

if TYPE_CHECKING:
    from textual.content import Content

    from db.library import Library

BAD = "\x1b]0;taken\x07\x1b[31m\x9b5m\x90q\x7f\x08\u202edrawkcab\u2066 [bold]b[/bold] [@click=app.quit()]go[/]"
CARD = Card(
    f"own/{BAD}", "own", BAD, BAD, BAD, context=BAD, choices=(BAD, BAD), hints=(BAD,), note=f"{BAD}!", reference=BAD,
    quotation="q",
)  # fmt: skip
QUESTION = Question("who", BAD, BAD, BAD, (BAD, "other"), ("a", "b"), 0, passage=BAD, reference=BAD, quotation="q")


def is_harmless(content: Content) -> bool:
    """Nothing in it steers the terminal, and markup is letters."""
    return sanitise(content.plain) == content.plain and "[bold]" in content.plain


def test_cards() -> None:
    assert is_harmless(question_content(CARD, CARD.stimulus, CARD.hints))
    assert is_harmless(answer_content(CARD, years=BAD, verdict=BAD, advice=BAD))


def test_quiz() -> None:
    played = Round([QUESTION])
    assert is_harmless(quiz_question(QUESTION))
    assert is_harmless(options_content(QUESTION))
    given = played.answer(1)
    assert is_harmless(options_content(QUESTION, given))
    assert is_harmless(outcome_content(given))
    page = [paragraph.text for paragraph in round_page(played, {})]
    assert any("[bold]" in text.plain for text in page)
    assert all(sanitise(text.plain) == text.plain for text in page)


def test_years() -> None:
    event = Event("e", HistoricalDate.parse("1919"), "life", BAD, BAD, 4, BAD, (("lenin", BAD),))
    row = EventRow(1919, event)
    people = Living((Lifespan("a", BAD, 1880, None, BAD),), (Lifespan("b", BAD, 1880, 1919, BAD),), ())
    page = year_page(row, people, ends=ALL_SHOWN, everybody=True, chapters={4: (BAD, None)})
    shown = [part.plain for paragraph in page for part in (paragraph.text, paragraph.unfolds) if part is not None]
    assert all(sanitise(text) == text for text in shown)
    rows = YearList()
    rows.rows = [row]
    assert is_harmless(rows.draw_row(0, 200))


def test_progress(library: Library) -> None:
    gathered = gather(library, finder_of(library), card_collection(library))
    spoiled = replace(
        gathered,
        reading=replace(
            gathered.reading,
            title=BAD,
            chapters=tuple(replace(chapter, title=BAD, share=0.5) for chapter in gathered.reading.chapters),
        ),
        chapter_titles=dict.fromkeys(gathered.chapter_titles, BAD),
    )
    for beside in (False, True):
        page, other = progress_page(spoiled, 80, beside=beside)
        assert bool(other) == beside
        for paragraph in [*page, *other]:
            assert sanitise(paragraph.text.plain) == paragraph.text.plain
