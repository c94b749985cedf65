"""Export annotations through the reader's own template, in Jinja2's sandbox: a template can only write text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from db.errors import SergeError
from db.text import sanitise_line
from serge_tui.core.export.markdown import escaped, markdown_tag
from serge_tui.core.export.org import org_escaped
from serge_tui.core.export.page import html_escaped
from serge_tui.core.export.table import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from serge_tui.core.export.note_record import NoteRecord


_NAMES: Final = (
    "edition_title", "author", "chapter", "chapter_number", "chapter_ordinal", "page", "target_name",
)  # fmt: skip


def through_template(records: Iterable[NoteRecord], source: str, name: str) -> str:
    """Fill a template: `notes` is the list, each with the fields of `entry`; filters `md`, `org`, `html`, `csv`.

    Raises SergeError, with the line, if the template cannot be read or uses an unknown name.
    """
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # What a note goes into is the template's business: Markdown, Org, TeX. HTML has the filter `html`, or `e`.
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    filters = {"md": escaped, "org": org_escaped, "html": html_escaped, "csv": quoted, "hashtag": markdown_tag}
    environment.filters.update(filters)
    try:
        return environment.from_string(source).render(notes=[entry(item) for item in records])
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
