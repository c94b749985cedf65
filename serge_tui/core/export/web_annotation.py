"""Export annotations as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), JSON-LD.

Fields that the model lacks are under `serge`, so that an import restores exactly what was exported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from serge_tui.core.export.note_record import NoteRecord

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_MOTIVATIONS: Final = {"highlight": "highlighting", "note": "commenting", "bookmark": "bookmarking"}


def to_web_annotations(records: Iterable[NoteRecord]) -> list[dict[str, Any]]:
    """Return one object for each annotation."""
    return [_annotation(item) for item in records]


def _annotation(item: NoteRecord) -> dict[str, Any]:
    annotation, anchor = item.annotation, item.annotation.anchor
    bodies: list[dict[str, str]] = []
    if annotation.body:
        bodies.append(
            {"type": "TextualBody", "value": annotation.body, "format": "text/markdown", "purpose": "commenting"}
        )
    bodies += [{"type": "TextualBody", "value": tag, "purpose": "tagging"} for tag in annotation.tags]
    source = f"urn:serge:edition:{anchor.edition}" if anchor else f"urn:serge:{annotation.target or 'journal'}"
    target: dict[str, Any] = {"source": source}
    if anchor is not None:
        target["selector"] = [
            {"type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix}
        ]
    return {
        "@context": CONTEXT,
        "id": f"urn:serge:annotation:{annotation.key}",
        "type": "Annotation",
        "motivation": _MOTIVATIONS[annotation.kind],
        "created": annotation.created_at,
        "modified": annotation.modified_at,
        "body": bodies,
        "target": target,
        "serge": {
            "key": annotation.key,
            "kind": annotation.kind,
            "target": annotation.target,
            "colour": annotation.colour,
            "state": annotation.state,
            "edition_title": item.edition_title,
            "chapter": item.chapter,
            "page": item.page,
            "citation": str(item.citation or ""),
            "position": None
            if anchor is None
            else {
                "edition": anchor.edition,
                "passage": anchor.passage,
                "start": anchor.start,
                "end_passage": anchor.end_passage,
                "end": anchor.end,
            },
        },
    }
