from __future__ import annotations

from dataclasses import replace

import pytest

from db.annotations import new_annotation
from db.models import Anchor
from db.models.annotation import HIGHLIGHT_COLOURS
from db.note_links import links_in, target_of, without_brackets, written_of
from serge_tui.core.export.note_record import NoteRecord
from serge_tui.modes.notes.labels import retagged
from serge_tui.services.note_filters import colours_by_name, matches, terms_of
from serge_tui.services.note_links import LinkChoice, begun, completions
from serge_tui.widgets.link_area import TermSuggester

NOTE = replace(
    new_annotation(
        "note", anchor=Anchor("x", 1, 0, 1, 5, "the sea"), colour="amber", body="see [[trotsky]]", tags=["a"]
    ),
    created_at="2026-05-10T12:00:00.000000+00:00",
    state="orphan",
    tags=("a",),
)
ITEM = NoteRecord(NOTE, "Book", chapter="Danger from Within", chapter_number=4)
ON_FIGURE = NoteRecord(new_annotation("note", target="figure:lenin", body="x"), target_name="Lenin")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("since:2026-05", True), ("since:2026-06", False), ("since:2026", True), ("until:2026-05", True),
        ("until:2026-04-30", False), ("on:2026-05-10", True), ("ch:4", True), ("ch:5", False), ("ch:danger", True),
        ("colour:amber", True), ("colour:doubt", True), ("color:red", False), ("is:orphan", True),
        ("is:journal", False), ("kind:note", True), ("kind:highlight", False), ("figure:trotsky", True),
        ("figure:lenin", False), ("tag:a", True), ("tag:b", False), ("sea ch:4 #a", True), ("http://x", False),
        ("-#a", False), ("-#b", True), ("sea -is:journal", True), ("-sea", False), ("-", False),
    ],
)  # fmt: skip
def test_each_kind_of_term(query: str, found: bool) -> None:
    assert matches(ITEM, query.split(), {"amber": "Doubt"}) is found


async def test_the_last_term_is_completed_while_typing() -> None:
    box = TermSuggester(terms_of(["doubt", "done"], HIGHLIGHT_COLOURS, {"amber": "Zweifel"}))
    for typed, offered in (
        ("#do", "#doubt"), ("sea -#don", "sea -#done"), ("IS:O", "IS:Orphan"), ("colour:z", "colour:zweifel"),
        ("#doubt", None), ("", None), ("sea ", None), ("xyz", None),
    ):  # fmt: skip
        found = await box.get_suggestion(typed)
        assert (found or "").lower() == (offered or "").lower()


def test_a_note_on_a_person_is_found_by_key_and_by_name() -> None:
    assert matches(ON_FIGURE, ["figure:lenin"])
    assert matches(ON_FIGURE, ["figure:leni"])
    assert not matches(ON_FIGURE, ["figure:trotsky"])


def test_the_readers_names_of_colours() -> None:
    assert colours_by_name(["amber=doubt", "pink=x", "red=", "blue"], HIGHLIGHT_COLOURS) == {"amber": "doubt"}


def test_links_and_what_they_name() -> None:
    body = "[[trotsky]] and [[ch4|the fourth]] [[quote:x]] [[ a\nb ]] [[]]"
    assert [(link.target, link.words) for link in links_in(body)] == [
        ("figure:trotsky", "trotsky"), ("chapter:4", "the fourth"), ("quote:x", "quote:x"),
    ]  # fmt: skip
    assert without_brackets("[[trotsky|the Old Man]] and [[ch4]]") == "the Old Man and ch4"
    for target in ("figure:trotsky", "chapter:4", "quote:x", "event:y", "card:who/x"):
        assert target_of(written_of(target)) == target


def test_completion_of_a_begun_link() -> None:
    choices = [
        LinkChoice("zinoviev", "Grigory Zinoviev"),
        LinkChoice("ch4", "Danger"),
        LinkChoice("quote:zero", "Zero"),
    ]
    assert begun("so [[zin") == "zin"
    assert begun("so [[zin]] and") is None
    assert [choice.written for choice in completions("zin", choices)] == ["zinoviev"]
    assert [choice.written for choice in completions("ze", choices)] == ["quote:zero"]
    assert len(completions("", choices)) == 3


def test_tags_are_added_and_taken_away() -> None:
    assert retagged(("a", "b"), "c -a #d") == ("b", "c", "d")
    assert retagged((), "-x") == ()
