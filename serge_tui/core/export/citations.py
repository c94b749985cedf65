"""Cite the source of words in the styles of papers: Chicago (notes), MLA (works cited in the text), BibTeX.

Written by hand: citation libraries need style files, and those of Chicago and MLA have a share-alike licence. Only
one kind of source is cited here, a chapter of a book.

Forms: The Chicago Manual of Style, 17th edition, 14.1 and 14.103 (translators), 14.106 (chapter and page); MLA
Handbook, 9th edition, 5.1 and 6.1; BibTeX's `@book`, as in O. Patashnik, *BibTeXing* (1988).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.models import Edition, Publication

CiteStyle: TypeAlias = Literal["chicago", "mla", "bibtex"]
_TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_TEX_SPECIAL: Final = re.compile(r"[\\{}$&#%_^~]")


_PAGE: Final = re.compile(r"\w+(?:[–-]\w+)?")


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation: `title` is what is set in italics; `is_key` when it is Pandoc's `[@serge-memoirs, p. 84]`."""

    before: str
    title: str = ""
    after: str = ""
    is_key: bool = False

    def __str__(self) -> str:
        return self.before + self.title + self.after


@dataclass(frozen=True, slots=True)
class Work:
    """A book to cite. Unknown details are left out, never guessed."""

    key: str
    author: str
    title: str
    translator: str = ""
    place: str = ""
    publisher: str = ""
    year: str = ""
    isbn: str = ""
    language: str = ""


def work_of(edition: Edition, printed: Publication | None) -> Work:
    """Return an edition as a work to cite; `printed` is the book in print it was made from, if known."""
    key = re.sub(r"[^a-z0-9]+", "-", fold(edition.key)).strip("-") or "book"
    work = Work(key, edition.author, edition.title, language=edition.language)
    if printed is None:
        return work
    return replace(
        work, translator=printed.translator, place=printed.place, publisher=printed.publisher, year=printed.year,
        isbn=printed.isbn,
    )  # fmt: skip


def cite(work: Work, chapter: int | None, page: str, style: CiteStyle) -> Citation:
    """Cite a place in a work."""
    chap = f"{'chap' if style != 'mla' else 'ch'}. {chapter}" if chapter else ""
    if style == "bibtex":
        where = f"p. {page}" if _PAGE.fullmatch(page) else chap
        return Citation(f"[@{work.key}{', ' if where else ''}{where}]", is_key=True)
    if style == "mla":
        translated = f"translated by {work.translator}" if work.translator else ""
        parts = [translated, work.publisher, work.year, chap, f"p. {page}" if page else ""]
        after = ", ".join(part for part in parts if part)
        return Citation(
            f"{_inverted(work.author)}. " if work.author else "", work.title, f". {after}." if after else "."
        )
    facts = f"{work.place}: {work.publisher}" if work.place and work.publisher else work.place or work.publisher
    facts = ", ".join(part for part in (facts, work.year) if part)
    translated = f", trans. {work.translator}" if work.translator else ""
    where = f", {page or chap}" if page or chap else ""
    before = f"{work.author}, " if work.author else ""
    return Citation(before, work.title, f"{translated}{f' ({facts})' if facts else ''}{where}.")


def given_and_family(name: str) -> tuple[str, str]:
    """Return the given names and the family name of *Victor Serge* or *Serge, Victor*; of one word, only the latter."""
    family, comma, given = name.partition(",")
    if comma:
        return given.strip(), family.strip()
    given, _, family = name.rpartition(" ")
    return given, family


def to_bibtex(cited: Iterable[Work]) -> str:
    """Return a bibliography: one `@book` for each work."""
    return "\n".join(_entry(work) for work in cited)


def tex_escaped(text: str) -> str:
    """Write text so that TeX sets it as it is."""
    return _TEX_SPECIAL.sub(lambda found: _TEX[found[0]], " ".join(text.split()))


def _entry(work: Work) -> str:
    fields = {
        "author": _inverted(work.author), "title": f"{{{tex_escaped(work.title)}}}", "translator": work.translator,
        "publisher": work.publisher, "address": work.place, "year": work.year, "isbn": work.isbn,
        "langid": work.language,
    }  # fmt: skip
    lines = [
        f"  {name} = {{{value if name == 'title' else tex_escaped(value)}}}," for name, value in fields.items() if value
    ]
    return "\n".join([f"@book{{{work.key},", *lines, "}", ""])


def _inverted(name: str) -> str:
    """Return *Victor Serge* as *Serge, Victor*; a name with a comma, or of one word, is unchanged."""
    first, _, last = name.rpartition(" ")
    return name if "," in name or not first else f"{last}, {first}"
