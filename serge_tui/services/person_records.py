"""What is written of a person in a dossier or a vault: all that the library knows, without ends that are hidden."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from db.vocabulary import FATES, TELLING_TIES, TIE_TITLES
from serge_tui.core.export.person import ChapterMentions, PersonRecord, RelatedPerson
from serge_tui.services.hidden_ends import hidden_ends
from serge_tui.services.note_records import note_records
from serge_tui.services.reading_progress import edition_being_read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.library import Library
    from db.models import Chapter, Figure, Quotation
    from serge_tui.services.hidden_ends import HiddenEnds

CONTEXTS: Final = 3
"""Places of a chapter that are written out; the others are counted."""


class PersonRecords:
    """Makes the record of one person after another; what they share is read once."""

    def __init__(self, library: Library, ends: HiddenEnds | None = None, *, with_my_copy: bool = False) -> None:
        """Begin; with `with_my_copy`, mentions have words of the reader's own copy around them."""
        self._library = library
        self._with_my_copy = with_my_copy
        self._ends = ends or hidden_ends(library)
        self._edition = edition_being_read(library)

    @cached_property
    def _chapters(self) -> list[Chapter]:
        return self._library.texts.chapters(self._edition.key) if self._edition is not None else []

    def of(self, figure: Figure, *, with_notes: bool = True) -> PersonRecord:
        """Return the record of a figure."""
        library, key, hidden = self._library, figure.key, self._ends.of(figure.key)
        about = library.quotations.about(key)
        life, _ = self._ends.life(figure)
        fate = figure.fate_text or FATES.get(figure.fate, figure.fate).capitalize()
        died = ", ".join(part for part in (figure.died.long, figure.died_place) if part)
        tells = self._ends.tells
        return PersonRecord(
            key=key,
            name=figure.name,
            native_name=figure.native_name,
            years=figure.years(hidden=hidden),
            born=figure.born.text,
            died="" if hidden else figure.died.text,
            one_line=figure.one_line,
            also_called=tuple(dict.fromkeys(alias.text for alias in figure.aliases)),
            roles=figure.roles,
            nationalities=figure.nationalities,
            movements=figure.movements,
            chapters=figure.chapters,
            stroke="" if tells(figure.stroke, [key]) else figure.stroke,
            portraits=self._quoted(one for one in about if one.kind == "portrait"),
            said_of=self._quoted(one for one in about if one.kind != "portrait"),
            sayings=self._quoted(library.quotations.by_speaker(key)) if key != "serge" else (),
            life=life,
            to_serge=self._ends.untelling(figure.serge, key)[0],
            fate="" if hidden else " ".join(part for part in (fate, f"({died})" if died else "") if part),
            ties=tuple(self._ties(figure)),
            events=tuple(
                (event.date.long, event.text)
                for event in library.chronicle.events_of(key)
                if event.key not in self._ends.events
            ),
            mentions=tuple(self._mentions(key)),
            notes=tuple(note_records(library, library.annotations.on(f"figure:{key}"))) if with_notes else (),
            sources=tuple(dict.fromkeys(citation.text for citation in figure.citations)),
        )

    def _quoted(self, quotations: Iterable[Quotation]) -> tuple[tuple[str, str], ...]:
        return tuple(
            (one.text, " · ".join(part for part in (one.spoken_by, one.reference) if part))
            for one in quotations
            if one.key not in self._ends.quotations
        )

    def _ties(self, figure: Figure) -> Iterable[RelatedPerson]:
        for tie in sorted(figure.ties, key=lambda tie: (tie.kind == "namesake", tie.kind, tie.other_name)):
            hidden = self._ends.of(figure.key) or self._ends.of(tie.other)
            if not (hidden and tie.kind in TELLING_TIES):
                kind = TIE_TITLES.get(tie.kind, tie.kind)
                yield RelatedPerson(kind, tie.other, tie.other_name, "" if hidden else tie.note)

    def _mentions(self, key: str) -> Iterable[ChapterMentions]:
        if self._edition is None:
            return
        counts = self._library.passages.mentions_by_chapter(key, self._edition.key)
        if not counts:
            return
        contexts: dict[int, list[str]] = {}
        places = self._library.passages.mentions_in_context(key, self._edition.key) if self._with_my_copy else []
        for found in places:
            chapter = next(
                (one for one in reversed(self._chapters) if one.first_passage <= found.mention.passage), None
            )
            words = f"{found.before}{found.surface}{found.after}".strip()
            if chapter is not None and not self._ends.tells(words, [key]):
                contexts.setdefault(chapter.ordinal, []).append(" ".join(words.split()))
        for chapter in self._chapters:
            if count := counts.get(chapter.ordinal):
                shown = tuple(contexts.get(chapter.ordinal, ())[:CONTEXTS])
                yield ChapterMentions(self._edition.title, chapter.title, chapter.canonical, count, shown)
