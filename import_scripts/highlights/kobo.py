"""The database of a Kobo, `.kobo/KoboReader.sqlite` on the device: `python -m import_scripts.highlights.kobo FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.highlights.record import MAX_HIGHLIGHTS, HighlightFile, make, merge, parse_iso
from import_scripts.input.foreign_database import number_of, open_foreign, text_of

if TYPE_CHECKING:
    from import_scripts.highlights.sample import Sample

SOURCE: Final = "kobo"
BOOKMARKS: Final = "Bookmark"
CONTENT: Final = "content"
_COLUMNS: Final = (
    "VolumeID",
    "Text",
    "Annotation",
    "Type",
    "Color",
    "DateCreated",
    "DateModified",
    "Hidden",
    "ContentID",
)
_NEEDED: Final = frozenset({"volumeid", "text", "annotation"})
_COLOURS: Final = {0: "yellow", 1: "pink", 2: "blue", 3: "green"}
_BOOKMARK: Final = "dogear"
_MARKUP: Final = "markup"
"""What is drawn with a pen: a picture, no words."""


def read_kobo(path: Path) -> HighlightFile:
    """Read the database of a Kobo.

    Raises SergeError when it is no such database.
    """
    file = HighlightFile(SOURCE)
    drawn = empty = 0
    with open_foreign(path) as database:
        if not database.columns(BOOKMARKS) >= _NEEDED:
            raise SergeError(f"{sanitise_line(path.name)} is not the database of a Kobo reader.")
        books = {
            text_of(row["ContentID"]): (text_of(row["Title"]), text_of(row["Attribution"]))
            for row in database.rows(CONTENT, ("ContentID", "Title", "Attribution"), MAX_HIGHLIGHTS)
        }
        for row in database.rows(BOOKMARKS, _COLUMNS, MAX_HIGHLIGHTS):
            if text_of(row["Hidden"]).lower() in ("true", "1"):
                continue
            kind, text, note = text_of(row["Type"]), text_of(row["Text"]), text_of(row["Annotation"])
            if kind == _MARKUP:
                drawn += 1
                continue
            if not text.strip() and not note.strip() and kind != _BOOKMARK:
                empty += 1
                continue
            volume = text_of(row["VolumeID"])
            title, author = books.get(volume, (Path(volume).stem, ""))
            chapter, _ = books.get(text_of(row["ContentID"]), ("", ""))
            colour = number_of(row["Color"])
            file.highlights.append(
                make(
                    title, author, "bookmark" if kind == _BOOKMARK else "note" if note.strip() else "highlight",
                    text=text, note=note, colour=_COLOURS.get(int(colour), "") if colour is not None else "",
                    chapter=chapter if chapter != title else "", created_at=parse_iso(text_of(row["DateCreated"])),
                    modified_at=parse_iso(text_of(row["DateModified"])), tags=[SOURCE],
                    file_format="epub" if "epub" in volume.lower() else "",
                )
            )  # fmt: skip
    if drawn:
        file.report.append(f"{drawn} drawings have no words and were left out.")
    if empty:
        file.report.append(f"{empty} empty highlights were left out.")
    file.left_out = drawn + empty
    return merge(file)


def recognise(sample: Sample) -> bool:
    """Whether a file is the database of a Kobo."""
    return sample.columns(BOOKMARKS) >= _NEEDED


if __name__ == "__main__":
    from import_scripts.highlights.summary import run

    run(read_kobo)
