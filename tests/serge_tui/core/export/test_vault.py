"""A vault: every link of every page leads to a page, as Obsidian and as Logseq look for it."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from db.annotations import new_annotation
from db.models import Anchor
from serge_tui.core.export.note_record import NoteRecord
from serge_tui.core.export.person import PersonRecord, RelatedPerson
from serge_tui.core.export.vault import GuideChapter, page_name, vault
from serge_tui.services.note_records import all_note_records
from serge_tui.services.vaults import vault_files
from tests.serge_tui.core.export.notes import NASTY

if TYPE_CHECKING:
    from db.library import Library


def links(text: str) -> list[str]:
    return re.findall(r"\[\[(.*?)\]\]", text)


def facts(text: str) -> dict[str, object]:
    head = text.split("---\n")[1]
    return {name: json.loads(value) for name, _, value in (line.partition(": ") for line in head.splitlines())}


def check_links(files: dict[str, str]) -> int:
    """Resolve every link as both programs do, by the name of the file; return how many there are."""
    stems = [PurePosixPath(name).stem.casefold() for name in files]
    assert len(stems) == len(set(stems)), "a name leads to one page"
    number = 0
    for name, text in files.items():
        assert "title" not in facts(text), "to Logseq a title would be another name of the page"
        for link in links(text):
            number += 1
            assert link.casefold() in stems, f"{name} links to {link}"
            assert "|" not in link
    return number


def person(key: str, name: str, **more: object) -> PersonRecord:
    return PersonRecord(key, name, "", "", "", "", "", **more)  # type: ignore[arg-type]


def test_every_link_of_the_whole_vault_leads_to_a_page(library: Library) -> None:
    bodies = [
        "see [[trotsky]], [[trotsky|the Old Man]], [[ch4]], [[ch7|the seventh]] and [[nobody]]",
        "[[quote:istrati-omelette]] [[event:none]] [[event:none|then]] [[card:x]]",
    ]
    for body in bodies:
        library.annotations.save(new_annotation("note", target="figure:radek", body=body)).result()
    anchor = Anchor("guide", 3, 0, 3, 5, "After")
    library.annotations.save(new_annotation("note", anchor=anchor, body="[[lenin]]", tags=["a tag"])).result()
    files = vault_files(library, all_note_records(library), whole=True)
    assert check_links(files) > 1000
    assert len([name for name in files if name.startswith("people/")]) == len(library.figures.names())
    text = files["on-people-and-things.md"]
    assert "see [[Leon Trotsky]], the Old Man ([[Leon Trotsky]]), [[04-danger-from-within]], the seventh ([[07-" in text
    assert "and nobody" in text
    assert text.count("[[Karl Radek]]") == 2, "a note on somebody links to them"
    assert "then" in text
    radek = files["people/Karl Radek.md"]
    assert "- [[on-people-and-things]]" in radek.partition("## Linked from")[2]
    assert "- [[01-world-without-possible-escape]]" in files["people/Vladimir Lenin.md"].partition("## Linked from")[2]
    assert facts(radek)["serge"] == "figure:radek"
    assert "Parabellum" in str(facts(radek)["aliases"])
    chapter = files["01-world-without-possible-escape.md"]
    assert "# World Without Possible Escape (A guide to the Memoirs of a Revolutionary)" in chapter
    assert facts(chapter)["aliases"] == ["ch1"]
    assert "## People" in chapter


def test_without_the_rest_only_what_notes_are_about_has_a_page(library: Library) -> None:
    library.annotations.save(new_annotation("note", target="figure:radek", body="[[ch4]] [[lenin]]")).result()
    files = vault_files(library, all_note_records(library), whole=False)
    assert set(files) == {
        "on-people-and-things.md", "04-danger-from-within.md", "people/Karl Radek.md", "people/Vladimir Lenin.md",
    }  # fmt: skip
    check_links(files)


@pytest.mark.usefixtures("ends_hidden")
def test_a_hidden_end_is_in_no_page(library: Library) -> None:
    files = vault_files(library, [], whole=True)
    radek = files["people/Karl Radek.md"]
    assert "1939" not in radek
    assert "## Fate" not in radek
    assert "murdered" not in radek


@pytest.mark.parametrize("name", [*NASTY, "a/b", "[[x]]", "..", "CON|x", "#tag^", "x" * 300])
def test_any_name_is_a_page_that_can_be_linked(name: str) -> None:
    people = [person("one", name, ties=(RelatedPerson("friend", "two", name, ""),)), person("two", name)]
    files = vault(people, [], [])
    assert len(files) == 2
    assert check_links(files) == 1
    for path in files:
        assert PurePosixPath(path).parent.name == "people"
        assert not re.search(r'[\\:*?"<>|#^\[\]\x00-\x1f]', PurePosixPath(path).name)
        assert len(path) < 120
    assert page_name(name) not in ("", ".", "..")


def test_people_and_chapters_of_one_name_have_pages_of_their_own() -> None:
    note = NoteRecord(
        new_annotation("note", anchor=Anchor("x", 1, 0, 1, 2, "so")), "Book", chapter="Serge", chapter_ordinal=1
    )
    files = vault([person("a", "SERGE"), person("b", "serge")], [GuideChapter(4, "Serge")], [note])
    assert set(files) == {"serge.md", "04-serge.md", "people/SERGE 2.md", "people/serge 3.md"}
    check_links(files)
