"""Kindle's `My Clippings.txt` in any language of the device: `python -m import_scripts.highlights.kindle FILE`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.text import fold
from import_scripts.highlights.moments import moment_in
from import_scripts.highlights.record import (
    MAX_HIGHLIGHTS,
    Highlight,
    HighlightFile,
    HighlightKind,
    make,
    merge,
)
from import_scripts.input.encoding import decode
from import_scripts.input.files import first_bytes, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from import_scripts.highlights.sample import Sample

SOURCE: Final = "kindle"
_RULE: Final = re.compile(r"^={6,}[ \t]*$|={10,}[ \t]*", re.MULTILINE)
"""Between entries; some devices write the next title on the same line."""
# Words of the second line, in the languages of the devices and of readers who changed them.
_KINDS: Final[tuple[tuple[HighlightKind, str], ...]] = (
    ("bookmark", ("bookmark marcador signet lesezeichen segnalibro bladwijzer закладка 书签 書籤 ブックマーク zakładka"
                 " yer·imi bokmärke bogmærke bokmerke záložka könyvjelző semn·de·carte kirjanmerkki σελιδοδείκτης"
                 " बुकमार्क إشارة·مرجعية 북마크 marcapáginas punt·de·llibre")),
    ("note", ("note nota notiz notitie заметка 笔记 筆記 メモ notatka notación anotação anteckning notat poznámka"
             " jegyzet notă muistiinpano σημείωση नोट ملاحظة 메모 not: notu примітка")),
    ("highlight", ("highlight subrayado surlignement surligne markierung evidenziazione destaque markering выделен 标注"
                  " 標註 ハイライト podkreślenie clip vurgu vurgusu understrykning zvýraznění kiemelés evidențiere"
                  " korostus επισήμανση हाइलाइट تمييز 하이라이트 resaltado виділення")),
)  # fmt: skip
_NUMBER: Final = r"[0-9\u0660-\u0669\u0966-\u096f]+"
_PAGE_WORDS: Final = (
    r"page pagina pagine seite pages страниц\w* сторін\w* stronie strona sayfa sidan side stran[aeu] oldal sivu σελίδα"
    r" पृष्ठ صفحة p\."
)
_LOCATION_WORDS: Final = (
    r"location locaties? loc\.? posicion posicao posicio emplacement position posizione место позици\w* 位置no\.? 位置"
    r" lokalizacja konum plats posisjon pozice hely pozitia sijainti θέση स्थान موقع 위치 місце"
)


def _any_of(words: str) -> str:
    return "|".join(fold(word) for word in words.split())


_PAGE: Final = re.compile(
    rf"(?:{_any_of(_PAGE_WORDS)})\s*(?P<a>(?:{_NUMBER}|[ivxlcdm]+\b)(?:\s*-\s*(?:{_NUMBER}|[ivxlcdm]+\b))?)"
    rf"|第?\s*(?P<b>{_NUMBER}(?:\s*-\s*{_NUMBER})?)\s*(?:页|頁|{fold('ページ')}|{fold('페이지')})"
)
_LOCATION: Final = re.compile(rf"(?:{_any_of(_LOCATION_WORDS)})\s*#?\s*(?P<a>{_NUMBER})(?:\s*-\s*(?P<b>{_NUMBER}))?")
_SOME_NUMBERS: Final = re.compile(rf"(?P<a>{_NUMBER})\s*-\s*(?P<b>{_NUMBER})")
_AUTHOR: Final = re.compile(r"\s*\((?P<author>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
_KINDS_FOLDED: Final = tuple(
    (kind, tuple(fold(name).replace("·", " ") for name in names.split())) for kind, names in _KINDS
)
_LOOKED_AT: Final = 20
_LONGEST_LINE: Final = 1_000
_LIMIT: Final = re.compile(r"^<.{10,200}>$")


def read_clippings(path: Path) -> HighlightFile:
    """Read a clippings file: highlights, notes joined to them, near-duplicates taken together.

    Raises SergeError when the file cannot be read at all.
    """
    first_bytes(path)
    decoded = decode(read_bytes(path), path.name)
    file = HighlightFile(SOURCE)
    if decoded.remark:
        file.report.append(decoded.remark)
    limited = unreadable = empty = 0
    for entry in _entries(decoded.text):
        if len(file.highlights) >= MAX_HIGHLIGHTS:
            file.report.append(f"More than {MAX_HIGHLIGHTS:,} clippings; the rest were not read.")
            break
        highlight = _clipping(entry)
        if highlight is None:
            unreadable += 1
        elif _LIMIT.match(highlight.text):
            limited += 1
        elif highlight.kind != "bookmark" and not highlight.text and not highlight.note:
            empty += 1
        else:
            file.highlights.append(highlight)
    if limited:
        file.report.append(f"{limited} highlights were past the publisher's limit: Kindle kept no words of them.")
    if empty:
        file.report.append(f"{empty} empty clippings were left out.")
    if unreadable:
        file.report.append(f"{unreadable} entries could not be understood and were left out.")
    file.limited, file.left_out = limited, empty + unreadable
    return merge(file)


def recognise(sample: Sample) -> bool:
    """Whether a file has the shape of a clippings file."""
    text = sample.text.replace("\r\n", "\n").replace("\r", "\n")
    if _RULE.search(text) is None:
        return False
    entries = list(_entries(text))[:_LOOKED_AT]
    shaped = [second for entry in entries if (second := _second_line(entry)) is not None and _is_clipping(second)]
    return 2 * len(shaped) >= len(entries) > 0


def _is_clipping(second: str) -> bool:
    """Return whether a line gives a kind, and a place or a time."""
    words = fold(second)
    has_kind = any(name in words for _, names in _KINDS_FOLDED for name in names)
    has_place = _PAGE.search(words) is not None or _LOCATION.search(words) is not None
    return has_place or bool(moment_in(words.rpartition("|")[2])) or (has_kind and "|" in words)


def _entries(text: str) -> Iterator[str]:
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for entry in _RULE.split(text):
        if entry.strip("\n\ufeff \t"):
            yield entry.strip("\n\ufeff \t")


def _second_line(entry: str) -> str | None:
    lines = entry.split("\n", 2)
    if len(lines) < 2 or not lines[1].lstrip().startswith(("-", "\u2013", "\u2014", "•")):
        return None
    second = lines[1].strip()[:_LONGEST_LINE]
    return second if any(char.isdigit() for char in second) else None


def _clipping(entry: str) -> Highlight | None:
    second = _second_line(entry)
    if second is None or not _is_clipping(second):
        entry = f"\n{entry}"  # a book without a title
        second = _second_line(entry)
    if second is None or not _is_clipping(second):
        return None
    title, _, body = entry.split("\n", 2) if entry.count("\n") >= 2 else (*entry.split("\n", 1), "")
    title = title.strip("\ufeff \u200b")[:_LONGEST_LINE]
    author = ""
    if match := _AUTHOR.search(title):
        author, title = match["author"], title[: match.start()]
    words = fold(second)
    parts = [part.strip() for part in words.split("|")]
    where = " | ".join(parts[:-1]) if len(parts) > 1 else words
    page = _PAGE.search(where)
    location = _LOCATION.search(where) or _SOME_NUMBERS.search(_PAGE.sub(" ", where))
    text = body.strip()
    kind = _kind(where, location, has_text=bool(text))
    return make(
        title, author, kind,
        text=text if kind == "highlight" else "", note=text if kind == "note" else "",
        page=re.sub(r"\s+", "", page["a"] or page["b"]) if page else "",
        location=_range(location["a"], location["b"]) if location else None,
        created_at=moment_in(parts[-1]), tags=[SOURCE],
    )  # fmt: skip


def _kind(words: str, location: re.Match[str] | None, *, has_text: bool) -> HighlightKind:
    """The kind of an entry: by its word, else by its shape (only highlights have ranges, only bookmarks no text)."""
    if not has_text and any(name in words for name in _KINDS_FOLDED[0][1]):
        return "bookmark"
    for kind, names in _KINDS_FOLDED[1:]:
        if any(name in words for name in names):
            return kind
    if not has_text:
        return "bookmark"
    return "note" if location is not None and not location["b"] else "highlight"


def _range(first: str, last: str | None) -> tuple[int, int]:
    """A range of locations; older devices shorten its end: `1756-59` is 1756 to 1759."""
    if not last:
        return int(first), int(first)
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return int(first), max(int(first), int(last))


if __name__ == "__main__":
    from import_scripts.highlights.summary import run

    run(read_clippings)
