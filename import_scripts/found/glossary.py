"""Mentions of the glossary's people in plain chapters, through the linker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from import_scripts.found.names import Given
from import_scripts.found.segments import paragraphs
from import_scripts.linking.linker import NameLinker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.models import Figure


def glossary_mentions(texts: Sequence[str], figures: Iterable[Figure], language: str = "en") -> list[Given]:
    """Return where the texts of a book name figures; paragraphs are the linker's passages."""
    known = {figure.key: figure for figure in figures}
    places = [(number, part) for number, text in enumerate(texts) for part in paragraphs(text)]
    passages = [texts[number][part.start : part.end] for number, part in places]
    found = []
    for passage, start, end, key, _ in NameLinker(known.values()).link(passages, language=language).mentions:
        number, part = places[passage]
        figure = known[key]
        found.append(Given(number, part.start + start, part.start + end, key, figure.name, sex_of(figure)))
    return found


def sex_of(figure: Figure) -> str:
    """Return m, f, or nothing where the glossary does not say."""
    return {"male": "m", "female": "f", "m": "m", "f": "f"}.get(figure.sex, "")
