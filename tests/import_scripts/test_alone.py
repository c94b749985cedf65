"""Every reader runs alone and prints what it found."""

from __future__ import annotations

import json
import re
import runpy
import sys
from typing import TYPE_CHECKING, Final

import pytest

from tests.import_scripts.corpus.cases import archive
from tests.import_scripts.making import make_epub
from tests.import_scripts.making_pdf import column, make_pdf
from tests.import_scripts.test_highlights import (
    HYPOTHESIS,
    LABELS,
    NEW_FORM,
    apple_databases,
    clippings,
    kobo_database,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS: Final = "The tram ran along the quay."
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DOCX: Final = f"<w:document {_W}><w:body><w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p></w:body></w:document>"
_WEB: Final = [
    {"type": "Annotation", "target": {"source": "A book", "selector": {"type": "TextQuoteSelector", "exact": WORDS}}}
]


def written(text: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "file"
        path.write_text(text, encoding="utf-8")
        return path

    return make


def docx(folder: Path) -> Path:
    archive({"word/document.xml": _DOCX})(folder / "file.docx")
    return folder / "file.docx"


READERS: Final[dict[str, Callable[[Path], Path]]] = {
    "formats.epub": lambda folder: make_epub(folder / "a.epub", {"one.xhtml": f"<h1>One</h1><p>{WORDS}</p>"}),
    "formats.text": written(WORDS),
    "formats.html": written(f"<html><body><p>{WORDS}</p></body></html>"),
    "formats.markdown": written(f"# One\n\n{WORDS}\n"),
    "formats.fb2": written(f"<FictionBook><body><section><p>{WORDS}</p></section></body></FictionBook>"),
    "formats.docx": docx,
    "formats.pdf": lambda folder: make_pdf(folder / "a.pdf", [column([WORDS] * 3)]),
    "formats.book_file": written(WORDS),
    "highlights.kindle": written(clippings((LABELS["English"][0], WORDS))),
    "highlights.koreader": written(NEW_FORM),
    "highlights.readwise": written(f"Highlight,Book Title\n{WORDS},A small book\n"),
    "highlights.hypothesis": written(json.dumps(HYPOTHESIS)),
    "highlights.web_annotations": written(json.dumps(_WEB)),
    "highlights.apple_books": apple_databases,
    "highlights.kobo": kobo_database,
    "highlights.detect": written(NEW_FORM),
}


@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
@pytest.mark.parametrize("module", READERS)
def test_a_reader_runs_alone(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = READERS[module](tmp_path)
    monkeypatch.setattr(sys, "argv", [module, str(path)])
    runpy.run_module(f"import_scripts.{module}", run_name="__main__")
    printed = capsys.readouterr().out
    assert re.search(r"(?:6|7|18) words|: [12] highlights", printed)


@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
@pytest.mark.parametrize("module", ["formats.epub", "highlights.kindle"])
def test_a_reader_that_fails_says_one_sentence(module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [module, str(tmp_path / "nothing")])
    with pytest.raises(SystemExit, match=r"no file .*; check the name"):
        runpy.run_module(f"import_scripts.{module}", run_name="__main__")
