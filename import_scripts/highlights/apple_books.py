"""Apple Books' databases: `python -m import_scripts.highlights.apple_books AEAnnotation….sqlite`.

On a Mac they lie under `~/Library/Containers/com.apple.iBooksX/Data/Documents`, in `AEAnnotation` and `BKLibrary`; the
second has the titles and is looked for beside the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.highlights.record import MAX_HIGHLIGHTS, HighlightFile, from_apple_time, make, merge
from import_scripts.input.foreign_database import number_of, open_foreign, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from import_scripts.highlights.sample import Sample

SOURCE: Final = "apple-books"
ANNOTATIONS: Final = "ZAEANNOTATION"
LIBRARY: Final = "ZBKLIBRARYASSET"
_COLUMNS: Final = (
    "ZANNOTATIONASSETID", "ZANNOTATIONSELECTEDTEXT", "ZANNOTATIONREPRESENTATIVETEXT", "ZANNOTATIONNOTE",
    "ZANNOTATIONSTYLE", "ZANNOTATIONTYPE", "ZANNOTATIONDELETED", "ZANNOTATIONCREATIONDATE",
    "ZANNOTATIONMODIFICATIONDATE", "ZFUTUREPROOFING5",
)  # fmt: skip
_STYLES: Final = {0: "", 1: "green", 2: "blue", 3: "yellow", 4: "pink", 5: "purple"}
_BOOKMARK: Final = 1


def read_apple_books(path: Path, library: Path | None = None) -> HighlightFile:
    """Read the database of annotations; `library`, the one of titles, is looked for when not given.

    Raises SergeError when it is no such database.
    """
    file = HighlightFile(SOURCE)
    library = library or _library_beside(path)
    books = _titles(library) if library is not None else {}
    if not books:
        file.report.append("The titles of the books were not found: put BKLibrary….sqlite beside AEAnnotation.")
    with open_foreign(path) as database:
        if not database.columns(ANNOTATIONS):
            raise SergeError(f"{sanitise_line(path.name)} is not the annotation database of Apple Books.")
        for row in database.rows(ANNOTATIONS, _COLUMNS, MAX_HIGHLIGHTS):
            if row["ZANNOTATIONDELETED"] == 1:
                continue
            text = text_of(row["ZANNOTATIONSELECTEDTEXT"]) or text_of(row["ZANNOTATIONREPRESENTATIVETEXT"])
            note = text_of(row["ZANNOTATIONNOTE"])
            is_bookmark = row["ZANNOTATIONTYPE"] == _BOOKMARK
            if not text.strip() and not note.strip() and not is_bookmark:
                file.left_out += 1
                continue
            title, author = books.get(text_of(row["ZANNOTATIONASSETID"]), ("", ""))
            style = number_of(row["ZANNOTATIONSTYLE"])
            file.highlights.append(
                make(
                    title, author, "bookmark" if is_bookmark else "note" if note.strip() else "highlight",
                    text=text, note=note, colour=_STYLES.get(int(style), "") if style is not None else "",
                    chapter=text_of(row["ZFUTUREPROOFING5"]),
                    created_at=from_apple_time(number_of(row["ZANNOTATIONCREATIONDATE"])),
                    modified_at=from_apple_time(number_of(row["ZANNOTATIONMODIFICATIONDATE"])), tags=[SOURCE],
                )
            )  # fmt: skip
    return merge(file)


def recognise(sample: Sample) -> bool:
    """Whether a file is the annotation database of Apple Books."""
    return bool(sample.columns(ANNOTATIONS))


def _library_beside(path: Path) -> Path | None:
    """The database of titles in the same folder, or in the folder where Apple keeps it."""
    for folder in (path.parent, path.parent.parent / "BKLibrary"):
        found = sorted(folder.glob("BKLibrary*.sqlite"))
        if found:
            return found[0]
    return None


def _titles(path: Path) -> dict[str, tuple[str, str]]:
    with open_foreign(path) as database:
        if not database.columns(LIBRARY):
            raise SergeError(f"{sanitise_line(path.name)} is not the library database of Apple Books.")
        return {
            text_of(row["ZASSETID"]): (text_of(row["ZTITLE"]), text_of(row["ZAUTHOR"]))
            for row in database.rows(LIBRARY, ("ZASSETID", "ZTITLE", "ZAUTHOR"), MAX_HIGHLIGHTS)
        }


if __name__ == "__main__":
    from import_scripts.highlights.summary import run

    run(read_apple_books)
