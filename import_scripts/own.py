"""Our own export, and other lists of W3C Web Annotations: `python -m import_scripts.own FILE`.

What `serge export notes --format json` writes comes back as it was: key, times, colour, tags and place. The key under
`serge` is what makes an import of one's own notes a second time add nothing.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.models import Anchor, Annotation
from db.text import sanitise, sanitise_line
from import_scripts.highlight import MAX_HIGHLIGHTS, colour_of, key_of, make, parse_iso
from import_scripts.json_file import Json, items, member, number, read_json, text

if TYPE_CHECKING:
    from db.models import AnnotationKind

SOURCE: Final = "serge"
_KINDS: Final[dict[str, AnnotationKind]] = {
    "highlighting": "highlight", "commenting": "note", "bookmarking": "bookmark", "describing": "note",
    "highlight": "highlight", "note": "note", "bookmark": "bookmark",
}  # fmt: skip
_KEY: Final = re.compile(r"[A-Za-z0-9_.:-]{1,80}")
_TARGET: Final = re.compile(r"[a-z]+:[A-Za-z0-9_./#-]{1,120}")
_PLACE: Final = ("passage", "start", "end_passage", "end")
_OUR_COLOURS: Final = frozenset("amber red green blue violet".split())


@dataclass(slots=True)
class OwnFile:
    """Annotations as they were exported, with the title of each one's edition by its key."""

    annotations: list[Annotation] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    report: list[str] = field(default_factory=list)


def read_own(path: Path) -> OwnFile:
    """Read a list of Web Annotations.

    Raises SergeError when the file is no such list.
    """
    rows = rows_of(read_json(path))
    if rows is None:
        raise SergeError(f"{sanitise_line(path.name)} is no list of Web Annotations.")
    file = OwnFile()
    unreadable = 0
    for row in rows[:MAX_HIGHLIGHTS]:
        annotation = _annotation(row)
        if annotation is None:
            unreadable += 1
            continue
        file.annotations.append(annotation)
        if annotation.anchor is not None:
            title = sanitise_line(text(member(member(row, "serge"), "edition_title")))
            file.titles.setdefault(annotation.anchor.edition, title)
    if unreadable:
        file.report.append(f"{unreadable} entries could not be understood and were left out.")
    return file


def rows_of(data: Json) -> list[Json] | None:
    """The annotations of a list or an annotation page; None for anything else."""
    for rows in (data, member(data, "items"), member(member(data, "first"), "items")):
        found = items(rows)
        if found and all(text(member(row, "type")) == "Annotation" for row in found):
            return found
    return None


def _annotation(row: Json) -> Annotation | None:
    extension = member(row, "serge")
    kind = _KINDS.get(text(member(extension, "kind")) or text(member(row, "motivation")))
    bodies = items(member(row, "body")) or ([member(row, "body")] if member(row, "body") is not None else [])
    comment = "\n\n".join(text(member(body, "value")) for body in bodies if text(member(body, "purpose")) != "tagging")
    tags = [text(member(body, "value")) for body in bodies if text(member(body, "purpose")) == "tagging"]
    anchor = _anchor(row, extension)
    target = sanitise_line(text(member(extension, "target")))
    if kind is None or (anchor is None and not comment.strip()):
        return None
    if target and not _TARGET.fullmatch(target):
        target = ""
    created = parse_iso(text(member(row, "created")))
    colour = text(member(extension, "colour"))
    plain = make(
        text(member(extension, "edition_title")), "", kind, text=anchor.exact if anchor else "", note=comment,
        colour=colour, tags=tags, page=text(member(extension, "page")), created_at=created,
    )  # fmt: skip
    key = text(member(extension, "key"))
    return Annotation(
        key if _KEY.fullmatch(key) else key_of(plain),
        kind,
        target,
        anchor,
        colour if colour in _OUR_COLOURS or not colour else colour_of(colour),
        plain.note,
        "orphan" if anchor else "anchored",
        created,
        parse_iso(text(member(row, "modified"))) or created,
        tags=plain.tags,
    )


def _anchor(row: Json, extension: Json) -> Anchor | None:
    """The words an annotation hangs on, with the place they had where that was exported."""
    target = member(row, "target")
    target = items(target)[0] if items(target) else target
    selectors = items(member(target, "selector")) or [member(target, "selector")]
    quote = next((one for one in selectors if text(member(one, "type")) == "TextQuoteSelector"), None)
    exact = sanitise(text(member(quote, "exact")))
    place = member(extension, "position")
    if not exact and place is None:
        return None
    edition = text(member(place, "edition")) or text(member(target, "source")).removeprefix("urn:serge:edition:")
    passage, start, end_passage, end = (number(member(place, name)) for name in _PLACE)
    return Anchor(
        sanitise_line(edition)[:200], passage, start, end_passage, end, exact,
        prefix=sanitise(text(member(quote, "prefix")))[:400], suffix=sanitise(text(member(quote, "suffix")))[:400],
    )  # fmt: skip


if __name__ == "__main__":
    for name in sys.argv[1:]:
        own = read_own(Path(name))
        print(f"{name}: {len(own.annotations)} annotations")
