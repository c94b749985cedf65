"""Export annotations through a template, ready or the reader's own: in Jinja2's sandbox it can only write text."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from db.errors import SergeError
from db.text import sanitise, sanitise_line
from serge_tui.core.export.citations import given_and_family, tex_escaped, to_bibtex
from serge_tui.core.export.markdown import escaped, markdown_tag
from serge_tui.core.export.org import org_escaped
from serge_tui.core.export.page import html_escaped
from serge_tui.core.export.table import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from serge_tui.core.export.citations import Work
    from serge_tui.core.export.note_record import NoteRecord


_NAMES: Final = (
    "edition_title", "author", "chapter", "chapter_number", "chapter_ordinal", "page", "target_name",
)  # fmt: skip


READY: Final = {
    "readwise": ("csv", "highlights for Readwise's import of CSV"),
    "csl": ("json", "the texts of your notes as CSL-JSON, for Pandoc and Zotero"),
    "zotero": ("html", "one note to paste into Zotero"),
    "bibtex": ("bib", "the texts with your notes as `annote`, which Zotero imports as notes"),
}
"""Ready templates by name: the usual ending of what they make, and what it is for."""
_FOLDER: Final = Path(__file__).parent / "templates"


def ready_template(name: str) -> str | None:
    """Return the text of a ready template; None if there is none of that name."""
    return (_FOLDER / f"{name}.j2").read_text("utf-8") if name in READY else None


def through_template(
    records: Iterable[NoteRecord], source: str, name: str, works: Mapping[str, Work] | None = None
) -> str:
    """Fill a template: `notes` is the list, each with the fields of `entry`; `works` are the texts they are from.

    Filters `md`, `org`, `html`, `csv`, `tex`, `json` escape for a format. `works` gives each text by its edition.

    Raises SergeError, with the line, if the template cannot be read or uses an unknown name.
    """
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # What a note goes into is the template's business: Markdown, Org, TeX. HTML has the filter `html`, or `e`.
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    filters = {"md": escaped, "org": org_escaped, "html": html_escaped, "csv": quoted, "tex": tex_escaped,
               "json": _json, "hashtag": markdown_tag}  # fmt: skip
    environment.filters.update(filters)
    notes = [entry(item) for item in records]
    cited = dict.fromkeys(note["edition"] for note in notes if note["edition"] in (works or {}))
    texts = [_work(edition, (works or {})[edition]) for edition in cited]
    try:
        return environment.from_string(source).render(notes=notes, works=texts)
    except TemplateSyntaxError as error:
        raise SergeError(f"{name}, line {error.lineno}: {sanitise_line(error.message or 'no template')}.") from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise SergeError(f"{name} could not be filled: {sanitise_line(str(error))}.") from error
    except (RecursionError, MemoryError) as error:
        raise SergeError(f"{name} asks for more than there is room for.") from error


def entry(item: NoteRecord) -> dict[str, Any]:
    """Return the fields of an annotation for a template."""
    annotation, anchor = item.annotation, item.annotation.anchor
    return {
        "key": annotation.key,
        "kind": annotation.kind,
        "colour": annotation.colour,
        "edition": anchor.edition if anchor else "",
        "words": item.words,
        "before": anchor.prefix if anchor else "",
        "after": anchor.suffix if anchor else "",
        "note": annotation.body,
        "tags": list(annotation.tags),
        "state": annotation.state,
        "created": annotation.created_at,
        "modified": annotation.modified_at,
        "target": annotation.target,
        "citation": str(item.citation or ""),
        **{name: getattr(item, name) for name in _NAMES},
    }


def _work(edition: str, work: Work) -> dict[str, Any]:
    """Return the fields of a text for a template; `bibtex` is its entry, left open for more fields."""
    fields: dict[str, Any] = {**asdict(work), "edition": edition}
    for role in ("author", "translator"):
        fields[f"{role}_given"], fields[f"{role}_family"] = given_and_family(fields[role])
    fields["bibtex"] = to_bibtex([work]).removesuffix("}\n")
    return fields


def _json(value: object) -> str:
    return json.dumps(sanitise(value) if isinstance(value, str) else value, ensure_ascii=False)
