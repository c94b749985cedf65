"""Import answers given elsewhere into the review log: from `serge export reviews`, and from Anki for Serge's notes.

| file | what is read |
|---|---|
| CSV, JSON | what `serge export reviews` writes |
| CSV | of other FSRS programs: `card_id`, `review_time` (ms), `review_rating`, `review_duration` (ms) |
| `collection.anki2`, `.anki21` | notes by their GUID, the first card of each, its `revlog` |
| `.apkg`, `.colpkg`, `collection.anki21b` | the same, packed for older or newer versions of Anki |

Anki's *Forget* resets a card: its answers from before are not imported, and those imported earlier are voided.

Sources: Anki's `rslib/src/revlog/mod.rs` for the meaning of its kinds of answers (`is_reset` for Forget);
open-spaced-repetition's FSRS dataset for the columns of the other CSV.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.review_log import append, digest_uid, is_uid, next_moment, same_answer
from db.text import sanitise_line
from import_scripts.input.archive import Archive, DamagedEntryError
from import_scripts.input.encoding import decode
from import_scripts.input.files import first_bytes, read_bytes
from import_scripts.input.foreign_database import SQLITE_MAGIC, number_of, open_packed, open_untouched, text_of
from import_scripts.input.json_file import items, member, number, read_json, text
from import_scripts.input.zstd import unpacked

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from db.library import Library
    from import_scripts.input.foreign_database import ForeignDatabase

_LONGEST_FIELD: Final = 100_000
MAX_ANSWERS: Final = 1_000_000
"""Most answers read from one file: a hundred a day for 27 years."""
MAX_ROWS: Final = 10_000_000
"""Most rows read from one table of a collection."""
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
"""Earliest and latest valid time of an answer."""
LONGEST: Final = 3_600_000
"""Longest duration of an answer, in milliseconds."""
MAX_GIVEN: Final = 500
"""Most characters kept of a typed answer."""

_ZSTD_MAGIC: Final = b"\x28\xb5\x2f\xfd"
_PACKAGES: Final = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""Names of the collection in a package, the newest first: beside it the older ones hold a message to older programs."""
_TABLES: Final = ("notes", "cards", "revlog")
_COLUMNS: Final = (frozenset(("card", "rating", "reviewed_at")), frozenset(("card_id", "review_time", "review_rating")))
"""Columns of the tables that are read: ours, and those of other FSRS programs."""
_CRAMMED, _FIRST_WITHOUT_ANSWER = 3, 4
_BY_HAND: Final = 4
"""The kind of a line that Forget and Set due date write; with a factor of 0 it is Forget."""
_FROM_ANKI: Final = "anki."
"""Beginning of the UID of an answer that came from Anki."""
_FORMULA: Final = tuple("=+-@\t\r")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer given elsewhere: `card` is our key, `at` in UTC, `day` its study day if the file has it (ISO date)."""

    uid: str
    card: str
    rating: int
    at: datetime
    duration_ms: int
    day: str = ""
    given: str = ""


@dataclass(slots=True)
class HistoryFile:
    """The contents of a file: answers to our cards, the number of answers to other cards, and of other rows.

    `forgotten` has, by card, the moment of its last Forget; the file's answers from before are not among `answers`.
    """

    source: str
    answers: list[Answer] = field(default_factory=list)
    forgotten: dict[str, datetime] = field(default_factory=dict)
    other_cards: int = 0
    left_out: int = 0
    report: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImportedHistory:
    """The result of an import: new answers and known ones; the cards whose state must be computed again."""

    source: str
    new: int
    known: int
    other_cards: int
    left_out: int
    cards: frozenset[str]
    report: tuple[str, ...]


def is_history(path: Path) -> bool:
    """Return whether a file is a history of answers, by its content; False when it cannot be read."""
    try:
        head = first_bytes(path)
        if head.startswith(SQLITE_MAGIC):
            with open_untouched(path) as database:
                return all(database.columns(table) for table in _TABLES)
        if head.startswith(b"PK"):
            with Archive(path) as archive:
                return any(inside in archive for inside in _PACKAGES)
    except SergeError:
        return False
    begun = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if begun.startswith("{"):
        return '"serge-reviews"' in begun
    columns = {name.strip(' "\r').lower() for name in begun.partition("\n")[0].split(",")}
    return any(known <= columns for known in _COLUMNS)


def read_history(path: Path, keys: Container[str], by_guid: Mapping[str, str]) -> HistoryFile:
    """Read the answers of a file: `keys` are the existing cards, `by_guid` maps the GUID of an Anki note to its card.

    Raises SergeError if the file is of no kind above, or cannot be read.
    """
    head = first_bytes(path)
    name = sanitise_line(path.name)
    if head.startswith(SQLITE_MAGIC):
        with open_untouched(path) as database:
            found = _from_anki(database, name, by_guid)
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            found.report.append("Anki has not saved its latest answers to this file yet: close Anki and import again.")
        return found
    if head.startswith(b"PK"):
        return _from_package(path, by_guid)
    if head.startswith(_ZSTD_MAGIC):
        with open_packed(unpacked(read_bytes(path), name), name) as database:
            return _from_anki(database, name, by_guid)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return _from_json(path, keys)
    return _from_csv(path, keys, by_guid)


def append_history(library: Library, file: HistoryFile, day_of: Callable[[datetime], date]) -> ImportedHistory:
    """Append to the log, in one transaction, the answers that are not in it yet; oldest first.

    `day_of` returns the reader's study day at a moment. Answers in the future are left out: with them no card could be
    answered today. The caller replays the states of the cards.
    """
    today = day_of(datetime.now(UTC))
    usable = [
        replace(answer, day=answer.day if answer.day <= today.isoformat() else "")
        for answer in file.answers
        if day_of(answer.at) <= today
    ]
    usable.sort(key=lambda answer: (answer.at, answer.uid))
    forgotten = {card: at for card, at in file.forgotten.items() if day_of(at) <= today}

    def write(connection: sqlite3.Connection) -> tuple[list[Answer], list[str]]:
        voided = _forget(connection, forgotten, today)
        return _append(connection, usable, day_of), voided

    new, voided = library.writer.run(write)
    report = list(file.report)
    if voided:
        report.append(
            f"{len(voided):,} of the answers imported earlier no longer count: the card was forgotten in Anki since."
        )
    if late := len(file.answers) - len(usable):
        report.append(f"{late:,} of the answers are dated in the future and were left out.")
    known = len(usable) - len(new)
    left_out = file.left_out + late
    return ImportedHistory(
        file.source,
        len(new),
        known,
        file.other_cards,
        left_out,
        frozenset([*(answer.card for answer in new), *voided]),
        tuple(report),
    )


# --- into the log ---------------------------------------------------------------------------------------------------


def _append(
    connection: sqlite3.Connection, answers: Iterable[Answer], day_of: Callable[[datetime], date]
) -> list[Answer]:
    uids = {str(uid) for (uid,) in connection.execute("select uid from review_origin")}
    fresh: dict[str, list[Answer]] = {}
    for answer in answers:
        if answer.uid not in uids:
            uids.add(answer.uid)
            fresh.setdefault(answer.card, []).append(answer)
    new: list[Answer] = []
    for card, given in fresh.items():
        new += _placed(connection, card, given, day_of)
    for answer in sorted(new, key=lambda answer: (answer.at, answer.uid)):
        append(
            connection, answer.card, "answer", answer.rating, _iso(answer.at), answer.day, answer.duration_ms,
            answer.given, uid=answer.uid,
        )  # fmt: skip
    return new


def _forget(connection: sqlite3.Connection, forgotten: Mapping[str, datetime], today: date) -> list[str]:
    """Void the answers that came from Anki before the card was forgotten there; return the card of each."""
    voided: list[str] = []
    for card, at in forgotten.items():
        rows = connection.execute(
            "select r.id from review r join review_origin o on o.review = r.id where r.card = ? and r.kind = 'answer'"
            " and r.reviewed_at < ? and o.uid glob ? and not exists (select 1 from review u where u.voids = r.id)"
            " order by r.id",
            [card, _iso(at), f"{_FROM_ANKI}*"],
        ).fetchall()
        for (review,) in rows:
            append(connection, card, "undo", None, next_moment(connection, card), today.isoformat(), voids=int(review))
            voided.append(card)
    return voided


def _placed(
    connection: sqlite3.Connection, card: str, answers: Iterable[Answer], day_of: Callable[[datetime], date]
) -> Iterator[Answer]:
    """Return the answers of one card that are not in the log, each with its study day.

    Days never run backwards in the log of a card: if another rollover hour would make them, the answer gets the day of
    its neighbour in the log.
    """
    lines = [
        (str(at), str(day))
        for at, day in connection.execute(
            "select reviewed_at, study_day from review where card = ? and kind = 'answer' order by reviewed_at, id",
            [card],
        )
    ]
    latest: list[str] = []  # the latest day up to each line, and the earliest from it on
    for _, day in lines:
        latest.append(max(day, latest[-1]) if latest else day)
    earliest: list[str] = []
    for _, day in reversed(lines):
        earliest.append(min(day, earliest[-1]) if earliest else day)
    earliest.reverse()
    position, before = 0, ""
    for answer in answers:
        at = _iso(answer.at)
        if same_answer(connection, answer.uid, card, answer.rating, at, answer.duration_ms, answer.given):
            continue
        while position < len(lines) and lines[position][0] < at:
            position += 1
        day = answer.day or day_of(answer.at).isoformat()
        if position:
            day = max(day, latest[position - 1])
        day = max(day, before)
        if position < len(lines):
            day = min(day, earliest[position])
        before = day
        yield replace(answer, day=day)


def _iso(moment: datetime) -> str:
    """Return a time in the form of the log."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


# --- Anki -----------------------------------------------------------------------------------------------------------


def _from_package(path: Path, by_guid: Mapping[str, str]) -> HistoryFile:
    name = sanitise_line(path.name)
    with Archive(path) as archive:
        inside = next((inside for inside in _PACKAGES if inside in archive), None)
        if inside is None:
            raise SergeError(f"{name} is not an Anki package; give an .apkg, a .colpkg or a collection.anki2.")
        try:
            data = archive.read(inside)
        except DamagedEntryError as error:
            raise SergeError(f"{name}: {error} Export the deck Serge alone and import that.") from error
    if data.startswith(_ZSTD_MAGIC):
        data = unpacked(data, name)
    with open_packed(data, name) as database:
        return _from_anki(database, name, by_guid)


def _from_anki(database: ForeignDatabase, name: str, by_guid: Mapping[str, str]) -> HistoryFile:
    if not all(database.columns(table) for table in _TABLES):
        raise SergeError(f"{name} is a database, but not an Anki collection; give a collection.anki2 or an .apkg.")
    notes = {
        row["id"]: key
        for row in database.rows("notes", ("id", "guid"), MAX_ROWS)
        if (key := by_guid.get(text_of(row["guid"])))
    }
    # The second card of a note asks something different from ours.
    cards = {
        row["id"]: notes[row["nid"]]
        for row in database.rows("cards", ("id", "nid", "ord"), MAX_ROWS)
        if row["nid"] in notes and row["ord"] == 0
    }
    file = HistoryFile(f"Anki ({name})")
    if not notes:
        file.report.append("None of its notes come from `serge export cards`.")
    for row in database.rows("revlog", ("id", "cid", "ease", "time", "type", "factor"), MAX_ROWS):
        key = cards.get(row["cid"])
        if key is None:
            file.other_cards += 1
            continue
        at = _from_milliseconds(number_of(row["id"]))
        ease, kind = row["ease"], number_of(row["type"]) or 0
        crammed = kind == _CRAMMED and not row["factor"]
        if at is not None and kind == _BY_HAND and ease == 0 and not row["factor"]:
            file.forgotten[key] = max(at, file.forgotten.get(key, at))
        if at is None or not isinstance(ease, int) or not 1 <= ease <= 4 or kind >= _FIRST_WITHOUT_ANSWER or crammed:
            file.left_out += 1
        elif not _add(
            file, Answer(f"{_FROM_ANKI}{text_of(row['id'])}", key, ease, at, _bounded(number_of(row["time"])))
        ):
            break
    kept = [a for a in file.answers if (at := file.forgotten.get(a.card)) is None or a.at > at]
    if before := len(file.answers) - len(kept):
        file.report.append(f"{before:,} of the answers were left out: the card was forgotten in Anki since.")
    file.answers = kept
    return file


# --- our own, and other programs' tables ----------------------------------------------------------------------------


def _from_json(path: Path, keys: Container[str]) -> HistoryFile:
    name = sanitise_line(path.name)
    data = read_json(path)
    if text(member(data, "format")) != "serge-reviews":
        raise SergeError(f"{name} is not a history of answers; `serge export reviews --format json` makes one.")
    if number(member(data, "version")) != 1:
        raise SergeError(f"{name} was written by a later version of Serge; update this one first.")
    file = HistoryFile(name)
    for item in items(member(data, "reviews")):
        entry = {column: value for column, value in item.items() if value is not None} if isinstance(item, dict) else {}
        if not _take(file, {column: str(value) for column, value in entry.items()}, keys, {}):
            break
    return file


def _from_csv(path: Path, keys: Container[str], by_guid: Mapping[str, str]) -> HistoryFile:
    name = sanitise_line(path.name)
    csv.field_size_limit(_LONGEST_FIELD)  # the limit holds for the whole process: another importer may have raised it
    rows = csv.reader(io.StringIO(decode(read_bytes(path), path.name).text.lstrip("\ufeff"), newline=""))
    file = HistoryFile(name)
    try:
        head = [column.strip().lower() for column in next(rows, [])]
        if not any(known <= {*head} for known in _COLUMNS):
            raise SergeError(
                f"{name} is not a history of answers; give a file from `serge export reviews`, or an Anki collection."
            )
        for row in rows:
            entry = dict(zip(head, row, strict=False))
            given = entry.get("given", "")
            # The export puts an apostrophe before anything a spreadsheet would calculate.
            if given.startswith("'") and given[1:].startswith(_FORMULA):
                entry["given"] = given[1:]
            if row and not _take(file, entry, keys, by_guid):
                break
    except csv.Error as error:
        raise SergeError(f"{name} is a damaged CSV file: {sanitise_line(str(error))}, line {rows.line_num}.") from error
    return file


def _take(file: HistoryFile, entry: Mapping[str, str], keys: Container[str], by_guid: Mapping[str, str]) -> bool:
    """Add one line; return False if there are too many."""
    card = entry.get("card") or entry.get("card_id", "")
    card = by_guid.get(card, card)
    at = _from_iso(entry["reviewed_at"]) if "reviewed_at" in entry else _from_milliseconds(
        _as_number(entry.get("review_time", ""))
    )  # fmt: skip
    rating = entry.get("rating") or entry.get("review_rating", "")
    if at is None or rating not in {"1", "2", "3", "4"} or entry.get("kind", "answer") != "answer" or not card:
        file.left_out += 1
        return True
    if card not in keys:
        file.other_cards += 1
        return True
    duration = _bounded(_as_number(entry.get("duration_ms") or entry.get("review_duration", "")))
    given = sanitise_line(entry.get("given", ""))[:MAX_GIVEN]
    uid = entry.get("uid", "")
    if not is_uid(uid):
        # The number of a row differs between machines; a card and a microsecond do not.
        uid = digest_uid("serge.", card, _iso(at))
    return _add(file, Answer(uid, card, int(rating), at, duration, _day(entry, at), given))


def _add(file: HistoryFile, answer: Answer) -> bool:
    if len(file.answers) >= MAX_ANSWERS:
        file.report.append(f"More than {MAX_ANSWERS:,} answers; the rest were not read.")
        return False
    file.answers.append(answer)
    return True


def _day(entry: Mapping[str, str], at: datetime) -> str:
    """Return the study day in the file if it is possible at that moment: a clock is at most 14 hours from UTC."""
    try:
        day = date.fromisoformat(entry.get("study_day", ""))
    except ValueError:
        return ""
    return day.isoformat() if abs(day - at.date()) <= timedelta(days=2) else ""


def _from_iso(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written.strip())
        return _plausible(moment.astimezone(UTC)) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _from_milliseconds(since_1970: float | None) -> datetime | None:
    if since_1970 is None:
        return None
    try:
        return _plausible(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=since_1970))
    except (ValueError, OverflowError):
        return None


def _plausible(moment: datetime) -> datetime | None:
    return moment if EARLIEST <= moment < LATEST else None


def _as_number(written: str) -> float | None:
    try:
        return float(written)
    except ValueError:
        return None


def _bounded(milliseconds: float | None) -> int:
    return int(min(max(milliseconds or 0, 0), LONGEST)) if milliseconds == milliseconds else 0
