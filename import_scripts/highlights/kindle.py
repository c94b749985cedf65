"""Kindle's `My Clippings.txt` in any language of the device: `python -m import_scripts.highlights.kindle FILE`."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

from db.text import fold
from import_scripts.highlights.record import (
    MAX_HIGHLIGHTS,
    Highlight,
    HighlightFile,
    HighlightKind,
    iso_utc,
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
_RULE: Final = re.compile(r"^={6,}[ \t]*$", re.MULTILINE)
# Words of the second line, folded: English, Spanish, French, German, Italian, Portuguese, Dutch, Russian, Chinese,
# Japanese, Polish.
_KINDS: Final[tuple[tuple[HighlightKind, tuple[str, ...]], ...]] = (
    ("bookmark", ("bookmark", "marcador", "signet", "lesezeichen", "segnalibro", "bladwijzer", "закладка", "书签",
                  "ブックマーク", "zakładka")),
    ("note", ("note", "nota", "notiz", "notitie", "заметка", "笔记", "メモ", "notatka", "notación", "anotação")),
    ("highlight", ("highlight", "subrayado", "surlignement", "surligne", "markierung", "evidenziazione", "destaque",
                   "markering", "выделен", "标注", "ハイライト", "podkreślenie", "clip")),
)  # fmt: skip
_PAGE: Final = re.compile(
    r"(?:page|pagina|seite|страниц\w*|stronie|p\.)\s*(?P<a>[0-9ivxlc]+(?:-[0-9ivxlc]+)?)"
    r"|第?\s*(?P<b>\d+)\s*(?:页|ページ)"
)
_LOCATION: Final = re.compile(
    r"(?:location|loc\.?|posicion|posicao|emplacement|position|posizione|locatie|место|позици\w*|位置no\.?|位置|lokalizacja)"
    r"\s*#?\s*(?P<a>\d+)(?:\s*-\s*(?P<b>\d+))?"
)
_MONTHS: Final = {
    word: number
    for number, words in enumerate(
        (
            "january jan enero janvier januar gennaio janeiro januari января ene janv stycznia",
            "february feb febrero fevrier februar febbraio fevereiro februari февраля fevr lutego",
            "march mar marzo mars marz marco maart марта marca",
            "april apr abril avril aprile апреля abr avr kwietnia",
            "may mayo mai maggio maio mei мая maja",
            "june jun junio juin juni giugno junho июня czerwca",
            "july jul julio juillet juli luglio julho июля lipca",
            "august aug agosto aout augustus августа ago sierpnia",
            "september sep septiembre septembre settembre setembro сентября sept wrzesnia",
            "october oct octubre octobre oktober ottobre outubro октября okt pazdziernika",
            "november nov noviembre novembre novembro ноября listopada",
            "december dec diciembre decembre dezember dicembre dezembro декабря dez grudnia",
        ),
        1,
    )
    for word in words.split()
}
_TIME: Final = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?\s*(?P<half>[ap]\.?\s?m\b)?"
)
_NUMERIC_DATE: Final = re.compile(r"(?P<year>\d{4})[年/.-]\s*(?P<month>\d{1,2})[月/.-]\s*(?P<day>\d{1,2})")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_AUTHOR: Final = re.compile(r"\s*\((?P<author>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
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
    limited = unreadable = wordless = 0
    for entry in _entries(decoded.text):
        if len(file.highlights) >= MAX_HIGHLIGHTS:
            file.report.append(f"More than {MAX_HIGHLIGHTS:,} clippings; the rest were not read.")
            break
        highlight = _clipping(entry)
        if highlight is None:
            unreadable += 1
        elif highlight.kind == "bookmark" or (not highlight.text and not highlight.note):
            wordless += 1
        elif _LIMIT.match(highlight.text):
            limited += 1
        else:
            file.highlights.append(highlight)
    if limited:
        file.report.append(f"{limited} highlights were past the publisher's limit: Kindle kept no words of them.")
    if wordless:
        file.report.append(f"{wordless} bookmarks or empty clippings have no words to be found by and were left out.")
    if unreadable:
        file.report.append(f"{unreadable} entries could not be understood and were left out.")
    return merge(file)


def recognise(sample: Sample) -> bool:
    """Whether a file has the shape of a clippings file."""
    return any(_second_line(entry) is not None for entry in _entries(sample.text))


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
    if second is None:
        return None
    title, _, body = entry.split("\n", 2) if entry.count("\n") >= 2 else (*entry.split("\n", 1), "")
    title = title.strip("\ufeff \u200b")[:_LONGEST_LINE]
    author = ""
    if match := _AUTHOR.search(title):
        author, title = match["author"], title[: match.start()]
    words = fold(second)
    parts = [part.strip() for part in words.split("|")]
    where = " | ".join(parts[:-1]) if len(parts) > 1 else words
    kind = _kind(where)
    page = _PAGE.search(where)
    location = _LOCATION.search(where)
    text = body.strip()
    return make(
        title, author, kind,
        text=text if kind != "note" else "", note=text if kind == "note" else "",
        page=(page["a"] or page["b"]) if page else "",
        location=_range(location["a"], location["b"]) if location else None,
        created_at=_moment(parts[-1]), tags=[SOURCE],
    )  # fmt: skip


def _kind(words: str) -> HighlightKind:
    for kind, names in _KINDS:
        if any(fold(name) in words for name in names):
            return kind
    return "highlight"


def _range(first: str, last: str | None) -> tuple[int, int]:
    """A range of locations; older devices shorten its end: `1756-59` is 1756 to 1759."""
    if not last:
        return int(first), int(first)
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return int(first), max(int(first), int(last))


def _moment(words: str) -> str:
    """When a clipping was made, as ISO 8601; empty when the words do not tell."""
    time = _TIME.search(words)
    date = words[: time.start()] if time else words
    if numeric := _NUMERIC_DATE.search(date):
        year, month, day = (int(numeric[name]) for name in ("year", "month", "day"))
    else:
        pieces = _WORD.findall(date)
        months = [_MONTHS[piece] for piece in pieces if piece in _MONTHS]
        numbers = [int(piece) for piece in pieces if piece.isdigit()]
        years = [number for number in numbers if number >= 1900]
        days = [number for number in numbers if 1 <= number <= 31]
        if not months or not years or not days:
            return ""
        year, month, day = years[0], months[0], days[0]
    hour, minute, second = (int(time[name] or 0) for name in ("hour", "minute", "second")) if time else (0, 0, 0)
    if time and time["half"]:
        hour = hour % 12 + (12 if time["half"].startswith("p") else 0)
    if "下午" in words and hour < 12:
        hour += 12
    try:
        return iso_utc(datetime(year, month, day, hour, minute, second))  # noqa: DTZ001  # the device tells no zone
    except ValueError:
        return ""


if __name__ == "__main__":
    from import_scripts.highlights.summary import run

    run(read_clippings)
