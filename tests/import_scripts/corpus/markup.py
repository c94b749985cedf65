"""XHTML that is broken, endless, or made to do harm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.import_scripts.corpus.cases import EITHER, GOOD, TEXT, Case, archive, changed, epub
from tests.import_scripts.making import CONTAINER, opf, xhtml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


LAUGHS: Final = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + f']><html xmlns="http://www.w3.org/1999/xhtml"><body><p>&j; {TEXT}</p></body></html>'
)
EXTERNAL: Final = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % y SYSTEM "http://127.0.0.1:9/">%y;]>'
    f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>&x; {TEXT}</p></body></html>'
)


def said_to_be(encoding: str, actual: str, body: str) -> Callable[[Path], object]:
    """Make a chapter that declares one encoding and is in another."""
    page = xhtml(body).replace("utf-8", encoding)
    return archive(
        {
            "OEBPS/one.xhtml": page.encode(actual),
            "OEBPS/content.opf": opf(["one.xhtml"]),
            "META-INF/container.xml": CONTAINER,
        }
    )


MARKUP: Final = [
    Case("billion-laughs", epub(LAUGHS), text=TEXT, absent="haha"),
    Case("external-entity", epub(EXTERNAL), text=TEXT, absent="root:"),
    Case(
        "xinclude",
        epub(f'<p>{TEXT}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/></p>'),
        text=TEXT,
        absent="root:",
    ),
    Case("unended-doctype", epub("<!DOCTYPE html [" + "[" * 50_000 + f"<html><p>{TEXT}</p></html>"), refused=EITHER),
    Case("giant-attribute", epub(f'<p class="{"a" * 15_000_000}">{TEXT}</p>'), refused=r"\S"),
    Case("many-attributes", epub("<p " + " ".join(f'a{n}="b"' for n in range(50_000)) + f">{TEXT}</p>"), text=TEXT),
    Case("endless-line", epub(f"<p>{TEXT}" + "x" * 3_000_000 + "</p>", stored=True), text=TEXT),
    Case("endless-words", epub(f"<p>{TEXT} " + "word " * 500_000 + "</p>", stored=True), text=TEXT),
    Case("nul-bytes", epub(GOOD.replace("words", "wo\x00rds")), text="wo\ufffdrds"),
    Case("escape-sequences", epub(f"<p>\x1b[2J\x1b]0;title\x07 {TEXT}</p>"), text=TEXT, absent="\x1b"),
    Case("deep", epub("<div>" * 100_000 + TEXT + "</div>" * 100_000), refused=EITHER),
    Case("deep-within-bounds", epub("<div>" * 1_500 + TEXT + "</div>" * 1_500), text=TEXT),
    Case("deep-quotes", epub("<blockquote>" * 180 + TEXT + "</blockquote>" * 180), text=TEXT),
    Case("deep-tables", epub("<table><tr><td>" * 60 + TEXT + "</td></tr></table>" * 60), text=TEXT),
    Case("deep-lists", epub("<ul><li>" * 90 + TEXT + "</li></ul>" * 90), text=TEXT),
    Case("unclosed", epub("<b>" * 40_000 + TEXT), refused=EITHER),
    Case("unclosed-paragraphs", epub(f"<html><body>{'<p>word' * 50_000}<p>{TEXT}"), text=TEXT),
    Case("misnested", epub(f"<p><b><i>{TEXT}</b></i><table><p>x</table></p></div></li>"), text=TEXT),
    Case("wide-table", epub("<table><tr>" + "<td>x</td>" * 20_000 + f"</tr></table><p>{TEXT}</p>"), text=TEXT),
    Case(
        "absurd-numbers",
        epub(f"<table><tr><td colspan='999999999999'>{TEXT}</td></tr></table><ol start='99999999999'><li>x</li></ol>"),
        text=TEXT,
    ),
    Case(
        "doubled-ids",
        epub('<p id="a">one</p><p id="a">two</p><p><a href="#a">x</a></p>' * 3000 + f"<p>{TEXT}</p>"),
        text=TEXT,
    ),
    Case(
        "dangling-links",
        epub('<p><a href="#no">x</a> <a href="no.xhtml">y</a></p>' * 2000 + f"<p>{TEXT}</p>"),
        told="nowhere",
        text=TEXT,
    ),
    Case("note-of-itself", epub(f'<p id="a">{TEXT}<a epub:type="noteref" href="#a">1</a></p>'), text=TEXT),
    Case(
        "notes-in-a-circle",
        epub(
            f'<p>{TEXT}<sup><a href="#a">1</a></sup></p><p id="a">1 a<sup><a href="#b">2</a></sup></p>'
            '<p id="b">2 b<sup><a href="#a">1</a></sup></p>'
        ),
        text=TEXT,
    ),
    Case(
        "note-of-the-whole-book",
        epub(f'<div id="all">{GOOD}<p>x<a epub:type="noteref" href="#all">1</a></p></div>'),
        text=TEXT,
    ),
    Case(
        "everything-a-note",
        epub(f'<section epub:type="endnotes"><p id="a">{TEXT}<a epub:type="noteref" href="#a">1</a></p></section>'),
        refused=EITHER,
    ),
    Case(
        "references-by-the-thousand",
        epub(
            f"<p>{TEXT}</p>"
            + '<p>x<a epub:type="noteref" href="#n">1</a></p>' * 20_000
            + '<aside epub:type="footnote" id="n">note</aside>'
        ),
        text=TEXT,
    ),
    Case(
        "notes-by-the-thousand",
        epub(
            f"<p>{TEXT}</p>"
            + "".join(
                f'<p>x<a epub:type="noteref" href="#n{n}">{n}</a></p><aside epub:type="footnote" id="n{n}">note</aside>'
                for n in range(8_000)
            )
        ),
        text=TEXT,
    ),
    Case(
        "notes-in-one-paragraph",
        epub(
            "<p>"
            + "".join(f'x<a href="#n{n}" id="r{n}">[{n}]</a> ' for n in range(3_000))
            + "</p><p>"
            + "".join(f'<a id="n{n}" href="#r{n}">[{n}]</a> note ' for n in range(3_000))
            + f"</p><p>{TEXT}</p>"
        ),
        text=TEXT,
    ),
    Case("spans-by-the-thousand", epub("<p>" + "<i>a</i> " * 50_000 + TEXT + "</p>"), text=TEXT),
    Case("breaks-by-the-thousand", epub("<p>" + "<br/>" * 100_000 + TEXT + "</p>"), text=TEXT),
    Case(
        "pages-by-the-thousand",
        epub(
            '<span epub:type="pagebreak" title="1"/><span epub:type="pagebreak" title="2"/>' * 20_000
            + f"<p>{TEXT}</p>",
            stored=True,
        ),
        text=TEXT,
    ),
    Case(
        "not-utf-8",
        said_to_be("utf-8", "cp1252", f"<p>{TEXT} Les années de résistance – déjà.</p>"),
        text="Les années de résistance",
    ),
    Case("not-utf-16", said_to_be("utf-16", "utf-8", f"<p>{TEXT}</p>"), text=TEXT),
    Case(
        "cyrillic-said-to-be-utf-8",
        said_to_be("utf-8", "cp1251", "<p>Воспоминания революционера, годы борьбы.</p>"),
        text="Воспоминания",
    ),
    Case("unknown-encoding", said_to_be("x-klingon", "utf-8", f"<p>{TEXT}</p>"), text=TEXT),
    Case("encoding-that-is-a-codec", said_to_be("zlib_codec", "cp1252", f"<p>é {TEXT}</p>"), text=TEXT),
    Case(
        "malformed-utf-8",
        changed(said_to_be("utf-8", "utf-8", f"<p>— “{TEXT}” é @@</p>"), lambda data: data),
        text=TEXT,
    ),
    Case(
        "script-and-style",
        epub(f"<script>{'x' * 100_000}</script><style>{'p{' * 50_000}</style><p>{TEXT}</p>"),
        text=TEXT,
    ),
    Case(
        "stylesheet-of-nonsense", epub(GOOD, others={"look.css": "{" * 500_000 + "." + "a" * 500_000 + "/*"}), text=TEXT
    ),
    Case("stylesheet-of-comments", epub(GOOD, others={"look.css": "/*" * 900_000}), text=TEXT),
    Case(
        "doctype-of-comments",
        epub("<!DOCTYPE html [" + "<!--" * 200_000 + f"]><html><p>{TEXT}</p></html>"),
        refused=EITHER,
    ),
    Case("scripts-by-the-thousand", epub("<div>" * 3_000 + "<script>" * 100_000), refused=EITHER),
    Case(
        "many-long-tags",
        epub(("<p " + " ".join(f'a{n}="b"' for n in range(450)) + ">x</p>") * 1_500 + f"<p>{TEXT}</p>"),
        text=TEXT,
    ),
    Case(
        "picture-written-into-the-page",
        epub(f'<p><img alt="A barricade" src="data:image/png;base64,{"A" * 200_000}"/></p>'),
        text="A barricade",
    ),
    Case(
        "characters-that-are-none", epub(f"<p>&#xd800; &#0; &#x110000; &#150;{TEXT}&#99999999999;<b>x"), text="–" + TEXT
    ),
    Case("blank-paragraphs", epub(f"<p>&#160;</p><p>\u2060\u200b</p><p>\ufeff</p><p>{TEXT}</p>"), text=TEXT),
    Case("unended-comment", epub(f"<html><body><p>{TEXT}</p><!-- {'-' * 100_000}"), text=TEXT),
    Case(
        "title-of-control-characters",
        epub(GOOD, package=opf(["one.xhtml"], metadata="<dc:title>\x1b]0;x\x07\u202eevil</dc:title>")),
        text=TEXT,
    ),
    Case(
        "title-without-end",
        epub(GOOD, package=opf(["one.xhtml"], metadata=f"<dc:title>{'long ' * 100_000}</dc:title>")),
        text=TEXT,
    ),
]
