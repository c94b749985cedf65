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
from import_scripts.pipeline import prepare
from serge_tui.app import SergeApp

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
                await app.workers.wait_for_complete()
                await pilot.pause()
                svg = app.export_screenshot(title="Serge")
        # A picture's class names hold a number made anew each time; one that stays keeps the history quiet.
        (folder / f"{name}.svg").write_text(re.sub(r"terminal-\d+", f"terminal-{name}", svg), "utf-8")
        print(folder / f"{name}.svg")


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


if __name__ == "__main__":
    main()
