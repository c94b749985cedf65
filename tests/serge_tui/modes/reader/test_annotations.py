"""Words selected, highlighted, noted, marked and copied; and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from db.annotations import new_annotation
from db.models import GUIDE_EDITION, Place
from serge_tui.app import SergeApp
from serge_tui.modes.reader.card_content import card_facts
from serge_tui.modes.reader.widgets.figure_card import card_content
from serge_tui.navigation import ReadAt
from serge_tui.services.hidden_ends import ALL_SHOWN
from tests.serge_tui.helpers import settle
from tests.serge_tui.modes.reader.reading import reader, start, top_line

if TYPE_CHECKING:
    from db.library import Library


async def test_words_are_chosen_by_keyboard_highlighted_and_taken_back(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("v", "w", "v", "v")
        stretch = screen.selection.selected()
        assert stretch is not None
        words = screen.page.words_of(stretch)
        assert words[-1] in ".!?"
        await pilot.press("H", "g")
        await pilot.pause()
        assert not screen.selection.is_active
        (mark,) = library.annotations.all()
        assert mark.anchor is not None
        assert (mark.kind, mark.colour, mark.anchor.exact) == ("highlight", "green", words)
        drawn = "".join(segment.text for segment in screen.page.render_line(0))
        assert drawn.split()[0] == "G", "the margin names the colour, for readers who do not tell it from another"
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
        assert screen.peek.annotation == note
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
        assert screen.text.opened is not None
        at = start(library).place.passage
        begin = screen.page.spot_of(at, 4)
        end = screen.page.spot_of(at, 16)
        assert begin is not None
        assert end is not None
        await pilot.mouse_down(screen.page, offset=begin)
        await pilot.hover(screen.page, offset=end)
        await pilot.mouse_up(screen.page, offset=end)
        await pilot.pause()
        selected = screen.selection.selected()
        assert selected is not None
        assert (selected.begin, selected.stop) == ((at, 4), (at, 17))
        words = screen.text.opened.passages[at - screen.text.opened.first].text[4:17]
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
        first = screen.page.spot_of(place.passage, 0)
        assert first is not None
        await pilot.click(screen.page, offset=(first[0] - 2, where[1]))
        await pilot.pause()
        assert screen.peek.annotation == note
        assert "links here" in str(screen.note_box.query_one(Static).content)
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
    facts = card_facts(library, figure, mention, (mention.passage, mention.end), ends=ALL_SHOWN, unfolded=False)
    assert facts.notes == 1
    assert "1 note of yours" in card_content(facts).plain


async def test_a_note_over_a_highlight_keeps_its_colour(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("v", "v", "v", "H", "g")
        await settle(pilot)
        before = {segment.style.bgcolor for segment in screen.page.render_line(0) if segment.style}
        await pilot.press("v", "v", "v", "a")
        await settle(pilot)
        await pilot.press(*"really", "ctrl+s")
        await settle(pilot)
        assert {note.colour for note in library.annotations.all()} == {"green", ""}
        await pilot.press("escape")
        after = {segment.style.bgcolor for segment in screen.page.render_line(0) if segment.style}
        assert after == before
