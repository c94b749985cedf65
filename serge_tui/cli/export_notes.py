"""`serge export notes`: highlights, notes and bookmarks, in formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from db.errors import SergeError
from serge_tui.cli.common import open_library, say_aside, write_out
from serge_tui.cli.completion import complete_template
from serge_tui.cli.output_form import form_of, json_option
from serge_tui.core.export.forms import FORMS, export_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.library import Library
    from serge_tui.core.export.citations import CiteStyle, Work
    from serge_tui.core.export.note_record import NoteRecord

LARGEST_TEMPLATE = 1_000_000
"""Largest size of a template, in bytes."""


@click.command("notes")
@click.argument("filter_words", nargs=-1, metavar="[FILTER]...")
@click.option(
    "--format", "asked", type=click.Choice([form.name for form in FORMS]),
    help="json: a list of W3C Web Annotations; Serge can import it again. If left out: by the suffix, else markdown.",
)  # fmt: skip
@json_option
@click.option(
    "--by",
    type=click.Choice(["chapter"]),
    help="One Markdown file a chapter in the folder -o, and one a person linked.",
)
@click.option(
    "--template", type=click.Path(path_type=Path, dir_okay=False),
    help="readwise, csl, zotero, bibtex, or the file of a Jinja2 template of your own (docs/notes.md shows one).",
    shell_complete=complete_template,
)  # fmt: skip
@click.option(
    "--cite", type=click.Choice(["chicago", "mla", "bibtex"]),
    help="Cite the source of each note; bibtex writes a .bib file beside -o.",
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, or a folder with --by.")
@click.pass_obj
def export_notes(
    path: Path, filter_words: tuple[str, ...], asked: str | None, as_json: bool, by: str | None, template: Path | None,
    cite: str | None, output: Path | None,
) -> None:  # fmt: skip
    """Export highlights, notes and bookmarks in book order; with FILTER, only those that match.

    \b
    Examples:
      serge export notes > notes.md
      serge export notes -o notes.json
      serge export notes "#doubt" since:2026-05 -o doubts.html
      serge export notes --by chapter -o ~/vault/serge
      serge export notes --cite chicago -o notes.org
      serge export notes --template readwise -o readwise.csv
      serge export notes --template cards.j2 -o cards.txt
    """
    suffixed = None if by or template else output  # a folder, or whatever the template makes
    form = form_of(asked, suffixed, [form.name for form in FORMS], "markdown", as_json=as_json)
    if by and (output is None or form != "markdown" or template):
        raise SergeError("--by chapter writes Markdown files into a folder: name it with -o FOLDER.")
    from serge_tui.cli.export_vault import write_files
    from serge_tui.services.note_records import works
    from serge_tui.services.vaults import vault_files

    cited: list[Work] = []
    with open_library(path) as library:
        records = chosen_notes(library, filter_words)
        nothing = "" if records else _nothing(library, filter_words)
        known = works(library) if template else {}
        if cite:
            records, cited = _cited(library, records, cast("CiteStyle", cite))
        if by and output is not None:
            write_files(vault_files(library, records, whole=False), output)
            if cited:
                write_out(_bibliography(cited), output / "serge.bib")
            if nothing:
                say_aside(nothing)
            return
    text = _through_template(records, template, known) if template else export_text(records, form)
    bibliography = _bibliography(cited)
    if bibliography and output is None and form == "markdown":
        text += f"\n```bibtex\n{bibliography}```\n"
    write_out(text, output)
    if bibliography and output is not None:
        write_out(bibliography, output.with_suffix(".bib"))
    if nothing:
        say_aside(nothing)


def chosen_notes(library: Library, words: tuple[str, ...]) -> list[NoteRecord]:
    """Return the notes that match a filter, in book order; all of them without one."""
    from db.models.annotation import HIGHLIGHT_COLOURS
    from serge_tui.services.note_filters import colours_by_name, matches
    from serge_tui.services.note_records import all_note_records

    terms = [term for word in words for term in word.split()]
    names = colours_by_name(library.settings.get("colour_names", []), HIGHLIGHT_COLOURS)
    return [item for item in all_note_records(library) if matches(item, terms, names)]


def _nothing(library: Library, words: tuple[str, ...]) -> str:
    if words and library.annotations.all():
        return f"none of your notes matches {' '.join(words)!r}; `f` in Notes explains filters."
    return "there are no notes yet; in the reader `v` selects words, `H` and a letter highlights, `a` writes a note."


def _cited(library: Library, records: list[NoteRecord], style: CiteStyle) -> tuple[list[NoteRecord], list[Work]]:
    from serge_tui.core.export.note_record import with_citations
    from serge_tui.services.note_records import works

    known = works(library)
    used = {item.annotation.anchor.edition for item in records if item.annotation.anchor}
    cited = [work for key, work in known.items() if key in used] if style == "bibtex" else []
    return with_citations(records, known, style), cited


def _bibliography(cited: list[Work]) -> str:
    from serge_tui.core.export.citations import to_bibtex

    return to_bibtex(cited) if cited else ""


def _through_template(records: list[NoteRecord], template: Path, known: Mapping[str, Work]) -> str:
    from serge_tui.core.export.template import READY, ready_template, through_template

    if (ready := ready_template(str(template))) is not None:
        return through_template(records, ready, str(template), known)
    if not template.exists():
        raise SergeError(f"there is no template {template}; ready ones are {', '.join(READY)}, or name a file.")
    try:
        if template.stat().st_size > LARGEST_TEMPLATE:
            raise SergeError(f"{template} is too large to be a template.")
        source = template.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SergeError(f"{template} cannot be read as a template: it must be a text file in UTF-8.") from error
    return through_template(records, source, template.name, known)
