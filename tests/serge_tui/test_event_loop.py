"""Nothing that a reader does in any mode waits for the database on the event loop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from serge_tui.app import SergeApp
from serge_tui.navigation import ShowFigure, ShowMode
from tests.serge_tui.event_loop import no_waiting_on_this_thread
from tests.serge_tui.helpers import settle
from tests.serge_tui.modes.reader.reading import start

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.library import Library
    from serge_tui.navigation import Destination


@dataclass(frozen=True)
class Visit:
    """Keys pressed in a place (groups are pressed together), and what must have been stored, in words of SQL."""

    start: Callable[[Library], Destination]
    groups: tuple[tuple[str, ...], ...]
    stored: str = ""


def _mode(name: str) -> Callable[[Library], Destination]:
    return lambda _library: ShowMode(name)  # type: ignore[arg-type]  # the names are those of the modes


VISITS = {
    "today": Visit(_mode("today"), (("j", "j", "k"), ("c",), ("question_mark",), ("escape",)),
                   "select count(*) from setting where name = 'theme'"),
    "reader": Visit(
        start,
        (("j", "space", "ctrl+b", "G", "g", "g"), ("v", "w", "w", "H", "r"), ("u",), ("U",), ("b",), ("t",),
         ("escape",),
         ("X",), ("right_square_bracket", "p"), ("x",), ("escape",), ("v", "w", "a"), ("n", "o"), ("ctrl+s",),
         ("minus",), ("z", "s")),
        "select count(*) from annotation where body = 'no'",
    ),
    "a figure corrected": Visit(
        lambda _library: ShowFigure("zinoviev"),
        (("e",), ("X", "ctrl+s"), ("u",), ("U",), ("escape",)),
        "select count(*) from correction",
    ),
    "figures narrowed": Visit(_mode("figures"), (("s", "i", "n", "o", "w"), ("down", "down"), ("f",), ("j", "enter"),
                                                 ("escape",), ("T",), ("escape",))),
    "cards": Visit(_mode("cards"), (("space", "3"), ("space", "1"), ("u",), ("at",), ("minus",), ("d",), ("escape",)),
                   "select count(*) from review where kind = 'answer'"),
    "typed answers": Visit(_mode("cards"), (("i",), ("x", "y", "enter"), ("space",), ("z", "enter")),
                           "select count(*) from review where given = 'xy'"),
    "typed quiz": Visit(_mode("quiz"), (("i",), ("space",), ("x", "y", "enter"))),
    "a deck chosen": Visit(_mode("cards"), (("d",), ("j", "k"), ("i", *"flag:1", "enter"), ("d",),
                                               ("j", "i", "escape"))),
    "a deck for the quiz": Visit(_mode("quiz"), (("d",), ("j", "enter"))),
    "own cards": Visit(_mode("cards"), (("n",), ("a", "tab", "b", "ctrl+s"), ("n",), ("k", "enter"), ("escape",))),
    "to review": Visit(_mode("notes"), (("J",), ("tab",), ("j", "p"), ("escape",))),
    "a person added": Visit(_mode("figures"), (("escape",), ("A",), ("X", "tab", "ctrl+s"), ("u",))),
    "quiz": Visit(_mode("quiz"), (("space",), ("1",), ("space",), ("2",), ("space",), ("0",), ("escape",)),
                  "select count(*) from setting where name = 'quiz.round'"),
    "notes": Visit(_mode("notes"), (("a",), ("s", "n", "o", "w"), ("ctrl+s",), ("a",), ("t", "w", "o"), ("ctrl+s",),
                                    ("space", "j"), ("d",), ("u",), ("U",), ("B",), ("B",), ("f", "t", "w", "o"),
                                    ("enter",), ("m", "5"), ("0",), ("J",), ("tab",), ("escape",)),
                   "select count(*) from annotation where body in ('snow', 'two')"),
    "years": Visit(_mode("years"), (("j", "j", "right_square_bracket", "v"), ("i", "k", "r", "o", "n"), ("enter",),
                                    ("0",), ("full_stop",), ("greater_than_sign",))),
    "progress": Visit(_mode("progress"), (("j", "j", "space"), ("G", "enter"), ("escape",))),
    "a backlog": Visit(_mode("cards"), (("s",), ("tab", "slash", *"backlog", "enter"), ("enter",), ("5", "enter"),
                                        ("u",), ("escape",), ("slash", *"away", "enter"), ("enter",), ("3", "enter"))),
    "places typed": Visit(start, (("colon", *"ch2", "enter"), ("colon", *"50%", "enter"), ("colon", *"120", "enter"))),
    "a text read from the library": Visit(_mode("today"), (("L",), ("enter",))),
    "links of notes": Visit(_mode("notes"), (("a", *"see [[zinoviev]]"), ("ctrl+s",), ("l",), ("escape",),
                                             ("A", *"ch4", "enter"), (*"four", "ctrl+s"), ("enter",)),
                            "select count(*) from annotation where target = 'chapter:4'"),
    "study settings": Visit(_mode("cards"), (("s",), ("right", "right", "down", "right"), ("u",), ("escape",)),
                            "select count(*) from setting where name like 'cards.%'"),
    "find anything": Visit(_mode("today"), (("slash",), ("k", "r", "o", "n"), ("down", "enter"), ("escape",))),
}  # fmt: skip


@pytest.mark.parametrize("name", VISITS)
async def test_nothing_waits_on_the_event_loop(library: Library, name: str) -> None:
    visit = VISITS[name]
    app = SergeApp(library, start=visit.start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        with no_waiting_on_this_thread() as waits:
            for keys in visit.groups:
                await pilot.press(*keys)
                await settle(pilot)
        assert waits == []
    if visit.stored:
        library.study.wait()
        assert library.reader().execute(visit.stored).fetchone()[0] > 0


async def test_going_through_all_modes_twice_waits_for_nothing(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        with no_waiting_on_this_thread() as waits:
            for number in (*range(3, 10), *range(2, 10)):
                await pilot.press(f"f{number}")
                await settle(pilot)
                await pilot.press("f1", "escape")
        assert waits == []
        assert app.current_mode == "progress"
