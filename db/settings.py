"""The reader's settings: small JSON values by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future

    from db.writer import Writer

SettingValue: TypeAlias = str | int | float | bool | list[str]
NEW_CARDS_OFFER: Final = "cards.new_offer"
"""Setting: whether Today still has to say that new readers get ten new cards a day. A migration sets it."""
V = TypeVar("V", str, int, float, bool, list[str])


class Settings:
    """Settings, written when changed. A value of the wrong type counts as unset."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def get(self, name: str, default: V) -> V:
        """Read a setting; the default if it is unset, unreadable or of another type."""
        row = self._reader().execute("select value from setting where name = ?", [name]).fetchone()
        if row is None:
            return default
        try:
            value = json.loads(row[0])
        except ValueError:
            return default
        return value if type(value) is type(default) else default

    def set(self, name: str, value: SettingValue) -> Future[None]:
        """Store a setting."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(
                "insert into setting values (?, ?) on conflict (name) do update set value = excluded.value",
                [name, json.dumps(value, ensure_ascii=False)],
            )

        return self._writer.submit(write)

    def replace(self, values: Mapping[str, SettingValue | None]) -> Future[None]:
        """Write several settings in one transaction; None removes one, so that it is at its default again."""

        def write(connection: sqlite3.Connection) -> None:
            for name, value in values.items():
                connection.execute("delete from setting where name = ?", [name])
                if value is not None:
                    text = json.dumps(value, ensure_ascii=False)
                    connection.execute("insert into setting values (?, ?)", [name, text])

        return self._writer.submit(write)

    def all(self) -> dict[str, SettingValue]:
        """Return every setting that was ever changed and can be read."""
        return {name: value for name, value in self._stored() if value is not None}

    def unreadable(self) -> list[str]:
        """Return the names of settings whose value is no JSON; they count as unset."""
        return [name for name, value in self._stored() if value is None]

    def _stored(self) -> Iterator[tuple[str, SettingValue | None]]:
        """Yield the names and values; None for a value that cannot be read."""
        for name, value in self._reader().execute("select name, value from setting order by name"):
            try:
                yield str(name), json.loads(value)
            except ValueError:
                yield str(name), None
