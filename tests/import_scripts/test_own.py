"""Export, then import into an empty database: the same annotations."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from db.anchoring import make_anchor
from db.annotations import new_annotation
from db.build import migrate
from db.errors import SergeError
from db.library import Library
from import_scripts.highlights.serge_notes import import_own, is_own_export
from serge_tui.core.export.web_annotation import to_web_annotations
from serge_tui.services.note_records import all_note_records
from tests.serge_tui.core.export.notes import many

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from db.models import Annotation


@pytest.fixture(scope="module")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without anything in it, to be copied: making one takes longer than the test of it."""
    path = tmp_path_factory.mktemp("new") / "new.db"
    migrate(path)
    return path


def empty(new: Path, path: Path) -> Library:
    shutil.copyfile(new, path)
    return Library.open(path)


def export(library: Library, path: Path) -> None:
    made = to_web_annotations(all_note_records(library))
    path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8", newline="")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(many)
def test_what_was_exported_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, new_database: Path, made: list[Annotation]
) -> None:
    folder = tmp_path_factory.mktemp("round")
    with empty(new_database, folder / "one.db") as one, empty(new_database, folder / "other.db") as other:
        one.annotations.save_all(made).result()
        export(one, folder / "notes.json")
        imported = import_own(other, folder / "notes.json")
        assert (imported.new, imported.report) == (len(made), ())
        kept = {annotation.key: annotation for annotation in made}
        assert {annotation.key: annotation for annotation in other.annotations.all()} == kept
        again = import_own(other, folder / "notes.json")
        assert (again.new, again.changed, again.known) == (0, 0, len(made))


def test_an_older_file_changes_nothing_and_a_newer_one_does(library: Library, tmp_path: Path) -> None:
    old = library.annotations.save(new_annotation("note", body="first")).result()
    export(library, tmp_path / "old.json")
    new = library.annotations.save(replace(old, body="second")).result()
    import_own(library, tmp_path / "old.json")
    assert library.annotations.by_key(old.key) == new
    export(library, tmp_path / "new.json")
    library.annotations.save_all([old]).result()
    assert import_own(library, tmp_path / "new.json").changed == 1
    assert library.annotations.by_key(old.key) == new


def test_words_are_found_again_in_an_edition_that_is_here(library: Library, tmp_path: Path) -> None:
    texts = [passage.text for passage in library.passages.between("guide", 0, 40)]
    long = next(number for number, text in enumerate(texts) if len(text) > 200)
    anchor = make_anchor("guide", texts, 0, long, 20, long, 120)
    right = new_annotation("highlight", anchor=anchor)
    moved = replace(anchor, passage=long + 3, end_passage=long + 3, start=1, end=101)
    lost = replace(anchor, exact="words that stand nowhere in this guide at all", prefix="zzz", suffix="zzz")
    library.annotations.save_all([right, new_annotation("note", anchor=moved, body="m")]).result()
    library.annotations.save_all([new_annotation("note", anchor=lost, body="l")]).result()
    export(library, tmp_path / "notes.json")
    keys = {annotation.body: annotation.key for annotation in library.annotations.all()}
    library.writer.run(_empty)
    assert import_own(library, tmp_path / "notes.json").new == 3
    found = {body: library.annotations.by_key(key) for body, key in keys.items()}
    assert found[""] == right
    drifted, orphan = found["m"], found["l"]
    assert drifted is not None
    assert (drifted.state, drifted.anchor) == ("drifted", anchor)
    assert orphan is not None
    assert (orphan.state, orphan.anchor) == ("orphan", lost)


def _empty(connection: sqlite3.Connection) -> None:
    connection.execute("delete from annotation_tag")
    connection.execute("delete from annotation")


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "not valid JSON"), ("{}", "not an export"), ("[" * 100_000, "not valid JSON"), ("null", "not an export")],
)
def test_what_is_no_export_is_told(library: Library, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "notes.json"
    path.write_text(text)
    with pytest.raises(SergeError, match=said):
        import_own(library, path)


def test_what_is_no_annotation_is_left_out_and_told(library: Library, tmp_path: Path) -> None:
    library.annotations.save(new_annotation("note", body="kept")).result()
    export(library, tmp_path / "notes.json")
    (good,) = json.loads((tmp_path / "notes.json").read_text(encoding="utf-8"))
    bad_key = {**good, "serge": {**good["serge"], "key": "../x"}}
    bad_time = {**good, "created": "yesterday"}
    evil = {**good, "serge": {**good["serge"], "key": "evil"}, "body": [{"value": "\x1b[2J", "purpose": "commenting"}]}
    (tmp_path / "notes.json").write_text(json.dumps([good, bad_key, bad_time, 7, {"type": "Annotation"}, evil]))
    imported = import_own(library, tmp_path / "notes.json")
    assert (imported.new, imported.known, len(imported.report)) == (1, 1, 4)
    found = library.annotations.by_key("evil")
    assert found is not None
    assert "\x1b" not in found.body


def test_an_export_is_told_from_a_book(tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text("[1] It was cold.\n")
    notes = tmp_path / "notes.json"
    notes.write_text('[{"id": "urn:serge:annotation:1"}]')
    assert is_own_export(notes)
    assert not is_own_export(book)
    assert not is_own_export(tmp_path / "nothing.json")
