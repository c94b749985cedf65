"""The review log and the state of each card.

The log is append-only (triggers refuse anything else) and is the truth; `card_state` is a cache of it. An undo is a
row of its own that voids an answer. Each answer, with the state it leads to, is one transaction.
"""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import wait
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from db.clock import utc_now
from db.errors import StaleCardError
from db.memory_models import await_replay, fitted_model, model_in_use, put_model
from db.models import CardState, DayStudied, Rating, Review
from db.models.keys import DEFAULT_MODEL
from db.review_log import append, next_moment
from db.schema import REPLAY_SETTING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from concurrent.futures import Future

    from db.models.memory import FittedModel
    from db.writer import Writer

T = TypeVar("T")
_COLUMNS = "r.id, r.card, r.kind, r.rating, r.reviewed_at, r.study_day, r.duration_ms, r.given, r.voids"
_REVIEW = f"{_COLUMNS}, coalesce(o.uid, '') from review r left join review_origin o on o.review = r.id"
_STATE = "card, stability, difficulty, due_day, last_day, answers, lapses, suspended, buried_until, flag"
RESTING: Final = "cards.resting"
"""Setting: the changes of the last spreading of a backlog, so that it can be undone."""
_FORGOTTEN = (
    "exists (select 1 from review f where f.card = r.card and f.kind = 'forget' and f.reviewed_at >= r.reviewed_at"
    " and not exists (select 1 from review v where v.voids = f.id))"
)
_STANDING = f"r.kind = 'answer' and not exists (select 1 from review u where u.voids = r.id) and not {_FORGOTTEN}"
"""An answer that counts: not undone, and not before the card was forgotten. What was answered then still counts among
the days studied.
"""
_IN_ORDER = "r.reviewed_at, o.uid, r.id"
"""The order of a replay: the same on every machine, since a UID is."""


class Study:
    """Answers, and the card states that follow from them."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer
        self._latest: Future[Any] | None = None
        self.bulk_changes = 0
        """How often many cards were changed at once: whoever holds states in memory reads them again."""

    def _submit(self, write: Callable[[sqlite3.Connection], T]) -> Future[T]:
        self._latest = future = self._writer.submit(write)
        return future

    def wait(self) -> None:
        """Wait until every write queued here is stored or has failed; call it before reading the result."""
        if self._latest is not None:
            wait([self._latest])

    def record(
        self,
        card: str,
        rating: Rating,
        study_day: str,
        state: CardState,
        *,
        duration_ms: int = 0,
        given: str = "",
        expected: CardState | None = None,
    ) -> Future[int]:
        """Append an answer and store the resulting state, in one transaction; return the id of the new row.

        `given` is the text the reader typed, if any. With `expected`, the write fails with StaleCardError when the
        stored state is another one (the due day apart): the card was answered in another window.
        """

        def write(connection: sqlite3.Connection) -> int:
            _check_state(connection, expected)
            moment = next_moment(connection, card)
            number = append(connection, card, "answer", rating, moment, study_day, duration_ms, given)
            _store(connection, state)
            return number

        return self._submit(write)

    def undo(
        self,
        review: Review,
        study_day: str,
        state: CardState,
        *,
        answer: Future[int] | None = None,
        expected: CardState | None = None,
    ) -> Future[None]:
        """Append a row that voids an answer, and store the state before that answer, in one transaction.

        `answer` is the write of that answer if it may still be queued: then the review has no id yet. `expected` is
        the state the card has now, as in `record`. An answer can be voided once: a second attempt raises
        sqlite3.IntegrityError through the future.
        """

        def write(connection: sqlite3.Connection) -> None:
            _check_state(connection, expected)
            # Writes run in order, so the answer has been stored (or has failed) by now and nothing is waited for.
            voided = review.id if answer is None else answer.result(timeout=0)
            append(connection, review.card, "undo", None, next_moment(connection, review.card), study_day, voids=voided)
            _store(connection, state)

        return self._submit(write)

    def record_choice(self, card: str, given: str, study_day: str) -> Future[None]:
        """Append a wrong choice made in the quiz for the question of `card`; no state or schedule changes."""

        def write(connection: sqlite3.Connection) -> None:
            append(connection, card, "quiz", None, next_moment(connection, card), study_day, given=given)

        return self._submit(write)

    def set_state(self, state: CardState, *, expected: CardState | None = None) -> Future[None]:
        """Store a state that does not come from an answer: suspended, buried, flagged. `expected` as in `record`."""

        def write(connection: sqlite3.Connection) -> None:
            _check_state(connection, expected)
            _store(connection, state)

        return self._submit(write)

    def set_states(self, changes: Collection[tuple[CardState, CardState]]) -> Future[None]:
        """Store the states of many cards in one transaction: each as it was expected to be, and as it is to be.

        Nothing is stored, and StaleCardError raised, if one of them is another by now.
        """

        def write(connection: sqlite3.Connection) -> None:
            for expected, state in changes:
                _check_state(connection, expected)
                _store(connection, state)

        self.bulk_changes += 1
        return self._submit(write)

    def forget(self, changes: Collection[tuple[CardState, CardState]], study_day: str) -> Future[list[int]]:
        """Start cards afresh, in one transaction: a line in the log for each, before which its answers do not count.

        `changes` as in `set_states`. Return the numbers of the new lines, for `remember`.
        """

        def write(connection: sqlite3.Connection) -> list[int]:
            lines = []
            for expected, state in changes:
                _check_state(connection, expected)
                moment = next_moment(connection, state.card)
                lines.append(append(connection, state.card, "forget", None, moment, study_day))
                _store(connection, state)
            return lines

        self.bulk_changes += 1
        return self._submit(write)

    def remember(
        self, lines: Iterable[int], changes: Collection[tuple[CardState, CardState]], study_day: str
    ) -> Future[None]:
        """Take back that cards were forgotten: their answers count again. `changes` as in `set_states`.

        If more answers count by now, because another machine's came in, the state is left to the next replay.
        """

        def write(connection: sqlite3.Connection) -> None:
            for line, (expected, state) in zip(lines, changes, strict=True):
                _check_state(connection, expected)
                moment = next_moment(connection, state.card)
                append(connection, state.card, "undo", None, moment, study_day, voids=line)
                counted = f"select count(*) from review r where r.card = ? and {_STANDING}"
                if connection.execute(counted, [state.card]).fetchone()[0] == state.answers:
                    _store(connection, state)
                else:
                    await_replay(connection, [state.card])

        self.bulk_changes += 1
        return self._submit(write)

    def fitted_model(self) -> FittedModel | None:
        """Return the parameters of memory fitted to the reader's answers; None while the published ones hold."""
        return fitted_model(self._reader())

    def adopt_model(self, fitted: FittedModel | None, changes: Collection[tuple[CardState, CardState]]) -> Future[None]:
        """Schedule with other parameters from now on, with the states that they lead to, in one transaction.

        None has the published parameters hold again. `changes` as in `set_states`, for every card that was answered;
        the state of a card that is another by now is left to the next replay.
        """

        def write(connection: sqlite3.Connection) -> None:
            stored = {row[0]: row for row in connection.execute(f"select {_STATE} from card_state")}
            model = model_in_use(connection)
            put_model(connection, fitted)
            for expected, state in changes:
                row = stored.pop(expected.card, None)
                known = _state(row, model) if row is not None else CardState(expected.card)
                if replace(known, due_day=None) == replace(expected, due_day=None):
                    _store(connection, state)
                else:
                    await_replay(connection, [state.card])
            await_replay(connection, [card for card, row in stored.items() if row["stability"] is not None])

        self.bulk_changes += 1
        return self._submit(write)

    def replace_states(self, states: Iterable[CardState]) -> Future[None]:
        """Store many states in one transaction, after a replay of the log."""

        def write(connection: sqlite3.Connection) -> None:
            for state in states:
                _store(connection, state)

        return self._submit(write)

    def awaiting_replay(self) -> list[str]:
        """Return the cards whose state an upgrade left to be computed again from the log."""
        row = self._reader().execute("select value from setting where name = ?", [REPLAY_SETTING]).fetchone()
        return [str(card) for card in json.loads(row[0])] if row else []

    def replayed(self) -> Future[None]:
        """Note that the cards of `awaiting_replay` have been replayed."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("delete from setting where name = ?", [REPLAY_SETTING])

        return self._submit(write)

    def rest(self, until: Mapping[str, str]) -> Future[None]:
        """Bury known cards until a day each, and store what is needed to undo it, in one transaction."""

        def write(connection: sqlite3.Connection) -> None:
            wanted = json.dumps(list(until))
            rows = connection.execute(
                "select card, buried_until from card_state where card in (select value from json_each(?))", [wanted]
            ).fetchall()
            connection.executemany(
                "update card_state set buried_until = ? where card = ?", [(until[card], card) for card, _ in rows]
            )
            kept = [f"{until[card]}\t{before}\t{card}" for card, before in rows]
            connection.execute("insert or replace into setting values (?, ?)", [RESTING, json.dumps(kept)])

        return self._submit(write)

    def unrest(self) -> Future[int]:
        """Undo the last `rest` in one transaction and return the number of cards; those answered, buried or unburied
        since stay as they are.
        """

        def write(connection: sqlite3.Connection) -> int:
            changed = 0
            for until, before, card in _resting(connection):
                changed += connection.execute(
                    "update card_state set buried_until = ? where card = ? and buried_until = ?", [before, card, until]
                ).rowcount
            connection.execute("delete from setting where name = ?", [RESTING])
            return changed

        return self._submit(write)

    def resting(self, study_day: str) -> int:
        """Count the cards of the last `rest`; 0 once a study day is past all of their days."""
        kept = _resting(self._reader())
        return len(kept) if any(until >= study_day for until, *_ in kept) else 0

    def state(self, card: str) -> CardState:
        """Return the state of one card; an empty one if it was never seen."""
        connection = self._reader()
        row = connection.execute(f"select {_STATE} from card_state where card = ?", [card]).fetchone()
        return _state(row, model_in_use(connection)) if row else CardState(card)

    def states(self) -> dict[str, CardState]:
        """Return the state of every card that has one."""
        connection = self._reader()
        model = model_in_use(connection)
        return {row[0]: _state(row, model) for row in connection.execute(f"select {_STATE} from card_state")}

    def due(self, study_day: str, limit: int = -1) -> list[CardState]:
        """Return cards due on or before a day, not suspended or buried, the longest overdue first."""
        rows = self._reader().execute(
            f"select {_STATE} from card_state where due_day <= ? and suspended = 0 and buried_until < ?1"
            " order by due_day, card limit ?2",
            [study_day, limit],
        )
        model = model_in_use(self._reader())
        return [_state(row, model) for row in rows]

    def away(self, study_day: str) -> list[CardState]:
        """Return cards suspended, or buried on a study day, the suspended first."""
        rows = self._reader().execute(
            f"select {_STATE} from card_state where suspended = 1 or buried_until >= ?"
            " order by suspended desc, buried_until, card",
            [study_day],
        )
        model = model_in_use(self._reader())
        return [_state(row, model) for row in rows]

    def count_due(self, study_day: str) -> int:
        """Count the cards due on or before a day."""
        row = (
            self._reader()
            .execute(
                "select count(*) from card_state where due_day <= ? and suspended = 0 and buried_until < ?1",
                [study_day],
            )
            .fetchone()
        )
        return int(row[0])

    def next_due(self, study_day: str) -> tuple[str, int] | None:
        """Return the first day on or after `study_day` with cards due, and their number."""
        row = (
            self._reader()
            .execute(
                "select max(due_day, ?), count(*) from card_state where suspended = 0 and due_day is not null"
                " and due_day <= max(?1, (select min(due_day) from card_state where suspended = 0))",
                [study_day],
            )
            .fetchone()
        )
        return (str(row[0]), int(row[1])) if row and row[1] else None

    def history(self, card: str) -> list[Review]:
        """Return the answers to a card, without voided ones, oldest first."""
        rows = self._reader().execute(f"select {_REVIEW} where r.card = ? and {_STANDING} order by {_IN_ORDER}", [card])
        return [Review(*row) for row in rows]

    def whole_history(self, card: str) -> list[tuple[Review, bool]]:
        """Return every answer to a card and every time it was forgotten, oldest first, each with whether it counts."""
        rows = self._reader().execute(
            f"select {_COLUMNS}, coalesce(o.uid, ''), case r.kind when 'answer' then {_STANDING}"
            " else not exists (select 1 from review u where u.voids = r.id) end"
            " from review r left join review_origin o on o.review = r.id"
            f" where r.card = ? and r.kind in ('answer', 'forget') order by {_IN_ORDER}",
            [card],
        )
        return [(Review(*row[:-1]), bool(row[-1])) for row in map(tuple, rows)]

    def first_asked_since(self, study_day: str) -> dict[str, str]:
        """Return the day of the first answer to each card that was first asked on a study day or later."""
        rows = self._reader().execute(
            "select card, min(study_day) as first from review where kind = 'answer' group by card having first >= ?",
            [study_day],
        )
        return {str(card): str(day) for card, day in rows}

    def log(self) -> Iterator[Review]:
        """Yield every answer that is not voided, oldest first."""
        for row in self._reader().execute(f"select {_REVIEW} where {_STANDING} order by {_IN_ORDER}"):
            yield Review(*row)

    def log_by_card(self) -> Iterator[Review]:
        """Yield every answer that is not voided, card by card, each card's oldest first."""
        rows = self._reader().execute(f"select {_REVIEW} where {_STANDING} order by r.card, {_IN_ORDER}")
        for row in rows:
            yield Review(*row)

    def histories(self, cards: Iterable[str]) -> Iterator[Review]:
        """Yield the answers that count of some cards, card by card, each card's oldest first."""
        rows = self._reader().execute(
            f"select {_REVIEW} where r.card in (select value from json_each(?)) and {_STANDING}"
            f" order by r.card, {_IN_ORDER}",
            [json.dumps(list(cards))],
        )
        for row in rows:
            yield Review(*row)

    def last_answer(self) -> Review | None:
        """Return the newest answer that is not voided: the one an undo would void."""
        row = self._reader().execute(f"select {_REVIEW} where {_STANDING} order by r.id desc limit 1").fetchone()
        return Review(*row) if row else None

    def latest(self, limit: int, before: int | None = None) -> list[Review]:
        """Return the newest answers that are not voided, oldest first; with `before`, the newest older than that id."""
        rows = self._reader().execute(
            f"select {_REVIEW} where {_STANDING} and (? is null or r.id < ?1) order by r.id desc limit ?2",
            [before, limit],
        )
        return [Review(*row) for row in rows][::-1]

    def answers_since(self, study_day: str) -> list[Review]:
        """Return the answers since a study day that are not voided, oldest first."""
        rows = self._reader().execute(
            f"select {_REVIEW} where r.study_day >= ? and {_STANDING} order by r.id", [study_day]
        )
        return [Review(*row) for row in rows]

    def told_apart(self) -> list[Review]:
        """Return the evidence for confusions, oldest first: failed answers that were typed or chosen, wrong choices in
        the quiz (as failed answers), and answers to side-by-side cards.
        """
        rows = self._reader().execute(
            f"select {_REVIEW} where r.given <> '' and (r.kind = 'quiz' or r.rating = 1 and {_STANDING})"
            f" union select {_REVIEW} where r.card >= 'contrast/' and r.card < 'contrast0' and {_STANDING}"
            " order by 1"
        )
        found = [Review(*row) for row in rows]
        return [replace(r, kind="answer", rating=1) if r.kind == "quiz" else r for r in found]

    def answers_on(self, study_day: str) -> list[Review]:
        """Return the answers of one study day that are not voided."""
        rows = self._reader().execute(
            f"select {_REVIEW} where r.study_day = ? and {_STANDING} order by r.id", [study_day]
        )
        return [Review(*row) for row in rows]

    def wordings(self) -> dict[str, tuple[str, str]]:
        """Return the reader's own wording of cards: question and answer by card."""
        sides: dict[str, dict[str, str]] = {}
        for record, field, value in self._reader().execute(
            "select record, field, value from correction where substr(record, 1, 5) = 'card:'"
        ):
            sides.setdefault(str(record).removeprefix("card:"), {})[str(field)] = str(value)
        return {
            card: (side["question"], side["answer"])
            for card, side in sides.items()
            if side.get("question") and side.get("answer")
        }

    def reword(self, card: str, question: str, answer: str) -> Future[None]:
        """Store the reader's wording of a card; an empty question restores the pack's wording."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("delete from correction where record = ?", [f"card:{card}"])
            if question:
                connection.executemany(
                    "insert into correction values (?, ?, ?, ?)",
                    [(f"card:{card}", "question", question, utc_now()), (f"card:{card}", "answer", answer, utc_now())],
                )

        return self._submit(write)

    def days(self) -> list[DayStudied]:
        """Return the sums of each day studied, the oldest first."""
        rows = self._reader().execute(
            "select day, answers, known, milliseconds / 60000.0, asked, recalled from day_studied where answers > 0"
            " order by day"
        )
        return [DayStudied(*row) for row in rows]

    # --- for statistics over very many cards: plain values instead of objects ---------------------------------------

    def memories(self, study_day: str) -> Iterator[tuple[str, float | None, str | None, int]]:
        """Yield card, stability, last day and status of every card with a state: -1 if suspended, 1 if due on a day and
        not buried, else 0.
        """
        return self._plain(
            "select card, stability, last_day,"
            " case when suspended then -1 when due_day <= ? and buried_until < ?1 then 1 else 0 end from card_state",
            [study_day],
        )

    def coming(self, last_day: str, without: Iterable[str] = ()) -> dict[str, int]:
        """Count the cards due on each day up to `last_day`: suspended ones are left out, buried ones count on the day
        after, and `without` names cards to leave out.
        """
        counts = (
            "select case when buried_until >= due_day then date(buried_until, '+1 day') else due_day end as moment,"
            " count(*) from card_state where due_day <= ? and suspended = 0 {} group by moment"
        )
        found = Counter(dict(self._plain(counts.format(""), [last_day])))
        if few := list(without):
            chosen = "and card in (select value from json_each(?))"
            found -= Counter(dict(self._plain(counts.format(chosen), [last_day, json.dumps(few)])))
        return {moment: number for moment, number in found.items() if moment and moment <= last_day}

    def most_lapsed(self, limit: int) -> list[CardState]:
        """Return cards with the most lapses, then the most difficult ones, the worst first."""
        rows = self._reader().execute(
            f"select {_STATE} from card_state where lapses > 0 order by lapses desc, difficulty desc, card limit ?",
            [limit],
        )
        model = model_in_use(self._reader())
        return [_state(row, model) for row in rows]

    def _plain(self, query: str, parameters: list[str]) -> sqlite3.Cursor:
        """Run a query for plain tuples."""
        cursor = self._reader().cursor()
        cursor.row_factory = None
        return cursor.execute(query, parameters)


def _resting(connection: sqlite3.Connection) -> list[list[str]]:
    """Return for each buried card: until which day, the value before, its key."""
    row = connection.execute("select value from setting where name = ?", [RESTING]).fetchone()
    return [line.split("\t", 2) for line in json.loads(row[0])] if row else []


def _check_state(connection: sqlite3.Connection, expected: CardState | None) -> None:
    """Raise StaleCardError if the stored state of a card is another than expected; its due day may differ."""
    if expected is None:
        return
    row = connection.execute(f"select {_STATE} from card_state where card = ?", [expected.card]).fetchone()
    stored = _state(row, model_in_use(connection)) if row else CardState(expected.card)
    if replace(stored, due_day=None) != replace(expected, due_day=None):
        raise StaleCardError("This card was answered in another window. The cards have been read again.")


def _store(connection: sqlite3.Connection, state: CardState) -> None:
    if state.stability is not None and state.model != model_in_use(connection):
        raise StaleCardError("The schedule was fitted anew in another window. The cards have been read again.")
    connection.execute(
        f"insert or replace into card_state ({_STATE}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            state.card, state.stability, state.difficulty, state.due_day, state.last_day, state.answers, state.lapses,
            int(state.suspended), state.buried_until, state.flag,
        ],
    )  # fmt: skip


def _state(row: sqlite3.Row, model: str) -> CardState:
    card, stability, difficulty, due_day, last_day, answers, lapses, suspended, buried_until, flag = row
    return CardState(
        card, stability, difficulty, due_day, last_day, answers, lapses, bool(suspended), buried_until, flag,
        DEFAULT_MODEL if stability is None else model,
    )  # fmt: skip
