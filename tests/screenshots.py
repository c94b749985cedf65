"""Draw the pictures of the README from the running app: `python -m tests.screenshots FOLDER` (`make screenshots`)."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.library import Library
from db.models import Place
from import_scripts.pipeline import import_book, prepare
from serge_tui.app import SergeApp
from serge_tui.navigation import ReadAt
from tests.serge_tui.helpers import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE: Final = (110, 32)
PICTURES: Final[dict[str, tuple[str, Sequence[str]]]] = {
    "today": ("petrograd", ()),
    "reader": ("petrograd", ("g", "r", "space", "space")),
    "card": ("petrograd", ("g", "r", "space", *("right_square_bracket", "p") * 6, "x")),
    "people": ("petrograd", ("g", "r", "space", "X")),
    "figures": ("petrograd", ("g", "f", *"sinow")),
    "find": ("petrograd", ("slash", *"kronstadt")),
    "cards": ("petrograd", ("g", "c", "space")),
    "quiz": ("samizdat", ("g", "q", "space")),
    "notes": ("samizdat", ("g", "n")),
    "years": ("samizdat", ("g", "y")),
}


REAL_BOOK: Final = Path(__file__).resolve().parents[2] / "shared/samples/books"
SIDE_BY_SIDE: Final = ("john-reed_ten-days-that-shook-the-world.epub", "reed_ten_days_utf8.txt")


async def draw_side_by_side(database: Path, folder: Path) -> None:
    """Draw two files of one book beside one another, where they are at hand."""
    with Library.open(database) as library:
        keys = [import_book(library, REAL_BOOK / name).edition.key for name in SIDE_BY_SIDE]
        chapters = library.texts.chapters(keys[0])
        place = next(Place(c.edition, c.first_passage, 0) for c in chapters if c.words > 5_000)
        app = SergeApp(library, start=ReadAt(place))
        async with app.run_test(size=(150, 36)) as pilot:
            await pilot.pause()
            for key in ("E", "enter", "space"):
                await pilot.press(key)
                await settle(pilot)
            save(app, folder, "side-by-side")


def save(app: SergeApp, folder: Path, name: str) -> None:
    """Write what the app shows as a picture."""
    svg = app.export_screenshot(title="Serge")
    svg = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)  # a reader's own font, none from the network
    # A picture's class names hold a number made anew each time; one that stays keeps the history quiet.
    (folder / f"{name}.svg").write_text(re.sub(r"terminal-\d+", f"terminal-{name}", svg), "utf-8")
    print(folder / f"{name}.svg")


async def draw(database: Path, folder: Path) -> None:
    """Draw every picture, each in a fresh app."""
    for name, (theme, keys) in PICTURES.items():
        with Library.open(database) as library:
            library.settings.set("theme", theme).result()
            app = SergeApp(library)
            async with app.run_test(size=SIZE) as pilot:
                await pilot.pause()
                for key in keys:
                    await pilot.press(key)
                    await pilot.pause()
                await settle(pilot)
                save(app, folder, name)


def note_something(database: Path) -> None:
    """Leave a highlight and a note, so that there is something to see."""
    with Library.open(database) as library:
        texts = [passage.text for passage in library.passages.between("guide", 0, 40)]
        for passage, words, colour, body, tags in (
            (1, "It begins with a bomb", "amber", "The book opens nine years before its author.", ("structure",)),
            (2, "between libraries and cheap rooms", "blue", "", ()),
            (4, "founds a study circle", "green", "Compare the testament of 1933.", ("to-check",)),
        ):
            start = texts[passage].find(words)
            if start >= 0:
                anchor = make_anchor("guide", texts, 0, passage, start, passage, start + len(words))
                note = new_annotation("highlight", anchor=anchor, colour=colour, body=body, tags=tags)
                library.annotations.save(note).result()


def main() -> None:
    """Draw."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        database = Path(name) / "serge.db"
        prepare(database)
        note_something(database)
        asyncio.run(draw(database, folder))
        if REAL_BOOK.is_dir():
            asyncio.run(draw_side_by_side(database, folder))


if __name__ == "__main__":
    main()
