"""The reader's highlights, notes and bookmarks."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from db.clock import not_before, utc_now
from db.models import Anchor, Annotation, AnnotationKind
from db.models.annotation import PHRASE_TARGET
from db.note_links import links_in

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from db.writer import Writer

_PLAIN_COLUMNS = ("key", "kind", "target", "colour", "body", "state", "created_at", "modified_at", "deleted_at")
_ANCHOR_COLUMNS = ("edition", "passage", "start", "end_passage", "end", "exact", "prefix", "suffix")
_COLUMNS = ", ".join(_PLAIN_COLUMNS + _ANCHOR_COLUMNS)
_BOOK_ORDER = "edition, passage, start, created_at"


def new_annotation(
    kind: AnnotationKind,
    *,
    anchor: Anchor | None = None,
    target: str = "",
    colour: str = "",
    body: str = "",
    tags: Iterable[str] = (),
) -> Annotation:
    """Make an annotation with a fresh key and the present time; nothing is stored yet."""
    now = utc_now()
    return Annotation(
        os.urandom(8).hex(),
        kind,
        target,
        anchor,
        colour,
        body,
        "anchored",
        now,
        now,
        tags=tuple(dict.fromkeys(tags)),
    )


def _end_draft(connection: sqlite3.Connection, key: str) -> None:
    """Delete the draft of an annotation in the transaction that stores it: one of the two is always there."""
    connection.execute("delete from draft where key = ?", [key])


class Annotations:
    """The reader's annotations. Deleting only marks one as deleted: undo or the bin restores it."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def save(self, annotation: Annotation) -> Future[Annotation]:
        """Store an annotation, new or changed, with its tags; return it with its new time of change."""
        changed = replace(annotation, modified_at=not_before(annotation.modified_at))

        def write(connection: sqlite3.Connection) -> Annotation:
            store(connection, changed)
            _end_draft(connection, changed.key)
            return changed

        return self._writer.submit(write)

    def save_all(self, annotations: Iterable[Annotation]) -> Future[int]:
        """Store many as they are, in one transaction; return their number."""
        whole = list(annotations)

        def write(connection: sqlite3.Connection) -> int:
            for annotation in whole:
                store(connection, annotation)
                _end_draft(connection, annotation.key)
            return len(whole)

        return self._writer.submit(write)

    def change_all(self, annotations: Iterable[Annotation]) -> Future[int]:
        """Store many with a new time of change, in one transaction; return their number."""
        return self.save_all(replace(one, modified_at=not_before(one.modified_at)) for one in annotations)

    def purge(self, keys: Iterable[str]) -> Future[int]:
        """Delete annotations in the bin for good; return their number. Annotations outside the bin are left alone.

        Where devices are synced, an empty row stays, so that the others learn of the deletion.
        """
        wanted = list(keys)

        def write(connection: sqlite3.Connection) -> int:
            # Overwrite deleted content, so that nothing of it is left in the file's free pages.
            connection.execute("pragma secure_delete = on")
            told = connection.execute("select 1 from sync_op limit 1").fetchone() is not None
            gone = 0
            for found in (one for key in wanted for one in select(connection, "key = ? and deleted_at <> ''", [key])):
                gone += 1
                connection.execute("delete from annotation_tag where annotation = ?", [found.key])
                if told:
                    store(connection, Annotation(found.key, found.kind, "", None, "", "", "anchored",
                                                 found.created_at, utc_now(), found.deleted_at))  # fmt: skip
                else:
                    connection.execute("delete from annotation where key = ?", [found.key])
            return gone

        return self._writer.submit(write)

    def add_all(self, annotations: Iterable[Annotation]) -> Future[list[str]]:
        """Store those whose key is new, in the bin too, in one transaction; return the new keys."""
        whole = list(annotations)

        def write(connection: sqlite3.Connection) -> list[str]:
            known = {str(key) for (key,) in connection.execute("select key from annotation")}
            new = {annotation.key: annotation for annotation in whole if annotation.key not in known}
            for annotation in new.values():
                store(connection, annotation)
            return list(new)

        return self._writer.submit(write)

    def delete(self, key: str) -> Future[None]:
        """Put an annotation into the bin."""
        return self._set_deleted(key, utc_now())

    def restore(self, key: str) -> Future[None]:
        """Take an annotation out of the bin."""
        return self._set_deleted(key, "")

    def by_key(self, key: str) -> Annotation | None:
        """Return one annotation, deleted or not."""
        found = self._select("key = ?", [key], "key")
        return found[0] if found else None

    def all(self, *, newest_first: bool = True) -> list[Annotation]:
        """Return all annotations outside the bin, newest first or in book order."""
        return self._select("deleted_at = ''", [], "created_at desc, key" if newest_first else _BOOK_ORDER)

    def bin(self) -> list[Annotation]:
        """Return the deleted annotations, newest first."""
        emptied = "edition = '' and target = '' and body = '' and kind <> 'bookmark'"
        return self._select(f"deleted_at <> '' and not ({emptied})", [], "deleted_at desc")

    def in_passages(self, edition: str, first: int, last: int) -> list[Annotation]:
        """Return the annotations anchored in passages `first` to `last` inclusive, in book order."""
        return self._select(
            "deleted_at = '' and state <> 'orphan' and edition = ? and passage <= ? and end_passage >= ?",
            [edition, last, first],
            _BOOK_ORDER,
        )

    def on(self, target: str) -> list[Annotation]:
        """Return the annotations about a stable key (`figure:trotsky`), newest first."""
        return self._select("deleted_at = '' and target = ?", [target], "created_at desc, key")

    def on_phrases(self) -> list[Annotation]:
        """Return the notes that belong to their words wherever they recur, newest first."""
        end = PHRASE_TARGET[:-1] + chr(ord(PHRASE_TARGET[-1]) + 1)
        return self._select(
            "deleted_at = '' and target >= ? and target < ?", [PHRASE_TARGET, end], "created_at desc, key"
        )

    def linking_to(self, target: str) -> list[Annotation]:
        """Return the annotations whose note links to a stable key (`figure:trotsky`), newest first."""
        return self.linking().get(target, [])

    def linking(self) -> dict[str, list[Annotation]]:
        """Group notes with links by the stable key each link names, newest first."""
        found: defaultdict[str, list[Annotation]] = defaultdict(list)
        for one in self._select("deleted_at = '' and instr(body, '[[') > 0", [], "created_at desc, key"):
            for target in dict.fromkeys(link.target for link in links_in(one.body)):
                found[target].append(one)
        return dict(found)

    def targets(self, prefix: str) -> set[str]:
        """Return the stable keys with a prefix (`figure:`) that have annotations."""
        rows = self._reader().execute(
            "select distinct target from annotation where deleted_at = '' and substr(target, 1, ?) = ?",
            [len(prefix), prefix],
        )
        return {str(target) for (target,) in rows}

    def of_edition(self, edition: str) -> list[Annotation]:
        """Return everything anchored in an edition, including the bin: a re-import must find it again."""
        return self._select("edition = ?", [edition], _BOOK_ORDER)

    def tags(self) -> list[tuple[str, int]]:
        """Return the tags in use with their counts, most used first."""
        rows = self._reader().execute(
            "select tag, count(*) from annotation_tag t join annotation a on a.key = t.annotation"
            " where a.deleted_at = '' group by tag order by 2 desc, 1"
        )
        return [(str(tag), int(count)) for tag, count in rows]

    def _set_deleted(self, key: str, when: str) -> Future[None]:
        def write(connection: sqlite3.Connection) -> None:
            connection.execute(
                "update annotation set deleted_at = ?, modified_at = ? where key = ?", [when, utc_now(), key]
            )

        return self._writer.submit(write)

    def _select(self, condition: str, parameters: list[str | int], order: str) -> list[Annotation]:
        return select(self._reader(), condition, parameters, order)


def select(
    connection: sqlite3.Connection, condition: str, parameters: list[str | int], order: str = _BOOK_ORDER
) -> list[Annotation]:
    """Read annotations on any connection; `condition` and `order` are this program's own SQL, never outside text."""
    rows = connection.execute(
        f"select {_COLUMNS} from annotation where {condition} order by {order}", parameters
    ).fetchall()
    tags: defaultdict[str, list[str]] = defaultdict(list)
    # Only the tags of these annotations: there may be tens of thousands of others.
    for key, tag in connection.execute(
        f"select annotation, tag from annotation_tag where annotation in (select key from annotation where {condition})"
        " order by annotation, tag",
        parameters,
    ):
        tags[key].append(tag)
    return [
        Annotation(
            **{name: row[name] for name in _PLAIN_COLUMNS},
            anchor=Anchor(**{name: row[name] for name in _ANCHOR_COLUMNS}) if row["edition"] else None,
            tags=tuple(tags.get(row["key"], ())),
        )
        for row in rows
    ]


def store(connection: sqlite3.Connection, annotation: Annotation) -> None:
    """Write one annotation and its tags inside the caller's transaction."""
    anchor = annotation.anchor or Anchor("", 0, 0, 0, 0, "")
    values = [getattr(annotation, name) for name in _PLAIN_COLUMNS] + [
        getattr(anchor, name) for name in _ANCHOR_COLUMNS
    ]
    assignments = ", ".join(f"{name} = excluded.{name}" for name in (*_PLAIN_COLUMNS[1:], *_ANCHOR_COLUMNS))
    connection.execute(
        f"insert into annotation ({_COLUMNS}) values ({', '.join('?' * len(values))})"
        f" on conflict (key) do update set {assignments}",
        values,
    )
    connection.execute("delete from annotation_tag where annotation = ?", [annotation.key])
    connection.executemany(
        "insert into annotation_tag values (?, ?)",
        [(annotation.key, tag) for tag in dict.fromkeys(annotation.tags)],
    )
