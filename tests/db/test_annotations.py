"""What the bin gives up for good, and what links to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.annotations import new_annotation
from db.build import migrate
from db.library import Library
from db.sync.run import sync

if TYPE_CHECKING:
    from pathlib import Path


def opened(path: Path) -> Library:
    migrate(path)
    return Library.open(path)


def test_what_was_deleted_for_good_goes_from_the_other_machine_too(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    with opened(tmp_path / "one.db") as one, opened(tmp_path / "other.db") as other:
        gone = one.annotations.save(new_annotation("note", body="private", tags=["t"])).result()
        kept = one.annotations.save(new_annotation("note", body="kept")).result()
        sync(one, shared)
        sync(other, shared)
        assert {note.body for note in other.annotations.all()} == {"private", "kept"}
        one.annotations.delete(gone.key).result()
        assert one.annotations.purge([gone.key]).result() == 1
        for library in (one, other, one):
            sync(library, shared)
        for library in (one, other):
            assert [note.key for note in library.annotations.all()] == [kept.key]
            assert library.annotations.bin() == []
            row = library.annotations.by_key(gone.key)
            assert row is not None
            assert (row.body, row.tags) == ("", ())


def test_words_deleted_for_good_are_not_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "serge.db"
    with opened(path) as library:
        gone = library.annotations.save(new_annotation("note", body="a most private sentence")).result()
        library.annotations.delete(gone.key).result()
        library.annotations.purge([gone.key]).result()
        assert library.annotations.by_key(gone.key) is None
    assert b"a most private sentence" not in path.read_bytes()


def test_links_are_found_by_what_they_name(library: Library) -> None:
    one = library.annotations.save(new_annotation("note", body="[[trotsky]] in [[ch4]]")).result()
    library.annotations.save(new_annotation("note", body="trotsky, [trotsky], [[trotskyite]]")).result()
    binned = library.annotations.save(new_annotation("note", body="[[trotsky]]")).result()
    library.annotations.delete(binned.key).result()
    for target in ("figure:trotsky", "chapter:4"):
        assert [note.key for note in library.annotations.linking_to(target)] == [one.key]
