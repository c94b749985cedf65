"""`serge import --as history`: add answers given in Anki or on another machine to the log."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from db.errors import SergeError
from serge_tui.cli.common import open_library, say, say_aside, say_json
from serge_tui.core.wording import counted

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library
    from import_scripts.history import ImportedHistory


def import_histories(path: Path, files: tuple[Path, ...], *, as_json: bool) -> None:
    """Add the answers of the files that the log does not have yet.

    Raises:
        SystemExit: A file could not be read; the exit code is 1.
    """
    from db.backups import make_backup, remove_old

    done: list[ImportedHistory] = []
    failed = False
    with open_library(path) as library:
        make_backup(path, "import")
        remove_old(path)
        for file in files:
            try:
                done.append(import_history(library, file))
            except SergeError as error:
                failed = True
                say_aside(str(error))
    if as_json:
        say_json([{"kind": "history", **asdict(history), "cards": len(history.cards)} for history in done])
    else:
        for history in done:
            _tell(history)
    if failed:
        raise SystemExit(1)


def import_history(library: Library, file: Path) -> ImportedHistory:
    """Add the answers of a file that the log does not have yet, and work out the memory of their cards anew.

    Raises:
        SergeError: The file cannot be read.
    """
    from import_scripts.history import append_history, read_history
    from serge_tui.core.study.anki import guid_of
    from serge_tui.core.study.scheduling import study_day
    from serge_tui.services.card_collection import card_collection
    from serge_tui.services.replay import replay_cards
    from serge_tui.services.study_settings import study_settings

    rollover = study_settings(library).rollover_hour
    keys = {*card_collection(library).cards, *library.study.states()}
    found = read_history(file, keys, {guid_of(key): key for key in keys})
    done = append_history(library, found, lambda moment: study_day(moment, rollover))
    replay_cards(library, done.cards)
    return done


def _tell(history: ImportedHistory) -> None:
    on = f" on {counted(len(history.cards), 'card')}" if history.cards else ""
    say(f"{history.source}: {counted(history.new, 'answer')} new{on}, {history.known:,} already here.")
    if history.other_cards:
        say(f"  {counted(history.other_cards, 'answer')} to cards that are not here.")
    if history.left_out:
        say(f"  {counted(history.left_out, 'line')} left out: not answers, or not understood.")
    for sentence in history.report:
        say(f"  · {sentence}")
