"""Opening the app. Nothing heavy is imported here: this is the way to the first paint."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Final

from db.errors import SergeError

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library
    from serge_tui.navigation import Destination

SMALLEST: Final = (60, 20)


def open_app(path: Path, start: Destination | None = None) -> None:
    """Open the app on a database, building it first if need be.

    Raises SergeError where there is no terminal, or one too small.
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
    # The app lets it go on after the first paint: until then hardly anything is there to be thrown away.
    gc.disable()
    with Library.open(path) as library:
        if library.settings.get(REPLAY_SETTING, list[str]()):
            from serge_tui.services.replay import replay_after_upgrade

            replay_after_upgrade(library)
        from serge_tui.app import SergeApp

        keymap, key_faults = _keys()
        app = SergeApp(
            library, start=start, upkeep=lambda: _upkeep(path), patch=_patch, keymap=keymap, key_faults=key_faults
        )
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


def _rebuild_derived(path: Path) -> None:
    """Have the study pack stored again at the next start: text was read that is not UTF-8, perhaps the pack's."""
    from contextlib import suppress

    from db.build import forget_pack

    with suppress(SergeError):
        forget_pack(path)


def _keys() -> tuple[dict[str, str], list[str]]:
    """The reader's own keys, and what was not understood of them; few have any, and no others should wait for TOML."""
    from serge_tui.paths import config_file

    path = config_file()
    if not path.exists():
        return {}, []
    from serge_tui.commands.keymap import load_keymap

    return load_keymap(path)


def refuse_without_terminal() -> None:
    """Raise SergeError with one sentence where the app cannot run."""
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise SergeError(
            "the reader needs a terminal for input and output; for pipes there are `serge who`, `serge search`"
            " and `serge export`."
        )
    if os.environ.get("TERM") == "dumb":
        raise SergeError(
            "the reader draws on the whole screen, and this terminal says that it only prints lines (TERM=dumb); open"
            " another, or use `serge who`, `serge search` and the other commands here."
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
    """Keep today's copy of the database; a full disk is no reason to complain on leaving."""
    from contextlib import suppress
    from datetime import UTC, datetime

    from db.backups import make_daily

    with suppress(SergeError, OSError):
        make_daily(path, datetime.now(UTC))


def _patch(library: Library) -> str:
    """Write the reader's corrections as a patch of the study pack's files."""
    from import_scripts.pack.patch import corrections_patch

    return corrections_patch(library.corrections.all())


def _upkeep(path: Path) -> bool:
    """Store the study pack again if the program brings a newer one; says whether it did."""
    from import_scripts.pipeline import pack_is_current, prepare

    if pack_is_current(path):
        return False
    prepare(path)
    return True
