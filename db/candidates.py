"""Quotations found in reviews, and the reader's decisions on them.

The quotations of a document are derived data: importing it again replaces them. A decision is the reader's own; it
refers to the quotation by its words and stores them, so it stays valid when the document is gone.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, cast

from db.clock import utc_now
from db.models.candidate import Candidate, CandidateState
from db.text import fold, sanitise, sanitise_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from db.writer import Writer

_FOUND: Final = "key, source, position, text, pages, speaker, about, context, quotation, language"
_SELECT: Final = (
    "select c.key, c.source, c.position, coalesce(d.text, c.text), coalesce(d.pages, c.pages),"
    " coalesce(d.speaker, c.speaker), coalesce(d.about, c.about), c.context, c.quotation, c.language,"
    " coalesce(d.state, 'open'), coalesce(d.decided_at, '')"
    " from candidate c left join candidate_decision d on d.key = c.key"
    " union all"
    " select d.key, d.source, 0, d.text, d.pages, d.speaker, d.about, '', '', '', d.state, d.decided_at"
    " from candidate_decision d where not exists (select 1 from candidate c where c.key = d.key)"
)


def candidate_key(text: str) -> str:
    """Return the stable key of a quotation: a digest of its letters, ignoring punctuation and spaces."""
    letters = "".join(char for char in fold(text) if char.isalnum())
    return "c" + hashlib.blake2b(letters.encode("utf-8", "replace"), digest_size=8).hexdigest()


def replace_candidates(connection: sqlite3.Connection, source: str, found: Iterable[Candidate]) -> int:
    """Replace the candidates of a document; return how many are new to the reader."""
    known = {
        str(key) for (key,) in connection.execute("select key from candidate union select key from candidate_decision")
    }
    connection.execute("delete from candidate where source = ?", [source])
    now = utc_now()
    new = 0
    for candidate in found:
        new += candidate.key not in known
        connection.execute(
            f"insert or ignore into candidate ({_FOUND}, imported_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                candidate.key, source, candidate.position, candidate.text, candidate.pages, candidate.speaker,
                " ".join(candidate.about), candidate.context, candidate.quotation, candidate.language, now,
            ],
        )  # fmt: skip
    return new


class Candidates:
    """Candidates found in reviews, with the reader's decisions."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def all(self, state: CandidateState | None = None) -> list[Candidate]:
        """Return candidates of one state, or all, in document order; one found in two documents is listed once."""
        rows = self._reader().execute(f"select * from ({_SELECT}) order by 2, 3, 1").fetchall()
        once: dict[str, Candidate] = {}
        for row in rows:
            candidate = _candidate(row)
            if state is None or candidate.state == state:
                once.setdefault(candidate.key, candidate)
        return list(once.values())

    def by_key(self, key: str) -> Candidate | None:
        """Return one candidate."""
        row = self._reader().execute(f"select * from ({_SELECT}) where key = ? order by 2 limit 1", [key]).fetchone()
        return _candidate(row) if row else None

    def about(self, figure: str) -> list[Candidate]:
        """Return accepted and edited candidates about a figure or spoken by it."""
        return [
            candidate
            for candidate in self.all()
            if candidate.state in ("accepted", "edited") and (figure in candidate.about or figure == candidate.speaker)
        ]

    def counts(self) -> dict[CandidateState, int]:
        """Count the candidates in each state."""
        counts: dict[CandidateState, int] = {"open": 0, "accepted": 0, "edited": 0, "rejected": 0}
        for candidate in self.all():
            counts[candidate.state] += 1
        return counts

    def sources(self) -> list[tuple[str, int]]:
        """Return the source documents with their number of candidates."""
        rows = self._reader().execute("select source, count(*) from candidate group by source order by source")
        return [(str(source), int(count)) for source, count in rows]

    def accept(self, candidate: Candidate) -> Future[None]:
        """Accept a candidate unchanged."""
        return self._decide(candidate, "accepted")

    def reject(self, candidate: Candidate) -> Future[None]:
        """Reject a candidate; it is not offered again."""
        return self._decide(candidate, "rejected")

    def reject_all(self, candidates: Iterable[Candidate]) -> Future[None]:
        """Reject several in one transaction."""
        chosen = list(candidates)

        def write(connection: sqlite3.Connection) -> None:
            for candidate in chosen:
                _store(connection, candidate, "rejected")

        return self._writer.submit(write)

    def edit(
        self, candidate: Candidate, *, text: str, pages: str, speaker: str = "", about: Iterable[str] = ()
    ) -> Future[None]:
        """Accept a candidate with the reader's changes. Its key remains that of the original words."""
        changed = Candidate(
            candidate.key, candidate.source, candidate.position, sanitise(text).strip(), sanitise_line(pages),
            sanitise_line(speaker), tuple(dict.fromkeys(about)),
        )  # fmt: skip
        return self._decide(changed, "edited")

    def reopen(self, *keys: str) -> Future[None]:
        """Delete decisions: the candidates are undecided again."""

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany("delete from candidate_decision where key = ?", ([key] for key in keys))

        return self._writer.submit(write)

    def _decide(self, candidate: Candidate, state: CandidateState) -> Future[None]:
        return self._writer.submit(lambda connection: _store(connection, candidate, state))


def _store(connection: sqlite3.Connection, candidate: Candidate, state: CandidateState) -> None:
    connection.execute(
        "insert or replace into candidate_decision values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            candidate.key, state, candidate.text, candidate.pages, candidate.speaker, " ".join(candidate.about),
            candidate.source, utc_now(),
        ],
    )  # fmt: skip


def _candidate(row: sqlite3.Row) -> Candidate:
    key, source, position, text, pages, speaker, about, context, quotation, language, state, decided_at = row
    return Candidate(
        key, source, position, text, pages, speaker, tuple(str(about).split()), context, quotation, language,
        cast("CandidateState", state), decided_at,
    )  # fmt: skip
