"""Portraits and sayings found in imported texts, and the reader's decisions on them.

What was found is derived data: a search again, another import or another version of the word lists replaces it. A
decision is the reader's own. It holds its words, and what is found is matched to it by letters: by its key, or, where
sentences are cut otherwise, by one containing the other.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import astuple, fields, replace
from typing import TYPE_CHECKING, Final

from db.clock import utc_now
from db.found_store import letters_of
from db.models.found_text import Found, FoundDecision, FoundMention, FoundPerson, FoundSearch
from db.text import sanitise, sanitise_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from concurrent.futures import Future

    from db.models.found_text import FoundKind, FoundState
    from db.writer import Writer

DECISION_COLUMNS: Final = tuple(column.name for column in fields(FoundDecision))
_SURROUNDINGS: Final = 60
"""Characters kept before and after a sentence."""
_FEWEST_LETTERS: Final = 24
"""Letters that one sentence must share with another, cut otherwise, to be the same."""
_NEARLY: Final = 0.95
"""Share of letters (1 less the edit distance) from which on a sentence is the same in another spelling."""
_MOST_TWINS: Final = 10
_SELECT: Final = (
    "select f.edition, f.kind, f.passage, f.start, f.end_passage, f.end, f.long_passage, f.long_start,"
    " f.long_end_passage, f.long_end, f.chapter, f.key, f.text, f.sentence, f.figure, f.name, f.addressee, f.how,"
    " f.score, f.is_card, f.is_sure, coalesce((select q.quotation from quotation_place q where q.edition = f.edition"
    " and (q.passage, q.start) < (f.end_passage, f.end) and (q.end_passage, q.end) > (f.passage, f.start)"
    " order by q.passage, q.start limit 1), '') from found f"
)
_BEST_FIRST: Final = "f.is_sure desc, f.score desc, f.edition, f.passage, f.start"


class FoundTexts:
    """What was found in the reader's texts."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def search(self, edition: str) -> FoundSearch | None:
        """Return how far the search of an edition has come; None if it was never begun."""
        row = self._reader().execute("select * from found_search where edition = ?", [edition]).fetchone()
        return FoundSearch(*row) if row else None

    def searches(self) -> dict[str, FoundSearch]:
        """Return how far each search has come, by edition."""
        return {row[0]: FoundSearch(*row) for row in self._reader().execute("select * from found_search")}

    def counts(self) -> dict[str, tuple[int, int]]:
        """Count portraits and sayings found, by edition."""
        rows = self._reader().execute(
            "select edition, sum(kind = 'portrait'), sum(kind = 'saying') from found group by edition"
        )
        return {edition: (portraits, sayings) for edition, portraits, sayings in rows}

    def of_edition(self, edition: str, kind: FoundKind | None = None) -> list[Found]:
        """Return what was found in an edition, best first."""
        rows = self._reader().execute(
            f"{_SELECT} where f.edition = ?1 and (?2 is null or f.kind = ?2) order by {_BEST_FIRST}", [edition, kind]
        )
        return [_found(row) for row in rows]

    def of_figure(self, figure: str, edition: str) -> list[Found]:
        """Return what was found of a figure in an edition, best first; the reader's decisions count."""
        rows = self._reader().execute(
            f"{_SELECT} where f.edition = ?2 and (f.figure = ?1 and not exists"
            " (select 1 from found_decision d where d.key = f.key and (d.state = 'rejected' or d.figure <> f.figure))"
            " or f.key in (select key from found_decision where figure = ?1 and state = 'kept')"
            " or f.figure = '' and f.name in (select substr(field, 8) from correction where record = 'edition:' || ?2"
            " and field glob 'person:*' and value = 'figure:' || ?1) and not exists"
            " (select 1 from found_decision d where d.key = f.key and d.state = 'rejected'))"
            f" order by {_BEST_FIRST}",
            [figure, edition],
        )
        return [_found(row) for row in rows]

    def of_name(self, name: str, edition: str) -> list[Found]:
        """Return what was found of somebody in no glossary, best first; the reader's decisions count."""
        rows = self._reader().execute(
            f"{_SELECT} where f.edition = ?2 and (f.figure = '' and f.name = ?1 and not exists"
            " (select 1 from found_decision d where d.key = f.key and (d.state = 'rejected' or d.name <> f.name))"
            " or f.key in (select key from found_decision where figure = '' and name = ?1 and state = 'kept'))"
            f" order by {_BEST_FIRST}",
            [name, edition],
        )
        return [_found(row) for row in rows]

    def portraits_between(self, edition: str, first: int, last: int) -> list[Found]:
        """Return the portraits in passages `first` to `last` inclusive, in text order, without what was rejected."""
        rows = self._reader().execute(
            f"{_SELECT} where f.kind = 'portrait' and f.edition = ? and f.passage between ? and ? and not exists"
            " (select 1 from found_decision d where d.key = f.key and d.state = 'rejected')"
            " order by f.passage, f.start",
            [edition, first, last],
        )
        return [_found(row) for row in rows]

    def people(self, edition: str) -> list[FoundPerson]:
        """Return the people of an edition who are in no glossary, most mentioned first."""
        rows = self._reader().execute(
            "select edition, name, mentions, passage, start from found_person where edition = ?"
            " order by mentions desc, name",
            [edition],
        )
        return [FoundPerson(*row) for row in rows]

    def mentions(self, edition: str, first: int, last: int) -> list[FoundMention]:
        """Return mentions of people in no glossary in passages `first` to `last` inclusive, in text order."""
        rows = self._reader().execute(
            "select edition, passage, start, end, name from found_mention"
            " where edition = ? and passage between ? and ? order by passage, start",
            [edition, first, last],
        )
        return [FoundMention(*row) for row in rows]

    def undecided(self, edition: str | None = None) -> list[Found]:
        """Return what may become a card and is not decided on, best first; twins once.

        Words that overlap a located quotation of the study pack are not listed: they are that quotation. May take
        longer than a frame.
        """
        rows = self._reader().execute(
            f"{_SELECT} where f.is_card = 1 and (?1 is null or f.edition = ?1) order by {_BEST_FIRST}", [edition]
        )
        once: dict[str, Found] = {}
        for row in rows:
            found = _found(row)
            if not found.quotation:
                once.setdefault(found.key, found)
        settled = matched(once.values(), self.decisions())
        return [found for found in once.values() if found.key not in settled]

    def stamp(self) -> str:
        """Return a value that changes with what is kept, and with every search; empty if nothing is kept."""
        kept = (
            self._reader()
            .execute("select group_concat(card || ' ' || decided_at) from found_decision where state = 'kept'")
            .fetchone()
        )
        if not kept[0]:
            return ""
        searches = (
            self._reader()
            .execute("select group_concat(edition || ' ' || version || ' ' || updated_at) from found_search")
            .fetchone()
        )
        return f"{kept[0]} {searches[0] or ''}"

    def place_of(self, key: str) -> Found | None:
        """Return where something decided on stands, in the text imported last that has it."""
        row = (
            self._reader()
            .execute(
                f"{_SELECT} join edition e on e.key = f.edition where f.key = ?"
                " order by e.imported_at desc, f.passage, f.start limit 1",
                [key],
            )
            .fetchone()
        )
        return _found(row) if row else None

    def kept(self) -> list[tuple[FoundDecision, Found | None]]:
        """Return what the reader keeps, each with its place in the text read last that has it; None without one.

        May take longer than a frame.
        """
        decisions = [one for one in self.decisions() if one.state == "kept"]
        rows = self._reader().execute(
            f"{_SELECT} join edition e on e.key = f.edition order by e.imported_at desc, f.passage, f.start"
        )
        found = [_found(row) for row in rows] if decisions else []
        places: dict[str, Found] = {}
        belongs = matched(found, decisions)
        for one in found:
            if one.key in belongs:
                places.setdefault(belongs[one.key], one)
        return [(decision, places.get(decision.key)) for decision in decisions]

    def decisions(self) -> list[FoundDecision]:
        """Return every decision, the last first."""
        rows = self._reader().execute(
            f"select {', '.join(DECISION_COLUMNS)} from found_decision order by decided_at desc, key"
        )
        return [FoundDecision(*row) for row in rows]

    def decision(self, key: str) -> FoundDecision | None:
        """Return the decision on something found, if there is one."""
        return decision_of(self._reader(), key)

    def decide(
        self,
        found: Found,
        state: FoundState,
        *,
        text: str | None = None,
        person: tuple[str, str] | None = None,
    ) -> Future[FoundDecision]:
        """Decide on something found, and so on all its twins; return the decision.

        `text` are the words to learn where the reader trimmed them; `person` is another person, as figure and name:
        its card begins afresh.
        """

        def write(connection: sqlite3.Connection) -> FoundDecision:
            decision = _decision(connection, found, state)
            if text is not None:
                decision = replace(decision, text=sanitise(text).strip())
            if person is not None and (person[0] or person[1]) != (decision.figure or decision.name):
                figure, name = sanitise_line(person[0]), sanitise_line(person[1])
                decision = replace(decision, figure=figure, name=name, card=_card_of(found, figure or name))
            put_decision(connection, decision)
            return decision

        return self._writer.submit(write)

    def restore(self, key: str, before: FoundDecision | None) -> Future[None]:
        """Undo: put back the decision that was there before, or none."""

        def write(connection: sqlite3.Connection) -> None:
            if before is None:
                connection.execute("delete from found_decision where key = ?", [key])
            else:
                put_decision(connection, before)

        return self._writer.submit(write)


def matched(found: Iterable[Found], decisions: Iterable[FoundDecision]) -> dict[str, str]:
    """Match what was found to decisions by letters: keys of the one with keys of the other.

    Each edition is matched by itself. A sentence that one version cuts otherwise than another is matched by one
    containing the other; one that another edition spells otherwise (*Trotzky*) by nearly the same letters.
    """
    by_key = {decision.key: decision for decision in decisions}
    by_edition: defaultdict[str, list[Found]] = defaultdict(list)
    for one in found:
        by_edition[one.edition].append(one)
    belongs: dict[str, str] = {}
    for of_edition in by_edition.values():
        belongs = _matched_in_edition(of_edition, by_key) | belongs
    return belongs


def _matched_in_edition(found: Sequence[Found], by_key: Mapping[str, FoundDecision]) -> dict[str, str]:
    belongs = {one.key: one.key for one in found if one.key in by_key}
    left = [decision for key, decision in by_key.items() if key not in belongs]
    if not left:
        return belongs
    letters = [(one, letters_of(one.sentence)) for one in found if one.key not in belongs]
    for decision in left:
        wanted = letters_of(decision.sentence)
        if len(wanted) < _FEWEST_LETTERS:
            continue
        for one, has in letters:
            if (
                one.kind == decision.kind
                and len(has) >= _FEWEST_LETTERS
                and one.key not in belongs
                and (wanted in has or has in wanted)
            ):
                belongs[one.key] = decision.key
    _match_spellings(left, letters, belongs)
    return belongs


def _match_spellings(
    decisions: Iterable[FoundDecision], letters: Iterable[tuple[Found, str]], belongs: dict[str, str]
) -> None:
    """Match what is still left by nearly the same letters: another edition may spell a name in its own way."""
    settled = set(belongs.values())
    left = [decision for decision in decisions if decision.key not in settled]
    for kind in {decision.kind for decision in left}:
        free = [(one.key, has) for one, has in letters if one.kind == kind and len(has) >= _FEWEST_LETTERS]
        for decision in left:
            wanted = letters_of(decision.sentence)
            if decision.kind != kind or len(wanted) < _FEWEST_LETTERS:
                continue
            from rapidfuzz.distance import Levenshtein
            from rapidfuzz.process import extract

            near = extract(
                wanted, [has for _, has in free], scorer=Levenshtein.normalized_similarity, score_cutoff=_NEARLY,
                limit=_MOST_TWINS,
            )  # fmt: skip
            for _, _, at in near:
                belongs.setdefault(free[at][0], decision.key)


def decision_of(connection: sqlite3.Connection, key: str) -> FoundDecision | None:
    """Return the decision with a key, or None."""
    row = connection.execute(
        f"select {', '.join(DECISION_COLUMNS)} from found_decision where key = ?", [key]
    ).fetchone()
    return FoundDecision(*row) if row else None


def put_decision(connection: sqlite3.Connection, decision: FoundDecision) -> None:
    """Store a decision in place of the one before."""
    connection.execute(
        f"insert or replace into found_decision ({', '.join(DECISION_COLUMNS)})"
        f" values ({', '.join('?' * len(DECISION_COLUMNS))})",
        astuple(decision),
    )


def _decision(connection: sqlite3.Connection, found: Found, state: FoundState) -> FoundDecision:
    before = decision_of(connection, found.key)
    if before is not None:
        return replace(before, state=state, decided_at=utc_now())
    language = connection.execute("select language from found_search where edition = ?", [found.edition]).fetchone()
    prefix, suffix = _surroundings(connection, found)
    return FoundDecision(
        found.key, found.kind, state, found.key, found.text, found.sentence, prefix, suffix,
        str(language[0]) if language else "", found.figure, found.name, found.addressee, found.edition, utc_now(),
    )  # fmt: skip


def _surroundings(connection: sqlite3.Connection, found: Found) -> tuple[str, str]:
    texts = dict(
        connection.execute(
            "select ordinal, text from passage where edition = ? and ordinal in (?, ?)",
            [found.edition, found.passage, found.end_passage],
        ).fetchall()
    )
    before, after = texts.get(found.passage, ""), texts.get(found.end_passage, "")
    return before[max(0, found.start - _SURROUNDINGS) : found.start], after[found.end : found.end + _SURROUNDINGS]


def _card_of(found: Found, person: str) -> str:
    if person == (found.figure or found.name):
        return found.key
    return f"{found.key}-{hashlib.blake2b(person.encode('utf-8', 'replace'), digest_size=3).hexdigest()}"


def _found(row: sqlite3.Row) -> Found:
    edition, kind, passage, start, end_passage, end, *more = tuple(row)
    long, (chapter, key, text, sentence, figure, name, addressee, how, score, is_card, is_sure, quotation) = (
        tuple(more[:4]), more[4:],
    )  # fmt: skip
    return Found(
        edition, kind, passage, start, end_passage, end, long, chapter, key, text, sentence, figure, name, addressee,
        how, score, bool(is_card), bool(is_sure), quotation,
    )  # fmt: skip
