"""Files of other kinds, some of them books."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from tests.import_scripts.corpus.cases import EITHER, TEXT, Case, archive, changed, write
from tests.import_scripts.making import opf
from tests.import_scripts.making_pdf import column, make_pdf

if TYPE_CHECKING:
    from pathlib import Path


FB2: Final = '<?xml version="1.0"?><FictionBook>{}<body>{}</body></FictionBook>'
DOCX: Final = '<w:document xmlns:w="x"><w:body>{}</w:body></w:document>'
WORD: Final = f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"


def pdf_loop(path: Path) -> None:
    """A tree of pages that holds itself."""
    make_pdf(path, [column([TEXT] * 4)])
    path.write_bytes(path.read_bytes().replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]"))


def pdf_count(path: Path) -> None:
    """Two thousand million pages, one of them there."""
    make_pdf(path, [column([TEXT] * 4)])
    path.write_bytes(path.read_bytes().replace(b"/Count 1 ", b"/Count 2000000000 "))


def pdf_bomb(path: Path) -> None:
    """A page whose packed stream unpacks to a hundred megabytes of blanks."""
    packed = zlib.compress(b" " * 100_000_000, 9)
    make_pdf(path, [column([TEXT] * 4)])
    data = path.read_bytes()
    start = data.index(b"<< /Length")
    end = data.index(b"endstream", start)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\n" % (len(packed), packed)
    path.write_bytes(data[:start] + stream + data[end:])


LOCKED: Final = "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ({0}) /U ({0}) >> ".format("x" * 32)

OTHERS: Final = [
    Case("picture.epub", write(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(500)), refused="is a picture, not a book"),
    Case("picture.png", write(b"\x89PNG\r\n\x1a\n" + bytes(500)), refused="is a picture"),
    Case("kindle.mobi", write(bytes(60) + b"BOOKMOBI" + bytes(500)), refused="Kindle book.*calibre"),
    Case("letter.rtf", write(r"{\rtf1 text}"), refused="Rich Text Format.*save it as"),
    Case("old.doc", write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)), refused="old Office document"),
    Case("book.gz", write(b"\x1f\x8b\x08" + bytes(500)), refused="gzip archive; unpack|gzip archive"),
    Case("program", write(b"\x7fELF" + bytes(500)), refused="is a program"),
    Case("notes.db", write(b"SQLite format 3\x00" + bytes(500)), refused="is a database"),
    Case("nothing", write(b""), refused="is empty"),
    Case("noise", write(bytes((n * 7919 + n // 3) % 256 for n in range(20_000))), refused=r"\S"),
    Case("package.opf", write(opf(["one.xhtml"])), refused="one part of an unpacked EPUB"),
    Case("endless-line.txt", write(TEXT + " " + "word " * 2_000_000), text=TEXT),
    Case("endless-word.txt", write(TEXT + "\n\n" + "x" * 5_000_000), text=TEXT),
    Case("blank-lines.txt", write(TEXT + "\n" * 2_000_000), text=TEXT),
    Case("lines.txt", write("x\n\n" * 60_000 + TEXT), text=TEXT),
    Case("nuls.txt", write(TEXT.encode() + bytes(100_000)), refused="not readable text"),
    Case("few-nuls.txt", write((TEXT + " ") * 500 + "\x00\x00"), text=TEXT),
    Case("chapters.txt", write("".join(f"Chapter {n}\n\n" for n in range(1, 20_000)) + TEXT), text=TEXT),
    Case("notes.txt", write("".join(f"x[{n % 9}] y\n\n[{n % 9}] note\n\n" for n in range(20_000)) + TEXT), text=TEXT),
    Case("underscores.txt", write("_a _b " * 60_000 + TEXT), text=TEXT),
    Case("figures.txt", write(("[Illustration" + ".," * 100_000 + "\n\n") * 5 + TEXT), text=TEXT),
    Case("brackets.txt", write("[" * 200_000 + "[Illustration: " * 1000 + TEXT), text=TEXT),
    Case("escapes.txt", write(f"\x1b[31m{TEXT}\x1b[0m\u202e " * 40), text=TEXT, absent="\x1b"),
    Case("half-a-mark.txt", write(b"\xff\xfe" + TEXT.encode("utf-16-le") + b"x"), text=TEXT),
    Case("deep.html", write("<html>" + "<div>" * 60_000 + TEXT), refused=EITHER),
    Case("plaintext.html", write(f"<html><body><p>{TEXT}<plaintext>" + "<b>" * 10_000), text=TEXT),
    Case(
        "frames.html", write(f"<html><frameset><frame src=x><noframes>{TEXT}</noframes></frameset></html>"), text=TEXT
    ),
    Case("stars.md", write("*a **b " * 20_000 + "\n\n" + TEXT), text=TEXT),
    Case("brackets.md", write("[" * 20_000 + "](" * 20_000 + "\n\n" + TEXT), text=TEXT),
    Case("quotes.md", write("> " * 20_000 + "x\n\n" + TEXT), text=TEXT),
    Case("ticks.md", write("".join("`" * n + " " for n in range(1_000)) + "\n\n" + TEXT), text=TEXT),
    Case("notes.md", write("[^1]" * 20_000 + "\n\n[^1]: x" + "\n    y" * 20_000 + "\n\n" + TEXT), text=TEXT),
    Case(
        "laughs.fb2",
        write(
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
            + FB2.partition("?>")[2].format("", f"<section><p>&b; {TEXT}</p></section>")
        ),
        text=TEXT,
        absent="haha",
    ),
    Case("deep.fb2", write(FB2.format("", "<section>" * 150 + f"<p>{TEXT}</p>" + "</section>" * 150)), text=TEXT),
    Case(
        "binary.fb2",
        write(FB2.format(f"<binary>{'A' * 8_000_000}</binary>", f"<section><p>{TEXT}</p></section>")),
        text=TEXT,
    ),
    Case(
        "odd-names.fb2", write(FB2.format("", f"<section><text-:l>{TEXT}</text-:l><a:b:c/><1/></section>")), text=TEXT
    ),
    Case("empty.fb2", write(FB2.format("", "")), refused="contains no readable text"),
    Case("bomb.docx", archive({"word/document.xml": DOCX.format(WORD * 1_000_000)}), refused="unpacks to"),
    Case(
        "deep.docx", archive({"word/document.xml": DOCX.format("<w:sdt>" * 150 + WORD + "</w:sdt>" * 150)}), text=TEXT
    ),
    Case(
        "cut.docx",
        archive({"word/document.xml": DOCX.format(WORD + "<w:p><w:r>")[:-40]}),
        told="not well-formed",
        text=TEXT,
    ),
    Case("loop.pdf", pdf_loop, refused="no text layer|damaged"),
    Case("count.pdf", pdf_count, refused=EITHER),
    Case("bomb.pdf", pdf_bomb, refused="no text layer|damaged"),
    Case(
        "locked.pdf",
        lambda path: make_pdf(path, [column([TEXT] * 4)], trailer=LOCKED),
        refused="is locked with a password",
    ),
    Case(
        "cut.pdf",
        changed(lambda path: make_pdf(path, [column([TEXT] * 4)]), lambda data: data[:200]),
        refused="damaged or cut off",
    ),
]
