"""The end of a chapter offers three questions, asks them over the page, and leaves the page where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import GUIDE_EDITION
from serge_tui.app import SergeApp
from serge_tui.dialogs.chapter_questions import ChapterQuestions
from serge_tui.modes.reader.widgets.page import PageView
from serge_tui.services.chapter_questions import ASKED_BEFORE, questions_on
from serge_tui.services.reading_settings import AT_CHAPTERS_END, BEFORE_CHAPTER
from tests.serge_tui.helpers import until
from tests.serge_tui.modes.reader.reading import page_lines, reader, start, top_line

if TYPE_CHECKING:
    from db.library import Library


async def test_three_questions_at_the_end_are_answered_over_the_page(library: Library) -> None:
    chapter = library.texts.canonical(GUIDE_EDITION, 4)
    assert chapter is not None
    library.reading.add(GUIDE_EDITION, chapter.ordinal, [(0, 1_000_000)]).result()
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.current_mode == "reader")
        screen = reader(pilot)
        await pilot.press("Q")
        assert not isinstance(app.screen, ChapterQuestions)
        await pilot.press("G")
        offer = "Q Three questions on what you have just read"
        await until(pilot, lambda: offer in page_lines(screen))
        line, row = top_line(screen), page_lines(screen).index(offer)
        assert page_lines(screen)[-1].startswith("]]")
        await pilot.click(PageView, offset=(20, row))
        await until(pilot, lambda: isinstance(app.screen, ChapterQuestions))
        await pilot.press("3")  # before the answer is shown no grade is given
        assert library.study.last_answer() is None
        await pilot.press("space", "1")
        await until(pilot, lambda: library.study.last_answer() is not None)
        await pilot.press("escape")
        await until(pilot, lambda: "Q Two questions on what you have just read" in page_lines(screen))
        assert top_line(screen) == line
        await pilot.press("Q")
        await until(pilot, lambda: isinstance(app.screen, ChapterQuestions))
        await pilot.press("space", "space", "u", "space", "2", "space", "4")
        await until(pilot, lambda: app.screen is screen)
        await until(pilot, lambda: not any("just read" in text for text in page_lines(screen)))
        assert top_line(screen) == line
        assert sorted(state.answers for state in library.study.states().values()) == [1, 1, 1]


async def test_the_setting_turns_the_questions_off(library: Library) -> None:
    chapter = library.texts.canonical(GUIDE_EDITION, 4)
    assert chapter is not None
    library.reading.add(GUIDE_EDITION, chapter.ordinal, [(0, 1_000_000)]).result()
    library.settings.set(AT_CHAPTERS_END, False).result()
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.current_mode == "reader")
        await pilot.press("G")
        await app.workers.wait_for_complete()
        await pilot.press("Q")
        assert page_lines(reader(pilot))[-1].startswith("]]")
        assert not any("just read" in text for text in page_lines(reader(pilot)))
        assert app.screen is reader(pilot)


async def test_questions_before_a_chapter_are_practice_and_come_again_at_its_end(library: Library) -> None:
    library.settings.set(BEFORE_CHAPTER, True).result()
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.current_mode == "reader")
        screen = reader(pilot)
        await pilot.press("right_square_bracket", "right_square_bracket")
        await until(pilot, lambda: isinstance(app.screen, ChapterQuestions))
        await pilot.press("space", "1", "space", "3", "space", "space")
        await until(pilot, lambda: app.screen is screen)
        opened = screen.text.opened
        assert opened is not None
        assert library.study.last_answer() is None
        assert not library.study.states()
        before = library.settings.get(ASKED_BEFORE, list[str]())
        assert len(before) == 3
        assert questions_on(library, opened.chapter, (0, 1_000_000)) == before
        assert questions_on(library, opened.chapter, (0, 0)) == []
