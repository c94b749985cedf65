"""Open the app. Nothing slow is imported here, because the first screen waits for it."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING, Final

from db.errors import SergeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from db.library import Library
    from serge_tui.navigation import Destination
    from serge_tui.services.book_import import FileToImport, ImportOutcome, Progress, Recognised

SMALLEST: Final = (60, 20)
_ESCDELAY: Final = "ESCDELAY"
_ESC_MILLISECONDS: Final = "25"


def open_app(path: Path, start: Destination | None = None) -> None:
    """Open the app on a database; build or upgrade it first if necessary.

    Args:
        path: The database file.
        start: Where to begin; None for where the reader left.

    Raises:
        SergeError: There is no terminal, it is too small, or the app had to stop.
    """
    refuse_without_terminal()
    from db.connection import holds_pack, is_ready
    from db.library import Library
    from db.open_marker import mark_closed, mark_open
    from db.schema import REPLAY_SETTING
    from serge_tui.cli.damage import offer_copy

    offer_copy(path)
    if not is_ready(path) or not holds_pack(path):
        from serge_tui.cli.common import build

        build(path)
    # The app switches it on after the first screen is drawn: until then there is hardly anything to collect.
    gc.disable()
    with Library.open(path) as library:
        if library.settings.get(REPLAY_SETTING, list[str]()):
            from serge_tui.services.replay import replay_after_upgrade

            replay_after_upgrade(library)
        with short_escape():
            from serge_tui.app import SergeApp

        keymap, key_faults = _keys()
        app = SergeApp(
            library, start=start, upkeep=lambda: _upkeep(library, path), patch=_patch, importer=_Importer(path),
            searcher=_Searcher(path), keymap=keymap, key_faults=key_faults,
        )  # fmt: skip
        mark_open(path)
        _draw_in_utf8()
        try:
            app.run()
        finally:
            damaged = library.has_invalid_text
    mark_closed(path)
    if damaged:
        _rebuild_derived(path)
    _daily_backup(path)
    if app.return_code:
        raise SergeError("Serge had to stop; everything up to the last key was saved.")


@contextmanager
def short_escape() -> Iterator[None]:
    """Have Textual, imported inside, wait a shorter time for the rest of a key that begins with Esc.

    Terminals send Esc alone for the key Esc, and Esc with more for arrows and function keys; Textual waits 100 ms to
    tell them apart (`ESCDELAY`, as with ncurses). From a terminal on the same machine the rest of a key comes at once;
    over a network it may not, so there Textual's own time stays, as does what the reader has set.
    """
    remote = any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))
    if remote or _ESCDELAY in os.environ:
        yield
        return
    os.environ[_ESCDELAY] = _ESC_MILLISECONDS
    try:
        yield
    finally:
        # An editor started from Serge is not to inherit it.
        del os.environ[_ESCDELAY]


class _Importer:
    """The importer of books; what it needs is imported when a book is added, not for the first paint."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def recognise(self, path: Path) -> Recognised:
        """Return what a file is; see `BookImporter.recognise`."""
        from serge_tui.cli.book_importer import ProcessImporter

        return ProcessImporter(self._path).recognise(path)

    def can_read(self, path: Path) -> bool:
        """Return whether a file may be one that can be imported; see `BookImporter.can_read`."""
        from serge_tui.cli.book_importer import ProcessImporter

        return ProcessImporter(self._path).can_read(path)

    def run(
        self, files: Sequence[FileToImport], progress: Progress, is_cancelled: Callable[[], bool]
    ) -> list[ImportOutcome]:
        """Import files; see `BookImporter.run`."""
        from serge_tui.cli.book_importer import ProcessImporter

        return ProcessImporter(self._path).run(files, progress, is_cancelled)


class _Searcher:
    """The searcher for portraits; what it needs is imported when a text is searched, not for the first paint."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def run(
        self, editions: Sequence[str], progress: Callable[[str, int, int], None], is_cancelled: Callable[[], bool]
    ) -> list[str]:
        """Search texts; see `PortraitSearcher.run`."""
        from serge_tui.cli.portrait_searcher import ProcessSearcher

        return ProcessSearcher(self._path).run(editions, progress, is_cancelled)


def _rebuild_derived(path: Path) -> None:
    """Have the study pack stored again at the next start, because invalid text was read that may be the pack's."""
    from contextlib import suppress

    from db.build import forget_pack

    with suppress(SergeError):
        forget_pack(path)


def _keys() -> tuple[dict[str, str], list[str]]:
    """Return the reader's own keys, and what is wrong with them. TOML is imported only if the file exists."""
    from serge_tui.paths import config_file

    path = config_file()
    if not path.exists():
        return {}, []
    from serge_tui.commands.keymap import load_keymap

    return load_keymap(path)


def refuse_without_terminal() -> None:
    """Raise SergeError if there is no terminal, or it is too small. A browser (another driver) has none."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise SergeError(
            "Serge needs a terminal for input and output; in pipes use `serge read --plain`, `serge who`,"
            " `serge search` or `serge export`."
        )
    if os.environ.get("TERM") == "dumb":
        raise SergeError(
            "the reader draws on the whole screen, and this terminal says that it only prints lines (TERM=dumb); open"
            " another, or use `serge read --plain`, `serge cards --plain`, `serge who` and the other commands here."
        )
    size = os.get_terminal_size(sys.stdout.fileno())
    if 0 < size.columns < SMALLEST[0] or 0 < size.lines < SMALLEST[1]:
        raise SergeError(
            f"this terminal has {size.columns} columns and {size.lines} rows; Serge needs at least"
            f" {SMALLEST[0]} by {SMALLEST[1]}. Make the window larger or the letters smaller."
        )


def _draw_in_utf8() -> None:
    """Draw the screen in UTF-8 whatever the locale: an escape such as \\u2014 takes six cells and breaks every line.

    `LC_ALL=C` is usual on other people's machines, on terminals that know UTF-8; keys are read as UTF-8 too.
    """
    for stream in (sys.__stdout__, sys.__stderr__):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _daily_backup(path: Path) -> None:
    """Make today's copy of the database. Errors such as a full disk are ignored here."""
    from contextlib import suppress
    from datetime import UTC, datetime

    from db.backups import make_daily

    with suppress(SergeError, OSError):
        make_daily(path, datetime.now(UTC))


def _patch(library: Library) -> str:
    """Write the reader's corrections as a patch of the study pack's files."""
    from import_scripts.pack.patch import corrections_patch

    return corrections_patch(library.corrections.all())


def _upkeep(library: Library, path: Path) -> bool:
    """Delete texts removed long ago; store the study pack again if the program has a newer one; return whether it did.

    Called in a thread.
    """
    from import_scripts.pipeline import pack_is_current, prepare

    library.removed_texts.delete_old().result()
    if pack_is_current(path):
        return False
    prepare(path)
    return True
