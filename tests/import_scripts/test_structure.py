# ruff: noqa: E501  # markup and sentences read better on one line
"""Books as converters leave them: what readers reported as lost, doubled or glued. Each test stands for its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from import_scripts.formats.book_file import read_book
from tests.import_scripts.corpus.cases import archive
from tests.import_scripts.making import blocks_of, make_epub, nav, opf

if TYPE_CHECKING:
    from pathlib import Path

    from db.book import Book

PROSE = "The road went down to the river and the men stood about in the rain. " * 12
LONG = f"<p>{PROSE * 11}</p>"


def entry(address: str, title: str, inner: str = "") -> str:
    return f'<li><a href="{address}">{title}</a>{f"<ol>{inner}</ol>" if inner else ""}</li>'


def epub(tmp_path: Path, documents: dict[str, str], contents: str = "", **others: str) -> Book:
    held: dict[str, str | bytes] = {name.replace("_", "."): text for name, text in others.items()}
    if contents:
        held["nav.xhtml"] = nav(contents)
    return read_book(make_epub(tmp_path / "a.epub", documents, others=held))


def text(tmp_path: Path, words: str) -> Book:
    (tmp_path / "a.txt").write_text(words, encoding="utf-8", newline="")
    return read_book(tmp_path / "a.txt")


def texts(book: Book) -> list[str]:
    return [block.text for block in blocks_of(book)]


def titles(book: Book) -> list[tuple[int, str]]:
    return [(chapter.level, chapter.title) for chapter in book.chapters]


# --- notes ---------------------------------------------------------------------------------------------------------


def test_hidden_notes_are_notes_each_its_own(tmp_path: Path) -> None:
    body = (
        '<h1>One</h1><p>He said<a href="#n1" epub:type="noteref">1</a> and<sup><a href="#n2">2</a></sup> and'
        '<a href="#n3" role="doc-noteref">3</a> end.</p><p>Seen.</p><p hidden="hidden">Unseen.</p>'
        '<aside epub:type="footnote" id="n1" hidden="hidden"><p>First.</p></aside>'
        '<div id="n2" style="display: none"><p>2 Second.</p></div>'
        '<section hidden=""><aside role="doc-footnote" id="n3"><p>Third.</p><p>More.</p></aside></section>'
    )
    book = epub(tmp_path, {"c.xhtml": body})
    assert [note.text for note in book.notes] == ["First.", "Second.", "Third.\nMore."]
    assert texts(book) == ["One", "He said1 and2 and3 end.", "Seen."]


def test_a_note_in_a_file_of_notes_keeps_all_its_paragraphs(tmp_path: Path) -> None:
    documents = {
        "c.xhtml": '<h1>One</h1><p>A<a epub:type="noteref" href="n.xhtml#n1">1</a> and<a href="n.xhtml#n2"><sup>2'
        "</sup></a>.</p>",
        "d.xhtml": '<h1>Two</h1><p>B<a href="n.xhtml#m1"><sup>1</sup></a>.</p>',
        "n.xhtml": '<h1>Notes</h1><h2>One</h2><p id="n1">1. First.</p><p id="n2">2. Second.</p><p>Goes on.</p><p>And on.'
        '</p><h2>Two</h2><p><a id="m1" href="d.xhtml">1</a> Another.</p>',
    }
    book = epub(tmp_path, documents)
    assert [note.text for note in book.notes] == ["First.", "Second.\nGoes on.\nAnd on.", "Another."]


def test_a_note_under_its_paragraph_takes_no_running_text(tmp_path: Path) -> None:
    body = '<h1>One</h1><p>A<a href="#n1"><sup>1</sup></a>.</p><p id="n1">1 A note.</p><p>Running text.</p>'
    book = epub(tmp_path, {"c.xhtml": body})
    assert [note.text for note in book.notes] == ["A note."]
    assert texts(book)[-1] == "Running text."


# --- contents ------------------------------------------------------------------------------------------------------


def test_entries_with_a_missing_fragment_are_not_glued(tmp_path: Path) -> None:
    documents = {f"c{n}.xhtml": f"<h2>Chapter {n}</h2>{LONG}<h3>The mutiny</h3>{LONG}" for n in (1, 2)}
    contents = "".join(
        entry(
            f"c{n}.xhtml",
            f"Chapter {n}",
            entry(f"c{n}.xhtml#gone1", "The crisis") + entry(f"c{n}.xhtml#x", "The mutiny"),
        )
        for n in (1, 2)
    )
    book = epub(tmp_path, documents, contents)
    assert titles(book) == [(1, "Chapter 1"), (2, "The mutiny"), (1, "Chapter 2"), (2, "The mutiny")]
    assert any("lines of the contents lead nowhere" in line or "points to nothing" in line for line in book.report)


def test_what_stands_above_an_anchored_heading_opens_its_chapter(tmp_path: Path) -> None:
    documents = {
        f"c{n}.xhtml": f'<p class="num">{n}</p><p>Epigraph of {n}, by a poet.</p><h1 id="t">Title {n}</h1>{LONG}'
        for n in (1, 2)
    }
    book = epub(tmp_path, documents, "".join(entry(f"c{n}.xhtml#t", f"Title {n}") for n in (1, 2)))
    assert titles(book) == [(1, "Title 1"), (1, "Title 2")]
    assert [chapter.blocks[0].text for chapter in book.chapters] == ["1", "2"]


def test_the_end_of_a_chapter_in_the_next_file_stays_with_it(tmp_path: Path) -> None:
    documents = {"a.xhtml": f"<h1>One</h1>{LONG}", "b.xhtml": f"<p>and so it ended.</p><h1 id='t'>Two</h1>{LONG}"}
    book = epub(tmp_path, documents, entry("a.xhtml", "One") + entry("b.xhtml#t", "Two"))
    assert book.chapters[0].blocks[-1].text == "and so it ended."


@pytest.mark.parametrize("picture", ['<img src="m.png" alt=""/>', '<img src="m.png"/>', "<svg><image/></svg>"])
def test_a_picture_page_does_not_name_the_next_chapter(tmp_path: Path, picture: str) -> None:
    documents = {
        "a.xhtml": f"<h1>Chapter One</h1>{LONG}",
        "p.xhtml": f"<div>{picture}</div>",
        "b.xhtml": f"<h1>Chapter Two</h1>{LONG}",
    }
    contents = entry("a.xhtml", "Chapter One") + entry("p.xhtml", "Photograph") + entry("b.xhtml", "Chapter Two")
    assert [title for _, title in titles(epub(tmp_path, documents, contents)) if title != "Photograph"] == [
        "Chapter One", "Chapter Two",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "href"),
    [
        ("Text/1.xhtml", "Text\\1.xhtml"), ("Pr\u00e9.xhtml", "Pre\u0301.xhtml"), ("Pre\u0301.xhtml", "Pr%C3%A9.xhtml"),
        ("100%25.xhtml", "100%25.xhtml"), ("a%20b.xhtml", "a%20b.xhtml"), ("a b.xhtml", "a%2520b.xhtml"),
        ("TEXT/One.xhtml", "text/one.XHTML"), ("a&b.xhtml", "a&amp;b.xhtml"),
    ],
)  # fmt: skip
def test_names_that_differ_by_the_way_they_are_written(tmp_path: Path, name: str, href: str) -> None:
    package = (
        opf(["x", "2.xhtml", "nav.xhtml"], spine=["x", "2.xhtml"])
        .replace('href="x"', f'href="{href}"')
        .replace("image/png", "application/xhtml+xml")
    )
    path = make_epub(
        tmp_path / "a.epub", {name: f"<h1 id='top'>One</h1>{LONG}", "2.xhtml": f"<h1>Two</h1>{LONG}"},
        others={"nav.xhtml": nav(entry(f"{href}#top", "One") + entry("2.xhtml", "Two"))}, package=package,
    )  # fmt: skip
    assert titles(read_book(path)) == [(1, "One"), (1, "Two")]


def test_parts_keep_their_chapters_without_contents(tmp_path: Path) -> None:
    body = "".join(
        f"<h2>PART {part}</h2><h3>THE HOUSE</h3>"
        + "".join(f"<h3>{n}<a href='#toc'>ToC</a></h3><h3>TITLE {part}{n}</h3>{LONG}" for n in ("I", "II"))
        for part in ("I", "II")
    )
    (tmp_path / "a.html").write_text(f"<html><body><h1>A Book</h1>{body}</body></html>")
    assert titles(read_book(tmp_path / "a.html")) == [
        (1, "A Book"), (2, "PART I: THE HOUSE"), (3, "I: TITLE II"), (3, "II: TITLE III"),
        (2, "PART II: THE HOUSE"), (3, "I: TITLE III"), (3, "II: TITLE IIII"),
    ]  # fmt: skip


def test_sections_of_chapters_are_no_chapters(tmp_path: Path) -> None:
    body = "".join(f"<h1>Chapter {n}</h1>{LONG}<h2>A section</h2>{LONG}<h2>Another</h2>{LONG}" for n in (1, 2))
    assert titles(epub(tmp_path, {"c.xhtml": body})) == [(1, "Chapter 1"), (1, "Chapter 2")]


def test_chapters_that_the_contents_leave_out_after_an_introduction(tmp_path: Path) -> None:
    documents = {"i.xhtml": f"<h1>Introduction</h1>{LONG}", **{f"c{n}.xhtml": f"<p>Begins {n}.</p>{LONG}" for n in range(4)},
                 "g.xhtml": "<h1>Glossary</h1><p>Words.</p>"}  # fmt: skip
    book = epub(tmp_path, documents, entry("i.xhtml", "Introduction") + entry("g.xhtml", "Glossary"))
    assert [title for _, title in titles(book)] == ["Introduction", *(f"Begins {n}." for n in range(4)), "Glossary"]


def test_a_film_in_the_list_of_encrypted_files_is_no_copy_protection(tmp_path: Path) -> None:
    encryption = (
        '<encryption><EncryptedData><EncryptionMethod Algorithm="aes"/><CipherData><CipherReference URI="OEBPS/a.mp4"/>'
        "</CipherData></EncryptedData></encryption>"
    )
    path = make_epub(tmp_path / "a.epub", {"c.xhtml": "<p>Words.</p>"}, others={"META-INF/encryption.xml": encryption})
    assert texts(read_book(path)) == ["Words."]


# --- passages ------------------------------------------------------------------------------------------------------


def test_what_a_style_sheet_hides_is_not_shown(tmp_path: Path) -> None:
    body = (
        "<html><head><style>.pn{display:none} @media print {.kept{display:none}}</style></head><body><h1>One</h1><p>Seen"
        ' <span class="pn">[Pg 12]</span>text <span class="off">SECRET</span><b class="kept">end</b>.</p><p class="off">'
        'NO</p><p style="color:red;display:none">NO</p><p class="pagenum" style="display:none" id="page_7">7</p><p>On.</p>'
        "</body></html>"
    )
    book = epub(tmp_path, {"c.xhtml": body}, s_css=".off, p.gone { display : none }")
    assert texts(book) == ["One", "Seen text end.", "On."]
    assert [mark.label for block in blocks_of(book) for mark in block.pages] == ["7"]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ('<div class="dropcap">S</div><p>erge wrote.</p>', "Serge wrote."),
        ('<p><span class="dropcap">L</span> enin came.</p>', "Lenin came."),
        ('<p><span class="dc"><img src="t.png" alt="T"/></span>rotsky came.</p>', "Trotsky came."),
        ('<p class="initial">K</p><p>AMENEV was there.</p>', "KAMENEV was there."),
        ('<p><span class="dc">“Z</span>inoviev!” he said.</p>', "“Zinoviev!” he said."),
        ("<p>I</p><p>was born there.</p>", "I was born there."),
    ],
)
def test_drop_caps(tmp_path: Path, markup: str, words: str) -> None:
    assert texts(epub(tmp_path, {"c.xhtml": f"<h1>One</h1>{markup}<p>End.</p>"})) == ["One", words, "End."]


def test_a_letter_alone_at_the_end_of_a_file_is_no_drop_cap(tmp_path: Path) -> None:
    assert texts(epub(tmp_path, {"a.xhtml": "<p>See K</p><p>T</p>", "b.xhtml": "<p>lower case.</p>"}))[1:] == [
        "T", "lower case.",
    ]  # fmt: skip


def test_a_table_with_paragraphs_in_its_cells(tmp_path: Path) -> None:
    body = "<table><tr><td><p>Lenin</p></td><td><p>1870</p><p>Simbirsk</p></td></tr><tr><td>A</td><td><div>B</div></td></tr></table>"
    (table,) = blocks_of(epub(tmp_path, {"c.xhtml": body}))
    assert (table.kind, table.text) == ("table", "Lenin  1870 Simbirsk\nA      B")


def test_two_line_ends_in_a_row_divide_paragraphs(tmp_path: Path) -> None:
    body = (
        "<p>One thing.<br/><br/>Another<br/> thing.<br/> <br/><i>A third.</i></p><p class='poem'>a line<br/>a line</p>"
    )
    blocks = blocks_of(epub(tmp_path, {"c.xhtml": body}))
    assert [block.text for block in blocks][::2] == ["One thing.", "A third."]
    assert (blocks[-1].kind, blocks[-1].text) == ("verse", "a line\na line")


def test_soft_hyphens_and_other_unseen_signs_are_left_out(tmp_path: Path) -> None:
    assert texts(epub(tmp_path, {"c.xhtml": "<p>Zino\u00adviev at the Krem\u200blin.</p>"})) == [
        "Zinoviev at the Kremlin."
    ]


@pytest.mark.parametrize("said", ["Unknown", "untitled", "python-docx", "Unbekannt", "[Desconocido]", "Без названия"])
def test_stand_ins_are_no_title_and_no_author(tmp_path: Path, said: str) -> None:
    package = opf(["c.xhtml"], metadata=f"<dc:title>{said}</dc:title><dc:creator>{said}</dc:creator>")
    book = read_book(make_epub(tmp_path / "My copy.epub", {"c.xhtml": "<p>Words.</p>"}, package=package))
    assert (book.title, book.author) == ("My copy", "")


def test_stars_in_an_fb2_subtitle_are_a_break(tmp_path: Path) -> None:
    (tmp_path / "a.fb2").write_text(
        "<FictionBook><body><section><title><p>One</p></title><p>A.</p><subtitle>* * *</subtitle><p>B.</p></section>"
        "</body></FictionBook>"
    )
    assert [block.kind for block in blocks_of(read_book(tmp_path / "a.fb2"))] == [
        "heading",
        "paragraph",
        "break",
        "paragraph",
    ]


# --- plain text ----------------------------------------------------------------------------------------------------


def test_parts_whose_numerals_restart(tmp_path: Path) -> None:
    chapters = {"I": ("THE HOUSE", ("THE DOOR", "THE STAIRS")), "II": ("THE GARDEN", ("THE GATE", "THE WELL"))}
    printed = "\n\n".join(
        f"PART {part}\n\n{name}\n\n  I. {one}                1\n\n II. {two}              5"
        for part, (name, (one, two)) in chapters.items()
    )
    body = "".join(
        f"PART {part}\n\n{name}\n\n\n"
        + "".join(f"{n}\n\n{title}\n\n\n{PROSE}\n\n{PROSE}\n\n\n\n" for n, title in zip(("I", "II"), pair, strict=True))
        for part, (name, pair) in chapters.items()
    )
    book = text(tmp_path, f"A Small Book\n\nby Somebody\n\nCONTENTS\n\n{printed}\n\n\n\n\n{body}")
    assert titles(book)[1:] == [
        (1, "PART I: THE HOUSE"), (2, "I. THE DOOR"), (2, "II. THE STAIRS"),
        (1, "PART II: THE GARDEN"), (2, "I. THE GATE"), (2, "II. THE WELL"),
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["\u2029", "\x85\x85", "\u2028\u2028", "\r\r", "\r\n\r\n", "\x0b\x0b"])
def test_every_way_to_end_a_paragraph(tmp_path: Path, end: str) -> None:
    book = text(
        tmp_path,
        end.join(["CHAPTER I", "The Beginning", PROSE.strip(), PROSE.strip(), "CHAPTER II", "The End", PROSE.strip()]),
    )
    assert [title for _, title in titles(book)] == ["CHAPTER I: The Beginning", "CHAPTER II: The End"]
    assert not any("\ufffd" in passage for passage in texts(book))


def test_pages_of_pdftotext(tmp_path: Path) -> None:
    pages = [
        "Chapter 1\n\nThe Executive Com-\nmittee met, an anti-\nfascist and well-\nknown man, and it was the",
        "MEMOIRS OF A REVOLUTIONARY                    57\n\nsentence that went on over the page. A known anti-fascist.",
        "58                     DANGER FROM WITHIN\n\nAnother paragraph of the Committee.",
        "MEMOIRS OF A REVOLUTIONARY                    59\n\nChapter 2\n\nThe end of it all.",
    ]
    book = text(tmp_path, "\f".join(pages))
    assert [title for _, title in titles(book)] == ["Chapter 1", "Chapter 2"]
    assert texts(book) == [
        "Chapter 1",
        ("The Executive Committee met, an anti-fascist and well-known man, and it was the sentence that went on over the"
        " page. A known anti-fascist."),
        "Another paragraph of the Committee.", "Chapter 2", "The end of it all.",
    ]  # fmt: skip
    assert [mark.label for block in blocks_of(book) for mark in block.pages] == ["57", "58", "59"]


# --- Word ----------------------------------------------------------------------------------------------------------

_SPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="m" xmlns:wps="s"'


def docx(tmp_path: Path, body: str, **parts: str) -> Book:
    entries: dict[str, bytes | str] = {
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"
    }
    entries |= {f"word/{name}.xml": f"<w:{name} {_SPACES}>{inner}</w:{name}>" for name, inner in parts.items()}
    archive(entries)(tmp_path / "a.docx")
    return read_book(tmp_path / "a.docx")


def run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def test_every_container_of_word_is_looked_into(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph(run('In a box.'))}</w:txbxContent>"
    body = (
        paragraph(run("Moved: ") + f"<w:moveFrom>{run('NO')}</w:moveFrom><w:moveTo>{run('here')}</w:moveTo><w:del>{run('NO')}</w:del>")
        + paragraph(run("First half "), "<w:rPr><w:del/></w:rPr>") + paragraph(run("second half."))
        + paragraph(f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>" + run("Around."))
        + paragraph(f"<w:bdo>{run('Turned')}</w:bdo><w:dir>{run(' round')}</w:dir><w:customXml>{run(' too')}</w:customXml>")
        + paragraph(run("T"), '<w:framePr w:dropCap="drop"/>') + paragraph(run("he snow fell."))
        + f"<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{paragraph(run('Nested.'))}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"
        + f"<w:tbl><w:tr><w:tc>{paragraph(run('1870'))}{paragraph(run('Simbirsk'))}</w:tc><w:tc>{paragraph(run('x'))}</w:tc></w:tr></w:tbl>"
        + paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>NO</w:t></w:r>" + run("End."))
    )  # fmt: skip
    assert texts(docx(tmp_path, body)) == [
        "Moved: here", "First half second half.", "Around.", "In a box.", "Turned round too", "The snow fell.", "Nested.",
        "1870 Simbirsk  x", "End.",
    ]  # fmt: skip


def test_headings_of_word_by_what_their_style_is_based_on(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Mine"><w:name w:val="My'
        ' Head"/><w:basedOn w:val="Heading1"/></w:style><w:style w:styleId="Level"><w:name w:val="x"/><w:pPr>'
        '<w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="A"/></w:style>'
    )
    heads = [('<w:pStyle w:val="Heading1"/>', "One"), ('<w:pStyle w:val="Mine"/>', "Two"), ('<w:pStyle w:val="Level"/>', "Three"),
             ('<w:outlineLvl w:val="0"/>', "Four")]  # fmt: skip
    body = "".join(
        paragraph(run(title), style) + paragraph(run(PROSE), '<w:pStyle w:val="A"/>') for style, title in heads
    )
    assert [title for _, title in titles(docx(tmp_path, body, styles=styles))] == ["One", "Two", "Three", "Four"]


def test_notes_of_word_are_numbered_as_they_are_shown(tmp_path: Path) -> None:
    body = paragraph(
        run("A") + '<w:r><w:footnoteReference w:id="7"/></w:r>' + run(" b") + '<w:r><w:endnoteReference w:id="2"/></w:r>'
        + run(" c") + '<w:r><w:footnoteReference w:id="3"/></w:r>'
    )  # fmt: skip
    book = docx(
        tmp_path, body,
        footnotes=f'<w:footnote w:id="3">{paragraph(run("Later."))}</w:footnote><w:footnote w:id="7">{paragraph(run("First."))}{paragraph(run("More."))}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{paragraph(run("At the end."))}</w:endnote>',
    )  # fmt: skip
    assert [(note.label, note.text) for note in book.notes] == [
        ("1", "First.\nMore."),
        ("i", "At the end."),
        ("2", "Later."),
    ]
    assert texts(book) == ["A1 bi c2"]
