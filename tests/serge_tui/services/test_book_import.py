"""The paths that a person types, pastes or drops, and their completion."""

from __future__ import annotations

from pathlib import Path

import pytest

from serge_tui.services.book_import import complete_path, paths_in, quoted


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("{}/plain.epub", ["plain.epub"]),
        ("  '{}/with space.epub' ", ["with space.epub"]),
        ('"{}/with space.epub"', ["with space.epub"]),
        (r"{}/with\ space.epub", ["with space.epub"]),
        ("{}/with space.epub", ["with space.epub"]),
        ("{}/Serge's.epub", ["Serge's.epub"]),
        ("{}/absent and mistyped.epub", ["absent and mistyped.epub"]),
        ("file://{}/with%20space.epub", ["with space.epub"]),
        ("file://localhost{}/plain.epub", ["plain.epub"]),
        ("'{0}/with space.epub' {0}/plain.epub", ["with space.epub", "plain.epub"]),
        ("{0}/plain.epub {0}/plain.epub", ["plain.epub"]),
        ("'{0}/gone one.epub' '{0}/gone.epub'", ["gone one.epub", "gone.epub"]),
        ("   ", []),
        ("file://", []),
    ],
)
def test_paths_are_understood_however_they_come(tmp_path: Path, typed: str, names: list[str]) -> None:
    for name in ("plain.epub", "with space.epub", "Serge's.epub"):
        (tmp_path / name).touch()
    assert paths_in(typed.format(tmp_path)) == [tmp_path / name for name in names]


def test_the_home_folder_is_understood(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert paths_in("~/book.epub") == [tmp_path / "book.epub"]
    assert paths_in("~nobody-of-this-name/x") == [Path("~nobody-of-this-name/x")]


@pytest.mark.parametrize("typed", ["\0", "'", "file://[", "a\0b", "~\0", "/" + "a" * 5_000])
def test_no_typing_makes_it_fail(typed: str) -> None:
    paths_in(typed)
    complete_path(typed)


def test_a_path_is_completed_as_far_as_it_is_plain(tmp_path: Path) -> None:
    (tmp_path / "Books of mine").mkdir()
    for name in ("memoirs-1963.epub", "memoirs-2012.epub", "other.txt", ".hidden"):
        (tmp_path / "Books of mine" / name).touch()
    folder = tmp_path / "Books of mine"
    assert complete_path(f"{tmp_path}/Bo") == quoted(f"{folder}/")
    assert complete_path(f"'{folder}/'") == f"'{folder}/'"
    assert complete_path(f"'{folder}/me'") == f"'{folder}/memoirs-'"
    assert complete_path(f"{folder}/memoirs-2") == f"'{folder}/memoirs-2012.epub'"
    assert complete_path(f"{folder}/none") == f"{folder}/none"
    assert complete_path(f"'{folder}/.h'") == f"'{folder}/.hidden'"
