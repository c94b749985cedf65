"""The documents tell the truth about one another: every local link leads somewhere, every picture is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|figure:|quote:|chapter:|event:|#)([^)#\s]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_local_link_leads_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", document.read_text("utf-8"), flags=re.DOTALL)
    missing = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    assert missing == []


def test_every_subcommand_is_told_of_in_the_documents() -> None:
    from serge_tui.cli.group import _LAZY

    told = "\n".join(document.read_text("utf-8") for document in DOCUMENTS)
    assert [name for name in _LAZY if f"serge {name}" not in told] == []


def test_make_targets_named_in_the_documents_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    for document in DOCUMENTS:
        # A command stands at the beginning of a line or in backquotes; prose that says "make something" does not.
        named = re.findall(r"(?:^|`)make ([a-z]+)", document.read_text("utf-8"), flags=re.MULTILINE)
        assert set(named) <= targets, document.name


def test_no_picture_takes_anything_from_the_network() -> None:
    for picture in (ROOT / "docs" / "pictures").glob("*.svg"):
        addresses = set(re.findall(r"https?://[^\"')<\s]+", picture.read_text(encoding="utf-8")))
        assert addresses <= {"http://www.w3.org/2000/svg", "https://www.textualize.io"}, picture.name
