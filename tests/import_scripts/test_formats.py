"""HTML, Markdown, FB2 and DOCX: what is theirs alone; what they share with EPUB is tested there."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from import_scripts.formats.book_file import read_book
from import_scripts.formats.docx import read_docx
from import_scripts.formats.fb2 import read_fb2
from import_scripts.formats.html import read_html
from import_scripts.formats.markdown import read_markdown
from tests.import_scripts.making import blocks_of, styled

if TYPE_CHECKING:
    from pathlib import Path

    from db.book import Book


def outline(book: Book) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in blocks_of(book)]


# --- HTML ------------------------------------------------------------------------------------------------------------


def read_page(tmp_path: Path, page: str, encoding: str = "utf-8") -> Book:
    path = tmp_path / "page.html"
    path.write_bytes(page.encode(encoding))
    return read_book(path)


def test_old_html_without_any_order(tmp_path: Path) -> None:
    page = (
        "<HTML lang=fr><head><title>M&eacute;moires</title><meta name=author content='Victor Serge'></head><body>"
        "<h2>I</h2><p>Un &nbsp;<i>deux<p>trois</i><br><br>quatre<h2>II</h2>cinq & six</body>"
    )
    book = read_page(tmp_path, page, "latin-1")
    assert (book.title, book.author, book.language, book.format) == ("Mémoires", "Victor Serge", "fr", "html")
    assert [chapter.title for chapter in book.chapters] == ["I", "II"]
    assert [block.text for block in blocks_of(book) if block.kind == "paragraph"][-1] == "cinq & six"


def test_a_saved_page_is_its_article(tmp_path: Path) -> None:
    text = "word " * 100
    page = (
        f"<html><body><nav><ul><li><a href='x'>Home</a></li></ul></nav><main><h1>Title</h1><p>{text}</p></main>"
        "<footer>Subscribe now</footer></body></html>"
    )
    assert [kind for kind, _, _ in outline(read_page(tmp_path, page))] == ["heading", "paragraph"]


@pytest.mark.parametrize("declared", ["windows-1251", "koi8-r", "utf-8"])
def test_the_encoding_a_page_declares(tmp_path: Path, declared: str) -> None:
    page = f"<html><head><meta charset='{declared}'></head><body><p>Годы сопротивления</p></body></html>"
    assert outline(read_page(tmp_path, page, declared)) == [("paragraph", 0, "Годы сопротивления")]


def test_a_wrong_declaration_is_seen_through(tmp_path: Path) -> None:
    page = "<html><head><meta charset='iso-8859-1'></head><body><p>Годы сопротивления — déjà</p></body></html>"
    assert outline(read_page(tmp_path, page)) == [("paragraph", 0, "Годы сопротивления — déjà")]


def test_a_page_saved_as_mhtml(tmp_path: Path) -> None:
    path = tmp_path / "page.mhtml"
    path.write_text(
        "From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=XX\n\n--XX\n"
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        "<html><body><p>caf=C3=A9</p></body></html>\n--XX--\n"
    )
    assert outline(read_book(path)) == [("paragraph", 0, "café")]


def test_a_page_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SergeError, match=r"contains no .*text"):
        read_page(tmp_path, "<html><body><script>x</script></body></html>")


@pytest.mark.shared
def test_a_real_page(samples: Path) -> None:
    book = read_html(samples / "books" / "ransome_crisis_in_russia.htm")
    assert (book.title, book.author, book.language) == ("The Crisis in Russia", "Arthur Ransome", "en")
    titles = [chapter.title for chapter in book.chapters]
    assert titles[3:5] == ["THE SHORTAGE OF THINGS", "THE SHORTAGE OF MEN"]
    assert not any("gutenberg" in text.casefold() for _, _, text in outline(book))


# --- Markdown --------------------------------------------------------------------------------------------------------


def read_marked(tmp_path: Path, text: str) -> Book:
    path = tmp_path / "book.md"
    path.write_text(text, encoding="utf-8")
    return read_book(path)


def test_markdown_with_head_notes_and_table(tmp_path: Path) -> None:
    text = (
        "---\ntitle: The Year One\nauthor: 'Victor Serge'\nlang: en\n---\n\n# One\n\nHe *came*[^a] and **went**.\n\n"
        "> quoted\n\n- item\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n***\n\n# Two\n\nSee [One](#x) or "
        "[there](https://example.org).\n\n[^a]: In 1919.\n    And later.\n"
    )
    book = read_marked(tmp_path, text)
    assert (book.title, book.author, book.language, book.format) == ("The Year One", "Victor Serge", "en", "markdown")
    assert [chapter.title for chapter in book.chapters] == ["One", "Two"]
    assert [kind for kind, _, _ in outline(book)] == [
        "heading", "paragraph", "quote", "list", "table", "break", "heading", "paragraph",
    ]  # fmt: skip
    assert styled(blocks_of(book)[1]) == [("em", "came", ""), ("note", "1", "n1"), ("strong", "went", "")]
    assert [(note.label, note.text) for note in book.notes] == [("1", "In 1919. And later.")]
    assert ("link", "there", "https://example.org") in styled(blocks_of(book)[-1])


def test_html_in_markdown_is_characters(tmp_path: Path) -> None:
    book = read_marked(tmp_path, "a <b>c</b> <script>alert(1)</script> &lt;\n")
    assert outline(book) == [("paragraph", 0, "a <b>c</b> <script>alert(1)</script> <")]


def test_a_single_first_heading_names_the_book(tmp_path: Path) -> None:
    book = read_marked(tmp_path, "# The Book\n\n## One\n\nx\n\n## Two\n\ny\n")
    assert book.title == "The Book"


def test_markdown_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.md"
    path.write_text("  \n")
    with pytest.raises(SergeError, match=r"contains no .*text"):
        read_markdown(path)


# --- FB2 -------------------------------------------------------------------------------------------------------------

FB2 = """<?xml version="1.0" encoding="{encoding}"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><author><first-name>Виктор</first-name><last-name>Серж</last-name></author>
<book-title>Воспоминания революционера</book-title><lang>ru</lang></title-info>
<document-info><id>abc</id></document-info></description>
<body><title><p>Воспоминания</p></title>
<section><title><p>Глава 1</p><p>Мир без выхода</p></title>
<epigraph><p>эпиграф</p><text-author>Кто-то</text-author></epigraph>
<p>Он <emphasis>пришёл</emphasis><a l:href="#n1" type="note">[1]</a> и <strong>ушёл</strong>.</p><empty-line/>
<subtitle>* * *</subtitle><poem><stanza><v>раз</v><v>два</v></stanza><stanza><v>три</v></stanza></poem>
<cite><p>цитата</p></cite><image l:href="#i.jpg"/></section>
<section id="second"><title><p>Глава 2</p></title><p>См. <a l:href="#second">выше</a>.</p></section></body>
<body name="notes"><title><p>Примечания</p></title>
<section id="n1"><title><p>1</p></title><p>Примечание.</p></section></body>
<binary id="i.jpg" content-type="image/jpeg">AAAA</binary></FictionBook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
def test_fb2(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "book.fb2"
    path.write_bytes(FB2.format(encoding=encoding).encode(encoding))
    book = read_book(path)
    assert (book.title, book.author, book.language) == ("Воспоминания революционера", "Виктор Серж", "ru")
    assert (book.format, book.identifier) == ("fb2", "abc")
    assert [chapter.title for chapter in book.chapters][-2:] == ["Глава 1: Мир без выхода", "Глава 2"]
    assert [(note.label, note.text) for note in book.notes] == [("1", "Примечание.")]
    kinds = [(kind, text) for kind, _, text in outline(book)]
    assert ("heading", "Глава 1: Мир без выхода") in kinds
    assert ("quote", "эпиграф") in kinds
    assert ("verse", "раз\nдва") in kinds
    assert ("quote", "цитата") in kinds
    assert ("figure", "Picture") in kinds
    assert not any("AAAA" in text or text == "Примечания" for _, text in kinds)
    paragraph = next(block for block in blocks_of(book) if block.text.startswith("Он"))
    assert styled(paragraph) == [("em", "пришёл", ""), ("note", "[1]", "n1"), ("strong", "ушёл", "")]
    link = blocks_of(book)[-1].spans[0]
    assert blocks_of(book)[int(link.target[1:].partition(":")[0])].text == "Глава 2"


def test_zipped_fb2(tmp_path: Path) -> None:
    path = tmp_path / "book.fb2.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("book.fb2", FB2.format(encoding="utf-8"))
    assert read_fb2(path).title == "Воспоминания революционера"


def test_damaged_fb2_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "book.fb2"
    whole = FB2.format(encoding="utf-8")
    path.write_text(whole[: whole.index("<cite>")], encoding="utf-8")
    book = read_book(path)
    assert any("not well-formed" in line for line in book.report)
    assert any(text == "раз\nдва" for _, _, text in outline(book))


# --- DOCX ------------------------------------------------------------------------------------------------------------

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://x/r"'


def docx(path: Path, body: str, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
        for name, part in parts.items():
            archive.writestr(f"word/{name}.xml", part)
        archive.writestr(
            "docProps/core.xml",
            '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Carnets</dc:title><dc:creator>Serge</dc:creator></p>',
        )
    return path


def paragraph(text: str, style: str = "", look: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def test_docx(tmp_path: Path) -> None:
    body = (
        paragraph("Eins", "berschrift1")
        + paragraph("kursiv", look="<w:i/>")
        + paragraph("nicht", look='<w:i w:val="0"/>')
        + '<w:p><w:r><w:t>Text</w:t><w:footnoteReference w:id="2"/></w:r>'
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        '<w:ins><w:r><w:t xml:space="preserve"> mehr</w:t></w:r></w:ins></w:p>'
        + paragraph("Zitat", "Quote")
        + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        + paragraph("Zwei", "berschrift1")
        + paragraph("Ende")
    )
    styles = (
        f'<w:styles {WORD}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Quote"><w:name w:val="Quote"/></w:style></w:styles>'
    )
    notes = (
        f'<w:footnotes {WORD}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">'
        "<w:p><w:r><w:t>Die Note.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    book = read_book(docx(tmp_path / "book.docx", body, styles=styles, footnotes=notes))
    assert (book.title, book.author, book.format) == ("Carnets", "Serge", "docx")
    assert outline(book) == [
        ("heading", 1, "Eins"),
        ("paragraph", 0, "kursiv"),
        ("paragraph", 0, "nicht"),
        ("paragraph", 0, "Text1 mehr"),
        ("quote", 1, "Zitat"),
        ("table", 0, "a  b"),
        ("heading", 1, "Zwei"),
        ("paragraph", 0, "Ende"),
    ]
    assert [styled(block) for block in blocks_of(book)[1:4]] == [[("em", "kursiv", "")], [], [("note", "1", "n1")]]
    assert [(note.label, note.text) for note in book.notes] == [("1", "Die Note.")]
    assert [chapter.title for chapter in book.chapters] == ["Eins", "Zwei"]


def test_docx_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SergeError, match=r"contains no .*text"):
        read_docx(docx(tmp_path / "book.docx", "<w:p/>"))


@pytest.mark.parametrize("content", [b"\0", bytes(5000), b"\xff\xfe", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["book.txt", "book.md", "book"])
def test_a_file_without_a_letter_is_refused_in_a_sentence(tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SergeError, match=r"contains no text|is empty"):
        read_book(path)
