"""The worst files, read in a process that may use little memory and time, and must outlive them all."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from tests.import_scripts.corpus import CASES

if TYPE_CHECKING:
    from pathlib import Path

MEMORY: Final = 700_000_000
"""Bytes of address space for all of it: the interpreter and its libraries take about 150 MB of that."""
SECONDS: Final = 60
"""Of processor time for all the files together: a guard against endless reading, twenty times what it takes."""

WORST: Final = (
    "bomb", "only-a-bomb", "overlapping", "thirty-thousand-entries", "contents-repeat", "billion-laughs",
    "giant-attribute", "many-attributes", "many-long-tags", "endless-line", "endless-words", "deep",
    "unclosed", "wide-table", "stylesheet-of-nonsense", "stylesheet-of-comments", "doctype-of-comments",
    "scripts-by-the-thousand", "notes-by-the-thousand", "notes-in-one-paragraph", "spans-by-the-thousand",
    "endless-line.txt", "endless-word.txt", "blank-lines.txt", "figures.txt", "brackets.md", "stars.md",
    "binary.fb2", "bomb.docx",
)  # fmt: skip

READER: Final = """
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from db.errors import SergeError
from import_scripts.formats.book_file import read_book
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        read_book(path)
    except SergeError as error:
        print(json.dumps([path.name, str(error)]), flush=True)
    else:
        print(json.dumps([path.name, ""]), flush=True)
"""


def test_the_worst_files_are_read_in_bounded_time_and_memory(tmp_path: Path) -> None:
    cases = {case.name: case for case in CASES}
    for name in WORST:
        cases[name].make(tmp_path / name)
    finished = subprocess.run(
        [sys.executable, "-c", READER.format(memory=MEMORY, seconds=SECONDS), str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    outcomes = dict(json.loads(line) for line in finished.stdout.splitlines())
    assert finished.returncode == 0, finished.stderr[-2000:]
    assert set(outcomes) == set(WORST)
    assert not any("needs more memory" in outcome for outcome in outcomes.values()), outcomes
