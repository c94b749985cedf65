"""Storing what was found in an edition, chapter by chapter, each in the caller's short transaction."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING, Final

from db.clock import utc_now
from db.text import fold

if TYPE_CHECKING:
    import sqlite3

    from db.models.found_text import Found, FoundKind, FoundMention, SearchState

FOUND_TABLES: Final = ("found", "found_mention", "found_person", "found_search")
_COLUMNS: Final = (
    "edition, kind, passage, start, end_passage, end, long_passage, long_start, long_end_passage, long_end, chapter,"
    " key, text, sentence, figure, name, addressee, how, score, is_card, is_sure"
)


@dataclass(slots=True)
class ChapterFindings:
    """What was found in one chapter."""

    found: list[Found] = field(default_factory=list)
    mentions: list[FoundMention] = field(default_factory=list)


def found_key(kind: FoundKind, sentence: str) -> str:
    """Return the stable key of something found: a digest of its kind and letters, without punctuation and spaces."""
    digest = hashlib.blake2b(f"{kind}\0{letters_of(sentence)}".encode("utf-8", "replace"), digest_size=8)
    return f"f{digest.hexdigest()}"


def letters_of(text: str) -> str:
    """Return the folded letters and digits of a text: what two editions of the same words have in common."""
    return "".join(char for char in fold(text) if char.isalnum())


def begin_search(
    connection: sqlite3.Connection, edition: str, language: str, version: str, chapters: int, *, again: bool = False
) -> int:
    """Note that an edition is searched; return the number of chapters that are done already.

    What another version found is deleted; everything is if it is to be searched again.
    """
    row = connection.execute(
        "select chapters_done from found_search where edition = ? and version = ? and chapters = ?",
        [edition, version, chapters],
    ).fetchone()
    if row is not None and not again:
        return int(row[0])
    forget_found(connection, edition)
    _note(connection, edition, "searching" if chapters else "done", language, version, chapters)
    return 0


def note_no_language(connection: sqlite3.Connection, edition: str, language: str, version: str) -> None:
    """Note that an edition's language has no word lists: nothing can be found in it yet."""
    forget_found(connection, edition)
    _note(connection, edition, "no language", language, version, 0)


def store_chapter(
    connection: sqlite3.Connection, edition: str, version: str, chapter: int, findings: ChapterFindings
) -> bool:
    """Store what was found in a chapter, and that it is done.

    Return False, storing nothing, if the edition was removed or imported again since this search began.
    """
    row = connection.execute(
        "select chapters from found_search where edition = ? and version = ?", [edition, version]
    ).fetchone()
    if row is None:
        return False
    connection.execute("delete from found where edition = ? and chapter = ?", [edition, chapter])
    connection.executemany(
        f"insert or ignore into found ({_COLUMNS}) values ({', '.join('?' * (_COLUMNS.count(',') + 1))})",
        map(_row, findings.found),
    )
    connection.executemany(
        "insert or replace into found_mention values (?, ?, ?, ?, ?)", map(astuple, findings.mentions)
    )
    is_last = chapter + 1 >= row[0]
    connection.execute(
        "update found_search set chapters_done = ?, state = ?, updated_at = ? where edition = ?",
        [chapter + 1, "done" if is_last else "searching", utc_now(), edition],
    )
    if is_last:
        connection.execute("delete from found_person where edition = ?", [edition])
        connection.execute(
            "insert into found_person select m.edition, m.name, count(*),"
            " min(m.passage), (select start from found_mention f where f.edition = m.edition and f.name = m.name"
            " order by f.passage, f.start limit 1)"
            " from found_mention m where m.edition = ? group by m.edition, m.name",
            [edition],
        )
    return True


def forget_found(connection: sqlite3.Connection, edition: str) -> None:
    """Delete what was found in an edition; the reader's decisions stay."""
    for table in FOUND_TABLES:
        connection.execute(f"delete from {table} where edition = ?", [edition])


def _note(
    connection: sqlite3.Connection, edition: str, state: SearchState, language: str, version: str, chapters: int
) -> None:
    connection.execute(
        "insert into found_search values (?, ?, ?, ?, ?, 0, ?)",
        [edition, state, language, version, chapters, utc_now()],
    )


def _row(one: Found) -> tuple[str | int | float, ...]:
    return (
        one.edition, one.kind, one.passage, one.start, one.end_passage, one.end, *one.long, one.chapter, one.key,
        one.text, one.sentence, one.figure, one.name, one.addressee, one.how, one.score, int(one.is_card),
        int(one.is_sure),
    )  # fmt: skip
