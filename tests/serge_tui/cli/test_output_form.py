"""The suffix of the file chooses the format of an export, or is refused in one sentence."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db.errors import SergeError
from serge_tui.cli.group import serge
from serge_tui.cli.output_form import form_of

FORMS = ("markdown", "json", "csv", "html", "org")


def export(database: Path, *arguments: str) -> Result:
    return CliRunner().invoke(serge, ["--db", str(database), "export", *arguments])


@pytest.mark.parametrize(
    ("asked", "name", "form"),
    [
        (None, None, "markdown"), ("csv", None, "csv"), (None, "a.JSON", "json"), (None, "a.htm", "html"),
        ("org", "a.org", "org"), (None, "notes", "markdown"), ("json", "a.txt", "json"), (None, "a.txt", "markdown"),
        ("html", "a.xhtml", "html"), (None, "a.b/c", "markdown"),
    ],
)  # fmt: skip
def test_the_suffix_tells_the_format_where_nothing_else_does(asked: str | None, name: str | None, form: str) -> None:
    assert form_of(asked, Path(name) if name else None, FORMS, "markdown") == form


@pytest.mark.parametrize(
    ("asked", "name", "says"), [(None, "a.apkg", "the formats are"), ("csv", "a.json", "disagree")]
)
def test_a_suffix_of_another_format_is_refused(asked: str | None, name: str, says: str) -> None:
    with pytest.raises(SergeError, match=says):
        form_of(asked, Path(name), FORMS, "markdown")


def test_every_export_follows_the_suffix(database: Path, tmp_path: Path) -> None:
    for name in ("x.apkg", "x.json", "x.txt"):
        assert export(database, "cards", "-o", str(tmp_path / name)).exit_code == 0
    assert zipfile.is_zipfile(tmp_path / "x.apkg")
    assert json.loads((tmp_path / "x.json").read_text())
    assert "\t" in (tmp_path / "x.txt").read_text()
    for name, begins in (("y.json", "["), ("y.html", "<!"), ("y.org", "#+"), ("y.md", "#")):
        assert export(database, "notes", "-o", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_text().lstrip().startswith(begins), name
    assert export(database, "reviews", "-o", str(tmp_path / "z.json")).exit_code == 0
    assert json.loads((tmp_path / "z.json").read_text())["format"] == "serge-reviews"


@pytest.mark.parametrize(
    "arguments", [["cards", "-o", "x.html"], ["reviews", "-o", "x.apkg"], ["notes", "-o", "x.apkg"]]
)
def test_nothing_is_written_when_the_suffix_is_refused(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    assert isinstance(export(database, *arguments).exception, SergeError)
    assert set(tmp_path.iterdir()) == before
