"""Export annotations as one HTML page for printing: no scripts, no pictures, nothing fetched."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from db.text import sanitise
from serge_tui.core.export.markdown import LOOSE
from serge_tui.core.export.note_record import heading_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it import MarkdownIt

    from serge_tui.core.export.note_record import NoteRecord

_STYLE: Final = """
body { font: 11pt/1.5 Georgia, serif; max-width: 38em; margin: 3em auto; padding: 0 1em; color: #1c1a17; }
h1, h2, h3 { font-weight: normal; line-height: 1.2; break-after: avoid; }
article { margin: 0 0 1.8em; break-inside: avoid; }
blockquote { margin: 0; padding-left: 1em; border-left: 3px solid #999; white-space: pre-line; }
.amber { border-color: #c88a1a; } .red { border-color: #b3392f; } .green { border-color: #4d7f3f; }
.blue { border-color: #35689a; } .violet { border-color: #7d5096; }
.facts { color: #6b655c; font-size: 90%; }
"""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def to_html(records: Iterable[NoteRecord]) -> str:
    """Write annotations in the order given. Notes are rendered from Markdown; HTML in them is shown as text."""
    from markdown_it import MarkdownIt

    # A picture in a note would be fetched by whoever opens the page.
    markdown = MarkdownIt("commonmark", {"html": False}).disable("image")
    records = list(records)
    heading = html_escaped(heading_for(records))
    parts = [
        "<!DOCTYPE html>", '<html lang="en">', "<head>", '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{heading}</title>", f"<style>{_STYLE}</style>", "</head>", "<body>",
        f"<h1>{heading}</h1>",
    ]  # fmt: skip
    for title, of_text in groupby(records, key=lambda item: item.edition_title or LOOSE):
        parts.append(f"<h2>{html_escaped(title)}</h2>")
        for chapter, items in groupby(of_text, key=lambda item: item.chapter):
            if chapter:
                parts.append(f"<h3>{html_escaped(chapter)}</h3>")
            parts.extend(_entry(item, markdown) for item in items)
    return "\n".join([*parts, "</body>", "</html>", ""])


def html_escaped(text: str) -> str:
    """Escape text so that HTML shows it unchanged."""
    return escape(sanitise(text))


def _entry(item: NoteRecord, markdown: MarkdownIt) -> str:
    annotation = item.annotation
    lines = ["<article>"]
    if item.words:
        colour, words = map(html_escaped, (annotation.colour, item.words))
        lines.append(f'<blockquote class="{colour}">{words}</blockquote>')
    elif item.target_name:
        lines.append(f"<p><strong>{html_escaped(item.target_name)}</strong></p>")
    if annotation.body:
        lines.append(markdown.render(sanitise(annotation.body)).strip())
    facts = [
        "" if item.citation or not item.page else f"p. {item.page}",
        annotation.colour,
        " ".join(f"#{tag}" for tag in annotation.tags),
        annotation.created_at[:10],
        "not found in the text as it is now" if annotation.state == "orphan" else "",
    ]
    if item.citation:
        before, title, after = map(html_escaped, (item.citation.before, item.citation.title, item.citation.after))
        lines.append(f'<p class="facts">{before}<cite>{title}</cite>{after}</p>')
    lines.append(f'<p class="facts">{html_escaped(" · ".join(fact for fact in facts if fact))}</p>')
    return "\n".join([*lines, "</article>"])
