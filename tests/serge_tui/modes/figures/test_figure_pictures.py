"""The figures mode as it looks: made-up people, so that no correction of the study pack changes a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from db.annotations import new_annotation
from serge_tui.app import SergeApp
from serge_tui.modes.figures.compare_screen import CompareScreen
from serge_tui.modes.figures.screen import FiguresScreen
from serge_tui.navigation import ShowFigure, SideBySide
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.figures.browsing import dialog_open

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from textual.pilot import Pilot

    from db.library import Library

EMPTIED = (
    "membership", "pronunciation",
    "quotation_place", "event_figure", "event", "quotation_figure", "quotation", "tie", "alias", "figure_chapter",
    "figure_chapter_basis", "figure_movement", "figure_nationality", "figure_role", "citation", "mention", "figure",
)  # fmt: skip
PEOPLE = (
    ("painter", "Óscar de la Torre", "1881-04-02", "about 1930", "natural", "A painter of doors, seldom paid."),
    ("printer", "Lena Brand", "1889", "unknown", "unknown", "Printer of the third edition."),
    ("sailor", "Ivan Longname-Somewhat-Longer", "unknown", "1921-03", "shot", "Sailor, twice a deserter."),
)
SIZES = [("petrograd", (80, 24)), ("samizdat", (160, 50))]
each_look = pytest.mark.parametrize(("theme", "size"), SIZES, ids=["petrograd-80", "samizdat-160"])


@pytest.fixture
def peopled(library: Library) -> Library:
    """Three people of nobody's book, one of them drawn, with ties, events and a note."""

    def write(connection: sqlite3.Connection) -> None:
        connection.execute("pragma defer_foreign_keys = on")
        for table in EMPTIED:
            connection.execute(f"delete from {table}")
        for key, name, born, died, fate, one_line in PEOPLE:
            first, _, last = name.rpartition(" ")
            connection.execute(
                "insert into figure (key, name, sort_name, native_name, sex, one_line, life, serge, doubt, in_memoirs,"
                " confidence, born, born_place, born_doubt, died, died_place, died_doubt, fate, fate_text)"
                " values (?, ?, ?, '', 'f', ?, 'A long life, told in a line.', 'Met once, on a stair.', '', 'seen',"
                " 'high', ?, 'Ghent', '', ?, '', '', ?, '')",
                [key, name, f"{last}, {first}", one_line, born, died, fate],
            )
            connection.execute("insert into figure_movement values (?, 0, 'left-opposition')", [key])
            connection.execute("insert into figure_nationality values (?, 0, 'Belgian')", [key])
            connection.execute("insert into figure_chapter values (?, 3, 'seen')", [key])
        connection.execute("insert into alias values ('painter', 0, 'The Brush', 'nickname', 0)")
        connection.execute("insert into tie values ('painter', 'printer', 'teacher', 'for one winter')")
        connection.execute(
            "insert into quotation values ('q', 'hands like a door that has been painted often', 'portrait', null, '',"
            " '', '', '118', 118, '', 3, 'seen', 0, 'exact', '', 'painter', 0, '', '', 0)"
        )
        connection.execute("insert into quotation_figure values ('q', 'painter', 'about', 0)")
        connection.execute("insert into event values ('e', '1919-01', '1919-01', 1919, 'life', '', 'A door.', 3, '')")
        connection.execute("insert into event_figure values ('e', 'painter', 0)")

    library.writer.run(write)
    library.annotations.save(new_annotation("note", target="figure:painter", body="Look again at page 118.")).result()
    library.corrections.correct("figure:painter", {"tie:friend:sailor": "", "alias:Oskar": "spelling"}).result()
    return library


def look(library: Library, theme: str, start: ShowFigure) -> SergeApp:
    library.settings.set("theme", theme).result()
    return SergeApp(library, start=start)


async def listed(pilot: Pilot[None]) -> FiguresScreen:
    await until(pilot, lambda: isinstance(pilot.app.screen_stack[0], FiguresScreen))
    await settle(pilot)
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, FiguresScreen)
    await until(pilot, lambda: bool(screen.people.rows))
    await settle(pilot)
    return screen


@each_look
def test_the_list_with_facets(
    peopled: Library, snap_compare: Callable[..., bool], theme: str, size: tuple[int, int]
) -> None:
    async def narrow(pilot: Pilot[None]) -> None:
        await listed(pilot)
        await pilot.press("down", "f", "j", "enter")
        await settle(pilot)

    assert snap_compare(look(peopled, theme, ShowFigure(None, "")), run_before=narrow, terminal_size=size)


@each_look
def test_a_figures_page(peopled: Library, snap_compare: Callable[..., bool], theme: str, size: tuple[int, int]) -> None:
    async def step(pilot: Pilot[None]) -> None:
        screen = await listed(pilot)
        await until(pilot, lambda: screen.page.has_focus and screen.shown.dossier is not None)
        await pilot.press("j", "full_stop")
        await settle(pilot)

    assert snap_compare(look(peopled, theme, ShowFigure("painter")), run_before=step, terminal_size=size)


@each_look
def test_two_side_by_side(
    peopled: Library, snap_compare: Callable[..., bool], theme: str, size: tuple[int, int]
) -> None:
    async def wait(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: isinstance(pilot.app.screen, CompareScreen))
        await settle(pilot)

    start = ShowFigure(None, "", beside=SideBySide("painter", "printer", 1))
    assert snap_compare(look(peopled, theme, start), run_before=wait, terminal_size=size)


def test_the_form(peopled: Library, snap_compare: Callable[..., bool]) -> None:
    async def correct(pilot: Pilot[None]) -> None:
        screen = await listed(pilot)
        await until(pilot, lambda: screen.page.has_focus and screen.shown.dossier is not None)
        await pilot.press("e")
        await dialog_open(pilot)
        # Or the picture depends on how fast the machine is.
        for box in pilot.app.screen.query(Input):
            box.cursor_blink = False
        await pilot.pause()

    assert snap_compare(look(peopled, "petrograd", ShowFigure("painter")), run_before=correct, terminal_size=(80, 24))
