"""Removing a text, bringing it back as it was, and renaming it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from db.edition_corrections import show_title
from db.errors import SergeError
from db.found_store import ChapterFindings, begin_search, store_chapter
from db.models import GUIDE_EDITION, Anchor, Annotation
from db.models.found_text import FoundMention
from db.sync.records import apply_correction
from import_scripts.pipeline import import_book

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library

KEY = "plain-text"
TABLES = ("edition", "chapter", "note", "page_mark", "mention", "quotation_place", "term_mention", "link_question",
          "name_suggestion", "annotation", "stretch_read", "found_search", "found_mention", "found_person")  # fmt: skip


@pytest.fixture
def text(library: Library, tmp_path: Path) -> Path:
    path = tmp_path / "plain.txt"
    path.write_text("Chapter One\n\nTrotsky and Zinoviev met Lenin at the Smolny, said Gorky.\n\n" * 10, "utf-8")
    assert import_book(library, path).edition.key == KEY
    anchor = Anchor(KEY, 1, 0, 1, 7, "Trotsky")
    library.annotations.save(
        Annotation(
            "n1", "note", "", anchor, "", "mine", "anchored", "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00"
        )
    ).result()
    mentions = ChapterFindings(mentions=[FoundMention(KEY, 1, 0, 7, "Trotsky")])
    library.writer.run(lambda c: (begin_search(c, KEY, "en", "v1", 1), store_chapter(c, KEY, "v1", 0, mentions)))
    return path


def rows(library: Library) -> dict[str, Any]:
    with closing(sqlite3.connect(library.path)) as connection:
        found: dict[str, Any] = {
            table: sorted(
                connection.execute(
                    f"select * from {table} where {'key' if table == 'edition' else 'edition'} = ?", [KEY]
                )
            )
            for table in TABLES
        }
        found["passages"] = connection.execute(
            "select ordinal, text, spans from passage where edition = ? order by ordinal", [KEY]
        ).fetchall()
        found["found"] = connection.execute(
            "select count(*) from passage_words where passage_words match 'smolny'"
        ).fetchone()
        connection.execute("insert into passage_words (passage_words) values ('integrity-check')")
        return found


def test_a_removed_text_comes_back_as_it_was(library: Library, text: Path) -> None:
    before = rows(library)
    assert before["mention"]
    library.removed_texts.remove(KEY).result()
    gone = rows(library)
    assert not gone["edition"]
    assert not gone["passages"]
    assert gone["annotation"] == before["annotation"]
    assert [one.key for one in library.removed_texts.all()] == [KEY]
    library.removed_texts.restore(KEY).result()
    assert rows(library) == before
    assert library.removed_texts.all() == []


def test_what_was_removed_long_ago_is_not_offered_and_then_deleted(library: Library, text: Path) -> None:
    library.removed_texts.remove(KEY).result()
    library.writer.run(lambda c: c.execute("update removed_text set removed_at = '2020-01-01T00:00:00+00:00'"))
    assert library.removed_texts.all() == []
    import_book(library, text, as_new=True)
    library.removed_texts.delete(KEY).result()
    with pytest.raises(SergeError, match="import its file again"):
        library.removed_texts.restore(KEY).result()


def test_a_text_that_is_here_again_is_not_overwritten(library: Library, text: Path) -> None:
    library.removed_texts.remove(KEY).result()
    import_book(library, text)
    with pytest.raises(SergeError, match="in the library again"):
        library.removed_texts.restore(KEY).result()


def test_the_guide_cannot_be_removed(library: Library) -> None:
    with pytest.raises(SergeError, match="no such text"):
        library.removed_texts.remove(GUIDE_EDITION).result()


def test_a_title_is_kept_through_a_new_import_and_the_key_never_changes(library: Library, text: Path) -> None:
    library.texts.rename(KEY, "My \x1b copy").result()
    edition = import_book(library, text).edition
    assert edition.key == KEY
    (summary,) = [one for one in library.texts.summaries() if one.edition.key == KEY]
    assert summary.edition.title.startswith("My ")
    assert "\x1b" not in summary.edition.title
    assert summary.annotations == 1


def test_a_title_taken_back_is_the_one_in_the_file_and_no_correction_is_left(library: Library, text: Path) -> None:
    edition = library.texts.edition(KEY)
    assert edition is not None
    library.texts.rename(KEY, "My copy").result()
    assert library.texts.own_title(KEY) == "My copy"
    library.texts.rename(KEY, "").result()
    assert library.texts.own_title(KEY) == ""
    assert library.texts.edition(KEY) == edition


def test_a_title_taken_back_on_another_machine_is_the_files_here(library: Library, text: Path) -> None:
    before = library.texts.edition(KEY)
    library.texts.rename(KEY, "My copy").result()

    def receive(connection: sqlite3.Connection) -> None:
        apply_correction(connection, f"edition:{KEY}|title", "null", "2026-01-01")
        show_title(connection, f"edition:{KEY}")

    library.writer.run(receive)
    assert library.texts.edition(KEY) == before


def test_texts_removed_long_ago_are_deleted_and_later_ones_stay(library: Library, text: Path) -> None:
    library.removed_texts.remove(KEY).result()
    assert library.removed_texts.delete_old().result() == 0
    assert len(library.removed_texts.all()) == 1
    library.writer.run(lambda c: c.execute("update removed_text set removed_at = '2020-01-01T00:00:00+00:00'"))
    assert library.removed_texts.delete_old().result() == 1
    with closing(sqlite3.connect(library.path)) as connection:
        assert connection.execute("select count(*) from removed_text").fetchone() == (0,)


def test_all_removed_texts_are_deleted(library: Library, text: Path) -> None:
    library.removed_texts.remove(KEY).result()
    assert library.removed_texts.delete_all().result() == 1
    assert library.removed_texts.all() == []


def test_a_text_of_an_older_importer_is_marked_until_it_is_imported_again(library: Library, text: Path) -> None:
    edition = library.texts.edition(KEY)
    assert edition is not None
    assert not edition.is_from_older_importer
    library.writer.run(lambda c: c.execute("update edition set importer = 0"))
    marked = {one.key for one in library.texts.editions() if one.is_from_older_importer}
    assert marked == {KEY}
    import_book(library, text)
    assert not any(one.is_from_older_importer for one in library.texts.editions())
