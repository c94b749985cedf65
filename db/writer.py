"""The one writer: every change runs on one thread and one connection, each job in one transaction."""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, final

from db.connection import connect, readable_errors, same_file
from db.errors import DatabaseUnusableError, FileReplacedError

if TYPE_CHECKING:
    import os
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")
_REPLACED = "{} was replaced by another file; try again."


@dataclass(slots=True)
class _Job(Generic[T]):
    run: Callable[[sqlite3.Connection], T]
    future: Future[T]


def in_transaction(
    connection: sqlite3.Connection,
    path: Path,
    run: Callable[[sqlite3.Connection], T],
    opened: os.stat_result | None = None,
) -> T:
    """Run one job between BEGIN IMMEDIATE and COMMIT; any exception rolls everything back.

    BEGIN IMMEDIATE takes the write lock first: a deferred transaction that reads and then writes fails at once beside
    another writer, whatever the time-out. Raises FileReplacedError if the path names another file than `opened`, the
    file that was opened: a repair or a restore has put it there, and what is written to the old one is lost.
    """
    with readable_errors(path):
        try:
            connection.execute("begin immediate")
        except DatabaseUnusableError as error:
            # The old file may be damaged so far that not even a transaction can begin.
            if opened is not None and not same_file(path, opened):
                raise FileReplacedError(_REPLACED.format(path)) from error
            raise
        if opened is not None and not same_file(path, opened):
            connection.execute("rollback")
            raise FileReplacedError(_REPLACED.format(path))
        try:
            result = run(connection)
        except BaseException:  # whatever ends the job: the transaction is taken back, and it is raised again
            if connection.in_transaction:
                connection.execute("rollback")
            raise
        connection.execute("commit")
    return result


@final
class Writer:
    """Runs jobs from any thread in order. The thread starts with the first job."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._jobs: queue.SimpleQueue[_Job[Any] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._opened: os.stat_result | None = None

    def submit(self, run: Callable[[sqlite3.Connection], T]) -> Future[T]:
        """Queue a job. Its future gets the job's result or exception once the transaction has ended.

        Raises RuntimeError after `close`.
        """
        job = _Job(run, Future[T]())
        with self._lock:
            if self._closed:
                raise RuntimeError("the writer is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="serge-writer", daemon=False)
                self._thread.start()
            self._jobs.put(job)
        return job.future

    def run(self, run: Callable[[sqlite3.Connection], T]) -> T:
        """Queue a job and wait for it: for the command line and tests, never on the event loop."""
        return self.submit(run).result()

    def close(self) -> None:
        """Finish what is queued, then stop. Can be called twice."""
        with self._lock:
            self._closed = True
            thread = self._thread
            self._jobs.put(None)
        if thread is not None:
            thread.join()

    def _open(self) -> sqlite3.Connection:
        connection = connect(self._path)
        self._opened = self._path.stat()
        return connection

    def _work(self) -> None:
        connection: sqlite3.Connection | None = None
        try:
            while (job := self._jobs.get()) is not None:
                if not job.future.set_running_or_notify_cancel():
                    continue
                try:
                    if connection is None:
                        connection = self._open()
                    try:
                        result = in_transaction(connection, self._path, job.run, self._opened)
                    except FileReplacedError:
                        connection.close()
                        connection = None  # stays so if the new file cannot be opened
                        connection = self._open()
                        result = in_transaction(connection, self._path, job.run, self._opened)
                    job.future.set_result(result)
                except BaseException as error:  # noqa: BLE001  # the future carries it to whoever asked
                    job.future.set_exception(error)
        finally:
            if connection is not None:
                connection.close()
