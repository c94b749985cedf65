"""Ready templates: what they make is read by what it is for, whatever is in the notes."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING

import bibtexparser
import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings

from db.annotations import new_annotation
from db.models import Anchor
from serge_tui.core.export.citations import Work, given_and_family
from serge_tui.core.export.note_record import NoteRecord
from serge_tui.core.export.table import harmless
from serge_tui.core.export.template import READY, ready_template, through_template
from tests.serge_tui.core.export.notes import many

if TYPE_CHECKING:
    from db.models import Annotation

SERGE = Work(
    "serge-memoirs", "Victor Serge", "Memoirs: {100 %} of a \"Revolutionary\"", "Peter Sedgwick", "New York",
    "NYRB Classics", "2012", "9781590174517", "en",
)  # fmt: skip
BARE = Work("bare", "Voline", "The Unknown Revolution")
WORKS = {"x": SERGE, "y": BARE}


def described(annotation: Annotation) -> NoteRecord:
    return NoteRecord(annotation, "A *book*", "Victor Serge", "# A chapter", "84", chapter_number=4)


def made(name: str, records: list[NoteRecord]) -> str:
    source = ready_template(name)
    assert source is not None
    return through_template(records, source, name, WORKS)


def note(edition: str = "x", exact: str = "so it was", body: str = "", tags: tuple[str, ...] = ()) -> NoteRecord:
    anchor = Anchor(edition, 1, 0, 1, 5, exact)
    return described(new_annotation("highlight", anchor=anchor, body=body, tags=tags))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(many)
def test_readwise_has_a_row_a_note_and_nothing_to_calculate(annotations: list[Annotation]) -> None:
    text = made("readwise", [described(one) for one in annotations])
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert set(rows[0] if rows else {"Highlight"}) <= {
        "Highlight", "Title", "Author", "URL", "Note", "Location", "Date",
    }  # fmt: skip
    wanted = [one for one in annotations if (one.anchor and one.anchor.exact) or one.body]
    assert len(rows) == len(wanted)
    assert not [cell for row in rows for cell in row.values() if cell.lstrip(" ")[:1] in ("=", "+", "-", "@")]
    for row, one in zip(rows, wanted, strict=True):
        if one.anchor and one.anchor.exact:
            assert row["Highlight"] == harmless(one.anchor.exact)


def test_readwise_takes_tags_page_and_moment_from_a_row() -> None:
    text = made("readwise", [note(body='mine, "yes"', tags=("to check",)), note(exact="and so, on")])
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    assert (first["Highlight"], second["Highlight"]) == ("so it was", "and so, on")
    assert first["Note"] == '.to-check mine, "yes"'
    assert (first["Title"], first["Author"], first["Location"]) == ("A *book*", "Victor Serge", "84")
    datetime.fromisoformat(first["Date"])


def test_csl_has_each_text_once_with_what_is_known() -> None:
    works = json.loads(made("csl", [note(), note(), note("y"), note("gone")]))
    assert [work["id"] for work in works] == ["serge-memoirs", "bare"]
    assert works[0] == {
        "id": "serge-memoirs", "type": "book", "title": SERGE.title,
        "author": [{"family": "Serge", "given": "Victor"}], "translator": [{"family": "Sedgwick", "given": "Peter"}],
        "publisher": "NYRB Classics", "publisher-place": "New York", "ISBN": "9781590174517", "language": "en",
        "issued": {"date-parts": [[2012]]},
    }  # fmt: skip
    assert works[1] == {"id": "bare", "type": "book", "title": BARE.title, "author": [{"literal": "Voline"}]}
    assert json.loads(made("csl", [])) == []


def test_bibtex_has_the_notes_of_each_text() -> None:
    text = made("bibtex", [note(body="100 % mine {so}"), note(exact="two"), note("y", "three")])
    entries = bibtexparser.loads(text).entries
    assert [entry["ID"] for entry in entries] == ["serge-memoirs", "bare"]
    assert "``so it was''" in entries[0]["annote"]
    assert r"100 \% mine \{so\}" in entries[0]["annote"]
    assert r"\par" in entries[0]["annote"]
    assert "``three''" in entries[1]["annote"]
    assert "two" not in entries[1]["annote"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(many)
def test_zotero_has_no_markup_but_its_own(annotations: list[Annotation]) -> None:
    tree = lxml.html.fromstring(made("zotero", [described(one) for one in annotations]))
    assert {element.tag for element in tree.iter()} <= {"div", "h1", "blockquote", "p", "strong", "br"}
    assert len(tree.findall(".//blockquote")) == sum(bool(one.anchor and one.anchor.exact) for one in annotations)


@pytest.mark.parametrize("name", READY)
def test_every_ready_template_takes_any_record(name: str) -> None:
    assert made(name, [note(), NoteRecord(new_annotation("note", target="figure:lenin", body="x"), target_name="L")])


@pytest.mark.parametrize(
    ("name", "parts"), [("Victor Serge", ("Victor", "Serge")), ("Serge, Victor", ("Victor", "Serge")), ("V", ("", "V"))]
)
def test_names_of_authors(name: str, parts: tuple[str, str]) -> None:
    assert given_and_family(name) == parts
