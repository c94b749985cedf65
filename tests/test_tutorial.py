"""The tutorial, walked as it is written: an empty home, a terminal of 80 by 24, the book it names.

Below a step of `docs/tutorial.md` stands `<!-- walk: KEYS | WORDS -->`: its keys, and what must then be shown.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

import pytest

from db.library import Library
from tests.site.pages import DOCS
from tests.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

STEP: Final = re.compile(r"^<!-- walk: (.*?) ?\| ?(.*?) ?-->$", re.MULTILINE)
TUTORIAL: Final = (DOCS / "tutorial.md").read_text("utf-8")
BOOK: Final = "john-reed_ten-days-that-shook-the-world.epub"
KEYS: Final = {
    "Enter": "\r", "Escape": "\x1b", "Space": " ", "Tab": "\t", "C-s": "\x13",
    "F2": "\x1bOQ", "F4": "\x1bOS", "F5": "\x1b[15~", "F6": "\x1b[17~", "F7": "\x1b[18~",
}  # fmt: skip


def test_each_key_of_a_step_is_told_in_the_text_above_it() -> None:
    told = ""
    for part in re.split(r"(^<!-- walk: .*? -->$)", TUTORIAL, flags=re.MULTILINE):
        if (step := STEP.match(part)) is None:
            told += part
            continue
        words = re.sub(r"Esc\b", "Escape", told).replace("Ctrl+S", "C-s")
        for key in step[1].split():
            shown = words.count(key) if len(key) > 1 else words.replace(" ", "").count(key)
            assert shown, (key, step[0])


@pytest.mark.pty
def test_who_follows_the_tutorial_gets_through(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "Downloads").mkdir()
    shutil.copy(samples / "books" / BOOK, tmp_path / "Downloads" / BOOK)
    database = tmp_path / "data" / "serge.db"
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": ""}
    steps = STEP.findall(TUTORIAL)
    assert len(steps) > 25
    with Terminal(database, columns=80, rows=24, environment=home) as terminal:
        for keys, words in steps:
            terminal.press(*(KEYS.get(key, key) for key in keys.split()))
            if words:
                terminal.wait(words)
        assert terminal.end() == 0
    with Library(database) as library:
        written = [(one.kind, one.colour, one.body, one.tags) for one in library.annotations.all()]
        (grades,) = library.reader().execute("select group_concat(rating) from v_reviews").fetchone()
    assert sorted(written) == [("highlight", "amber", "", ()), ("note", "", "Who else? #doubt", ("doubt",))]
    assert grades == "3"
