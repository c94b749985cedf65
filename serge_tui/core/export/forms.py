"""The export forms by name, and the text of an export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.core.export.note_record import NoteRecord


@dataclass(frozen=True, slots=True)
class ExportForm:
    """A form to export notes in: its name on the command line, the ending of its files, and what it is for."""

    name: str
    ending: str
    title: str
    purpose: str


FORMS: Final = (
    ExportForm("markdown", "md", "Markdown", "to read, for Obsidian and Logseq"),
    ExportForm("json", "json", "JSON", "W3C Web Annotations; can be imported again"),
    ExportForm("csv", "csv", "CSV", "for a spreadsheet"),
    ExportForm("html", "html", "HTML", "for printing"),
    ExportForm("org", "org", "Org", "for Emacs"),
)


def export_text(records: Sequence[NoteRecord], form: str) -> str:
    """Return annotations in the form with that name."""
    match form:
        case "json":
            import json

            from serge_tui.core.export.web_annotation import to_web_annotations

            return json.dumps(to_web_annotations(records), ensure_ascii=False, indent=2) + "\n"
        case "csv":
            from serge_tui.core.export.table import to_csv

            return to_csv(records)
        case "html":
            from serge_tui.core.export.page import to_html

            return to_html(records)
        case "org":
            from serge_tui.core.export.org import to_org

            return to_org(records)
        case _:
            from serge_tui.core.export.markdown import to_markdown

            return to_markdown(records)
