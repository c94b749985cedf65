from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Markdown, OptionList

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.models import CardState, Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.commands.registry import commands_by_id
from serge_tui.dialogs.pack_page import PackPage
from serge_tui.modes.cards.screen import CardsScreen
from serge_tui.modes.today.labelled import Labelled
from serge_tui.modes.today.view import ENDS_KEPT_HIDDEN, ENDS_SHOWN, TodayView
from serge_tui.modes.today.view import today_view as view_of_day
from serge_tui.navigation import ReadAt, ShowDeck, ShowFigure
from serge_tui.services.hidden_ends import hidden_ends
from serge_tui.widgets.key_hints import KeyHints
from tests.db.helpers import book
from tests.serge_tui.helpers import click_on, settle, until

if TYPE_CHECKING:
    from db.library import Library

DAY = "2026-05-12"


def today_view(library: Library, day: str) -> TodayView:
    return view_of_day(library, day, date.fromisoformat(day).toordinal(), set(commands_by_id()) | {"app.import"})


def titles(library: Library) -> list[str]:
    return [entry.title for entry in today_view(library, DAY).entries]


def test_a_new_reader_is_offered_the_guide_and_cards(library: Library) -> None:
    assert titles(library)[:6] == [
        "Read the guide", "Add your copy", "I read it on paper", "Learn the great portraits", "Find somebody",
        "Where to get the text",
    ]  # fmt: skip
    view = today_view(library, DAY)
    assert "the book itself is yours to add" in view.introduction
    assert view.ends == ENDS_SHOWN
    chapters = [entry for entry in view.entries if entry.needs_room]
    assert len(chapters) == 10, "in a wide window each chapter of the guide is a line"
    assert [heading for heading, _ in view.plots] == ["What there is", "Keys that work everywhere"]
    without = view_of_day(library, DAY, 1, ()).entries
    assert "Add your copy" not in [entry.title for entry in without], "no entry leads nowhere"


def test_what_was_read_is_gone_on_with(library: Library) -> None:
    library.texts.save_position(Place("guide", 30, 4), "the words there").result()
    first = today_view(library, DAY).entries[0]
    assert (first.title, first.target) == ("Continue reading", ReadAt(Place("guide", 30, 4)))


def test_a_book_brought_in_and_not_opened_yet_is_offered(library: Library) -> None:
    text = book(["It snowed."], title="A small book")
    library.writer.run(lambda c: replace_edition(c, "small", text, "d", EditionFindings()))
    assert ("Begin your book", "A small book") in [(e.title, e.detail) for e in today_view(library, DAY).entries]
    library.texts.save_position(Place("small", 0, 0), "It snowed.").result()
    assert "Begin your book" not in titles(library)


def test_cards_that_are_due_and_the_last_note_are_told(library: Library) -> None:
    library.study.set_state(CardState("who/x", 2.0, 5.0, "2026-05-01", "2026-04-01", 1)).result()
    library.annotations.save(new_annotation("note", body="[bold]snow")).result()
    entries = {entry.title: entry for entry in today_view(library, DAY).entries}
    assert entries["Answer what is due"].detail == "1 card, about 1 minute"
    assert entries["Answer what is due"].target == ShowDeck()
    assert entries["Your last note"].detail == "[bold]snow"


def test_the_portrait_changes_with_the_day_and_always_has_somebody(library: Library) -> None:
    shown = {today_view(library, f"2026-05-{day:02}").figure for day in range(1, 29)}
    assert len(shown) > 5
    assert None not in shown


def test_the_portrait_is_never_of_the_same_person_two_days_running(library: Library) -> None:
    first = date(2026, 1, 1)
    people = [today_view(library, (first + timedelta(days=day)).isoformat()).figure for day in range(400)]
    assert all(one != other for one, other in itertools.pairwise(people))


@pytest.mark.usefixtures("ends_hidden")
def test_the_portrait_tells_no_end_that_is_hidden(library: Library) -> None:
    untold = hidden_ends(library).quotations
    assert untold
    for number in range(400):
        chosen = library.today.glance(DAY, number, untold).portrait
        assert chosen is not None
        assert chosen.key not in untold


def test_a_line_offers_the_new_default_once(library: Library) -> None:
    library.texts.save_position(Place("guide", 30, 4), "the words there").result()
    library.settings.replace({"fates_sealed": True, "ends_offer": True}).result()
    assert today_view(library, DAY).ends == ENDS_KEPT_HIDDEN
    library.settings.replace({"ends_offer": None}).result()
    assert today_view(library, DAY).ends == ""


async def test_j_and_k_move_in_the_list(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        rows = app.screen.query_one(OptionList)
        await pilot.press("j", "j", "k")
        assert rows.highlighted == 1


async def test_the_page_in_print_is_asked_for_and_turned_by_one_key(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("o")
        await pilot.pause()
        await pilot.press(*"218", "enter")
        await until(pilot, lambda: library.settings.get("paper_page", 0) == 218)
        await pilot.pause()
        assert "Page 218 in print" in titles(library)[0]
        await pilot.press("n")
        await until(pilot, lambda: library.settings.get("paper_page", 0) == 219)
        await pilot.press("N", "N")
        await until(pilot, lambda: library.settings.get("paper_page", 0) == 217)
        await pilot.press("o")
        await pilot.pause()
        await pilot.press("ctrl+u", *"9999", "enter")
        await pilot.pause()
        assert library.settings.get("paper_page", 0) == 217, "there is no such page"
        await pilot.press("o")
        await pilot.pause()
        await pilot.press("ctrl+u", "0", "enter")
        await until(pilot, lambda: library.settings.get("paper_page", 1) == 0)


async def test_where_to_get_the_text_is_a_page_away_and_escape_comes_back(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, PackPage))
        await settle(pilot)
        assert "Getting the book" in app.screen.query_one(Markdown).source
        await pilot.press("j", "space", "escape")
        await until(pilot, lambda: app.screen is app.mode_screen)


async def test_ends_are_hidden_and_shown_by_one_key_anywhere(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = app.screen.query_one("#today-ends", KeyHints)
        assert ENDS_SHOWN in str(shown.render())
        await click_on(pilot, ">")
        await until(pilot, lambda: library.settings.get("fates_sealed", False))
        await pilot.pause()
        assert not shown.display
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: not library.settings.get("fates_sealed", True))


async def test_enter_goes_on_and_escape_comes_back(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.screen.query_one(OptionList).has_focus
        await pilot.press("enter")
        await pilot.pause()
        assert app.current_mode == "reader"
        await pilot.press("escape")
        await pilot.pause()
        assert app.current_mode == "today"


async def test_portraits_are_there_to_learn_before_anything_of_the_book_was_read(library: Library) -> None:
    text = book(["It snowed."], title="A small book")
    library.writer.run(lambda c: replace_edition(c, "small", text, "d", EditionFindings()))
    library.texts.save_position(Place("small", 0, 0), "It snowed.").result()
    app = SergeApp(library)
    async with app.run_test() as pilot:
        await pilot.pause()
        options = app.screen.query_one(OptionList)
        options.highlighted = titles(library).index("Learn some portraits")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardsScreen) and app.screen.review.session is not None)
        await settle(pilot)
        assert isinstance(app.screen, CardsScreen)
        assert app.screen.review.session is not None
        assert app.screen.review.session.reviewer.remaining.total > 0


def test_the_portrait_stays_for_the_day_and_is_of_another_person_on_the_next(library: Library) -> None:
    number = date.fromisoformat(DAY).toordinal()
    first = view_of_day(library, DAY, number)
    assert first.shown == (DAY, first.figure, "")
    library.settings.set("today.portrait", list(first.shown)).result()
    again = view_of_day(library, DAY, number)
    assert (again.figure, again.shown) == (first.figure, ())
    # Whatever the number leads to (people were added, an end was told): not the person of the day before.
    following = view_of_day(library, "2026-05-13", number)
    assert following.figure != first.figure
    assert following.shown == ("2026-05-13", following.figure, first.figure)


def used(library: Library) -> None:
    """Read into chapter 4 of the guide, with some answers, a due card and a highlight."""
    chapter = library.texts.canonical("guide", 4)
    assert chapter is not None
    library.reading.replace("guide", [(ordinal, None) for ordinal in range(chapter.ordinal)]).result()
    library.texts.save_position(Place("guide", chapter.first_passage + 3, 0), "the words").result()
    for number, key in enumerate(("who/a", "who/b", "who/c")):
        state = CardState(key, 4.0, 5.0, f"2026-05-{12 + 2 * number}", "2026-05-10", 1)
        library.study.record(key, 3, f"2026-05-{10 + number}", state).result()
    passage = next(known for known in library.passages.between("guide", 0, 20) if len(known.text) > 320)
    at = passage.ordinal
    anchor = make_anchor("guide", [passage.text], at, at, 0, at, 320)
    library.annotations.save(new_annotation("highlight", anchor=anchor, colour="amber")).result()


def test_a_used_program_tells_what_was_done_and_what_comes(library: Library) -> None:
    used(library)
    view = today_view(library, DAY)
    people = [entry for entry in view.entries if isinstance(entry.target, ShowFigure)]
    assert len(people) > 5
    assert len({entry.target for entry in people}) == len(people), "everybody once, the last met first"
    assert [entry.title for entry in people] == ["Whom you met last"] + [""] * (len(people) - 1)
    entries = {entry.title: entry.detail for entry in view.entries}
    assert "% read" in entries["Continue reading"]
    assert entries["Answer what is due"] == "1 card, about 1 minute"
    assert entries["The week's study"] == "3 answers on 3 days of the last seven"
    note = entries["Your last note"]
    assert " … · " in note, "cut at the end of a word, with its chapter"
    plots = {heading: plot.plain.splitlines() for heading, plot in view.plots}
    assert list(plots) == ["How far you have read", "The week's study", "Cards to come"]
    assert [line.split()[-1] for line in plots["How far you have read"][:3]] == ["100%"] * 3
    assert [line.split()[-1] for line in plots["The week's study"][-3:]] == ["1", "1", "1"]
    assert plots["Cards to come"][1].startswith("Thu 14 May")


@pytest.mark.parametrize(("size", "people"), [((80, 24), 1), ((120, 40), 5), ((200, 60), 12)])
async def test_a_wide_window_is_used_and_words_wrap_under_themselves(
    library: Library, size: tuple[int, int], people: int
) -> None:
    used(library)
    app = SergeApp(library)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        options = app.screen.query_one(OptionList)
        prompts = [options.get_option_at_index(at).prompt for at in range(options.option_count)]
        lines = [prompt.plain for prompt in prompts if isinstance(prompt, Labelled)]
        first = next(at for at, line in enumerate(lines) if line.startswith("Whom you met last"))
        assert sum(line.startswith(" ") for line in lines[first:]) + 1 == people
        assert app.screen.query_one("#today-plots").display == (size[0] >= 120)
        strips = [options.render_line(y).text for y in range(options.size.height)]
        assert all(line[:27].strip() in {"", *titles(library)} for line in strips)


async def test_a_window_made_wider_lists_more(library: Library) -> None:
    used(library)
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        few = app.screen.query_one(OptionList).option_count
        await pilot.resize_terminal(140, 50)
        await settle(pilot)
        assert app.screen.query_one(OptionList).option_count > few
