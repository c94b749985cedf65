"""Mutated files: whatever comes of them is sound, or a sentence."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import SergeError
from import_scripts.formats.book_file import read_book
from tests.import_scripts.making import make_epub, nav
from tests.import_scripts.test_formats import FB2, docx, paragraph
from tests.import_scripts.test_hostile import assert_is_a_sentence, assert_is_sound

if TYPE_CHECKING:
    from pathlib import Path

Mutation: TypeAlias = tuple[str, float, float, bytes]

MARKS: Final = (
    b"<p>", b"</p>", b"<table>", b"<td>", b"</td>", b"<li>", b"</ol>", b"<blockquote>", b"<h1>", b"</h1>",
    b"<br/>", b"<hr/>", b"<pre>", b'<a href="#x">', b"</a>", b"<figure>", b"<hgroup>", b"<sup>",
    b'<span epub:type="pagebreak" title="3"/>', b'<a epub:type="noteref" href="notes.xhtml#n1">1</a>',
    b'<aside epub:type="footnote" id="x">', b"&nbsp;", b"&bogus;", b"&#xd800;", b"\x00", b"\xff", b"<![CDATA[",
    b"<!--", b"<?x?>", b"<svg>", b'<section epub:type="endnotes">', b"\n\n\n\nChapter IV\n\n", b"[1]",
    b"\n\n[1] note\n\n", b"_", b"\xe2\x80\xae", b'<div class="poem">', b"<figcaption>", b"<w:p>", b"<section>",
    b"<title>", b"<v>",
)  # fmt: skip
BODY: Final = (
    '<h1 id="top">One</h1><p>He <i>came</i>'
    '<a epub:type="noteref" id="r1" href="notes.xhtml#n1">1</a> and <b>went</b>.</p>'
    "<blockquote><p>“Quoted<br/>twice.”</p></blockquote><ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>"
    "<table><tr><th>a</th><td>b</td></tr></table><figure><img src='x'/><figcaption>c</figcaption></figure>"
    '<p><span epub:type="pagebreak" title="7"/>See <a href="two.xhtml#top">two</a>, '
    '<a href="https://example.org">there</a>.</p>'
)
NOTES: Final = '<section epub:type="endnotes"><ol><li id="n1">Note. <a href="one.xhtml#r1">↩</a></li></ol></section>'
PLAIN: Final = (
    "Title: X\n\n\n\nCHAPTER I\n\nThe Title\n\n"
    + "Words of _the_ text[1].\n" * 5
    + "\n[1] A note.\n\n    verse\n      verse\n"
)

mutations = st.lists(
    st.tuples(
        st.sampled_from(("flip", "cut", "double", "insert", "repeat", "move")),
        st.floats(0, 1),
        st.floats(0, 1),
        st.sampled_from(MARKS),
    ),
    min_size=1,
    max_size=10,
)
gently = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def mutated(data: bytes, changes: list[Mutation]) -> bytes:
    """Change bytes at places given as shares of the whole."""
    for kind, first, second, mark in changes:
        start = int(first * len(data))
        end = min(len(data), start + 1 + int(second * second * 400))
        piece = data[start:end]
        match kind:
            case "flip":
                data = data[:start] + bytes(byte ^ (1 + int(second * 254)) for byte in piece[:3]) + data[start + 3 :]
            case "cut":
                data = data[:start] + data[end:]
            case "double":
                data = data[:end] + piece + data[end:]
            case "insert":
                data = data[:start] + mark + data[start:]
            case "repeat":
                data = data[:start] + mark * (1 + int(second * 60)) + data[start:]
            case _:
                data = data[:start] + data[end:] + piece
    return data


def rezipped(data: bytes, changes: list[Mutation], prefixes: tuple[str, ...] = ("",)) -> bytes:
    """Change the files in an archive, each by a different part of the changes, and pack them again."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        names = [name for name in source.namelist() if name.startswith(prefixes)]
        for number, name in enumerate(names):
            mine = [change for index, change in enumerate(changes) if index % len(names) == number]
            target.writestr(name, mutated(source.read(name), mine))
    return buffer.getvalue()


def read_soundly(path: Path) -> None:
    try:
        assert_is_sound(read_book(path))
    except SergeError as error:
        assert_is_a_sentence(str(error))


def small_epub(tmp_path: Path) -> bytes:
    contents = nav('<li><a href="one.xhtml">One</a></li><li><a href="two.xhtml#top">Two</a></li>')
    documents = {"one.xhtml": BODY, "two.xhtml": BODY, "notes.xhtml": NOTES}
    return make_epub(
        tmp_path / "whole.epub", documents, others={"nav.xhtml": contents, "look.css": ".a{}"}
    ).read_bytes()


@given(changes=mutations)
@gently
def test_mutated_chapters_and_packages(tmp_path: Path, changes: list[Mutation]) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(rezipped(small_epub(tmp_path), changes))
    read_soundly(path)


@given(changes=mutations)
@gently
def test_mutated_archives(tmp_path: Path, changes: list[Mutation]) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(mutated(small_epub(tmp_path), changes))
    read_soundly(path)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("book.txt", PLAIN.encode()),
        ("book.txt", PLAIN.replace("Words", "Слова").encode("koi8-r")),
        ("book.html", f"<html><body>{BODY}{NOTES}</body></html>".encode()),
        (
            "book.md",
            ("# One\n\nText *em*[^1] `c`\n\n> q\n\n- a\n  - b\n\n|a|b|\n|-|-|\n|1|2|\n\n[^1]: note\n" * 3).encode(),
        ),
        ("book.fb2", FB2.format(encoding="utf-8").encode()),
    ],
)
@given(changes=mutations)
@gently
def test_mutated_texts(tmp_path: Path, name: str, data: bytes, changes: list[Mutation]) -> None:
    path = tmp_path / name
    path.write_bytes(mutated(data, changes))
    read_soundly(path)


@given(changes=mutations)
@gently
def test_mutated_word_documents(tmp_path: Path, changes: list[Mutation]) -> None:
    body = (
        paragraph("One", "Heading1")
        + paragraph("x", look="<w:i/>")
        + '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    notes = f'<w:footnotes xmlns:w="x"><w:footnote w:id="2">{paragraph("note")}</w:footnote></w:footnotes>'
    whole = docx(tmp_path / "whole.docx", body, footnotes=notes).read_bytes()
    path = tmp_path / "book.docx"
    path.write_bytes(rezipped(whole, changes))
    read_soundly(path)


@given(data=st.binary(max_size=3000))
@gently
def test_any_bytes_at_all(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "book.epub"
    path.write_bytes(data)
    read_soundly(path)


@given(text=st.text(max_size=800))
@gently
def test_any_text_at_all(tmp_path: Path, text: str) -> None:
    path = tmp_path / "book.txt"
    path.write_text(text, encoding="utf-8", errors="replace", newline="")
    read_soundly(path)


@pytest.mark.shared
@given(changes=mutations)
@settings(parent=gently, max_examples=25)
def test_a_mutated_real_book(tmp_path: Path, samples: Path, changes: list[Mutation]) -> None:
    real = next((samples / "books").glob("john-reed*.epub")).read_bytes()
    wanted = ("META-INF", "mimetype", "epub/content.opf", "epub/toc", "epub/text/chapter-1.", "epub/text/endnotes")
    path = tmp_path / "book.epub"
    path.write_bytes(rezipped(real, changes, wanted))
    read_soundly(path)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["reed_ten_days_latin1.txt", "ransome_crisis_in_russia.htm"])
@given(changes=mutations, start=st.floats(0, 0.9))
@settings(parent=gently, max_examples=25)
def test_mutated_real_texts(tmp_path: Path, samples: Path, name: str, changes: list[Mutation], start: float) -> None:
    data = (samples / "books" / name).read_bytes()
    piece = data[int(start * len(data)) :][:40_000]
    path = tmp_path / name
    path.write_bytes(mutated(piece, changes))
    read_soundly(path)
