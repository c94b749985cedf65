"""Made-up books for measuring: as long as asked for, the same for the same seed, with people of the Memoirs in them.

`python -m tests.benchmarks.generate FILE WORDS [SEED]` writes an EPUB, or plain text when the name ends in `.txt`.
"""

from __future__ import annotations

import random
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE: Final = (
    "Leon Trotsky", "Grigory Zinoviev", "Karl Radek", "Nikolai Bukharin", "Maxim Gorky", "Vladimir Lenin",
    "Joseph Stalin", "Lev Kamenev", "Andrés Nin", "Antonio Gramsci", "Georg Lukács", "Panait Istrati",
    "Boris Pilnyak", "Sergei Yesenin", "Alexander Blok", "Andrei Bely", "Vladimir Mayakovsky", "Osip Mandelstam",
    "Isaac Babel", "André Gide", "André Breton", "Romain Rolland", "Henri Barbusse", "Boris Souvarine",
    "Pierre Monatte", "Alfred Rosmer", "Jacques Mesnil", "Magdeleine Paz", "Emma Goldman", "Alexander Berkman",
    "Angelica Balabanoff", "Christian Rakovsky", "Yakov Blumkin", "Adolf Joffe", "Victor Eltsin", "Ivan Smirnov",
    "Mikhail Tukhachevsky", "Felix Dzerzhinsky", "Fyodor Dan", "Julius Martov", "Raymond Callemin",
    "Octave Garnier", "Jules Bonnot", "Rirette Maîtrejean", "Salvador Seguí", "Maria Spiridonova",
    "Nestor Makhno", "Volin", "Jacques Sadoul", "Marcel Body", "Pierre Pascal", "Varian Fry", "Walter Benjamin",
    "Rudolf Hilferding", "Otto Bauer", "Erich Wollenberg", "Béla Kun", "Mátyás Rákosi", "Amadeo Bordiga",
    "Kristo Kabakchiev",
)  # fmt: skip
"""People who are sprinkled in: full name, or the surname alone, some in the possessive."""

_COMMON: Final = (
    "the of and to in a was that he it had as for with his at on by be which from not they were this have but "
    "all is or an their one we who there been no would when them him so what said out up into more some could "
    "than then its about time only other men after any like these through before over city street night winter "
    "party prison work year people"
).split()
_SYLLABLES: Final = (
    "ba ce di fo gu ha ke li mo nu pa re si to va we xo ya zu bri cla dren fla gor stan tem vil nor sel mar "
    "pet rin tal ven lor kas min der fen hol jun"
).split()
_WORDS_A_PARAGRAPH: Final = 95
_WORDS_A_CHAPTER: Final = 6_000
_LINES_A_PAGE: Final = 36
_WORDS_A_PAGE: Final = 420

_CONTAINER: Final = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
_HEAD: Final = (
    '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{title}</title></head>\n<body>\n'
)


@dataclass(slots=True)
class Paragraph:
    """A made-up paragraph: its words, which of them are emphasised, and whether a note or a new page comes with it."""

    words: list[str]
    emphasised: tuple[int, int] | None = None
    note: str = ""
    page: int | None = None
    quoted: bool = False


@dataclass(slots=True)
class Chapter:
    """A made-up chapter."""

    title: str
    paragraphs: list[Paragraph] = field(default_factory=list)


def chapters(words: int, seed: int) -> Iterator[Chapter]:
    """Yield chapters until there are `words` running words in all."""
    chance = random.Random(seed)
    vocabulary = _vocabulary(chance)
    weights = [1 / (rank + 4) for rank in range(len(vocabulary))]
    made = page = notes = number = 0
    while made < words:
        number += 1
        chapter = Chapter(" ".join(_words(chance, vocabulary, weights, 3)).title())
        wanted = min(_WORDS_A_CHAPTER, words - made)
        written = 0
        while written < wanted:
            length = min(max(8, round(chance.gauss(_WORDS_A_PARAGRAPH, 40))), wanted - written)
            paragraph = Paragraph(_sentences(chance, vocabulary, weights, length))
            if chance.random() < 0.25 and length > 12:
                start = chance.randrange(length - 4)
                paragraph.emphasised = (start, start + 3)
            if chance.random() < 0.06:
                notes += 1
                paragraph.note = " ".join(_sentences(chance, vocabulary, weights, 25))
            if made // _WORDS_A_PAGE >= page:
                page += 1
                paragraph.page = page
            paragraph.quoted = chance.random() < 0.08
            chapter.paragraphs.append(paragraph)
            written += length
            made += length
        yield chapter


def make_epub(path: Path, words: int, seed: int = 1) -> None:
    """Write an EPUB 3 of `words` running words, with contents, notes, page marks, emphasis and quotations."""
    items: list[str] = []
    contents: list[str] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "mimetype", "application/epub+zip")
        _write(archive, "META-INF/container.xml", _CONTAINER)
        notes: list[str] = []
        for number, chapter in enumerate(chapters(words, seed), start=1):
            name = f"chapter-{number}.xhtml"
            _write(archive, f"OEBPS/{name}", _xhtml(chapter, number, name, notes))
            items.append(name)
            contents.append(f'<li><a href="{name}">{number}. {chapter.title}</a></li>')
        body = "".join(notes)
        _write(
            archive,
            "OEBPS/notes.xhtml",
            _HEAD.format(title="Notes")
            + f'<section epub:type="endnotes"><h1>Notes</h1><ol>{body}</ol></section></body></html>',
        )
        _write(
            archive,
            "OEBPS/nav.xhtml",
            _HEAD.format(title="Contents") + f'<nav epub:type="toc"><ol>{"".join(contents)}</ol></nav></body></html>',
        )
        items.append("notes.xhtml")
        manifest = "".join(
            f'<item id="i{index}" href="{name}" media-type="application/xhtml+xml"/>'
            for index, name in enumerate(items)
        )
        spine = "".join(f'<itemref idref="i{index}"/>' for index in range(len(items)))
        _write(
            archive,
            "OEBPS/content.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A Made-up Book</dc:title>'
            f'<dc:creator>Nobody</dc:creator><dc:language>en</dc:language><dc:identifier id="id">made:{words}:{seed}'
            "</dc:identifier></metadata><manifest>"
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
            f"{manifest}</manifest><spine>{spine}</spine></package>",
        )


def make_text(path: Path, words: int, seed: int = 1) -> None:
    """Write plain text of `words` running words, hard-wrapped, with numbered chapters."""
    import textwrap

    lines: list[str] = []
    for number, chapter in enumerate(chapters(words, seed), start=1):
        lines += ["", "", "", f"CHAPTER {number}", "", chapter.title, "", ""]
        for paragraph in chapter.paragraphs:
            text = " ".join(paragraph.words)
            lines += [*textwrap.wrap(text, 72, break_on_hyphens=False), ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def make_html(path: Path, words: int, seed: int = 1) -> None:
    """Write the same book as one HTML file."""
    body = "".join(
        f"<h1>{chapter.title}</h1>"
        + "".join(f"<p>{' '.join(paragraph.words)}</p>\n" for paragraph in chapter.paragraphs)
        for chapter in chapters(words, seed)
    )
    path.write_text(f"<html><head><title>A book</title></head><body>{body}</body></html>", encoding="utf-8")


def make_fb2(path: Path, words: int, seed: int = 1) -> None:
    """Write the same book as FB2."""
    body = "".join(
        f"<section><title><p>{chapter.title}</p></title>"
        + "".join(f"<p>{' '.join(paragraph.words)}</p>\n" for paragraph in chapter.paragraphs)
        + "</section>"
        for chapter in chapters(words, seed)
    )
    path.write_text(f"<FictionBook><body>{body}</body></FictionBook>", encoding="utf-8")


def make_docx(path: Path, words: int, seed: int = 1) -> None:
    """Write the same book as a Word document."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>{chapter.title}</w:t></w:r></w:p>'
        + "".join(f"<w:p><w:r><w:t>{' '.join(one.words)}</w:t></w:r></w:p>" for one in chapter.paragraphs)
        for chapter in chapters(words, seed)
    )
    with zipfile.ZipFile(path, "w") as archive:
        _write(archive, "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')


def make_pdf(path: Path, words: int, seed: int = 1) -> None:
    """Write the same book as a PDF: set in one column, with running heads, page numbers and bookmarks."""
    import textwrap

    from tests.import_scripts.making_pdf import Set, column
    from tests.import_scripts.making_pdf import make_pdf as write

    pages: list[list[Set]] = []
    outline: list[tuple[str, int]] = []
    for chapter in chapters(words, seed):
        outline.append((chapter.title, len(pages)))
        lines = [
            line
            for paragraph in chapter.paragraphs
            for line in textwrap.wrap(" ".join(paragraph.words), 62, initial_indent="  ", break_on_hyphens=False)
        ]
        for first in range(0, len(lines), _LINES_A_PAGE):
            head = [Set(50, 530, chapter.title, 16)] if not first else [Set(150, 560, "A Made-up Book", 8)]
            foot = Set(205, 30, str(len(pages) + 1), 8)
            pages.append([*head, *column(lines[first : first + _LINES_A_PAGE]), foot])
    write(path, pages, outline=outline, title="A Made-up Book")


def _write(archive: zipfile.ZipFile, name: str, text: str) -> None:
    """Write with a fixed date, so that the same seed gives the same bytes."""
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    archive.writestr(info, text, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)


def _xhtml(chapter: Chapter, number: int, name: str, notes: list[str]) -> str:
    parts = [_HEAD.format(title=chapter.title), f'<section epub:type="chapter"><h1>{number}. {chapter.title}</h1>\n']
    for paragraph in chapter.paragraphs:
        words = list(paragraph.words)
        if paragraph.emphasised:
            start, end = paragraph.emphasised
            words[start] = "<i>" + words[start]
            words[end] += "</i>"
        text = " ".join(words)
        if paragraph.page is not None:
            text = f'<span epub:type="pagebreak" id="page{paragraph.page}" title="{paragraph.page}"/>{text}'
        if paragraph.note:
            mark = len(notes) + 1
            text += f'<a epub:type="noteref" id="ref{mark}" href="notes.xhtml#note{mark}">{mark}</a>'
            notes.append(
                f'<li id="note{mark}" epub:type="endnote"><p>{paragraph.note} '
                f'<a epub:type="backlink" href="{name}#ref{mark}">↩</a></p></li>'
            )
        parts.append(f"<blockquote><p>{text}</p></blockquote>\n" if paragraph.quoted else f"<p>{text}</p>\n")
    parts.append("</section></body></html>")
    return "".join(parts)


def _vocabulary(chance: random.Random) -> list[str]:
    rare = {"".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(6_000)}
    return [*_COMMON, *sorted(rare - set(_COMMON))]


def _words(chance: random.Random, vocabulary: list[str], weights: list[float], count: int) -> list[str]:
    return chance.choices(vocabulary, weights, k=count)


def _sentences(chance: random.Random, vocabulary: list[str], weights: list[float], count: int) -> list[str]:
    """Give `count` words with capitals, commas and stops, and one in sixty or so the name of a person."""
    words = _words(chance, vocabulary, weights, count)
    position = 0
    while position < count:
        length = min(chance.randint(6, 28), count - position)
        words[position] = words[position].capitalize()
        if length > 12:
            words[position + length // 2] += ","
        words[position + length - 1] += "."
        position += length
    for place in range(chance.randint(0, 60), count, 60):
        name = chance.choice(PEOPLE).split()
        stop = words[place][-1] if words[place][-1] in ".," else ""
        if chance.random() < 0.3 and place + len(name) < count:
            for offset, part in enumerate(name):
                words[place + offset] = part
        else:
            words[place] = name[-1] + ("’s" if chance.random() < 0.15 and not stop else stop)
    return words


if __name__ == "__main__":
    target = Path(sys.argv[1])
    make = make_text if target.suffix == ".txt" else make_epub
    make(target, int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
