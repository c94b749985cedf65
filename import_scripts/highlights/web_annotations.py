"""Lists of W3C Web Annotations from other programs: `python -m import_scripts.highlights.web_annotations FILE`.

Our own exports are such lists too; they come back through `serge_notes`, with their keys and places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.highlights.record import MAX_HIGHLIGHTS, HighlightFile, make, merge, parse_iso
from import_scripts.input.json_file import Json, items, member, read_json, text

if TYPE_CHECKING:
    from pathlib import Path

    from import_scripts.highlights.record import HighlightKind
    from import_scripts.highlights.sample import Sample

SOURCE: Final = "web-annotations"
_KINDS: Final[dict[str, HighlightKind]] = {
    "highlighting": "highlight", "commenting": "note", "bookmarking": "bookmark", "describing": "note",
}  # fmt: skip


def read_web_annotations(path: Path) -> HighlightFile:
    """Read a list, a collection or a page of annotations.

    Raises SergeError when the file is none.
    """
    rows = rows_of(read_json(path))
    if rows is None:
        raise SergeError(f"{sanitise_line(path.name)} is not a list of Web Annotations.")
    file = HighlightFile(SOURCE)
    wordless = 0
    for row in rows[:MAX_HIGHLIGHTS]:
        quote, source = _quote(row)
        bodies = items(member(row, "body")) or [member(row, "body")]
        comments = [_value(body) for body in bodies if text(member(body, "purpose")) != "tagging"]
        note = "\n\n".join(comment for comment in comments if comment.strip())
        exact = text(member(quote, "exact"))
        if not exact.strip() and not note:
            wordless += 1
            continue
        kind = _KINDS.get(text(member(row, "motivation")), "highlight")
        file.highlights.append(
            make(
                source, "", "note" if note else kind, text=exact, note=note, prefix=text(member(quote, "prefix")),
                suffix=text(member(quote, "suffix")), created_at=parse_iso(text(member(row, "created"))),
                modified_at=parse_iso(text(member(row, "modified"))),
                tags=[SOURCE, *(_value(body) for body in bodies if text(member(body, "purpose")) == "tagging")],
            )
        )  # fmt: skip
    file.left_out = wordless
    if wordless:
        file.report.append(f"{wordless} annotations have no words of the text and no note.")
    return merge(file)


def recognise(sample: Sample) -> bool:
    """Whether a file is a list, a collection or a page of Web Annotations."""
    return rows_of(sample.json) is not None


def rows_of(data: Json) -> list[Json] | None:
    """The annotations of a list, a collection or a page; None for anything else."""
    for rows in (data, member(data, "items"), member(member(data, "first"), "items")):
        found = items(rows)
        if found and all(text(member(row, "type")) == "Annotation" for row in found):
            return found
    return None


def _quote(row: Json) -> tuple[Json, str]:
    """The quote selector of an annotation, and the name of what it annotates."""
    target = member(row, "target")
    target = items(target)[0] if items(target) else target
    selectors = items(member(target, "selector")) or [member(target, "selector")]
    quote = next((one for one in selectors if text(member(one, "type")) == "TextQuoteSelector"), None)
    source = member(target, "source")
    return quote, text(member(source, "title")) or text(source) or text(member(source, "id"))


def _value(body: Json) -> str:
    return text(body) or text(member(body, "value"))


if __name__ == "__main__":
    from import_scripts.highlights.summary import run

    run(read_web_annotations)
