"""Every form by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.core.export.note_record import NoteRecord


def written(records: Sequence[NoteRecord], form: str) -> str:
    """Write annotations in a form: `markdown`, `json`, `csv`, `html` or `org`."""
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
