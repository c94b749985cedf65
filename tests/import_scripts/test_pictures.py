"""The pictures of a book: which are kept, where they belong, and what is never read."""

from __future__ import annotations

import os
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest

from db.pictures import raster_suffix
from import_scripts.formats.book_file import read_book
from import_scripts.formats.epub import read_epub
from import_scripts.formats.pictures import decoded, keep_pictures, of_page, take_embedded
from import_scripts.input import limits
from tests.import_scripts.making import make_epub
from tests.import_scripts.test_formats import WORD

if TYPE_CHECKING:
    from pathlib import Path

    from db.book import Book

PNG = b"\x89PNG\r\n\x1a\n" + b"dots"
JPEG = b"\xff\xd8\xff\xe0" + b"dots"
GIF = b"GIF89a" + b"dots"
WEBP = b"RIFF\x08\x00\x00\x00WEBPVP8 "
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def told(book: Book) -> list[tuple[str, list[bytes]]]:
    """Every passage that names pictures, with those that are kept."""
    blocks = (block for chapter in book.chapters for block in chapter.blocks)
    return [
        (block.text, [book.pictures[name] for name in block.pictures if name in book.pictures])
        for block in blocks
        if block.pictures
    ]


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (PNG, "png"), (JPEG, "jpg"), (GIF, "gif"), (b"GIF87a", "gif"), (WEBP, "webp"),
        (SVG, ""), (b"<?xml version='1.0'?>" + SVG, ""), (b"%PDF-1.7", ""), (b"MZ", ""), (b"#!/bin/sh\n", ""),
        (b"", ""), (b"    WEBPWEBP", ""), (b" " + PNG, ""), (b"<html>" + PNG, ""),
    ],
)  # fmt: skip
def test_a_picture_is_told_by_its_first_bytes_and_a_drawing_of_lines_is_none(data: bytes, suffix: str) -> None:
    assert raster_suffix(data) == suffix


def test_pictures_of_an_epub_belong_to_their_captions_or_their_words(tmp_path: Path) -> None:
    path = make_epub(
        tmp_path / "book.epub",
        {
            "text/one.xhtml": "<h1>One</h1><p>It snowed.</p>"
            '<figure><img src="../pictures/a%20b.png" alt="a street"/><figcaption>Petrograd, 1919</figcaption></figure>'
            '<figure><figcaption>Two of them</figcaption><img src="../pictures/c.jpg"/>'
            '<img src="../Pictures/D.gif"/></figure>'
            '<p>Before <img src="../pictures/c.jpg" alt="Lenin speaking"/> after.</p>'
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
            '<title>The front</title><image xlink:href="../pictures/e.webp"/></svg>'
            '<p><img src="../pictures/drawn.svg" alt="a map"/></p><p><img src="../pictures/lies.png" alt="lies"/></p>'
            '<p><img src="../../../../etc/passwd" alt="climbs"/></p><p><img src="file:///etc/passwd" alt="a file"/></p>'
            '<p><img src="http://127.0.0.1:1/x.png" alt="elsewhere"/></p><p><img alt="nothing"/></p>'
            '<p><img src="../pictures/gone.png" alt="gone"/></p><p><img src="../pictures/c.jpg" alt=""/>End.</p>'
        },
        others={
            "pictures/a b.png": PNG, "pictures/c.jpg": JPEG, "pictures/D.gif": GIF, "pictures/e.webp": WEBP,
            "pictures/drawn.svg": SVG, "pictures/lies.png": SVG,
        },
    )  # fmt: skip
    book = read_epub(path)
    kept = [(text, pictures) for text, pictures in told(book) if pictures]
    assert kept == [
        ("Petrograd, 1919", [PNG]),
        ("Two of them", [JPEG, GIF]),
        ("Lenin speaking", [JPEG]),
        ("The front", [WEBP]),
    ]
    assert [text for text, pictures in told(book) if not pictures] == [
        "a map", "lies", "climbs", "a file", "elsewhere", "gone",
    ]  # fmt: skip
    assert sorted(book.pictures.values()) == sorted([PNG, JPEG, GIF, WEBP])
    assert not any("picture" in line for line in book.report)


def test_pictures_of_fb2_and_docx(tmp_path: Path) -> None:
    fb2 = tmp_path / "book.fb2"
    fb2.write_text(
        '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink"><body>'
        '<section><title><p>One</p></title><p>It snowed.</p><image l:href="#p.png" alt="A street"/>'
        '<image l:href="#bad" alt="A bad one"/><image l:href="#none" alt="Not there"/></section></body>'
        f'<binary id="p.png" content-type="image/png">\n{b64encode(PNG).decode()}\n</binary>'
        '<binary id="bad" content-type="image/png">%%%</binary></FictionBook>',
        encoding="utf-8",
    )
    assert told(read_book(fb2)) == [("A street", [PNG]), ("A bad one", []), ("Not there", [])]

    import zipfile

    docx = tmp_path / "book.docx"
    drawing = '<w:p><w:r><w:drawing><docPr descr="{}"/><blip r:embed="{}"/></w:drawing></w:r></w:p>'
    relation = '<Relationship Id="{}" Type="http://x/image" Target="{}"{}/>'
    with zipfile.ZipFile(docx, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f"<w:document {WORD}><w:body><w:p><w:r><w:t>It snowed.</w:t></w:r></w:p>"
            + drawing.format("A street", "r1") + drawing.format("Outside", "r2") + drawing.format("Climbs", "r3")
            + "</w:body></w:document>",
        )  # fmt: skip
        archive.writestr(
            "word/_rels/document.xml.rels",
            "<Relationships>"
            + relation.format("r1", "media/image1.jpeg", "")
            + relation.format("r2", "http://127.0.0.1:1/x.png", ' TargetMode="External"')
            + relation.format("r3", "../../etc/passwd", "")
            + "</Relationships>",
        )
        archive.writestr("word/media/image1.jpeg", JPEG)
    assert [(text, pictures) for text, pictures in told(read_book(docx)) if pictures] == [("A street", [JPEG])]


def test_pictures_of_a_page_are_in_it_or_beside_it_and_never_above_it(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    (folder / "page_files").mkdir(parents=True)
    (folder / "page_files" / "a b.png").write_bytes(PNG)
    (tmp_path / "secret.png").write_bytes(GIF)
    (folder / "way-out.png").symlink_to(tmp_path / "secret.png")
    (folder / "folder.png").mkdir()
    os.mkfifo(folder / "pipe.png")
    sources = {
        "beside": "page_files/a%20b.png?x=1", "above": "../secret.png", "escaped": "%2e%2e/secret.png",
        "rooted": f"{tmp_path}/secret.png", "url": f"file://{tmp_path}/secret.png", "linked": "way-out.png",
        "folder": "folder.png", "pipe": "pipe.png", "backward": "..\\secret.png", "null": "a%00.png",
        "number": "data:,99",
        "inside": f"data:image/jpeg;base64,{b64encode(JPEG * 2000).decode()}",
        "drawn": f"data:image/svg+xml;base64,{b64encode(SVG).decode()}", "damaged": "data:image/png;base64,AAA",
    }  # fmt: skip
    page = folder / "page.html"
    page.write_text(
        "<!DOCTYPE html><html><body><h1>One</h1><p>It snowed.</p>"
        + "".join(f'<p><img alt="the {name}" src="{source}"></p>' for name, source in sources.items()),
        encoding="utf-8",
    )
    found = {text.removeprefix("the "): pictures for text, pictures in told(read_book(page))}
    assert set(found) == set(sources)
    assert {name: pictures for name, pictures in found.items() if pictures} == {
        "beside": [PNG],
        "inside": [JPEG * 2000],
    }
    markdown = folder / "page.md"
    markdown.write_text("# One\n\nIt snowed.\n\n![the street](page_files/a%20b.png)\n", encoding="utf-8")
    assert told(read_book(markdown)) == [("the street", [PNG])]


def test_what_is_kept_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PICTURE_BYTES", 1000)
    monkeypatch.setattr(limits, "MAX_PICTURES_BYTES", 2500)
    monkeypatch.setattr(limits, "MAX_PICTURES", 4)
    sizes = {"a": 900, "big": 1001, "b": 900, "c": 900, "d": 100, "e": 50, "f": 20}
    shown = "".join(f'<p><img src="{name}.png" alt="the {name}"/></p>' for name in sizes)
    path = make_epub(
        tmp_path / "book.epub",
        {"one.xhtml": f"<p>It snowed.</p>{shown}"},
        others={f"{name}.png": PNG.ljust(size, b"\0") for name, size in sizes.items()},
    )  # fmt: skip
    book = read_epub(path)
    assert [text for text, pictures in told(book) if pictures] == ["the a", "the b", "the d", "the e"]
    assert book.report[-1] == "2 of its pictures are not kept: a book may have 4, of 0 MB together."
    assert decoded(b64encode(bytes(1001))) is None
    assert decoded(b64encode(bytes(1000))) == bytes(1000)


def test_many_embedded_pictures_are_taken_out_in_one_pass() -> None:
    page = (
        b"".join(b'<img src="data:image/png;base64,%s">' % b64encode(PNG) for _ in range(500)) + b"data:image/" * 5000
    )
    short, embedded = take_embedded(page)
    assert len(embedded) == 500
    read = of_page(None, embedded)
    assert read("data:,499") == PNG
    assert read("data:,500") is None
    assert read("data:,-1") is None
    assert short.count(b"data:,") == 500
    assert keep_pictures([], read, []) == {}


def test_pictures_do_not_count_towards_what_a_book_may_unpack_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_ARCHIVE_BYTES", 20_000)
    body = "<p>It snowed.</p>" + "".join(f'<p><img src="{number}.png" alt="the {number}"/></p>' for number in range(9))
    path = make_epub(
        tmp_path / "book.epub", {"one.xhtml": body}, others={f"{n}.png": PNG + os.urandom(9000) for n in range(9)}
    )
    assert len(read_epub(path).pictures) == 9
