"""The `serge` command in a process of its own, forked from one that has imported it: importing takes 0.3 s each time.

Environment, arguments, standard streams and exit code are those of a program started anew. What depends on how the
interpreter starts (its encodings, what is imported when) is tested with `python -m serge_tui` itself.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from serge_tui.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping

_IMPORTED: Final = (
    __name__, "serge_tui.cli.group", "serge_tui.cli.common", "serge_tui.cli.completion", "serge_tui.cli.damage",
    "serge_tui.cli.import_files", "serge_tui.cli.import_inputs", "serge_tui.cli.lookup",
    "serge_tui.services.find_anything", "serge_tui.services.hidden_ends", "serge_tui.core.name_finder.names",
    "db.library", "db.store", "db.backups",
    "db.chronicle", "db.citations", "db.figures", "db.found", "db.open_marker", "db.search", "db.settings", "db.sync",
    "import_scripts.pipeline", "import_scripts.chapters", "import_scripts.formats.book_file",
    "import_scripts.highlights", "rapidfuzz", "lxml.etree", "lxml.html", "msgspec", "sqlite_utils",
)  # fmt: skip
_STREAMS: Final = (("in", os.O_RDONLY), ("out", os.O_WRONLY), ("err", os.O_WRONLY))

_started = multiprocessing.get_context("forkserver")
_started.set_forkserver_preload(list(_IMPORTED))


def run_serge(
    *arguments: str, environment: Mapping[str, str], given: str = "", timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run `serge` in the present folder with `given` on standard input and wait for its end.

    Raises subprocess.TimeoutExpired after `timeout` seconds.
    """
    with TemporaryDirectory() as folder:
        for name, text in (("in", given), ("out", ""), ("err", "")):
            Path(folder, name).write_text(text, "utf-8")
        process = _started.Process(target=_serge, args=(arguments, dict(environment), folder, str(Path.cwd())))
        process.start()
        process.join(timeout)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(arguments, timeout)
        code = process.exitcode
        process.close()
        out, err = (Path(folder, name).read_text("utf-8") for name in ("out", "err"))
    return subprocess.CompletedProcess(arguments, code, out, err)


def _serge(arguments: tuple[str, ...], environment: dict[str, str], folder: str, place: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(place)
    for number, (name, mode) in enumerate(_STREAMS):
        stream = os.open(Path(folder, name), mode)
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
    sys.argv = ["serge", *arguments]
    main()
