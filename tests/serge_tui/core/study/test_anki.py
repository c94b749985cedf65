"""What goes to Anki: its text import, its packages, and the GUIDs that keep a schedule."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
import sys
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from serge_tui.core.study.anki import FIELDS, NOTE_TYPE, fields_of, guid_of, tags_of, text_export, write_apkg
from tests.serge_tui.core.study.making import card

if TYPE_CHECKING:
    from pathlib import Path

    from serge_tui.core.study.card import Card

HOSTILE = card(
    "who/x",
    question='He said "<b>no</b>" & left\ttwice',
    stimulus="first\nsecond",
    answer="#deck:Evil",
    context="1921",
    choices=("a", "b"),
    figures=("lenin",),
    chapter=4,
)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(text.splitlines(keepends=True)[6:])), delimiter="\t"))


def test_the_head_says_what_the_columns_are() -> None:
    head = text_export([HOSTILE]).splitlines()[:6]
    assert head == [
        "#separator:tab",
        "#html:true",
        "#guid column:1",
        "#notetype column:2",
        "#deck column:3",
        "#tags column:4",
    ]


def test_text_cannot_break_out_of_its_field() -> None:
    ((guid, note_type, deck, tags, front, back),) = rows(text_export([HOSTILE]))
    assert (guid, note_type, deck) == (guid_of("who/x"), "Basic", "Serge::Who said it")
    assert tags == "serge::who serge::chapter-04 serge::lenin"
    assert "&lt;b&gt;no&lt;/b&gt;" in front
    assert "<blockquote>first<br>second</blockquote>" in front
    assert back.startswith("#deck:Evil")


def test_no_line_of_a_note_begins_like_a_setting(cards: list[Card]) -> None:
    body = text_export(cards).splitlines()[6:]
    assert len(body) == len(cards)
    assert all(line.startswith('"') for line in body)


def test_every_card_has_its_own_guid_that_never_changes(cards: list[Card]) -> None:
    assert len({guid_of(each.key) for each in cards}) == len(cards)
    assert guid_of("who/istrati-omelette") == guid_of("who/istrati-omelette")
    corrected = HOSTILE.edited("Another question", "another answer")
    assert rows(text_export([corrected]))[0][0] == rows(text_export([HOSTILE]))[0][0]


def test_with_the_own_note_type_every_field_is_given() -> None:
    ((_, note_type, _, _, *fields),) = rows(text_export([HOSTILE], note_type=NOTE_TYPE))
    assert note_type == NOTE_TYPE
    assert fields == [*fields_of(HOSTILE)]
    assert len(fields) == len(FIELDS)


def test_tags_have_no_spaces(cards: list[Card]) -> None:
    assert not [tag for each in cards for tag in tags_of(each, ["to check"]) if " " in tag]
    assert tags_of(HOSTILE, ["doubt", "to check"])[-2:] == ["doubt", "to_check"]
    assert rows(text_export([HOSTILE], tags={HOSTILE.key: ["doubt"]}))[0][3].endswith(" doubt")


def test_a_package_has_every_note_once_and_the_same_bytes_another_day(
    cards: list[Card], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    genanki = pytest.importorskip("genanki")
    digests = []
    clock = time.time
    for name, later in (("one.apkg", 0), ("two.apkg", 86_400)):
        path = tmp_path / name
        monkeypatch.setattr(time, "time", lambda later=later: clock() + later)
        assert write_apkg(cards, path, timestamp=1_700_000_000.0) == len(cards)
        digests.append(hashlib.sha256(path.read_bytes()).hexdigest())
    assert digests[0] == digests[1]
    with zipfile.ZipFile(path) as package:
        (tmp_path / "collection").write_bytes(package.read("collection.anki2"))
    with sqlite3.connect(tmp_path / "collection") as connection:
        found = dict(connection.execute("select guid, flds from notes").fetchall())
        (models,) = connection.execute("select models from col").fetchone()
    connection.close()
    assert set(found) == {guid_of(each.key) for each in cards}
    assert found[guid_of(cards[0].key)].split("\x1f")[-1] == cards[0].key
    (model,) = json.loads(models).values()
    assert "{{hint:Hints}}" in model["tmpls"][0]["qfmt"]
    assert "Hints" not in model["tmpls"][0]["afmt"]
    assert guid_of("who/x") == genanki.guid_for("serge", "who/x")


def test_without_the_extra_the_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "genanki", None)
    with pytest.raises(SergeError, match=r"pip install 'serge-tui\[anki\]'"):
        write_apkg([HOSTILE], tmp_path / "x.apkg")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    pytest.importorskip("genanki")
    with pytest.raises(SergeError, match="cannot be written"):
        write_apkg([HOSTILE], tmp_path / "no such folder" / "x.apkg")
