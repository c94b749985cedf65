"""Finding portraits and sayings in 250,000 words, and in twice as many; time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.report import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

FIND = r"""
import json, re, resource, sys, time
from pathlib import Path

def peak():
    # Linux hands a child its parent's peak in ru_maxrss; VmHWM is the process's own.
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

from import_scripts.found.door import find, read_texts
texts = read_texts([Path(name) for name in sys.argv[1:]])
start = time.perf_counter()
found = find(texts)
taken = time.perf_counter() - start
print(json.dumps({"seconds": taken, "peak": peak(), "portraits": len(found["portraits"])}))
"""
TEXTS = Path(__file__).resolve().parents[1] / "import_scripts/found/labels/text"
WORDS = 250_000


def _write_book(folder: Path, words: int) -> list[Path]:
    """Write the labelled chapters over and over, until there are so many words; return the files."""
    chapters = [path.read_text("utf-8") for path in sorted(TEXTS.rglob("*.txt"))]
    folder.mkdir()
    written: list[Path] = []
    while words > 0:
        text = chapters[len(written) % len(chapters)]
        path = folder / f"chapter-{len(written)}.txt"
        path.write_text(text, "utf-8")
        written.append(path)
        words -= len(text.split())
    return written


def measure(files: list[Path]) -> dict[str, float]:
    """Search files in a process of its own; seconds, the process's peak memory in MB, portraits."""
    result = subprocess.run([sys.executable, "-c", FIND, *map(str, files)], capture_output=True, text=True, check=True)
    measured: dict[str, float] = json.loads(result.stdout)
    return measured


def rows() -> Iterator[Row]:
    """Measure."""
    with tempfile.TemporaryDirectory() as name:
        one = measure(_write_book(Path(name) / "one", WORDS))
        two = measure(_write_book(Path(name) / "two", 2 * WORDS))
        yield Row(
            "find portraits and sayings in 250,000 words: time", f"{one['seconds']:.2f} s",
            f"{one['portraits']:.0f} portraits", "5 s", one["seconds"] <= 5,
        )  # fmt: skip
        yield Row("find in 250,000 words: peak memory", f"{one['peak']:.0f} MB", "", "150 MB", one["peak"] <= 150)
        ratio = two["seconds"] / one["seconds"]
        yield Row("find in 500,000 words: time", f"{two['seconds']:.2f} s", f"{ratio:.1f} x", "2.2 x", ratio <= 2.2)
