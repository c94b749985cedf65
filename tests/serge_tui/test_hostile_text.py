"""Text that would steer a terminal or be markup, in every table that is shown: it arrives as harmless visible text.

It is put into the database behind the importers' backs, so that what is tested is the drawing, widget by widget.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.annotations import new_annotation
from db.library import Library
from tests.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty

HOSTILE = (
    "HOSTILE\x1b]0;taken\x07\x1b]52;c;aGFja2Vk\x07\x1b[31;47mred\x1b[?1049l\x9b5mblink\x90q\x7f\x08\x00"
    "\u202edrawkcab\u2066\u200f [@click=app.quit()]press[/] [/foo] [bold]bold[/bold] [$error]x"
)
FORBIDDEN = (
    b"\x1b]0;taken",
    b"\x1b]52;c;aGFja2Vk",
    b"\x1b[31;47m",
    b"\xc2\x9b",
    b"\xc2\x90",
    b"\x9b5m",
    "\u202e".encode(),
    "\u2066".encode(),
    "\u200f".encode(),
)
COLUMNS = (
    ("passage", "text", "edition = 'guide' and ordinal < 8"),
    ("chapter", "title", "edition = 'guide' and ordinal < 2"),
    ("edition", "title", "key = 'guide'"),
    ("figure", "name", "key in ('adler', 'trotsky', 'perovskaya')"),
    ("figure", "one_line", "1"),
    ("figure", "life", "1"),
    ("figure", "born_place", "1"),
    ("alias", "text", "figure = 'trotsky'"),
    ("quotation", "text", "1"),
    ("quotation", "topic", "1"),
    ("quotation", "doubt", "1"),
    ("event", "text", "1"),
    ("event", "place", "1"),
    ("source", "title", "1"),
)


@pytest.fixture
def poisoned(database: Path) -> Path:
    with Library.open(database) as library:
        library.annotations.save(new_annotation("note", body=HOSTILE, tags=["tag"])).result()
        library.annotations.save(new_annotation("note", body="on a person", target="figure:adler")).result()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("update annotation_tag set tag = ?", [HOSTILE])
        for table, column, condition in COLUMNS:
            connection.execute(f"update {table} set {column} = ? || ' ' || {column} where {condition}", [HOSTILE])
    return database


DOWN = "\x1b[B"
VISITS = {
    "today": (),
    "reader": ("gr", " ", "]p", "x", "\x1b", "t", "\x1b", "X"),
    "figures": ("gf", "\r", " ", "G"),
    "facets and filters": ("gf", "adler HOSTILE", DOWN, "m7", "f", "G", "\r", "j", "e", "HOSTILE\u202e", "\r"),
    "table": ("gf", DOWN, "T", "l", "l", "l"),
    "compare": ("gf", DOWN, "=", "j", "=", "]", "l", "j"),
    "correcting": ("gf", DOWN, "e"),
    "cards": ("gc", " ", "3", " "),
    "quiz": ("gq", "1", "\r"),
    "notes": ("gn", "j", "e", "\x1b"),
    "years": ("gy", "j", " "),
    "progress": ("gp",),
    "find": ("/", "h", "o", "s", "t", "i", "l", "e"),
    "palette": ("gr", "\x10", "r", "e"),
    "help": ("gr", "?"),
}


@pytest.mark.parametrize("visit", VISITS)
def test_hostile_text_is_harmless_wherever_it_is_shown(poisoned: Path, visit: str) -> None:
    with Terminal(poisoned, columns=140, rows=45) as terminal:
        terminal.wait("HOSTILE")
        before = len(terminal.raw)
        for keys in VISITS[visit]:
            terminal.press(*keys)
            for _ in range(4):
                terminal.read()
        if visit not in ("progress", "help", "palette", "quiz", "cards", "today"):
            # Drawn at any moment of the visit: which row a key finds depends on how fast the machine is.
            terminal.wait(lambda text: "HOSTILE" in text or b"HOSTILE" in terminal.raw[before:])
        terminal.press("\x11")
        assert terminal.end() == 0, terminal.text
    for sequence in FORBIDDEN:
        assert sequence not in terminal.raw
