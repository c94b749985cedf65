"""The library: one open database, with the queries of every kind of data.

Reads use a connection of the calling thread and can run anywhere; anything that may take longer than a frame belongs
in a thread worker. Writes go through the one writer and return futures.
"""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING

from db.connection import connect, is_ready, same_file
from db.errors import DatabaseUnusableError
from db.writer import Writer

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path
    from types import TracebackType

    from db.annotations import Annotations
    from db.candidates import Candidates
    from db.card_tags import CardTags
    from db.chapter_corrections import ChapterCorrections
    from db.chronicle import Chronicle
    from db.connection import CarefulConnection
    from db.corrections import Corrections
    from db.drafts import Drafts
    from db.ends import Ends
    from db.figures import Figures
    from db.found import FoundTexts
    from db.found_people import FoundPeople
    from db.links import Links
    from db.paper import Paper
    from db.passages import Passages
    from db.pictures import Pictures
    from db.quotations import Quotations
    from db.reading import Reading
    from db.removed_texts import RemovedTexts
    from db.search import Search
    from db.search_index import SearchIndex
    from db.settings import Settings
    from db.study import Study
    from db.terms import Terms
    from db.texts import Texts
    from db.today import Today


class Library:
    """One open database file. `open` is the way in; use it as a context manager or call `close`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer = Writer(path)
        self._local = threading.local()
        self._connections: list[tuple[threading.Thread, CarefulConnection]] = []
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path) -> Library:
        """Open a database that is ready: exists, migrated, not newer than this program.

        Raises DatabaseUnusableError otherwise; `db.build.prepare` makes one ready.
        """
        if not is_ready(path):
            raise DatabaseUnusableError(f"{path} is not ready yet; start `serge` once to build or upgrade it.")
        return cls(path)

    @cached_property
    def today(self) -> Today:
        """Summary of the day."""
        from db.today import Today

        return Today(self.reader)

    @cached_property
    def texts(self) -> Texts:
        """The texts, and the reader's place in each."""
        from db.texts import Texts

        return Texts(self.reader, self.writer)

    @cached_property
    def chapter_corrections(self) -> ChapterCorrections:
        """Where chapters begin and which of the Memoirs they are, as the reader says."""
        from db.chapter_corrections import ChapterCorrections

        return ChapterCorrections(self.reader, self.writer)

    @cached_property
    def search_index(self) -> SearchIndex:
        """The index of the words of all passages, when it has to be built anew."""
        from db.search_index import SearchIndex

        return SearchIndex(self.reader, self.writer, self.path)

    @cached_property
    def pictures(self) -> Pictures:
        """The pictures of imported texts."""
        from db.pictures import Pictures

        return Pictures(self.reader)

    @cached_property
    def removed_texts(self) -> RemovedTexts:
        """Texts removed from the library that can be brought back."""
        from db.removed_texts import RemovedTexts

        return RemovedTexts(self.reader, self.writer)

    @cached_property
    def reading(self) -> Reading:
        """What has been read of each edition."""
        from db.reading import Reading

        return Reading(self.reader, self.writer)

    @cached_property
    def passages(self) -> Passages:
        """The text itself, and the people named in it."""
        from db.passages import Passages

        return Passages(self.reader)

    @cached_property
    def figures(self) -> Figures:
        """The people of the book."""
        from db.figures import Figures

        return Figures(self.reader)

    @cached_property
    def terms(self) -> Terms:
        """Organisations, words of the time and places."""
        from db.terms import Terms

        return Terms(self.reader)

    @cached_property
    def quotations(self) -> Quotations:
        """Short quotations, and their places."""
        from db.quotations import Quotations

        return Quotations(self.reader)

    @cached_property
    def chronicle(self) -> Chronicle:
        """Events, the ten chapters, printed editions."""
        from db.chronicle import Chronicle

        return Chronicle(self.reader)

    @cached_property
    def paper(self) -> Paper:
        """Printed pages, for readers on paper."""
        from db.paper import Paper

        return Paper(self.reader)

    @cached_property
    def ends(self) -> Ends:
        """What has been told of how lives end."""
        from db.ends import Ends

        return Ends(self.reader)

    @cached_property
    def annotations(self) -> Annotations:
        """The reader's highlights, notes and bookmarks."""
        from db.annotations import Annotations

        return Annotations(self.reader, self.writer)

    @cached_property
    def candidates(self) -> Candidates:
        """Quotations found in reviews, and the reader's decisions on them."""
        from db.candidates import Candidates

        return Candidates(self.reader, self.writer)

    @cached_property
    def found(self) -> FoundTexts:
        """Portraits and sayings found in the texts, and the reader's decisions on them."""
        from db.found import FoundTexts

        return FoundTexts(self.reader, self.writer)

    @cached_property
    def found_people(self) -> FoundPeople:
        """People of the texts who are in no glossary, as the reader has them."""
        from db.found_people import FoundPeople

        return FoundPeople(self.reader, self.writer)

    @cached_property
    def drafts(self) -> Drafts:
        """Texts being written."""
        from db.drafts import Drafts

        return Drafts(self.reader, self.writer, self.path.parent)

    @cached_property
    def links(self) -> Links:
        """Uncertain names, and the reader's decisions on them."""
        from db.links import Links

        return Links(self.reader, self.writer)

    @cached_property
    def card_tags(self) -> CardTags:
        """The reader's tags on cards."""
        from db.card_tags import CardTags

        return CardTags(self.reader, self.writer)

    @cached_property
    def study(self) -> Study:
        """Answers, and the state of each card."""
        from db.study import Study

        return Study(self.reader, self.writer)

    @cached_property
    def settings(self) -> Settings:
        """The reader's settings."""
        from db.settings import Settings

        return Settings(self.reader, self.writer)

    @cached_property
    def search(self) -> Search:
        """Full-text search."""
        from db.search import Search

        return Search(self.reader)

    @cached_property
    def corrections(self) -> Corrections:
        """The reader's corrections of the study pack."""
        from db.corrections import Corrections

        return Corrections(self.reader, self.writer)

    def reader(self) -> sqlite3.Connection:
        """Return this thread's read connection; a new one if a repair has put another file in the place of this one."""
        connection: CarefulConnection | None = getattr(self._local, "connection", None)
        if connection is not None and not same_file(self.path, self._local.opened):
            connection.close()
            connection = None
        if connection is None:
            connection = connect(self.path, read_only=True)
            self._local.connection, self._local.opened = connection, self.path.stat()
            with self._lock:
                self._connections.append((threading.current_thread(), connection))
        return connection

    @property
    def has_invalid_text(self) -> bool:
        """Return whether text was read that is not UTF-8: some row is damaged."""
        with self._lock:
            return any(connection.has_invalid_text for _, connection in self._connections)

    def close(self) -> None:
        """Finish all writes, then close every connection. Can be called twice.

        Closing a connection during a query on another thread crashes the interpreter, so such a query is
        interrupted and its connection is closed with its thread.
        """
        self.writer.close()
        with self._lock:
            for thread, connection in self._connections:
                if thread is threading.current_thread() or not thread.is_alive():
                    connection.close()
                else:
                    connection.interrupt()
            self._connections.clear()
        self._local = threading.local()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
