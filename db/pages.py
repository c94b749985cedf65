"""Read rows straight from the pages of a damaged database file, without its header or its table of contents.

SQLite refuses a whole file for one wrong byte in its header, and a whole table for one damaged page on the way to it.
Here every page is looked at by itself: a page whose form is right gives its rows, any other none. What the write-ahead
log holds in committed frames counts as newer than the file.

Source: the SQLite documentation, *Database File Format*.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Value: TypeAlias = int | float | str | bytes | None
Record: TypeAlias = tuple[Value, ...]

MAGIC: Final = b"SQLite format 3\x00"
USUAL_PAGE: Final = 4096
"""Bytes of a page in every database this program makes."""
INDEX_INTERIOR, TABLE_INTERIOR, INDEX_LEAF, TABLE_LEAF = 2, 5, 10, 13
_LONGEST_TEXT: Final = 50_000_000
_MOST_COLUMNS: Final = 64


@dataclass(frozen=True, slots=True)
class Row:
    """A row as found: its page, its rowid (None in a table without one), and its values in the order of the columns.

    Text that is not UTF-8 has a replacement character in each wrong place, and `is_exact` is False.
    """

    page: int
    rowid: int | None
    values: Record
    is_exact: bool = True


@dataclass(slots=True)
class Tree:
    """The pages of one table or index that can be reached from its root; `is_whole` if none of them is damaged."""

    rows: list[Row] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    is_whole: bool = True


class PageFile:
    """The pages of a database file, with its write-ahead log laid over."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises OSError."""
        self._data = path.read_bytes()
        log = path.with_name(f"{path.name}-wal")
        wal = log.read_bytes() if log.exists() else b""
        self.size = _page_size(self._data, wal)
        self._newer = _wal_pages(wal, self.size)
        self.count = max(-(-len(self._data) // self.size), max(self._newer, default=0))

    def page(self, number: int) -> bytes:
        """Return a page, counted from 1; an empty one beyond the end."""
        if number in self._newer:
            return self._newer[number]
        return self._data[(number - 1) * self.size : number * self.size]

    def tables(self) -> dict[str, int]:
        """Return the root pages of tables and indexes by name, as far as the table of contents can be read."""
        found: dict[str, int] = {}
        for row in self.tree(1).rows:
            if len(row.values) == 5 and isinstance(row.values[1], str) and isinstance(row.values[3], int):
                found[row.values[1]] = row.values[3]
        return found

    def free_pages(self) -> set[int]:
        """Return the pages that the file's list of free pages names: what they hold was deleted."""
        free: set[int] = set()
        trunk = int.from_bytes(self.page(1)[32:36], "big")
        while 1 < trunk <= self.count and trunk not in free:
            free.add(trunk)
            page = self.page(trunk)
            number = int.from_bytes(page[4:8], "big")
            if number > self.size // 4 - 2:
                break
            leaves = struct.unpack_from(f">{number}I", page, 8) if len(page) >= 8 + 4 * number else ()
            free.update(leaf for leaf in leaves if 1 < leaf <= self.count)
            trunk = int.from_bytes(page[:4], "big")
        return free

    def tree(self, root: int) -> Tree:
        """Walk a table or index from its root page, leaving out what is damaged."""
        found, seen, waiting = Tree(), set[int](), [root]
        while waiting:
            number = waiting.pop()
            if number in seen or not 1 <= number <= self.count:
                found.is_whole = False
                continue
            seen.add(number)
            kind = self._kind(number)
            if kind in (TABLE_INTERIOR, INDEX_INTERIOR):
                children, whole = self._children(number)
                waiting += children
                found.is_whole &= whole
            if kind in (TABLE_LEAF, INDEX_LEAF, INDEX_INTERIOR):
                rows, whole = self.rows(number)
                found.rows += rows
                found.is_whole &= whole
            elif kind != TABLE_INTERIOR:
                found.is_whole = False
        found.pages = seen
        return found

    def rows(self, number: int) -> tuple[list[Row], bool]:
        """Return the rows of one page, and whether all of them could be read."""
        kind, page = self._kind(number), self.page(number)
        if kind not in (TABLE_LEAF, INDEX_LEAF, INDEX_INTERIOR):
            return [], False
        rows, whole = [], True
        for offset in self._cells(number):
            try:
                rows.append(self._row(number, page, offset, kind))
            except (IndexError, ValueError, struct.error):
                whole = False
        return rows, whole and self._has_form(number)

    def leaves(self) -> Iterator[int]:
        """Yield the number of every page that may hold rows of a table."""
        for number in range(1, self.count + 1):
            if self._kind(number) in (TABLE_LEAF, INDEX_LEAF, INDEX_INTERIOR) and self._has_form(number):
                yield number

    # --- pages -------------------------------------------------------------------------------------------------------

    def _start(self, number: int) -> int:
        return 100 if number == 1 else 0

    def _kind(self, number: int) -> int:
        page, start = self.page(number), self._start(number)
        return page[start] if len(page) == self.size else 0

    def _has_form(self, number: int) -> bool:
        """Return whether the head of a page can be that of a page of its kind."""
        page, start = self.page(number), self._start(number)
        cells = int.from_bytes(page[start + 3 : start + 5], "big")
        content = int.from_bytes(page[start + 5 : start + 7], "big") or 65536
        head = start + (12 if self._kind(number) in (TABLE_INTERIOR, INDEX_INTERIOR) else 8)
        return head + 2 * cells <= content <= self.size

    def _cells(self, number: int) -> list[int]:
        page, start = self.page(number), self._start(number)
        head = start + (12 if self._kind(number) in (TABLE_INTERIOR, INDEX_INTERIOR) else 8)
        cells = min(int.from_bytes(page[start + 3 : start + 5], "big"), (self.size - head) // 2)
        return [offset for (offset,) in struct.iter_unpack(">H", page[head : head + 2 * cells])]

    def _children(self, number: int) -> tuple[list[int], bool]:
        page, start = self.page(number), self._start(number)
        children = [int.from_bytes(page[start + 8 : start + 12], "big")]
        whole = self._has_form(number)
        for offset in self._cells(number):
            if offset + 4 <= self.size:
                children.append(int.from_bytes(page[offset : offset + 4], "big"))
            else:
                whole = False
        return children, whole

    def _row(self, number: int, page: bytes, offset: int, kind: int) -> Row:
        rowid = None
        if kind == INDEX_INTERIOR:
            offset += 4
        length, offset = _varint(page, offset)
        if kind == TABLE_LEAF:
            rowid, offset = _varint(page, offset)
            rowid = rowid - (1 << 64) if rowid >= 1 << 63 else rowid
        if length > _LONGEST_TEXT:
            raise ValueError("too long")
        values, is_exact = _record(self._payload(page, offset, length, is_table=kind == TABLE_LEAF))
        return Row(number, rowid, values, is_exact)

    def _payload(self, page: bytes, offset: int, length: int, *, is_table: bool) -> bytes:
        """Collect the bytes of a cell, from its overflow pages too."""
        usable = self.size
        most = usable - 35 if is_table else (usable - 12) * 64 // 255 - 23
        if length <= most:
            payload = page[offset : offset + length]
            if len(payload) != length:
                raise ValueError("cut off")
            return payload
        least = (usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (usable - 4)
        local = local if local <= most else least
        parts = [page[offset : offset + local]]
        following = int.from_bytes(page[offset + local : offset + local + 4], "big")
        rest, seen = length - local, set[int]()
        while rest > 0:
            if following in seen or not 1 < following <= self.count:
                raise ValueError("its overflow is lost")
            seen.add(following)
            more = self.page(following)
            parts.append(more[4 : 4 + min(rest, usable - 4)])
            rest -= usable - 4
            following = int.from_bytes(more[:4], "big")
        payload = b"".join(parts)
        if len(payload) != length:
            raise ValueError("cut off")
        return payload


def _page_size(data: bytes, wal: bytes) -> int:
    """Return the page size that the file or its log states, if it can be one."""
    stated = [int.from_bytes(data[16:18], "big")] if data.startswith(MAGIC) else []
    if len(wal) >= 32:
        stated.append(int.from_bytes(wal[8:12], "big"))
    for size in stated:
        if size == 1:
            return 65536
        if 512 <= size <= 65536 and size & (size - 1) == 0 and len(data) % size == 0:
            return size
    return USUAL_PAGE


def _wal_pages(wal: bytes, size: int) -> dict[int, bytes]:
    """Return the pages in the committed frames of a write-ahead log, each as it was written last."""
    if len(wal) < 32 or wal[:4] not in (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"):
        return {}
    order = ">" if wal[3] & 1 else "<"
    salt, sums = wal[16:24], _checksum(wal[:24], (0, 0), order)
    if sums != struct.unpack(">II", wal[24:32]):
        return {}
    committed: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for at in range(32, len(wal) - size - 23, size + 24):
        head, page = wal[at : at + 24], wal[at + 24 : at + 24 + size]
        sums = _checksum(page, _checksum(head[:8], sums, order), order)
        if head[8:16] != salt or sums != struct.unpack(">II", head[16:24]):
            break
        number, size_after = struct.unpack(">II", head[:8])
        pending[number] = page
        if size_after:
            committed.update(pending)
            pending.clear()
    return committed


def _checksum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = sums
    for one, other in struct.iter_unpack(f"{order}II", data):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second


def _varint(data: bytes, offset: int) -> tuple[int, int]:
    value = 0
    for position in range(8):
        byte = data[offset + position]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, offset + position + 1
    return value << 8 | data[offset + 8], offset + 9


def _record(payload: bytes) -> tuple[Record, bool]:
    """Read a record. Raises ValueError or IndexError if it is none."""
    head, offset = _varint(payload, 0)
    if not 0 < head <= len(payload):
        raise ValueError("no record")
    types = []
    while offset < head:
        kind, offset = _varint(payload, offset)
        types.append(kind)
    if offset != head or len(types) > _MOST_COLUMNS:
        raise ValueError("no record")
    values: list[Value] = []
    is_exact = True
    for kind in types:
        length = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, -1, -1)[kind] if kind < 12 else (kind - 12) // 2
        part = payload[offset : offset + length]
        if length < 0 or len(part) != length:
            raise ValueError("no record")
        offset += length
        if kind == 0:
            values.append(None)
        elif kind == 7:
            values.append(struct.unpack(">d", part)[0])
        elif kind in (8, 9):
            values.append(kind - 8)
        elif kind < 12:
            values.append(int.from_bytes(part, "big", signed=True))
        elif kind % 2 == 0:
            values.append(part)
        else:
            try:
                values.append(part.decode())
            except UnicodeDecodeError:
                values.append(part.decode("utf-8", "replace"))
                is_exact = False
    if offset != len(payload):
        raise ValueError("no record")
    return tuple(values), is_exact
