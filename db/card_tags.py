"""The reader's tags on cards: words of their own, by which cards are found and gathered in decks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable
    from concurrent.futures import Future

    from db.writer import Writer

Tagging: TypeAlias = tuple[str, str]
"""A card and a tag on it."""
LONGEST_TAG: Final = 60


class CardTags:
    """Tags on cards, by the keys of the cards: they stay if a card's source is gone."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer
        self.changes = 0
        """How often tags were changed: a deck may have other cards since."""

    def by_card(self) -> dict[str, tuple[str, ...]]:
        """Return the tags of every tagged card, in the order of the alphabet."""
        found: dict[str, list[str]] = {}
        for card, tag in self._reader().execute("select card, tag from card_tag order by tag"):
            found.setdefault(str(card), []).append(str(tag))
        return {card: tuple(tags) for card, tags in found.items()}

    def of(self, card: str) -> tuple[str, ...]:
        """Return the tags of one card."""
        rows = self._reader().execute("select tag from card_tag where card = ? order by tag", [card])
        return tuple(str(tag) for (tag,) in rows)

    def known(self) -> list[str]:
        """Return every tag in use, the most used first."""
        rows = self._reader().execute("select tag from card_tag group by tag order by count(*) desc, tag")
        return [str(tag) for (tag,) in rows]

    def change(self, add: Collection[Tagging] = (), remove: Collection[Tagging] = ()) -> Future[None]:
        """Put tags on cards and take others off, in one transaction."""

        def write(connection: sqlite3.Connection) -> None:
            connection.executemany("delete from card_tag where card = ? and tag = ?", remove)
            put_tags(connection, add)

        self.changes += 1
        return self._writer.submit(write)


def put_tags(connection: sqlite3.Connection, tags: Iterable[Tagging]) -> None:
    """Put tags on cards inside the caller's transaction."""
    connection.executemany("insert or ignore into card_tag values (?, ?)", tags)
