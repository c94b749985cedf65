"""What is written into folders at the reader's wish: a copy of their notes and answers, and what machines share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.files import write_private
from serge_tui.core.wording import counted

if TYPE_CHECKING:
    from db.library import Library

SYNC_FOLDER: Final = "sync.folder"
"""Setting: the folder that was synchronised with last. It is not synchronised itself."""


def _folder(typed: str) -> Path:
    name = typed.strip().strip("'\"")
    if not name:
        raise SergeError("give a folder, such as ~/Serge.")
    try:
        return Path(name).expanduser().absolute()
    except RuntimeError as error:
        raise SergeError(f"{name} is no folder: {error}.") from error


def export_all(library: Library, typed: str) -> str:
    """Write notes and answers into a new folder: pages to read, and files that Serge imports again. Call in a thread.

    Returns:
        A sentence on what was written.

    Raises:
        SergeError: The folder is not empty, or cannot be written.
    """
    from serge_tui.core.export.forms import export_text
    from serge_tui.core.study.review_log import to_json
    from serge_tui.services.note_records import all_note_records
    from serge_tui.services.vaults import vault_files

    folder = _folder(typed)
    records = all_note_records(library)
    files = {
        **vault_files(library, records, whole=True),
        "notes.json": export_text(records, "json"),
        "answers.json": to_json(list(library.study.log())),
    }
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise SergeError(f"{folder} exists already; give a new folder.")
        for name, text in files.items():
            (folder / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(folder / name, text)
    except OSError as error:
        raise SergeError(f"{folder} cannot be written: {error.strerror}.") from error
    return f"{counted(len(files), 'file')} written to {folder}."


def synchronise(library: Library, typed: str) -> str:
    """Synchronise with a folder that machines share, and remember it. Call in a thread.

    Returns:
        Sentences on what was done.

    Raises:
        SergeError: The folder cannot be read or written.
    """
    from db.sync import sync
    from serge_tui.services.replay import replay_cards

    folder = _folder(typed)
    done = sync(library, folder)
    replay_cards(library, done.cards)
    library.settings.set(SYNC_FOLDER, str(folder)).result()
    said = [f"{counted(done.sent, 'change')} sent, {counted(done.received, 'change')} received."]
    if done.conflicts:
        said.append(
            f"{counted(done.conflicts, 'note')} changed on both machines: both texts are kept, tagged #conflict."
        )
    if not done.devices:
        said.append("No other machine has written to this folder yet; synchronise there too.")
    return "\n".join([*said, *map(str, done.warnings)])
