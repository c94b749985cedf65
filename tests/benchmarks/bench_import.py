"""Importing: a generated book of 250,000 words and one ten times as long, and a real one; time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.generate import make_docx, make_epub, make_fb2, make_html, make_pdf, make_text
from tests.benchmarks.report import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

IMPORT = r"""
import json, re, resource, sys, time
from pathlib import Path

def peak():
    # Linux hands a child its parent's peak in ru_maxrss; VmHWM is the process's own.
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

from db.library import Library
from import_scripts.pipeline import import_book, prepare
database, book = Path(sys.argv[1]), Path(sys.argv[2])
prepare(database)
with Library.open(database) as library:
    start = time.perf_counter()
    done = import_book(library, book)
    taken = time.perf_counter() - start
print(json.dumps({"seconds": taken, "peak": peak(), "words": done.book.words, "mentions": done.mentions}))
"""
REAL = Path(__file__).resolve().parents[3] / "shared/samples/books/john-reed_ten-days-that-shook-the-world.epub"


def measure(folder: Path, book: Path, name: str = "") -> dict[str, float]:
    """Import a book in a process of its own; seconds, and the process's peak memory in MB."""
    database = folder / (name or f"{book.stem}.db")
    result = subprocess.run(
        [sys.executable, "-c", IMPORT, str(database), str(book)], capture_output=True, text=True, check=True
    )
    measured: dict[str, float] = json.loads(result.stdout)
    return measured


def rows() -> Iterator[Row]:
    """Measure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_epub(folder / "long.epub", 250_000, seed=1)
        make_epub(folder / "longer.epub", 2_500_000, seed=1)
        one = measure(folder, folder / "long.epub")
        yield Row("import 250,000 words: time", f"{one['seconds']:.2f} s", "", "1.5 s", one["seconds"] <= 1.5)
        yield Row("import 250,000 words: peak memory", f"{one['peak']:.0f} MB", "", "120 MB", one["peak"] <= 120)
        ten = measure(folder, folder / "longer.epub")
        ratio = ten["seconds"] / one["seconds"]
        yield Row(
            "import 2,500,000 words: time", f"{ten['seconds']:.2f} s", f"{ratio:.1f} x the cost of a tenth", "11 x",
            ratio <= 11,
        )  # fmt: skip
        for kind, make in (("txt", make_text), ("html", make_html), ("fb2", make_fb2), ("docx", make_docx)):
            make(folder / f"other.{kind}", 250_000, seed=1)
            other = measure(folder, folder / f"other.{kind}", f"{kind}.db")
            yield Row(
                f"import 250,000 words of {kind.upper()}",
                f"{other['seconds']:.2f} s", f"{other['peak']:.0f} MB", "1.5 s",
                other["seconds"] <= 1.5,
            )  # fmt: skip
        make_pdf(folder / "other.pdf", 250_000, seed=1)
        other = measure(folder, folder / "other.pdf", "pdf.db")
        yield Row("import 250,000 words of PDF", f"{other['seconds']:.2f} s", f"{other['peak']:.0f} MB")
        if REAL.exists():
            real = measure(folder, REAL)
            yield Row(
                f"import Reed's EPUB ({real['words']:,} words)", f"{real['seconds']:.2f} s",
                f"{real['mentions']:,} mentions", "",
            )  # fmt: skip
