"""Errors a person is meant to read: each message is one clear sentence."""

from __future__ import annotations

from db.text import sanitise_line


class SergeError(Exception):
    """An error the reader can understand and act on; its text is shown without a traceback."""

    def __rich__(self) -> str:
        """Return the sentence, in the form in which an app that has to stop shows it in place of a traceback."""
        return sanitise_line(str(self)).replace("[", r"\[")


class DatabaseUnusableError(SergeError):
    """The database file cannot be opened, read or written."""


class DamagedDatabaseError(DatabaseUnusableError):
    """A part of the database file is damaged; others may be sound."""


class NewerDatabaseError(DatabaseUnusableError):
    """The database was written by a newer Serge than this one."""


class EncryptedFileError(SergeError):
    """A file to import is encrypted or locked with a password, so that its text cannot be read."""


class StaleCardError(SergeError):
    """A card was changed elsewhere since it was read, so that an answer to it would overwrite newer data."""


class FileReplacedError(DatabaseUnusableError):
    """The open database file was replaced by another one, as a repair does."""
