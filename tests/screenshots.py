"""Draw the pictures of the README from the running app: `python -m tests.screenshots FOLDER` (`make screenshots`).

They show a program that has been used: somebody in the middle of chapter 4, with notes and a year of study. The time is
fixed, so that the same program draws the same pictures.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.library import Library
from db.models import GUIDE_EDITION, Place
from import_scripts.pipeline import import_book, prepare
from serge_tui.app import SergeApp
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.navigation import ReadAt
from serge_tui.services.card_collection import card_collection
from tests.serge_tui.helpers import settle
from tests.serge_tui.services.answering import study_some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.pilot import Pilot

    from db.models import Chapter

NOW: Final = "2026-05-12T18:30:00.000000+00:00"
SIZE: Final = (110, 32)
READ_TO: Final = 4
"""The chapter that is being read."""
STUDIED_DAYS: Final = 330
STUDIED_CARDS: Final = 90
PORTRAITS: Final = frozenset({"trotsky", "zinoviev"})
"""Whose card the lead picture shows."""
PETROGRAD: Final = "petrograd"
SAMIZDAT: Final = "samizdat"
PICTURES: Final[dict[str, tuple[str, Sequence[str]]]] = {
    "card": (PETROGRAD, ("g", "r", "CARD")),
    "today": (PETROGRAD, ()),
    "reader": (SAMIZDAT, ("g", "r")),
    "people": (PETROGRAD, ("g", "r", "X")),
    "figures": (PETROGRAD, ("g", "f", *"sinow")),
    "find": (SAMIZDAT, ("slash", *"kronstadt")),
    "cards": (PETROGRAD, ("g", "c", "space")),
    "quiz": (SAMIZDAT, ("g", "q", "space")),
    "notes": (SAMIZDAT, ("g", "n")),
    "years": (PETROGRAD, ("g", "y")),
    "progress": (PETROGRAD, ("g", "p")),
}
"""Theme, and the keys that lead to the picture; `CARD` goes from name to name until the card of one of `PORTRAITS` is
open.
"""
NOTES: Final = (
    ("amber", "The book opens nine years before its author.", ("structure",)),
    ("blue", "", ()),
    ("green", "Compare the testament of 1933.", ("to-check",)),
    ("red", "Is this still his view in Mexico?", ("doubt",)),
    ("violet", "", ()),
    ("amber", "The same scene in *Birth of Our Power*.", ("novels",)),
    ("blue", "Who else was in the room?", ("doubt", "people")),
    ("green", "", ()),
)

TOUR_SIZE: Final = (90, 26)
TOUR: Final[Sequence[tuple[Sequence[str], float]]] = (
    ((), 3.0),
    (("g", "r"), 2.5),
    (("CARD",), 4.5),
    (("enter",), 3.0),
    (("escape", "escape"), 1.5),
    (("slash", *"sinow"), 2.5),
    (("escape", "escape", "g", "c"), 2.5),
    (("space",), 3.0),
    (("g", "y"), 3.0),
)
"""The animation: keys, and how many seconds what they lead to is shown."""

REAL_BOOK: Final = Path(__file__).resolve().parents[2] / "shared/samples/books"
SIDE_BY_SIDE: Final = ("john-reed_ten-days-that-shook-the-world.epub", "reed_ten_days_utf8.txt")


# --- a program that has been used ------------------------------------------------------------------------------------


def live_in(database: Path) -> None:
    """Read to the middle of a chapter, write some notes, and study for most of a year."""
    prepare(database)
    with Library.open(database) as library:
        chapters = [library.texts.canonical(GUIDE_EDITION, number) for number in range(1, READ_TO + 1)]
        read = [chapter for chapter in chapters if chapter is not None]
        library.reading.replace(GUIDE_EDITION, [(chapter.ordinal, None) for chapter in read[:-1]]).result()
        _write_notes(library, read)
        here = read[-1].first_passage + 3
        words = library.passages.texts(GUIDE_EDITION)[here][:40]
        library.texts.save_position(Place(GUIDE_EDITION, here, 0), words).result()
        cards = [card.key for card in card_collection(library).cards.values() if (card.chapter or 99) <= READ_TO]
        study_some(library, cards[:STUDIED_CARDS], date.fromisoformat(NOW[:10]), days=STUDIED_DAYS)


def _write_notes(library: Library, chapters: Sequence[Chapter]) -> None:
    """Highlight the first sentence of a passage of each chapter in turn, some with a note."""
    for number, (colour, body, tags) in enumerate(NOTES):
        passage = chapters[number % len(chapters)].first_passage + 2 + number // len(chapters)
        texts = [found.text for found in library.passages.between(GUIDE_EDITION, passage, passage)]
        end = texts[0].find(".") + 1
        anchor = make_anchor(GUIDE_EDITION, texts, passage, passage, 0, passage, end)
        note = new_annotation("highlight", anchor=anchor, colour=colour, body=body, tags=tags)
        library.annotations.save(note).result()


# --- pictures --------------------------------------------------------------------------------------------------------


async def press(pilot: Pilot[None], keys: Sequence[str]) -> None:
    """Press keys, each when what the one before led to is shown."""
    for key in keys:
        if key == "CARD":
            await _open_portrait(pilot)
        else:
            await pilot.press(key)
            await settle(pilot)


async def _open_portrait(pilot: Pilot[None]) -> None:
    """Go from name to name until the card of one of the wanted people is open."""
    screen = pilot.app.screen
    assert isinstance(screen, ReaderScreen)
    for _ in range(60):
        await press(pilot, ("right_square_bracket", "p", "x"))
        if screen.card.facts is not None and screen.card.facts.key in PORTRAITS:
            return
        await press(pilot, ("escape",))
    raise LookupError(f"nobody of {', '.join(sorted(PORTRAITS))} is named in the next sixty names")


def picture(app: SergeApp, name: str) -> str:
    """Return what the app shows as SVG, without a font from the network and with class names that stay the same."""
    svg = re.sub(r"@font-face\s*\{.*?\}", "", app.export_screenshot(title="Serge"), flags=re.DOTALL)
    return re.sub(r"terminal-\d+", f"terminal-{name}", svg)


async def draw(database: Path, folder: Path) -> None:
    """Draw every picture, each in a fresh app."""
    for name, (theme, keys) in PICTURES.items():
        with Library.open(database) as library:
            library.settings.set("theme", theme).result()
            app = SergeApp(library)
            async with app.run_test(size=SIZE) as pilot:
                await settle(pilot)
                await press(pilot, keys)
                save(folder, name, picture(app, name))


async def draw_side_by_side(database: Path, folder: Path) -> None:
    """Draw two files of one book beside one another, where they are at hand."""
    with Library.open(database) as library:
        library.settings.set("theme", PETROGRAD).result()
        keys = [import_book(library, REAL_BOOK / name).edition.key for name in SIDE_BY_SIDE]
        chapters = library.texts.chapters(keys[0])
        place = next(Place(c.edition, c.first_passage, 0) for c in chapters if c.words > 5_000)
        app = SergeApp(library, start=ReadAt(place))
        async with app.run_test(size=(150, 36)) as pilot:
            await settle(pilot)
            await press(pilot, ("E", "enter", "space"))
            save(folder, "side-by-side", picture(app, "side-by-side"))


def save(folder: Path, name: str, svg: str) -> None:
    """Write a picture."""
    (folder / f"{name}.svg").write_text(svg, "utf-8")
    print(folder / f"{name}.svg")


# --- the animation ---------------------------------------------------------------------------------------------------


async def draw_tour(database: Path, folder: Path) -> None:
    """Draw one session as an animation."""
    with Library.open(database) as library:
        library.settings.set("theme", PETROGRAD).result()
        app = SergeApp(library)
        frames: list[tuple[str, float]] = []
        async with app.run_test(size=TOUR_SIZE) as pilot:
            await settle(pilot)
            for number, (keys, seconds) in enumerate(TOUR):
                await press(pilot, keys)
                frames.append((picture(app, f"tour{number}"), seconds))
    save(folder, "tour", stitched(frames))


def stitched(frames: Sequence[tuple[str, float]]) -> str:
    """Return one SVG that shows pictures of one size in turn, without a script.

    Args:
        frames: Pictures, and for how many seconds each is shown.

    Returns:
        Each picture as a nested `svg`, visible in its part of one CSS animation that goes round.
    """
    whole = sum(seconds for _, seconds in frames)
    view = re.search(r'viewBox="([^"]+)"', frames[0][0])
    if view is None:
        raise ValueError("A picture without a size cannot be stitched.")
    rules, parts, begin = [], [], 0.0
    for number, (svg, seconds) in enumerate(frames):
        start, end = 100 * begin / whole, 100 * (begin + seconds) / whole
        before = "" if number == 0 else f"0%,{start - 0.01:.2f}%{{visibility:hidden}}"
        after = "" if number == len(frames) - 1 else f"{end + 0.01:.2f}%,100%{{visibility:hidden}}"
        rules.append(f"@keyframes f{number}{{{before}{start:.2f}%,{end:.2f}%{{visibility:visible}}{after}}}")
        rules.append(f"#f{number}{{animation:f{number} {whole:g}s step-end infinite}}")
        inner = re.sub(r"^.*?<svg[^>]*>", "", svg, count=1, flags=re.DOTALL).rpartition("</svg>")[0]
        inner = re.sub(r">\s+<", "><", inner)
        parts.append(f'<g id="f{number}">{inner}</g>')
        begin += seconds
    return (
        f'<svg class="rich-terminal" viewBox="{view[1]}" xmlns="http://www.w3.org/2000/svg">'
        f"<style>{''.join(rules)}</style>{''.join(parts)}</svg>\n"
    )


def main() -> None:
    """Draw."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, patch("db.clock.utc_now", return_value=NOW):
        database = Path(name) / "serge.db"
        live_in(database)
        asyncio.run(draw(database, folder))
        asyncio.run(draw_tour(database, folder))
        if REAL_BOOK.is_dir():
            asyncio.run(draw_side_by_side(database, folder))


if __name__ == "__main__":
    main()
