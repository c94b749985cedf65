"""The beginning of a file, in the forms that show its kind; each is read once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from db.errors import SergeError
from import_scripts.input.encoding import decode
from import_scripts.input.files import first_bytes
from import_scripts.input.foreign_database import SQLITE_MAGIC, open_foreign
from import_scripts.input.json_file import Json, read_json

if TYPE_CHECKING:
    from pathlib import Path


class Sample:
    """What importers may ask about a file to recognise it.

    Every property raises SergeError if the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_folder = path.is_dir()

    @cached_property
    def head(self) -> bytes:
        """The first bytes; empty for a folder."""
        return b"" if self.is_folder else first_bytes(self.path)

    @cached_property
    def text(self) -> str:
        """The first bytes as text; empty for a folder and for a database."""
        if self.is_folder or self.head.startswith(SQLITE_MAGIC) or b"\0" in self.head[:64]:
            return "" if not self.head.startswith((b"\xff\xfe", b"\xfe\xff")) else self._decoded()
        return self._decoded()

    @cached_property
    def json(self) -> Json:
        """The whole file as JSON; None if it is not JSON."""
        if not self.begins_as_json:
            return None
        try:
            return read_json(self.path)
        except SergeError:
            return None

    @property
    def begins_as_json(self) -> bool:
        """Whether the first character can begin JSON."""
        return self.text.lstrip("\ufeff \t\r\n")[:1] in ("[", "{")

    def columns(self, table: str) -> frozenset[str]:
        """Return the column names of an SQLite table in lower case; empty if there is no such table or database."""
        if not self.head.startswith(SQLITE_MAGIC):
            return frozenset()
        with open_foreign(self.path) as database:
            return database.columns(table)

    def _decoded(self) -> str:
        return decode(self.head, self.path.name).text
