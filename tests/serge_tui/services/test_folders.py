"""What a list of files shows of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.cli.import_inputs import has_known_suffix
from serge_tui.services.folders import first_folder, read_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_folders_come_first_and_only_files_that_can_be_read(tmp_path: Path) -> None:
    for name in ("b.epub", "A.TXT", "picture.png", ".secret.txt", "deck.apkg"):
        (tmp_path / name).write_text("x", "utf-8")
    (tmp_path / "zoo").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "lost.txt").symlink_to(tmp_path / "nowhere")
    names = [entry.path.name for entry in read_folder(tmp_path, has_known_suffix).entries]
    assert names == ["zoo", "A.TXT", "b.epub", "deck.apkg"]
    hidden = [entry.path.name for entry in read_folder(tmp_path, has_known_suffix, hidden=True).entries]
    assert hidden == [".git", "zoo", ".secret.txt", "A.TXT", "b.epub", "deck.apkg"]


def test_a_folder_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    folder = read_folder(tmp_path / "absent", has_known_suffix)
    assert folder.entries == ()
    assert "cannot be read" in folder.error


def test_it_begins_where_the_path_leads_else_where_it_was_left(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    assert first_folder(inner, "") == inner
    assert first_folder(inner / "begun.ep", "") == inner
    assert first_folder(None, str(inner)) == inner
    assert first_folder(None, str(tmp_path / "gone")).is_dir()
