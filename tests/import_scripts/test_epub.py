from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from import_scripts.formats.epub import read_epub
from tests.import_scripts.making import blocks_of, make_epub, nav, opf, styled, xhtml

if TYPE_CHECKING:
    from pathlib import Path

    from db.book import Block, Book

NCX = (
    '<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap>'
    "<pageList>{pages}</pageList></ncx>"
)


def read_body(tmp_path: Path, body: str, **others: str) -> Book:
    return read_epub(make_epub(tmp_path / "book.epub", {"one.xhtml": body}, others=dict(others)))


def only(book: Book) -> Block:
    (block,) = blocks_of(book)
    return block


# --- package and contents --------------------------------------------------------------------------------------------


def test_what_the_package_says_of_the_book(tmp_path: Path) -> None:
    metadata = (
        '<dc:identifier id="x">other</dc:identifier><dc:identifier id="id"> urn:isbn:1 </dc:identifier>'
        "<dc:title>Memoirs\n of a <b>Revolutionary</b></dc:title>"
        '<dc:creator id="a">Victor Serge</dc:creator><dc:creator opf:role="trl">Peter Sedgwick</dc:creator>'
        '<meta property="role" refines="#a">aut</meta><dc:language>en-GB</dc:language>'
    )
    path = make_epub(
        tmp_path / "book.epub", {"one.xhtml": "<p>text</p>"}, package=opf(["one.xhtml"], metadata=metadata)
    )
    book = read_epub(path)
    assert (book.title, book.author, book.language) == ("Memoirs of a Revolutionary", "Victor Serge", "en-GB")
    assert (book.identifier, book.format, book.source_name) == ("urn:isbn:1", "epub", "book.epub")


def test_chapters_follow_the_navigation_document_in_spine_order(tmp_path: Path) -> None:
    documents = {"b.xhtml": "<h1>I</h1><p>first</p>", "a.xhtml": "<h1>II</h1><p>second</p>"}
    contents = nav(
        '<li><a href="b.xhtml">One</a><ol><li><a href="b.xhtml#none">deeper</a></li></ol></li>'
        '<li><a href="a.xhtml">Two</a></li>'
    )
    book = read_epub(make_epub(tmp_path / "book.epub", documents, others={"nav.xhtml": contents}))
    assert [(chapter.title, chapter.blocks[-1].text) for chapter in book.chapters] == [
        ("One", "first"),
        ("Two", "second"),
    ]


def test_ncx_serves_where_there_is_no_navigation_document(tmp_path: Path) -> None:
    points = (
        "<navPoint><navLabel><text>Part</text></navLabel><content src='one.xhtml'/>"
        "<navPoint><navLabel><text>Inner</text></navLabel><content src='two.xhtml'/></navPoint></navPoint>"
    )
    book = read_epub(
        make_epub(
            tmp_path / "book.epub",
            {"one.xhtml": "<h1>Part</h1>", "two.xhtml": "<h2>Inner</h2><p>x</p>"},
            others={"toc.ncx": NCX.format(points=points, pages="")},
        )
    )
    assert [(chapter.title, chapter.level) for chapter in book.chapters] == [("Part", 1), ("Inner", 2)]


def test_entries_inside_one_file_make_chapters(tmp_path: Path) -> None:
    body = '<h1 id="a">One</h1><p>x</p><div id="b"><h1>Two</h1><p>y</p></div><h1>Three</h1><a id="c"></a><p>z</p>'
    entries = "".join(f'<li><a href="one.xhtml#{name}">{name}</a></li>' for name in "abc")
    book = read_body(tmp_path, body, **{"nav.xhtml": nav(entries)})
    assert [[block.text for block in chapter.blocks] for chapter in book.chapters] == [
        ["One", "x"],
        ["Two", "y"],
        ["Three", "z"],
    ]


def test_short_sections_of_a_listed_chapter_are_not_chapters(tmp_path: Path) -> None:
    entries = (
        '<li><a href="one.xhtml">One</a><ol><li><a href="one.xhtml#s">Section</a></li></ol></li>'
        '<li><a href="two.xhtml">Two</a></li>'
    )
    documents = {
        "one.xhtml": '<h1>One</h1><p>x</p><h2 id="s">Section</h2><p>y</p>',
        "two.xhtml": "<h1>Two</h1><p>z</p>",
    }
    book = read_epub(make_epub(tmp_path / "book.epub", documents, others={"nav.xhtml": nav(entries)}))
    assert [chapter.title for chapter in book.chapters] == ["One", "Two"]


def test_long_sections_of_a_part_are_chapters(tmp_path: Path) -> None:
    words = "<p>" + "word " * 1600 + "</p>"
    entries = (
        '<li><a href="one.xhtml">Part</a><ol><li><a href="one.xhtml#a">A</a></li>'
        '<li><a href="one.xhtml#b">B</a></li></ol></li>'
    )
    body = f'<h1>Part</h1><h2 id="a">A</h2>{words}<h2 id="b">B</h2>{words}'
    book = read_body(tmp_path, body, **{"nav.xhtml": nav(entries)})
    assert [(chapter.title, chapter.level) for chapter in book.chapters] == [
        ("Part", 1),
        ("A", 2),
        ("B", 2),
    ]


def test_contents_are_cut_level_by_level(tmp_path: Path) -> None:
    words = "<p>" + "word " * 1600 + "</p>"
    entries = (
        '<li><a href="one.xhtml">Part</a><ol><li><a href="one.xhtml#a">A</a><ol><li><a href="one.xhtml#s">S</a></li>'
        '</ol></li><li><a href="one.xhtml#b">B</a></li></ol></li>'
    )
    body = f'<h1>Part</h1><h2 id="a">A</h2>{words}<h3 id="s">S</h3><p>x</p><h2 id="b">B</h2>{words}'
    book = read_body(tmp_path, body, **{"nav.xhtml": nav(entries)})
    assert [(chapter.title, chapter.level) for chapter in book.chapters] == [("Part", 1), ("A", 2), ("B", 2)]


def test_headings_serve_where_the_contents_lead_nowhere(tmp_path: Path) -> None:
    body = "<h1>Book</h1><h2>One</h2><p>x</p><h2>Two</h2><p>y</p>"
    book = read_body(tmp_path, body, **{"nav.xhtml": nav('<li><a href="gone.xhtml">Gone</a></li>')})
    assert [chapter.title for chapter in book.chapters] == ["Book", "One", "Two"]
    assert any("points to nothing" in line for line in book.report)


def test_a_document_left_out_of_the_contents_belongs_to_the_chapter_before(tmp_path: Path) -> None:
    documents = {
        "one.xhtml": "<h1>One</h1><p>x</p>",
        "one-b.xhtml": "<p>rest</p>",
        "two.xhtml": "<h1>Two</h1><p>y</p>",
        "three.xhtml": "<h1>Three</h1><p>z</p>",
    }
    entries = '<li><a href="one.xhtml">One</a></li><li><a href="two.xhtml">Two</a></li>'
    book = read_epub(make_epub(tmp_path / "book.epub", documents, others={"nav.xhtml": nav(entries)}))
    assert [(chapter.title, chapter.blocks[-1].text) for chapter in book.chapters] == [
        ("One", "rest"),
        ("Two", "y"),
        ("Three", "z"),
    ]


# --- passages and styles ---------------------------------------------------------------------------------------------


def test_white_space_is_one_space_and_spans_keep_their_place(tmp_path: Path) -> None:
    block = only(read_body(tmp_path, "<p>\n  He said <i> nothing\n </i> and <b>left</b>.&#160;Then </p>"))
    assert block.text == "He said nothing and left.\N{NO-BREAK SPACE}Then"
    assert styled(block) == [("em", "nothing", ""), ("strong", "left", "")]


def test_styles_of_every_kind(tmp_path: Path) -> None:
    css = ".it { font-style: italic } .sc{font-variant:small-caps} /* .no{font-style:italic} */"
    body = (
        '<p><em>a</em> <cite>b</cite> <span class="it x">c</span> <span class="sc">d</span> <span class="no">e</span> '
        "H<sub>2</sub>O x<sup>2</sup></p>"
    )
    block = only(read_body(tmp_path, body, **{"look.css": css}))
    assert [(style, words) for style, words, _ in styled(block)] == [
        ("em", "a"),
        ("em", "b"),
        ("em", "c"),
        ("smallcaps", "d"),
        ("sub", "2"),
        ("super", "2"),
    ]


def test_a_style_around_several_paragraphs_is_on_each(tmp_path: Path) -> None:
    first, second = blocks_of(read_body(tmp_path, "<div><i><p>one</p><p>two</p></i></div>"))
    assert (styled(first), styled(second)) == ([("em", "one", "")], [("em", "two", "")])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>II</h2>", [("heading", 2, "II")]),
        ("<hgroup><h2>II</h2><p>Live to Prevail</p></hgroup>", [("heading", 2, "II: Live to Prevail")]),
        ("<h1>One<br/>Two</h1>", [("heading", 1, "One: Two")]),
        ("<h1><img alt='Chapter One' src='x.png'/></h1>", [("heading", 1, "Chapter One")]),
        ("<blockquote><p>a</p><p>b</p></blockquote>", [("quote", 1, "a"), ("quote", 1, "b")]),
        ("<blockquote>a<blockquote>b</blockquote>c</blockquote>",
         [("quote", 1, "a"), ("quote", 2, "b"), ("quote", 1, "c")]),
        ("<ul><li>a</li><li><p>b</p><p>c</p></li></ul>", [("list", 1, "• a"), ("list", 1, "• b"), ("list", 1, "c")]),
        ("<ol start='3'><li>a<ol><li>b</li></ol></li></ol>", [("list", 1, "3. a"), ("list", 2, "1. b")]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", [("list", 1, "a"), ("list", 2, "b")]),
        ("<p>a</p><hr/><hr/><p>b</p>", [("paragraph", 0, "a"), ("break", 0, "* * *"), ("paragraph", 0, "b")]),
        ("<p>a</p><p>* * *</p>", [("paragraph", 0, "a"), ("break", 0, "* * *")]),
        ("<p>a</p><p>⁂</p>", [("paragraph", 0, "a"), ("break", 0, "* * *")]),
        ("<p epub:type='z3998:verse'>a<br/>b</p>", [("verse", 0, "a\nb")]),
        ("<div class='poem'><div class='stanza'><p>a</p><p>b</p></div><div class='stanza'><p>c</p></div></div>",
         [("verse", 0, "a\nb"), ("verse", 0, "c")]),
        ("<pre>a\n  b</pre>", [("verse", 0, "a\n  b")]),
        ("<p>The first line<br/>the second</p>", [("verse", 0, "The first line\nthe second")]),
        ("<div epub:type='z3998:letter'><p>Dear</p><p>Yours</p></div>",
         [("letter", 0, "Dear"), ("letter", 0, "Yours")]),
        ("<figure><img src='x' alt='y'/><figcaption>A barricade</figcaption></figure>",
         [("figure", 0, "A barricade")]),
        ("<p><img src='x' alt='Trotsky in 1920'/></p>", [("figure", 0, "Trotsky in 1920")]),
        ("<p><img src='x'/></p>", [("figure", 0, "Picture")]),
        ("<p>a<img src='x' alt=''/></p>", [("paragraph", 0, "a")]),
        ("<p><img src='x' alt='T'/>hen</p>", [("paragraph", 0, "Then")]),
        ("<p>a<script>b</script><style>c</style><span hidden=''>d</span>e</p>", [("paragraph", 0, "ae")]),
        ("text <p>a</p> tail", [("paragraph", 0, "text"), ("paragraph", 0, "a"), ("paragraph", 0, "tail")]),
        ("<p><ruby>漢<rt>kan</rt></ruby>字</p>", [("paragraph", 0, "漢字")]),
        ("<p>a <math alttext='x+y'><mi>x</mi></math></p>", [("paragraph", 0, "a x+y")]),
        ("<p>a<!-- b -->c<?d e?>f</p>", [("paragraph", 0, "acf")]),
        ("<p dir='rtl'>\u200fשלום\u200f</p>", [("paragraph", 0, "שלום")]),
    ],
)  # fmt: skip
def test_kinds_of_passage(tmp_path: Path, body: str, expected: list[tuple[str, int, str]]) -> None:
    book = read_body(tmp_path, body)
    assert [(block.kind, block.level, block.text) for block in blocks_of(book)] == expected


def test_a_table_stands_in_columns(tmp_path: Path) -> None:
    body = (
        "<table><caption>Bread</caption><tr><th>Year</th><th>Grams</th></tr>"
        "<tr><td>1918</td><td><i>50</i></td></tr><tr><td colspan='2'>nothing left</td></tr></table>"
    )
    block = only(read_body(tmp_path, body))
    assert block.kind == "table"
    assert block.text == "Bread\nYear  Grams\n1918  50\nnothing left"
    assert styled(block) == [("em", "50", "")]


def test_a_table_that_only_lays_out_the_page_is_running_text(tmp_path: Path) -> None:
    book = read_body(tmp_path, "<table><tr><td><h1>One</h1><p>a</p><p>b</p></td></tr></table>")
    assert [(block.kind, block.text) for block in blocks_of(book)] == [
        ("heading", "One"),
        ("paragraph", "a"),
        ("paragraph", "b"),
    ]


def test_text_from_outside_is_sanitised(tmp_path: Path) -> None:
    block = only(read_body(tmp_path, "<p>\x9b31m [bold]red[/] \u202eevil</p>"))
    assert block.text == "\ufffd31m [bold]red[/] \ufffdevil"


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    assert only(read_body(tmp_path, "<p>cafe\u0301</p>")).text == "café"


# --- links, notes, pages ---------------------------------------------------------------------------------------------


def test_links_lead_to_places_and_addresses(tmp_path: Path) -> None:
    documents = {
        "text/one.xhtml": '<p><a href="../text/two.xhtml#x">there</a> <a href="https://example.org/a">out</a></p>',
        "text/two.xhtml": '<p>aaa</p><p>bb <span id="x">cc</span> <a href="one.xhtml">back</a></p>',
    }
    book = read_epub(make_epub(tmp_path / "book.epub", documents))
    blocks = blocks_of(book)
    assert styled(blocks[0]) == [("link", "there", "#2:3"), ("link", "out", "https://example.org/a")]
    assert styled(blocks[2]) == [("link", "back", "#0:0")]


@pytest.mark.parametrize("href", ["gone.xhtml", "javascript:alert(1)", "data:text/html,x", "file:///x", "//x.y"])
def test_links_that_lead_nowhere_or_run_something_are_text(tmp_path: Path, href: str) -> None:
    assert only(read_body(tmp_path, f'<p>a <a href="{href}">b</a></p>')).spans == []


def test_marked_endnotes_leave_the_running_text(tmp_path: Path) -> None:
    documents = {
        "one.xhtml": (
            '<h1>One</h1><p>He came<a epub:type="noteref" id="r1" href="notes.xhtml#n1">1</a> and went'
            '<a epub:type="noteref" href="notes.xhtml#n2">2</a>.</p>'
        ),
        "notes.xhtml": (
            '<section epub:type="endnotes"><h1>Notes</h1><ol><li id="n1" epub:type="endnote"><p>In 1919. '
            '<a epub:type="backlink" href="one.xhtml#r1">↩</a></p></li><li id="n2" epub:type="endnote"><p>See '
            "<i>below</i>.</p><p>More.</p></li></ol></section>"
        ),
        "two.xhtml": "<h1>Two</h1><p>x</p>",
    }
    entries = "".join(f'<li><a href="{name}">{name}</a></li>' for name in documents)
    book = read_epub(make_epub(tmp_path / "book.epub", documents, others={"nav.xhtml": nav(entries)}))
    assert [(note.key, note.label, note.text) for note in book.notes] == [
        ("n1", "1", "In 1919."),
        ("n2", "2", "See below.\nMore."),
    ]
    assert styled(blocks_of(book)[1]) == [("note", "1", "n1"), ("note", "2", "n2")]
    assert [chapter.title for chapter in book.chapters] == ["one.xhtml", "two.xhtml"]
    assert book.report == []


@pytest.mark.parametrize(
    "notes",
    [
        '<aside epub:type="footnote" id="n1"><p>The note.</p></aside>',
        '<p><a id="n1" href="#r1">1</a> The note.</p>',
        '<p id="n1"><sup><a href="#r1">1</a></sup> The note.</p>',
        '<div id="n1">1. The note. <a href="#r1">Return</a></div>',
        '<h3>Notes</h3><p><a id="n1"></a>[1] The note.</p>',
        '<hr/><p class="fn"><a name="n1" href="#r1">[1]</a> The note.</p>',
        '<ol><li id="n1">The note. <a href="#r1">↑</a></li></ol>',
    ],
)
def test_footnotes_are_known_by_many_signs(tmp_path: Path, notes: str) -> None:
    body = f'<p>He came<sup><a id="r1" href="#n1">1</a></sup> again.</p>{notes}'
    book = read_body(tmp_path, body)
    assert [(note.label, note.text) for note in book.notes] == [("1", "The note.")]
    assert [block.text for block in blocks_of(book)] == ["He came1 again."]
    assert ("note", "1", "n1") in styled(blocks_of(book)[0])


def test_several_notes_in_one_paragraph_are_told_apart(tmp_path: Path) -> None:
    body = (
        '<p>a<a id="r1" href="#n1">[1]</a> b<a id="r2" href="#n2">[2]</a></p>'
        '<p><a id="n1" href="#r1">[1]</a> First.<br/><a id="n2" href="#r2">[2]</a> Second.</p>'
    )
    book = read_body(tmp_path, body)
    assert [(note.label, note.text) for note in book.notes] == [("1", "First."), ("2", "Second.")]
    assert [block.text for block in blocks_of(book)] == ["a[1] b[2]"]


def test_a_number_that_links_to_a_chapter_is_no_note(tmp_path: Path) -> None:
    body = '<p><a href="#c1">1</a> <a href="#c2">2</a></p><h1 id="c1">1</h1><p>x</p><h1 id="c2">2</h1><p>y</p>'
    book = read_body(tmp_path, body)
    assert book.notes == []
    assert styled(blocks_of(book)[0]) == [("link", "1", "#1:0"), ("link", "2", "#3:0")]


def test_a_reference_marked_as_note_that_leads_to_a_section_is_a_link(tmp_path: Path) -> None:
    body = '<p>a<a epub:type="noteref" href="#s">A1</a></p><section id="s"><h2>1</h2><p>long</p></section>'
    book = read_body(tmp_path, body)
    assert book.notes == []
    assert styled(blocks_of(book)[0]) == [("link", "A1", "#1:0")]


def test_notes_nobody_refers_to_stay_to_be_read(tmp_path: Path) -> None:
    body = (
        '<p>a<a epub:type="noteref" href="#n1">1</a></p>'
        '<aside epub:type="footnote" id="n1"><p>one</p></aside><aside epub:type="footnote" id="n2"><p>two</p></aside>'
    )
    book = read_body(tmp_path, body)
    assert [note.text for note in book.notes] == ["one"]
    assert [block.text for block in blocks_of(book)] == ["a1", "two"]


@pytest.mark.parametrize(
    "mark",
    [
        '<span epub:type="pagebreak" id="p7" title="7"/>',
        '<span role="doc-pagebreak" aria-label="Page 7"></span>',
        '<a class="pagenum" id="page_7">[Pg 7]</a>',
        '<span role="doc-pagebreak" id="page7"/>',
    ],
)
def test_page_breaks_become_marks(tmp_path: Path, mark: str) -> None:
    first, second = blocks_of(read_body(tmp_path, f"<p>one {mark}two</p>{mark.replace('7', '8')}<p>three</p>"))
    assert first.text == "one two"
    assert [(page.offset, page.label) for page in first.pages] == [(4, "7")]
    assert [(page.offset, page.label) for page in second.pages] == [(0, "8")]


def test_page_lists_become_marks_and_do_not_double_those_in_the_text(tmp_path: Path) -> None:
    items = "".join(f'<li><a href="one.xhtml#{name}">{label}</a></li>' for name, label in (("a", "4"), ("b", "5")))
    pages = f'<nav epub:type="page-list"><ol>{items}</ol></nav>'
    body = '<p>x <span id="a"/>y</p><p><span epub:type="pagebreak" title="5" id="b"/>z</p>'
    book = read_body(tmp_path, body, **{"nav.xhtml": nav('<li><a href="one.xhtml">One</a></li>', pages)})
    assert [[(page.offset, page.label) for page in block.pages] for block in blocks_of(book)] == [
        [(2, "4")],
        [(0, "5")],
    ]


def test_a_page_list_mislabelled_as_landmarks_is_one(tmp_path: Path) -> None:
    body = "".join(f'<p id="p{number}">x</p>' for number in range(1, 9))
    items = "".join(f'<li><a href="one.xhtml#p{number}">{number}</a></li>' for number in range(1, 9))
    extra = f'<nav epub:type="landmarks"><ol>{items}</ol></nav>'
    book = read_body(tmp_path, body, **{"nav.xhtml": nav('<li><a href="one.xhtml">One</a></li>', extra)})
    assert [block.pages[0].label for block in blocks_of(book)] == [str(number) for number in range(1, 9)]


def test_places_called_pages_serve_where_nothing_else_marks_them(tmp_path: Path) -> None:
    body = "".join(f'<p>a <a id="page_{number:03}"></a>b</p>' for number in range(11, 17))
    marks = [(page.offset, page.label) for block in blocks_of(read_body(tmp_path, body)) for page in block.pages]
    assert marks == [(2, str(number)) for number in range(11, 17)]
    assert not any(block.pages for block in blocks_of(read_body(tmp_path, body.replace("page_015", "page_002"))))


def test_ncx_page_targets_become_marks(tmp_path: Path) -> None:
    points = "<navPoint><navLabel><text>One</text></navLabel><content src='one.xhtml'/></navPoint>"
    label = "<navLabel><text>Page iii</text></navLabel>"
    pages = f"<pageTarget value='3'>{label}<content src='one.xhtml#x'/></pageTarget>"
    book = read_body(tmp_path, '<p>a <b id="x">b</b></p>', **{"toc.ncx": NCX.format(points=points, pages=pages)})
    assert [(page.offset, page.label) for page in only(book).pages] == [(2, "iii")]


# --- the whole -------------------------------------------------------------------------------------------------------


def test_progress_rises_to_one(tmp_path: Path) -> None:
    seen: list[float] = []
    path = make_epub(tmp_path / "book.epub", {f"{name}.xhtml": f"<p>{name}</p>" for name in "abc"})
    read_epub(path, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert 0 < seen[0] < 1


def test_a_book_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SergeError, match=r"contains no .*text"):
        read_epub(make_epub(tmp_path / "book.epub", {"one.xhtml": xhtml("  ")}))


@pytest.mark.shared
def test_a_real_book(samples: Path) -> None:
    book = read_epub(next((samples / "books").glob("john-reed*.epub")))
    assert (book.title, book.author, book.language) == ("Ten Days That Shook the World", "John Reed", "en-GB")
    assert 120_000 < book.words < 125_000
    assert [chapter.title for chapter in book.chapters if chapter.level == 2][:2] == [
        "I: Background",
        "II: The Coming Storm",
    ]
    assert len(book.notes) == 20
    assert not book.report
    blocks = blocks_of(book)
    for index, block in enumerate(blocks):
        for span in block.spans:
            assert 0 <= span.start < span.end <= len(block.text), (index, span)
            if span.target.startswith("#"):
                passage, offset = map(int, span.target[1:].split(":"))
                assert offset <= len(blocks[passage].text)
    noted = {span.target for block in blocks for span in block.spans if span.style == "note"}
    assert noted == {note.key for note in book.notes}
