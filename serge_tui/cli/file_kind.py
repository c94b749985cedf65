"""What a file is, told by its content: for the app before an import, and for the import itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.services.book_import import Recognised

if TYPE_CHECKING:
    from pathlib import Path


def recognise_file(path: Path) -> Recognised:
    """Return what a file or folder is; raises SergeError if it cannot be imported."""
    from import_scripts.formats.book_file import book_format
    from import_scripts.found_decisions import holds_decisions
    from import_scripts.highlights.detect import highlight_format
    from import_scripts.highlights.serge_notes import is_own_export
    from import_scripts.history import is_history
    from import_scripts.reviews.recognise import is_review

    is_folder = path.is_dir()
    if not is_folder and is_own_export(path):
        return Recognised("highlights", "Notes exported from Serge")
    if not is_folder and holds_decisions(path):
        return Recognised("decisions", "Decisions on your own copy, exported from Serge")
    if (highlights := highlight_format(path)) is not None:
        return Recognised("highlights", f"Highlights: {highlights.name}")
    if is_folder:
        return Recognised("auto", "A folder: every book and list of highlights in it")
    if is_history(path):
        return Recognised("history", "A history of answers")
    found = book_format(path)
    if is_review(path):
        return Recognised("review", f"A review or an article: {found.name}")
    return Recognised("book", f"A book: {found.name}")
