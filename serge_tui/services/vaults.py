"""What goes into a vault: everybody and every chapter, or only what the notes are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.note_links import links_in
from serge_tui.core.export.vault import GuideChapter, vault
from serge_tui.services.note_records import target_name
from serge_tui.services.person_records import PersonRecords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.library import Library
    from serge_tui.core.export.note_record import NoteRecord


def vault_files(
    library: Library, records: Sequence[NoteRecord], *, whole: bool, with_my_copy: bool = False
) -> dict[str, str]:
    """Return the files of a vault by path.

    Args:
        library: Whose people and chapters.
        records: The notes to write, in book order.
        with_my_copy: Whether mentions have words of the reader's own copy around them.
        whole: Whether everybody and every chapter has a page; else those that notes are on or link to.
    """
    targets = {item.annotation.target for item in records if item.annotation.target}
    targets |= {link.target for item in records for link in links_in(item.annotation.body)}
    people = PersonRecords(library, with_my_copy=with_my_copy)
    figures = [one for one in library.figures.all() if whole or f"figure:{one.key}" in targets]
    by_chapter: dict[int, list[str]] = {}
    for figure in figures:
        for number in figure.chapters:
            by_chapter.setdefault(number, []).append(figure.key)
    chapters = [
        GuideChapter(
            one.number,
            one.title,
            "–".join(dict.fromkeys(year for year in (one.year_from, one.year_to) if year)),
            one.places,
            tuple(by_chapter.get(one.number, ())),
        )
        for one in library.chronicle.chapters()
        if whole or f"chapter:{one.number}" in targets
    ]
    words = {target: target_name(library, target) for target in targets}
    return vault([people.of(figure) for figure in figures], chapters, records, words)
