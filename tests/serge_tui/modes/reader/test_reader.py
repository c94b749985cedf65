"""The reader: places exact to the line, and the way from every name to its card and back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from textual.events import MouseScrollDown
from textual.widgets import OptionList, Static

from db.annotations import new_annotation
from db.book import Block, Book, BookChapter
from db.models import GUIDE_EDITION, Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.commands import Chords
from serge_tui.commands.reader import WHILE_SELECTING
from serge_tui.modes.reader.card_content import card_facts
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.modes.reader.widgets.figure_card import FigureCard, card_content
from serge_tui.navigation import ReadAt, ShowQuotation
from serge_tui.widgets.key_line import KeyLine
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    import sqlite3

    from textual.pilot import Pilot

    from db.library import Library


def start(library: Library) -> ReadAt:
    """A long paragraph of the guide's fourth chapter."""
    chapter = library.texts.canonical(GUIDE_EDITION, 4)
    assert chapter is not None
    passages = library.passages.of_chapter(GUIDE_EDITION, chapter.ordinal)
    paragraphs = [passage for passage in passages if passage.kind == "paragraph" and len(passage.text) > 300]
    return ReadAt(Place(GUIDE_EDITION, paragraphs[3].ordinal, 0))


def reader(pilot: Pilot[None]) -> ReaderScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, ReaderScreen)
    return screen


def page_lines(screen: ReaderScreen) -> list[str]:
    """What stands in the rows of the page, without margins and empty rows at the end."""
    rows = ["".join(segment.text for segment in screen.page.render_line(y)).strip() for y in range(screen.page.rows)]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def top_line(screen: ReaderScreen) -> str:
    """What stands in the first row of the page."""
    return "".join(segment.text for segment in screen.page.render_line(0)).strip()


async def test_a_place_is_shown_at_the_top_and_survives_a_restart(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        assert screen.here() == start(library).place
        await pilot.press("j", "j", "j")
        place, line = screen.here(), top_line(screen)
    again = SergeApp(library)
    async with again.run_test(size=(100, 30)) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        assert reader(pilot).here() == place
        assert top_line(reader(pilot)) == line


@pytest.mark.parametrize("sizes", [[(60, 20), (100, 30)], [(200, 60), (40, 12), (100, 30)], [(100, 12), (100, 30)]])
async def test_resizing_there_and_back_leaves_the_same_line_on_top(
    library: Library, sizes: list[tuple[int, int]]
) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+d", "j")
        screen = reader(pilot)
        line = top_line(screen)
        for size in sizes:
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert top_line(screen) == line
        await pilot.press("c")
        await pilot.pause()
        assert top_line(screen) == line


async def test_card_and_figure_and_twice_escape_lead_back_to_the_line(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("right_square_bracket", "p", "right_square_bracket", "p")
        spot, line = screen.spot(), top_line(screen)
        await pilot.press("x")
        card = screen.query_one(FigureCard)
        assert card.display
        assert card.facts is not None
        await pilot.press("enter")
        await pilot.pause()
        assert app.current_mode == "figures"
        await pilot.press("escape")
        await pilot.pause()
        assert app.current_mode == "reader"
        assert top_line(screen) == line
        await pilot.press("escape")
        assert not card.display
        assert top_line(screen) == line
        assert screen.spot() == spot


async def test_a_quotation_opens_where_its_words_stand(library: Library) -> None:
    app = SergeApp(library, start=ShowQuotation("renewal-of-the-revolution"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        assert screen.lit is not None
        assert "renewal of the revolution" in screen.page.words_of(screen.lit)
        assert screen.page.spot_of(*screen.lit.begin) is not None


async def test_letters_lead_to_the_name_they_stand_on(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        assert screen.opened is not None
        view = screen.page.view()
        assert view is not None
        names = screen.opened.names_in(view)
        await pilot.press("f")
        letter = next(letter for letter, thing in screen._lettered.items() if thing == names[0])
        await pilot.press(letter)
        card = screen.query_one(FigureCard)
        assert card.facts is not None
        assert card.facts.key == names[0].figure


async def test_a_bracket_alone_turns_the_chapter_after_a_pause(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("right_square_bracket")
        await pilot.pause(0.8)
        assert screen.opened is not None
        assert screen.opened.chapter.canonical == 5
        await pilot.press("left_square_bracket", "left_square_bracket")
        await pilot.pause()
        assert screen.opened.chapter.canonical == 4


async def test_words_are_chosen_by_keyboard_highlighted_and_taken_back(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("v", "w", "v", "v")
        stretch = screen.selected()
        assert stretch is not None
        words = screen.page.words_of(stretch)
        assert words[-1] in ".!?"
        await pilot.press("H", "g")
        await pilot.pause()
        assert screen.selecting is None
        (mark,) = library.annotations.all()
        assert mark.anchor is not None
        assert (mark.kind, mark.colour, mark.anchor.exact) == ("highlight", "green", words)
        assert "▌" in "".join(segment.text for segment in screen.page.render_line(0))
        await pilot.press("u")
        await pilot.pause()
        assert library.annotations.all() == []
        assert [binned.key for binned in library.annotations.bin()] == [mark.key]
        await pilot.press("u")
        assert library.annotations.all() == []


async def test_a_note_on_a_selection_is_written_peeked_at_changed_and_deleted(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        line = top_line(screen)
        await pilot.press("v", "v", "a")
        await pilot.pause()
        await pilot.press(*"really", "ctrl+s")
        await pilot.pause()
        (note,) = library.annotations.all()
        assert (note.kind, note.body) == ("note", "really")
        await pilot.press("K")
        assert screen.peeked == note
        await pilot.press("H", "r")
        await pilot.pause()
        assert library.annotations.all()[0].colour == "red"
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("exclamation_mark", "ctrl+s")
        await pilot.pause()
        assert library.annotations.all()[0].body == "really!"
        await pilot.press("d")
        await pilot.pause()
        assert library.annotations.all() == []
        await pilot.press("u")
        await pilot.pause()
        assert library.annotations.all()[0].body == "really!"
        assert top_line(screen).lstrip("✎ ") == line


async def test_the_mouse_selects_words_and_copying_says_where_they_come_from(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        assert screen.opened is not None
        at = start(library).place.passage
        begin = screen.page.spot_of(at, 4)
        end = screen.page.spot_of(at, 16)
        assert begin is not None
        assert end is not None
        await pilot.mouse_down(screen.page, offset=begin)
        await pilot.hover(screen.page, offset=end)
        await pilot.mouse_up(screen.page, offset=end)
        await pilot.pause()
        selected = screen.selected()
        assert selected is not None
        assert (selected.begin, selected.stop) == ((at, 4), (at, 17))
        words = screen.opened.passages[at - screen.opened.first].text[4:17]
        await pilot.press("y")
        assert app.clipboard.startswith(f"“{words}”\n— ")
        assert "chapter 4" in app.clipboard


async def test_marks_and_bookmarks_are_found_again(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        line = top_line(screen)
        await pilot.press("m", "a")
        await pilot.pause()
        await pilot.press("G")
        await pilot.pause()
        assert top_line(screen) != line
        await pilot.press("apostrophe", "a")
        await pilot.pause()
        assert top_line(screen).removeprefix("a").strip() == line
        await pilot.press("b")
        await pilot.pause()
        await pilot.press("b")
        await pilot.pause()
        assert [mark.target for mark in library.annotations.all()] == ["mark:a"]


async def test_the_contents_lead_to_a_chapter_and_back(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        spot = screen.spot()
        await pilot.press("t")
        await pilot.pause()
        assert [row.title for row in screen.contents.rows if row.here] == ["4 · Danger from Within"]
        await pilot.press("home", "enter")
        await pilot.pause()
        assert screen.here() == Place(GUIDE_EDITION, 0, 0)
        await pilot.press("escape")
        await pilot.pause()
        assert screen.spot() == spot


@pytest.mark.parametrize(
    ("typed", "chapter"), [("ch7", 7), ("7", 7), ("0%", 1), ("100%", 10), ("p. 9999", 4), ("nowhere", 4)]
)
async def test_go_to(library: Library, typed: str, chapter: int) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("colon", *(character if character != " " else "space" for character in typed), "enter")
        await pilot.pause()
        opened = reader(pilot).opened
        assert opened is not None
        assert opened.chapter.canonical == chapter


async def test_words_are_searched_walked_and_forgotten_on_going_back(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        here = screen.here()
        await pilot.press("s", *"kronstat")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert screen.lit is not None
        places = {screen.lit}
        for _ in range(3):
            assert "kronstadt" in screen.page.words_of(screen.lit).lower()
            await pilot.press("n")
            await pilot.pause()
            assert screen.lit is not None
            places.add(screen.lit)
        assert len(places) == 4
        while app.trail.can_go_back:
            await pilot.press("escape")
            await pilot.pause()
        assert screen.here() == here


async def test_a_search_moves_the_end_of_a_selection(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("v", "s", *"totalitarianism")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter", "e")
        await pilot.pause()
        stretch = screen.selected()
        assert stretch is not None
        assert stretch.begin == (start(library).place.passage, 0)
        assert screen.page.words_of(stretch).endswith("totalitarianism")


async def test_a_wrong_name_is_turned_to_somebody_else_and_back(library: Library) -> None:
    book = Book("A book", [BookChapter("One", [Block("In the hall stood Kropotkin and spoke of bread.")])])
    linked = EditionFindings([(0, 18, 27, "kropotkin", 1.0)], [])
    library.writer.run(lambda connection: replace_edition(connection, "book", book, "", linked))
    app = SergeApp(library, start=ReadAt(Place("book", 0, 0)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("w", "enter", *"Goldman", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert screen.opened is not None
        assert [name.figure for name in screen.opened.names] == ["goldman"]
        await pilot.press("u")
        await pilot.pause()
        assert [name.figure for name in screen.opened.names] == ["kropotkin"]
        await pilot.press("w", "j", "enter")
        await pilot.pause()
        assert screen.opened.names == ()


async def test_people_are_walked_where_they_are_together(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("T", *"trotzky, sinowjew", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        seen = set()
        for _ in range(3):
            assert screen.lit is not None
            words = screen.page.words_of(screen.lit)
            assert "Trotsky" in words
            assert "Zinoviev" in words
            seen.add(screen.lit)
            await pilot.press("right_square_bracket", "t")
            await pilot.pause()
        assert len(seen) == 3


async def test_beside_a_text_the_one_that_has_the_chapter_is_offered_first(library: Library) -> None:
    chapter = library.texts.canonical(GUIDE_EDITION, 4)
    assert chapter is not None
    blocks = [Block("It snowed."), Block("It thawed.")]

    def write(connection: sqlite3.Connection) -> None:
        for key, title, canonical in (("book", "Another", 4), ("novel", "A novel", None)):
            book = Book(title, [BookChapter("Danger", blocks, canonical=canonical)], language="en")
            replace_edition(connection, key, book, "", EditionFindings([], []))

    library.writer.run(write)
    app = SergeApp(library, start=ReadAt(Place(GUIDE_EDITION, chapter.first_passage, 0)))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("E", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert screen.second.display


async def test_two_editions_go_in_step(library: Library) -> None:
    chapter = library.texts.canonical(GUIDE_EDITION, 4)
    assert chapter is not None
    passages = library.passages.of_chapter(GUIDE_EDITION, chapter.ordinal)
    blocks = [Block(passage.text, passage.kind) for passage in passages]
    blocks[2:2] = [Block("A foreword that the guide does not have."), Block("It goes on for two paragraphs.")]
    book = Book("Another", [BookChapter("Danger", blocks, canonical=4)], language="en")
    library.writer.run(lambda connection: replace_edition(connection, "book", book, "", EditionFindings([], [])))
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("E", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("j", "j")
        await pilot.pause()
        here, there = screen.page.view(), screen.second.view()
        assert here is not None
        assert there is not None
        at = chapter.first_passage
        assert there.passage == here.passage - at + 2
        await pilot.press("z", "e")
        await pilot.pause()
        assert screen.opened is not None
        assert screen.opened.edition.key == "book"
        assert screen.here().passage == here.passage - at + 2


async def test_every_key_of_the_reader_can_be_pressed(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        commands = [*screen.COMMAND_SET, *WHILE_SELECTING]
        for command in commands:
            for keys in command.alternatives()[:1]:
                if command.id.startswith("select."):
                    await pilot.press("v")
                await pilot.press(*(key if key != Chords.ANY else "q" for key in keys.split(" ")))
                while len(app.screen_stack) > 1:
                    app.pop_screen()
                    await pilot.pause()
                if app.current_mode != "reader":
                    app.go_to(start(library), remember=False)
                    await pilot.pause()
                screen.close_card()
                screen.close_peek()
                screen.action_stop_selecting()
                screen.set_focus(None)
                screen.chords.reset()
        assert screen.opened is not None


async def test_names_are_underlined_every_time_once_a_page_or_never(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        page = reader(pilot).page

        def underlined() -> int:
            strips = [page.render_line(y) for y in range(page.size.height)]
            return sum(bool(segment.style and segment.style.underline) for strip in strips for segment in strip)

        counts = [underlined()]
        for _ in range(3):
            await pilot.press("z", "n")
            await pilot.pause()
            counts.append(underlined())
        every, first, never, again = counts
        assert never == 0
        assert 0 < first <= every
        assert again == every


@pytest.mark.parametrize("size", [(80, 24), (160, 20)])
async def test_whole_pages_leave_nothing_out_and_go_on_into_the_next_chapter(
    library: Library, size: tuple[int, int]
) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("z", "m", "g", "g")
        await pilot.pause()
        assert screen.opened is not None
        opened, seen = screen.opened, set[tuple[int, int]]()
        while screen.opened is opened:
            for first, last in screen.page.spans():
                seen.update((first, line) for line in range(first, last))
            shown = page_lines(screen)
            await pilot.press("space")
            await pilot.pause()
            if size[0] < 150 and screen.opened is opened:
                assert page_lines(screen)[0] in shown[-3:]
        lines = {line for _, line in seen}
        assert lines == set(range(max(lines) + 1))
        assert screen.opened.chapter.canonical == 5


async def test_a_hostile_text_reaches_the_screen_as_harmless_characters(library: Library) -> None:
    evil = "\x1b[31mred\x1b]52;c;aGk=\x07 [@click=app.quit()]press[/] \u202eback\x9b2J"
    book = Book(evil, [BookChapter("One", [Block(f"{evil} word " * 5)]), BookChapter(evil, [Block(evil)])])
    library.writer.run(lambda connection: replace_edition(connection, "evil", book, "", EditionFindings([], [])))
    app = SergeApp(library, start=ReadAt(Place("evil", 0, 0)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        screen.page.put_labels({0: [(0, "\x1b[2J")]})
        for keys in ([], ["t"], ["e"], ["v", "l", "l", "a"], ["s"], ["K"]):
            await pilot.press(*keys)
            await pilot.pause()
            shown = app.export_screenshot()
            assert not set(shown) & set("\x1b\x9b\x07\u202e")
            strips = [screen.page.render_line(y) for y in range(screen.page.size.height)]
            assert not set("".join(strip.text for strip in strips)) & set("\x1b\x9b\x07\u202e")
            while len(app.screen_stack) > 1:
                app.pop_screen()
                await pilot.pause()
        assert "[@click=app.quit()]" in "".join(strip.text for strip in strips)


def key_line(screen: ReaderScreen) -> str:
    """The bottom line as it is drawn."""
    return screen.query_one(KeyLine).render().plain


async def test_a_chord_begun_is_shown_with_what_may_follow_also_while_selecting(library: Library) -> None:
    library.settings.set("colour_names", ["amber=doubt", "red=quote [x]"]).result()
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        for begun in ([], ["v"]):
            await pilot.press(*begun, "H")
            assert key_line(screen).split() == "H… a doubt r quote [x] g green b blue v violet".split()
            await pilot.press("escape")
            assert "H…" not in key_line(screen)
        await pilot.press("v", "v", "enter")
        await pilot.pause()
        rows = [str(option.prompt) for option in app.screen.query_one(OptionList).options]
        assert rows[0].startswith("Highlight in amber · doubt")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("K")
        assert str(screen.peek.query_one(Static).content).startswith("doubt (amber) · ")
        await pilot.press("H", "b")
        await pilot.pause()
        assert str(screen.peek.query_one(Static).content).startswith("blue · ")


async def test_a_quotation_a_chapter_and_a_person_tell_which_notes_link_to_them(library: Library) -> None:
    place = next(p for p in library.quotations.places(GUIDE_EDITION) if p.passage > start(library).place.passage)
    chapter = library.texts.chapter_of(GUIDE_EDITION, place.passage)
    assert chapter is not None
    body = f"see [[quote:{place.quotation}]] in [[ch{chapter.canonical}]] and [[zinoviev]]"
    note = library.annotations.save(new_annotation("note", target="figure:lenin", body=body)).result()
    app = SergeApp(library, start=ReadAt(Place(GUIDE_EDITION, place.passage, 0)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        where = screen.page.spot_of(place.passage, place.start)
        assert where is not None
        assert "←" in "".join(segment.text for segment in screen.page.render_line(where[1]))
        await pilot.click(screen.page, offset=(screen.page.spot_of(place.passage, 0)[0] - 2, where[1]))  # type: ignore[index]
        await pilot.pause()
        assert screen.peeked == note
        assert "links here" in str(screen.peek.query_one(Static).content)
        await pilot.press("escape", "g", "g")
        await pilot.pause()
        assert "←" in "".join(screen.page.render_line(row).text for row in range(4))
        await pilot.press("K", "o")
        await pilot.pause()
        assert app.current_mode == "notes"
        await pilot.press("escape")
        await pilot.pause()
        assert app.current_mode == "reader"
    mention = library.passages.first_mention("zinoviev", GUIDE_EDITION)
    figure = library.figures.by_key("zinoviev")
    assert mention is not None
    assert figure is not None
    facts = card_facts(library, figure, mention, (mention.passage, mention.end), sealed=True, unfolded=False)
    assert facts.notes == 1
    assert "1 note of yours" in card_content(facts).plain


async def test_the_contents_tell_what_was_read_and_a_key_counts_a_chapter(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    # Not the function itself: the event loop goes by it too.
    monkeypatch.setattr("serge_tui.modes.reader.open_text.time", SimpleNamespace(monotonic=lambda: clock[0]))
    app = SergeApp(library, start=ReadAt(start(library).place))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        assert screen.opened is not None
        fourth = screen.opened.chapter
        await pilot.press("g", "g")
        for _ in range(3):
            clock[0] += 45
            await pilot.press("space")
            await pilot.pause()
        await pilot.press("t")
        await settle(pilot)

        def row_of(ordinal: int) -> str:
            at = next(n for n, row in enumerate(screen.contents.rows) if row.chapter == ordinal)
            return screen.contents.draw_row(at, 60).plain

        share = library.reading.chapters(GUIDE_EDITION)[fourth.ordinal].share
        assert 0.2 < share < 1
        assert f"{round(100 * share)} %" in row_of(fourth.ordinal)
        assert library.reading.chapters(GUIDE_EDITION).keys() == {fourth.ordinal}
        assert "read" not in row_of(fourth.ordinal - 1).split()
        met = library.reading.people_met()
        await pilot.press("r")
        await pilot.pause()
        assert "read" in row_of(fourth.ordinal).split()
        await pilot.press("k", "R")
        await pilot.pause()
        assert all("read" in row_of(n).split() for n in range(fourth.ordinal + 1))
        assert met < library.reading.people_met()
        await pilot.press("j", "r")
        await pilot.pause()
        assert library.reading.chapters(GUIDE_EDITION).keys() == set(range(fourth.ordinal))
        await pilot.press("escape", "u", "u", "u")
        await pilot.pause()
        assert library.reading.chapters(GUIDE_EDITION)[fourth.ordinal].share == share
        assert library.reading.people_met() == met
        # The panel goes by the furthest reading, wherever one is.
        assert screen.host.fates_hidden
        app.go_to(ReadAt(Place(GUIDE_EDITION, 0, 0)))
        await pilot.press("X")
        await pilot.pause()
        listed = {screen.panel.person_at(n) for n in range(screen.panel.row_count)}
        assert met - {"serge"} <= listed


async def test_the_mouse_alone_goes_everywhere(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        view = screen.page.view()
        assert screen.opened is not None
        assert view is not None
        name = screen.opened.names_in(view)[0]
        place = screen.page.spot_of(name.passage, name.start)
        assert place is not None
        await pilot.click(screen.page, offset=place)
        await pilot.pause()
        assert screen.card.has_class("-shown")
        await pilot.click(screen.page, offset=(2, 1))
        await pilot.pause()
        assert not screen.card.has_class("-shown")
        before = screen.here()
        screen.page.post_message(MouseScrollDown(screen.page, 20, 10, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert screen.here() > before
        await pilot.press("X")
        await pilot.pause()
        assert screen.panel.person_at(1) is not None
        await pilot.click(screen.panel, offset=(6, 1))
        await pilot.pause()
        assert screen.card.has_class("-shown")
        await pilot.press("escape", "X", "t")
        await pilot.pause()
        row = next(n for n, row in enumerate(screen.contents.rows) if row.title.startswith("7"))
        await pilot.click(screen.contents, offset=(6, row))
        await pilot.pause()
        assert not screen.contents.display
        assert screen.opened.chapter.canonical == 7
        await pilot.press("escape")
        await pilot.pause()
        assert screen.opened.chapter.canonical == 4


async def test_a_word_told_takes_the_place_of_the_one_before_but_not_of_a_complaint(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await pilot.pause()
        for key in ("K", "K", "K", "z", "s"):
            await pilot.press(key)
        await until(pilot, lambda: len(app.screen.query("Toast")) == 1)
        (toast,) = app.screen.query("Toast")
        assert "Justified" in str(toast.render())
        app.report_error("That went wrong.")
        await pilot.press("K")
        await until(pilot, lambda: len(app.screen.query("Toast")) == 3)


async def test_a_long_title_leaves_room_for_the_keys(library: Library) -> None:
    title = "The Very Long Title of a Chapter Without a Number"
    book = Book("Book", [BookChapter(title, [Block("Snow fell. " * 900)])])
    library.writer.run(lambda connection: replace_edition(connection, "book", book, "", EditionFindings([], [])))
    for size, words in (((60, 20), ("The Very…", "who")), ((80, 24), ("The Very Lo…", "names"))):
        app = SergeApp(library, start=ReadAt(Place("book", 0, 0)))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            assert all(word in key_line(reader(pilot)) for word in words), key_line(reader(pilot))
