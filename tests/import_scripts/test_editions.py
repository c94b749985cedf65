"""Which edition a book is: never decided by its title alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from db.models import GUIDE_EDITION
from import_scripts.editions import UnsureEditionError, text_agreement
from import_scripts.pipeline import import_book
from tests.import_scripts.making import make_epub, opf

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library

OLD = " ".join(
    f"In the year {year} the printers of the quarter set no line of type without a quarrel." for year in range(40)
)
NEW = " ".join(
    f"Nobody in house {number} had any wood left, and the stairs were burnt before Christmas." for number in range(40)
)


def an_epub(path: Path, text: str, identifier: str = "", title: str = "Memoirs of a Revolutionary") -> Path:
    metadata = (
        f'<dc:title>{title}</dc:title><dc:creator>Victor Serge</dc:creator><dc:identifier id="id">{identifier}'
        "</dc:identifier>"
    )
    return make_epub(path, {"one.xhtml": f"<h1>One</h1><p>{text}</p>"}, package=opf(["one.xhtml"], metadata=metadata))


def editions(library: Library) -> dict[str, str]:
    keys = [edition.key for edition in library.texts.editions() if edition.key != GUIDE_EDITION]
    return {key: " ".join(library.passages.texts(key)) for key in keys}


def test_two_texts_with_one_title_are_two_editions(library: Library, tmp_path: Path) -> None:
    first = import_book(library, an_epub(tmp_path / "1963.epub", OLD, "urn:isbn:9780199000001")).edition
    second = import_book(library, an_epub(tmp_path / "2012.epub", NEW, "urn:isbn:9781590000004")).edition
    assert (first.key, second.key, second.replaced) == (
        "memoirs-of-a-revolutionary-epub", "memoirs-of-a-revolutionary-epub-2", False,
    )  # fmt: skip
    assert OLD in editions(library)[first.key]
    assert NEW in editions(library)[second.key]
    for name, key in (("1963", first.key), ("2012", second.key)):
        again = import_book(library, tmp_path / f"{name}.epub").edition
        assert (again.key, again.replaced) == (key, True)


@pytest.mark.parametrize("name", ["book.txt", "index.html", "output.txt"])
def test_unrelated_files_of_one_name_are_two_editions(library: Library, tmp_path: Path, name: str) -> None:
    for folder, text in (("a", OLD), ("b", NEW)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(f"<html><p>{text}</p></html>" if "html" in name else text)
        import_book(library, tmp_path / folder / name)
    assert len(editions(library)) == 2


def test_a_corrected_text_with_the_same_identifier_replaces(library: Library, tmp_path: Path) -> None:
    import_book(library, an_epub(tmp_path / "a.epub", OLD, "urn:isbn:978-0-19-900000-1"))
    corrected = OLD.replace("quarrel", "fight", 6)
    done = import_book(
        library, an_epub(tmp_path / "b.epub", corrected, "urn:isbn:9780199000001", "Memoirs (new)")
    ).edition
    assert (done.key, done.replaced) == ("memoirs-of-a-revolutionary-epub", True)
    assert len(editions(library)) == 1


def test_a_text_that_agrees_in_part_is_asked_about(library: Library, tmp_path: Path) -> None:
    import_book(library, an_epub(tmp_path / "a.epub", OLD, "a-1"))
    longer = an_epub(tmp_path / "b.epub", f"{OLD} {NEW[: len(OLD) // 3]}", "b-2")
    with pytest.raises(
        UnsureEditionError, match=r"--replace memoirs-of-a-revolutionary-epub or with --as-new"
    ) as unsure:
        import_book(library, longer)
    assert unsure.value.keys == ("memoirs-of-a-revolutionary-epub",)
    assert len(editions(library)) == 1
    assert import_book(library, longer, as_new=True).edition.key == unsure.value.new_key
    assert import_book(library, longer).edition.replaced
    assert import_book(library, longer, replace="memoirs-of-a-revolutionary-epub").edition.replaced
    assert len(editions(library)) == 2


def test_stand_in_identifiers_say_nothing(library: Library, tmp_path: Path) -> None:
    for number, text in enumerate((OLD, NEW)):
        import_book(library, an_epub(tmp_path / f"{number}.epub", text, "12345", f"Book {number}"))
    assert len(editions(library)) == 2


def test_a_book_stored_under_a_key_of_ones_own_is_found_again(library: Library, tmp_path: Path) -> None:
    path = an_epub(tmp_path / "a.epub", OLD)
    import_book(library, path, key="my-copy")
    assert import_book(library, path).edition.key == "my-copy"


def test_the_edition_to_replace_must_be_here(library: Library, tmp_path: Path) -> None:
    with pytest.raises(SergeError, match="no imported edition “guide”"):
        import_book(library, an_epub(tmp_path / "a.epub", OLD), replace="guide")


def test_agreement_of_texts() -> None:
    assert text_agreement("a b c d e f", "a b c d e f") == 1.0
    assert text_agreement("", "a b c d e f") == 0.0
    assert text_agreement("a b c d e f g h i j", "a b c d e") < 0.5
