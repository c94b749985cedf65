"""Keys, the mouse and the bottom line of the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import MouseScrollDown
from textual.widgets import OptionList, Static

from db.book import Block, Book, BookChapter
from db.models import Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.commands import Chords
from serge_tui.commands.reader import SELECTION_COMMANDS
from serge_tui.navigation import ReadAt
from serge_tui.widgets.key_line import KeyLine
from tests.serge_tui.helpers import until
from tests.serge_tui.modes.reader.reading import key_line, reader, start

if TYPE_CHECKING:
    from db.library import Library


async def test_a_bracket_waits_for_what_follows_and_twice_turns_the_chapter(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("right_square_bracket")
        await pilot.pause(0.8)
        assert screen.text.opened is not None
        assert screen.text.opened.chapter.canonical == 4
        assert key_line(screen).startswith(" ]…  p next name") or "] next chapter" in key_line(screen).lower()
        await pilot.press("right_square_bracket")
        await until(pilot, lambda: screen.text.opened is not None and screen.text.opened.chapter.canonical == 5)
        await pilot.press("left_square_bracket", "left_square_bracket")
        await until(pilot, lambda: screen.text.opened is not None and screen.text.opened.chapter.canonical == 4)


@pytest.mark.parametrize("key", ["right_square_bracket", "left_square_bracket", "g", "z", "H", "m", "apostrophe"])
async def test_the_first_key_of_each_chord_shows_what_may_follow(library: Library, key: str) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press(key)
        assert "…" in key_line(screen)[:4]
        following = {keys for keys, _ in screen.following(screen.chords)}
        assert following
        assert len(key_line(screen).split()) > 2
        await pilot.press("escape")
        assert "…" not in key_line(screen)[:4]


async def test_every_key_of_the_reader_can_be_pressed(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        commands = [*screen.COMMAND_SET, *SELECTION_COMMANDS]
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
                screen.people.close_card()
                screen.peek.close()
                screen.selection.action_end()
                screen.set_focus(None)
                screen.chords.reset()
        assert screen.text.opened is not None


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
        assert str(screen.note_box.query_one(Static).content).startswith("doubt (amber) · ")
        await pilot.press("H", "b")
        await pilot.pause()
        assert str(screen.note_box.query_one(Static).content).startswith("blue · ")


async def test_the_mouse_alone_goes_everywhere(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        view = screen.page.view()
        assert screen.text.opened is not None
        assert view is not None
        name = screen.text.opened.names_in(view)[0]
        place = screen.page.spot_of(name.passage, name.start)
        assert place is not None
        await pilot.click(screen.page, offset=place)
        await pilot.pause()
        assert screen.card.has_class("-shown")
        await pilot.click(screen.page, offset=(2, 1))
        await pilot.pause()
        assert not screen.card.has_class("-shown")
        before = screen.text.here()
        screen.page.post_message(MouseScrollDown(screen.page, 20, 10, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert screen.text.here() > before
        await pilot.press("X")
        await pilot.pause()
        assert screen.people_list.person_at(1) is not None
        await pilot.click(screen.people_list, offset=(6, 1))
        await pilot.pause()
        assert screen.card.has_class("-shown")
        await pilot.press("escape", "X", "t")
        await pilot.pause()
        row = next(n for n, row in enumerate(screen.contents.rows) if row.title.startswith("7"))
        await pilot.click(screen.contents, offset=(6, row))
        await pilot.pause()
        assert not screen.contents.display
        assert screen.text.opened.chapter.canonical == 7
        await pilot.press("escape")
        await pilot.pause()
        assert screen.text.opened.chapter.canonical == 4


async def test_a_long_title_leaves_room_for_the_keys(library: Library) -> None:
    title = "The Very Long Title of a Chapter Without a Number"
    book = Book("Book", [BookChapter(title, [Block("Snow fell. " * 900)])])
    library.writer.run(lambda connection: replace_edition(connection, "book", book, "", EditionFindings([], [])))
    for size, words in (((60, 20), ("The Very…", "who")), ((80, 24), ("The Very Lo…", "names"))):
        app = SergeApp(library, start=ReadAt(Place("book", 0, 0)))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            assert all(word in key_line(reader(pilot)) for word in words), key_line(reader(pilot))


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
        await until(pilot, lambda: len(app.screen.query("Toast")) == 2)
        assert "That went wrong." in " ".join(str(toast.render()) for toast in app.screen.query("Toast"))


@pytest.mark.parametrize(
    ("keys", "word", "mode"), [(["x"], "all", "figures"), (["v", "v", "H", "g", "K"], "in Notes", "notes")]
)
async def test_the_keys_of_what_lies_over_the_page_can_be_clicked(
    library: Library, keys: list[str], word: str, mode: str
) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await pilot.click(KeyLine, offset=(key_line(reader(pilot)).index(f" {word}  ") + 2, 0))
        await until(pilot, lambda: app.current_mode == mode)


async def test_looking_at_a_note_just_gone_to_does_not_close_it(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.current_mode == "reader")
        screen = reader(pilot)
        await pilot.press("v", "v", "H", "g")
        await until(pilot, lambda: bool(screen.marks.noted))
        await pilot.press("k", "right_square_bracket", "a")
        await until(pilot, lambda: screen.peek.is_open)
        await pilot.press("K")
        await pilot.pause()
        assert screen.peek.is_open
        await pilot.press("escape")
        await until(pilot, lambda: not screen.peek.is_open)
