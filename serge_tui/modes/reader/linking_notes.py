"""Notes of the reader's that link into a chapter: to a quotation or event in it, or to the chapter itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.modes.reader.stretch import Stretch

if TYPE_CHECKING:
    from db.library import Library
    from db.models import Annotation
    from serge_tui.modes.reader.chapter import OpenChapter


def notes_linking(library: Library, opened: OpenChapter) -> list[tuple[Stretch, Annotation]]:
    """Return notes that link into the chapter, each with the stretch it links to, in order of the text.

    Notes that link to people are shown on their cards.
    """
    notes = library.annotations.linking()
    if not notes:
        return []
    places: list[tuple[Stretch, str]] = []
    if opened.chapter.canonical is not None and opened.passages:
        title = Stretch(opened.first, 0, opened.first, opened.length(opened.first))
        places.append((title, f"chapter:{opened.chapter.canonical}"))
    for place in library.quotations.places(opened.edition.key):
        if opened.first <= place.passage <= opened.last:
            stretch = Stretch(place.passage, place.start, place.end_passage, place.end)
            places.append((stretch, f"quote:{place.quotation}"))
    places += [(link.stretch, link.target) for link in opened.links if not link.is_note]
    found: dict[tuple[int, str], tuple[Stretch, Annotation]] = {}
    for stretch, target in places:
        for note in notes.get(target, ()):
            # The guide's own link and the place found for the same quotation count once.
            found.setdefault((stretch.passage, f"{target} {note.key}"), (stretch, note))
    return sorted(found.values(), key=lambda entry: entry[0])
