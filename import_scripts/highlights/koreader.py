"""KOReader's sidecar files, new form and old: `python -m import_scripts.highlights.koreader BOOK.sdr`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import fold, sanitise_line
from import_scripts.highlights.lua import LuaError, parse_table
from import_scripts.highlights.record import MAX_HIGHLIGHTS, Highlight, HighlightFile, make, merge, parse_iso
from import_scripts.input.encoding import decode
from import_scripts.input.files import first_bytes, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from import_scripts.highlights.lua import LuaTable, LuaValue
    from import_scripts.highlights.sample import Sample

SOURCE: Final = "koreader"
# What the old form writes as the "text" of a bookmark when the reader wrote nothing, in the device's language.
_AUTOMATIC: Final = re.compile(r"\s@ \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\s*$")
_NUMBER: Final = re.compile(r"\d{1,5}")
_COMPARED: Final = 40
"""Letters of the marked words that are looked for in such a text; the words may have been edited since."""
_METADATA: Final = "metadata.*.lua"


def read_koreader(path: Path) -> HighlightFile:
    """Read a sidecar: its file, or the `.sdr` folder it is in.

    Raises SergeError when it cannot be read.
    """
    if path.is_dir():
        found = sorted(path.glob(_METADATA))
        if not found:
            raise SergeError(f"There is no metadata.….lua in {sanitise_line(str(path))}; give a KOReader .sdr folder.")
        path = found[0]
    first_bytes(path)
    try:
        table = parse_table(decode(read_bytes(path), path.name).text)
    except LuaError as error:
        raise SergeError(f"{sanitise_line(path.name)} is not a KOReader sidecar file. {error}") from error
    book, author, kind = _book_of(table, path)
    file = HighlightFile(SOURCE)
    entries = _new_form(table, book, author, kind) if "annotations" in table else _old_form(table, book, author, kind)
    for highlight in entries:
        if len(file.highlights) >= MAX_HIGHLIGHTS:
            file.report.append(f"More than {MAX_HIGHLIGHTS:,} highlights; the rest were not read.")
            break
        file.highlights.append(highlight)
    return merge(file)


def recognise(sample: Sample) -> bool:
    """Whether a file is a sidecar, or a folder holds one."""
    if sample.is_folder:
        return any(sample.path.glob(_METADATA))
    return re.match(r"(?:\s|--[^\n]*)*return\s*\{", sample.text) is not None


def _book_of(table: LuaTable, path: Path) -> tuple[str, str, str]:
    properties = table.get("doc_props")
    properties = properties if isinstance(properties, dict) else table.get("stats")
    properties = properties if isinstance(properties, dict) else {}
    document = _text(table.get("doc_path"))
    title = _text(properties.get("title")) or Path(document).stem or path.parent.stem
    suffix = Path(document).suffix or next(iter(path.suffixes[:-1]), "")  # metadata.epub.lua
    return title, _text(properties.get("authors")).replace("\n", ", "), suffix.lstrip(".").lower()


def _new_form(table: LuaTable, book: str, author: str, kind: str) -> Iterator[Highlight]:
    for entry in _rows(table.get("annotations")):
        is_bookmark = not entry.get("drawer") and not entry.get("pos0")
        note = _text(entry.get("note"))
        yield make(
            book, author, "bookmark" if is_bookmark else "note" if note else "highlight",
            text=_text(entry.get("text")), note=note, colour=_text(entry.get("color")),
            chapter=_text(entry.get("chapter")), page=_page(entry), created_at=parse_iso(_text(entry.get("datetime"))),
            modified_at=parse_iso(_text(entry.get("datetime_updated"))), tags=[SOURCE], file_format=kind,
        )  # fmt: skip


def _old_form(table: LuaTable, book: str, author: str, kind: str) -> Iterator[Highlight]:
    for entry in _rows(table.get("bookmarks")):
        note, page = _text(entry.get("text")), _page(entry)
        if _is_automatic(note, _text(entry.get("notes")), _text(entry.get("datetime"))):
            printed = _NUMBER.search(note[:_COMPARED])
            note, page = "", page or (printed[0] if printed else "")
        is_bookmark = not entry.get("highlighted")
        yield make(
            book, author, "bookmark" if is_bookmark else "note" if note else "highlight",
            text=_text(entry.get("notes")), note=note, chapter=_text(entry.get("chapter")), page=page,
            created_at=parse_iso(_text(entry.get("datetime"))), tags=[SOURCE], file_format=kind,
        )  # fmt: skip
    if table.get("bookmarks"):
        return
    pages = table.get("highlight")
    for number, marks in sorted(pages.items(), key=lambda item: str(item[0])) if isinstance(pages, dict) else ():
        for entry in _rows(marks):
            yield make(
                book, author, "highlight", text=_text(entry.get("text")), chapter=_text(entry.get("chapter")),
                page=str(number), created_at=parse_iso(_text(entry.get("datetime"))), tags=[SOURCE], file_format=kind,
            )  # fmt: skip


def _is_automatic(note: str, words: str, datetime: str) -> bool:
    """Whether a note is what the program wrote itself: a page, the marked words, and when they were marked."""
    end = _AUTOMATIC.search(note)
    if end is None:
        return False
    return note.rstrip().endswith(datetime or "\0") or fold(words)[:_COMPARED] in fold(note[: end.start()])


def _rows(value: LuaValue) -> list[LuaTable]:
    """The tables of a list, in the order of their numbers."""
    if not isinstance(value, dict):
        return []
    numbers = sorted(key for key in value if isinstance(key, int))
    return [row for number in numbers if isinstance(row := value[number], dict)]


def _page(entry: LuaTable) -> str:
    number = entry.get("pageref") or entry.get("pageno")
    page = entry.get("page")
    return _text(number) or (_text(page) if isinstance(page, int) else "")


def _text(value: LuaValue) -> str:
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


if __name__ == "__main__":
    from import_scripts.highlights.summary import run

    run(read_koreader)
