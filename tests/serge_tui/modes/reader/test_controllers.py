"""The controllers work on a page alone, without the screen that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from textual.app import App

from db.models import GUIDE_EDITION, Place
from serge_tui.core.typesetting import Settings
from serge_tui.modes.reader.movement import Movement
from serge_tui.modes.reader.opened_text import OpenedText
from serge_tui.modes.reader.page_settings import PageSettings
from serge_tui.modes.reader.reading_position import ReadingPosition
from serge_tui.modes.reader.selection import Selection
from serge_tui.modes.reader.widgets.page import PageView
from serge_tui.services.reading_settings import saved_settings
from serge_tui.themes import fallback_variables
from tests.serge_tui.modes.reader.reading import start

if TYPE_CHECKING:
    from concurrent.futures import Future

    from textual.app import ComposeResult

    from db.library import Library
    from serge_tui.host import Host
    from serge_tui.modes.reader.frame import Frame
    from serge_tui.navigation import Destination


class StandInHost:
    """What the controllers under test ask of the app."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.said: list[str] = []
        self.left = 0
        self.visited: list[Destination] = []

    def inform(self, sentence: str) -> None:
        self.said.append(sentence)

    def remember_place(self) -> None:
        self.left += 1

    def go_to(self, destination: Destination) -> None:
        self.visited.append(destination)

    def watch_write(self, future: Future[Any]) -> None:
        future.result()


class StandInFrame:
    """What they ask of the screen."""

    def __init__(self) -> None:
        self.context = ""
        self.commands_shown = 0

    def set_context(self, text: str) -> None:
        self.context = text

    def show_commands(self) -> None:
        self.commands_shown += 1

    def clear_selection(self) -> None:
        pass


class PageAlone(App[None]):
    """An app with nothing but a page."""

    CSS = "PageView { width: 1fr; height: 1fr; overflow-x: hidden; overflow-y: scroll; }"

    def __init__(self, page: PageView) -> None:
        super().__init__()
        self._page = page

    def get_css_variables(self) -> dict[str, str]:
        return fallback_variables(dark=True) | super().get_css_variables()

    def compose(self) -> ComposeResult:
        yield self._page


@pytest.fixture
def host(library: Library) -> StandInHost:
    return StandInHost(library)


def opened_text(page: PageView, frame: StandInFrame, host: StandInHost) -> OpenedText:
    return OpenedText(page, cast("Frame", frame), cast("Host", host))


async def test_text_opens_moves_and_is_saved_without_a_screen(library: Library, host: StandInHost) -> None:
    page, frame = PageView(Settings()), StandInFrame()
    async with PageAlone(page).run_test(size=(80, 24)) as pilot:
        text = opened_text(page, frame, host)
        position = ReadingPosition(page, text, cast("Host", host))
        movement = Movement(page, text, cast("Host", host))
        assert text.edition == GUIDE_EDITION
        assert text.open_place(start(library).place)
        await pilot.pause()
        assert "Danger from Within" in frame.context
        movement.action_lines(3)
        position.save()
        saved = library.texts.last_position()
        assert saved is not None
        assert saved.place == text.here() > start(library).place
        movement.action_ends(True)
        assert host.left == 1
        movement.action_chapters(1)
        assert len(host.visited) == 1
        text.open_place(Place(GUIDE_EDITION, 0, 0))
        movement.action_chapters(-1)
        assert host.said == ["This is the first chapter."]


async def test_words_looked_up_do_not_move_the_saved_position(library: Library, host: StandInHost) -> None:
    page = PageView(Settings())
    async with PageAlone(page).run_test(size=(80, 24)) as pilot:
        text = opened_text(page, StandInFrame(), host)
        position = ReadingPosition(page, text, cast("Host", host))
        text.open_place(start(library).place)
        await pilot.pause()
        text.open_place(Place(GUIDE_EDITION, 0, 0), looked_up=True)
        position.leave()
        saved = library.texts.last_position()
        assert saved is not None
        assert saved.place == start(library).place


async def test_a_selection_grows_by_units_and_ends_with_its_chapter(library: Library, host: StandInHost) -> None:
    page, frame = PageView(Settings()), StandInFrame()
    async with PageAlone(page).run_test(size=(80, 24)) as pilot:
        text = opened_text(page, frame, host)
        selection = Selection(page, text, cast("Frame", frame), cast("Host", host))
        changes = [0]
        selection.changed.add(lambda: changes.__setitem__(0, changes[0] + 1))
        text.open_place(start(library).place)
        await pilot.pause()
        selection.action_begin("word")
        assert selection.described() == "by word · 1 word"
        selection.action_wider()
        selected = selection.selected()
        assert selected is not None
        assert page.words_of(selected)[-1] in ".!?"
        assert changes == [2]
        assert frame.commands_shown == 2
        text.open_place(Place(GUIDE_EDITION, 0, 0))
        assert not selection.is_active
        assert selection.described() == ""


async def test_how_the_text_is_set_stays_within_bounds_and_is_saved(library: Library, host: StandInHost) -> None:
    page = PageView(saved_settings(library))
    async with PageAlone(page).run_test(size=(80, 24)):
        settings = PageSettings(page, cast("Host", host))
        for _ in range(20):
            settings.action_measure(-2)
        settings.action_paragraphs()
        assert (page.settings.measure, page.settings.paragraphs) == (40, "spaced")
        assert saved_settings(library) == Settings(measure=40, setting=page.settings.setting, paragraphs="spaced")
