"""Each form is read by what it is meant for, and nothing in a note becomes markup, a formula or a link."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import bibtexparser
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from db.annotations import new_annotation
from db.errors import SergeError
from db.models import Anchor
from db.text import sanitise
from serge_tui.core.export.citations import Work, cite, to_bibtex
from serge_tui.core.export.markdown import escaped, to_markdown
from serge_tui.core.export.note_record import NoteRecord
from serge_tui.core.export.org import org_escaped, to_org
from serge_tui.core.export.page import to_html
from serge_tui.core.export.table import COLUMNS, to_csv
from serge_tui.core.export.template import through_template
from serge_tui.core.export.vault import vault
from serge_tui.core.export.web_annotation import to_web_annotations
from serge_tui.services.note_records import all_note_records
from tests.serge_tui.core.export.notes import NASTY, many, words

if TYPE_CHECKING:
    from db.library import Library
    from db.models import Annotation

SCHEMA = json.loads(Path(__file__).with_name("web_annotation.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
SERGE = Work(
    "serge-memoirs", "Victor Serge", "Memoirs of a Revolutionary", "Peter Sedgwick", "New York", "NYRB Classics",
    "2012", "9781590174517", "en",
)  # fmt: skip


def described(annotation: Annotation) -> NoteRecord:
    return NoteRecord(annotation, "A *book*", "Somebody", "# A chapter", "84", chapter_number=4, chapter_ordinal=3)


def quoted(exact: str, body: str = "") -> NoteRecord:
    return described(new_annotation("note", anchor=Anchor("x", 1, 0, 1, 5, exact), body=body))


def plain(text: str) -> str:
    return " ".join(text.split())


@given(words)
def test_markdown_shows_words_of_books_as_they_are(text: str) -> None:
    text = sanitise(text)
    html = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(f"> {escaped(text)}".replace("\n", "\n> "))
    )
    tree = lxml.html.fromstring(f"<div>{html}</div>")
    assert plain("".join(map(str, tree.itertext()))) == plain(text)
    assert {element.tag for element in tree.iter()} <= {"div", "blockquote", "p", "br"}


@given(many)
def test_json_is_what_the_w3c_demands(annotations: list[Annotation]) -> None:
    made = json.loads(json.dumps(to_web_annotations([described(annotation) for annotation in annotations])))
    VALIDATOR.validate(made)
    assert [entry["id"].rpartition(":")[2] for entry in made] == [annotation.key for annotation in annotations]


@given(many)
def test_csv_is_read_back_and_calculates_nothing(annotations: list[Annotation]) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(described(annotation) for annotation in annotations), newline="")))
    assert len(rows) == len(annotations)
    for row, annotation in zip(rows, annotations, strict=True):
        assert tuple(row) == COLUMNS
        assert row["note"].removeprefix("'") == annotation.body.removeprefix("'")
        assert not any(value.lstrip(" ").startswith(("=", "+", "-", "@")) for value in row.values())


@given(many)
def test_html_has_no_elements_of_anybody_elses_and_fetches_nothing(annotations: list[Annotation]) -> None:
    tree = lxml.html.fromstring(to_html(described(annotation) for annotation in annotations))
    assert not tree.xpath("//script | //img | //iframe | //link | //@src | //@onclick")
    assert sum(1 for _ in tree.iter("article")) == len(annotations)
    assert ["".join(map(str, quote.itertext())) for quote in tree.iter("blockquote") if "class" in quote.attrib] == [
        sanitise(annotation.anchor.exact)
        for annotation in annotations
        if annotation.anchor is not None and annotation.anchor.exact
    ]


@given(many)
def test_org_has_just_the_headings_and_blocks_that_were_written(annotations: list[Annotation]) -> None:
    lines = to_org(described(annotation) for annotation in annotations).split("\n")
    assert sum(line.startswith("*** ") for line in lines) == len(annotations)
    assert lines.count("#+begin_src markdown") == lines.count("#+end_src")
    assert lines.count("#+begin_quote") == lines.count("#+end_quote")
    assert [line.startswith("*** ") for line, after in pairwise(lines) if after == ":PROPERTIES:"] == (
        [True] * len(annotations)
    )


@pytest.mark.parametrize("text", NASTY)
def test_org_adds_only_what_cannot_be_seen(text: str) -> None:
    assert org_escaped(text).replace("\u200b", "") == sanitise(text)


def test_one_file_a_chapter_with_front_matter_that_any_title_fits_in() -> None:
    nasty = 'He said: "no" --- {x}'
    first = described(new_annotation("note", anchor=Anchor("x", 1, 0, 1, 2, "so"), body="mine", tags=("to check",)))
    second = NoteRecord(first.annotation, "Book", chapter=nasty, chapter_ordinal=7)
    journal = NoteRecord(new_annotation("note", body="a thought"))
    files = vault([], [], [first, second, journal])
    assert list(files) == ["04-a-chapter.md", "he-said-no-x.md", "on-people-and-things.md"]
    head = files["04-a-chapter.md"].split("---\n")[1]
    assert 'tags: ["to-check"]' in head
    assert 'aliases: ["ch4"]' in head
    assert f"heading: {json.dumps(nasty)}" in files["he-said-no-x.md"]
    assert "a thought" in files["on-people-and-things.md"]


def test_two_chapters_of_one_title_are_two_files() -> None:
    one = NoteRecord(new_annotation("note", anchor=Anchor("x", 1, 0, 1, 2, "so")), "B", chapter="I", chapter_ordinal=1)
    other = NoteRecord(
        new_annotation("note", anchor=Anchor("x", 9, 0, 9, 2, "no")), "B", chapter="I", chapter_ordinal=2
    )
    assert list(vault([], [], [one, other])) == ["i.md", "i-2.md"]


def test_chicago_and_mla_name_what_is_known() -> None:
    assert str(cite(SERGE, 4, "122", "chicago")) == (
        "Victor Serge, Memoirs of a Revolutionary, trans. Peter Sedgwick (New York: NYRB Classics, 2012), 122."
    )
    assert str(cite(SERGE, 4, "122", "mla")) == (
        "Serge, Victor. Memoirs of a Revolutionary. translated by Peter Sedgwick, NYRB Classics, 2012, ch. 4, p. 122."
    )
    assert str(cite(Work("x", "", "A text"), None, "", "chicago")) == "A text."
    assert str(cite(Work("x", "", "A text"), 4, "", "mla")) == "A text. ch. 4."


def test_bibtex_is_parsed_whatever_a_title_holds() -> None:
    odd = Work("odd", "O}dd {Name", "100% of \\ $5 & #1_ ~ ^")
    database = bibtexparser.loads(to_bibtex([SERGE, odd]))
    assert [entry["ID"] for entry in database.entries] == ["serge-memoirs", "odd"]
    assert database.entries[0]["author"] == "Serge, Victor"
    assert database.entries[0]["translator"] == "Peter Sedgwick"
    assert "100\\% of" in database.entries[1]["title"]
    assert str(cite(SERGE, 4, "84", "bibtex")) == "[@serge-memoirs, p. 84]"
    assert str(cite(SERGE, 4, "](x", "bibtex")) == "[@serge-memoirs, chap. 4]"


def test_a_citation_is_escaped_where_it_stands() -> None:
    item = NoteRecord(quoted("so").annotation, citation=cite(Work("x", "A*B", "<b>"), None, "", "chicago"))
    assert r"— A\*B, *\<b\>*." in to_markdown([item])
    assert "A*B, <cite>&lt;b&gt;</cite>." in to_html([item])


def test_a_template_writes_what_it_says() -> None:
    source = (
        "{% for note in notes %}\n{{ note.words | md }} / {{ note.note }} / {{ note.tags | join(' ') }}\n{% endfor %}\n"
    )
    item = described(new_annotation("note", anchor=Anchor("x", 1, 0, 1, 5, "*so*"), body="mine", tags=("a", "b")))
    assert through_template([item], source, "t.j2") == "\\*so\\* / mine / a b\n"


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4))
def test_cells_that_the_filter_writes_are_read_back_by_csv(cells: list[str]) -> None:
    cells = [sanitise(cell).replace("\r", "") for cell in cells]
    items = [described(new_annotation("note", body=cell)) for cell in cells]
    line = through_template(items, "{% for note in notes %}{{ note.note | csv }},{% endfor %}end", "t.j2")
    (row,) = csv.reader(io.StringIO(line, newline=""))
    assert [cell.removeprefix("'") for cell in row] == [*(cell.removeprefix("'") for cell in cells), "end"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% for %}", "line 1"),
        ("{{ notes[0].nothing }}", "nothing"),
        ("{{ ''.__class__.__mro__ }}", "could not be filled"),
        ("{{ notes.append(1) }}", "could not be filled"),
        ("{{ cycler.__init__.__globals__.os.system('true') }}", "could not be filled"),
        ("{% include '/etc/passwd' %}", "could not be filled"),
        ("{{ range(10**9) | list }}", "could not be filled"),
        ("{{ 1 / 0 }}", "could not be filled"),
    ],
)
def test_a_template_does_no_more_than_write(source: str, said: str) -> None:
    with pytest.raises(SergeError, match=re.escape(said)):
        through_template([quoted("x")], source, "t.j2")


def test_everything_in_a_database_is_described(library: Library) -> None:
    for target in (
        "figure:trotsky",
        "chapter:4",
        "quote:booing-at-smolny",
        "event:kibalchich-hanged",
        "",
        "figure:nobody",
    ):
        library.annotations.save(new_annotation("note", target=target, body="x")).result()
    names = {item.annotation.target: item.target_name for item in all_note_records(library)}
    assert names["figure:trotsky"] == "Leon Trotsky"
    assert names["chapter:4"].startswith("Chapter 4: ")
    assert "booing" in names["quote:booing-at-smolny"]
    assert names["event:kibalchich-hanged"].startswith("1881")
    assert (names[""], names["figure:nobody"]) == ("", "nobody")
